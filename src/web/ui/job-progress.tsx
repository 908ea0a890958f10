import { Button, Progress } from 'antd';
import { useEffect, useState } from 'react';
import type { Job } from '../../contract/http/job.ts';
import { secondsLeft } from '../../kernel/time-left.ts';
import { stepNames, timeLeft } from '../../words/progress.ts';
import { callApi } from '../api/call-api.ts';
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
  const { say, language } = useSpeech();
  const [begun] = useState(() => ({ done: job.done, at: performance.now() }));
  const left = secondsLeft(begun, { done: job.done, at: performance.now() });
  const step = stepNames[job.step ?? ''];
  const holders = useHolders(job);
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
      {holders.length > 0 && (
        <small>
          {say('state.queued', {
            who: holders
              .map(([name, n]) => say('state.holder', { name: name || say('state.nobody'), n }))
              .join(say('list.comma')),
          })}
        </small>
      )}
      <Progress percent={Math.round(job.done * 100)} aria-label={title} />
      <small>
        {[step?.[language], left === undefined ? undefined : timeLeft(left, language)]
          .filter((said) => said !== undefined)
          .join(' · ')}
      </small>
    </div>
  );
};

/** Who has how many other jobs in the queue while this one waits, most first. */
const useHolders = ({ id, state }: Job): readonly (readonly [name: string, jobs: number])[] => {
  const [others, setOthers] = useState<readonly Job[]>([]);
  const waits = state === 'queued';
  useEffect(() => {
    if (!waits) return;
    callApi('jobs').then(
      (jobs) => setOthers(jobs.filter((each) => each.id !== id && /^(queued|running)$/.test(each.state))),
      () => undefined,
    );
  }, [id, waits]);
  if (!waits) return [];
  return [...Map.groupBy(others, ({ by }) => by)]
    .map(([name, jobs]) => [name, jobs.length] as const)
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, 5);
};
