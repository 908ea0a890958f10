import type { BandToPlan } from '../contract/plan-states.ts';
import type { HotlineModel } from '../contract/models/hotline-model.ts';
import type { MonitorModel } from '../contract/models/monitor-model.ts';
import type { TargetsModel } from '../contract/models/targets-model.ts';
import type { Operation } from '../kernel/hotline.ts';
import { meanOf } from '../kernel/statistics.ts';
import { projectPaths } from '../queueing/project.ts';
import {
  operatorHours,
  type Requirement,
  requireOperators,
  type StaffingRequest,
} from '../staffing/require-operators.ts';
import { bandChances, type BandChances } from './bands.ts';
import { collectSamplePaths } from './sample-futures.ts';

/** Staff so that the next monitoring of `testCalls` calls rates the line in the band with the chance asked for. */
export interface BandTarget {
  readonly band: BandToPlan;
  readonly confidence: number;
  readonly testCalls?: number;
}

/** How the line is monitored: by whom, and after how long a greeting. */
interface MonitoredModels {
  readonly monitor: MonitorModel;
  readonly hotline: Pick<HotlineModel, 'greetingSeconds'>;
}

/** A chance over the demand's sample paths, with the standard error that their number leaves. */
interface JudgedBand {
  readonly chances: BandChances;
  readonly chance: number;
  readonly standardError: number;
  /** Mean connection rate at the monitor's test times, over the sample paths. */
  readonly testRate: number;
  /** The rate of each sample path: what other numbers of test calls would say follows from it. */
  readonly rateFutures: Float64Array;
}

/** A connection target of the ladder, staffed: what the monitor will say of the bare requirement. */
export interface BandStep extends JudgedBand {
  readonly rate: number;
  readonly requirement: Requirement;
  readonly hours: number;
}

/** Connection rates per interval that are tried, least first: the cheapest that reaches the band's chance is taken. */
export const bandLadder = [
  0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.88, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99,
  0.9925, 0.995, 0.999,
];

/** Sample paths over which a bare requirement is judged; a plan with its shifts is judged over all of them. */
export const requirementPaths = 50;

/** Steps of the ladder, each made once, and the search among them. */
interface LadderSearch<Step> {
  readonly at: (index: number) => Step;
  /**
   * First index whose value reaches what is wanted, the last where none does; a value that grows along the ladder. Steps
   * are expensive: where the next one is tried follows from the odds of those made so far, as far as they tell.
   */
  readonly least: (value: (step: Step) => number, wanted: number, guess?: number) => number;
}

/** Steps that the odds may ask for; more are found by halving, so that no value leads astray for long. */
const ledSteps = 5;

const logOdds = (share: number): number => Math.log(share / (1 - share));

/** Nearer to 0 or 1 than this the odds say nothing of the way. */
const sure = 1e-3;

/** Least index of the ladder whose rate is this or more. */
export const indexOfRate = (rate: number): number => {
  const found = bandLadder.findIndex((one) => one >= rate);
  return found < 0 ? bandLadder.length - 1 : found;
};

export const searchLadder = <Step>(make: (index: number) => Step): LadderSearch<Step> => {
  const tried = new Map<number, Step>();
  const at = (index: number): Step => {
    const found = tried.get(index) ?? make(index);
    tried.set(index, found);
    return found;
  };
  const least: LadderSearch<Step>['least'] = (value, wanted, guess) => {
    const asked = [...tried.keys()];
    const known = tried.size;
    let nearest: { readonly index: number; readonly value: number } | undefined;
    let [low, high] = [0, bandLadder.length - 1];
    while (low < high) {
      const led = nearest === undefined ? guess : crossing(nearest, wanted, low);
      const middle = led === undefined || tried.size - known >= ledSteps ? Math.floor((low + high) / 2) : led;
      // What was made before costs nothing. Where the answer is thought to be the last that held, the step below proves it.
      const index = asked.pop() ?? Math.min(high - 1, Math.max(low, middle));
      const found = value(at(index));
      if (found >= wanted) high = Math.min(high, index);
      else low = Math.max(low, index + 1);
      if (nearest === undefined || Math.abs(found - wanted) < Math.abs(nearest.value - wanted))
        nearest = { index, value: found };
    }
    return high;
  };
  return { at, least };
};

/**
 * Where a value would be reached if its odds grew with those of the rate. What is all but sure may be so everywhere: then
 * the least step left is asked first, and after it nobody knows.
 */
const crossing = (
  { index, value }: { readonly index: number; readonly value: number },
  wanted: number,
  low: number,
): number | undefined => {
  if (value > 1 - sure && low === 0) return 0;
  if (value < sure || value > 1 - sure) return undefined;
  const odds = logOdds(bandLadder[index] ?? 1) + logOdds(wanted) - logOdds(value);
  return indexOfRate(1 / (1 + Math.exp(-odds)));
};

/** Targets of a plan that asks for one connection rate per interval only. */
export const bandTargets = (targets: TargetsModel, rate: number): TargetsModel => ({
  ...targets,
  connectionRate: rate,
  serviceLevel: null,
  rollingConnectionRate: null,
  occupancyMax: 1,
  queues: {},
});

/** Staffs and judges steps of the ladder. */
export const bandSteps = (
  target: BandTarget,
  request: StaffingRequest,
  models: MonitoredModels,
): LadderSearch<BandStep> =>
  searchLadder((index) => {
    const rate = bandLadder[index] ?? 1;
    const requirement = requireOperators({ ...request, targets: bandTargets(request.targets, rate) });
    const { demand, policy } = request;
    const bare = { demand, capacity: requirement.capacity, policy };
    const hours = operatorHours(requirement, demand.horizon.intervalMinutes);
    return { rate, requirement, hours, ...judgeBand(bare, target, models, request.open, requirementPaths) };
  });

/** The chance of the band (or better) in the next monitoring of an operation, over its sample paths. */
export const judgeBand = (
  operation: Operation,
  target: BandTarget,
  models: MonitoredModels,
  /** 1 in the intervals in which the line is open. */
  open: Uint8Array,
  pathLimit = Infinity,
): JudgedBand => {
  const { monitor, hotline } = models;
  const collector = collectSamplePaths(operation.demand.horizon, monitor, hotline.greetingSeconds, [], open);
  projectPaths(operation, pathLimit, { visit: collector.visit });
  const { rateFutures } = collector.futures();
  const testCalls = target.testCalls ?? monitor.testCalls;
  const each = rateFutures.map((rate) =>
    bandChance(bandChances(rate, testCalls, monitor.bands), target.band),
  );
  const chance = meanOf(each);
  const squares = each.reduce((sum, one) => sum + (one - chance) ** 2, 0);
  return {
    chances: bandChances(rateFutures, testCalls, monitor.bands),
    chance,
    standardError: each.length < 2 ? 0 : Math.sqrt(squares / (each.length - 1) / each.length),
    testRate: meanOf(rateFutures),
    rateFutures,
  };
};

/** Chance of the band or a better one. */
export const bandChance = (chances: BandChances, band: BandTarget['band']): number =>
  band === 'hot' ? chances.hot : chances.hot + chances.warm;
