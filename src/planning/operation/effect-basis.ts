import type { Sayable } from '../../kernel/finding.ts';
import { planningFinding } from '../planning-findings.ts';
import type { Basis } from '../../contract/documents/basis-schema.ts';
import type { Demand } from '../../kernel/hotline.ts';
import { futures } from './project-plan.ts';
import type { Roster } from './seen-roster.ts';

const rosterTold: Readonly<Record<Roster, Sayable>> = {
  planned: planningFinding('roster-planned'),
  seen: planningFinding('roster-seen'),
};

const demandTold = (demand: Basis['demand'], count: number): Sayable =>
  demand === 'futures'
    ? planningFinding('demand-of-sample-paths', { samplePaths: count })
    : demand === 'mean-forecast'
      ? planningFinding('demand-of-mean-forecast')
      : planningFinding('demand-of-day-in-progress');

/** What an answer's figures rest on. Demand without futures is its mean. */
export const effectBasis = (demand: Demand, roster: Roster, isInProgress = false): Basis => {
  const paths = Math.min(futures, ...demand.queues.map(({ pathCount }) => pathCount));
  const kind = isInProgress ? 'day-in-progress' : paths > 0 ? 'futures' : 'mean-forecast';
  const count = kind === 'futures' ? paths : 1;
  const [calls, operators] = [demandTold(kind, count), rosterTold[roster]];
  return {
    demand: kind,
    futures: count,
    roster,
    told: planningFinding('basis-of-figures', { calls, operators }),
  };
};
