import type { TargetsModel } from '../contract/model-files.ts';
import { UsageError } from '../kernel/errors.ts';
import type { Capacity, Policy } from '../kernel/hotline.ts';
import { text, type Text } from '../kernel/text.ts';
import { bandChances, type BandChances } from '../monitoring/bands.ts';
import { collectFutures } from '../monitoring/collect-futures.ts';
import { projectPaths } from '../queueing/project.ts';
import { operatorHours } from '../staffing/price-assumptions.ts';
import { requireOperators, type Requirement, type StaffingRequest } from '../staffing/require-operators.ts';
import type { Models } from './ports.ts';
import { tellBand } from './tell-band.ts';

/** Staff so that the next monitoring of `testCalls` calls rates the line in the band with the chance asked for. */
export interface BandWish {
  readonly band: 'hot' | 'warm' | 'cold';
  readonly confidence: number;
  readonly testCalls?: number;
}

/** A requirement covered by shifts, with the prompts that play on them. */
export interface Rostered {
  readonly capacity: Capacity;
  readonly policy: Policy;
}

/** Covers a requirement: by the people on the books only, or by as many as it takes. */
export type Roster<R extends Rostered> = (
  requirement: Requirement,
  targets: TargetsModel,
  onBooks: boolean,
) => Promise<R>;

/** A connection target of the ladder, staffed: what the monitor will say of the bare requirement. */
export interface BandStep {
  readonly rate: number;
  readonly requirement: Requirement;
  readonly hours: number;
  readonly chances: BandChances;
  /** Mean connection rate at the monitor's test times, over the futures. */
  readonly testRate: number;
}

/** The same, as the shifts and prompts make it. */
export interface RosteredStep<R extends Rostered> {
  readonly step: BandStep;
  readonly rostered: R;
  readonly hours: number;
  readonly chance: number;
}

/** Chance asked of a band where none is given. */
export const usualBandConfidence = 0.9;

/** Connection rates per interval that are tried, least first: the cheapest that reaches the band's chance is taken. */
const bandLadder = [
  0.6, 0.75, 0.85, 0.88, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.9925, 0.995, 0.999,
];

const futures = 50;

/**
 * The least connection target whose plan is rated in the band or better with the chance asked for: its shifts and
 * prompts, projected through the monitor's own test times and rules over the demand's futures. The bare requirement
 * is searched by bisection, since the chance grows with the target; from there, plans are made one step up or down
 * until one reaches the chance and the next cheaper one does not. Where the people on the books are too few, the
 * plan takes as many as it needs and says so. The other targets (service level, occupancy) are dropped: only the
 * band is asked for.
 */
export const staffForBand = async <R extends Rostered>(
  wish: BandWish,
  request: StaffingRequest,
  models: Models,
  roster: Roster<R>,
  peopleKnown: boolean,
): Promise<{
  readonly targets: TargetsModel;
  readonly requirement: Requirement;
  readonly rostered: R;
  readonly notices: readonly Text[];
}> => {
  if (wish.band === 'cold') throw new UsageError(text('不能以「冷线」为目标', 'A cold line is not a target'));
  const at = stepsOf(wish, request, models);
  const start = leastStep((i) => chanceOf(at(i).chances, wish.band) >= wish.confidence);
  const judge = async (i: number, onBooks: boolean): Promise<RosteredStep<R>> => {
    const step = at(i);
    const rostered = await roster(step.requirement, bandTargets(request.targets, step.rate), onBooks);
    const chances = chancesOf(rostered, wish, request, models).chances;
    const hours = readyHours(rostered.capacity, request.demand.horizon.intervalMinutes);
    return { step, rostered, hours, chance: chanceOf(chances, wish.band) };
  };
  const people = await judge(start, true);
  const found = await walk(wish, start, judge, people, peopleKnown);
  const { chosen } = found;
  return {
    targets: bandTargets(request.targets, chosen.step.rate),
    requirement: chosen.step.requirement,
    rostered: chosen.rostered,
    notices: tellBand({
      wish,
      testCalls: wish.testCalls ?? models.monitor.testCalls,
      edges: models.monitor.bands,
      chosen,
      cheaper: found.cheaper,
      people: found.onBooks ? undefined : people,
      warm: at(leastStep((i) => chanceOf(at(i).chances, 'warm') >= wish.confidence)),
      hot: at(leastStep((i) => chanceOf(at(i).chances, 'hot') >= wish.confidence)),
      edge: at(leastStep((i) => at(i).testRate >= models.monitor.bands.hotFrom)),
    }),
  };
};

/** From the plan on the books or, where that falls short, one without their limit: up or down to the cheapest that reaches. */
const walk = async <R extends Rostered>(
  wish: BandWish,
  start: number,
  judge: (i: number, onBooks: boolean) => Promise<RosteredStep<R>>,
  people: RosteredStep<R>,
  peopleKnown: boolean,
) => {
  const reaches = (plan: RosteredStep<R>): boolean => plan.chance >= wish.confidence;
  const onBooks = reaches(people) || !peopleKnown;
  let index = start;
  let chosen = onBooks ? people : await judge(start, false);
  let cheaper: RosteredStep<R> | undefined;
  while (!reaches(chosen) && index < bandLadder.length - 1) {
    cheaper = chosen;
    index += 1;
    chosen = await judge(index, onBooks);
  }
  while (cheaper === undefined && index > 0) {
    const below = await judge(index - 1, onBooks);
    if (!reaches(below)) cheaper = below;
    else {
      chosen = below;
      index -= 1;
    }
  }
  return { chosen, cheaper, onBooks };
};

/** First index of the ladder that holds, the last where none does; what holds at one holds above it. */
const leastStep = (holds: (index: number) => boolean): number => {
  let low = 0;
  let high = bandLadder.length - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
};

/** Targets of a plan that asks for one connection rate per interval only. */
const bandTargets = (targets: TargetsModel, rate: number): TargetsModel => ({
  ...targets,
  connectionRate: rate,
  serviceLevel: null,
  rollingConnectionRate: null,
  occupancyMax: 1,
});

const stepsOf = (wish: BandWish, request: StaffingRequest, models: Models): ((i: number) => BandStep) => {
  const tried = new Map<number, BandStep>();
  return (index) => {
    const found = tried.get(index);
    if (found !== undefined) return found;
    const rate = bandLadder[index] ?? 1;
    const requirement = requireOperators({ ...request, targets: bandTargets(request.targets, rate) });
    const bare = { capacity: requirement.capacity, policy: request.policy };
    const hours = operatorHours(requirement, request.demand.horizon.intervalMinutes);
    const step = { rate, requirement, hours, ...chancesOf(bare, wish, request, models) };
    tried.set(index, step);
    return step;
  };
};

const chancesOf = (
  { capacity, policy }: Rostered,
  wish: BandWish,
  request: StaffingRequest,
  models: Models,
): Pick<BandStep, 'chances' | 'testRate'> => {
  const collector = collectFutures(request.demand.horizon, models.monitor, models.hotline.greetingSeconds);
  const { visit } = collector;
  projectPaths(request.demand, capacity, policy, futures, { visit });
  const { rateFutures } = collector.futures();
  return {
    chances: bandChances(rateFutures, wish.testCalls ?? models.monitor.testCalls, models.monitor.bands),
    testRate: rateFutures.reduce((sum, rate) => sum + rate, 0) / rateFutures.length,
  };
};

const chanceOf = (chances: BandChances, band: BandWish['band']): number =>
  band === 'hot' ? chances.hot : chances.hot + chances.warm;

const readyHours = ({ tiers }: Capacity, minutes: number): number =>
  (tiers.reduce((sum, tier) => sum + tier.operators.reduce((s, n) => s + n, 0), 0) * minutes) / 60;
