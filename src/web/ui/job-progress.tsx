import { Button, Progress } from 'antd';
import type { Job } from '../../contract/http/job.ts';
import { may } from '../api/page-access.ts';
import { useSpeech } from '../words/words.tsx';

/** How far a job is, with the button that stops it: loaded when the first job runs. */
export const JobProgress = ({
  job,
  title,
  cancel,
}: {
  readonly job: Job;
  readonly title: string;
  readonly cancel: () => void;
}) => {
  const { say } = useSpeech();
  return (
    <div className="panel job" role="status">
      <div className="row">
        <strong>{title}</strong>
        {may('cancelJob') && (
          <Button size="small" onClick={cancel}>
            {say('state.cancel')}
          </Button>
        )}
      </div>
      <Progress percent={Math.round(job.done * 100)} aria-label={title} />
    </div>
  );
};
