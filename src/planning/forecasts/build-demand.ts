import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { Sayable } from '../../kernel/finding.ts';
import { planningFinding } from '../planning-findings.ts';
import {
  behaviourSpread,
  drawBehaviour,
  estimateHandleTime,
  estimatePatience,
  estimateRepeats,
} from '../../forecast/behaviour/behaviour.ts';
import type { QueueForecast } from '../../forecast/forecast-types.ts';
import type { Demand, QueueDemand } from '../../kernel/hotline.ts';
import { seededRandom } from '../../kernel/random.ts';
import { asCounts, asRates, type CountPaths } from '../../kernel/sample-paths.ts';
import {
  countMeasured,
  type Factors,
  queueParameterSources,
  lastHalfYear,
  noFactors,
  withFactors,
} from './parameter-sources.ts';
import type { WeekForecast } from './forecast-week.ts';
import type { Models, TrafficColumns } from '../ports.ts';
import type { History } from '../history/read-history.ts';
import type { WeekHorizon } from '../operation/week-horizon.ts';
import { valueAt } from '../../kernel/value-at.ts';

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
  readonly grounds: NonNullable<PlanDocument['grounds']>;
  readonly counts: readonly CountPaths[];
  readonly assumptions: readonly Sayable[];
} => {
  const assumptions: Sayable[] = [];
  const counts: CountPaths[] = [];
  const queues: QueueDemand[] = [];
  const grounds: NonNullable<PlanDocument['grounds']> = [];
  for (const [index, queue] of models.hotline.queues.entries()) {
    const own = forecast.overruled.get(queue.queue);
    const traffic = history.queues.find((columns) => columns.queue === queue.queue);
    if (own === undefined || traffic === undefined) {
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
    counts.push(asCounts(pickPaths(own.countPaths, own, forecast.dayOffset, week)));
    const demand = withFactors(
      {
        queue: queue.queue,
        freshMean: pick(own.mean, own, forecast.dayOffset, week),
        ratePaths: asRates(pickPaths(own.ratePaths, own, forecast.dayOffset, week)),
        pathCount: own.pathCount,
        handleTimeSeconds:
          handle ?? new Float64Array(week.horizon.count).fill(queue.assumedHandleTimeSeconds),
        patienceSeconds: patience ?? queue.assumedPatienceSeconds,
        repeats: repeats ?? models.hotline.assumedRepeats,
        behaviour: drawBehaviour(
          behaviourSpread(recent),
          own.pathCount,
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
    grounds.push(...queueParameterSources(demand, queue.name, countMeasured(recent, known)));
  }
  return { demand: { horizon: week.horizon, queues }, grounds, counts, assumptions };
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
