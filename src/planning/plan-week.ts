import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { TargetsModel } from '../contract/models/targets-model.ts';
import { choosePromptsOnThreads } from '../diversion/choose-prompts.ts';
import type { ForecastRequest } from '../forecast/forecast-types.ts';
import { loadCalendar } from '../kernel/calendar-loading.ts';
import { CancelledError } from '../kernel/errors.ts';
import type { Capacity, Demand, Policy } from '../kernel/hotline.ts';
import { addDays, startOfDay, weekOf } from '../kernel/time.ts';
import { coverByShifts } from '../scheduling/cover-by-shifts.ts';
import { priceAssumptionsTask, priceBoundsTask, type VariantPrices } from '../staffing/price-variants.ts';
import { requireOperators, type Requirement, type StaffingRequest } from '../staffing/require-operators.ts';
import type { TierPeople } from '../scheduling/cover-request.ts';
import { buildDemand } from './build-demand.ts';
import { buildPolicy } from './build-policy.ts';
import { sayCountedTwice } from './counted-twice.ts';
import { effectiveModels } from './effective-models.ts';
import { forecastWeek, openingOf, unique } from './forecast-week.ts';
import { neverDiverted } from './never-diverted.ts';
import { operatorsSeen } from './operators-seen.ts';
import { peopleOnBooks } from './people-on-books.ts';
import type { PlanParts } from './plan-parts.ts';
import type { Models, Ports } from './ports.ts';
import { projectPlan } from './project-plan.ts';
import { proofReplications, provePlan, simulateWeek } from './prove-plan.ts';
import { readHistory } from './read-history.ts';
import { learnFromStore } from './seen-prompts.ts';
import { packWorld, type PlanWorld } from './plan-world.ts';
import { planKey, rememberPlan, takeUpPlan } from './remembered-plan.ts';
import type { BandWish } from './band-ladder.ts';
import { bandVariantPrices } from './price-band-variants.ts';
import { staffForBand } from './staff-for-band.ts';
import { standIns } from './stand-ins.ts';
import { qualityEvidence } from './tier-figures.ts';
import { topUpRequirement } from './top-up-requirement.ts';
import { weekHorizon, type WeekHorizon } from './week-horizon.ts';
import { writePlan } from './write-plan.ts';

export interface PlanRequest {
  /** ISO week; left out: the week after the last day of traffic. */
  readonly week?: string;
  /** Instead of models/targets.json. */
  readonly targets?: TargetsModel;
  /** Staff for a temperature band instead of the given connection rate. */
  readonly band?: BandWish;
  readonly method?: ForecastRequest['method'];
  readonly seed: number;
}

const pathCount = 100;

/**
 * Plans a week: forecast → requirement → shifts → prompts on that roster → projection → what the monitor will
 * see. The plan is stored together with the demand it was made for. Where nothing has changed since a plan was
 * made, that plan is the answer: the same comes out of the same.
 */
export const planWeek = async (ports: Ports, request: PlanRequest): Promise<PlanDocument> => {
  const key = await planKey(ports, request);
  const known = key === undefined ? undefined : await takeUpPlan(ports, key);
  if (known !== undefined) {
    ports.progress(1, 'done');
    return known;
  }
  const { plan, world } = await makePlan(ports, request);
  await ports.store.savePlan(plan, packWorld(world));
  if (key !== undefined) await rememberPlan(ports, key, plan);
  return plan;
};

/** A plan and the world it was made for, not stored: what a comparison in hindsight needs. */
export const makePlan = async (
  ports: Ports,
  request: PlanRequest,
): Promise<{ readonly plan: PlanDocument; readonly world: PlanWorld }> => {
  const summary = await ports.store.trafficSummary();
  const rung = summary.map(({ queue }) => queue);
  const { models, notices } = effectiveModels(monitoredBy(ports.models, request.band?.testCalls), rung);
  const { zone, intervalMinutes } = models.hotline;
  const week = weekHorizon(request.week ?? nextWeek(summary, zone), zone, intervalMinutes);
  const weekStart = startOfDay(week.firstDate, zone);
  const history = await readHistory(ports.store, zone, intervalMinutes, {
    fromMillis: -8.64e15,
    toMillis: weekStart,
  });
  const calendar = await loadCalendar({
    country: models.hotline.country,
    overrides: models.calendar,
  });
  await step(ports, 0.02, 'forecast');
  const forecast = await forecastWeek(ports, models, history, week, {
    seed: request.seed,
    method: request.method ?? 'auto',
    pathCount,
    calendar,
  });
  const { demand, assumptions } = buildDemand(models, history, forecast, week);
  const asked = request.targets ?? models.targets;
  const staffed = await staff(ports, models, demand, week, asked, request);
  // Threads live through the week while the formula is asked.
  const simulation = alongside(simulateStaffed(ports, demand, staffed, request.seed));
  await step(ports, 0.85, 'projection');
  const lastKnown = startOfDay(addDays(history.lastDate, 1), zone);
  const projection = projectPlan(
    demand,
    staffed,
    models,
    await qualityEvidence(ports.store, models, weekStart),
    week,
  );
  await step(ports, 0.92, 'proof');
  const parts: PlanParts = {
    week,
    models,
    history,
    calendar,
    forecast,
    demand,
    ...staffed,
    projection,
    proof: provePlan({
      targets: staffed.targets,
      open: openIntervals(models, week),
      analytic: projection.outcome,
      simulation: await simulation,
      toppedUp: staffed.toppedUp,
    }),
    seen: await operatorsSeen(ports.store, week, Math.min(lastKnown, weekStart)),
    whatIf: request.band !== undefined || !sameTargets(asked, models.targets),
    seed: request.seed,
    createdAtMillis: ports.nowMillis,
    dataHash: await ports.store.dataHash(),
    assumptions: unique([...forecast.assumptions, ...assumptions, ...staffed.promptAssumptions]),
    notices: unique([
      ...notices,
      ...sayCountedTwice(models.hotline, rung),
      ...forecast.notices,
      ...staffed.bandNotices,
      ...(projection.monitoring.findings ?? []),
    ]),
  };
  const plan = await writePlan(parts);
  // What is asked of the plan later is held to the targets that it was made for.
  const world: PlanWorld = {
    demand,
    capacity: staffed.capacity,
    placements: staffed.policy.prompts,
    models: { ...models, targets: staffed.targets },
  };
  await step(ports, 1, 'done');
  return { plan, world };
};

/** Both come from the schema, which puts their fields in one order. */
const sameTargets = (one: TargetsModel, other: TargetsModel): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** The models with the number of test calls that a band is asked for. */
const monitoredBy = (models: Models, testCalls: number | undefined): Models =>
  testCalls === undefined ? models : { ...models, monitor: { ...models.monitor, testCalls } };

/** Between two stages: tells how far the work is, and lets a wish to cancel come in. */
const step = async (ports: Ports, done: number, name: string): Promise<void> => {
  ports.progress(done, name);
  await new Promise((resolve) => setTimeout(resolve, 0));
  if (ports.shouldStop()) throw new CancelledError();
};

/** The staffed week lived through by simulation. */
const simulateStaffed = (
  ports: Ports,
  demand: Demand,
  { capacity, policy }: { readonly capacity: Capacity; readonly policy: Policy },
  seed: number,
) => simulateWeek(ports, demand, capacity, policy, seed, proofReplications(demand));

/** Work that goes on beside other work and is waited for later: its failure is told then, not before. */
const alongside = <Answer>(work: Promise<Answer>): Promise<Answer> => {
  work.catch(() => undefined);
  return work;
};

/** The ISO week after the one that holds the last interval of traffic. */
export const nextWeek = (summary: readonly { readonly lastMillis: number }[], zone: string): string => {
  const last = Math.max(...summary.map((queue) => queue.lastMillis));
  const date = Temporal.Instant.fromEpochMilliseconds(last).toZonedDateTimeISO(zone).toPlainDate().toString();
  return weekOf(addDays(date, 7));
};

/** Prices of variants of a request, worked out on another thread. */
const pricesOf = async (
  ports: Ports,
  task: typeof priceBoundsTask,
  { shouldStop, progress, ...request }: StaffingRequest,
): Promise<VariantPrices> => {
  void [shouldStop, progress];
  const [prices] = await ports.parallel<VariantPrices>(task, [request]);
  return prices ?? [];
};

/** Requirement, shifts and prompts for a demand. */
const staff = async (
  ports: Ports,
  models: Models,
  demand: Demand,
  week: WeekHorizon,
  asked: TargetsModel,
  wish: PlanRequest,
) => {
  const policy: Policy = buildPolicy(models.hotline, models.tiers, models.prompts);
  const open = openIntervals(models, week);
  const trunks = models.hotline.trunks ?? Infinity;
  const request = {
    demand,
    policy,
    tiers: models.tiers.tiers,
    targets: asked,
    trunks,
    open,
    shouldStop: ports.shouldStop,
  };
  await step(ports, 0.2, 'requirement');
  const people = peopleOnBooks(await ports.store.operators(), models.tiers);
  const cover = (requirement: Requirement, targets: TargetsModel, onBooks: boolean) =>
    coverAndPrompt(ports, models, request, wish.seed, requirement, targets, onBooks ? people : []);
  if (wish.band !== undefined) {
    const { rostered, notices, bareChance, ...banded } = await staffForBand(
      wish.band,
      request,
      models,
      cover,
      people.length > 0,
    );
    const variants = await bandVariantPrices(ports.parallel, {
      wish: wish.band,
      bareChance,
      request,
      models,
    });
    return { ...banded, ...rostered, variants, bandNotices: notices, toppedUp: undefined };
  }
  // This thread and another are both at work in each stage: assumptions beside the requirement, bounds beside shifts.
  const assumptions = alongside(pricesOf(ports, priceAssumptionsTask, request));
  const byFormula = requireOperators(request);
  const weeks = proofReplications(demand, 0.5);
  await step(ports, 0.35, 'simulation');
  const toppedUp = await topUpRequirement(request, byFormula, (capacity) =>
    simulateWeek(ports, demand, capacity, policy, wish.seed + 1, weeks),
  );
  const { requirement } = toppedUp;
  const bounds = alongside(pricesOf(ports, priceBoundsTask, request));
  const rostered = await cover(requirement, asked, true);
  const variants = [...(await assumptions), ...(await bounds)];
  return { targets: asked, requirement, variants, ...rostered, bandNotices: [], toppedUp };
};

/** Shifts that cover a requirement, and the prompts that play on them. */
const coverAndPrompt = async (
  ports: Ports,
  models: Models,
  { demand, policy, trunks, open }: StaffingRequest,
  seed: number,
  requirement: Requirement,
  targets: TargetsModel,
  people: readonly TierPeople[],
) => {
  await step(ports, 0.55, 'shifts');
  const schedule = await coverByShifts(
    {
      horizon: demand.horizon,
      requirement: requirement.tiers,
      tiers: models.tiers.tiers,
      shifts: models.shifts,
      ...(people.length === 0 ? {} : { people, tierMayCover: standIns(models.tiers) }),
      seed,
      gap: 0.03,
      shouldStop: ports.shouldStop,
    },
    ports.solver,
  );
  await step(ports, 0.75, 'prompts');
  const capacity = { tiers: schedule.ready, trunks };
  const { catalogue, said } = await learnFromStore(ports.store, models, demand.horizon.startMillis);
  const asked = {
    demand,
    capacity,
    policy,
    catalogue,
    targets,
    open,
    neverDivert: neverDiverted(models),
    evaluationsPerDay: 80,
    shouldStop: ports.shouldStop,
  };
  const chosen = await choosePromptsOnThreads(asked, ports.parallel);
  return {
    schedule,
    openHours: schedule.openHours,
    capacity,
    policy: { ...policy, prompts: chosen.prompts },
    spans: chosen.spans,
    promptReasons: chosen.reasons,
    promptAssumptions: [...chosen.assumptions, ...said],
  };
};

/** 1 for each interval in which the line is open. */
export const openIntervals = (models: Models, week: WeekHorizon): Uint8Array => {
  const isOpen = openingOf(models);
  return Uint8Array.from({ length: week.horizon.count }, (_, i) =>
    isOpen(week.dates[week.day[i] ?? 0] ?? week.firstDate, week.slot[i] ?? 0) ? 1 : 0,
  );
};
