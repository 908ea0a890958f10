import type { CompareDocument } from '../../contract/documents/compare-document.ts';
import {
  asRates,
  type Capacity,
  type Demand,
  noRatePaths,
  type Operation,
  type Outcome,
  type Policy,
  type QueueDemand,
} from '../../kernel/hotline.ts';
import { connectionRate, serviceLevels, totalOutcome } from '../../kernel/measures.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import { sumOf } from '../../kernel/statistics.ts';
import { addAt, valueAt } from '../../kernel/value-at.ts';
import { explainGap } from '../../monitoring/judge-gap.ts';
import { figuresAtTestTimes, testTimesOf } from '../../monitoring/test-times.ts';
import { addWeightedOutcome, copyOutcome, project, projectPaths } from '../../queueing/project.ts';
import type { PlannedOperation } from '../operation/planned-operation.ts';
import { projectedPaths, rateOrNull } from '../operation/measure-effect.ts';
import { openIntervals, type WeekHorizon } from '../operation/week-horizon.ts';
import { planningFinding } from '../planning-findings.ts';
import type { Ports } from '../ports.ts';
import type { Actuals } from './read-actuals.ts';

type Cause = 'volume' | 'handle-time' | 'operators' | 'prompts';

/** The projection of what happened, beside what came of it; how far luck moves the latter is not known yet. */
type Calibration = Omit<NonNullable<CompareDocument['calibration']>, 'luck'>;

export interface ExplainedGap {
  readonly causes: CompareDocument['causes'];
  readonly gap: number | null;
  readonly traffic: CompareDocument['traffic'];
  readonly calibration: Calibration | null;
  /** All that happened in the plan's place: what `calibration` is the projection of. */
  readonly replay: Operation;
  readonly presentHours: number | null;
  /** At some times present are those whom call records show with a call: nobody recorded more. */
  readonly presentInCalls: boolean;
  /** Planned operators ready for calls over the intervals whose presence was recorded. */
  readonly plannedHours: number | null;
  /** Chance of a test call in each future of the plan, at the times of the test calls. */
  readonly rateFutures: Float64Array;
  /** What was planned, averaged over its futures, where calls were recorded. */
  readonly planned: Outcome;
  /** Share of the plan's intervals in which calls were recorded. */
  readonly knownShare: number;
}

/** The operation with what happened in the place of what was planned, for some causes. */
interface Replay {
  readonly operation: Operation;
  /** By queue, where its calls were counted; undefined where volume is as planned, a distribution. */
  readonly counted: ReadonlyMap<string, Uint8Array> | undefined;
}

const replayOf = (planned: PlannedOperation, happened: Actuals, replaced: ReadonlySet<Cause>): Replay => ({
  operation: {
    demand: demandOf(planned, happened, replaced),
    capacity: capacityOf(planned, happened, replaced),
    policy: policyOf(planned, happened, replaced),
  },
  counted: replaced.has('volume') ? countedIntervals(happened) : undefined,
});

/** What a replay leads to: the task that threads run. */
export const projectReplay = ({ operation, counted }: Replay): Outcome =>
  counted === undefined
    ? projectPaths(operation, projectedPaths).outcome
    : projectCounted(operation, counted);

const causesOf = ({ capacity }: Actuals): readonly { readonly cause: Cause }[] => [
  { cause: 'volume' },
  { cause: 'handle-time' },
  ...(capacity === undefined ? [] : [{ cause: 'operators' as const }]),
  { cause: 'prompts' },
];

const nameOf = (replaced: ReadonlySet<Cause>): string => [...replaced].join();

/**
 * The outcomes of every set of causes replaced, by its name, on threads; that of none is left to `explainActualGap`.
 * `from` and `to` are the shares of a comparison that is done before and after.
 */
export const projectReplays = async (
  { parallel, progress }: Pick<Ports, 'parallel' | 'progress'>,
  planned: PlannedOperation,
  happened: Actuals,
  { from, to }: { readonly from: number; readonly to: number } = {
    from: shareProgress.replayed,
    to: shareProgress.learnt,
  },
): Promise<ReadonlyMap<string, Outcome>> => {
  const names = causesOf(happened).map(({ cause }) => cause);
  const sets = Array.from(
    { length: 2 ** names.length - 1 },
    (_, i) => new Set(names.filter((_name, c) => (((i + 1) >> c) & 1) === 1)),
  );
  const task = { module: import.meta.url, name: projectReplay.name };
  const outcomes = await parallel<Outcome>(
    task,
    sets.map((replaced) => replayOf(planned, happened, replaced)),
    (done) => progress(from + (to - from) * done, 'actual'),
  );
  return new Map(sets.map((replaced, i) => [nameOf(replaced), outcomes[i] as Outcome]));
};

/** Share of a comparison that is done when its replays begin, and when they end. */
export const shareProgress = { replayed: 0.6, learnt: 0.9 } as const;

/**
 * The gap between the planned and the actual connection rate over the intervals with records, split by re-running the projection with one cause at
 * a time replaced by what happened; what the projection on all that happened still misses is the model's part, and that of those present where no presence is on record.
 * `replays` are outcomes that are there already.
 */
export const explainActualGap = (
  operation: PlannedOperation,
  happened: Actuals,
  week: WeekHorizon,
  placedAtMillis: readonly number[] = [],
  replays: ReadonlyMap<string, Outcome> = new Map(),
): ExplainedGap => {
  const rates: number[] = [];
  const visit = rateCollector(
    operation,
    placedAtMillis,
    rates,
    openIntervals(operation.models, week, operation.demand),
  );
  const run = (replaced: ReadonlySet<Cause>): Outcome => {
    const replay = replayOf(operation, happened, replaced);
    return replaced.size === 0
      ? projectPaths(replay.operation, projectedPaths, { visit }).outcome
      : (replays.get(nameOf(replaced)) ?? projectReplay(replay));
  };
  const available = causesOf(happened);
  const known = knownIntervals(happened);
  const rateOf = (outcome: Outcome): number => connectionRate(totalOutcome(maskOutcome(outcome, known)));
  const runs = new Map<number, Outcome>();
  const effects = explainGap(available, (replaced) => {
    const outcome = run(replaced);
    runs.set(replaced.size, outcome);
    return rateOf(outcome);
  });
  const planned = runs.get(0) ?? run(new Set());
  const replayed = runs.get(available.length) ?? planned;
  const actual = actualRates(happened);
  const model = actual.connectionRate === null ? null : actual.connectionRate - rateOf(replayed);
  const causes = effects.map(({ cause, effect }) => ({
    cause,
    name: planningFinding(`gap-by-${cause}`),
    effect,
  }));
  return {
    causes:
      model === null
        ? causes
        : [
            ...causes,
            {
              cause: 'model' as const,
              name: planningFinding(
                happened.capacity === undefined ? 'gap-by-presence-or-model' : 'gap-by-model',
              ),
              effect: model,
            },
          ],
    gap: actual.connectionRate === null ? null : actual.connectionRate - rateOf(planned),
    traffic: {
      projectedConnectionRate: rateOrNull(rateOf(planned)),
      actualConnectionRate: actual.connectionRate,
      projectedServiceLevel: rateOrNull(serviceLevels(totalOutcome(maskOutcome(planned, known))).ofOffered),
      actualServiceLevel: actual.serviceLevel,
    },
    calibration:
      happened.capacity === undefined || actual.connectionRate === null
        ? null
        : calibrate(maskOutcome(replayed, known), happened, actual),
    replay: replayOf(operation, happened, new Set(available.map(({ cause }) => cause))).operation,
    presentHours: hoursWhere(happened.capacity, happened.presenceKnown, week),
    presentInCalls: happened.presentInCalls,
    plannedHours: hoursWhere(operation.capacity, happened.presenceKnown, week),
    rateFutures: Float64Array.from(rates),
    planned: maskOutcome(planned, known),
    knownShare: shareKnown(known, openIntervals(operation.models, week, operation.demand)),
  };
};

/** Of the intervals in which the line is open, the share with records. */
const shareKnown = (known: ReadonlyMap<string, Uint8Array>, open: Uint8Array): number => {
  const masks = [...known.values()];
  let [some, all] = [0, 0];
  for (let i = 0; i < open.length; i += 1) {
    if (open[i] !== 1) continue;
    all += 1;
    if (masks.some((mask) => mask[i] === 1)) some += 1;
  }
  return all > 0 ? some / all : 0;
};

const demandOf = (planned: PlannedOperation, happened: Actuals, replaced: ReadonlySet<Cause>): Demand => ({
  ...planned.demand,
  queues: planned.demand.queues.map((queue) => {
    const fresh = happened.fresh.get(queue.queue);
    const handle = happened.handleTimeSeconds.get(queue.queue);
    return {
      ...queue,
      ...(replaced.has('volume') ? { ratePaths: noRatePaths, pathCount: 0 } : {}),
      ...(replaced.has('handle-time') && handle !== undefined ? certainHandleTime(queue) : {}),
      freshMean:
        replaced.has('volume') && fresh !== undefined
          ? queue.freshMean.map((mean, i) => {
              const came = valueAt(fresh, i);
              return Number.isNaN(came) ? mean : came;
            })
          : queue.freshMean,
      handleTimeSeconds:
        replaced.has('handle-time') && handle !== undefined ? handle : queue.handleTimeSeconds,
    };
  }),
});

/** Handle times that were recorded no longer differ from path to path. */
const certainHandleTime = ({ behaviour }: QueueDemand): Pick<QueueDemand, 'behaviour'> =>
  behaviour === undefined
    ? {}
    : { behaviour: { ...behaviour, handleTime: behaviour.handleTime.map(() => 1) } };

const capacityOf = (planned: PlannedOperation, happened: Actuals, replaced: ReadonlySet<Cause>): Capacity =>
  replaced.has('operators') && happened.capacity !== undefined ? happened.capacity : planned.capacity;

const policyOf = ({ policy }: PlannedOperation, happened: Actuals, replaced: ReadonlySet<Cause>): Policy =>
  replaced.has('prompts') ? { ...policy, prompts: happened.placements } : policy;

/** Per queue, 1 where its first-time calls were counted. */
const countedIntervals = ({ fresh }: Actuals): ReadonlyMap<string, Uint8Array> =>
  new Map(
    [...fresh].map(([queue, calls]) => [queue, Uint8Array.from(calls, (n) => (Number.isNaN(n) ? 0 : 1))]),
  );

/** Per queue, 1 where its calls were recorded: only there can plan and reality be held against each other. */
const knownIntervals = (happened: Actuals): ReadonlyMap<string, Uint8Array> =>
  new Map(
    [...happened.answered].map(([queue, answered]) => [
      queue,
      Uint8Array.from(answered, (count, i) =>
        Number.isNaN(count) || Number.isNaN(happened.offered.get(queue)?.[i] ?? Number.NaN) ? 0 : 1,
      ),
    ]),
  );

/** An outcome whose calls outside the known intervals of each queue are left out. */
const maskOutcome = (outcome: Outcome, known: ReadonlyMap<string, Uint8Array>): Outcome => ({
  ...outcome,
  queues: outcome.queues.map((queue) => {
    const mask = known.get(queue.queue);
    const keep = (values: Float64Array): Float64Array =>
      values.map((value, i) => (mask?.[i] === 1 ? value : 0));
    return {
      ...queue,
      offered: keep(queue.offered),
      answered: keep(queue.answered),
      answeredWithinThreshold: keep(queue.answeredWithinThreshold),
      abandoned: keep(queue.abandoned),
    };
  }),
});

interface ActualRates {
  readonly connectionRate: number | null;
  readonly serviceLevel: number | null;
  readonly abandonShare: number | null;
}

/** Rates over the intervals in which both counts are known. */
const actualRates = (happened: Actuals): ActualRates => ({
  connectionRate: shareOf(happened.answered, happened.offered),
  serviceLevel: shareOf(happened.answeredInThreshold, happened.offered),
  abandonShare: shareOf(happened.abandoned, happened.offered),
});

const shareOf = (
  parts: ReadonlyMap<string, Float64Array>,
  bases: ReadonlyMap<string, Float64Array>,
): number | null => {
  let part = 0;
  let base = 0;
  for (const [queue, values] of parts) {
    values.forEach((value, i) => {
      const offered = bases.get(queue)?.[i] ?? Number.NaN;
      if (Number.isNaN(value) || Number.isNaN(offered)) return;
      part += value;
      base += offered;
    });
  }
  return base > 0 ? part / base : null;
};

const calibrate = (replayed: Outcome, happened: Actuals, actual: ActualRates): Calibration => {
  const totals = totalOutcome(replayed);
  let error = 0;
  let weight = 0;
  let intervals = 0;
  for (let i = 0; i < replayed.horizon.count; i += 1) {
    let [offered, answered] = [0, 0];
    for (const [queue, values] of happened.answered) {
      const asked = happened.offered.get(queue)?.[i] ?? Number.NaN;
      const got = valueAt(values, i);
      if (Number.isNaN(asked) || Number.isNaN(got)) continue;
      offered += asked;
      answered += got;
    }
    const projected = connectionRate(totalOutcome(replayed, i, i + 1));
    if (offered === 0 || Number.isNaN(projected)) continue;
    error += offered * Math.abs(projected - answered / offered);
    weight += offered;
    intervals += 1;
  }
  return {
    intervals,
    projectedConnectionRate: rateOrNull(connectionRate(totals)),
    actualConnectionRate: actual.connectionRate,
    projectedAbandonShare: totals.offered > 0 ? totals.abandoned / totals.offered : null,
    actualAbandonShare: actual.abandonShare,
    projectedServiceLevel: rateOrNull(serviceLevels(totals).ofOffered),
    actualServiceLevel: actual.serviceLevel,
    meanAbsoluteError: weight > 0 ? error / weight : null,
  };
};

/** Operator-hours over the intervals whose presence was recorded; null where none was. */
const hoursWhere = (
  capacity: Capacity | undefined,
  known: Uint8Array,
  { horizon }: WeekHorizon,
): number | null => {
  if (capacity === undefined || !known.includes(1)) return null;
  let operators = 0;
  for (const tier of capacity.tiers) tier.operators.forEach((n, i) => (operators += known[i] === 1 ? n : 0));
  return (operators * horizon.intervalMinutes) / 60;
};

/** Pairs of weeks with the luck of calls put on the counts, up in one where it is down in the other. */
const pairs = 4;

/**
 * What the line would have made of calls that were counted. A count is a rate with the luck of single calls on it, and
 * the formula puts that luck on once more: waits would come out too long. So the same luck is put on the counts a second
 * time, and what it does is taken off once (simulation and extrapolation: Cook and Stefanski 1994). `counted` has 1 where
 * a queue's `freshMean` is a count; elsewhere it is a rate. What else differs from path to path goes on doing so.
 */
export const projectCounted = (operation: Operation, counted: ReadonlyMap<string, Uint8Array>): Outcome => {
  const certain = withoutSpread(operation);
  const plain = project(certain);
  const lucky = projectPaths(withLuck(certain, counted)).outcome;
  const found = copyOutcome(
    differs(operation) ? projectPaths(onAllPaths(operation), projectedPaths).outcome : plain,
  );
  addWeightedOutcome(found, plain, 1);
  addWeightedOutcome(found, lucky, -1);
  return found;
};

/** Operators, handle times and patience as they are on average. */
const withoutSpread = ({ demand, capacity, policy }: Operation): Operation => ({
  demand: { ...demand, queues: demand.queues.map(({ behaviour: _behaviour, ...queue }) => queue) },
  capacity: { ...capacity, tiers: capacity.tiers.map(({ tier, operators }) => ({ tier, operators })) },
  policy,
});

/** Whether anything but the calls differs from path to path. */
const differs = ({ demand, capacity }: Operation): boolean =>
  demand.queues.some(({ behaviour }) => behaviour !== undefined) ||
  capacity.tiers.some(({ attendance }) => attendance !== undefined);

/** The counted calls on as many paths as the rest has. */
const onAllPaths = (operation: Operation): Operation =>
  withRates(
    operation,
    projectedPaths,
    ({ freshMean }) =>
      () =>
        freshMean,
  );

const withLuck = (operation: Operation, counted: ReadonlyMap<string, Uint8Array>): Operation => {
  const random = seededRandom(1);
  return withRates(operation, 2 * pairs, (queue) => {
    const known = counted.get(queue.queue);
    const luck = queue.freshMean.map((calls, i) => (known?.[i] === 1 ? Math.sqrt(Math.max(0, calls)) : 0));
    const signs = Array.from({ length: pairs }, () => signsOf(luck.length, random));
    return (path) =>
      queue.freshMean.map((calls, i) => {
        const sign = (path % 2 === 0 ? 1 : -1) * (signs[path >> 1]?.[i] ?? 0);
        return Math.max(0, calls + sign * valueAt(luck, i));
      });
  });
};

const signsOf = (count: number, random: Random): Int8Array =>
  Int8Array.from({ length: count }, () => (random.uniform() < 0.5 ? -1 : 1));

/** The operation with so many paths of calls, nothing else differing where `certain`. */
const withRates = (
  { demand, ...rest }: Operation,
  pathCount: number,
  ratesOf: (queue: QueueDemand) => (path: number) => Float64Array,
): Operation => ({
  ...rest,
  demand: {
    ...demand,
    queues: demand.queues.map((queue) => {
      const rates = ratesOf(queue);
      const ratePaths = new Float64Array(pathCount * demand.horizon.count);
      for (let path = 0; path < pathCount; path += 1) ratePaths.set(rates(path), path * demand.horizon.count);
      return { ...queue, ratePaths: asRates(ratePaths), pathCount };
    }),
  },
});

/** Notes each future's chance of a test call: at the test calls' own times where all lie in the week, else at the monitor's. */
const rateCollector = (
  { demand, models }: PlannedOperation,
  placedAtMillis: readonly number[],
  rates: number[],
  open: Uint8Array,
): ((outcome: Outcome) => void) => {
  const { startMillis, intervalMinutes, count } = demand.horizon;
  const weights = new Float64Array(count);
  for (const millis of placedAtMillis) {
    const i = Math.floor((millis - startMillis) / (intervalMinutes * 60_000));
    if (i >= 0 && i < count) addAt(weights, i, 1);
  }
  const inside = sumOf(weights);
  const own = inside > 0 && inside === placedAtMillis.length;
  const at = own ? weights : testTimesOf(demand.horizon, models.monitor, undefined, open);
  const { greetingSeconds } = models.hotline;
  return (outcome) => {
    rates.push(figuresAtTestTimes(outcome, models.monitor, { greetingSeconds, weights: at }).connectionRate);
  };
};
