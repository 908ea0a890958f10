import { normalCdf } from '../kernel/distributions.ts';
import type { TierState } from './tier-state.ts';
import type { QueueMeasures } from './queue-measures.ts';

/**
 * Chance that all lines are taken where several pools share them. The calls in the system (in service and
 * queueing) are close to normal; cut off at K, they stand at K with chance φ(z) / (σ·Φ(z)), z = (K + ½ − M)/σ
 * (the heavy-traffic form of Erlang's loss formula). M sums the queues' calls, σ² is their Poisson variance
 * widened by what a long queue adds (load/theta where patience exceeds the handle time). `block` is the
 * chance with which the measures were made; used within a fixed point.
 */
export const blockFromTotals = (
  state: TierState,
  measures: QueueMeasures,
  block: number,
  trunks: number,
): number => {
  let mean = 0;
  let variance = 0;
  for (let q = 0; q < state.load.length; q += 1) {
    const load = state.load[q] ?? 0;
    const waiting = (load * (measures.allWait[q] ?? 0)) / (state.handleSeconds[q] ?? 1);
    const served = load * (measures.answer[q] ?? 0);
    const theta = state.viewTheta[q] ?? 0;
    mean += served + waiting;
    variance += served + waiting * Math.max(1, theta > 0 ? 1 / theta : 1);
  }
  const thinned = Math.max(1e-9, 1 - block);
  mean /= thinned;
  variance /= thinned;
  if (mean <= 0) return trunks === 0 ? 1 : 0;
  const sigma = Math.sqrt(variance);
  const z = (trunks + 0.5 - mean) / sigma;
  if (z > 8) return 0;
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  const found = Math.min(1, density / (sigma * Math.max(normalCdf(z), 1e-300)));
  return 0.5 * block + 0.5 * found;
};
