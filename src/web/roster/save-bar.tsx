import { Button, Input } from 'antd';
import { useState } from 'react';
import type { ProblemDetails } from '../../contract/http/problem-details.ts';
import { callApi } from '../api/call-api.ts';
import { problemOf } from '../api/use-load.ts';
import { ProblemView } from '../ui/states.tsx';
import { useSpeech } from '../words/words.tsx';
import type { DeskControl, RosterParts } from './use-desk.ts';

/** Edits that are not kept yet: saved together, with a reason where the roster is published. */
export const SaveBar = ({
  parts: { document },
  control,
  reload,
}: {
  readonly parts: RosterParts;
  readonly control: DeskControl;
  readonly reload: () => void;
}) => {
  const { say } = useSpeech();
  const [why, setWhy] = useState('');
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<ProblemDetails>();
  if (control.edited === 0) return null;
  const wantsReason = document.publishedAt !== null;
  const save = async (): Promise<void> => {
    setSaving(true);
    setProblem(undefined);
    try {
      await callApi('changeRoster', {
        body: {
          roster: document.id,
          moves: control.asMoves(),
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
        <Input
          aria-label={say('roster.reason')}
          placeholder={say('roster.reason')}
          value={why}
          maxLength={200}
          style={{ maxWidth: 320 }}
          onChange={(event) => setWhy(event.target.value)}
        />
        <Button
          type="primary"
          loading={saving}
          disabled={wantsReason && why.trim() === ''}
          onClick={() => void save()}
        >
          {saving ? say('roster.saving') : say('roster.save', { n: control.edited })}
        </Button>
        <Button disabled={saving} onClick={reload}>
          {say('roster.discard')}
        </Button>
      </div>
      {problem !== undefined && <ProblemView problem={problem} />}
    </div>
  );
};
