import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ProblemDetails } from '../../contract/documents/schema-parts.ts';
import type { EndpointName, ResponseOf } from '../../contract/http/endpoints.ts';
import type { Job, JobsQuery } from '../../contract/http/job.ts';
import { isHeld } from '../ui/use-place.ts';
import { answers, ApiError, callApi, followJob, pageLine, type Question } from './call-api.ts';

export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly problem: ProblemDetails };

/** Problem details of anything thrown; a defect of the page itself is thrown on. */
export const problemOf = (error: unknown): ProblemDetails => {
  if (error instanceof ApiError) return error.problem;
  throw error;
};

/** What is loaded, a way to load it anew, and one to show at once what a change was answered with. */
type Loading<T> = readonly [Loaded<T>, () => void, (value: T) => void];

/**
 * Loads something, and again on demand. Where `key` changes, what was there before stays until the new is; what is kept
 * for a while after it was left is shown at once where it is opened again, as by `useAnswer`. Where it `movesOn`, it keeps up.
 */
export const useLoad = <T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  keptFor = 0,
  movesOn = false,
): Loading<T> => useKept([key], load, keptFor, movesOn);

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
    !standing.has(name),
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

/**
 * The one rule by which what is shown keeps up with what others write: what is in sight is asked for again where the reader
 * goes to another place of the page and where they come back to its window, unless they have something unsaved, and what
 * stands for good, or says by itself when it moves, is left alone.
 */
export const useKeptUp = (hash: string): void => {
  useEffect(() => {
    const look = (): void => {
      if (document.hidden || isHeld()) return;
      void answers.refetchQueries({
        type: 'active',
        stale: true,
        predicate: ({ meta }) => meta?.['movesOn'] === true,
      });
    };
    look();
    document.addEventListener('visibilitychange', look);
    window.addEventListener('focus', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('focus', look);
    };
  }, [hash]);
};

/** A plan's figures never change; what is dear to work out is asked for where it is opened. */
const standing: ReadonlySet<unknown> = new Set([
  'plan',
  'rank',
  'hotline',
  'dataReport',
  'namesSeen',
  'calendar',
]);

const useKept = <T>(
  key: readonly unknown[],
  load: (signal: AbortSignal) => Promise<T>,
  gcTime: number,
  movesOn = false,
): Loading<T> => {
  const [opened] = useState(() => answers.writes);
  const queryKey = [...key, opened];
  const { data, error, isFetching, refetch } = useQuery({
    queryKey,
    gcTime,
    meta: { movesOn },
    // An endpoint's answer that is as it was is not drawn anew; what is edited is: its edits are given up with it.
    ...(movesOn && key.length > 1 && { structuralSharing: true }),
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
  const put = (value: T): void => void answers.setQueryData(queryKey, { value });
  return [loaded, useCallback(() => void refetch(), [refetch]), put];
};

export interface JobControl {
  readonly job: Job | undefined;
  readonly problem: ProblemDetails | undefined;
  readonly running: boolean;
  /** The answer that is shown was found, not asked for here. */
  readonly isFound: boolean;
  /** Starts a job and follows it; the answer is undefined when it was cancelled or failed. */
  readonly run: (start: () => Promise<Job>) => Promise<unknown>;
  readonly cancel: () => void;
  readonly clear: () => void;
}

const runs = (job: Job | undefined): boolean => job?.state === 'queued' || job?.state === 'running';

/** What a page's job is asked for. */
interface AskedFor {
  readonly kind: NonNullable<JobsQuery['kind']>;
  readonly request?: object;
  readonly week?: string;
  /** What is done is not taken up: it stands elsewhere. */
  readonly onlyRunning?: boolean;
}

/**
 * One job at a time, with its progress. Given what it is asked for, the job of the very same request is taken up where one
 * comes to it, whoever started it: how far it is, and `show` is handed its answer; of those that are done the latest.
 */
export const useJob = (asked?: AskedFor, show?: (answer: unknown, job: Job) => void): JobControl => {
  const [job, setJob] = useState<Job>();
  const [problem, setProblem] = useState<ProblemDetails>();
  const [found, setFound] = useState<string>();
  const turn = useRef(0);
  const run = useCallback(async (start: () => Promise<Job>): Promise<unknown> => {
    turn.current += 1;
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
  const key = asked === undefined ? undefined : JSON.stringify(asked);
  const hear = useRef(show);
  useEffect(() => {
    hear.current = show;
  });
  useEffect(() => {
    if (key === undefined) return undefined;
    const { request, onlyRunning = false, ...others } = JSON.parse(key) as AskedFor;
    const query = { ...others, ...(request !== undefined && { request: JSON.stringify(request) }) };
    let isHere = true;
    const look = async (): Promise<void> => {
      const before = turn.current;
      const jobs = await callApi('jobs', { query }).catch(() => []);
      const same = jobs.find(runs) ?? (onlyRunning ? undefined : jobs.find(({ result }) => result !== null));
      // What was asked for here meanwhile goes before.
      if (!isHere || same === undefined || turn.current !== before) return;
      setFound(runs(same) ? undefined : same.id);
      const answer = await run(() => Promise.resolve(same));
      if (answer !== undefined && isHere) hear.current?.(answer, same);
    };
    void look();
    return () => {
      isHere = false;
    };
  }, [key, run]);
  return {
    job,
    problem,
    running: runs(job),
    isFound: job !== undefined && job.id === found,
    run,
    cancel: () => {
      if (job !== undefined) void callApi('cancelJob', { params: { job: job.id } });
    },
    clear: () => setProblem(undefined),
  };
};

/** A choice that stands as it was left when one comes back to it in this window. */
export const useKeptChoice = <T>(name: string, first: T): readonly [T, (choice: T) => void] => {
  const key = `huawu-choice ${pageLine() ?? ''} ${name}`;
  const [choice, choose] = useState(() => {
    const kept = window.sessionStorage.getItem(key);
    return kept === null ? first : (JSON.parse(kept) as T);
  });
  return [
    choice,
    (next) => {
      window.sessionStorage.setItem(key, JSON.stringify(next));
      choose(next);
    },
  ];
};
