import type { DayStep, SteppedAction, TakenAction } from '../../contract/documents/day-document.ts';
import type { Duty, RosterChange } from '../../contract/documents/roster-document.ts';
import type { StepActionRequest, TakeActionsRequest } from '../../contract/http/job-requests.ts';
import { type ActionOption, applyActions } from '../../intraday/actions.ts';
import type { RestOfDay } from '../../intraday/day.ts';
import { dayFinding, type DayFindings, dayProblem } from '../../intraday/day-findings.ts';
import type { PersonOption } from '../../intraday/people.ts';
import { BadInputError } from '../../kernel/errors.ts';
import type { PlainDate } from '../../kernel/time.ts';
import { clockText, dayMinutes, isAwaited } from '../../kernel/time-window.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { asKept, dutyOn, type Move, movedDuties } from '../../rostering/change/standing-roster.ts';
import { evaluateRoster, newlyBroken } from '../../rostering/evaluate/evaluate-roster.ts';
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
import { rosterOf, writeBroken } from '../roster/write-roster.ts';

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

/** Entries with the roster that stands: what its duties do not have any more changes nobody's hours. */
export const asStanding = (
  entries: readonly StoredDayAction[],
  roster: { readonly duties: readonly Duty[] } | undefined,
): readonly StoredDayAction[] =>
  entries.map((entry) => {
    const { action, duty, date } = entry;
    if (entry.roster === null || duty === null || roster === undefined) return entry;
    const now = roster.duties.find((own) => own.operator === action.who[0] && own.date === date) ?? null;
    return isSameDuty(now, duty.after)
      ? entry
      : { ...entry, roster: null, option: JSON.stringify({ moved: [] }) };
  });

type Step = DayStep['step'];

const leadOn: Readonly<Record<TakenAction['state'], readonly Step[]>> = {
  asked: ['agree', 'decline', 'take-back'],
  taken: ['take-back'],
  declined: ['ask'],
  'taken-back': [],
};

/** Whether a step of an action that does not agree to it changes somebody's hours. */
const changesRoster = ({ duty, roster }: DayActionEntry, step: Step): boolean =>
  step === 'take-back' && duty !== null && roster !== null;

/**
 * Steps that are open of an action in the interval that began last by the clock (`began`): nobody is asked, or agrees, after
 * the last moment, and of a day that is over who worked when stays.
 */
const openSteps = (entry: StoredDayAction, began: string): Step[] =>
  leadOn[stateOf(entry.steps)].filter((step) =>
    step === 'ask' || step === 'agree'
      ? entry.action.latest >= began
      : began.slice(0, 10) <= entry.date || !changesRoster(entry, step),
  );

const shownWith = (open: Step[], { id, action, steps, roster }: StoredDayAction): TakenAction => ({
  id,
  action,
  state: stateOf(steps),
  steps: [...steps],
  open,
  roster,
});

/** A day's entries as they are shown, with what can be done of each now (`openSteps`): nothing where more was done than is shown. */
export const writeTaken = (
  shown: readonly StoredDayAction[],
  { entries }: DayLog,
  began: string,
): TakenAction[] =>
  shown.map((entry) => {
    const own = entries.find(({ id }) => id === entry.id);
    const isLast = own?.steps.length === entry.steps.length;
    return shownWith(isLast ? openSteps(own, began) : [], entry);
  });

/** An action in force, as a day counts with it. */
interface TakenOption extends ActionOption {
  /** The roster has its operators already. */
  readonly inRoster: boolean;
}

/** What of the entries is in force, or what waits for an answer that can still come in time. */
export const optionsIn = (
  entries: readonly StoredDayAction[],
  state: 'taken' | 'asked',
  began = '',
): readonly TakenOption[] =>
  entries
    .filter(({ steps, action }) => {
      const own = stateOf(steps);
      return own === state && (own === 'taken' || isAwaited({ state: own, action }, began));
    })
    .map(({ id, action, roster, option }): TakenOption => ({
      ...(JSON.parse(option, unpack) as ActionOption),
      id: String(id),
      cost: action.cost,
      who: action.who,
      inRoster: roster !== null,
    }));

/** How many actions are in force, and how many wait for an answer that can still come in time. */
export const countOf = (
  entries: readonly StoredDayAction[],
  began?: string,
): { readonly taken: number; readonly asked: number } => ({
  taken: optionsIn(entries, 'taken').length,
  asked: optionsIn(entries, 'asked', began).length,
});

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
  return (option) => !wordsOf(option).some((word) => words.has(word));
};

const wordsOf = ({ excludes = [], who }: ActionOption): readonly string[] => [
  ...new Set([...excludes, ...who.map(wordOf)]),
];

const wordOf = (operator: string): string => `person ${operator}`;

interface ActedDay {
  readonly date: PlainDate;
  readonly asOf: string;
  readonly log: DayLog;
  /** Start of the interval that is running by the clock. */
  readonly began: string;
  /** The roster in force. */
  readonly rostered: string | undefined;
}

/** An action as it is proposed, with what it changes. */
export interface Proposed {
  readonly option: ActionOption | PersonOption;
  readonly action: TakenAction['action'];
}

/** An action as it was seen by whoever decided it: what is kept of its effect is what they read, not what has come since. */
export const asSeen = (proposed: Proposed, seen: NonNullable<TakeActionsRequest['seen']>): Proposed => {
  const found = seen.find(({ action }) => action === proposed.option.id);
  const { said } = proposed.action;
  if (found === undefined || !('code' in said)) return proposed;
  const { action: _action, latest: _latest, lost, ...effect } = found;
  const { answered, calledBack } = effect;
  const values = { ...(said.values as DayFindings['day-action']), answered, calledBack, lost };
  return {
    ...proposed,
    action: {
      ...proposed.action,
      effect: { ...proposed.action.effect, ...effect },
      said: dayFinding('day-action', values),
    },
  };
};

/**
 * Takes actions, all of them or none: into the day's log, with their projected effects, and where one changes somebody's
 * hours and they have agreed, into the roster in the same transaction. Where they are yet to agree it is proposed to
 * them, and the roster stays as it is. Refuses actions of which one excludes another (`BadInputError`).
 */
export const takeActions = async (
  ports: RosterPorts,
  { rostered, ...day }: ActedDay,
  proposed: readonly Proposed[],
  request: Pick<TakeActionsRequest, 'agreed' | 'revision' | 'by' | 'why'>,
): Promise<TakenAction[]> => {
  const words = new Set<string>();
  for (const { option } of proposed)
    for (const word of wordsOf(option)) {
      if (words.has(word)) throw new BadInputError([dayProblem('actions', 'actions-exclude', option.id)]);
      words.add(word);
    }
  const open =
    rostered !== undefined && proposed.some(({ option }) => 'change' in option)
      ? await openRoster(ports, await findRoster(ports, { id: rostered }))
      : undefined;
  const steps = proposed.map(({ option, action }): KeptStep => {
    const { moved, prompts, callBacks, smartVoice } = option;
    return {
      id: undefined,
      step: action.asks && !request.agreed ? 'ask' : 'take',
      entry: {
        action,
        steps: [],
        roster: null,
        duty: open === undefined || !('change' in option) ? null : changedDuty(open, day.date, option),
        words: (option.excludes ?? []).filter((word) => !option.who.some((one) => word === wordOf(one))),
        option: JSON.stringify({ moved, prompts, callBacks, smartVoice }, pack),
      },
    };
  });
  return keepSteps(ports, day, steps, request);
};

/** What is done of an action after its last moment. */
export const tooLate = (what: string, latest: string, now: string) =>
  dayProblem('action', 'action-too-late', what, { latest: latest.slice(11), now: now.slice(11) });

/**
 * A later step of an action: agreed to, declined, asked again after that, or taken back. Of a day that is over it is a note, made at its end; who
 * worked when is not changed any more.
 */
export const stepAction = async (
  ports: RosterPorts,
  id: number,
  {
    asOf,
    now,
    began,
    given,
  }: {
    readonly asOf: string;
    readonly now: string;
    readonly began: string;
    /** When the person agreed, and the start of the interval in which that was. */
    readonly given?: { readonly asOf: string; readonly began: string } | undefined;
  },
  request: StepActionRequest,
): Promise<SteppedAction | undefined> => {
  const entry = await ports.store.dayAction(id);
  if (entry === undefined) return undefined;
  const { date } = entry;
  const log = await readDayLog(ports, date);
  await refuseOlder(log, request.revision);
  const others = log.entries.filter((own) => own.id !== id && request.also?.includes(own.id));
  if (others.length < new Set(request.also?.filter((own) => own !== id)).size) return undefined;
  const all = [entry, ...others];
  for (const { steps } of all) {
    const state = stateOf(steps);
    if (!leadOn[state].includes(request.step))
      throw new BadInputError([dayProblem('step', 'day-step-not-open', request.step, { state })]);
  }
  const today = now.slice(0, 10);
  const last =
    all
      .map(({ steps }) => steps.at(-1)?.asOf ?? '')
      .toSorted()
      .at(-1) ?? '';
  if (given !== undefined && (request.step !== 'agree' || given.asOf < last || given.asOf > now))
    throw new BadInputError([
      dayProblem('given', 'answer-out-of-time', given.asOf, { asked: last.slice(11), now: now.slice(11) }),
    ]);
  // A yes counts by when it was given, as long as the day is not over.
  const from = given === undefined || today > date ? began : given.began;
  for (const action of all) {
    if (!openSteps(action, from).includes(request.step))
      throw new BadInputError([
        today > date
          ? dayProblem('step', 'day-over', request.step, { now })
          : tooLate(request.step, action.action.latest, now),
      ]);
  }
  const noted = given?.asOf ?? asOf;
  const moment = today > date ? `${date}T24:00` : noted < last ? last : noted;
  const [stepped, ...also] = await keepSteps(
    ports,
    { date, asOf: moment, log, began },
    all.map((own) => ({ entry: own, id: own.id, step: request.step })),
    request,
  );
  return stepped && (also.length === 0 ? stepped : { ...stepped, also });
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

interface KeptStep {
  readonly entry: DayActionEntry;
  readonly id: number | undefined;
  readonly step: DayStep['step'];
}

/** Keeps a step each of some actions, whose changes of the roster are one change of it; all of it or nothing. */
const keepSteps = async (
  ports: RosterPorts,
  { date, asOf, log, began }: Omit<ActedDay, 'rostered'>,
  steps: readonly KeptStep[],
  request: Pick<StepActionRequest, 'revision' | 'by' | 'why'>,
): Promise<TakenAction[]> => {
  await refuseOlder(log, request.revision);
  const at = new Date(ports.nowMillis).toISOString();
  const acts = steps.map(({ entry, id, step }, k) => {
    const taken: DayStep = {
      number: log.revision + 1 + k,
      step,
      at,
      asOf,
      by: request.by ?? null,
      why: request.why ?? '',
    };
    return { id, entry: { ...entry, steps: [...entry.steps, taken] } };
  });
  const keep = async (
    written: readonly { readonly id: number | undefined; readonly entry: DayActionEntry }[],
    roster?: Parameters<Ports['store']['actOnDay']>[0]['roster'],
  ): Promise<TakenAction[]> => {
    const kept = await ports.store.actOnDay({ date, revision: log.revision, acts: written, roster });
    if (kept === 'day') await refuseOlder(await readDayLog(ports, date), log.revision);
    if (kept === 'roster' && roster !== undefined)
      throw await changedSince(ports.store, roster.document, roster.revision);
    if (typeof kept === 'string') throw new RangeError(`a day without the step that another made: ${date}`);
    return written.map(({ entry }, k) => {
      const own = { ...entry, id: valueAt(kept, k), date };
      return shownWith(openSteps(own, began), own);
    });
  };
  const undone = steps.filter(({ step, entry }) => step === 'take-back' && entry.roster !== null);
  const isUndone = undone.length > 0;
  const changes = steps.flatMap(({ entry: { duty, action, roster }, step }, k) => {
    if (duty === null || !(step === 'take' || step === 'agree' || (isUndone && roster !== null))) return [];
    const [from, to] = isUndone ? [duty.after, duty.before] : [duty.before, duty.after];
    return [{ k, from, to, operator: action.who[0] ?? '' }];
  });
  if (changes.length === 0) return keep(acts);
  const known = steps.find(({ entry }) => entry.roster !== null)?.entry.roster;
  const open = await openRoster(ports, await findRoster(ports, { id: known?.roster, date }));
  const { document, inputs, standing } = open;
  const day = standing.dates.indexOf(date);
  const moved = changes.map(({ from, to, operator }): Move | undefined => {
    const place = { person: inputs.problem.people.findIndex((one) => one.person === operator), day };
    const now = dutyOn(standing, place) ?? null;
    if (isSameDuty(now, from)) return { ...place, before: now ?? undefined, after: to ?? undefined };
    if (isUndone) return undefined;
    throw new BadInputError([dayProblem('action', 'action-changed-meanwhile', operator)]);
  });
  const all = moved.filter((move) => move !== undefined);
  // Somebody has changed the day since: there is nothing of it left to undo.
  if (all.length === 0) return keep(acts);
  const moves = writeMoves(open, all);
  const change = { ...changeNote(request), moves };
  const written = acts.map((act, k) => {
    const place = changes.findIndex((own) => own.k === k);
    if (place < 0) return act;
    const roster = isUndone ? null : { roster: document.id, moves: [valueAt(moves, place)] };
    return { ...act, entry: { ...act.entry, roster } };
  });
  const only = undone.length === 1 ? undone[0]?.id : undefined;
  const earlier = only === undefined ? undefined : await ports.store.rosterBefore(only);
  if (earlier !== undefined) {
    const noted: RosterChange = {
      at,
      roster: document.id,
      ...change,
      moves: asKept(document, earlier, moves),
    };
    return keep(written, { document: earlier, change: noted, revision: document.revision });
  }
  const pinned = new Map(
    changes.flatMap(({ operator, to }, i) =>
      moved[i] === undefined ? [] : [[operator, to?.pinned ?? false] as const],
    ),
  );
  const duties = movedDuties(standing, all).map((duty) =>
    duty.date === date && pinned.has(duty.operator)
      ? { ...duty, pinned: pinned.get(duty.operator) ?? false }
      : duty,
  );
  const before = evaluateRoster(inputs.problem, open.roster);
  const after = evaluateRoster(inputs.problem, rosterOf(inputs, duties));
  const broken = newlyBroken(before.broken, after.broken).map((one) => writeBroken(inputs, one));
  refuseHardBreaks(open, broken, {});
  let taken: TakenAction[] | undefined;
  await saveChanged(ports, open, { duties }, change, document.seed, async (roster, noted) => {
    taken = await keep(written, { document: roster, change: noted, revision: document.revision });
  });
  if (taken === undefined) throw new RangeError('a roster was not kept');
  return taken;
};

const isSameDuty = (a: Duty | null, b: Duty | null): boolean =>
  a === null || b === null
    ? a === b
    : a.shift === b.shift && a.start === b.start && a.end === b.end && a.tier === b.tier;
