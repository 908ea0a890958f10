import type {
  Duty,
  OperatorDay,
  PublicationDocument,
  RosterChange,
  RosterDocument,
  SwapDocument,
} from '../contract/documents/roster-document.ts';
import type { ChangeRosterRequest, PublishRequest, SwapRequest } from '../contract/http/roster-requests.ts';
import { publishedIn } from '../contract/plan-states.ts';
import { BadInputError, UsageError } from '../kernel/errors.ts';
import {
  dutyBefore,
  dutyOn,
  type Move,
  movedDuties,
  movesTo,
  swapDays,
  takeBack,
  takeOverDuty,
  type WantedDay,
  type PersonDay,
} from '../rostering/change/standing-roster.ts';
import { evaluateRoster, newlyBroken } from '../rostering/evaluate/evaluate-roster.ts';
import type { Ports } from './ports.ts';
import {
  absentWith,
  changeNote,
  findRoster,
  keepChange,
  openRoster,
  type OpenRoster,
  refuseChanged,
  refuseHardBreaks,
  refuseUnreasoned,
  type RosterPorts,
  saveChanged,
  withOwnPins,
  writeMoves,
} from './roster/open-roster.ts';
import { rosterFinding, rosterProblem } from './roster/roster-findings.ts';
import { plansBehind, publishedDiffers } from './roster/roster-inputs.ts';
import { kindOfDuty } from './roster/rostered-people.ts';
import { rosterOf, writeBroken } from './roster/write-roster.ts';

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
  refuseUnreasoned(document, request);
  const { days, had } = await daysAsked(ports, open, request);
  const moves = movesAsked(open, days, had);
  const pinned = new Set(days.flatMap((move) => (move.pinned ? [`${move.operator} ${move.date}`] : [])));
  const asked = new Set(days.map(({ operator, date }) => `${operator} ${date}`));
  const duties = movedDuties(standing, moves).map((duty) => {
    const key = `${duty.operator} ${duty.date}`;
    return asked.has(key) ? { ...duty, pinned: pinned.has(key) } : duty;
  });
  const pinnedDaysOff = [
    ...(document.pinnedDaysOff ?? []).filter(({ operator, date }) => !asked.has(`${operator} ${date}`)),
    ...days.filter((move) => move.pinned && move.shift === 'off'),
  ];
  const notIll = days.filter((move) => move.notIll);
  const well = absentWith(open.inputs, document, [...duties, ...notIll, ...had]);
  const illAgain = had.flatMap(({ operator, date, beforeAbsence: ill }) =>
    ill === undefined ? [] : [{ operator, date, ...ill }],
  );
  const ill = { absences: [...well.absences, ...illAgain] };
  const { absences, inputs: present } = absentWith(well.inputs, ill, duties);
  const inputs = withOwnPins(present, { duties, pinnedDaysOff });
  const before = evaluateRoster(open.inputs.problem, open.roster);
  const after = evaluateRoster(inputs.problem, rosterOf(inputs, duties));
  const broken = newlyBroken(before.broken, after.broken).map((one) => writeBroken(inputs, one));
  refuseHardBreaks(open, broken, request);
  await saveChanged(
    ports,
    open,
    { duties, absences, inputs },
    { ...changeNote(request), moves: writeMoves(open, moves) },
    document.seed,
  );
  return findRoster(ports, { id: document.id });
};

type AskedDay = NonNullable<ChangeRosterRequest['moves']>[number];
type ChangedDay = RosterChange['moves'][number];

/**
 * The days that a request changes, and as they were before a change those of them that it takes back; without days, all
 * of that change, which is refused (`BadInputError`) where one of them was changed since.
 */
const daysAsked = async (
  { store }: Pick<RosterPorts, 'store'>,
  { document }: OpenRoster,
  { moves, takesBack }: ChangeRosterRequest,
): Promise<{ readonly days: readonly AskedDay[]; readonly had: readonly ChangedDay[] }> => {
  if (moves === undefined && takesBack === undefined)
    throw new BadInputError([rosterProblem('moves', 'neither-days-nor-change', '')]);
  const changes = takesBack === undefined ? [] : await store.rosterChanges(document.id);
  const named = takesBack === undefined ? { moves: [] } : changes[takesBack - 1];
  if (named === undefined)
    throw new BadInputError([
      rosterProblem('takesBack', 'no-such-change', String(takesBack), { changes: changes.length }),
    ]);
  const taken = takeBack(document, named);
  const days = moves ?? taken.moves;
  const since = moves === undefined ? taken.left : [];
  if (since.length > 0)
    throw new BadInputError(
      since.map(({ operator, date }) =>
        rosterProblem('takesBack', 'day-changed-since', String(takesBack), { operator, date }),
      ),
    );
  if (days.length === 0)
    throw new BadInputError([rosterProblem('takesBack', 'nothing-to-take-back', String(takesBack))]);
  const isPutBack = (day: ChangedDay): boolean =>
    days.some((asked) => isSameDay(day, asked) && day.before === asked.shift && asked.notIll !== true);
  return { days, had: taken.back.filter(isPutBack) };
};

/** What becomes of the days asked for; those that are put back have the very duties they had. */
const movesAsked = (open: OpenRoster, days: readonly AskedDay[], had: readonly ChangedDay[]): Move[] => {
  const { document, standing } = open;
  const duties = had.flatMap((day) => dutyBefore(day) ?? []);
  const hadOn = (asked: AskedDay | undefined): Duty | undefined =>
    duties.find((duty) => isSameDay(duty, asked));
  const wanted = wantedDays(
    open,
    days.map((asked) => (hadOn(asked) === undefined ? asked : { ...asked, start: undefined })),
  );
  return movesTo(standing, wanted).map((move, at): Move => {
    const asked = days[at];
    const was = hadOn(asked);
    if (was !== undefined) return { ...move, after: was };
    const absence = document.absences?.find((one) => isSameDay(one, asked));
    if (absence === undefined) return move;
    const { from, ...rest } = absence;
    const own = { ...rest, pinned: false };
    // Who was not ill after all has their own duty again, not what was left of it; where others keep that, what they worked.
    if (move.after?.shift === own.shift) return { ...move, after: own };
    const isWorked = asked?.notIll === true && move.after === undefined && from !== own.start;
    return isWorked ? { ...move, after: { ...own, end: from } } : move;
  });
};

const isSameDay = (one: OperatorDay, other: OperatorDay | undefined): boolean =>
  one.operator === other?.operator && one.date === other.date;

const wantedDays = (open: OpenRoster, asked: readonly AskedDay[]): WantedDay[] => {
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

/**
 * Judges at once an exchange of days (`swapDays`): each person takes the next one's, the last the first one's, and no duty
 * is lost. Days off change hands too. With `carryOut` it is carried out, unless a hard rule would break (`refuseHardBreaks`).
 */
export const swapDuties = async (ports: RosterPorts, request: SwapRequest): Promise<SwapDocument> => {
  const open = await openRoster(
    ports,
    await findRoster(ports, { id: request.roster, date: request.duties[0]?.date }),
  );
  const { document, inputs } = open;
  await refuseChanged(ports, document, request.revision);
  const moves = movesOf(open, request.duties);
  const duties = movedDuties(open.standing, moves);
  const before = evaluateRoster(inputs.problem, open.roster);
  const after = evaluateRoster(inputs.problem, rosterOf(inputs, duties));
  const broken = newlyBroken(before.broken, after.broken).map((one) => writeBroken(inputs, one));
  const hard = broken.filter((one) => one.hard);
  if (request.carryOut) {
    refuseHardBreaks(open, broken, request, 'swap-breaks-rules');
    refuseUnreasoned(document, request);
    await saveChanged(
      ports,
      open,
      { duties },
      { ...changeNote(request), moves: writeMoves(open, moves) },
      document.seed,
    );
  }
  return {
    document: 'swap',
    version: 1,
    roster: document.id,
    moves: writeMoves(open, moves),
    allowed: hard.length === 0,
    cost: Math.round((after.cost - before.cost) * 1000) / 1000,
    broken,
    mended: newlyBroken(after.broken, before.broken).map((one) => writeBroken(inputs, one)),
    taken: request.carryOut,
  };
};

const movesOf = (open: OpenRoster, asked: SwapRequest['duties']): Move[] => {
  const places = findPlaces(open, asked, 'duties');
  const problems = asked.flatMap(({ operator }, at) =>
    asked.findIndex((other) => other.operator === operator) === at
      ? []
      : [rosterProblem(`duties.${at}.operator`, 'swap-with-oneself', operator)],
  );
  if (problems.length > 0) throw new BadInputError(problems);
  const { standing, inputs } = open;
  return swapDays(places).map(({ person, day, from }): Move => {
    const taken = dutyOn(standing, { person: from, day });
    const shift = taken === undefined ? -1 : kindOfDuty(taken, inputs.kinds);
    const before = dutyOn(standing, { person, day });
    return { person, day, before, after: takeOverDuty(standing, { person, day }, shift, taken) };
  });
};

/**
 * Publishes a draft: from then on it changes only change by change. Days that a published roster has are refused
 * (`BadInputError`) unless a reason is given to supersede it, and one that breaks hard rules as a change that does is. The
 * answer says which of its plans nobody agreed to or are not up to date, and how many days of people it changes.
 */
export const publishRoster = async (
  ports: Pick<Ports, 'store' | 'models' | 'nowMillis' | 'finishing'>,
  request: PublishRequest,
): Promise<PublicationDocument> => {
  const { store } = ports;
  const draft = (await store.rosters()).find(({ publishedAt }) => publishedAt === null);
  const id = request.roster ?? draft?.id;
  if (id === undefined) throw new UsageError(rosterFinding('no-draft-to-publish'));
  const document = await findRoster(ports, { id });
  await refuseChanged(ports, document, request.revision);
  const others = publishedIn(await store.rosters(), document.from, document.to).filter(
    (one) => one.id !== id,
  );
  if (others.length > 0 && request.supersede === undefined)
    throw new BadInputError(
      others.map(({ id: roster, from, to }) =>
        rosterProblem('roster', 'published-already', `${from} – ${to}`, { roster, from, to }),
      ),
    );
  const why = request.why ?? request.supersede;
  if (document.publishedAt === null)
    refuseHardBreaks({ document }, document.broken, { ...request, why }, 'publish-breaks-rules');
  const notices = [...(await plansBehind(ports, document)), ...(await publishedDiffers(ports, document))];
  const publishedAt = document.publishedAt ?? new Date(ports.nowMillis).toISOString();
  ports.finishing?.();
  if (document.publishedAt === null)
    await keepChange(
      ports,
      { ...document, publishedAt },
      { at: publishedAt, roster: id, ...changeNote({ why, by: request.by }), moves: [] },
    );
  return {
    document: 'roster-published',
    version: 1,
    roster: id,
    from: document.from,
    to: document.to,
    publishedAt,
    superseded: others.map((one) => one.id),
    notices,
  };
};

/** The days of people that a request names, each as numbers; all that is wrong with them at once, below `path`. */
const findPlaces = (
  { document: { from, to }, standing: { problem, dates } }: OpenRoster,
  asked: readonly { readonly operator: string; readonly date: string }[],
  path: string,
): PersonDay[] => {
  const places = asked.map(({ operator, date }) => ({
    person: problem.people.findIndex((one) => one.person === operator),
    day: dates.indexOf(date),
  }));
  const problems = asked.flatMap(({ operator, date }, at) => {
    const { person = -1, day = -1 } = places[at] ?? {};
    if (person < 0) return [rosterProblem(`${path}.${at}.operator`, 'operator-not-known', operator)];
    return day < 0 ? [rosterProblem(`${path}.${at}.date`, 'date-outside-roster', date, { from, to })] : [];
  });
  if (problems.length > 0) throw new BadInputError(problems);
  return places;
};
