import { useMemo, useReducer, useState } from 'react';
import type { RosterChange, RosterDocument } from '../../contract/documents/roster-document.ts';
import type { PlannedOperationDocument } from '../../contract/http/planned-operation-document.ts';
import type { RosterBasisDocument } from '../../contract/http/roster-requests.ts';
import type { Sayable } from '../../kernel/finding.ts';
import {
  dutyOn,
  movedDuties,
  movesTo,
  paidHours,
  type PersonDay,
  spanKnown,
  swapDays,
  takeOverDuty,
  type WantedDay,
} from '../../rostering/change/standing-roster.ts';
import {
  type BrokenRule,
  evaluateRoster,
  ownHardUnits,
  type RosterEvaluation,
} from '../../rostering/evaluate/evaluate-roster.ts';
import { linesOfRoster, rosterModelOf, rosterOfLines } from '../../rostering/roster-model.ts';
import type { Roster, RosterPerson, RosterProblem } from '../../rostering/roster-problem.ts';
import { createRosterState, type RosterState } from '../../rostering/search/roster-state.ts';

/** What the page has of a roster. */
export interface RosterParts {
  readonly document: RosterDocument;
  readonly basis: RosterBasisDocument;
  readonly changes: readonly RosterChange[];
  readonly operations: ReadonlyMap<string, PlannedOperationDocument>;
}

/** A roster as it is looked at; with its parts for anyone who may change it. */
export interface RosterLook extends Pick<RosterParts, 'document' | 'changes'> {
  readonly parts?: RosterParts;
}

/** Reads a roster again; after a change of one's own the answer to it is there at once, and what was done is said. */
export type Reload = (done?: {
  readonly what: 'saved' | 'undone' | 'notIll' | 'published';
  readonly document: RosterDocument;
}) => void;

type ChangedDay = RosterChange['moves'][number];

/** What became of days between two states of a roster, in the order of the later one's people and days. */
export const daysChanged = (was: RosterDocument, now: RosterDocument): readonly ChangedDay[] =>
  now.people.flatMap(({ operator }, person) =>
    now.days.flatMap(({ date }, day): ChangedDay[] => {
      const [before, after] = [dutyAt(was, person, day), dutyAt(now, person, day)];
      const timesOf = (duty = before): string | undefined => duty && `${duty.start}–${duty.end}`;
      const [beforeTimes, afterTimes] = [timesOf(), timesOf(after)];
      const illFrom = after === undefined ? absenceOn(now, { person, day })?.from : undefined;
      if (before?.shift === after?.shift && beforeTimes === afterTimes) return [];
      return [
        {
          operator,
          date,
          before: before?.shift ?? 'off',
          after: after?.shift ?? 'off',
          ...(beforeTimes !== undefined && { beforeTimes }),
          ...(after !== undefined && afterTimes !== undefined && { afterTimes }),
          ...(illFrom !== undefined && { illFrom }),
        },
      ];
    }),
  );

export interface Cell {
  readonly person: number;
  readonly day: number;
}

/** A roster whose pins are being changed: which, the days, and what each was pinned to or let go (undefined). */
interface Repinned {
  readonly document: RosterDocument;
  readonly toggled: ReadonlySet<string>;
  readonly pinnedTo: ReadonlyMap<string, Option | undefined>;
}

const keyOf = ({ person, day }: Cell): string => `${person} ${day}`;
const cellOf = (key: string): Cell => {
  const [person = 0, day = 0] = key.split(' ').map(Number);
  return { person, day };
};

/**
 * A roster that was read again: its duties are the very ones that the page has where nothing became of them, which is how
 * edits of them are known to stand.
 */
export const mergeReread = (known: RosterDocument | undefined, read: RosterDocument): RosterDocument =>
  known?.id === read.id && known.revision === read.revision && known.publishedAt === read.publishedAt
    ? { ...read, duties: known.duties }
    : read;

/** Whether edits of one state of a roster are edits of the other. */
const isAsEdited = (one: RosterDocument | undefined, other: RosterDocument): boolean =>
  one?.duties === other.duties && one.publishedAt === other.publishedAt;

/** A roster being edited. */
export interface DraftControl {
  readonly draft: RosterDraft;
  /** Counts edits: what is worked out from the draft is worked out again when it moves. */
  readonly turn: number;
  readonly before: RosterEvaluation;
  readonly now: RosterEvaluation;
  readonly moves: readonly DraftEdit[];
  readonly edited: number;
  readonly hasPins: boolean;
  isPinned(cell: Cell): boolean;
  isAway(cell: Cell): boolean;
  isIll(cell: Cell): boolean;
  put(cell: Cell, option: Option): void;
  swap(first: Cell, second: Cell): void;
  pin(cell: Cell): void;
  undo(): void;
  /** What is asked of the server: every day that moved or was pinned. */
  asMoves(): { operator: string; date: string; shift: string; start?: string; pinned: boolean }[];
}

const unpinned: Pick<Repinned, 'toggled' | 'pinnedTo'> = { toggled: new Set(), pinnedTo: new Map() };

export const useDraft = ({ document, basis }: RosterParts): DraftControl => {
  const [turn, bump] = useReducer((n: number) => n + 1, 0);
  const [held, hold] = useState<Repinned>();
  // Pins that were toggled on a roster as it was before are stored or discarded by now.
  const { toggled, pinnedTo } = held !== undefined && isAsEdited(held.document, document) ? held : unpinned;
  // What was edited of a document stays where only what it rests on is known better.
  const [last] = useState<{ opened?: readonly [RosterDocument, RosterDraft] }>({});
  const draft = useMemo(() => {
    const [known, before] = last.opened ?? [];
    const problem = [...pinnedTo].reduce(
      (so, [key, option]) => repinned(so, cellOf(key), option),
      problemOf(basis),
    );
    const made = openDraft(problem, document, isAsEdited(known, document) ? before?.steps : undefined);
    last.opened = [document, made];
    return made;
  }, [basis, document, pinnedTo, last]);
  const first = useMemo(() => judgeDocument(problemOf(basis), document), [basis, document]);
  const people = useMemo(() => new Map(draft.problem.people.map((one, at) => [one.person, at])), [draft]);
  const pins = useMemo(() => {
    const dayOf = new Map(document.days.map(({ date }, at) => [date, at]));
    return new Set(
      [...document.duties.filter(({ pinned }) => pinned), ...(document.pinnedDaysOff ?? [])].map(
        ({ operator, date }) => keyOf({ person: people.get(operator) ?? -1, day: dayOf.get(date) ?? -1 }),
      ),
    );
  }, [document, people]);
  const now = useMemo(() => (turn === 0 ? first : draft.judge()), [draft, turn, first]);
  const moves = useMemo(() => (turn === 0 ? [] : movesOf(draft.edits)), [draft, turn]);
  const isAway = ({ person, day }: Cell): boolean =>
    draft.problem.people[person]?.unavailable.includes(day) === true;
  const isPinned = (cell: Cell): boolean => pins.has(keyOf(cell)) !== toggled.has(keyOf(cell));
  const cells = [...new Set([...moves.map(keyOf), ...toggled])].map(cellOf);
  return {
    draft,
    turn,
    before: first,
    now,
    moves,
    edited: cells.length,
    hasPins: toggled.size > 0,
    isPinned,
    isAway,
    isIll: (cell) => isAway(cell) && absenceOn(document, cell) !== undefined,
    put: (cell, after) => {
      if (draft.optionOn(cell.person, cell.day) === after) return;
      draft.put([{ ...cell, after }]);
      bump();
    },
    swap: (one, other) => {
      draft.swap(one, other);
      bump();
    },
    pin: (cell) => {
      const next = new Set(toggled);
      if (!next.delete(keyOf(cell))) next.add(keyOf(cell));
      const option = isPinned(cell) ? undefined : draft.optionOn(cell.person, cell.day);
      hold({ document, toggled: next, pinnedTo: new Map([...pinnedTo, [keyOf(cell), option]]) });
    },
    undo: () => {
      draft.undo();
      bump();
    },
    asMoves: () =>
      cells.map((cell) => {
        const option = draft.optionOn(cell.person, cell.day);
        const start = moves.find((move) => keyOf(move) === keyOf(cell))?.start;
        return {
          operator: draft.problem.people[cell.person]?.person ?? '',
          date: document.days[cell.day]?.date ?? '',
          shift: option === 0 ? 'off' : (draft.problem.shifts[option - 1]?.shift ?? 'off'),
          ...(start === undefined ? {} : { start }),
          pinned: isPinned(cell),
        };
      }),
  };
};

type Absence = NonNullable<RosterDocument['absences']>[number];

type Named = readonly Pick<RosterDocument['people'][number], 'operator' | 'name'>[];
const calledIn = new WeakMap<Named, ReadonlyMap<string, string>>();

/** What somebody of a roster is called: by name where the records have one, with the number where others have the same. */
export const calledOf = ({ people }: { readonly people: Named }): ((operator: string) => string) => {
  const names = calledIn.get(people) ?? namesIn(people);
  calledIn.set(people, names);
  return (operator) => names.get(operator) ?? operator;
};

const namesIn = (people: Named): ReadonlyMap<string, string> => {
  const alike = Map.groupBy(people, ({ name }) => name);
  return new Map(
    people.flatMap(({ operator, name }) => {
      if (name === undefined) return [];
      return [[operator, (alike.get(name)?.length ?? 0) > 1 ? `${name} ${operator}` : name] as const];
    }),
  );
};

/** Who is ill on a day, where they do nothing else on it. */
export const absenceOn = (
  { people, days, absences = [] }: Pick<RosterDocument, 'people' | 'days' | 'absences'>,
  { person, day }: PersonDay,
): Absence | undefined =>
  absences.find(({ operator, date }) => operator === people[person]?.operator && date === days[day]?.date);

const dutiesAt = new WeakMap<object, Map<string, RosterDocument['duties'][number]>>();

/** The stored duty of a person's day. */
export const dutyAt = (
  { duties, people, days }: Pick<RosterDocument, 'duties' | 'people' | 'days'>,
  person: number,
  day: number,
): RosterDocument['duties'][number] | undefined => {
  const known =
    dutiesAt.get(duties) ?? new Map(duties.map((duty) => [`${duty.operator} ${duty.date}`, duty]));
  dutiesAt.set(duties, known);
  return known.get(`${people[person]?.operator} ${days[day]?.date}`);
};

/** Paid hours of a person's days: of duties as they are, of others what their shift has, and what was worked before an illness. */
export const hoursOn = (document: RosterDocument, person: number, options: readonly Option[]): number => {
  const { shifts } = document;
  return options.reduce((sum, option, day) => {
    const kind = shifts[option - 1];
    const duty = dutyAt(document, person, day);
    if (kind !== undefined) return sum + (duty?.shift === kind.shift ? paidHours(duty, kind) : kind.hours);
    const absence = absenceOn(document, { person, day });
    const was = shifts.find(({ shift }) => shift === absence?.shift);
    return sum + (absence === undefined ? 0 : paidHours(absence, was));
  }, 0);
};

/** Option of a day: 0 off, s + 1 the roster's shift s. */
type Option = number;

export interface DraftEdit {
  readonly person: number;
  readonly day: number;
  readonly before: Option;
  readonly after: Option;
  /** Start of the duty that is taken, where it is another's: the shift may have several. */
  readonly start?: string | undefined;
  /** Start of the duty that was there; undefined: a day off. */
  readonly startBefore?: string | undefined;
}

/** A roster under the reader's hands: every edit is priced by what it touches, and can be taken back. */
interface RosterDraft {
  readonly problem: RosterProblem;
  readonly state: RosterState;
  readonly edits: readonly DraftEdit[];
  /** The edits by what is taken back together. */
  readonly steps: readonly (readonly DraftEdit[])[];
  optionOn(person: number, day: number): Option;
  /**
   * Change of cost if the day took the option; Infinity where a hard rule of the person's breaks, -Infinity where the
   * person keeps them all again.
   */
  tryOption(person: number, day: number, option: Option): number;
  /** Rules that are broken by more in all, and those that are broken by less, if the day took the option. */
  rulesMoved(
    person: number,
    day: number,
    option: Option,
  ): { readonly broken: readonly MovedRule[]; readonly mended: readonly MovedRule[] };
  /** Edits that are taken back together. */
  put(edits: readonly Omit<DraftEdit, 'before' | 'startBefore'>[]): void;
  /** Two people exchange days. */
  swap(one: PersonDay, other: PersonDay): void;
  undo(): void;
  /** The roster as it is, read rule by rule. */
  judge(): RosterEvaluation;
  roster(): Roster;
  /** The duties that the edits make of those stored, each at its times. */
  duties(): RosterDocument['duties'];
}

export const problemOf = ({ problem }: RosterBasisDocument): RosterProblem => ({
  ...problem,
  people: problem.people.map(({ team, shifts, endedBefore, ...person }): RosterPerson => ({
    ...person,
    ...(endedBefore === undefined ? {} : { endedBefore }),
    ...(team === null ? {} : { team }),
    ...(shifts === null ? {} : { shifts }),
  })),
});

/** The engine's roster of a document's duties. */
const rosterOfDuties = (problem: RosterProblem, { duties, days }: RosterDocument): Roster => {
  const person = new Map(problem.people.map((one, at) => [one.person, at]));
  const day = new Map(days.map(({ date }, at) => [date, at]));
  const shift = new Map(problem.shifts.map((one, at) => [one.shift, at]));
  return duties.flatMap((duty) => {
    const place = {
      person: person.get(duty.operator),
      day: day.get(duty.date),
      shift: shift.get(duty.shift),
    };
    return place.person === undefined || place.day === undefined || place.shift === undefined
      ? []
      : [
          {
            person: place.person,
            day: place.day,
            shift: place.shift,
            tier: Math.max(0, problem.tiers.indexOf(duty.tier)),
            ...spanKnown(duty),
          },
        ];
  });
};

const judgeDocument = (problem: RosterProblem, document: RosterDocument): RosterEvaluation =>
  evaluateRoster(problem, rosterOfDuties(problem, document));

/** A day pinned to what a person does on it, or let go (undefined): what rules are read by from then on. */
export const repinned = (
  problem: RosterProblem,
  { person, day }: PersonDay,
  option: Option | undefined,
): RosterProblem => ({
  ...problem,
  people: problem.people.map((one, at) => {
    if (at !== person) return one;
    const others = one.pinned.filter((pin) => pin.day !== day);
    const shift = option === 0 ? ('off' as const) : (option ?? 0) - 1;
    return { ...one, pinned: option === undefined ? others : [...others, { day, shift }] };
  }),
});

/** A rule, and by how many of its units more (or fewer) it is broken. */
type MovedRule = Pick<BrokenRule, 'rule' | 'code' | 'isHard' | 'cost' | 'units'>;

const unitsMoved = (was: readonly BrokenRule[], would: readonly BrokenRule[]): MovedRule[] => {
  const moved = new Map<string, MovedRule>();
  for (const [broken, sign] of [
    [was, -1],
    [would, 1],
  ] as const)
    for (const { rule, code, isHard, cost, units } of broken) {
      const key = `${rule} ${code}`;
      const so = moved.get(key) ?? { rule, code, isHard, cost: 0, units: 0 };
      moved.set(key, { ...so, cost: so.cost + sign * cost, units: so.units + sign * units });
    }
  return [...moved.values()];
};

/** A document's roster with edits made of it before. */
export const openDraft = (
  problem: RosterProblem,
  document: RosterDocument,
  made: RosterDraft['steps'] = [],
): RosterDraft => {
  const model = rosterModelOf(problem);
  const state = createRosterState(model, linesOfRoster(model, rosterOfDuties(problem, document)));
  const days = problem.days.length;
  const steps: DraftEdit[][] = [];
  const optionOn = (person: number, day: number): Option => state.lines[person * days + day] ?? 0;
  const stored = { problem, dates: document.days.map(({ date }) => date), duties: document.duties };
  let known: RosterDocument['duties'] | undefined;
  // As the server will: who takes a duty that another gives up has it at its times.
  const duties = (): RosterDocument['duties'] => {
    if (steps.length === 0) return document.duties;
    if (known === undefined) {
      known = movedDuties(stored, movesTo(stored, wantedBy(movesOf(steps.flat()))));
    }
    return known;
  };
  const rosterWith = (lines: ArrayLike<number>, now: RosterDocument['duties']): Roster => {
    const spans = new Map(now.map((duty) => [`${duty.operator} ${duty.date}`, spanKnown(duty)]));
    return rosterOfLines(model, lines).map((one) => ({
      ...one,
      ...spans.get(`${problem.people[one.person]?.person} ${stored.dates[one.day]}`),
    }));
  };
  const roster = (): Roster => rosterWith(state.lines, duties());
  /** The roster if the day took an option, at the times that its duty would have. */
  const rosterIf = (person: number, day: number, option: Option): Roster => {
    const standing = { ...stored, duties: duties() };
    const place = { person, day };
    const after = takeOverDuty(standing, place, option - 1, undefined);
    const is = movedDuties(standing, [{ ...place, before: dutyOn(standing, place), after }]);
    const lines = Uint8Array.from(state.lines);
    lines[person * days + day] = option;
    return rosterWith(lines, is);
  };
  /** The roster as it is, and if a day took an option, read rule by rule: of the day looked at once each until an edit. */
  let judged: RosterEvaluation | undefined;
  let looked = { person: -1, day: -1, options: new Map<Option, RosterEvaluation>() };
  const judge = (): RosterEvaluation => (judged ??= evaluateRoster(problem, roster()));
  const judgeIf = (person: number, day: number, option: Option): RosterEvaluation => {
    if (looked.person !== person || looked.day !== day) looked = { person, day, options: new Map() };
    const read = looked.options.get(option) ?? evaluateRoster(problem, rosterIf(person, day, option));
    looked.options.set(option, read);
    return read;
  };
  const forget = (): void => {
    known = judged = undefined;
    looked.options.clear();
  };
  /** What an option does by the times that its duty would have; the search reads a shift by all of its starts. */
  const tryTimes = (person: number, day: number, option: Option): number => {
    if (ownHardUnits(problem, rosterIf(person, day, option), person).size > 0) return Infinity;
    if (ownHardUnits(problem, roster(), person).size > 0) return -Infinity;
    return judgeIf(person, day, option).cost - judge().cost;
  };
  const startOn = (person: number, day: number): string | undefined =>
    dutyOn({ ...stored, duties: duties() }, { person, day })?.start;
  const put: RosterDraft['put'] = (edits) => {
    const step = edits.map((edit) => ({
      ...edit,
      before: optionOn(edit.person, edit.day),
      startBefore: startOn(edit.person, edit.day),
    }));
    for (const { person, day, after } of step) state.put(person, day, after);
    state.keep();
    steps.push(step);
    forget();
  };
  for (const step of made) put(step);
  return {
    problem,
    state,
    steps,
    get edits() {
      return steps.flat();
    },
    optionOn,
    tryOption: (person, day, option) => {
      state.put(person, day, option);
      const delta = state.delta();
      state.undo();
      return state.lineCosts[person] === Infinity || delta === Infinity
        ? tryTimes(person, day, option)
        : delta;
    },
    rulesMoved: (person, day, option) => {
      const moved = unitsMoved(judge().broken, judgeIf(person, day, option).broken);
      return {
        broken: moved.filter(({ units }) => units > 1e-9),
        mended: moved.filter(({ units }) => units < -1e-9),
      };
    },
    put,
    swap: (one, other) =>
      put(
        swapDays([one, other]).map(({ person, day, from }) => ({
          person,
          day,
          after: optionOn(from, day),
          start: startOn(from, day),
        })),
      ),
    undo: () => {
      const step = steps.pop() ?? [];
      forget();
      for (const { person, day, before } of step.toReversed()) state.put(person, day, before);
      state.keep();
    },
    judge,
    roster,
    duties,
  };
};

/** What edits make of days, as it is asked of the server. */
export const wantedBy = (edits: readonly DraftEdit[]): WantedDay[] =>
  edits.map(({ person, day, after, start }) => ({
    person,
    day,
    shift: after === 0 ? 'off' : after - 1,
    start,
  }));

/** Where each day ends up, edits that cancel out left away. */
export const movesOf = (edits: readonly DraftEdit[]): DraftEdit[] => {
  const moves = new Map<string, DraftEdit>();
  for (const edit of edits) {
    const key = `${edit.person} ${edit.day}`;
    const { before, startBefore } = moves.get(key) ?? edit;
    moves.set(key, { ...edit, before, startBefore });
  }
  return [...moves.values()].filter(
    ({ before, after, start, startBefore }) =>
      before !== after || (start !== undefined && start !== startBefore),
  );
};

/** A rule broken as it is said. */
export const saidOf = (
  { rules }: RosterProblem,
  { rule, code }: Pick<BrokenRule, 'rule' | 'code'>,
): Sayable => {
  const found = rule === undefined ? undefined : rules[rule];
  if (found !== undefined) return { code: 'labour-rule', values: { rule: found } };
  return { code: code === 'tier' ? 'tier-not-held' : 'one-shift-a-day', values: {} };
};
