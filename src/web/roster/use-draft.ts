import { useMemo, useReducer, useState } from 'react';
import type { RosterDocument, RosterChange } from '../../contract/documents/roster-document.ts';
import type { PlannedOperationDocument } from '../../contract/http/planned-operation-document.ts';
import type { RosterBasisDocument } from '../../contract/http/roster-basis.ts';
import type { RosterEvaluation } from '../../rostering/evaluate/evaluate-roster.ts';
import {
  movesOf,
  openDraft,
  problemOf,
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
  put(cell: Cell, option: Option): void;
  swap(first: Cell, second: Cell): void;
  pin(cell: Cell): void;
  undo(): void;
  /** What is asked of the server: every day that moved or was pinned. */
  asMoves(): { operator: string; date: string; shift: string; pinned: boolean }[];
}

export const useDraft = ({ document, basis }: RosterParts): DraftControl => {
  const draft = useMemo(() => openDraft(problemOf(basis), document), [basis, document]);
  const [turn, bump] = useReducer((n: number) => n + 1, 0);
  const first = useMemo(() => draft.judge(), [draft]);
  const people = useMemo(() => new Map(draft.problem.people.map((one, at) => [one.person, at])), [draft]);
  const pins = useMemo(() => {
    const dayOf = new Map(document.days.map(({ date }, at) => [date, at]));
    return new Set(
      document.duties.flatMap(({ operator, date, pinned }) =>
        pinned ? [keyOf({ person: people.get(operator) ?? -1, day: dayOf.get(date) ?? -1 })] : [],
      ),
    );
  }, [document, people]);
  const [held, hold] = useState<{ document: RosterDocument; keys: ReadonlySet<string> }>();
  // Pins that were toggled on a roster as it stood before are stored or discarded by now.
  const toggled = held?.document === document ? held.keys : none;
  const now = useMemo(() => (turn === 0 ? first : draft.judge()), [draft, turn, first]);
  const moves = useMemo(() => (turn === 0 ? [] : movesOf(draft.edits)), [draft, turn]);
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
    isAway: ({ person, day }) => draft.problem.people[person]?.unavailable.includes(day) === true,
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
      // A roster holds duties: a day off has nothing that a pin could stay with.
      if (draft.optionOn(cell.person, cell.day) === 0 && !isPinned(cell)) return;
      const next = new Set(toggled);
      if (!next.delete(keyOf(cell))) next.add(keyOf(cell));
      hold({ document, keys: next });
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
