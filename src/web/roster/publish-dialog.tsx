import { Button, Modal } from 'antd';
import { useState } from 'react';
import type { RosterDocument } from '../../contract/documents/roster-document.ts';
import type { ProblemDetails } from '../../contract/http/problem-details.ts';
import { callApi } from '../api/call-api.ts';
import { problemOf } from '../api/use-load.ts';
import { ProblemView } from '../ui/states.tsx';
import { useFocusBack } from '../ui/use-focus-back.ts';
import { useSpeech } from '../words/words.tsx';
import { changedBy, ReasonField } from './reason-field.tsx';
import { isChangedElsewhere, RefusedChange } from './refused-change.tsx';

/** Publishes a draft; where its days are published already, only with the reason for replacing them. */
export const PublishDialog = ({
  roster: { id, revision, people },
  close,
  done,
}: {
  readonly roster: Pick<RosterDocument, 'id' | 'revision' | 'people'>;
  readonly close: () => void;
  readonly done: () => void;
}) => {
  const { say } = useSpeech();
  useFocusBack();
  const [problem, setProblem] = useState<ProblemDetails>();
  const [why, setWhy] = useState('');
  const publish = async (supersede?: string): Promise<void> => {
    try {
      await callApi('publishRoster', {
        body: { roster: id, revision, ...changedBy(), ...(supersede === undefined ? {} : { supersede }) },
      });
      done();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <Modal open title={say('roster.publish')} onCancel={close} footer={null} destroyOnHidden>
      <p>{say('roster.publishWords')}</p>
      {problem === undefined ? (
        <div className="row">
          <Button type="primary" autoFocus onClick={() => void publish()}>
            {say('roster.publish')}
          </Button>
          <Button onClick={close}>{say('roster.cancel')}</Button>
        </div>
      ) : isChangedElsewhere(problem) ? (
        <RefusedChange problem={problem} people={people} on={{ label: say('roster.lookAgain'), go: done }} />
      ) : (
        <>
          <ProblemView problem={problem} />
          <div className="row">
            <ReasonField value={why} change={setWhy} />
            <Button
              type="primary"
              danger
              disabled={why.trim() === ''}
              onClick={() => void publish(why.trim())}
            >
              {say('roster.supersede')}
            </Button>
            <Button onClick={close}>{say('roster.cancel')}</Button>
          </div>
        </>
      )}
    </Modal>
  );
};
