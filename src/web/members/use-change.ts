import { useState } from 'react';
import type { ProblemDetails } from '../../contract/http/problem-details.ts';
import { problemOf } from '../api/use-load.ts';

/** Sends one change at a time; what was refused stays to be seen until the next. */
export const useChange = (): {
  readonly busy: boolean;
  readonly problem: ProblemDetails | undefined;
  readonly send: (call: () => Promise<unknown>) => Promise<boolean>;
} => {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemDetails>();
  const send = async (call: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await call();
      return true;
    } catch (error) {
      setProblem(problemOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, send };
};
