import type { PlanDocument } from '../contract/plan-document.ts';
import type { TargetsModel } from '../contract/model-files.ts';
import { choosePrompts } from '../diversion/choose-prompts.ts';
import type { ForecastRequest } from '../forecast/forecast-types.ts';
import { loadCalendar } from '../kernel/calendar-loading.ts';
import { CancelledError } from '../kernel/errors.ts';
import type { Demand, Policy } from '../kernel/hotline.ts';
import { addDays, startOfDay, weekOf } from '../kernel/time.ts';
import { coverByShifts } from '../scheduling/cover-by-shifts.ts';
import { priceAssumptions } from '../staffing/price-assumptions.ts';
import { requireOperators } from '../staffing/require-operators.ts';
import { buildDemand } from './build-demand.ts';
import { buildPolicy } from './build-policy.ts';
import { effectiveModels } from './effective-models.ts';
import { forecastWeek, openingOf, unique } from './forecast-week.ts';
import { operatorsSeen } from './operators-seen.ts';
import { peopleOnBooks } from './people-on-books.ts';
import type { Models, Ports } from './ports.ts';
import { projectPlan } from './project-plan.ts';
import { readHistory } from './read-history.ts';
import { saveWorld } from './plan-world.ts';
import { staffForBand, type BandWish } from './staff-for-band.ts';
import { standIns } from './stand-ins.ts';
import { tierFigures } from './tier-figures.ts';
import { weekHorizon, type WeekHorizon } from './week-horizon.ts';
import { writePlan, type PlanParts } from './write-plan.ts';

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
 * see. The plan is stored together with the demand it was made for.
 */
export const planWeek = async (ports: Ports, request: PlanRequest): Promise<PlanDocument> => {
  const summary = await ports.store.trafficSummary();
  const { models, notices } = effectiveModels(
    ports.models,
    summary.map((queue) => queue.queue),
  );
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
  step(ports, 0.02, 'forecast');
  const forecast = await forecastWeek(ports, models, history, week, {
    seed: request.seed,
    method: request.method ?? 'auto',
    pathCount,
    calendar,
  });
  const { demand, assumptions } = buildDemand(models, history, forecast, week);
  const asked = request.targets ?? models.targets;
  const staffed = await staff(ports, models, demand, week, asked, request);
  step(ports, 0.85, 'projection');
  const lastKnown = startOfDay(addDays(history.lastDate, 1), zone);
  const parts: PlanParts = {
    week,
    models,
    history,
    calendar,
    forecast,
    demand,
    ...staffed,
    projection: projectPlan(
      demand,
      staffed,
      models,
      tierFigures(await ports.store.operators(), models.tiers),
      week,
    ),
    seen: await operatorsSeen(ports.store, week, Math.min(lastKnown, weekStart)),
    seed: request.seed,
    createdAtMillis: ports.nowMillis,
    dataHash: await ports.store.dataHash(),
    assumptions: unique([...forecast.assumptions, ...assumptions, ...staffed.promptAssumptions]),
    notices: unique([...notices, ...forecast.notices, ...staffed.bandNotices]),
  };
  const plan = await writePlan(parts);
  await ports.store.savePlan(plan);
  await saveWorld(ports.store, plan.id, {
    demand,
    capacity: staffed.capacity,
    placements: staffed.policy.prompts,
    models,
  });
  step(ports, 1, 'done');
  return plan;
};

const step = (ports: Ports, done: number, name: string): void => {
  if (ports.shouldStop()) throw new CancelledError();
  ports.progress(done, name);
};

/** The ISO week after the one that holds the last interval of traffic. */
export const nextWeek = (summary: readonly { readonly lastMillis: number }[], zone: string): string => {
  const last = Math.max(...summary.map((queue) => queue.lastMillis));
  const date = Temporal.Instant.fromEpochMilliseconds(last).toZonedDateTimeISO(zone).toPlainDate().toString();
  return weekOf(addDays(date, 7));
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
  step(ports, 0.2, 'requirement');
  const banded = wish.band === undefined ? undefined : staffForBand(wish.band, request, models);
  const requirement = banded?.requirement ?? requireOperators(request);
  const targets = banded?.targets ?? asked;
  step(ports, 0.45, 'assumptions');
  const variants = priceAssumptions({ ...request, targets });
  step(ports, 0.55, 'shifts');
  const people = peopleOnBooks(await ports.store.operators(), models.tiers);
  const schedule = await coverByShifts(
    {
      horizon: demand.horizon,
      requirement: requirement.tiers,
      tiers: models.tiers.tiers,
      shifts: models.shifts,
      ...(people.length === 0 ? {} : { people, tierMayCover: standIns(models.tiers) }),
      seed: wish.seed,
      gap: 0.02,
      shouldStop: ports.shouldStop,
    },
    ports.solver,
  );
  step(ports, 0.75, 'prompts');
  const capacity = { tiers: schedule.ready, trunks };
  const neverDivert = models.hotline.queues.filter((queue) => queue.neverDivert).map((queue) => queue.queue);
  const chosen = choosePrompts({
    demand,
    capacity,
    policy,
    catalogue: models.prompts,
    targets,
    open,
    neverDivert,
    shouldStop: ports.shouldStop,
  });
  return {
    targets,
    bandNotices: banded?.notices ?? [],
    requirement,
    variants,
    schedule,
    capacity,
    policy: { ...policy, prompts: chosen.prompts },
    spans: chosen.spans,
    promptReasons: chosen.reasons,
    promptAssumptions: chosen.assumptions,
  };
};

/** 1 for each interval in which the line is open. */
export const openIntervals = (models: Models, week: WeekHorizon): Uint8Array => {
  const isOpen = openingOf(models);
  return Uint8Array.from({ length: week.horizon.count }, (_, i) =>
    isOpen(week.dates[week.day[i] ?? 0] ?? week.firstDate, week.slot[i] ?? 0) ? 1 : 0,
  );
};
