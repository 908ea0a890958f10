import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { ProblemDetails } from '../../contract/documents/schema-parts.ts';
import type { EndpointName, ResponseOf } from '../../contract/http/endpoints.ts';
import type { Job } from '../../contract/http/job.ts';
import { answers, ApiError, callApi, followJob, type Question } from './call-api.ts';

export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly problem: ProblemDetails };

/** Problem details of anything thrown; a defect of the page itself is thrown on. */
export const problemOf = (error: unknown): ProblemDetails => {
  if (error instanceof ApiError) return error.problem;
  throw error;
};

/** What is loaded, and a way to load it anew. */
type Loading<T> = readonly [Loaded<T>, () => void];

/**
 * Loads something, and again on demand. Where `key` changes, what was there before stays until the new is; what is kept
 * for a while after it was left is shown at once where it is opened again, as by `useAnswer`.
 */
export const useLoad = <T>(key: string, load: (signal: AbortSignal) => Promise<T>, keptFor = 0): Loading<T> =>
  useKept([key], load, keptFor);

/**
 * As `useLoad`, the answer of one endpoint to one question. Views that ask the same share it, and one that is opened again
 * shows it at once, unless something was written since, and looks whether it still holds. It is asked anew where `since`
 * changes: what the reader knows to have moved on.
 */
export const useAnswer = <Name extends EndpointName>(
  name: Name,
  question: Question = {},
  since: number | string = 0,
): Loading<ResponseOf<Name>> =>
  useKept<ResponseOf<Name>>(
    [...keyOfAnswer(name, question), since],
    (signal) => callApi(name, { ...question, signal }),
    keptMillis,
  );

/** Begins to load what `useAnswer` will ask for. */
export const loadAhead = async <Name extends EndpointName>(
  name: Name,
  question: Question = {},
): Promise<ResponseOf<Name>> =>
  (
    await answers.fetchQuery({
      queryKey: [...keyOfAnswer(name, question), 0, answers.writes],
      queryFn: async ({ signal }) => ({ value: await callApi(name, { ...question, signal }) }),
    })
  ).value;

const keyOfAnswer = (name: EndpointName, { params, query }: Question) => [name, params ?? {}, query ?? {}];

const keptMillis = 60_000;

const useKept = <T>(
  key: readonly unknown[],
  load: (signal: AbortSignal) => Promise<T>,
  gcTime: number,
): Loading<T> => {
  const [opened] = useState(() => answers.writes);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: [...key, opened],
    gcTime,
    // Boxed: an answer may be that there is none.
    queryFn: async ({ signal }) => ({ value: await load(signal) }),
    placeholderData: keepPreviousData,
    throwOnError: (thrown) => !(thrown instanceof ApiError),
  });
  const loaded: Loaded<T> =
    error !== null && !isFetching
      ? { state: 'failed', problem: problemOf(error) }
      : error !== null || data === undefined
        ? { state: 'loading' }
        : { state: 'ready', value: data.value };
  return [loaded, useCallback(() => void refetch(), [refetch])];
};

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
