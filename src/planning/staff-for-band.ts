import type { TargetsModel } from '../contract/model-files.ts';
import { UsageError } from '../kernel/errors.ts';
import { text, type Text } from '../kernel/text.ts';
import { bandChances } from '../monitoring/bands.ts';
import { collectFutures } from '../monitoring/collect-futures.ts';
import { project } from '../queueing/project.ts';
import { operatorHours } from '../staffing/price-assumptions.ts';
import { requireOperators, type Requirement, type StaffingRequest } from '../staffing/require-operators.ts';
import type { Models } from './ports.ts';
import { futuresOf } from './project-plan.ts';

/** Staff so that the next monitoring of `testCalls` calls rates the line in the band with the chance asked for. */
export interface BandWish {
  readonly band: 'hot' | 'warm' | 'cold';
  readonly confidence: number;
  readonly testCalls?: number;
}

/** Connection rates per interval that are tried, least first: the cheapest that reaches the band's chance is taken. */
const ladder = [0.6, 0.75, 0.85, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.9925, 0.995, 0.999];

const futures = 40;

interface Step {
  readonly rate: number;
  readonly requirement: Requirement;
  readonly chance: number;
}

/**
 * The least connection target whose requirement, projected through the monitor's own test times and rules over the
 * demand's futures, is rated in the band or better with the chance asked for; found by bisection, since the chance
 * grows with the target. The other targets (service level, occupancy) are dropped: only the band is asked for.
 * Says what the step costs in operator-hours against the step below.
 */
export const staffForBand = (
  wish: BandWish,
  request: StaffingRequest,
  models: Models,
): {
  readonly targets: TargetsModel;
  readonly requirement: Requirement;
  readonly notices: readonly Text[];
} => {
  if (wish.band === 'cold') throw new UsageError(text('不能以「冷线」为目标', 'A cold line is not a target'));
  const tried = new Map<number, Step>();
  const at = (index: number): Step => {
    const found = tried.get(index);
    if (found !== undefined) return found;
    const step = tryRate(ladder[index] ?? 1, wish, request, models);
    tried.set(index, step);
    return step;
  };
  let low = 0;
  let high = ladder.length - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (at(middle).chance >= wish.confidence) high = middle;
    else low = middle + 1;
  }
  const chosen = at(high);
  const cheaper = high > 0 ? at(high - 1) : undefined;
  return {
    targets: bandTargets(request.targets, chosen.rate),
    requirement: chosen.requirement,
    notices: tellBand(wish, chosen, cheaper, models, request.demand.horizon.intervalMinutes),
  };
};

const bandTargets = (targets: TargetsModel, rate: number): TargetsModel => ({
  ...targets,
  connectionRate: rate,
  serviceLevel: null,
  rollingConnectionRate: null,
  occupancyMax: 1,
});

const tryRate = (rate: number, wish: BandWish, request: StaffingRequest, models: Models): Step => {
  const requirement = requireOperators({ ...request, targets: bandTargets(request.targets, rate) });
  const collector = collectFutures(request.demand.horizon, models.monitor, models.hotline.greetingSeconds);
  for (const future of futuresOf(request.demand, futures))
    collector.visit(project(future, requirement.capacity, request.policy));
  const { rateFutures } = collector.futures();
  const chances = bandChances(rateFutures, wish.testCalls ?? models.monitor.testCalls, models.monitor.bands);
  return { rate, requirement, chance: wish.band === 'hot' ? chances.hot : chances.hot + chances.warm };
};

const percent = (value: number): string => `${(100 * value).toFixed(1)}%`;

const tellBand = (
  wish: BandWish,
  chosen: Step,
  cheaper: Step | undefined,
  models: Models,
  minutes: number,
): Text[] => {
  const tests = wish.testCalls ?? models.monitor.testCalls;
  const hours = operatorHours(chosen.requirement, minutes);
  const name = wish.band === 'hot' ? text('「热线」档', 'hot') : text('「暖线」档及以上', 'warm or better');
  const reached = chosen.chance >= wish.confidence;
  const notices = [
    reached
      ? text(
          `按 ${tests} 次拨测,以 ${percent(wish.confidence)} 的把握评为${name['zh-CN']}:每时段接通率目标 ${percent(chosen.rate)},把握为 ${percent(chosen.chance)},需 ${hours.toFixed(0)} 席时。次数越少,运气的成分越大`,
          `With ${tests} test calls, ${percent(wish.confidence)} sure of ${name.en}: a connection target of ${percent(chosen.rate)} per interval gives ${percent(chosen.chance)} and needs ${hours.toFixed(0)} operator-hours. The fewer the calls, the larger the part of luck`,
        )
      : text(
          `按 ${tests} 次拨测,增加座席也只能有 ${percent(chosen.chance)} 的把握评为${name['zh-CN']},达不到 ${percent(wish.confidence)}:其余靠运气`,
          `With ${tests} test calls, more operators give no more than ${percent(chosen.chance)} of ${name.en}, short of ${percent(wish.confidence)}: the rest is luck`,
        ),
  ];
  if (cheaper === undefined) return notices;
  const saved = hours - operatorHours(cheaper.requirement, minutes);
  notices.push(
    text(
      `低一级的目标 ${percent(cheaper.rate)} 省 ${saved.toFixed(0)} 席时,把握降到 ${percent(cheaper.chance)}`,
      `The next lower target, ${percent(cheaper.rate)}, saves ${saved.toFixed(0)} operator-hours and lowers the chance to ${percent(cheaper.chance)}`,
    ),
  );
  return notices;
};
