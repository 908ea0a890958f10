import type { RunningPath } from './running-path.ts';

/** Answered of a tier's share of the calls; NaN where it has none. */
export const tierConnectionOf = (
  { state, measures }: Pick<RunningPath, 'state' | 'measures'>,
  k: number,
): number => {
  const tiers = state.operators.length;
  let calls = 0;
  let answered = 0;
  for (let q = 0; q < state.load.length; q += 1) {
    const rate = (state.load[q] ?? 0) / (state.handleSeconds[q] ?? 1);
    const part = rate * (state.share[q * tiers + k] ?? 0);
    calls += part;
    answered += part * (measures.answer[q] ?? 0);
  }
  return calls > 1e-9 ? answered / calls : Number.NaN;
};

/** Busy of all operators, as a share, given the chance of an answer by queue: no tier is busier than it has people. */
export const occupancyOf = (
  { state }: Pick<RunningPath, 'state'>,
  answer: Float64Array,
  share: Float64Array,
): number => {
  const tiers = state.operators.length;
  let busy = 0;
  let staffed = 0;
  for (let k = 0; k < tiers; k += 1) {
    const operators = state.operators[k] ?? 0;
    let own = 0;
    for (let q = 0; q < state.load.length; q += 1)
      own += (state.load[q] ?? 0) * (answer[q] ?? 0) * (share[q * tiers + k] ?? 0);
    busy += Math.min(own, operators);
    staffed += operators;
  }
  return staffed > 0 ? busy / staffed : 0;
};
