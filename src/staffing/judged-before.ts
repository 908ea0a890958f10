import type { Judgement } from '../queueing/project.ts';

/** What operators by tier do to an interval. */
export type Judge = (operators: Int32Array) => Judgement;

/**
 * Judges each mix of an interval once: a search comes back to the same mixes, and so do the checks after it. `forget`
 * when the interval is left. The judgement that is returned stays as it is.
 */
export const judgedBefore = (judge: Judge): { readonly judge: Judge; readonly forget: () => void } => {
  const known = new Map<string, Judgement>();
  return {
    judge: (operators) => {
      const mix = operators.join();
      const found = known.get(mix);
      if (found !== undefined) return found;
      const { connection, within, tierConnection, occupancy, block } = judge(operators);
      const kept = {
        connection: connection.slice(),
        within: within.slice(),
        tierConnection: tierConnection.slice(),
        occupancy,
        block,
      };
      known.set(mix, kept);
      return kept;
    },
    forget: () => known.clear(),
  };
};
