import type { Duty, RosterDocument } from '../contract/documents/roster-document.ts';
import type { ChangeRosterRequest } from '../contract/http/roster-requests.ts';
import { BadInputError } from '../kernel/errors.ts';
import { clockText, minuteOf } from '../kernel/time-window.ts';
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

const movesOf = ({ document, world }: OpenRoster, asked: ChangeRosterRequest['moves']): readonly Move[] => {
  const known = [...world.kinds.map(({ shift }) => shift), 'off'];
  const moves: Move[] = [];
  const problems = asked.flatMap(({ operator, date, shift }, at) => {
    const person = world.problem.people.findIndex((one) => one.person === operator);
    const day = world.days.findIndex((one) => one.date === date);
    if (person < 0) return [rosterProblem(`moves.${at}.operator`, 'operator-not-known', operator)];
    if (day < 0)
      return [
        rosterProblem(`moves.${at}.date`, 'date-outside-roster', date, {
          from: document.from,
          to: document.to,
        }),
      ];
    const before = document.duties.find((duty) => duty.operator === operator && duty.date === date);
    const after = shift === 'off' ? undefined : dutyOf(world, document, { operator, date, shift });
    if (shift !== 'off' && after === undefined)
      return [rosterProblem(`moves.${at}.shift`, 'shift-not-known', shift, { known })];
    moves.push({ person, day, before, after });
    return [];
  });
  if (problems.length > 0) throw new BadInputError(problems);
  return moves;
};

/** A shift at the start that others have on the day, in the dearest tier of the person's that the day wants. */
const dutyOf = (
  { kinds, tiers, problem, days }: OpenRoster['world'],
  document: RosterDocument,
  { operator, date, shift }: { readonly operator: string; readonly date: string; readonly shift: string },
): Duty | undefined => {
  const at = kindOfDuty({ shift }, kinds);
  const kind = kinds[at];
  if (kind === undefined) return undefined;
  const own = document.duties.find((duty) => duty.operator === operator && duty.date === date);
  if (own?.shift === kind.shift) return own;
  const able = problem.people.find(({ person }) => person === operator)?.tiers ?? [];
  const day = days.findIndex((one) => one.date === date);
  const missing = (tier: number): number => {
    const wanted = problem.demand.find((row) => row.day === day && row.shift === at && row.tier === tier);
    const there = document.duties.filter(
      (duty) => duty.date === date && duty.shift === kind.shift && duty.tier === tiers[tier]?.tier,
    );
    return (wanted?.operators ?? 0) - there.length;
  };
  const tier = able.toSorted((a, b) => missing(b) - missing(a) || b - a)[0] ?? 0;
  const like = document.duties.find((duty) => duty.date === date && duty.shift === kind.shift);
  const start = like?.start ?? clockText(kind.starts[0] ?? kind.startMinute);
  return {
    operator,
    date,
    shift: kind.shift,
    start,
    end: clockText((minuteOf(start) + kind.dutyMinutes) % 1440),
    tier: tiers[tier]?.tier ?? '',
    pinned: false,
  };
};
