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

interface Early {
  readonly loading: Promise<unknown>;
  value?: unknown;
}

/** Keys of what is loaded early: no other view asks for anything else under them. */
type EarlyKey = 'workspace' | `shown-plan/${string}`;

/** What was asked for before it is shown, until it is. */
const early = new Map<string, Early>();
const keptMillis = 2000;

/** Begins to load what `useLoad` will ask for under the same key; what it does not ask for soon is forgotten. */
export const loadEarly = async <T>(key: EarlyKey, load: () => Promise<T>): Promise<T> => {
  const loading = load();
  const entry: Early = { loading };
  early.set(key, entry);
  setTimeout(() => early.delete(key), keptMillis);
  const value = await loading;
  entry.value = value;
  return value;
};

/** Loads something whenever `key` changes, and again on demand. */
export const useLoad = <T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
): readonly [Loaded<T>, () => void] => {
  const [loaded, setLoaded] = useState<Loaded<T>>(() => {
    const value = early.get(key)?.value as T | undefined;
    return value === undefined ? { state: 'loading' } : { state: 'ready', value };
  });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    setLoaded((before) => (before.state === 'failed' ? { state: 'loading' } : before));
    const begun = early.get(key)?.loading as Promise<T> | undefined;
    early.delete(key);
    (begun ?? load(controller.signal))
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
