import type { DayDocument, RestFigures } from '../contract/documents/day-document.ts';
import {
  asRates,
  type Operation,
  type Outcome,
  type QueueDemand,
  type RatePaths,
  type TierCapacity,
} from '../kernel/hotline.ts';
import {
  connectionRate,
  connectionTargetOf,
  type OutcomeTotals,
  serviceLevels,
  totalOutcome,
} from '../kernel/measures.ts';
import { sumOf } from '../kernel/statistics.ts';
import { valueAt } from '../kernel/value-at.ts';
import { project, projectPaths } from '../queueing/project.ts';
import { callLuck, chanceOf, crowdOf, type Likely, luckOf, rangeOf } from './chances.ts';
import type {
  DayPicture,
  QueuePicture,
  QueueRest,
  RestOfDay,
  SeenCounts,
  SoFar,
  TierPicture,
} from './day.ts';
import { foretell, type ResidualLaw } from './residual-law.ts';
import { type LowestDay, rollingRates } from './rolling-rates.ts';

/** Calls of a queue as they are expected by now, per interval of the day; before `now` the first-time calls that came. */
export interface QueueAhead {
  readonly queue: string;
  readonly mean: Float64Array;
  readonly ratePaths: RatePaths;
  readonly pathCount: number;
  /** Mean as it was expected before the day began. */
  readonly morning: Float64Array;
  /** How handle times of an ordinary day differ from the plan's. */
  readonly handleLaw: ResidualLaw;
}

interface RestInputs {
  readonly ahead: readonly QueueAhead[];
  readonly yesterday: RestOfDay['yesterday'];
  /** 1 in intervals that say nothing of callers: an outage, or a source that was late. */
  readonly mute: Uint8Array;
  /** Share missing now of the rostered operators of tiers that no presence has told of; left out: none. */
  readonly missing?: number | undefined;
  /** What those present are worth (`worthOfPresent`); left out: themselves. */
  readonly worth?: number | undefined;
}

/** Abandonments that the planned patience is worth as evidence. */
const plannedPatienceWorth = 50;
/** Hours after which those who are on duty now have gone home. */
const dutyHours = 8;
/** Intervals, up to the last one that was counted, whose presence says who is there. */
const presentLately = 4;

/**
 * The rest of a day as an operation: calls as forecast from what came, handle times and patience moved as far as it has
 * paid on past days, operators as presence has them, else as they are rostered.
 */
export const buildRest = (
  picture: DayPicture,
  { ahead, yesterday, mute, missing = 0, worth = 1 }: RestInputs,
): RestOfDay => {
  const { operation, now, targets } = picture;
  const { horizon } = operation.demand;
  const rests: QueueRest[] = [];
  const queues = operation.demand.queues.map((planned, q): QueueDemand => {
    const next = ahead.find(({ queue }) => queue === planned.queue);
    const seen = picture.queues[q];
    if (seen === undefined) throw new RangeError(`no picture of queue ${planned.queue}`);
    const handleFactor = next
      ? handleTimeAhead(seen, next.handleLaw, now, mute, horizon.intervalMinutes)
      : () => 1;
    const patienceFactor = patienceNow(seen, planned.patienceSeconds, now);
    rests.push({
      queue: planned.queue,
      soFar: sumSeen(seen, now),
      callsFactor: Float64Array.from({ length: horizon.count }, (_, i) => {
        const morning = next?.morning[i] ?? 0;
        return i < now || !(morning > 0) ? 1 : valueAt(next?.mean ?? [], i) / morning;
      }),
      handleTimeFactor: now < horizon.count ? handleFactor(now) : 1,
      patienceFactor,
    });
    return {
      ...planned,
      ...(next && { freshMean: next.mean, ratePaths: next.ratePaths, pathCount: next.pathCount }),
      handleTimeSeconds: planned.handleTimeSeconds.map((seconds, i) =>
        i < now ? handledIn(seen, i, seconds) : seconds * handleFactor(i),
      ),
      patienceSeconds: planned.patienceSeconds * patienceFactor,
    };
  });
  const tiers = operation.capacity.tiers.map((tier, t) =>
    presentTier(tier, picture.tiers[t], now, horizon, missing, worth),
  );
  return {
    now,
    operation: {
      ...operation,
      demand: { horizon, queues: withOnePathCount(queues) },
      capacity: { ...operation.capacity, tiers },
    },
    queues: rests,
    yesterday,
    targets,
  };
};

/** Queues without paths of their own stay as they are: where others have paths, theirs are their mean, repeated. */
const withOnePathCount = (queues: readonly QueueDemand[]): readonly QueueDemand[] => {
  const most = Math.max(0, ...queues.map(({ pathCount }) => pathCount));
  return queues.map((queue) => {
    if (queue.pathCount === most) return queue;
    const { length } = queue.freshMean;
    const ratePaths = new Float64Array(most * length);
    for (let path = 0; path < most; path += 1) ratePaths.set(queue.freshMean, path * length);
    return { ...queue, ratePaths: asRates(ratePaths), pathCount: most };
  });
};

/** Mean handle time of an interval that is over; the plan's where nobody told, or hardly anyone was answered. */
const handledIn = ({ seen }: QueuePicture, i: number, planned: number): number => {
  const mean = valueAt(seen.handleSeconds, i) / valueAt(seen.answered, i);
  return Number.isFinite(mean) && mean > 0 ? Math.min(5 * planned, Math.max(planned / 5, mean)) : planned;
};

/** Factor on the planned handle time of an interval to come. */
const handleTimeAhead = (
  { seen, planned }: QueuePicture,
  law: ResidualLaw,
  now: number,
  mute: Uint8Array,
  intervalMinutes: number,
): ((interval: number) => number) => {
  const residual = new Float64Array(seen.answered.length).fill(Number.NaN);
  for (let i = 0; i < now; i += 1) {
    const mean = valueAt(seen.handleSeconds, i) / valueAt(seen.answered, i);
    if (mute[i] !== 1 && mean > 0 && Number.isFinite(mean))
      residual[i] = mean / valueAt(planned.handleTimeSeconds, i) - 1;
  }
  const told = foretell(law, { residual, weight: seen.answered }, intervalMinutes);
  return (interval) => Math.min(3, Math.max(1 / 3, 1 + told(interval).mean));
};

/** Total waiting time over abandonments (the estimate with censoring), drawn to the plan's patience. */
const patienceNow = ({ seen }: QueuePicture, planned: number, now: number): number => {
  if (!Number.isFinite(planned)) return 1;
  let [waited, gone] = [0, 0];
  for (let i = 0; i < now; i += 1) {
    const [wait, abandoned] = [valueAt(seen.waitSeconds, i), valueAt(seen.abandoned, i)];
    if (Number.isNaN(wait + abandoned)) continue;
    waited += wait;
    gone += abandoned;
  }
  return (waited / planned + plannedPatienceWorth) / (gone + plannedPatienceWorth);
};

/**
 * A tier's operators: those present where that is known; from now on the rostered ones, less the share that was missing at
 * the last count, which goes home with those whose duty ends. Who may stay away by chance is in the paths of later hours
 * only.
 */
const presentTier = (
  planned: TierCapacity,
  picture: TierPicture | undefined,
  now: number,
  { count, intervalMinutes }: Operation['demand']['horizon'],
  inferred: number,
  worth: number,
): TierCapacity => {
  const { operators, attendance, tier } = planned;
  const present = picture?.present ?? new Float64Array(count).fill(Number.NaN);
  const isTold = (i: number): boolean => i < now && !Number.isNaN(valueAt(present, i));
  const last = present.findLastIndex((_, i) => isTold(i) && valueAt(operators, i) > 0);
  const since = last < 0 ? now : last + 1;
  let [there, due, told] = [0, 0, 0];
  for (let i = Math.max(0, since - presentLately); i < since; i += 1) {
    if (!isTold(i)) continue;
    there += valueAt(present, i);
    due += valueAt(operators, i);
    told += 1;
  }
  const untold = present.some((_, i) => isTold(i)) ? 0 : inferred;
  const missing = due > 0 ? 1 - there / due : untold;
  const later = (i: number): number => Math.min(1, ((i - since) * intervalMinutes) / 60 / dutyHours);
  const known = due > 0;
  // Who is there besides is so many people, not a part of all who come later.
  const besides = Math.max(0, there - due) / Math.max(1, told);
  const expected = operators.map((count, i) => {
    if (i < now) return isTold(i) ? worth * valueAt(present, i) : count;
    const gone = (missing > 0 ? count * missing : -Math.min(besides, -missing * count)) * (1 - later(i));
    return worth * (count - gone);
  });
  if (attendance === undefined || attendance.length === 0) return { tier, operators: expected };
  const paths = attendance.map((share, k) => {
    const i = k % count;
    if (i < now) return 1;
    return known ? 1 + (share - 1) * later(i) : share;
  });
  return { tier, operators: expected, attendance: paths };
};

/**
 * Who was offered to a queue and not answered there, per interval: lost (hung up, or found no free line, where either was
 * told), and gone elsewhere or still waiting. offered = answered + lost + elsewhere, where all of it was told.
 */
export const unansweredOf = ({ offered, answered, abandoned, blocked }: SeenCounts) => {
  const lost = abandoned.map((calls, i) => {
    const found = valueAt(blocked, i);
    return Number.isNaN(calls) ? found : calls + (found || 0);
  });
  return {
    lost,
    elsewhere: offered.map((calls, i) =>
      Number.isNaN(valueAt(abandoned, i)) ? Number.NaN : calls - valueAt(answered, i) - valueAt(lost, i),
    ),
  };
};

const sumSeen = ({ seen }: QueuePicture, now: number): SoFar => {
  const sum = (values: Float64Array): number => {
    let total = 0;
    let told = false;
    for (let i = 0; i < now; i += 1) {
      const value = valueAt(values, i);
      if (Number.isNaN(value)) continue;
      total += value;
      told = true;
    }
    return told ? total : now === 0 ? 0 : Number.NaN;
  };
  const { lost, elsewhere } = unansweredOf(seen);
  return {
    offered: sum(seen.offered),
    answered: sum(seen.answered),
    answeredInThreshold: sum(seen.answeredInThreshold),
    abandoned: sum(seen.abandoned),
    lost: sum(lost),
    elsewhere: sum(elsewhere),
  };
};

/** How far those present may be from as many operators ready all the time, before the day shows it, and at most. */
const worthSpread = 0.15;
const [leastWorth, mostWorth] = [0.6, 1.3];
/** Losses come in bunches, so many times as uneven as single ones; and formulas err by such a share of the calls. */
const bunching = 4;
const formulaError = 0.01;

/**
 * As how many ready operators each one present counts, by what was answered of the calls as they came until `now`: who is
 * there for a part of an interval, or slower to take a call than the formulas have it, is worth less. Drawn to what it was
 * `before` as far as that says little: a quiet morning tells nothing of it. By steps of Gauss and Newton.
 */
export const worthOfPresent = (
  operation: Operation,
  now: number,
  answered: ArrayLike<number>,
  mute: Uint8Array,
  before = 1,
): number => {
  const known = Array.from({ length: now }, (_, i) => i).filter(
    (i) => mute[i] !== 1 && !Number.isNaN(valueAt(answered, i)),
  );
  const got = known.reduce((sum, i) => sum + valueAt(answered, i), 0);
  const answeredAt = (worth: number): { readonly answered: number; readonly offered: number } => {
    const tiers = operation.capacity.tiers.map((tier) => ({
      ...tier,
      operators: tier.operators.map((own) => own * worth),
    }));
    const { queues } = project({ ...operation, capacity: { ...operation.capacity, tiers } });
    const sum = (of: 'answered' | 'offered'): number =>
      queues.reduce((all, queue) => all + known.reduce((own, i) => own + valueAt(queue[of], i), 0), 0);
    return { answered: sum('answered'), offered: sum('offered') };
  };
  const step = 0.05;
  let worth = before;
  for (let k = 0; k < 2; k += 1) {
    const here = answeredAt(worth);
    const slope = (here.answered - answeredAt(worth - step).answered) / step;
    const noise = bunching * Math.max(1, here.offered - got) + (formulaError * here.offered) ** 2;
    const pull = noise / worthSpread ** 2;
    worth += ((got - here.answered) * slope - (worth - before) * pull) / (slope * slope + pull);
    worth = Math.min(mostWorth, Math.max(leastWorth, worth));
  }
  return worth;
};

/** Fewest of the rostered operators that are inferred to be there. */
const fewestShare = 0.3;
const halvings = 8;

/**
 * Share of the rostered operators with whom as many calls would have been answered as were, in intervals `from` to before
 * `to` of calls as they came: 1 where the rostered ones answer no more than that. By halving.
 */
export const inferOperators = (
  operation: Operation,
  from: number,
  to: number,
  answered: ArrayLike<number>,
): number => {
  let got = 0;
  for (let i = from; i < to; i += 1) got += answered[i] || 0;
  const answeredWith = (share: number): number => {
    const tiers = operation.capacity.tiers.map((tier) => ({
      ...tier,
      operators: tier.operators.map((own, i) => (i >= from && i < to ? own * share : own)),
    }));
    return totalOutcome(project({ ...operation, capacity: { ...operation.capacity, tiers } }), from, to)
      .answered;
  };
  let [low, high] = [fewestShare, 1];
  if (answeredWith(high) <= got) return 1;
  for (let k = 0; k < halvings; k += 1) {
    const middle = (low + high) / 2;
    if (answeredWith(middle) < got) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};

/** What comes of the rest of a day: as documents have it, and the mean outcome of the whole day. */
interface RestProjection {
  readonly queues: readonly (RestFigures & { readonly queue: string })[];
  readonly total: DayDocument['restOfDay']['total'];
  readonly outcome: Outcome;
  /** Outcome of the mean demand. */
  readonly mean: Outcome;
}

/** Sample paths that a projection of the rest of the day runs over. */
const restPaths = 100;

/**
 * Projects the rest of a day to midnight, as it stands or with something changed from `now` on, over its sample paths.
 * Rates of the day add what was counted to what is projected; where a count was never told, the projection of those
 * intervals stands for it. Ranges and chances are over the paths and over the luck of single calls in each.
 */
export const projectRest = (
  picture: DayPicture,
  rest: RestOfDay,
  operation: Operation = rest.operation,
  pathLimit: number = restPaths,
): RestProjection => {
  const { now } = rest;
  const { count, intervalMinutes } = operation.demand.horizon;
  const parts = rest.queues.map(() => ({ before: [] as OutcomeTotals[], after: [] as OutcomeTotals[] }));
  const rolling: LowestDay[] = [];
  const rollingOf = rollingRates(picture, rest);
  const { outcome, mean } = projectPaths(operation, pathLimit, {
    // What is over is the same on every path.
    beginAsMean: true,
    visit: (path) => {
      rest.queues.forEach(({ queue }, q) => {
        const only = (name: string): boolean => name === queue;
        parts[q]?.before.push(totalOutcome(path, 0, now, only));
        parts[q]?.after.push(totalOutcome(path, now, count, only));
      });
      rolling.push(rollingOf(path));
    },
  });
  const luck = rest.queues.map((_, q) => callLuck(q, rolling.length));
  const queues = rest.queues.map((queueRest, q) => {
    const planned = picture.queues[q];
    const target = rest.targets.queues[queueRest.queue];
    return {
      queue: queueRest.queue,
      ...figuresOf({
        intervalMinutes,
        soFar: [queueRest.soFar],
        paths: (parts[q]?.after ?? []).map((after, p) => [{ before: parts[q]?.before[p] ?? after, after }]),
        planned: planned === undefined ? [] : [planned],
        demand: operation.demand.queues.filter(({ queue }) => queue === queueRest.queue),
        now,
        luck: luck.slice(q, q + 1),
        targets: {
          connectionRate: target?.connectionRate ?? rest.targets.connectionRate,
          serviceLevel: target?.serviceLevel === undefined ? rest.targets.serviceLevel : target.serviceLevel,
        },
      }).figures,
    };
  });
  const { figures: total, lossLuck } = figuresOf({
    intervalMinutes,
    soFar: rest.queues.map(({ soFar }) => soFar),
    paths: rolling.map((_, p) =>
      parts.map(({ before, after }) => ({ before: valueAt(before, p), after: valueAt(after, p) })),
    ),
    planned: picture.queues,
    demand: operation.demand.queues,
    now,
    luck,
    targets: {
      connectionRate: connectionTargetOf(rest.targets),
      serviceLevel: rest.targets.serviceLevel,
    },
  });
  const target = rest.targets.rollingConnectionRate;
  const lowest: Likely = {
    values: rolling.map(({ rate }) => rate),
    // What was counted of those hours is certain.
    luck: rolling.map(({ ahead, offered }, p) => (lossLuck(p) * Math.sqrt(ahead)) / offered),
  };
  return {
    queues,
    total: {
      ...total,
      rolling: {
        connectionRate: rangeOf(lowest, 1),
        target,
        chance: chanceOf(lowest, target),
      },
    },
    outcome,
    mean,
  };
};

/** A path's calls of a queue before now and from now on. */
interface PathPart {
  readonly before: OutcomeTotals;
  readonly after: OutcomeTotals;
}

interface Figured {
  readonly soFar: readonly SoFar[];
  /** Path after path, the parts of each queue. */
  readonly paths: readonly (readonly PathPart[])[];
  readonly planned: readonly QueuePicture[];
  readonly demand: readonly QueueDemand[];
  readonly now: number;
  readonly intervalMinutes: number;
  /** Queue after queue, what the luck of single calls is in each path. */
  readonly luck: readonly (readonly number[])[];
  readonly targets: { readonly connectionRate: number | null; readonly serviceLevel: number | null };
}

/** Figures, and by path the standard deviation of the losses by the luck of single calls, over the root of the calls. */
const figuresOf = ({
  soFar,
  paths,
  planned,
  demand,
  now,
  intervalMinutes,
  luck,
  targets,
}: Figured): { readonly figures: RestFigures; readonly lossLuck: (path: number) => number } => {
  const after = paths.map((queues) => sumTotals(queues.map((queue) => queue.after)));
  const day = paths.map((queues) => wholeDay(soFar, queues));
  const failed = after.reduce((sum, { abandoned, blocked }) => sum + abandoned + blocked, 0);
  const blocked = after.reduce((sum, own) => sum + own.blocked, 0);
  const crowd = crowdOf(demand, now, intervalMinutes * 60, failed > 0 ? blocked / failed : 0);
  const levelOf = (totals: OutcomeTotals): number => serviceLevels(totals).ofOffered;
  const restConnection: Likely = {
    values: after.map(connectionRate),
    luck: after.map((totals) => luckOf('answered', connectionRate(totals), totals.offered, crowd)),
  };
  const restLevel: Likely = {
    values: after.map(levelOf),
    luck: after.map((totals) => luckOf('inTime', levelOf(totals), totals.offered, crowd)),
  };
  // Luck is that of the rest alone: what was counted is certain.
  const ofDay = ({ luck: ofRest }: Likely): number[] =>
    day.map(({ offered }, p) => ((ofRest[p] ?? 0) * valueAt(after, p).offered) / offered);
  const dayConnection: Likely = {
    values: day.map(({ answered, offered }) => answered / offered),
    luck: ofDay(restConnection),
  };
  const dayLevel: Likely = {
    values: day.map(({ within, offered }) => within / offered),
    luck: ofDay(restLevel),
  };
  const figures: RestFigures = {
    soFar: countedSoFar(soFar),
    plannedCalls: planned.reduce((sum, own) => sum + sumOf(own.planned.offered, now), 0),
    calls: rangeOf({
      values: paths.map((queues, p) =>
        queues.reduce(
          (sum, { after: { offered } }, q) => sum + offered + (luck[q]?.[p] ?? 0) * Math.sqrt(offered),
          0,
        ),
      ),
      luck: [],
    }),
    plannedHandleTimeSeconds: meanHandle(
      demand,
      planned.map((own) => own.planned.handleTimeSeconds),
      now,
    ),
    handleTimeSeconds: meanHandle(
      demand,
      demand.map(({ handleTimeSeconds }) => handleTimeSeconds),
      now,
    ),
    restConnectionRate: rangeOf(restConnection, 1),
    restServiceLevel: rangeOf(restLevel, 1),
    connectionRate: rangeOf(dayConnection, 1),
    serviceLevel: rangeOf(dayLevel, 1),
    abandoned: rangeOf({
      values: after.map(({ abandoned, blocked }) => abandoned + blocked),
      luck: after.map(({ offered }, p) => valueAt(restConnection.luck, p) * offered),
    }),
    targets,
    chances: {
      connectionRate: chanceOf(dayConnection, targets.connectionRate),
      serviceLevel: chanceOf(dayLevel, targets.serviceLevel),
    },
  };
  const lossLuck = (p: number): number =>
    (restConnection.luck[p] ?? 0) * Math.sqrt(valueAt(after, p).offered);
  return { figures, lossLuck };
};

interface Sums {
  readonly offered: number;
  readonly answered: number;
  readonly within: number;
}

/** The day of one path: counted where counts were told, projected where not, and what is to come. */
const wholeDay = (soFar: readonly SoFar[], queues: readonly PathPart[]): Sums => {
  let [offered, answered, within] = [0, 0, 0];
  queues.forEach(({ before, after }, q) => {
    const seen = soFar[q];
    const share = (counted: number | undefined, projected: number): number => {
      if (counted !== undefined && !Number.isNaN(counted)) return counted;
      const base = seen === undefined || Number.isNaN(seen.offered) ? before.offered : seen.offered;
      return before.offered > 0 ? (projected / before.offered) * base : 0;
    };
    offered += share(seen?.offered, before.offered) + after.offered;
    answered += share(seen?.answered, before.answered) + after.answered;
    within +=
      share(seen?.answeredInThreshold, before.answeredWithinThreshold) + after.answeredWithinThreshold;
  });
  return { offered, answered, within };
};

const countedSoFar = (soFar: readonly SoFar[]): RestFigures['soFar'] => {
  const sum = (of: (own: SoFar) => number): number | null => {
    const total = soFar.reduce((so, own) => so + of(own), 0);
    return Number.isNaN(total) ? null : total;
  };
  const [offered, answered, answeredInThreshold] = [
    sum((own) => own.offered),
    sum((own) => own.answered),
    sum((own) => own.answeredInThreshold),
  ];
  const share = (part: number | null): number | null =>
    part === null || offered === null || offered === 0 ? null : part / offered;
  return {
    offered,
    answered,
    answeredInThreshold,
    abandoned: sum((own) => own.abandoned),
    lost: sum((own) => own.lost),
    elsewhere: sum((own) => own.elsewhere),
    connectionRate: share(answered),
    serviceLevel: share(answeredInThreshold),
  };
};

const sumTotals = (parts: readonly OutcomeTotals[]): OutcomeTotals => {
  const [first, ...others] = parts;
  if (first === undefined) throw new RangeError('a path without queues');
  const sum = { ...first };
  for (const other of others)
    for (const field of Object.keys(sum) as (keyof OutcomeTotals)[])
      (sum as Record<keyof OutcomeTotals, number>)[field] += other[field];
  return sum;
};

/** Mean handle time of the calls to come, null where none are. */
const meanHandle = (
  demand: readonly QueueDemand[],
  handle: readonly Float64Array[],
  now: number,
): number | null => {
  let [seconds, calls] = [0, 0];
  demand.forEach(({ freshMean }, q) => {
    for (let i = now; i < freshMean.length; i += 1) {
      seconds += valueAt(freshMean, i) * valueAt(handle[q] ?? [], i);
      calls += valueAt(freshMean, i);
    }
  });
  return calls > 0 ? seconds / calls : null;
};
