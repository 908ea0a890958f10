import { Alert, Button } from 'antd';
import { useMemo, useState } from 'react';
import type { RosterDocument } from '../../contract/documents/roster-document.ts';
import type { ProblemDetails } from '../../contract/documents/schema-parts.ts';
import type { Text } from '../../kernel/text.ts';
import { type BrokenRule, newlyBroken } from '../../rostering/evaluate/evaluate-roster.ts';
import { callApi } from '../api/call-api.ts';
import { problemOf } from '../api/use-load.ts';
import { allChosen, type Choices, MergeTable, type TheirChange } from '../together/merge-table.tsx';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { ProblemView } from '../ui/states.tsx';
import { useSpeech } from '../words/words.tsx';
import { isChangedElsewhere, isHardBreak, RefusedChange, useReason } from './refused-change.tsx';
import { calledOf, type DraftControl, type Reload, type RosterParts, saidOf } from './roster-draft.ts';

/** A save that was not made: which edits it was of, what was asked, and why not. */
interface RefusedSave {
  readonly edits: string;
  readonly revision: number;
  readonly moves: readonly Move[];
  readonly problem: ProblemDetails;
}

/** Edits that are not kept yet: saved together, with a reason where the roster is published. */
export const SaveBar = ({
  parts: { document },
  control,
  reload,
  isSaving,
  setSaving,
}: {
  readonly parts: RosterParts;
  readonly control: DraftControl;
  readonly reload: Reload;
  readonly isSaving: boolean;
  readonly setSaving: (isSaving: boolean) => void;
}) => {
  const { say, tell, format } = useSpeech();
  // An exchange is a reason of its own.
  const { steps } = control.draft;
  const isSwap = steps.length > 0 && !control.hasPins && steps.every((step) => step.length > 1);
  const reason = useReason(document.publishedAt !== null, isSwap ? say('roster.swap') : '');
  const hasReason = reason.said.why !== undefined;
  const [last, setRefused] = useState<RefusedSave>();
  if (control.edited === 0) return null;
  const edited = control.asMoves();
  const edits = JSON.stringify([document.revision, edited]);
  // What was said of edits is nothing about others.
  const refused = last?.edits === edits ? last : undefined;
  const { now, before, draft } = control;
  const broken = Map.groupBy(newlyBroken(before.hardBroken, now.hardBroken), (one) =>
    tell(saidOf(draft.problem, one)),
  );
  const whereOf = (one: BrokenRule): string =>
    [
      namesOf(document, [one]),
      ...one.days.slice(0, daysShown).map((day) => format.day(document.days[day]?.date ?? '')),
    ].join(' ') + (one.days.length > daysShown ? ' …' : '');
  const save = async (revision: number, moves: readonly Move[], breakHardRules = false): Promise<void> => {
    if (moves.length === 0) {
      reload();
      return;
    }
    setSaving(true);
    setRefused(undefined);
    try {
      const answer = await callApi('changeRoster', {
        body: {
          roster: document.id,
          moves: [...moves],
          revision,
          ...(breakHardRules ? { breakHardRules } : {}),
          ...reason.said,
        },
      });
      reason.forget();
      reload({ what: 'saved', document: answer });
    } catch (error) {
      setRefused({ edits, revision, moves, problem: problemOf(error) });
    }
    setSaving(false);
  };
  return (
    <div className="save-bar no-print">
      <div className="row">
        {reason.field}
        <Button
          type="primary"
          loading={isSaving}
          disabled={!reason.isSaid}
          onClick={() => void save(document.revision, edited)}
        >
          {isSaving ? say('roster.saving') : say('roster.save', { n: control.edited })}
        </Button>
        <Button disabled={isSaving} onClick={() => reload()}>
          {say('roster.discard')}
        </Button>
      </div>
      {[...broken].map(([rule, own]) => (
        <div key={rule}>
          <span className="tag error">{say('roster.hard')}</span> {rule}{' '}
          <b>{own.slice(0, namesShown).map(whereOf).join(' · ')}</b>
          {own.length > namesShown && ' …'}
        </div>
      ))}
      {refused !== undefined &&
        (isChangedElsewhere(refused.problem) ? (
          <MergeMoves
            key={refused.revision}
            problem={refused.problem}
            document={document}
            moves={refused.moves}
            save={(moves) => void save(refused.revision + refused.problem.problems.length, moves)}
            drop={() => reload()}
          />
        ) : isHardBreak(refused.problem) ? (
          <RefusedChange
            problem={refused.problem}
            people={document.people}
            on={{
              label: say('roster.breakSave'),
              words: say(hasReason ? 'roster.breakWords' : 'roster.breakWantsReason'),
              isDangerous: true,
              isReady: hasReason && reason.isSaid,
              isRunning: isSaving,
              go: () => void save(refused.revision, refused.moves, true),
            }}
          />
        ) : (
          <ProblemView problem={refused.problem} />
        ))}
    </div>
  );
};

/** A day of somebody's as the reader wants it. */
interface Move {
  readonly operator: string;
  readonly date: string;
  readonly shift: string;
  readonly start?: string;
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
const MergeMoves = ({
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
  const { say, tell, format } = useSpeech();
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

const namesShown = 6;
const daysShown = 3;

/** What the roster breaks as it is, hard rules first, a line a rule. */
export const RulesPanel = ({
  parts: { document },
  control: { now, draft },
}: {
  readonly parts: RosterParts;
  readonly control: DraftControl;
}) => {
  const { say, tell } = useSpeech();
  const groups = [
    ...Map.groupBy(now.broken, (one) => `${one.rule} ${one.code} ${one.isHard}`).values(),
  ].toSorted((a, b) => Number(b[0]?.isHard) - Number(a[0]?.isHard) || costOf(b) - costOf(a));
  if (groups.length === 0)
    return (
      <Panel title={say('roster.rules')} note={say('roster.noRules')}>
        {null}
      </Panel>
    );
  return (
    <Panel title={say('roster.rules')}>
      <PlainTable
        stacks
        rows={groups}
        keyOf={(group) => `${group[0]?.rule} ${group[0]?.code} ${group[0]?.isHard}`}
        columns={[
          [
            say('roster.rule'),
            'text',
            ([first]) =>
              first === undefined ? null : (
                <>
                  {first.isHard && <span className="tag error">{say('roster.hard')}</span>}{' '}
                  {tell(saidOf(draft.problem, first))}
                </>
              ),
            { wide: true },
          ],
          [say('roster.times'), 'number:0', (group) => group.length],
          [say('roster.who'), 'text', (group) => namesOf(document, group), { wide: true }],
        ]}
      />
    </Panel>
  );
};

const costOf = (group: readonly BrokenRule[]): number => group.reduce((sum, { cost }) => sum + cost, 0);

const namesOf = ({ people }: RosterDocument, group: readonly BrokenRule[]): string => {
  const names = [...new Set(group.flatMap((one) => one.people))].map(
    (at) => people[at]?.name ?? people[at]?.operator ?? '',
  );
  return `${names.slice(0, namesShown).join(' · ')}${names.length > namesShown ? ' …' : ''}`;
};
