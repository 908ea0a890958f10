import { Alert, Button } from 'antd';
import { useMemo, useState } from 'react';
import type { RosterDocument } from '../../contract/documents/roster-document.ts';
import type { ProblemDetails } from '../../contract/http/problem-details.ts';
import type { Text } from '../../kernel/text.ts';
import { allChosen, MergeTable, type Choices, type TheirChange } from '../together/merge-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { calledOf } from './roster-draft.ts';

/** A day of somebody's as the reader wants it. */
export interface Move {
  readonly operator: string;
  readonly date: string;
  readonly shift: string;
  readonly pinned: boolean;
}

/** A day that somebody else changed; null: off. */
interface TheirMove {
  readonly operator: string;
  readonly date: string;
  readonly before: Text | null;
  readonly after: Text | null;
}

const keyOf = ({ operator, date }: Pick<Move, 'operator' | 'date'>): string => `${operator} ${date}`;

/** Days that others changed since the roster was read: where each began, and where it ended up. */
export const theirMoves = ({ problems }: ProblemDetails): readonly TheirMove[] => {
  const moves = new Map<string, TheirMove>();
  for (const { values } of problems)
    for (const move of (values as { readonly moves?: readonly TheirMove[] } | undefined)?.moves ?? [])
      moves.set(keyOf(move), { ...move, before: (moves.get(keyOf(move)) ?? move).before });
  return [...moves.values()];
};

/** The reader's moves without those of which they take what others made of the day. */
export const movesOnTop = (moves: readonly Move[], choices: Choices): Move[] =>
  moves.filter((move) => choices.get(keyOf(move)) !== 'theirs');

/** What others changed in a roster meanwhile; days that both changed are chosen one by one. */
export const MergeMoves = ({
  problem,
  document: { shifts, people },
  moves,
  save,
  drop,
}: {
  readonly problem: ProblemDetails;
  readonly document: RosterDocument;
  readonly moves: readonly Move[];
  readonly save: (moves: readonly Move[]) => void;
  /** Forgets what the reader changed. */
  readonly drop: () => void;
}) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const [choices, choose] = useState<Choices>(new Map());
  const changes = useMemo(() => {
    const named = (name: Text | null): string => (name === null ? say('roster.off') : tell(name));
    const called = calledOf({ people });
    const own = new Map(moves.map((move) => [keyOf(move), move.shift]));
    return theirMoves(problem).map((move): TheirChange => {
      const shift = own.get(keyOf(move));
      const mine =
        shift === undefined ? undefined : (shifts.find((one) => one.shift === shift)?.name ?? null);
      return {
        key: keyOf(move),
        where: `${called(move.operator)} ${format.day(move.date)}`,
        was: named(move.before),
        theirs: named(move.after),
        ...(mine === undefined ? {} : { mine: named(mine) }),
      };
    });
  }, [problem, moves, shifts, people, say, tell, format]);
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={say('together.changed')}
      description={
        <>
          <MergeTable changes={changes} choices={choices} choose={choose} />
          <div className="row">
            <Button
              type="primary"
              disabled={!allChosen(changes, choices)}
              onClick={() => save(movesOnTop(moves, choices))}
            >
              {say('together.save')}
            </Button>
            <Button onClick={drop}>{say('roster.lookAgain')}</Button>
          </div>
        </>
      }
    />
  );
};
