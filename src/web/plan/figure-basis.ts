import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { Format } from '../ui/use-format.ts';
import type { Speech } from '../words/words.tsx';

export interface FigureBasis {
  readonly calls: string;
  readonly connectionRate: string;
  readonly serviceLevel: string;
  readonly band: string;
  readonly score: string;
  readonly hours: string;
}

/** Least and largest backtest error of the queues' methods in use. */
const errorSpan = (plan: PlanDocument): readonly [number | null, number | null] => {
  const errors = plan.queues.flatMap((queue) => {
    const used = queue.candidates.filter((each) => each.weight > 0 && each.wape !== null);
    const weight = used.reduce((sum, each) => sum + each.weight, 0);
    return weight > 0 ? [used.reduce((sum, each) => sum + each.weight * (each.wape ?? 0), 0) / weight] : [];
  });
  return errors.length === 0 ? [null, null] : [Math.min(...errors), Math.max(...errors)];
};

/** What each of the plan's headline figures rests on, in a sentence or two. */
export const figureBasis = (plan: PlanDocument, { say, tell }: Speech, format: Format): FigureBasis => {
  const { total, monitoring, proof } = plan;
  const [low, high] = errorSpan(plan);
  const proved = (rate: 'connectionRate' | 'serviceLevel'): string =>
    proof === null || proof === undefined
      ? say('figure.rateUnproved')
      : say('figure.rateProof', {
          n: proof.replications,
          value: format.percent(proof[rate].simulated),
          half: format.decimal((proof[rate].halfWidth ?? 0) * 100),
        });
  const chance = (band: keyof typeof monitoring.bandChances): string =>
    format.percent(monitoring.bandChances[band], 0);
  return {
    calls: say('figure.callsBasis', {
      n: plan.queues.length,
      days: format.count(plan.history.days),
      low: format.percent(low),
      high: format.percent(high),
    }),
    connectionRate: say('figure.rateBasis', { proof: proved('connectionRate') }),
    serviceLevel: say('figure.levelBasis', {
      offered: format.percent(total.serviceLevels.ofOffered),
      short: format.percent(total.serviceLevels.ofOfferedWithoutShortAbandons),
      answered: format.percent(total.serviceLevels.ofAnswered),
      proof: proved('serviceLevel'),
    }),
    band: say(monitoring.leastHot === undefined ? 'figure.bandBasis' : 'figure.bandBasisLeast', {
      n: monitoring.testCalls,
      least: monitoring.leastHot ?? '',
      mean: format.percent(monitoring.connectionRate.mean),
      all: format.percent(total.connectionRate.mean),
      hot: chance('hot'),
      warm: chance('warm'),
      cold: chance('cold'),
      dead: chance('dead'),
      low: format.percent(monitoring.connectionRate.q10),
      high: format.percent(monitoring.connectionRate.q90),
    }),
    score: say('figure.scoreBasis', {
      parts: monitoring.indicators
        .map(
          (each) => `${tell(each.name)} ${format.decimal(each.points)} × ${format.percent(each.weight, 0)}`,
        )
        .join(' + '),
    }),
    hours: say('figure.hoursBasis', { occupancy: format.percent(total.occupancy) }),
  };
};
