import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { Range } from '../../contract/documents/schema-parts.ts';
import { scoreStanding } from '../../contract/score-standing.ts';
import { connectionTargetOf } from '../../kernel/measures.ts';
import { isMissed } from '../../contract/shortages.ts';
import { Figure } from '../ui/panel.tsx';
import { type Speech, useSpeech } from '../words/words.tsx';

type Tone = 'plain' | 'good' | 'bad';

const toneOf = (value: number | null, target: number | null): Tone =>
  value === null || target === null ? 'plain' : isMissed(value, target) ? 'bad' : 'good';

/** The week in six figures, what is paid first, each with the range that holds it in 80 of 100 sample paths. */
export const Headline = ({ plan }: { readonly plan: PlanDocument }) => {
  const speech = useSpeech();
  const { say, format } = speech;
  const rests = figureBasis(plan, speech);
  const basis = (text: string) => ({ label: say('figure.basis'), text });
  const { total, monitoring, targets } = plan;
  const within = (range: Range, write: (value: number | null) => string): string =>
    say('figure.range', { low: write(range.q10), high: write(range.q90) });
  const standing = scoreStanding(monitoring.indicators);
  const seen = total.seenOperatorHours;
  const chance = monitoring.bandChances[monitoring.likeliestBand];
  return (
    <section className="figures" aria-label={say('plan.headline')}>
      <Figure
        basis={basis(rests.hours)}
        label={say('figure.paid')}
        value={format.count(total.paidHours ?? total.scheduledOperatorHours)}
        range={
          total.wages === undefined
            ? undefined
            : say(total.pricesAssumed === true ? 'figure.wagesAssumed' : 'figure.wages', {
                money: format.money(total.wages, total.currency),
              })
        }
        words={say('figure.hoursWords', {
          scheduled: format.count(total.scheduledOperatorHours),
          required: format.count(total.requiredOperatorHours),
          actual: seen === null ? say('figure.notRecorded') : format.count(seen),
          from: total.seenInCalls === true ? say('figure.seenInCalls') : '',
        })}
      />
      <Figure
        basis={basis(rests.calls)}
        label={say('figure.calls')}
        value={format.count(total.calls.mean)}
        range={within(total.calls, format.count)}
        words={say('figure.callsWords', { offered: format.count(total.offered) })}
      />
      <Figure
        basis={basis(rests.connectionRate)}
        label={say('figure.connectionRate')}
        value={format.percent(total.connectionRate.mean)}
        range={within(total.connectionRate, format.percent)}
        words={say('figure.connectionWords', {
          target: [
            say('figure.targetEach', { share: format.percent(targets.connectionRate, 0) }),
            ...(targets.rollingConnectionRate === null
              ? []
              : [say('figure.targetRolling', { share: format.percent(targets.rollingConnectionRate, 0) })]),
          ].join(say('list.comma')),
        })}
        tone={toneOf(total.connectionRate.mean, connectionTargetOf(plan.targets))}
      />
      <Figure
        basis={basis(rests.serviceLevel)}
        label={say('figure.serviceLevel', { n: plan.answerTimeThresholdSeconds })}
        value={format.percent(total.serviceLevel.mean)}
        range={within(total.serviceLevel, format.percent)}
        words={
          targets.serviceLevel === null
            ? say('figure.noTarget')
            : say('figure.target', { target: format.percent(targets.serviceLevel, 0) })
        }
        tone={toneOf(total.serviceLevel.mean, targets.serviceLevel)}
      />
      <Figure
        basis={basis(rests.band)}
        label={say('figure.band')}
        value={say(`band.${monitoring.likeliestBand}`)}
        range={say('figure.bandChance', { chance: format.percent(chance, 0) })}
        words={say('figure.bandWords', { n: monitoring.testCalls })}
      />
      <Figure
        basis={basis(rests.score)}
        label={say('figure.score')}
        value={format.decimal(standing.hasTotal ? monitoring.score.mean : null)}
        range={
          standing.hasTotal
            ? within(monitoring.score, format.decimal)
            : say('figure.noTotal', {
                low: format.decimal(standing.low),
                high: format.decimal(standing.high),
                weight: format.percent(standing.knownWeight, 0),
              })
        }
        words={say('figure.scoreWords', { seconds: format.seconds(monitoring.secondsToOperator.mean) })}
      />
    </section>
  );
};

interface FigureBasis {
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

/** Which words tell of a band's chances: how many test calls make it hot, where that is known. */
export const bandBasisOf = ({
  leastHot,
  testCalls,
}: Pick<PlanDocument['monitoring'], 'leastHot' | 'testCalls'>):
  'figure.bandBasis' | 'figure.bandBasisLeast' | 'figure.bandBasisAll' => {
  if (leastHot === undefined) return 'figure.bandBasis';
  return leastHot < testCalls ? 'figure.bandBasisLeast' : 'figure.bandBasisAll';
};

/** What each of the plan's headline figures rests on, in a sentence or two. */
const figureBasis = (plan: PlanDocument, { say, tell, format }: Speech): FigureBasis => {
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
    format.chance(monitoring.bandChances[band]);
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
    band: say(bandBasisOf(monitoring), {
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
