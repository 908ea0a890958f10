import { useCallback, useState } from 'react';
import type { Job } from '../../contract/http/job.ts';
import type { ProblemDetails } from '../../contract/http/problem-details.ts';
import { callApi, followJob } from './call-api.ts';
import { problemOf } from './use-load.ts';

export interface JobControl {
  readonly job: Job | undefined;
  readonly problem: ProblemDetails | undefined;
  readonly running: boolean;
  /** Starts a job and follows it; the answer is undefined when it was cancelled or failed. */
  readonly run: (start: () => Promise<Job>) => Promise<unknown>;
  readonly cancel: () => void;
  readonly clear: () => void;
}

const runs = (job: Job | undefined): boolean => job?.state === 'queued' || job?.state === 'running';

/** One job at a time, with its progress. */
export const useJob = (): JobControl => {
  const [job, setJob] = useState<Job>();
  const [problem, setProblem] = useState<ProblemDetails>();
  const run = useCallback(async (start: () => Promise<Job>): Promise<unknown> => {
    setProblem(undefined);
    try {
      const started = await start();
      setJob(started);
      return await followJob(started, setJob);
    } catch (error) {
      setJob(undefined);
      setProblem(problemOf(error));
      return undefined;
    }
  }, []);
  return {
    job,
    problem,
    running: runs(job),
    run,
    cancel: () => {
      if (job !== undefined) void callApi('cancelJob', { params: { job: job.id } });
    },
    clear: () => setProblem(undefined),
  };
};
