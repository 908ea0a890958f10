import { useCallback, useEffect, useState } from 'react';
import type { ProblemDetails } from '../../contract/http/problem-details.ts';
import { ApiError } from './call-api.ts';

export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly problem: ProblemDetails };

/** Problem details of anything thrown; a defect of the page itself is thrown on. */
export const problemOf = (error: unknown): ProblemDetails => {
  if (error instanceof ApiError) return error.problem;
  throw error;
};

/** Loads something whenever `key` changes, and again on demand. */
export const useLoad = <T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
): readonly [Loaded<T>, () => void] => {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    setLoaded((before) => (before.state === 'failed' ? { state: 'loading' } : before));
    load(controller.signal)
      .then((value) => {
        if (!controller.signal.aborted) setLoaded({ state: 'ready', value });
        return undefined;
      })
      .catch((error: unknown) => {
        if (!controller.signal.aborted) setLoaded({ state: 'failed', problem: problemOf(error) });
      });
    return () => controller.abort();
    // `load` is made anew with every rendering; `key` says when it means something else.
  }, [key, turn]);
  return [loaded, useCallback(() => setTurn((before) => before + 1), [])];
};
