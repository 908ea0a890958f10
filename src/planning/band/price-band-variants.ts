import type { Capacity, Policy } from '../../kernel/hotline.ts';
import type { ParallelMap } from '../../kernel/ports.ts';
import { operatorHours } from '../../staffing/require-operators.ts';
import {
  assumptionVariants,
  dedicatedRequests,
  pooledRequest,
  type VariantPrices,
} from '../../staffing/price-variants.ts';
import {
  requireOperators,
  type Requirement,
  type StaffingRequest,
} from '../../staffing/require-operators.ts';
import {
  bandLadder,
  bandTargets,
  requirementPaths,
  judgeBand,
  indexOfRate,
  searchLadder,
  type BandTarget,
} from '../../monitoring/band-ladder.ts';
import type { Models } from '../ports.ts';
import { valueAt } from '../../kernel/value-at.ts';

interface BandVariantQuestion {
  readonly variant: VariantPrices[number]['variant'];
  readonly target: BandTarget;
  /** Chance of the band that the plan's own bare requirement has: the variant must have it too. */
  readonly bareChance: number;
  /** The rate that requirement is for: the variant's is seldom far from it. */
  readonly bareRate: number;
  readonly request: StaffingRequest;
  readonly models: Models;
}

/** A line under one variant: how it is staffed for a rate, and the operation in which its chance is judged. */
interface VariantLine {
  readonly request: StaffingRequest;
  readonly staff: (rate: number) => readonly Requirement[];
}

/**
 * Operator-hours with which a variant of the line has the same chance of the band as the plan's requirement: between
 * the least step of the ladder that has it and the one below, in proportion to the odds. Staffing and judging both
 * leave the one thing out. As for every price, the quick judgement is enough: whatever it staffs is judged by its chance.
 */
export const priceBandVariant = ({
  variant,
  target,
  bareChance,
  bareRate,
  request,
  models,
}: BandVariantQuestion): VariantPrices[number] => {
  const line = lineOf(variant, request, models);
  const minutes = request.demand.horizon.intervalMinutes;
  const { at, least } = searchLadder((i): PricedStep => {
    const requirements = line.staff(valueAt(bandLadder, i));
    const { demand, policy } = line.request;
    const staffed = { demand, capacity: together(requirements), policy };
    return {
      hours: requirements.reduce((sum, own) => sum + operatorHours(own, minutes), 0),
      chance: judgeBand(staffed, target, models, request.open, requirementPaths).chance,
    };
  });
  const reached = least(({ chance }) => chance, bareChance - 1e-9, indexOfRate(bareRate));
  const hours = reached === 0 ? at(0).hours : hoursBetween(at(reached - 1), at(reached), bareChance);
  return { variant, operatorHours: Math.round(2 * hours) / 2 };
};

interface PricedStep {
  readonly hours: number;
  readonly chance: number;
}

/** Hours at a chance between those of two steps, straight in the logarithm of the odds. */
const hoursBetween = (below: PricedStep, above: PricedStep, chance: number): number => {
  const odds = (p: number): number => Math.log(Math.max(1e-9, p) / Math.max(1e-9, 1 - p));
  const span = odds(above.chance) - odds(below.chance);
  const share = span > 0 ? (odds(chance) - odds(below.chance)) / span : 1;
  return below.hours + Math.min(1, Math.max(0, share)) * (above.hours - below.hours);
};

const task = { module: new URL(import.meta.url).href, name: priceBandVariant.name };

/** Every variant's price, on as many threads as there are. */
export const bandVariantPrices = (
  parallel: ParallelMap,
  { request, ...question }: Omit<BandVariantQuestion, 'variant'>,
): Promise<VariantPrices> => {
  // Functions cannot go to a thread.
  const { shouldStop, progress, ...plain } = request;
  void [shouldStop, progress];
  const variants = [
    ...assumptionVariants.map(({ variant }) => variant),
    ...(request.demand.queues.length > 1 ? (['pooled', 'dedicated'] as const) : []),
  ];
  return parallel<VariantPrices[number]>(
    task,
    variants.map((variant) => ({ ...question, request: plain, variant })),
  );
};

const lineOf = (
  variant: BandVariantQuestion['variant'],
  request: StaffingRequest,
  models: Models,
): VariantLine => {
  if (variant === 'dedicated') return dedicatedLine(request);
  if (variant === 'erlang-c') return patientLine(request, models);
  const requestOf = assumptionVariants.find((own) => own.variant === variant)?.requestOf ?? pooledRequest;
  const staffing = requestOf(request);
  return {
    request: staffing,
    staff: (rate) => [
      requireOperators({ ...staffing, targets: bandTargets(staffing.targets, rate), estimate: true }),
    ],
  };
};

/**
 * Where nobody hangs up every call is answered in the end and a connection rate asks for nothing: what a monitor
 * sees is the share answered within its longest wait, so that is the ladder's target.
 */
const patientLine = (request: StaffingRequest, { monitor, hotline }: Models): VariantLine => {
  const own = assumptionVariants.find(({ variant }) => variant === 'erlang-c')?.requestOf(request) ?? request;
  const answerTimeThresholdSeconds = Math.max(0, monitor.longestWaitSeconds - hotline.greetingSeconds);
  const policy: Policy = {
    ...request.policy,
    queues: request.policy.queues.map((queue) => ({ ...queue, answerTimeThresholdSeconds })),
  };
  const staff = (rate: number) => [
    requireOperators({
      ...own,
      policy,
      targets: { ...bandTargets(request.targets, rate), serviceLevel: rate },
      estimate: true,
    }),
  ];
  return { request: own, staff };
};

const dedicatedLine = (request: StaffingRequest): VariantLine => {
  const alone = dedicatedRequests(request);
  const policy = { ...request.policy, queues: alone.flatMap((own) => own.policy.queues) };
  return {
    request: { ...request, policy },
    staff: (rate) =>
      alone.map((own) =>
        requireOperators({ ...own, targets: bandTargets(own.targets, rate), estimate: true }),
      ),
  };
};

/** The capacities of several requirements on one line. */
const together = (requirements: readonly Requirement[]): Capacity => ({
  trunks: requirements[0]?.capacity.trunks ?? Infinity,
  tiers: requirements.flatMap(({ capacity }) => capacity.tiers),
});
