import { useState } from 'react';
import type { ProblemDetails } from '../../contract/http/problem-details.ts';
import { problemOf } from '../api/use-load.ts';

/**
 * Changes to something that others may change too, each sent with the version that was read: refused where somebody was
 * quicker, which is told (`problem`) until `look` shows what stands by now. `run` answers whether it was saved.
 */
export const useVersioned = (version: number, reload: () => void) => {
  const [problem, setProblem] = useState<ProblemDetails>();
  const run = async (change: (version: number) => Promise<unknown>): Promise<boolean> => {
    setProblem(undefined);
    try {
      await change(version);
      reload();
      return true;
    } catch (error) {
      setProblem(problemOf(error));
      return false;
    }
  };
  const look = (): void => {
    setProblem(undefined);
    reload();
  };
  return { problem, run, look };
};
