import type { RosterDocument } from '../contract/documents/roster-document.ts';
import type { ChangeRosterRequest } from '../contract/http/roster-requests.ts';
import { BadInputError } from '../kernel/errors.ts';
import { evaluateRoster } from '../rostering/evaluate/evaluate-roster.ts';
import { movedDuties, movesTo, type WantedDay } from '../rostering/change/standing-roster.ts';
import {
  absentWith,
  findPlaces,
  findRoster,
  openRoster,
  type OpenRoster,
  refuseChanged,
  refuseHardBreaks,
  type RosterPorts,
  changeNote,
  saveChanged,
  withOwnPins,
  writeMoves,
} from './roster/open-roster.ts';
import { kindOfDuty } from './roster/rostered-people.ts';
import { rosterProblem } from './roster/roster-findings.ts';
import { newlyBroken, rosterOf, writeBroken } from './roster/write-roster.ts';

/**
 * Changes days of a roster by hand: each takes a shift, or a day off, and is pinned or let go. Rules that break by it
 * are in the answer; hard ones are refused unless that is asked for (`refuseHardBreaks`). A published roster wants a
 * reason, kept with the change. Decided on an earlier revision, nothing is changed.
 */
export const changeRoster = async (
  ports: RosterPorts,
  request: ChangeRosterRequest,
): Promise<RosterDocument> => {
  const open = await openRoster(ports, await findRoster(ports, { id: request.roster }));
  const { document, standing } = open;
  await refuseChanged(ports, document, request.revision);
  if (document.publishedAt !== null && request.why === undefined)
    throw new BadInputError([rosterProblem('why', 'published-wants-reason', document.id)]);
  const moves = movesTo(standing, wantedDays(open, request.moves));
  const pinned = new Set(
    request.moves.flatMap((move) => (move.pinned ? [`${move.operator} ${move.date}`] : [])),
  );
  const asked = new Set(request.moves.map(({ operator, date }) => `${operator} ${date}`));
  // Who was not ill after all has their own duty again, not what was left of it.
  const ownOf = new Map(
    (document.absences ?? []).map(({ from: _from, ...own }) => [
      `${own.operator} ${own.date} ${own.shift}`,
      own,
    ]),
  );
  const duties = movedDuties(standing, moves).map((duty) => {
    const key = `${duty.operator} ${duty.date}`;
    if (!asked.has(key)) return duty;
    return { ...duty, ...ownOf.get(`${key} ${duty.shift}`), pinned: pinned.has(key) };
  });
  const pinnedDaysOff = [
    ...(document.pinnedDaysOff ?? []).filter(({ operator, date }) => !asked.has(`${operator} ${date}`)),
    ...request.moves.filter((move) => move.pinned && move.shift === 'off'),
  ];
  const inputs = withOwnPins(absentWith(open.inputs, document, duties).inputs, { duties, pinnedDaysOff });
  const before = evaluateRoster(open.inputs.problem, open.roster);
  const after = evaluateRoster(inputs.problem, rosterOf(inputs, duties));
  const broken = newlyBroken(before.broken, after.broken).map((one) => writeBroken(inputs, one));
  refuseHardBreaks(open, broken, request);
  await saveChanged(
    ports,
    { ...open, inputs },
    duties,
    { ...changeNote(request), moves: writeMoves(open, moves) },
    document.seed,
  );
  return findRoster(ports, { id: document.id });
};

const wantedDays = (open: OpenRoster, asked: ChangeRosterRequest['moves']): WantedDay[] => {
  const { kinds } = open.inputs;
  const places = findPlaces(open, asked, 'moves');
  const shifts = asked.map(({ shift }) => (shift === 'off' ? 'off' : kindOfDuty({ shift }, kinds)));
  const known = [...kinds.map(({ shift }) => shift), 'off'];
  const problems = asked.flatMap(({ shift }, at) =>
    shifts[at] === -1 ? [rosterProblem(`moves.${at}.shift`, 'shift-not-known', shift, { known })] : [],
  );
  const { document } = open;
  for (const [at, { date, shift, start }] of asked.entries()) {
    const starts = new Set([
      ...(document.shifts.find((one) => one.shift === shift)?.starts ?? []),
      ...document.duties.flatMap((duty) => (duty.date === date && duty.shift === shift ? [duty.start] : [])),
    ]);
    if (start !== undefined && shifts[at] !== -1 && !starts.has(start))
      problems.push(rosterProblem(`moves.${at}.start`, 'shift-not-known', start, { known: [...starts] }));
  }
  if (problems.length > 0) throw new BadInputError(problems);
  return places.map((place, at) => ({ ...place, shift: shifts[at] ?? 'off', start: asked[at]?.start }));
};
