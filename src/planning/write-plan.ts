import type { PlanDay, PlanDocument } from '../contract/documents/plan-document.ts';
import type { PromptSpan } from '../contract/documents/prompt-span.ts';
import type { TargetsModel } from '../contract/models/targets-model.ts';
import { contentHash } from '../kernel/content-hash.ts';
import type { Calendar } from '../kernel/calendar.ts';
import type { Capacity, Demand, Policy } from '../kernel/hotline.ts';
import {
  averageSpeedOfAnswer,
  connectionRate,
  occupancy,
  serviceLevels,
  totalOutcome,
} from '../kernel/measures.ts';
import { text, type Text } from '../kernel/text.ts';
import { weekdayOf } from '../kernel/time.ts';
import type { QueueForecast } from '../forecast/forecast-types.ts';
import type { PromptSpanChoice } from '../diversion/choose-prompts.ts';
import type { ShiftPlan } from '../scheduling/cover-request.ts';
import type { Requirement } from '../staffing/require-operators.ts';
import { pick } from './build-demand.ts';
import type { WeekForecast } from './forecast-week.ts';
import { intervalRates, rateOrNull } from './measure-effect.ts';
import type { OperatorsSeen } from './operators-seen.ts';
import { overFutures, quantile, rangeOf, totalCalls } from './plan-figures.ts';
import type { Models } from './ports.ts';
import { dayBounds, type PlanProjection } from './project-plan.ts';
import type { History } from './read-history.ts';
import { clockText, type WeekHorizon } from './week-horizon.ts';
import type { PlanProof } from './prove-plan.ts';
import { sayDeferrable, writeDeferrable } from './write-deferrable.ts';
import { writeSpan } from './write-span.ts';
import { sayTransfers, writeTransfers } from './write-transfers.ts';

/** All that a plan is written from. */
export interface PlanParts {
  readonly week: WeekHorizon;
  readonly models: Models;
  readonly targets: TargetsModel;
  readonly history: History;
  readonly calendar: Calendar;
  readonly forecast: WeekForecast;
  readonly demand: Demand;
  readonly requirement: Requirement;
  readonly variants: readonly {
    readonly variant: PlanDocument['variants'][number]['variant'];
    readonly operatorHours: number;
  }[];
  readonly schedule: ShiftPlan;
  readonly capacity: Capacity;
  readonly policy: Policy;
  readonly spans: readonly PromptSpanChoice[];
  readonly promptReasons: readonly Text[];
  readonly projection: PlanProjection;
  readonly proof: PlanProof;
  readonly seen: OperatorsSeen | undefined;
  readonly seed: number;
  readonly createdAtMillis: number;
  readonly dataHash: string;
  readonly assumptions: readonly Text[];
  readonly notices: readonly Text[];
}

/** Writes the document of a plan. Its id tells the week and everything the plan depends on: the same again, the same id. */
export const writePlan = async (parts: PlanParts): Promise<PlanDocument> => {
  const { week, models, targets, projection } = parts;
  const prompts = parts.spans.map((span) => writeSpan(span, models.prompts, week));
  const deferrable = writeDeferrable({
    horizon: week.horizon,
    works: models.tiers.deferrable ?? [],
    tiers: models.tiers.tiers,
    ready: parts.schedule.ready,
    needed: parts.requirement.tiers,
    days: dayBounds(week),
  });
  const transfers = writeTransfers(models.hotline, projection.outcome);
  const body = {
    seed: parts.seed,
    hotline: { name: models.hotline.name, zone: models.hotline.zone, madeUp: models.hotline.madeUp },
    week: week.week,
    firstDate: week.firstDate,
    intervalMinutes: week.horizon.intervalMinutes,
    answerTimeThresholdSeconds: models.hotline.answerTimeThresholdSeconds,
    history: {
      firstDate: parts.history.firstDate,
      lastDate: parts.history.lastDate,
      days: parts.history.days,
      dataHash: parts.dataHash,
    },
    targets: {
      connectionRate: targets.connectionRate,
      serviceLevel: targets.serviceLevel,
      rollingConnectionRate: targets.rollingConnectionRate,
      occupancyMax: targets.occupancyMax,
      confidence: targets.confidence,
    },
    days: week.dates.map((date, day) => writeDay(parts, date, day, prompts)),
    starts: [...week.starts],
    calls: totalCalls(parts.demand),
    queues: writeQueues(parts),
    tiers: writeTiers(parts),
    shifts: writeShifts(parts),
    scheduleCost: { cost: parts.schedule.cost, bound: parts.schedule.bound, gap: parts.schedule.gap },
    prompts,
    total: writeTotal(parts),
    withoutPrompts: writeWithoutPrompts(projection),
    variants: parts.variants.map((v) => ({
      variant: v.variant,
      name: variantNames[v.variant],
      operatorHours: v.operatorHours,
    })),
    proof: parts.proof,
    ...(transfers === undefined ? {} : { transfers }),
    ...(deferrable === undefined ? {} : { deferrable }),
    monitoring: projection.monitoring,
    overrules: parts.forecast.overrules.map((o) => ({
      queue: o.queue,
      date: o.date,
      from: o.from,
      to: o.to,
      factor: o.factor,
      calls: o.calls,
      reason: o.reason,
      author: o.author,
    })),
    relaxed: [...parts.requirement.relaxed, ...parts.schedule.relaxed],
    assumptions: [...parts.assumptions],
    notices: [
      ...parts.notices,
      ...parts.requirement.reasons,
      ...parts.schedule.reasons,
      ...sayTransfers(transfers),
      ...sayDeferrable(deferrable),
      ...parts.promptReasons,
    ],
  };
  return {
    document: 'plan',
    version: 1,
    id: `${week.week}-${(await contentHash(JSON.stringify([body, models]))).slice(0, 8)}`,
    createdAt: new Date(parts.createdAtMillis).toISOString(),
    ...body,
  };
};

const variantNames: Readonly<Record<PlanDocument['variants'][number]['variant'], Text>> = {
  'certain-demand': text('预测当作确定值', 'Forecast taken as certain'),
  'no-redials': text('不计重复拨打', 'No redials'),
  'erlang-c': text('假设无人放弃（Erlang C）', 'Nobody abandons (Erlang C)'),
  pooled: text('全员通接所有队列（下界）', 'Everybody answers every queue (lower bound)'),
  dedicated: text('各队列专人、互不支援（上界）', 'Each queue has its own operators only (upper bound)'),
};

const sumAt = (rows: readonly ArrayLike<number>[], i: number): number =>
  rows.reduce((sum, row) => sum + (row[i] ?? 0), 0);

const hours = (
  rows: readonly ArrayLike<number>[],
  from: number,
  to: number,
  intervalMinutes: number,
): number => {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += sumAt(rows, i);
  return (sum * intervalMinutes) / 60;
};

const writeDay = (parts: PlanParts, date: string, day: number, prompts: readonly PromptSpan[]): PlanDay => {
  const { week, projection, requirement, capacity } = parts;
  const [from, to] = dayBounds(week)[day] ?? [0, 0];
  const required = requirement.tiers.map((tier) => tier.operators);
  const minutes = week.horizon.intervalMinutes;
  const peak = peakInterval(required, from, to);
  const totals = totalOutcome(projection.outcome, from, to);
  const futures = projection.dayFutures[day] ?? [];
  const monitored = projection.monitoringDays[day];
  return {
    date,
    weekday: weekdayOf(date) + 1,
    dayKind: dayKindText(parts.calendar, date),
    calls: freshRange(parts.demand, from, to),
    peak: {
      start: (week.starts[peak] ?? '').slice(11),
      operators: Object.fromEntries(requirement.tiers.map((tier) => [tier.tier, tier.operators[peak] ?? 0])),
      total: sumAt(required, peak),
    },
    requiredOperatorHours: hours(required, from, to, minutes),
    scheduledOperatorHours: hours(
      capacity.tiers.map((tier) => tier.operators),
      from,
      to,
      minutes,
    ),
    connectionRate: rangeOf(connectionRate(totals), overFutures(futures, connectionRate)),
    serviceLevel: rangeOf(
      serviceLevels(totals).ofOffered,
      overFutures(futures, (t) => serviceLevels(t).ofOffered),
    ),
    averageSpeedOfAnswerSeconds: rateOrNull(averageSpeedOfAnswer(totals)),
    occupancy: rateOrNull(occupancy(projection.outcome, from, to)),
    band: monitored?.band ?? 'dead',
    bandChance: monitored?.bandChance ?? 0,
    score: monitored?.score ?? { mean: null, q10: null, q90: null },
    prompts: prompts.filter((prompt) => prompt.date === date),
    shifts: parts.schedule.shifts
      .filter((shift) => shift.date === date)
      .reduce((sum, shift) => sum + shift.operators, 0),
    operatorsSeen: seenOfDay(parts.seen, day, from, to, peak, minutes),
  };
};

const peakInterval = (required: readonly ArrayLike<number>[], from: number, to: number): number => {
  let peak = from;
  for (let i = from; i < to; i += 1) if (sumAt(required, i) > sumAt(required, peak)) peak = i;
  return peak;
};

const dayKindText = (calendar: Calendar, date: string): Text | null => calendar.dayKind(date).name;

/** Fresh calls of all queues over some intervals, with the range of the joint futures. */
const freshRange = (demand: Demand, from: number, to: number) => {
  const mean = demand.queues.reduce(
    (sum, queue) => sum + queue.freshMean.subarray(from, to).reduce((s, v) => s + v, 0),
    0,
  );
  const paths = Math.min(...demand.queues.map((queue) => queue.pathCount));
  const count = demand.horizon.count;
  const futures = Array.from({ length: paths }, (_, p) =>
    demand.queues.reduce(
      (sum, queue) => sum + queue.paths.subarray(p * count + from, p * count + to).reduce((s, v) => s + v, 0),
      0,
    ),
  );
  return { mean, q10: rateOrNull(quantile(futures, 0.1)), q90: rateOrNull(quantile(futures, 0.9)) };
};

const seenOfDay = (
  seen: OperatorsSeen | undefined,
  day: number,
  from: number,
  to: number,
  peak: number,
  minutes: number,
): PlanDay['operatorsSeen'] => {
  const days = seen?.days[day] ?? 0;
  if (seen === undefined || days === 0) return null;
  const known = seen.total.slice(from, to).filter((value) => value !== null);
  return {
    peak: seen.total[peak] ?? 0,
    hours: (known.reduce((sum, value) => sum + value, 0) * minutes) / 60,
    days,
  };
};

/** The methods that the forecast is made of, the weightiest first; the one asked for where nothing was weighed. */
const methodsUsed = ({ method, candidates }: Pick<QueueForecast, 'method' | 'candidates'>): string => {
  const used = candidates.filter(({ weight }) => weight > 0).toSorted((a, b) => b.weight - a.weight);
  return used.length === 0 ? method : used.map((candidate) => candidate.method).join(' + ');
};

const writeQueues = (parts: PlanParts): PlanDocument['queues'] =>
  parts.models.hotline.queues.flatMap((queue) => {
    const forecast = parts.forecast.overruled.get(queue.queue);
    const original = parts.forecast.original.get(queue.queue);
    const demand = parts.demand.queues.find((d) => d.queue === queue.queue);
    if (forecast === undefined || original === undefined || demand === undefined) return [];
    const { dayOffset } = parts.forecast;
    const at = (values: Float64Array): number[] => [...pick(values, forecast, dayOffset, parts.week)];
    const outcome = parts.projection.outcome.queues.find((q) => q.queue === queue.queue);
    return [
      {
        queue: queue.queue,
        name: queue.name,
        method: methodsUsed(forecast),
        candidates: forecast.candidates.map((c) => ({
          method: c.method,
          wape: rateOrNull(c.wape),
          weight: c.weight,
        })),
        reasons: [...forecast.reasons],
        mean: at(forecast.mean),
        q025: at(forecast.quantiles.q025),
        q10: at(forecast.quantiles.q10),
        q50: at(forecast.quantiles.q50),
        q90: at(forecast.quantiles.q90),
        q975: at(forecast.quantiles.q975),
        handleTimeSeconds: [...demand.handleTimeSeconds],
        patienceSeconds: Number.isFinite(demand.patienceSeconds) ? demand.patienceSeconds : null,
        parts: forecast.parts.slice(dayOffset, dayOffset + 7).map((part, day) => ({
          ...part,
          overrule: ratioOfDays(forecast.dayQuantiles.mean, original.dayQuantiles.mean, dayOffset + day),
        })),
        offered: [...(outcome?.offered ?? [])],
        connectionRate: intervalRates(parts.projection.outcome, 'connection', queue.queue),
        serviceLevel: intervalRates(parts.projection.outcome, 'service-level', queue.queue),
        averageSpeedOfAnswerSeconds: parts.week.starts.map((_, i) =>
          rateOrNull((outcome?.answeredWaitSeconds[i] ?? 0) / (outcome?.answered[i] ?? 0)),
        ),
      },
    ];
  });

const ratioOfDays = (changed: Float64Array, original: Float64Array, day: number): number => {
  const base = original[day] ?? 0;
  return base > 0 ? (changed[day] ?? base) / base : 1;
};

const writeTiers = (parts: PlanParts): PlanDocument['tiers'] =>
  parts.models.tiers.tiers.map((tier) => {
    const outcome = parts.projection.outcome.tiers.find((t) => t.tier === tier.tier);
    const answered = Object.entries(outcome?.answeredByQueue ?? {}).map(
      ([queue, calls]) => [queue, calls.reduce((sum, value) => sum + value, 0)] as const,
    );
    const all = answered.reduce((sum, [, calls]) => sum + calls, 0);
    const seen = parts.seen?.byTier.get(tier.tier);
    return {
      tier: tier.tier,
      name: tier.name,
      queues: tier.queues.map((route) => route.queue),
      connectionTarget: tier.connectionTarget,
      required: [...(parts.requirement.tiers.find((t) => t.tier === tier.tier)?.operators ?? [])],
      scheduled: [...(parts.capacity.tiers.find((t) => t.tier === tier.tier)?.operators ?? [])],
      seen: seen === undefined ? null : [...seen],
      occupancy: parts.week.starts.map((_, i) =>
        rateOrNull((outcome?.busyOperatorSeconds[i] ?? 0) / (outcome?.staffedOperatorSeconds[i] ?? 0)),
      ),
      answered: Object.fromEntries(answered.map(([queue, calls]) => [queue, all > 0 ? calls / all : 0])),
    };
  });

const writeShifts = (parts: PlanParts): PlanDocument['shifts'] => {
  const names = new Map(parts.models.shifts.templates.map((template) => [template.template, template.name]));
  return parts.schedule.shifts.map((shift) => ({
    tier: shift.tier,
    date: shift.date,
    template: shift.template,
    name: names.get(shift.template) ?? text(shift.template, shift.template),
    start: clockText(shift.startMinute % 1440),
    end: clockText(shift.endMinute > 1440 ? shift.endMinute - 1440 : shift.endMinute),
    operators: shift.operators,
    breaks: shift.breaks.map((pause) => ({
      start: clockText(pause.startMinute % 1440),
      minutes: pause.minutes,
      operators: pause.operators,
    })),
    cost: shift.cost,
  }));
};

const writeTotal = (parts: PlanParts): PlanDocument['total'] => {
  const { week, projection, requirement, capacity } = parts;
  const { count, intervalMinutes } = week.horizon;
  const totals = totalOutcome(projection.outcome);
  const levels = serviceLevels(totals);
  const seen = parts.seen?.total;
  return {
    calls: freshRange(parts.demand, 0, count),
    offered: totals.offered,
    connectionRate: rangeOf(connectionRate(totals), overFutures(projection.weekFutures, connectionRate)),
    serviceLevels: {
      ofOffered: rateOrNull(levels.ofOffered),
      ofOfferedWithoutShortAbandons: rateOrNull(levels.ofOfferedWithoutShortAbandons),
      ofAnswered: rateOrNull(levels.ofAnswered),
      withAbandonsWithinThreshold: rateOrNull(levels.withAbandonsWithinThreshold),
    },
    serviceLevel: rangeOf(
      levels.ofOffered,
      overFutures(projection.weekFutures, (t) => serviceLevels(t).ofOffered),
    ),
    averageSpeedOfAnswerSeconds: rateOrNull(averageSpeedOfAnswer(totals)),
    occupancy: rateOrNull(occupancy(projection.outcome)),
    abandoned: totals.abandoned,
    blocked: totals.blocked,
    callersDiverted: totals.divertedOnline + totals.deferred,
    requiredOperatorHours: hours(
      requirement.tiers.map((t) => t.operators),
      0,
      count,
      intervalMinutes,
    ),
    scheduledOperatorHours: hours(
      capacity.tiers.map((t) => t.operators),
      0,
      count,
      intervalMinutes,
    ),
    seenOperatorHours:
      seen === undefined
        ? null
        : (seen.reduce<number>((sum, value) => sum + (value ?? 0), 0) * intervalMinutes) / 60,
  };
};

const writeWithoutPrompts = (projection: PlanProjection): PlanDocument['withoutPrompts'] => {
  if (projection.withoutPrompts === undefined) return null;
  const totals = totalOutcome(projection.withoutPrompts);
  return {
    connectionRate: rateOrNull(connectionRate(totals)),
    serviceLevel: rateOrNull(serviceLevels(totals).ofOffered),
  };
};
