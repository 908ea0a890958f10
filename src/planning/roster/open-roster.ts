import type {
  Duty,
  OperatorDay,
  RosterChange,
  RosterDocument,
} from '../../contract/documents/roster-document.ts';
import { publishedIn } from '../../contract/plan-states.ts';
import { BadInputError, NoAnswerError, UsageError } from '../../kernel/errors.ts';
import { compareText, type Text } from '../../kernel/text.ts';
import { type PlainDate, weekOf } from '../../kernel/time.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { asKept, type Move, type StandingRoster } from '../../rostering/change/standing-roster.ts';
import type { Roster, RosterPerson } from '../../rostering/roster-problem.ts';
import type { Ports } from '../ports.ts';
import { projectRoster, rosteredWeeks, withProjection } from './project-roster.ts';
import { rosterFinding, rosterProblem } from './roster-findings.ts';
import { keptInputs, type RosterInputs } from './roster-inputs.ts';
import { kindOfDuty } from './rostered-people.ts';
import { type Broken, extraAbsence, openDraft, rosterOf, writeRoster } from './write-roster.ts';

type Absence = NonNullable<RosterDocument['absences']>[number];
type Uncovered = RosterDocument['uncovered'][number];

/** A stored roster with what it is based on: the duties of its own plans, and today's people. */
export interface OpenRoster {
  readonly document: RosterDocument;
  readonly inputs: RosterInputs;
  readonly roster: Roster;
  readonly standing: StandingRoster;
}

/** What a change of a roster asks of the world. */
export type RosterPorts = Pick<Ports, 'store' | 'models' | 'parallel' | 'nowMillis' | 'finishing'>;

/** The roster by id; else the one published last that has the date, else the latest. Throws where there is none. */
export const findRoster = async (
  { store }: Pick<Ports, 'store'>,
  { id, date }: { readonly id?: string | undefined; readonly date?: PlainDate | undefined },
): Promise<RosterDocument> => {
  const rosters = await store.rosters();
  const covering =
    date === undefined ? rosters : rosters.filter(({ from, to }) => from <= date && date <= to);
  const published = date === undefined ? undefined : publishedIn(rosters, date, date)[0];
  const wanted = id ?? published?.id ?? covering[0]?.id ?? rosters[0]?.id;
  const document = wanted === undefined ? undefined : await store.roster(wanted);
  if (document !== undefined) return document;
  throw new UsageError(
    id === undefined ? rosterFinding('no-roster-yet') : rosterFinding('no-such-roster', { id }),
  );
};

export const openRoster = async (
  ports: Pick<Ports, 'store' | 'models'>,
  document: RosterDocument,
): Promise<OpenRoster> => {
  const kept = withOwnPins(await keptInputs(ports, document), document);
  const { inputs } = absentWith(kept, document, document.duties);
  const standing = {
    problem: inputs.problem,
    dates: inputs.days.map(({ date }) => date),
    duties: document.duties,
  };
  return { document, inputs, roster: rosterOf(inputs, document.duties), standing };
};

/** Moves as they are reported. */
export const writeMoves = (
  { inputs, document: { pinnedDaysOff = [] } }: Pick<OpenRoster, 'inputs' | 'document'>,
  moves: readonly Move[],
): RosterChange['moves'] =>
  moves.map(({ person, day, before, after }) => {
    const operator = inputs.problem.people[person]?.person ?? '';
    const date = inputs.days[day]?.date ?? '';
    const isPinnedOff = pinnedDaysOff.some((off) => off.operator === operator && off.date === date);
    return {
      operator,
      date,
      before: before?.shift ?? 'off',
      after: after?.shift ?? 'off',
      beforePinned: before?.pinned ?? isPinnedOff,
      ...(before && { beforeTimes: `${before.start}–${before.end}`, beforeTier: before.tier }),
      ...(after && { afterTimes: `${after.start}–${after.end}`, afterTier: after.tier }),
    };
  });

/**
 * Refuses what was decided on an earlier revision of a roster (`BadInputError`) and tells each change since then. What
 * names no revision was decided on the roster as it is.
 */
export const refuseChanged = async (
  { store }: Pick<Ports, 'store'>,
  document: RosterDocument,
  revision: number | undefined,
): Promise<void> => {
  if (revision === undefined || revision >= document.revision) return;
  throw await changedSince(store, document, revision);
};

/** Keeps a roster with a change of it, unless it has changed since it was read. */
export const keepChange = async (
  { store }: Pick<Ports, 'store'>,
  document: RosterDocument,
  change: RosterChange,
): Promise<void> => {
  if (!(await store.changeRoster(document, change)))
    throw await changedSince(store, document, document.revision);
};

export const changedSince = async (
  store: Ports['store'],
  { id, shifts }: RosterDocument,
  revision: number,
): Promise<BadInputError> => {
  const nameOf = (shift: string): Text | null => shifts.find((one) => one.shift === shift)?.name ?? null;
  const since = (await store.rosterChanges(id)).slice(revision);
  return new BadInputError(
    since.map(({ at, why, by, moves }) =>
      rosterProblem('roster', 'roster-changed', id, {
        at,
        why,
        by: by ?? null,
        moves: moves.map((move) => ({
          ...move,
          before: nameOf(move.before),
          after: nameOf(move.after),
          illFrom: move.afterAbsence?.from ?? move.illFrom,
        })),
      }),
    ),
  );
};

/** What is kept of a request with the change that it makes: who made it, and why. */
export const changeNote = ({
  why,
  by,
}: {
  readonly why?: string | undefined;
  readonly by?: string | undefined;
}): Pick<RosterChange, 'why' | 'by'> => ({ why: why ?? '', ...(by === undefined ? {} : { by }) });

/** A change of a roster, as far as it says what it may do. */
interface Said {
  readonly breakHardRules?: boolean | undefined;
  readonly why?: string | undefined;
}

/**
 * Hard rules that a roster with other duties breaks and the one before does not, or breaks by more. Where there are
 * any, a change is refused (`NoAnswerError`) unless it says that it is to be made all the same, and why
 * (`BadInputError` without): the same for exchanges, stand-ins and days changed by hand.
 */
export const refuseHardBreaks = (
  { document }: Pick<OpenRoster, 'document'>,
  broken: readonly Broken[],
  { breakHardRules = false, why }: Said,
  refusal: 'swap-breaks-rules' | 'change-breaks-rules' | 'publish-breaks-rules' = 'change-breaks-rules',
): void => {
  const hard = broken.filter((one) => one.hard);
  if (hard.length === 0) return;
  const rules = [...Map.groupBy(hard, ({ said }) => JSON.stringify(said)).values()].map((group) => ({
    rule: valueAt(group, 0).said,
    times: group.length,
    operators: [...new Set(group.flatMap(({ operators }) => operators))],
  }));
  if (!breakHardRules) throw new NoAnswerError([rosterFinding(refusal, { rules })]);
  if (why === undefined)
    throw new BadInputError([rosterProblem('why', 'broken-rules-want-reason', document.id)]);
};

/** Refuses a change of a published roster without a reason, whichever way it is made. */
export const refuseUnreasoned = (
  { id, publishedAt }: Pick<RosterDocument, 'id' | 'publishedAt'>,
  { why }: Said,
): void => {
  if (publishedAt !== null && why === undefined)
    throw new BadInputError([rosterProblem('why', 'published-wants-reason', id)]);
};

/** Stores a roster with other duties, the weeks that change projected again, and the change beside it. */
export const saveChanged = async (
  ports: RosterPorts,
  { document, inputs: opened }: Pick<OpenRoster, 'document' | 'inputs'>,
  {
    duties,
    absences: ill = document.absences ?? [],
    inputs: before = opened,
  }: {
    readonly duties: readonly Duty[];
    readonly absences?: readonly Absence[];
    readonly inputs?: RosterInputs;
  },
  change: Pick<RosterChange, 'why' | 'by' | 'moves'>,
  seed: number,
  keep: (roster: RosterDocument, change: RosterChange) => Promise<void> = (...kept) =>
    keepChange(ports, ...kept),
): Promise<void> => {
  const { inputs, absences } = absentWith(before, { absences: [...ill] }, duties);
  const roster = rosterOf(inputs, duties);
  const fresh = writeRoster({
    inputs,
    roster,
    duties,
    bound: undefined,
    moreAway: extraAbsence(openDraft(inputs.problem, roster), roster),
    cycle: document.cycle,
    id: document.id,
    createdAt: document.createdAt,
    seed: document.seed,
    notices: document.notices,
    absences,
  });
  const { publishedAt, revision, hotline, projection } = document;
  const keyOf = ({ date, shift, tier }: Uncovered): string => JSON.stringify([date, shift, tier]);
  const known = new Map(document.uncovered.map((open) => [keyOf(open), open.connectionRate]));
  const uncovered = fresh.uncovered.map((open) => ({
    ...open,
    connectionRate: known.get(keyOf(open)) ?? null,
  }));
  const changed = { ...fresh, hotline, publishedAt, revision, projection, uncovered };
  const weeks = new Set(change.moves.map(({ date }) => weekOf(date)));
  const moved = await Promise.all(
    [...weeks].map((week) => rosteredWeeks(ports, changed, seed, dateIn(changed, week))),
  );
  const projected = await projectRoster(ports, moved.flat());
  ports.finishing?.();
  await keep(withProjection(changed, moved.flat(), projected), {
    at: new Date(ports.nowMillis).toISOString(),
    roster: document.id,
    ...change,
    moves: asKept(document, changed, change.moves),
  });
};

const dateIn = ({ days }: RosterDocument, week: string): PlainDate =>
  days.find(({ date }) => weekOf(date) === week)?.date ?? '';

const dayOfPerson = ({ operator, date }: OperatorDay): string => `${operator} ${date}`;

/**
 * Who is absent with some duties, and the inputs with these people away: who is put on a day again is not ill on it, and
 * may work it.
 */
export const absentWith = (
  inputs: RosterInputs,
  { absences: known = [] }: Pick<RosterDocument, 'absences'>,
  duties: readonly Pick<Duty, 'operator' | 'date'>[],
): { readonly inputs: RosterInputs; readonly absences: readonly Absence[] } => {
  const onDuty = new Set(duties.map(dayOfPerson));
  const absences = known
    .filter((one) => !onDuty.has(dayOfPerson(one)))
    .toSorted((one, other) => compareText(dayOfPerson(one), dayOfPerson(other)));
  const dayOf = new Map(inputs.days.map(({ date }, day) => [date, day]));
  const daysOf = (of: readonly Absence[], person: string): number[] =>
    of.flatMap(({ operator, date }) => (operator === person ? (dayOf.get(date) ?? []) : []));
  const people = inputs.problem.people.map((one) => {
    const [was, is] = [daysOf(known, one.person), daysOf(absences, one.person)];
    if (was.length === 0) return one;
    return {
      ...one,
      unavailable: [...new Set([...one.unavailable.filter((day) => !was.includes(day)), ...is])],
      pinned: one.pinned.filter(({ day }) => !is.includes(day)),
    };
  });
  return { inputs: { ...inputs, problem: { ...inputs.problem, people } }, absences };
};

/** The inputs with the pins that a roster itself has on its days, duties and days off, whatever is elsewhere. */
export const withOwnPins = (
  inputs: RosterInputs,
  { duties, pinnedDaysOff }: Pick<RosterDocument, 'duties' | 'pinnedDaysOff'>,
): RosterInputs => {
  const dayOf = new Map(inputs.days.map(({ date }, day) => [date, day]));
  const pinned = Map.groupBy(
    duties.filter((duty) => duty.pinned),
    ({ operator }) => operator,
  );
  const off =
    pinnedDaysOff === undefined ? undefined : Map.groupBy(pinnedDaysOff, ({ operator }) => operator);
  const pinsOf = ({ person, pinned: standing }: RosterPerson): RosterPerson['pinned'] => [
    ...(pinned.get(person) ?? []).map((duty) => ({
      day: dayOf.get(duty.date) ?? -1,
      shift: kindOfDuty(duty, inputs.kinds),
    })),
    // An older roster says nothing of days off: those on record stay.
    ...(off === undefined
      ? standing.filter(({ shift }) => shift === 'off')
      : (off.get(person) ?? []).map(({ date }) => ({ day: dayOf.get(date) ?? -1, shift: 'off' as const }))),
  ];
  const people = inputs.problem.people.map((person) => ({
    ...person,
    pinned: pinsOf(person).filter(({ day, shift }) => day >= 0 && shift !== -1),
  }));
  return { ...inputs, problem: { ...inputs.problem, people } };
};
