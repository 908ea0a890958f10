import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import type { ProblemDetails } from '../../contract/http/problem-details.ts';
import { callApi } from '../api/call-api.ts';
import { problemOf } from '../api/use-load.ts';
import { ProblemView } from '../ui/states.tsx';
import { useFocusBack } from '../ui/use-focus-back.ts';
import { useSpeech } from '../words/words.tsx';

/** Publishes a draft; where its days are published already, only with the reason for replacing them. */
export const PublishDialog = ({
  roster,
  close,
  done,
}: {
  readonly roster: string;
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
        body: { roster, ...(supersede === undefined ? {} : { supersede }) },
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
      ) : (
        <>
          <ProblemView problem={problem} />
          <div className="row">
            <Input
              aria-label={say('roster.reason')}
              placeholder={say('roster.reason')}
              value={why}
              maxLength={200}
              onChange={(event) => setWhy(event.target.value)}
            />
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
