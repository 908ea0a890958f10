import { Button, Progress, Spin } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { Job } from '../../contract/http/job.ts';
import { type Pace, secondsLeft } from '../../kernel/ports.ts';
import { stepNames, timeLeft } from '../../words/job-steps.ts';
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
  /** undefined: it is somebody else's. */
  readonly cancel: (() => void) | undefined;
}) => {
  const { say, language } = useSpeech();
  // What waits has no pace: the time that is left is known of what runs.
  const begun = useRef<Pace>(undefined);
  if (job.state === 'running') begun.current ??= { done: job.done, at: performance.now() };
  else begun.current = undefined;
  const left =
    begun.current === undefined
      ? undefined
      : secondsLeft(begun.current, { done: job.done, at: performance.now() });
  // A pace that slows is no reason to count upwards again.
  const least = useRef(Infinity);
  if (left === undefined) least.current = Infinity;
  else least.current = Math.min(least.current, left);
  const step = stepNames[job.step ?? ''];
  const others = useOthers(job);
  return (
    <div className="panel job" role="status">
      <div className="row">
        <strong>
          {cancel !== undefined || job.by === '' ? title : say('state.ofWhom', { what: title, name: job.by })}
        </strong>
        {cancel !== undefined && may('cancelJob') && (
          <Button size="small" onClick={cancel}>
            {say('state.cancel')}
          </Button>
        )}
      </div>
      {job.state === 'queued' && (
        <small>
          {say(others.length === 0 ? 'state.waits' : 'state.queued', {
            what: others
              .map(({ kind, by, done }) =>
                [
                  by === '' || by === job.by
                    ? say(`job.${kind}`)
                    : say('state.ofWhom', { what: say(`job.${kind}`), name: by }),
                  `${Math.round(done * 100)}%`,
                ].join(' '),
              )
              .join(say('list.comma')),
          })}
        </small>
      )}
      {job.done > 0 ? (
        <Progress percent={Math.round(job.done * 100)} aria-label={title} />
      ) : (
        // How far it is, is not known: no bar at zero.
        <span role="progressbar" aria-label={title}>
          <Spin size="small" />
        </span>
      )}
      <small>
        {[step?.[language], left === undefined ? undefined : timeLeft(least.current, language)]
          .filter((said) => said !== undefined)
          .join(' · ')}
      </small>
    </div>
  );
};

/** Of when the answer is that is shown without having been asked for here. */
export const FoundAnswer = ({ job }: { readonly job: Job }) => {
  const { say, format } = useSpeech();
  return <p className="note">{say('state.answerOf', { at: format.instant(job.createdAt) })}</p>;
};

/** What runs while a job waits. */
const useOthers = ({ id, state }: Job): readonly Job[] => {
  const [others, setOthers] = useState<readonly Job[]>([]);
  const waits = state === 'queued';
  useEffect(() => {
    if (!waits || !may('jobs')) return undefined;
    const look = (): void =>
      void callApi('jobs').then(
        (jobs) => setOthers(jobs.filter((each) => each.id !== id && each.state === 'running')),
        () => undefined,
      );
    look();
    // How far they are tells how long the wait is about.
    const again = setInterval(look, 3000);
    return () => clearInterval(again);
  }, [id, waits]);
  return waits ? others.slice(0, 3) : [];
};
