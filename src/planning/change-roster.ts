import type { Duty, RosterDocument } from '../contract/documents/roster-document.ts';
import type { ChangeRosterRequest } from '../contract/http/roster-requests.ts';
import { BadInputError } from '../kernel/errors.ts';
import type { Ports } from './ports.ts';
import {
  findRoster,
  openRoster,
  refuseChanged,
  saveChanged,
  writeMoves,
  type OpenRoster,
} from './roster/open-roster.ts';
import { movedDuties, type Move } from './roster/roster-desk.ts';
import { kindOfDuty } from './roster/rostered-people.ts';
import { rosterProblem } from './roster/roster-findings.ts';
import { dutyOn, findPlaces, takenDuty } from './roster/taken-duty.ts';

/**
 * Changes days of a roster by hand: each takes a shift, or a day off. Rules that break by it are in the answer; a
 * published roster wants a reason, kept with the change. Decided on an earlier revision, nothing is changed.
 */
export const changeRoster = async (ports: Ports, request: ChangeRosterRequest): Promise<RosterDocument> => {
  const open = await openRoster(ports, await findRoster(ports, { id: request.roster }));
  const { document, world } = open;
  await refuseChanged(ports, document, request.revision);
  if (document.publishedAt !== null && request.why === undefined)
    throw new BadInputError([rosterProblem('why', 'published-wants-reason', document.id)]);
  const moves = movesOf(open, request.moves);
  const names = world.problem.people.map(({ person }) => person);
  const dates = world.days.map(({ date }) => date);
  const pinned = new Set(
    request.moves.flatMap((move) => (move.pinned ? [`${move.operator} ${move.date}`] : [])),
  );
  const moved = new Set(moves.map(({ person, day }) => `${names[person]} ${dates[day]}`));
  const duties = movedDuties(document.duties, moves, names, dates).map((duty) => {
    const key = `${duty.operator} ${duty.date}`;
    return moved.has(key) ? { ...duty, pinned: pinned.has(key) } : duty;
  });
  await saveChanged(
    ports,
    open,
    duties,
    { why: request.why ?? '', moves: writeMoves(open, moves) },
    document.seed,
  );
  return findRoster(ports, { id: document.id });
};

/** The moves asked for. Who takes a shift that another of the moves gives up on the day takes that very duty. */
const movesOf = (open: OpenRoster, asked: ChangeRosterRequest['moves']): readonly Move[] => {
  const { kinds } = open.world;
  const places = findPlaces(open, asked, 'moves');
  const shifts = asked.map(({ shift }) => (shift === 'off' ? undefined : kindOfDuty({ shift }, kinds)));
  const known = [...kinds.map(({ shift }) => shift), 'off'];
  const problems = asked.flatMap(({ shift }, at) =>
    shifts[at] === -1 ? [rosterProblem(`moves.${at}.shift`, 'shift-not-known', shift, { known })] : [],
  );
  if (problems.length > 0) throw new BadInputError(problems);
  const before = places.map((place) => dutyOn(open, place));
  const left = new Set(before.filter((duty, at) => duty !== undefined && !keeps(open, duty, shifts[at])));
  return places.map((place, at): Move => {
    const own = before[at];
    const shift = shifts[at];
    if (shift === undefined) return { ...place, before: own, after: undefined };
    if (own !== undefined && keeps(open, own, shift)) return { ...place, before: own, after: own };
    const givenUp = [...left].find((duty) => duty?.date === asked[at]?.date && keeps(open, duty, shift));
    left.delete(givenUp);
    return { ...place, before: own, after: takenDuty(open, place, shift, givenUp) };
  });
};

const keeps = (
  { world: { kinds } }: OpenRoster,
  duty: Duty | undefined,
  shift: number | undefined,
): boolean => duty !== undefined && kinds[shift ?? -1]?.shift === duty.shift;
