import { useMemo, useReducer, useState } from 'react';
import type { RosterDocument, RosterChange } from '../../contract/documents/roster-document.ts';
import type { PlannedOperationDocument } from '../../contract/http/planned-operation-document.ts';
import type { RosterBasisDocument } from '../../contract/http/roster-requests.ts';
import type { RosterEvaluation } from '../../rostering/evaluate/evaluate-roster.ts';
import type { RosterProblem } from '../../rostering/roster-problem.ts';
import {
  absenceOn,
  judgeDocument,
  movesOf,
  openDraft,
  problemOf,
  repinned,
  type DraftEdit,
  type Option,
  type RosterDraft,
} from './roster-draft.ts';

/** What the page has of a roster. */
export interface RosterParts {
  readonly document: RosterDocument;
  readonly basis: RosterBasisDocument;
  readonly changes: readonly RosterChange[];
  readonly operations: ReadonlyMap<string, PlannedOperationDocument>;
}

export interface Cell {
  readonly person: number;
  readonly day: number;
}

const none: ReadonlySet<string> = new Set();

/** A roster whose pins are being changed: which, the rules' problem with them, and the edits made until then. */
interface Repinned {
  readonly document: RosterDocument;
  readonly toggled: ReadonlySet<string>;
  readonly problem: RosterProblem;
  readonly steps: RosterDraft['steps'];
}

/** The rules' problem with a person who may work a day on which they were away. */
const backOn = (problem: RosterProblem, { person, day }: Cell): RosterProblem => ({
  ...problem,
  people: problem.people.map((one, at) =>
    at === person ? { ...one, unavailable: one.unavailable.filter((away) => away !== day) } : one,
  ),
});

const keyOf = ({ person, day }: Cell): string => `${person} ${day}`;

/** A roster being edited. */
export interface DraftControl {
  readonly draft: RosterDraft;
  /** Counts edits: what is worked out from the draft is worked out anew when it moves. */
  readonly turn: number;
  readonly before: RosterEvaluation;
  readonly now: RosterEvaluation;
  readonly moves: readonly DraftEdit[];
  readonly edited: number;
  isPinned(cell: Cell): boolean;
  isAway(cell: Cell): boolean;
  /** Whether they are ill on it; `back` takes that away. */
  isIll(cell: Cell): boolean;
  back(cell: Cell): void;
  put(cell: Cell, option: Option): void;
  swap(first: Cell, second: Cell): void;
  pin(cell: Cell): void;
  undo(): void;
  /** What is asked of the server: every day that moved or was pinned. */
  asMoves(): { operator: string; date: string; shift: string; pinned: boolean }[];
}

export const useDraft = ({ document, basis }: RosterParts): DraftControl => {
  const [turn, bump] = useReducer((n: number) => n + 1, 0);
  const [held, hold] = useState<Repinned>();
  // Pins that were toggled on a roster as it stood before are stored or discarded by now.
  const { toggled, problem, steps } =
    held?.document === document ? held : { toggled: none, problem: undefined, steps: undefined };
  const draft = useMemo(
    () => openDraft(problem ?? problemOf(basis), document, steps),
    [basis, document, problem, steps],
  );
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
  const cells = [...new Set([...moves.map(keyOf), ...toggled])].map((key): Cell => {
    const [person = 0, day = 0] = key.split(' ').map(Number);
    return { person, day };
  });
  return {
    draft,
    turn,
    before: first,
    now,
    moves,
    edited: cells.length,
    isPinned,
    isAway,
    isIll: (cell) => isAway(cell) && absenceOn(document, cell) !== undefined,
    back: (cell) => hold({ document, toggled, problem: backOn(draft.problem, cell), steps: draft.steps }),
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
      hold({ document, toggled: next, problem: repinned(draft.problem, cell, option), steps: draft.steps });
    },
    undo: () => {
      draft.undo();
      bump();
    },
    asMoves: () =>
      cells.map((cell) => {
        const option = draft.optionOn(cell.person, cell.day);
        return {
          operator: draft.problem.people[cell.person]?.person ?? '',
          date: document.days[cell.day]?.date ?? '',
          shift: option === 0 ? 'off' : (draft.problem.shifts[option - 1]?.shift ?? 'off'),
          pinned: isPinned(cell),
        };
      }),
  };
};
