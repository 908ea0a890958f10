import { Button } from 'antd';
import { useState } from 'react';
import type { ProblemDetails } from '../../contract/http/problem-details.ts';
import { callApi } from '../api/call-api.ts';
import { problemOf } from '../api/use-load.ts';
import { ProblemView } from '../ui/states.tsx';
import { useSpeech } from '../words/words.tsx';
import { isChangedElsewhere, isHardBreak, RefusedChange } from './refused-change.tsx';
import { MergeMoves, type Move } from './merge-moves.tsx';
import { changedBy, ReasonField } from './reason-field.tsx';
import type { DraftControl, RosterParts } from './use-draft.ts';

/** Edits that are not kept yet: saved together, with a reason where the roster is published. */
export const SaveBar = ({
  parts: { document },
  control,
  reload,
}: {
  readonly parts: RosterParts;
  readonly control: DraftControl;
  readonly reload: () => void;
}) => {
  const { say } = useSpeech();
  const [why, setWhy] = useState('');
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<ProblemDetails>();
  if (control.edited === 0) return null;
  const wantsReason = document.publishedAt !== null;
  const save = async (revision: number, moves: readonly Move[], breakHardRules = false): Promise<void> => {
    if (moves.length === 0) {
      reload();
      return;
    }
    setSaving(true);
    setProblem(undefined);
    try {
      await callApi('changeRoster', {
        body: {
          roster: document.id,
          moves: [...moves],
          revision,
          ...(breakHardRules ? { breakHardRules } : {}),
          ...changedBy(),
          ...(why.trim() === '' ? {} : { why: why.trim() }),
        },
      });
      setWhy('');
      reload();
    } catch (error) {
      setProblem(problemOf(error));
    }
    setSaving(false);
  };
  return (
    <div className="save-bar no-print">
      <div className="row">
        <ReasonField value={why} change={setWhy} />
        <Button
          type="primary"
          loading={saving}
          disabled={wantsReason && why.trim() === ''}
          onClick={() => void save(document.revision, control.asMoves())}
        >
          {saving ? say('roster.saving') : say('roster.save', { n: control.edited })}
        </Button>
        <Button disabled={saving} onClick={reload}>
          {say('roster.discard')}
        </Button>
      </div>
      {problem !== undefined &&
        (isChangedElsewhere(problem) ? (
          <MergeMoves
            problem={problem}
            document={document}
            moves={control.asMoves()}
            save={(moves) => void save(document.revision + problem.problems.length, moves)}
            drop={reload}
          />
        ) : isHardBreak(problem) ? (
          <RefusedChange
            problem={problem}
            people={document.people}
            on={{
              label: say('roster.breakSave'),
              words: say(why.trim() === '' ? 'roster.breakWantsReason' : 'roster.breakWords'),
              isDangerous: true,
              isReady: why.trim() !== '',
              isRunning: saving,
              go: () => void save(document.revision, control.asMoves(), true),
            }}
          />
        ) : (
          <ProblemView problem={problem} />
        ))}
    </div>
  );
};
