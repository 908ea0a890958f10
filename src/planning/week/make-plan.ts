import { countedTwice } from './counted-twice.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { isWhatIf } from '../../contract/documents/plan-id.ts';
import type { TargetsModel } from '../../contract/models/targets-model.ts';
import { BadInputError } from '../../kernel/errors.ts';
import type { Demand, Operation } from '../../kernel/hotline.ts';
import { addDays, startOfDay, weekOf } from '../../kernel/time.ts';
import { refuseBoundless } from './bound-demand.ts';
import { groundsOfTiers, withShrinkage, type Factors } from '../forecasts/grounds.ts';
import { buildDemand } from '../forecasts/build-demand.ts';
import { earlierShifts } from './earlier-shifts.ts';
import { noTraffic } from '../history/effective-models.ts';
import { sayChangedByHalf, sayFarAboveSeen } from './far-above-seen.ts';
import { freezeForecast } from '../forecasts/frozen-forecast.ts';
import { forecastWeek, unique } from '../forecasts/forecast-week.ts';
import { lineHistory, openingOf } from '../history/line-history.ts';
import { openWithoutCalls } from '../history/open-without-calls.ts';
import { readWhatIf, type WhatIf } from './what-if.ts';
import { peopleOnBooks } from './people-on-books.ts';
import { openIntervals } from '../operation/open-intervals.ts';
import { operatorsSeen } from '../operation/operators-seen.ts';
import { madeWith } from './made-with.ts';
import type { PlanParts } from './plan-parts.ts';
import type { Models, Ports } from '../ports.ts';
import { projectPlan } from '../operation/project-plan.ts';
import { proofReplications, provePlan, simulateWeek } from './prove-plan.ts';
import { plannedOperation, type PlannedOperation } from '../operation/planned-operation.ts';
import type { BandTarget } from '../../monitoring/band-ladder.ts';
import type { PlanRequest } from '../../contract/http/job-requests.ts';
import { alongside, step } from './stages.ts';
import { staffWeek } from './staff-week.ts';
import { qualityEvidence } from '../history/quality-evidence.ts';
import { weekHorizon } from '../operation/week-horizon.ts';
import { writePlan } from './write-plan.ts';

const pathCount = 100;

/** A plan and the operation that it plans, not stored. A comparison in hindsight asks for none of its prices. */
export const makePlan = async (
  ports: Ports,
  request: PlanRequest,
  { prices = true }: { readonly prices?: boolean } = {},
): Promise<{
  readonly plan: PlanDocument;
  readonly planned: PlannedOperation;
  /** The forecast of twelve weeks as it stands now, to be held against what comes. */
  readonly freeze: () => Promise<Uint8Array>;
}> => {
  const summary = await ports.store.trafficSummary();
  if (summary.length === 0) throw new BadInputError([noTraffic]);
  const { zone, intervalMinutes } = ports.models.hotline;
  const week = weekHorizon(request.week ?? nextWeek(summary, zone), zone, intervalMinutes);
  const weekStart = startOfDay(week.firstDate, zone);
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
        : [...known.notices, ...openWithoutCalls(known.fresh, openingOf(whatIf.models))],
  };
  const factors = factorsOf(request);
  const { history } = line;
  const models = { ...line.models, tiers: withShrinkage(line.models.tiers, factors.shrinkage) };
  await step(ports, 0.02, 'forecast');
  const forecast = await forecastWeek(ports, line, week, {
    seed: request.seed,
    method: 'auto',
    pathCount,
    assumedCauses: request.cause,
  });
  const { demand, grounds, counts, assumptions } = buildDemand(models, history, forecast, week, {
    ...factors,
    handleTimeSeconds: request.handleTimeSeconds ?? 0,
  });
  refuseBoundless(demand, line.unusual);
  const asked = request.targets ?? models.targets;
  const own = await ports.store.planOfWeek(week.week);
  const people = whatIf.withPeople(peopleOnBooks(await ports.store.operators(), models.tiers));
  const rests = {
    ...madeWith(settingsAsked(ports.models, whatIf), line.events, week.firstDate),
    people: [...people],
  };
  const earlier = own === undefined || isWhatIf(own.id) ? undefined : earlierShifts(own, rests);
  const staffed = await staffWeek(ports, models, demand, week, asked, {
    seed: request.seed,
    earlier,
    band: bandTargetOf(request),
    prices,
    people,
  });
  // Threads live through the week while the formula is asked.
  const simulation = alongside(simulateStaffed(ports, demand, staffed, request.seed));
  await step(ports, 0.85, 'projection');
  const lastKnown = startOfDay(addDays(history.lastDate, 1), zone);
  const projection = projectPlan(
    { demand, capacity: staffed.capacity, policy: staffed.policy },
    models,
    await qualityEvidence(ports.store, models, weekStart),
    week,
  );
  await step(ports, 0.92, 'proof');
  const parts: PlanParts = {
    week,
    models,
    history,
    hours: line.hours,
    calendar: line.calendar,
    forecast,
    demand,
    counts,
    ...staffed,
    earlier,
    projection,
    // Of the projection, like every figure of the plan: prompts are chosen on the mean forecast alone.
    promptReasons: staffed.explainPrompts(
      projection.withoutPrompts ?? projection.outcome,
      projection.outcome,
    ),
    proof: provePlan({
      targets: staffed.targets,
      open: openIntervals(models, week, demand),
      analytic: projection.outcome,
      simulation: await simulation,
      toppedUp: staffed.toppedUp,
    }),
    seen: await operatorsSeen(ports.store, week, Math.min(lastKnown, weekStart)),
    whatIf: Object.values(asksWhatIf).some((asks) => asks(request, models)),
    grounds: [...grounds, ...groundsOfTiers(models.tiers), ...staffed.promptGrounds],
    madeWith: rests,
    factors,
    asked: [...askedSeconds(request), ...whatIf.asked],
    seed: request.seed,
    createdAtMillis: ports.nowMillis,
    dataHash: await ports.store.dataHash(),
    unusual: [
      ...line.unusual,
      ...sayChangedByHalf(forecast, week.dates),
      ...sayFarAboveSeen(
        staffed.requirement.tiers.map(({ operators }) => operators),
        history,
        (queue) => models.hotline.queues.find((each) => each.queue === queue)?.assumedHandleTimeSeconds ?? 0,
      ),
    ],
    assumptions: unique([...forecast.assumptions, ...assumptions, ...staffed.promptAssumptions]),
    notices: unique([
      ...countedTwice(
        models.hotline,
        summary.map(({ queue }) => queue),
      ),
      ...forecast.notices,
      ...staffed.bandNotices,
      ...(projection.monitoring.findings ?? []),
    ]),
  };
  const plan = await writePlan(parts);
  // What is asked of the plan later is held to the targets that it was made for.
  const planned = plannedOperation(
    { demand, capacity: staffed.capacity },
    { ...models, targets: staffed.targets },
    staffed.policy.prompts,
  );
  await step(ports, 1, 'done');
  return { plan, planned, freeze: () => freezeForecast(ports, line, forecast.origin, request.seed) };
};

const factorsOf = ({
  handleTimeFactor = 1,
  patienceFactor = 1,
  redialFactor = 1,
  shrinkageFactor = 1,
}: PlanRequest): Factors => ({
  handleTime: handleTimeFactor,
  patience: patienceFactor,
  redials: redialFactor,
  shrinkage: shrinkageFactor,
});

const askedSeconds = ({ handleTimeSeconds: seconds = 0 }: PlanRequest): WhatIf['asked'] =>
  seconds === 0 ? [] : [{ what: 'handle-time-seconds', seconds }];

const never = (): boolean => false;

/** Which questions of a request make another plan than the week's own; it is then kept as a what-if. */
const asksWhatIf: Readonly<
  Record<keyof PlanRequest, (request: PlanRequest, models: Pick<Models, 'targets'>) => boolean>
> = {
  week: never,
  seed: never,
  targets: ({ targets }, models) => targets !== undefined && !sameTargets(targets, models.targets),
  band: ({ band }) => band !== undefined,
  // How sure the band is to be, and by how many test calls the same plan is judged.
  confidence: never,
  testCalls: never,
  handleTimeFactor: ({ handleTimeFactor = 1 }) => handleTimeFactor !== 1,
  patienceFactor: ({ patienceFactor = 1 }) => patienceFactor !== 1,
  redialFactor: ({ redialFactor = 1 }) => redialFactor !== 1,
  shrinkageFactor: ({ shrinkageFactor = 1 }) => shrinkageFactor !== 1,
  handleTimeSeconds: ({ handleTimeSeconds = 0 }) => handleTimeSeconds !== 0,
  latestStart: ({ latestStart = [] }) => latestStart.length > 0,
  addShift: ({ addShift = [] }) => addShift.length > 0,
  dropShift: ({ dropShift = [] }) => dropShift.length > 0,
  people: ({ people = [] }) => people.length > 0,
  openingHours: ({ openingHours = [] }) => openingHours.length > 0,
  cause: ({ cause = [] }) => cause.length > 0,
};

/** Both come from the schema, which puts their fields in one order. */
const sameTargets = (one: TargetsModel, other: TargetsModel): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

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

/** Settings as the plan was made with: the workspace's, with the shifts and hours that it was asked to take instead. */
const settingsAsked = (models: Models, { asked, models: { shifts, hotline } }: WhatIf): Models => ({
  ...models,
  ...(asked.some(({ what }) => what.endsWith('shift') || what === 'latest-start') ? { shifts } : {}),
  ...(asked.some(({ what }) => what === 'opening-hours')
    ? { hotline: { ...models.hotline, openingHours: hotline.openingHours } }
    : {}),
});

/** The staffed week lived through by simulation. */
const simulateStaffed = (
  ports: Ports,
  demand: Demand,
  { capacity, policy }: Pick<Operation, 'capacity' | 'policy'>,
  seed: number,
) => simulateWeek(ports, { demand, capacity, policy }, seed, proofReplications(demand));

/** The ISO week after the one that holds the last interval of traffic. */
export const nextWeek = (summary: readonly { readonly lastMillis: number }[], zone: string): string => {
  const last = Math.max(...summary.map((queue) => queue.lastMillis));
  const date = Temporal.Instant.fromEpochMilliseconds(last).toZonedDateTimeISO(zone).toPlainDate().toString();
  return weekOf(addDays(date, 7));
};
