import { isLargeChange } from '../../contract/documents/overrule-schema.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { isWhatIf } from '../../contract/plan-states.ts';
import { ofSamePlan, type PlanRequest } from '../../contract/http/job-requests.ts';
import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import { nothingAsked } from '../../contract/models/scenario-model.ts';
import type { TiersModel } from '../../contract/models/tiers-model.ts';
import { BadInputError, type Problem } from '../../kernel/errors.ts';
import { type Sayable, uniqueSentences } from '../../kernel/finding.ts';
import type { Demand } from '../../kernel/hotline.ts';
import type { OperatorRecord } from '../../kernel/records.ts';
import { addDays, type PlainDate, startOfDay } from '../../kernel/time.ts';
import { valueAt } from '../../kernel/value-at.ts';
import type { BandTarget } from '../../monitoring/band-ladder.ts';
import type { TierPeople } from '../../scheduling/cover-request.ts';
import { buildDemand, type Factors, tierParameterSources, withShrinkage } from '../forecasts/build-demand.ts';
import { forecastWeek, freezeForecast, type WeekForecast } from '../forecasts/forecast-week.ts';
import { inputSnapshot, noTraffic } from '../history/effective-models.ts';
import { lineHistory, openingOf } from '../history/line-history.ts';
import { qualityEvidence } from '../history/quality-evidence.ts';
import { type History, readTrafficOnce } from '../history/read-history.ts';
import { openHoursWithoutCalls } from '../history/settle-hours.ts';
import { sayInNoTier } from '../history/tiers-of-people.ts';
import { plannedOperation, type PlannedOperation } from '../operation/planned-operation.ts';
import { operatorsSeen } from '../operation/operators-seen.ts';
import { projectPlan } from '../operation/project-plan.ts';
import { nextWeek, openIntervals, weekHorizon } from '../operation/week-horizon.ts';
import { planningFinding, type PlanningFinding, planningProblem } from '../planning-findings.ts';
import type { Models, Ports } from '../ports.ts';
import {
  awaitLater,
  type PlanParts,
  proofReplications,
  provePlan,
  simulateWeek,
  step,
  type EarlierPlan,
  hoursOnLeave,
} from './plan-parts.ts';
import { staffWeek } from './staff-week.ts';
import { readWhatIf } from './what-if.ts';
import { writePlan } from './write-plan.ts';
import { minuteOf } from '../../kernel/time-window.ts';

const pathCount = 100;

/**
 * A plan and the operation that it plans, not stored. A comparison in hindsight asks for no prices, nor for its proof; of a
 * what-if prices are asked once somebody wants them (`huawu require --prices`): they are a third of the work.
 */
export const makePlan = async (
  given: Ports,
  request: PlanRequest,
  { prices = true, proof = true }: { readonly prices?: boolean; readonly proof?: boolean } = {},
): Promise<{
  readonly plan: PlanDocument;
  readonly planned: PlannedOperation;
  /** The forecast of twelve weeks as it is now, to be held against what comes. */
  readonly freeze: () => Promise<Uint8Array>;
}> => {
  const ports = { ...given, store: readTrafficOnce(given.store) };
  const asked = await readAsked(ports, request);
  const { week, line, models } = asked;
  await step(ports, 0.02, 'forecast');
  const forecast = await forecastWeek(ports, line, week, {
    seed: request.seed,
    method: 'auto',
    pathCount,
    assumedCauses: request.cause,
  });
  const built = buildDemand(models, line.history, forecast, week, {
    ...asked.factors,
    handleTimeSeconds: request.handleTimeSeconds ?? nothingAsked.handleTimeSeconds,
  });
  const { demand } = built;
  limitDemand(demand, line.unusual);
  const inputs = await readInputs(ports, asked);
  const staffed = await staffWeek(ports, models, demand, week, request.targets ?? models.targets, {
    seed: request.seed,
    earlier: inputs.earlier,
    band: bandTargetOf(request),
    prices: prices && !asked.isWhatIf,
    people: inputs.people,
  });
  const proved = await proveStaffed(ports, asked, demand, staffed, proof ? request.seed : undefined);
  const plan = await writePlan(
    await gatherParts(ports, request, { asked, forecast, built, inputs, staffed, proved }),
  );
  // What is asked of the plan later is held to the targets that it was made for.
  const planned = {
    ...plannedOperation(
      { demand, capacity: staffed.capacity },
      { ...models, targets: staffed.targets },
      staffed.policy.prompts,
    ),
    pricing: staffed.pricing,
  };
  await step(ports, 1);
  return { plan, planned, freeze: () => freezeForecast(ports, line, forecast.origin, request.seed) };
};

/** The week that is asked for, what is known of the line before it, and the models with all that the request takes otherwise. */
const readAsked = async (ports: Ports, request: PlanRequest) => {
  const summary = await ports.store.trafficSummary();
  if (summary.length === 0) throw new BadInputError([noTraffic]);
  // Before the data are read: what is written while the week is planned is news to the plan, and not in it.
  const dataHash = await ports.store.dataHash();
  const { zone, intervalMinutes } = ports.models.hotline;
  const week = weekHorizon(request.week ?? nextWeek(summary, zone), zone, intervalMinutes);
  const known = await lineHistory(ports, {
    before: week.firstDate,
    models: monitoredBy(ports.models, request.testCalls),
  });
  const whatIf = readWhatIf(known.models, known.hours, request);
  const line = {
    ...known,
    models: whatIf.models,
    hours: whatIf.hours,
    notices:
      whatIf.hours === known.hours
        ? known.notices
        : [...known.notices, ...openHoursWithoutCalls(known.fresh, openingOf(whatIf.models))],
  };
  const factors = factorsOf(request);
  const models = { ...line.models, tiers: withShrinkage(line.models.tiers, factors.shrinkage) };
  return {
    queuesWithTraffic: summary.map(({ queue }) => queue),
    dataHash,
    week,
    whatIf,
    line,
    models,
    factors,
    isWhatIf: asksWhatIf(request, models),
  };
};

type Asked = Awaited<ReturnType<typeof readAsked>>;

/** People and settings that the week is staffed with, and the shifts of an earlier plan that it starts from. */
const readInputs = async (ports: Ports, { week, whatIf, line, models }: Asked) => {
  const before = await ports.store.planOfWeek(week.week);
  const operators = await ports.store.read('operators');
  const people = whatIf.withPeople(peopleOnBooks(operators, models.tiers));
  const bookedLeaveHours = hoursOnLeave(operators, await ports.store.read('leave'), week.dates);
  const snapshot = {
    ...inputSnapshot(whatIf.withSettings(ports.models), line.events, week.firstDate),
    people: [...people],
  };
  const earlier = before === undefined || isWhatIf(before.id) ? undefined : earlierShifts(before, snapshot);
  return { people, snapshot, earlier, bookedLeaveHours, inNoTier: sayInNoTier(operators, models.tiers) };
};

type StaffedWeek = Awaited<ReturnType<typeof staffWeek>>;

/** What callers meet in the staffed week by formula, what the monitor will see, and the proof by simulation; none without its seed. */
const proveStaffed = async (
  ports: Ports,
  { week, models }: Asked,
  demand: Demand,
  staffed: StaffedWeek,
  seed: number | undefined,
) => {
  await step(ports, 0.85, 'projection');
  const weekStart = startOfDay(week.firstDate, ports.models.hotline.zone);
  const quality = await qualityEvidence(ports.store, models, weekStart);
  const operation = { demand, capacity: staffed.capacity, policy: staffed.policy };
  const projected = awaitLater(projectPlan(ports, operation, models, quality, week, seed !== undefined));
  // Threads live through the week while the formula is asked.
  const simulation =
    seed === undefined
      ? undefined
      : awaitLater(simulateWeek(ports, operation, seed, proofReplications(demand)));
  const projection = await projected;
  await step(ports, 0.92, 'proof');
  return {
    projection,
    prices: await staffed.priced(),
    // Of the projection, like every figure of the plan: prompts are chosen on the mean forecast alone.
    promptReasons: staffed.explainPrompts(
      projection.withoutPrompts ?? projection.outcome,
      projection.outcome,
    ),
    proof:
      simulation === undefined
        ? null
        : provePlan({
            targets: staffed.targets,
            open: openIntervals(models, week, demand),
            analytic: projection.outcome,
            simulation: await simulation,
            toppedUp: staffed.toppedUp,
          }),
  };
};

const gatherParts = async (
  ports: Ports,
  request: PlanRequest,
  made: {
    readonly asked: Asked;
    readonly forecast: WeekForecast;
    readonly built: ReturnType<typeof buildDemand>;
    readonly inputs: Awaited<ReturnType<typeof readInputs>>;
    readonly staffed: StaffedWeek;
    readonly proved: Awaited<ReturnType<typeof proveStaffed>>;
  },
): Promise<PlanParts> => {
  const { forecast, built, inputs, staffed, proved } = made;
  const { week, whatIf, line, models, factors, dataHash, queuesWithTraffic, isWhatIf: asks } = made.asked;
  const { zone } = ports.models.hotline;
  const lastKnown = startOfDay(addDays(line.history.lastDate, 1), zone);
  return {
    week,
    models,
    history: line.history,
    hours: line.hours,
    calendar: line.calendar,
    forecast,
    demand: built.demand,
    counts: built.counts,
    ...staffed,
    ...proved,
    earlier: inputs.earlier,
    seen: await operatorsSeen(ports.store, week, Math.min(lastKnown, startOfDay(week.firstDate, zone))),
    whatIf: asks,
    parameterSources: [
      ...built.parameterSources,
      ...tierParameterSources(models.tiers),
      ...staffed.promptSources,
    ],
    inputSnapshot: inputs.snapshot,
    bookedLeaveHours: inputs.bookedLeaveHours,
    factors,
    asked: whatIf.asked,
    seed: request.seed,
    createdAtMillis: ports.nowMillis,
    dataHash,
    unusual: [
      ...line.unusual,
      ...inputs.inNoTier,
      ...sayChangedByHalf(forecast, week.dates),
      ...warnImplausible(
        staffed.requirement.tiers.map(({ operators }) => operators),
        line.history,
        (queue) => models.hotline.queues.find((each) => each.queue === queue)?.assumedHandleTimeSeconds ?? 0,
      ),
    ],
    assumptions: uniqueSentences([
      ...forecast.assumptions,
      ...built.assumptions,
      ...staffed.promptAssumptions,
    ]),
    notices: uniqueSentences([
      ...transfersCountedTwice(models.hotline, queuesWithTraffic),
      ...forecast.notices,
      ...staffed.bandNotices,
      ...(proved.projection.monitoring.findings ?? []),
    ]),
  };
};

const factorsOf = (request: PlanRequest): Factors => ({
  handleTime: request.handleTimeFactor ?? nothingAsked.handleTimeFactor,
  patience: request.patienceFactor ?? nothingAsked.patienceFactor,
  redials: request.redialFactor ?? nothingAsked.redialFactor,
  shrinkage: request.shrinkageFactor ?? nothingAsked.shrinkageFactor,
});

/** Whether a request makes another plan than the week's own; it is then kept as a what-if. What is so anyhow asks nothing. */
const asksWhatIf = (request: PlanRequest, { targets }: Pick<Models, 'targets'>): boolean => {
  const neutral: Readonly<Record<string, unknown>> = nothingAsked;
  return Object.entries(request).some(([name, asked]: [string, unknown]) => {
    if (asked === undefined || ofSamePlan.has(name)) return false;
    // Both come from the schema, which puts their fields in one order.
    if (name === 'targets') return JSON.stringify(asked) !== JSON.stringify(targets);
    return Array.isArray(asked) ? asked.length > 0 : asked !== neutral[name];
  });
};

/** Chance asked of a band where none is given. */
const usualBandConfidence = 0.9;

const bandTargetOf = ({ band, confidence, testCalls }: PlanRequest): BandTarget | undefined =>
  band === undefined
    ? undefined
    : {
        band,
        confidence: confidence ?? usualBandConfidence,
        ...(testCalls === undefined ? {} : { testCalls }),
      };

/** The models with the number of test calls that a band is asked for. */
const monitoredBy = (models: Models, testCalls: number | undefined): Models =>
  testCalls === undefined ? models : { ...models, monitor: { ...models.monitor, testCalls } };

/**
 * Where operators hand calls on to a queue that has traffic of its own: its report may hold those calls already, and
 * then they are planned for twice. One finding for each such queue.
 */
export const transfersCountedTwice = (
  { queues }: HotlineModel,
  queuesWithTraffic: readonly string[],
): readonly PlanningFinding[] => {
  const rung = new Set(queuesWithTraffic);
  return queues.flatMap((to) => {
    if (!rung.has(to.queue)) return [];
    const from = queues.filter(
      ({ queue, transfers }) =>
        rung.has(queue) &&
        transfers?.some(({ toQueue, share }) => toQueue === to.queue && share > 0) === true,
    );
    if (from.length === 0) return [];
    return [
      planningFinding('handed-on-calls-counted-twice', { to: to.name, from: from.map(({ name }) => name) }),
    ];
  });
};

/**
 * The most that a week is planned for, over all queues: four times the largest hotlines (80,000 calls a day, some 500
 * Erlangs at their peak). Up to here the time that a plan takes is bounded; beyond it stand slips, not calls.
 */
const mostPlanned = { erlangs: 2_000, calls: 2_500_000 } as const;

/** Sample paths may go so many times beyond it: the luck of a peak, not its size. */
const pathTimes = 4;

/** Throws `BadInputError` where a week's demand is beyond what is planned for, with the peak and what may be the cause. */
export const limitDemand = (demand: Demand, unusual: readonly Sayable[]): void => {
  const { count, intervalMinutes } = demand.horizon;
  const seconds = intervalMinutes * 60;
  let [erlangs, wildest, calls] = [0, 0, 0];
  for (let i = 0; i < count; i += 1) {
    let [load, most] = [0, 0];
    for (const queue of demand.queues) {
      const fresh = valueAt(queue.freshMean, i);
      const handle = valueAt(queue.handleTimeSeconds, i);
      let highest = 0;
      for (let p = 0; p < queue.pathCount; p += 1)
        highest = Math.max(highest, valueAt(queue.ratePaths, p * count + i));
      calls += fresh;
      load += (fresh * handle) / seconds;
      most += (highest * handle) / seconds;
    }
    erlangs = Math.max(erlangs, load);
    wildest = Math.max(wildest, most);
  }
  const within = erlangs <= mostPlanned.erlangs && wildest <= pathTimes * mostPlanned.erlangs;
  if (within && calls <= mostPlanned.calls) return;
  throw new BadInputError([
    beyondPlanning(Math.max(erlangs, wildest / pathTimes), calls),
    ...unusual.map((figures) => planningProblem('traffic', 'unusual-figures', '', { figures })),
  ]);
};

const beyondPlanning = (erlangs: number, calls: number): Problem =>
  planningProblem('demand', 'demand-beyond-planning', Math.round(erlangs), {
    calls,
    erlangs,
    mostCalls: mostPlanned.calls,
    mostErlangs: mostPlanned.erlangs,
  });

/** Times of the busiest that was ever seen from which a requirement is questioned. */
const timesSeen = 10;

/** Operators below which no requirement is questioned: a quiet line may well need ten times one operator. */
const leastQuestioned = 20;

/**
 * Questions a requirement of ten times what was ever seen: busy operators at the history's busiest interval, by calls
 * and handle times. `assumedHandleSeconds` is taken where the data has no handle time.
 */
export const warnImplausible = (
  required: readonly ArrayLike<number>[],
  history: History,
  assumedHandleSeconds: (queue: string) => number,
): readonly PlanningFinding[] => {
  const busy = new Map<number, number>();
  for (const queue of history.queues) {
    const seconds = queue.intervalMinutes * 60;
    queue.startMillis.forEach((at, i) => {
      const handle = valueAt(queue.handleSecondsTotal, i);
      const implausible = Number.isNaN(handle)
        ? valueAt(queue.offered, i) * assumedHandleSeconds(queue.queue)
        : handle;
      if (implausible > 0) busy.set(at, (busy.get(at) ?? 0) + implausible / seconds);
    });
  }
  let seen = 0;
  for (const erlangs of busy.values()) seen = Math.max(seen, erlangs);
  let most = 0;
  for (let i = 0; i < (required[0]?.length ?? 0); i += 1)
    most = Math.max(
      most,
      required.reduce((sum, tier) => sum + valueAt(tier, i), 0),
    );
  if (most < leastQuestioned || !(most > timesSeen * seen)) return [];
  return [
    planningFinding('requirement-far-above-seen', { operators: most, busiest: seen, times: timesSeen }),
  ];
};

/**
 * Days of the week that people have changed by more than half: the forecast by hand, or an event whose effect was
 * stated and not learnt. A slip of the keys (+200 for +20) is at the plan's top with what it does.
 */
const sayChangedByHalf = (
  { original, overruled, dayOffset, events }: WeekForecast,
  dates: readonly PlainDate[],
): readonly PlanningFinding[] => {
  const callsOf = (forecasts: WeekForecast['original'], day: number): number =>
    [...forecasts.values()].reduce(
      (sum, { dayQuantiles }) => sum + (dayQuantiles.mean[dayOffset + day] ?? 0),
      0,
    );
  return dates.flatMap((date, day) => {
    const [before, after] = [callsOf(original, day), callsOf(overruled, day)];
    const stated = events.filter(
      (event) =>
        event.date <= date && date <= (event.end ?? event.date) && isLargeChange(event.expectedEffect ?? 0),
    );
    return [
      ...(before > 0 && isLargeChange(after / before - 1)
        ? [planningFinding('day-changed-by-hand', { date, before, after })]
        : []),
      ...stated.map(({ label, expectedEffect = 0 }) =>
        planningFinding('event-changes-day', { date, event: label, effect: expectedEffect }),
      ),
    ];
  });
};

/**
 * Heads and weekly contract hours per tier. A tier without a recorded operator is left out, and so is an
 * operator of no known tier, except where there is only one tier to belong to.
 */
export const peopleOnBooks = (operators: readonly OperatorRecord[], { tiers }: TiersModel): TierPeople[] => {
  const only = tiers.length === 1 ? tiers[0]?.tier : undefined;
  return tiers.flatMap(({ tier }) => {
    const onBooks = operators.filter((operator) => (operator.tier ?? only) === tier);
    if (onBooks.length === 0) return [];
    const weeklyHours = onBooks.reduce((sum, operator) => sum + operator.contractHours, 0);
    return [{ tier, operators: onBooks.length, weeklyHours }];
  });
};

type InputSnapshot = NonNullable<PlanDocument['madeWith']>;

/** Whether shifts were chosen from other templates, or for other people, than those of now; plans of earlier versions do not tell. */
const isOtherChoice = (then: PlanDocument['madeWith'], now: InputSnapshot): boolean => {
  const differ = (one: unknown, other: unknown): boolean =>
    one !== undefined && JSON.stringify(one) !== JSON.stringify(other);
  return (
    then !== undefined &&
    (differ(then.settings.shifts, now.settings.shifts) || differ(then.people, now.people))
  );
};

/** A stored plan's shifts with their minutes counted from midnight of the shift's date, and whether there is more to choose from now. */
const earlierShifts = (
  { id, shifts, scheduleCost, madeWith }: PlanDocument,
  now: InputSnapshot,
): EarlierPlan => ({
  id,
  previous: {
    otherChoice: isOtherChoice(madeWith, now),
    shifts: shifts.map((shift) => {
      const startMinute = minuteOf(shift.start);
      return {
        ...shift,
        startMinute,
        breaks: shift.breaks.map((pause) => {
          const minute = minuteOf(pause.start);
          return { ...pause, startMinute: minute < startMinute ? minute + 1440 : minute };
        }),
      };
    }),
    cost: scheduleCost.cost,
    bound: scheduleCost.bound,
  },
});
