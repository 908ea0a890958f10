import type { MonitoringProjection } from '../contract/documents/rank-document.ts';
import type { ScorecardModel } from '../contract/models/monitor-model.ts';
import type { OperatorRecord } from '../kernel/records.ts';
import { meanOf, sumOf } from '../kernel/statistics.ts';
import { valueAt } from '../kernel/value-at.ts';

interface TierEvidenceQuestion {
  /** Calls answered by tier, at the monitor's test times. */
  readonly answered: ReadonlyMap<string, number>;
  readonly figures: Readonly<Record<string, TierFigures>>;
  readonly operators: readonly OperatorRecord[];
  /** Queues that each tier answers: who comes into a tier must have the skills for them. */
  readonly queues: Readonly<Record<string, readonly string[]>>;
  readonly scorecard: ScorecardModel;
  /** The projected score, 0–100, under other figures of the tiers; null where nothing is scored. */
  readonly scoreAt: (figures: Readonly<Record<string, TierFigures>>) => number | null;
}

export type TierEvidence = NonNullable<MonitoringProjection['grading']>;

/** Share of the smaller tier that an exchange moves. */
const exchanged = 0.1;

/**
 * Which tier's quality holds the score back, and what would improve it? Per tier: the points of score that it loses
 * against the best figures of any tier, and those that training brings which lifts its operators below the tier's
 * median to the median. Of all exchanges of the weakest tenth of one tier for the strongest tenth of another who
 * have the skills, the one that brings most. Every gain is a difference of two scores; calls by tier stay as
 * projected.
 */
export const tierEvidence = (question: TierEvidenceQuestion): TierEvidence => {
  const { answered, figures, scoreAt } = question;
  const all = sumOf([...answered.values()]);
  const now = scoreAt(figures);
  const best = bestFigures(figures);
  const gain = (changed: Readonly<Record<string, TierFigures>>): number | null => {
    const then = scoreAt({ ...figures, ...changed });
    return now === null || then === null ? null : then - now;
  };
  const tiers = [...answered].map(([tier, calls]) => {
    const ofTier = figures[tier];
    const trained = trainedFigures(question.operators.filter((operator) => operator.tier === tier));
    return {
      tier,
      answeredShare: all > 0 ? calls / all : 0,
      qualityScore: ofTier?.qualityScore ?? null,
      firstContactResolution: ofTier?.firstContactResolution ?? null,
      heldBack: ofTier === undefined ? null : gain({ [tier]: best }),
      training:
        trained === undefined
          ? null
          : { operators: trained.operators, scoreGain: gain({ [tier]: trained.figures }) ?? 0 },
    };
  });
  return { tiers, regrading: bestExchange(question, gain) };
};

const figureNames = ['qualityScore', 'firstContactResolution'] as const;

const knownOf = (those: readonly TierFigures[], key: keyof TierFigures): number[] =>
  those.flatMap((own) => own[key] ?? []).filter((value) => !Number.isNaN(value));

/** The best figures of any tier; one that no tier has stays unknown. */
const bestFigures = (figures: Readonly<Record<string, TierFigures>>): TierFigures =>
  Object.fromEntries(
    figureNames.flatMap((key) => {
      const known = knownOf(Object.values(figures), key);
      return known.length === 0 ? [] : [[key, Math.max(...known)] as const];
    }),
  );

const meanFigures = (operators: readonly OperatorRecord[]): TierFigures =>
  Object.fromEntries(
    figureNames.flatMap((key) => {
      const known = knownOf(operators, key);
      return known.length === 0 ? [] : [[key, meanOf(known)] as const];
    }),
  );

/** A tier's figures when nobody is below its median, and how many that lifts; undefined for fewer than three. */
const trainedFigures = (
  operators: readonly OperatorRecord[],
): { readonly figures: TierFigures; readonly operators: number } | undefined => {
  const medians = Object.fromEntries(
    figureNames.flatMap((key) => {
      const known = knownOf(operators, key).sort((a, b) => a - b);
      return known.length < 3 ? [] : [[key, valueAt(known, Math.floor(known.length / 2))] as const];
    }),
  ) as TierFigures;
  const below = (operator: OperatorRecord, key: keyof TierFigures): boolean =>
    (operator[key] ?? Infinity) < (medians[key] ?? -Infinity);
  const lifted = operators.filter((operator) => figureNames.some((key) => below(operator, key)));
  if (lifted.length === 0) return undefined;
  const after = operators.map((operator) => ({
    ...operator,
    ...Object.fromEntries(
      figureNames.flatMap((key) => (below(operator, key) ? [[key, medians[key]] as const] : [])),
    ),
  }));
  return { figures: meanFigures(after), operators: lifted.length };
};

/** What an operator's own figures are worth in the scorecard; those not known count as the line's mean. */
const worthOf = ({ scorecard, operators }: TierEvidenceQuestion): ((operator: OperatorRecord) => number) => {
  const weight = (source: string): number =>
    scorecard.indicators.filter(({ from }) => from === source).reduce((sum, own) => sum + own.weight, 0);
  const [quality, resolution] = [weight('quality-score'), weight('first-contact-resolution')];
  const usual = meanFigures(operators);
  return (operator) =>
    quality * (operator.qualityScore ?? usual.qualityScore ?? 0) +
    resolution * 100 * (operator.firstContactResolution ?? usual.firstContactResolution ?? 0);
};

const bestExchange = (
  question: TierEvidenceQuestion,
  gain: (changed: Readonly<Record<string, TierFigures>>) => number | null,
): TierEvidence['regrading'] => {
  const worth = worthOf(question);
  const tiers = [...question.answered.keys()];
  const inTier = (tier: string) => question.operators.filter((operator) => operator.tier === tier);
  let best: TierEvidence['regrading'] = null;
  for (const up of tiers) {
    for (const down of tiers) {
      if (up === down) continue;
      const moved = exchange(inTier(up), inTier(down), worth, question.queues[up] ?? []);
      if (moved === undefined) continue;
      const scoreGain = gain({ [up]: meanFigures(moved.up), [down]: meanFigures(moved.down) }) ?? 0;
      if (scoreGain > Math.max(0.005, best?.scoreGain ?? 0))
        best = { into: up, outOf: down, operators: moved.operators, scoreGain };
    }
  }
  return best;
};

/** Both tiers after the weakest of `up` and the strongest of `down` who have the skills have changed places. */
const exchange = (
  up: readonly OperatorRecord[],
  down: readonly OperatorRecord[],
  worth: (operator: OperatorRecord) => number,
  queues: readonly string[],
) => {
  const able = ({ skills }: OperatorRecord): boolean =>
    skills.length === 0 || queues.every((queue) => skills.includes(queue));
  const strongest = down.filter(able).toSorted((a, b) => worth(b) - worth(a));
  const wanted = Math.max(1, Math.floor(exchanged * Math.min(up.length, down.length)));
  const operators = Math.min(wanted, strongest.length, up.length);
  if (operators === 0) return undefined;
  const coming = strongest.slice(0, operators);
  const going = up.toSorted((a, b) => worth(a) - worth(b)).slice(0, operators);
  return {
    operators,
    up: [...up.filter((own) => !going.includes(own)), ...coming],
    down: [...down.filter((own) => !coming.includes(own)), ...going],
  };
};

/** A tier's own figures, from its operators. Undefined or NaN where operators have none. */
export interface TierFigures {
  /** Mean quality score, 0–100. */
  readonly qualityScore?: number;
  /** Share of calls settled at the first contact, 0–1. */
  readonly firstContactResolution?: number;
}
