import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { PromptsModel } from '../../contract/models/prompts-model.ts';
import type { TiersModel } from '../../contract/models/tiers-model.ts';
import { type LearntPrompt, takeUpOf } from '../../diversion/learn-catalogue.ts';
import {
  behaviourSpread,
  drawBehaviour,
  estimateHandleTime,
  estimatePatience,
  estimateRepeats,
} from '../../forecast/behaviour/behaviour.ts';
import type { QueueForecast } from '../../forecast/forecast-task.ts';
import { BadInputError } from '../../kernel/errors.ts';
import type { Sayable } from '../../kernel/finding.ts';
import { asCounts, asRates, type CountPaths, type Demand, type QueueDemand } from '../../kernel/hotline.ts';
import { seededRandom } from '../../kernel/random.ts';
import { meanShrinkage, mostShrinkage } from '../../kernel/shrinkage.ts';
import type { Text } from '../../kernel/text.ts';
import { sumOf } from '../../kernel/statistics.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { countMeasured, lastHalfYear } from '../history/line-history.ts';
import type { History } from '../history/read-history.ts';
import type { WeekHorizon } from '../operation/week-horizon.ts';
import { planningFinding, planningProblem } from '../planning-findings.ts';
import type { Models, TrafficColumns } from '../ports.ts';
import type { WeekForecast } from './forecast-week.ts';

/**
 * Demand of a week from its forecasts and from how callers behaved, with the assumptions made on the way. Beside it,
 * in the order of its queues, the same sample paths as counts.
 */
export const buildDemand = (
  models: Models,
  history: History,
  forecast: WeekForecast,
  week: WeekHorizon,
  factors: Factors & { readonly handleTimeSeconds?: number } = noFactors,
): {
  readonly demand: Demand;
  readonly parameterSources: NonNullable<PlanDocument['grounds']>;
  readonly counts: readonly CountPaths[];
  readonly assumptions: readonly Sayable[];
} => {
  const assumptions: Sayable[] = [];
  const counts: CountPaths[] = [];
  const queues: QueueDemand[] = [];
  const parameterSources: NonNullable<PlanDocument['grounds']> = [];
  for (const [index, queue] of models.hotline.queues.entries()) {
    const forecasted = forecast.overruled.get(queue.queue);
    const traffic = history.queues.find((columns) => columns.queue === queue.queue);
    if (forecasted === undefined || traffic === undefined) {
      const pathCount = Math.min(...[...forecast.overruled.values()].map((other) => other.pathCount));
      if (!isReceiver(models, queue.queue)) continue;
      assumptions.push(assumedReceiver(queue.name, queue));
      queues.push(withFactors(receiverOf(queue, models.hotline.assumedRepeats, week, pathCount), factors));
      counts.push(asCounts(new Float64Array(pathCount * week.horizon.count)));
      continue;
    }
    const recent = lastHalfYear(traffic);
    const handle = estimateHandleTime(recent, week.horizon);
    const patience = estimatePatience(recent);
    const repeats = estimateRepeats(recent, models.hotline.assumedRepeats);
    if (handle === undefined) assumptions.push(assumedHandle(queue.name, queue.assumedHandleTimeSeconds));
    if (patience === undefined)
      assumptions.push(assumedPatience(queue.name, recent, queue.assumedPatienceSeconds));
    counts.push(asCounts(pickPaths(forecasted.countPaths, forecasted, forecast.dayOffset, week)));
    const demand = withFactors(
      {
        queue: queue.queue,
        freshMean: pick(forecasted.mean, forecasted, forecast.dayOffset, week),
        ratePaths: asRates(pickPaths(forecasted.ratePaths, forecasted, forecast.dayOffset, week)),
        pathCount: forecasted.pathCount,
        handleTimeSeconds:
          handle ?? new Float64Array(week.horizon.count).fill(queue.assumedHandleTimeSeconds),
        patienceSeconds: patience ?? queue.assumedPatienceSeconds,
        repeats: repeats ?? models.hotline.assumedRepeats,
        behaviour: drawBehaviour(
          behaviourSpread(recent),
          forecasted.pathCount,
          seededRandom(forecast.seed, 5000 + index),
        ),
      },
      factors,
    );
    queues.push(demand);
    const known = {
      handleTime: handle !== undefined,
      patience: patience !== undefined,
      redials: repeats !== undefined,
    };
    parameterSources.push(...queueParameterSources(demand, queue.name, countMeasured(recent, known)));
  }
  refuseShortCalls(queues, factors.handleTimeSeconds);
  return { demand: { horizon: week.horizon, queues }, parameterSources, counts, assumptions };
};

const isReceiver = ({ hotline }: Models, queue: string): boolean =>
  hotline.queues.some(({ transfers }) =>
    (transfers ?? []).some(({ toQueue, share }) => toQueue === queue && share > 0),
  );

/** A queue that nobody rings: calls come to it from other operators only. */
const receiverOf = (
  { queue, assumedHandleTimeSeconds, assumedPatienceSeconds }: Models['hotline']['queues'][number],
  repeats: QueueDemand['repeats'],
  { horizon }: WeekHorizon,
  pathCount: number,
): QueueDemand => ({
  queue,
  freshMean: new Float64Array(horizon.count),
  ratePaths: asRates(new Float64Array(pathCount * horizon.count)),
  pathCount,
  handleTimeSeconds: new Float64Array(horizon.count).fill(assumedHandleTimeSeconds),
  patienceSeconds: assumedPatienceSeconds,
  repeats,
});

const assumedReceiver = (
  name: Sayable,
  { assumedHandleTimeSeconds, assumedPatienceSeconds }: Models['hotline']['queues'][number],
): Sayable =>
  planningFinding('handed-on-behaviour-assumed', {
    queue: name,
    handleTimeSeconds: assumedHandleTimeSeconds,
    patienceSeconds: assumedPatienceSeconds,
  });

/** Values of a forecast (days × slots) at the week's intervals. */
export const pick = (
  values: Float64Array,
  forecast: QueueForecast,
  dayOffset: number,
  week: WeekHorizon,
): Float64Array =>
  Float64Array.from({ length: week.horizon.count }, (_, i) =>
    valueAt(values, (dayOffset + valueAt(week.day, i)) * forecast.slotsPerDay + valueAt(week.slot, i)),
  );

const pickPaths = (
  values: Float64Array,
  forecast: QueueForecast,
  dayOffset: number,
  week: WeekHorizon,
): Float64Array => {
  const size = forecast.dates.length * forecast.slotsPerDay;
  const { count } = week.horizon;
  const paths = new Float64Array(forecast.pathCount * count);
  for (let p = 0; p < forecast.pathCount; p += 1) {
    paths.set(pick(values.subarray(p * size, (p + 1) * size), forecast, dayOffset, week), p * count);
  }
  return paths;
};

const assumedHandle = (name: Sayable, seconds: number): Sayable =>
  planningFinding('handle-time-assumed', { queue: name, seconds });

/** Says which of the two figures behind patience is missing. */
const assumedPatience = (name: Sayable, traffic: TrafficColumns, seconds: number): Sayable => {
  const lacking = lackingForPatience(traffic);
  return planningFinding('patience-assumed', { queue: name, lacking, seconds });
};

const lackingForPatience = ({ waitSecondsTotal, abandoned }: TrafficColumns): Sayable => {
  const isThere = (values: Float64Array): boolean => values.some((value) => !Number.isNaN(value));
  if (!isThere(waitSecondsTotal))
    return isThere(abandoned)
      ? planningFinding('abandonments-without-waits')
      : planningFinding('neither-waits-nor-abandonments');
  return isThere(abandoned)
    ? planningFinding('no-call-that-waited')
    : planningFinding('waits-without-abandonments');
};

type Ground = NonNullable<PlanDocument['grounds']>[number];
/** Factors that a plan is asked with, on what it rests on. */
export type Factors = NonNullable<PlanDocument['factors']>;

const noFactors: Factors = { handleTime: 1, patience: 1, redials: 1, shrinkage: 1 };

const meanOf = (values: Float64Array, weights: Float64Array): number => {
  const weight = sumOf(weights);
  return weight > 0
    ? values.reduce((sum, each, i) => sum + each * valueAt(weights, i), 0) / weight
    : (values[0] ?? 0);
};

/** A queue's behaviour with where each figure comes from. */
export const queueParameterSources = (
  queue: QueueDemand,
  name: Text,
  measured: ReturnType<typeof countMeasured>,
): Ground[] => {
  const ground = (kind: Ground['ground'], value: number, records: number | undefined): Ground => ({
    ground: kind,
    key: queue.queue,
    name,
    value: Number.isFinite(value) ? value : null,
    source: records === undefined ? 'assumed' : 'measured',
    records: records ?? null,
  });
  return [
    ground('handle-time', meanOf(queue.handleTimeSeconds, queue.freshMean), measured.handleTime),
    ground('patience', queue.patienceSeconds, measured.patience),
    ground('redials', queue.repeats.afterAbandon, measured.redials),
  ];
};

/** Shrinkage of each tier: what the models say, since no record tells it. */
export const tierParameterSources = ({ tiers }: TiersModel): Ground[] =>
  tiers.map(({ tier, name, shrinkage }) => ({
    ground: 'shrinkage',
    key: tier,
    name,
    value: meanShrinkage(shrinkage),
    source: 'set',
    records: null,
  }));

/** How many follow each prompt of those who hear it: learnt from when it played, set by somebody, or assumed. */
export const promptParameterSources = (
  { prompts }: Pick<PromptsModel, 'prompts'>,
  learnt: readonly LearntPrompt[],
): Ground[] =>
  prompts.map((entry) => {
    const intervals = learnt.find(({ prompt, assumed }) => prompt === entry.prompt && !assumed)?.intervals;
    return {
      ground: 'take-up',
      key: entry.prompt,
      name: entry.name,
      value: takeUpOf(entry),
      source: intervals !== undefined ? 'measured' : entry.response.assumed ? 'assumed' : 'set',
      records: intervals ?? null,
    };
  });

/** Shortest that a call is taken to be, seconds: calls without work take no operators. */
const leastHandleSeconds = 1;

/** Refuses seconds to be taken off that the shortest interval of any queue does not have, and names that queue. */
export const refuseShortCalls = (queues: readonly QueueDemand[], added = 0): void => {
  const [least] = queues
    .map(({ queue, handleTimeSeconds }) => ({ queue, seconds: Math.min(...handleTimeSeconds) - added }))
    .toSorted((a, b) => a.seconds - b.seconds);
  if (added < 0 && least !== undefined && least.seconds + added < leastHandleSeconds)
    throw new BadInputError([
      planningProblem('handleTimeSeconds', 'handle-time-below-a-second', String(added), least),
    ]);
};

/** A queue's behaviour under the factors asked for, each call so many seconds longer (or shorter). */
export const withFactors = (
  queue: QueueDemand,
  { handleTime, patience, redials, handleTimeSeconds = 0 }: Factors & { readonly handleTimeSeconds?: number },
): QueueDemand => ({
  ...queue,
  handleTimeSeconds: queue.handleTimeSeconds.map((seconds) => seconds * handleTime + handleTimeSeconds),
  patienceSeconds: queue.patienceSeconds * patience,
  repeats: {
    ...queue.repeats,
    afterAbandon: Math.min(1, queue.repeats.afterAbandon * redials),
    afterBlock: Math.min(1, queue.repeats.afterBlock * redials),
  },
});

/** Tiers whose shrinkage is so many times as large, kind by kind; never beyond what a tier may have. */
export const withShrinkage = (model: TiersModel, factor: number): TiersModel =>
  factor === 1
    ? model
    : {
        ...model,
        tiers: model.tiers.map((tier) => ({
          ...tier,
          shrinkage:
            typeof tier.shrinkage === 'number'
              ? Math.min(mostShrinkage, tier.shrinkage * factor)
              : tier.shrinkage.map((kind) => ({
                  ...kind,
                  share: Math.min(mostShrinkage, kind.share * factor),
                })),
        })),
      };
