import type { RequirementRequest } from '../contract/http/job-requests.ts';
import { planningFinding, planningProblem } from './planning-findings.ts';
import type { PlanDocument, PlanPrices } from '../contract/documents/plan-document.ts';
import type { RequirementDocument } from '../contract/documents/requirement-document.ts';
import { BadInputError } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/hotline.ts';
import { connectionRate, totalOutcome } from '../kernel/measures.ts';
import { project } from '../queueing/project.ts';
import {
  type CurvePoint,
  curvePointTask,
  type CurveQuestion,
  oneMoreOperator,
  type OperatorEffect,
} from '../staffing/price-curve.ts';
import { rateOrNull } from './operation/measure-effect.ts';
import { openIntervals, outsideWeek, type WeekHorizon } from './operation/week-horizon.ts';
import type { PlannedOperation } from './operation/planned-operation.ts';
import { askedAgain, assumedOf, loadPlan, unusualOf } from './operation/stored-plan.ts';
import type { Ports } from './ports.ts';
import { priceRequirement } from './week/staff-week.ts';
import { writePrices } from './week/write-plan.ts';

/** Futures of demand that a curve is staffed for: its points differ by far more than another hundred would move them. */
const curvePaths = 50;

/** Below this many operators there is nobody: what shrinkage leaves of an hour would make a row like the one below it. */
const dust = 0.05;

/** From two fewer to two more, as far as there is somebody to take away. */
export const changesFrom = (there: number): number[] =>
  [-2, -1, 0, 1, 2].filter((change) => change >= 0 || there + change > dust - 1);

/**
 * What would it take: how an interval of a plan moves with operators more or fewer, tier by tier, by formula on the
 * mean forecast; and what each connection rate (or share in time) from 80 % to 99 % costs in operator-hours under
 * the plan's confidence. The first says where one person helps, the second what a promise costs.
 */
export const explainRequirement = async (
  ports: Ports,
  request: RequirementRequest,
): Promise<RequirementDocument> => {
  const { plan, week, planned } = await loadPlan(ports, request.plan);
  const { models, capacity } = planned;
  const open = openIntervals(models, week, planned.demand);
  const interval = intervalOf(request.at, week, open, project(planned));
  const tiers = models.tiers.tiers.filter(
    ({ tier, name }) =>
      request.tier === undefined || [tier, ...Object.values(name)].includes(request.tier.trim()),
  );
  if (tiers.length === 0)
    throw new BadInputError([
      planningProblem('tier', 'unknown-tier', request.tier ?? '', {
        known: models.tiers.tiers.map(({ tier, name }) => [tier, name['zh-CN'], name.en].join(' / ')),
      }),
    ]);
  const rows = tiers.map(({ tier, name }, k) => {
    ports.progress((0.4 * k) / tiers.length, 'operators');
    const there = capacity.tiers.find((own) => own.tier === tier)?.operators[interval] ?? 0;
    const effects = oneMoreOperator(planned, tier, interval, changesFrom(there));
    return { tier, name, effects: writeEffects(effects) };
  });
  const prices = request.prices === true ? await pricesOf(ports, plan, planned, week) : undefined;
  const measure = request.curve ?? 'connection-rate';
  const begun = prices === undefined ? 0.4 : 0.7;
  const points = await curveOf(ports, planned, week, plan.targets, measure, begun);
  return {
    document: 'requirement',
    plan: plan.id,
    ...unusualOf(plan),
    at: week.starts[interval] ?? '',
    answerTimeThresholdSeconds: models.hotline.answerTimeThresholdSeconds,
    atFrom: request.at === undefined ? 'weakest' : 'asked',
    tiers: rows,
    curve:
      measure === 'none' || points === undefined
        ? null
        : { measure, points, requiredOperatorHours: plan.total.requiredOperatorHours },
    ...(prices === undefined ? {} : { prices }),
    notices: [...assumedOf(plan), ...notices(points, prices)],
  };
};

/** What the assumptions of a plan cost: as it stands in the plan, or worked out where it was made without. */
const pricesOf = async (
  ports: Ports,
  { variants, tenths, certain, total }: PlanDocument,
  { pricing, ...planned }: PlannedOperation,
  week: WeekHorizon,
): Promise<PlanPrices> => {
  if (pricing === undefined || variants.length > 0) return { variants, tenths, certain };
  ports.progress(0.4, 'assumptions');
  const { absences, connectionFloor: floor } = pricing;
  const request = { ...askedAgain(planned, week), absences };
  return writePrices(await priceRequirement(ports, request, floor, total.requiredOperatorHours));
};

/** The interval that holds a local time, or the open one with the lowest connection rate. */
const intervalOf = (
  at: string | undefined,
  week: WeekHorizon,
  open: Uint8Array,
  outcome: Outcome,
): number => {
  if (at !== undefined) {
    const wanted = at.replace(' ', 'T');
    const found = week.starts.findLastIndex(
      (start) => start <= wanted && start.slice(0, 10) === wanted.slice(0, 10),
    );
    if (found < 0) throw new BadInputError([outsideWeek('at', at, week)]);
    return found;
  }
  let weakest = 0;
  let lowest = Infinity;
  for (let i = 0; i < week.horizon.count; i += 1) {
    const totals = totalOutcome(outcome, i, i + 1);
    if (open[i] !== 1 || totals.offered < 5 || !(connectionRate(totals) < lowest)) continue;
    lowest = connectionRate(totals);
    weakest = i;
  }
  return weakest;
};

type Effect = RequirementDocument['tiers'][number]['effects'][number];

const writeEffects = (effects: readonly OperatorEffect[]): Effect[] => {
  const planned = effects.find(({ change }) => change === 0)?.answeredFromHere ?? 0;
  return effects.map(({ answeredFromHere, ...effect }) => ({
    change: effect.change,
    operators: effect.operators,
    connectionRate: rateOrNull(effect.connectionRate),
    serviceLevel: rateOrNull(effect.serviceLevel),
    averageSpeedOfAnswerSeconds: rateOrNull(effect.averageSpeedOfAnswerSeconds),
    occupancy: rateOrNull(effect.occupancy),
    abandoned: effect.abandoned,
    blocked: effect.blocked,
    answeredMore: answeredFromHere - planned,
  }));
};

const curveOf = async (
  ports: Ports,
  planned: PlannedOperation,
  week: WeekHorizon,
  { occupancyMax, confidence }: { readonly occupancyMax: number; readonly confidence: number },
  measure: CurveQuestion['measure'] | 'none',
  from: number,
): Promise<CurvePoint[] | undefined> => {
  if (measure === 'none') return undefined;
  const asked = askedAgain(planned, week);
  const targets = { ...asked.targets, occupancyMax, confidence };
  const request = { ...asked, targets, pathLimit: curvePaths };
  const questions = usualCurve.map((rate): CurveQuestion => ({ request, measure, rate }));
  ports.progress(from, 'curve');
  return ports.parallel<CurvePoint>(curvePointTask, questions, (done) =>
    ports.progress(from + (1 - from) * done, 'curve'),
  );
};

const notices = (points: readonly CurvePoint[] | undefined, prices: PlanPrices | undefined) => [
  planningFinding('one-operator-on-mean-forecast'),
  ...(points === undefined ? [] : [planningFinding('price-curve-basis', { samplePaths: curvePaths })]),
  ...(points?.some(({ reached }) => !reached) === true ? [planningFinding('rates-out-of-reach')] : []),
  ...(prices?.variants.length === 0 ? [planningFinding('prices-not-kept')] : []),
];

/** Rates from 0.80 to 0.99. */
const usualCurve: readonly number[] = [0.8, 0.85, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99];
