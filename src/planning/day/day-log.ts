import type { DayStep, TakenAction } from '../../contract/documents/day-document.ts';
import type { Duty, RosterChange } from '../../contract/documents/roster-document.ts';
import type { StepActionRequest, TakeActionRequest } from '../../contract/http/job-requests.ts';
import { type ActionOption, applyActions } from '../../intraday/actions.ts';
import type { RestOfDay } from '../../intraday/day.ts';
import { dayProblem } from '../../intraday/day-findings.ts';
import type { PersonOption } from '../../intraday/people.ts';
import { BadInputError } from '../../kernel/errors.ts';
import type { PlainDate } from '../../kernel/time.ts';
import { clockText, dayMinutes } from '../../kernel/time-window.ts';
import { dutyOn, type Move, movedDuties } from '../../rostering/change/standing-roster.ts';
import { evaluateRoster } from '../../rostering/evaluate/evaluate-roster.ts';
import { pack, unpack } from '../operation/planned-operation.ts';
import type { DayActionEntry, Ports, StoredDayAction } from '../ports.ts';
import {
  changedSince,
  changeNote,
  findRoster,
  openRoster,
  type OpenRoster,
  refuseHardBreaks,
  type RosterPorts,
  saveChanged,
  writeMoves,
} from '../roster/open-roster.ts';
import { newlyBroken, rosterOf, writeBroken } from '../roster/write-roster.ts';

/** What was taken of a day's actions, and how many steps that were. */
interface DayLog {
  readonly entries: readonly StoredDayAction[];
  readonly revision: number;
}

export const readDayLog = async ({ store }: Pick<Ports, 'store'>, date: PlainDate): Promise<DayLog> => {
  const entries = await store.dayActions(date);
  return { entries, revision: stepsOf(entries).length };
};

const stepsOf = (entries: readonly StoredDayAction[]): readonly DayStep[] =>
  entries.flatMap(({ steps }) => steps).toSorted((a, b) => a.number - b.number);

const states = {
  ask: 'asked',
  take: 'taken',
  agree: 'taken',
  decline: 'declined',
  'take-back': 'taken-back',
} as const;

const stateOf = (steps: readonly DayStep[]): TakenAction['state'] => states[steps.at(-1)?.step ?? 'take'];

/** Entries as they stood at a moment of the day; later ones are not known then. */
export const logAt = ({ entries }: DayLog, asOf: string): readonly StoredDayAction[] =>
  entries.flatMap((entry) => {
    const steps = entry.steps.filter((step) => step.asOf <= asOf);
    return steps.length === 0 ? [] : [{ ...entry, steps }];
  });

export const writeTaken = ({ id, action, steps, roster }: StoredDayAction): TakenAction => ({
  id,
  action,
  state: stateOf(steps),
  steps: [...steps],
  roster,
});

/** An action in force, as a day counts with it. */
interface TakenOption extends ActionOption {
  /** The roster has its operators already. */
  readonly inRoster: boolean;
}

/** What of the entries is in force. */
export const takenOptions = (entries: readonly StoredDayAction[]): readonly TakenOption[] =>
  entries
    .filter(({ steps }) => stateOf(steps) === 'taken')
    .map(({ id, action, roster, option }): TakenOption => ({
      ...(JSON.parse(option, unpack) as ActionOption),
      id: String(id),
      who: action.who,
      inRoster: roster !== null,
    }));

/** The rest of a day with what was taken; intervals that are over hold what came. */
export const withTaken = (rest: RestOfDay, taken: readonly TakenOption[]): RestOfDay => ({
  ...rest,
  operation: applyActions(
    rest.operation,
    taken.map(({ prompts = [], moved, inRoster, ...option }) => ({
      ...option,
      moved: inRoster
        ? []
        : moved
            .map((one) => ({ ...one, from: Math.max(one.from, rest.now) }))
            .filter(({ from, to }) => from < to),
      prompts: prompts.map((one) => ({ ...one, on: one.on.map((plays, i) => (i < rest.now ? 0 : plays)) })),
    })),
  ),
});

/** Whether an option may still be proposed: nobody was asked for it, and nothing was taken that excludes it. */
export const isFree = (entries: readonly StoredDayAction[]): ((option: ActionOption) => boolean) => {
  const words = new Set(
    entries
      .filter(({ steps }) => stateOf(steps) !== 'taken-back')
      .flatMap(({ words: own, action }) => [...own, ...action.who.map(wordOf)]),
  );
  return ({ excludes = [], who }) => ![...excludes, ...who.map(wordOf)].some((word) => words.has(word));
};

const wordOf = (operator: string): string => `person ${operator}`;

/** What is known of a day when somebody acts on it. */
interface ActedDay {
  readonly date: PlainDate;
  readonly asOf: string;
  readonly log: DayLog;
  /** The roster in force. */
  readonly rostered: string | undefined;
}

/** An action as it is proposed, with what it changes. */
export interface Proposed {
  readonly option: ActionOption | PersonOption;
  readonly action: TakenAction['action'];
}

/**
 * Takes an action: into the day's log, with its projected effect, and where it changes somebody's hours and they have
 * agreed, into the roster in the same transaction. Where they are yet to agree it is proposed to them, and the roster
 * stays as it is.
 */
export const takeAction = async (
  ports: RosterPorts,
  { date, asOf, log, rostered }: ActedDay,
  { option, action }: Proposed,
  request: TakeActionRequest,
): Promise<TakenAction> => {
  const open =
    'change' in option && rostered !== undefined
      ? await openRoster(ports, await findRoster(ports, { id: rostered }))
      : undefined;
  const { moved, prompts, callBacks, smartVoice } = option;
  const entry: DayActionEntry = {
    action,
    steps: [],
    roster: null,
    duty: open === undefined || !('change' in option) ? null : changedDuty(open, date, option),
    words: (option.excludes ?? []).filter((word) => !option.who.some((one) => word === wordOf(one))),
    option: JSON.stringify({ moved, prompts, callBacks, smartVoice }, pack),
  };
  const step = action.asks && !request.agreed ? 'ask' : 'take';
  return keepStep(ports, { date, asOf, log }, { entry, id: undefined }, step, request);
};

/** A later step of an action: agreed to, declined, or taken back. */
export const stepAction = async (
  ports: RosterPorts,
  id: number,
  asOf: string | undefined,
  request: StepActionRequest,
): Promise<TakenAction | undefined> => {
  const entry = await ports.store.dayAction(id);
  if (entry === undefined) return undefined;
  const { date, steps } = entry;
  const log = await readDayLog(ports, date);
  const state = stateOf(steps);
  const mayBe = {
    asked: ['agree', 'decline', 'take-back'],
    taken: ['take-back'],
    declined: [],
    'taken-back': [],
  };
  await refuseOlder(log, request.revision);
  if (!(mayBe[state] as readonly string[]).includes(request.step))
    throw new BadInputError([dayProblem('step', 'day-step-not-open', request.step, { state })]);
  // Whoever acts on a day that is over does so at its end.
  const last = steps.at(-1)?.asOf ?? '';
  const moment = asOf === undefined || asOf < last ? last : asOf.slice(0, 10) > date ? `${date}T24:00` : asOf;
  return keepStep(ports, { date, asOf: moment, log }, { entry, id }, request.step, request);
};

/** Refuses what was decided on an earlier revision of a day (`BadInputError`) and tells each step since then. */
export const refuseOlder = async ({ entries, revision }: DayLog, seen: number | undefined): Promise<void> => {
  if (seen === undefined || seen >= revision) return;
  throw new BadInputError(
    entries
      .flatMap(({ steps, action }) => steps.map((step) => ({ ...step, said: action.said })))
      .filter(({ number }) => number > seen)
      .toSorted((a, b) => a.number - b.number)
      .map(({ step, at, by, said }) =>
        dayProblem('revision', 'day-changed-meanwhile', String(seen), { step, at, by, said }),
      ),
  );
};

/** The duty of the person whom an option is about, as it is and as it becomes. */
const changedDuty = (
  { standing, inputs }: OpenRoster,
  date: PlainDate,
  { change }: PersonOption,
): DayActionEntry['duty'] => {
  const { person, shift, tier, startMinute, endMinute } = change;
  const before = dutyOn(standing, { person, day: standing.dates.indexOf(date) }) ?? null;
  const times = { start: clockText(startMinute), end: clockText(endMinute % dayMinutes) };
  const after: Duty =
    before === null
      ? {
          operator: standing.problem.people[person]?.person ?? '',
          date,
          shift: inputs.kinds[shift]?.shift ?? '',
          tier: inputs.tiers[tier]?.tier ?? '',
          pinned: false,
          ...times,
        }
      : { ...before, ...times };
  return { before, after };
};

interface KeptEntry {
  readonly entry: DayActionEntry;
  readonly id: number | undefined;
}

const keepStep = async (
  ports: RosterPorts,
  { date, asOf, log }: Omit<ActedDay, 'rostered'>,
  { entry: known, id }: KeptEntry,
  step: DayStep['step'],
  request: TakeActionRequest | StepActionRequest,
): Promise<TakenAction> => {
  await refuseOlder(log, request.revision);
  const own: DayStep = {
    number: log.revision + 1,
    step,
    at: new Date(ports.nowMillis).toISOString(),
    asOf,
    by: request.by ?? null,
    why: request.why ?? '',
  };
  const entry: DayActionEntry = {
    action: known.action,
    steps: [...known.steps, own],
    roster: known.roster,
    duty: known.duty,
    words: known.words,
    option: known.option,
  };
  const keep = async (
    roster: Parameters<Ports['store']['actOnDay']>[0]['roster'],
    written: DayActionEntry,
  ): Promise<TakenAction> => {
    const kept = await ports.store.actOnDay({ date, revision: log.revision, id, entry: written, roster });
    if (kept === 'day') await refuseOlder(await readDayLog(ports, date), log.revision);
    if (kept === 'roster' && roster !== undefined)
      throw await changedSince(ports.store, roster.document, roster.revision);
    if (typeof kept === 'string') throw new RangeError(`a day without the step that another made: ${date}`);
    return writeTaken({ ...written, id: kept, date });
  };
  const isTaken = step === 'take' || step === 'agree';
  const isUndone = step === 'take-back' && known.roster !== null;
  if (known.duty === null || !(isTaken || isUndone)) return keep(undefined, entry);
  const [from, to] = isTaken ? [known.duty.before, known.duty.after] : [known.duty.after, known.duty.before];
  const operator = known.action.who[0] ?? '';
  const rosterId = known.roster?.roster;
  const open = await openRoster(ports, await findRoster(ports, { id: rosterId, date }));
  const { document, inputs, standing } = open;
  const person = inputs.problem.people.findIndex((one) => one.person === operator);
  const place = { person, day: standing.dates.indexOf(date) };
  const now = dutyOn(standing, place) ?? null;
  if (!isSameDuty(now, from)) {
    // Somebody has changed the day since: there is nothing of it left to undo, and nothing to take it on.
    if (isUndone) return keep(undefined, entry);
    throw new BadInputError([dayProblem('action', 'action-changed-meanwhile', operator)]);
  }
  const move: Move = { ...place, before: now ?? undefined, after: to ?? undefined };
  const moves = writeMoves(open, [move]);
  const change = { ...changeNote(request), moves };
  const written = { ...entry, roster: { roster: document.id, moves } };
  const earlier = isUndone && id !== undefined ? await ports.store.rosterBefore(id) : undefined;
  if (earlier !== undefined) {
    const noted: RosterChange = { at: own.at, roster: document.id, ...change };
    return keep(
      { document: earlier, change: noted, revision: document.revision },
      { ...entry, roster: null },
    );
  }
  const duties = movedDuties(standing, [move]).map((duty) =>
    duty.operator === operator && duty.date === date ? { ...duty, pinned: to?.pinned ?? false } : duty,
  );
  const before = evaluateRoster(inputs.problem, open.roster);
  const after = evaluateRoster(inputs.problem, rosterOf(inputs, duties));
  const broken = newlyBroken(before.broken, after.broken).map((one) => writeBroken(inputs, one));
  refuseHardBreaks(open, broken, {});
  let taken: TakenAction | undefined;
  await saveChanged(ports, open, duties, change, document.seed, async (roster, noted) => {
    taken = await keep(
      { document: roster, change: noted, revision: document.revision },
      isUndone ? { ...written, roster: null } : written,
    );
  });
  if (taken === undefined) throw new RangeError('a roster was not kept');
  return taken;
};

const isSameDuty = (a: Duty | null, b: Duty | null): boolean =>
  a === null || b === null
    ? a === b
    : a.shift === b.shift && a.start === b.start && a.end === b.end && a.tier === b.tier;
