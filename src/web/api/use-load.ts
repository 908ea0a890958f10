import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ProblemDetails } from '../../contract/documents/schema-parts.ts';
import type { EndpointName, ResponseOf } from '../../contract/http/endpoints.ts';
import type { Job, JobsQuery } from '../../contract/http/job.ts';
import { isHeld } from '../ui/use-place.ts';
import { may, pageAccess } from './page-access.ts';
import { answers, ApiError, callApi, followJob, pageLine, type Question } from './call-api.ts';

export type Loaded<T> =
  | { readonly state: 'loading' }
  /** With a problem where it was asked for again in vain: what stands may be old. */
  | { readonly state: 'ready'; readonly value: T; readonly problem?: ProblemDetails }
  | { readonly state: 'failed'; readonly problem: ProblemDetails };

/** Problem details of anything thrown; a defect of the page itself is thrown on. */
export const problemOf = (error: unknown): ProblemDetails => {
  if (error instanceof ApiError) return error.problem;
  throw error;
};

/** What is loaded, a way to load it again, and one to show at once what a change was answered with. */
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
 * shows it at once, unless something was written since, and looks whether it still holds. It is asked again where `since`
 * changes: what the reader knows to have moved on.
 */
export const useAnswer = <Name extends EndpointName>(
  name: Name,
  question: Question = {},
  since: number | string = 0,
): Loading<ResponseOf<Name>> =>
  useKept<ResponseOf<Name>>(
    keyOfAnswer(name, question),
    (signal) => callApi(name, { ...question, signal }),
    keptMillis,
    !standing.has(name),
    since,
  );

const lookAgainMillis = 3000;

/** Asks again every few seconds, as long as the page is in sight. */
export const useLookAgain = (load: () => void): void =>
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) load();
    }, lookAgainMillis);
    return () => clearInterval(timer);
  }, [load]);

/** Begins to load what `useAnswer` will ask for. */
export const loadAhead = async <Name extends EndpointName>(
  name: Name,
  question: Question = {},
): Promise<ResponseOf<Name>> =>
  (
    await answers.fetchQuery({
      queryKey: [...keyOfAnswer(name, question), answers.writes],
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
      // What is on its way is waited for: a browser tells twice that one is back.
      void answers.refetchQueries(
        { type: 'active', stale: true, predicate: ({ meta }) => meta?.['movesOn'] === true },
        { cancelRefetch: false },
      );
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

/** A plan's figures never change; what is expensive to work out is asked for where it is opened. */
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
  since: number | string = 0,
): Loading<T> => {
  const [opened] = useState(() => answers.writes);
  const queryKey = [...key, opened];
  const { data, error, isFetching, refetch } = useQuery({
    queryKey,
    gcTime,
    meta: { movesOn },
    // An endpoint's answer that is as it was is not drawn again; what is edited is: its edits are given up with it.
    ...(movesOn && key.length > 1 && { structuralSharing: true }),
    // Boxed: an answer may be that there is none.
    queryFn: async ({ signal }) => ({ value: await load(signal) }),
    placeholderData: keepPreviousData,
    throwOnError: (thrown) => !(thrown instanceof ApiError),
  });
  const known = useRef(since);
  useEffect(() => {
    if (known.current !== since) void refetch();
    known.current = since;
  }, [since, refetch]);
  // What stands stays, with what is typed in it, where it cannot be asked for again just now; not what is no more.
  const isGone = error instanceof ApiError && error.problem.status === 404;
  const loaded: Loaded<T> =
    data !== undefined && !isGone
      ? { state: 'ready', value: data.value, ...(error !== null && { problem: problemOf(error) }) }
      : error === null || isFetching
        ? { state: 'loading' }
        : { state: 'failed', problem: problemOf(error) };
  const put = (value: T): void => void answers.setQueryData(queryKey, { value });
  return [loaded, useCallback(() => void refetch(), [refetch]), put];
};

export interface JobControl {
  readonly job: Job | undefined;
  readonly problem: ProblemDetails | undefined;
  readonly running: boolean;
  /** The answer that is shown was found, not asked for here. */
  readonly isFound: boolean;
  /** The job is the reader's: asked for in this window, or nobody signs in here. */
  readonly isOwn: boolean;
  /** Starts a job and follows it; the answer is undefined when it was cancelled or failed. */
  readonly run: (start: () => Promise<Job>) => Promise<unknown>;
  readonly cancel: () => void;
  readonly clear: () => void;
}

const runs = (job: Job | undefined): boolean => job?.state === 'queued' || job?.state === 'running';

/** What a page's job is asked for. */
export interface AskedFor {
  readonly kind: NonNullable<JobsQuery['kind']>;
  readonly request?: object;
  readonly week?: string;
  /** What is done is not taken up: it is elsewhere. */
  readonly onlyRunning?: boolean;
}

const askedKey = 'huawu-jobs';
const askedHere = (): readonly string[] => (window.sessionStorage.getItem(askedKey) ?? '').split(' ');
/** Notes a job as asked for in this window: its answer is waited for where one comes back to it. */
const noteAsked = ({ id }: Job): void =>
  window.sessionStorage.setItem(askedKey, [...askedHere().slice(-50), id].join(' '));

/** How long what is looked for stays the same before it is: not at each letter that is typed. */
const settledMillis = 400;
/** The longest question, in an address: a server takes no more than twice that in all. Of a longer one nothing is found. */
const longestQuestion = 8192;

/**
 * One job at a time, with its progress. Given what it is asked for, the job of the very same request is taken up where one
 * comes to it, no matter who started it: how far it is, and `show` is handed its answer, and whether it was asked for in this
 * window; of those that are done the latest. Where something else is asked for, what was there is let go, and `show` is
 * handed undefined.
 */
export const useJob = (
  asked?: AskedFor,
  show?: (answer: unknown, isAskedHere: boolean) => void,
): JobControl => {
  const [job, setJob] = useState<Job>();
  const [problem, setProblem] = useState<ProblemDetails>();
  const [found, setFound] = useState<string>();
  const turn = useRef(0);
  const follow = useCallback(async (start: () => Promise<Job>): Promise<unknown> => {
    turn.current += 1;
    const own = turn.current;
    const isOn = (): boolean => turn.current === own;
    const tell = (now: Job): void => {
      if (isOn()) setJob(now);
    };
    setProblem(undefined);
    try {
      const started = await start();
      tell(started);
      const answer = await followJob(started, tell);
      return isOn() ? answer : undefined;
    } catch (error) {
      const told = problemOf(error);
      if (!isOn()) return undefined;
      setJob(undefined);
      setProblem(told);
      return undefined;
    }
  }, []);
  const run = useCallback(
    (start: () => Promise<Job>): Promise<unknown> =>
      follow(async () => {
        const started = await start();
        noteAsked(started);
        return started;
      }),
    [follow],
  );
  const key = asked === undefined || !may('jobs') ? undefined : JSON.stringify(asked);
  const hear = useRef(show);
  useEffect(() => {
    hear.current = show;
  });
  const looked = useRef(key);
  useEffect(() => {
    const isOther = looked.current !== key;
    looked.current = key;
    if (isOther) {
      turn.current += 1;
      setJob(undefined);
      setProblem(undefined);
      setFound(undefined);
      hear.current?.(undefined, false);
    }
    if (key === undefined) return undefined;
    const { request, onlyRunning = false, ...others } = JSON.parse(key) as AskedFor;
    const query = { ...others, ...(request !== undefined && { request: JSON.stringify(request) }) };
    if (encodeURIComponent(query.request ?? '').length > longestQuestion) return undefined;
    const left = new AbortController();
    const before = turn.current;
    const look = async (): Promise<void> => {
      const jobs = await callApi('jobs', { query, signal: left.signal }).catch(() => []);
      const same = jobs.find(runs) ?? (onlyRunning ? undefined : jobs.find(({ result }) => result !== null));
      // What was asked for here meanwhile goes before.
      if (left.signal.aborted || same === undefined || turn.current !== before) return;
      setFound(runs(same) ? undefined : same.id);
      const answer = await follow(() => Promise.resolve(same));
      if (answer !== undefined && !left.signal.aborted) hear.current?.(answer, askedHere().includes(same.id));
    };
    const timer = setTimeout(() => void look(), isOther ? settledMillis : 0);
    return () => {
      clearTimeout(timer);
      left.abort();
    };
  }, [key, follow]);
  return {
    job,
    problem,
    running: runs(job),
    isFound: job !== undefined && job.id === found,
    isOwn: job !== undefined && (pageAccess() === 'local' || askedHere().includes(job.id)),
    run,
    cancel: () => {
      if (job === undefined) return;
      callApi('cancelJob', { params: { job: job.id } }).catch((error: unknown) =>
        setProblem(problemOf(error)),
      );
    },
    clear: () => setProblem(undefined),
  };
};

/** Whether whoever began something is still at the part of the page that it was begun in. */
export const useHere = (): (() => boolean) => {
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  return useCallback(() => isHere.current, []);
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
