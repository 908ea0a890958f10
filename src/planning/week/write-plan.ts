import type { PlanDay, PlanDocument, PlanPrices } from '../../contract/documents/plan-document.ts';
import { planId } from '../../contract/plan-states.ts';
import type { PromptSpan, Range } from '../../contract/documents/schema-parts.ts';
import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import { mapQuantiles, type QueueForecast } from '../../forecast/forecast-task.ts';
import { eventsOfQueue } from '../../forecast/history/day-features.ts';
import { contentHash } from '../../kernel/content-hash.ts';
import type { Sayable } from '../../kernel/finding.ts';
import type { Outcome } from '../../kernel/hotline.ts';
import {
  averageSpeedOfAnswer,
  connectionRate,
  occupancy,
  serviceLevels,
  totalOutcome,
  totalTransfers,
} from '../../kernel/measures.ts';
import { shrinkageByInterval } from '../../kernel/shrinkage.ts';
import { type Text, untranslated } from '../../kernel/text.ts';
import { clockText } from '../../kernel/time-window.ts';
import { weekdayOf } from '../../kernel/time.ts';
import { sumOf } from '../../kernel/statistics.ts';
import { valueAt } from '../../kernel/value-at.ts';
import {
  type DeferrableRequest,
  placeDeferrable,
  type PlacedWork,
} from '../../scheduling/place-deferrable.ts';
import { pick } from '../forecasts/build-demand.ts';
import { eventsOn } from '../forecasts/forecast-week.ts';
import { describeOutside } from '../forecasts/outside-forecasts.ts';
import { intervalRates, rateOrNull } from '../operation/measure-effect.ts';
import type { OperatorsSeen } from '../operation/operators-seen.ts';
import { dayBounds, type PlanProjection } from '../operation/project-plan.ts';
import { assumedOf } from '../operation/stored-plan.ts';
import { writeSpan } from '../operation/week-horizon.ts';
import { planningFinding, type PlanningFinding } from '../planning-findings.ts';
import type { PlanParts, EarlierPlan } from './plan-parts.ts';
import {
  freshRange,
  operatorHoursOf,
  overSamplePaths,
  rangeOf,
  sumAt,
  totalCalls,
  writeTotal,
} from './write-total.ts';
import type { ShiftPlan } from '../../scheduling/cover-request.ts';
import type { RequirementPrices } from '../../staffing/price-variants.ts';

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
  const tiers = writeTiers(parts);
  const transfers = writeTransfers(models.hotline, projection.outcome);
  const shiftsFrom = writeShiftsFrom(parts.earlier, parts.schedule);
  const prices = writePrices(parts.prices);
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
    openingHours: parts.hours,
    targets: {
      connectionRate: targets.connectionRate,
      serviceLevel: targets.serviceLevel,
      rollingConnectionRate: targets.rollingConnectionRate,
      occupancyMax: targets.occupancyMax,
      confidence: targets.confidence,
    },
    days: writeDays(parts, prompts),
    starts: [...week.starts],
    calls: totalCalls(parts.demand, parts.counts),
    queues: writeQueues(parts),
    tiers,
    shifts: writeShifts(parts),
    ...(shiftsFrom === undefined ? {} : { shiftsFrom }),
    scheduleCost: { cost: parts.schedule.cost, bound: parts.schedule.bound, gap: parts.schedule.gap },
    prompts,
    total: writeTotal(parts, tiers),
    withoutPrompts: writeWithoutPrompts(projection),
    variants: prices.variants,
    proof: parts.proof,
    ...(transfers === undefined ? {} : { transfers }),
    ...(deferrable === undefined ? {} : { deferrable }),
    grounds: parts.parameterSources,
    ...(Object.values(parts.factors).every((factor) => factor === 1) ? {} : { factors: parts.factors }),
    ...(parts.forecast.assumed.length === 0 ? {} : { assumedCauses: [...parts.forecast.assumed] }),
    ...(parts.asked.length === 0 ? {} : { whatIf: [...parts.asked] }),
    madeWith: parts.inputSnapshot,
    tenths: prices.tenths,
    ...(prices.certain === undefined ? {} : { certain: prices.certain }),
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
    ...(parts.unusual.length === 0 ? {} : { unusual: [...parts.unusual] }),
    relaxed: [...parts.requirement.relaxed, ...parts.schedule.relaxed],
    assumptions: [...assumedOf({ assumedCauses: [...parts.forecast.assumed] }), ...parts.assumptions],
    notices: [
      // What a planner may have to act on comes first, how it was worked out last.
      ...(parts.whatIf ? [planningFinding('plan-asks-what-if')] : []),
      ...parts.notices,
      ...reportShiftsFrom(shiftsFrom),
      ...parts.promptReasons,
      ...reportDeferrable(deferrable),
      ...sayTransfers(transfers),
      ...parts.requirement.reasons,
      ...parts.schedule.reasons,
    ],
  };
  return {
    document: 'plan',
    version: 1,
    id: planId(week.week, (await contentHash(JSON.stringify([body, models]))).slice(0, 8), parts.whatIf),
    createdAt: new Date(parts.createdAtMillis).toISOString(),
    ...body,
  };
};

/** Prices as a plan has them: with operators by interval if demand were certain, where that was worked out. */
export const writePrices = ({ variants, tenths }: RequirementPrices): PlanPrices => {
  const certain = variants.find(({ variant }) => variant === 'certain-demand')?.operators;
  return {
    variants: variants.map(({ variant, operatorHours }) => ({
      variant,
      name: planningFinding(`variant-${variant}`),
      operatorHours,
    })),
    tenths: [...tenths],
    ...(certain === undefined ? {} : { certain: [...certain] }),
  };
};

/** A plan's days, one after another, each with the prompts that play on it. */
const writeDays = (parts: PlanParts, prompts: readonly PromptSpan[]): PlanDay[] =>
  parts.week.dates.map((date, day) => writeDay(parts, date, day, prompts));

const writeDay = (parts: PlanParts, date: string, day: number, prompts: readonly PromptSpan[]): PlanDay => {
  const { week, projection, requirement, capacity } = parts;
  const [from, to] = dayBounds(week)[day] ?? [0, 0];
  const required = requirement.tiers.map((tier) => tier.operators);
  const minutes = week.horizon.intervalMinutes;
  const peak = peakInterval(required, from, to);
  const totals = totalOutcome(projection.outcome, from, to);
  const futures = projection.dayFutures[day] ?? [];
  const monitored = projection.monitoringDays[day];
  const calls = freshRange(parts.demand, parts.counts, from, to);
  // Where nobody calls for the first time the line is shut: no rate can be determined of such a day.
  const rate = (measure: (of: typeof totals) => number): Range =>
    calls.mean === 0 ? rangeOf(Number.NaN, []) : rangeOf(measure(totals), overSamplePaths(futures, measure));
  return {
    date,
    weekday: weekdayOf(date) + 1,
    dayKind: parts.calendar.dayKind(date).name,
    calls,
    peak: {
      start: (week.starts[peak] ?? '').slice(11),
      operators: Object.fromEntries(
        requirement.tiers.map((tier) => [tier.tier, valueAt(tier.operators, peak)]),
      ),
      total: sumAt(required, peak),
    },
    requiredOperatorHours: operatorHoursOf(required, from, to, minutes),
    scheduledOperatorHours: operatorHoursOf(
      capacity.tiers.map((tier) => tier.operators),
      from,
      to,
      minutes,
    ),
    connectionRate: rate(connectionRate),
    serviceLevel: rate((t) => serviceLevels(t).ofOffered),
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
    hours: (sumOf(known) * minutes) / 60,
    days,
  };
};

type PlanDeferrable = NonNullable<PlanDocument['deferrable']>;

/** Work that can wait, placed in a plan's troughs: undefined where the models name none. */
export const writeDeferrable = (request: DeferrableRequest): PlanDeferrable | undefined => {
  if (request.works.length === 0) return undefined;
  const placed = placeDeferrable(request);
  return request.works.map((work, w): PlanDeferrable[number] => {
    const placement = placed[w];
    return {
      work: work.work,
      name: work.name,
      hours: placement?.hours ?? 0,
      placedHours: placement?.placedHours ?? 0,
      unplacedCost: placement?.unplacedCost ?? 0,
      dayHours: request.days.map(([from, to]) =>
        hoursOf(placement, from, to, request.horizon.intervalMinutes),
      ),
      tiers: (placement?.placed ?? []).map(({ tier, operators }) => ({ tier, operators: [...operators] })),
    };
  });
};

const hoursOf = (own: PlacedWork | undefined, from: number, to: number, intervalMinutes: number): number =>
  ((own?.placed ?? []).reduce((sum, { operators }) => sum + sumOf(operators, from, to), 0) *
    intervalMinutes) /
  60;

const toTenth = (value: number): number => Math.round(10 * value) / 10;

/** How much of each work found a trough, and what the rest costs. */
export const reportDeferrable = (placed: PlanDeferrable | undefined): Sayable[] =>
  (placed ?? []).map(({ name, hours, placedHours, unplacedCost }) => {
    const missing = toTenth(hours - placedHours);
    const inTime = { placedHours: toTenth(placedHours), hours: toTenth(hours) };
    return missing > 0
      ? planningFinding('deferrable-work-left-over', {
          work: name,
          ...inTime,
          missingHours: missing,
          cost: Math.round(unplacedCost),
        })
      : planningFinding('deferrable-work-placed', { work: name, ...inTime });
  });

/** The methods that the forecast is made of, the weightiest first; the one asked for where nothing was weighed. */
const methodsUsed = ({ method, candidates }: Pick<QueueForecast, 'method' | 'candidates'>): string => {
  const used = candidates.filter(({ weight }) => weight > 0).toSorted((a, b) => b.weight - a.weight);
  return used.length === 0 ? method : used.map((candidate) => candidate.method).join(' + ');
};

/** Each queue with its forecast by interval, what it is made of, and what its calls meet. */
const writeQueues = (parts: PlanParts): PlanDocument['queues'] =>
  parts.models.hotline.queues.flatMap((queue) => {
    const forecast = parts.forecast.overruled.get(queue.queue);
    const original = parts.forecast.original.get(queue.queue);
    const demand = parts.demand.queues.find((d) => d.queue === queue.queue);
    if (forecast === undefined || original === undefined || demand === undefined) return [];
    const { dayOffset } = parts.forecast;
    const at = (values: Float64Array): number[] => [...pick(values, forecast, dayOffset, parts.week)];
    const events = eventsOfQueue(parts.forecast.events, queue.queue);
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
        ...describeOutside(forecast, dayOffset, parts.week.dates),
        mean: at(forecast.mean),
        ...mapQuantiles(forecast.quantiles, at),
        handleTimeSeconds: [...demand.handleTimeSeconds],
        patienceSeconds: Number.isFinite(demand.patienceSeconds) ? demand.patienceSeconds : null,
        parts: forecast.parts.slice(dayOffset, dayOffset + 7).map((part, day) => ({
          ...part,
          ...(part.event === 1 ? { events: [], fading: [] } : eventsOn(events, part.date)),
          overrule: ratioOfDays(forecast.dayQuantiles.mean, original.dayQuantiles.mean, dayOffset + day),
        })),
        offered: [...(outcome?.offered ?? [])],
        fresh: [...(outcome?.fresh ?? [])],
        diverted: Array.from(
          outcome?.divertedOnline ?? [],
          (online, i) => online + (outcome?.deferred[i] ?? 0),
        ),
        connectionRate: intervalRates(parts.projection.outcome, 'connection', queue.queue),
        serviceLevel: intervalRates(parts.projection.outcome, 'service-level', queue.queue),
        averageSpeedOfAnswerSeconds: parts.week.starts.map((_, i) =>
          rateOrNull((outcome?.answeredWaitSeconds[i] ?? 0) / (outcome?.answered[i] ?? 0)),
        ),
      },
    ];
  });

const ratioOfDays = (changed: Float64Array, original: Float64Array, day: number): number => {
  const base = valueAt(original, day);
  return base > 0 ? (changed[day] ?? base) / base : 1;
};

/** Each tier by interval: operators needed, scheduled and lately seen, how busy, and whose calls it answers. */
const writeTiers = (parts: PlanParts): PlanDocument['tiers'] =>
  parts.models.tiers.tiers.map((tier) => {
    const outcome = parts.projection.outcome.tiers.find((t) => t.tier === tier.tier);
    const answered = Object.entries(outcome?.answeredByQueue ?? {}).map(
      ([queue, calls]) => [queue, sumOf(calls)] as const,
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
      standIns: [...(parts.schedule.standIns.find((t) => t.tier === tier.tier)?.operators ?? [])],
      seen: seen === undefined ? null : [...seen],
      shrinkage: [...shrinkageByInterval(tier.shrinkage, parts.week.horizon)],
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
    name: names.get(shift.template) ?? untranslated(shift.template),
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

type PlanTransfers = NonNullable<PlanDocument['transfers']>;

/**
 * The calls that operators hand on in a plan: a row for each way from queue to queue. Waits and hang-ups are those
 * of the queue that receives, over all that come to it this way or another way. Undefined where none are.
 */
const writeTransfers = (hotline: HotlineModel, outcome: Outcome): PlanTransfers | undefined => {
  const { count } = outcome.horizon;
  const totalsOf = (queue: string) => totalTransfers(outcome, 0, count, (name) => name === queue);
  const known = (queue: string): boolean => outcome.queues.some((own) => own.queue === queue);
  const nameOf = (queue: string): Text =>
    hotline.queues.find((own) => own.queue === queue)?.name ?? untranslated(queue);
  const rows = hotline.queues.flatMap(({ queue, transfers }): PlanTransfers => {
    const ways = (transfers ?? []).filter(({ toQueue, share }) => share > 0 && known(toQueue));
    const all = ways.reduce((sum, { share }) => sum + share, 0);
    const { sent } = totalsOf(queue);
    return ways.map(({ toQueue, share, holding }) => {
      const met = totalsOf(toQueue);
      return {
        from: queue,
        fromName: nameOf(queue),
        to: toQueue,
        toName: nameOf(toQueue),
        share,
        holding,
        calls: (sent * share) / all,
        averageWaitSeconds: rateOrNull(met.waitSeconds / met.received),
        abandonedShare: rateOrNull(met.abandoned / met.received),
      };
    });
  });
  return rows.length === 0 ? undefined : rows;
};

/** What is counted where calls are handed on, said once in a plan. */
const sayTransfers = (rows: PlanTransfers | undefined): Sayable[] => {
  if (rows === undefined) return [];
  const calls = Math.round(rows.reduce((sum, row) => sum + row.calls, 0));
  return [planningFinding('calls-handed-on', { calls })];
};

/** What a plan says of where its shifts come from; undefined where it moved none, or started from none. */
const writeShiftsFrom = (
  earlier: EarlierPlan | undefined,
  { moved }: ShiftPlan,
): PlanDocument['shiftsFrom'] =>
  earlier === undefined || moved === undefined || moved.added + moved.removed + moved.breaks === 0
    ? undefined
    : {
        plan: earlier.id,
        kept: moved.kept,
        added: moved.added,
        removed: moved.removed,
        breaks: moved.breaks,
        days: moved.days.map((day) => ({ ...day })),
      };

const reportShiftsFrom = (from: PlanDocument['shiftsFrom']): PlanningFinding[] => {
  if (from === undefined) return [];
  const { plan, kept, removed, breaks, days } = from;
  return [planningFinding('shifts-from-earlier-plan', { plan, kept, removed, breaks, days })];
};

/** The week had no prompt played; null where none plays. */
const writeWithoutPrompts = (projection: PlanProjection): PlanDocument['withoutPrompts'] => {
  if (projection.withoutPrompts === undefined) return null;
  const totals = totalOutcome(projection.withoutPrompts);
  return {
    connectionRate: rateOrNull(connectionRate(totals)),
    serviceLevel: rateOrNull(serviceLevels(totals).ofOffered),
  };
};
