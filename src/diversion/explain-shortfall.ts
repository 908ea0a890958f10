import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { TargetsModel } from '../contract/models/targets-model.ts';
import type { Capacity, Demand, Outcome, Policy, PromptPlacement } from '../kernel/hotline.ts';
import { counted } from '../kernel/one-or-many.ts';
import { text, type Text } from '../kernel/text.ts';
import { localClock } from '../kernel/time.ts';
import { projectPaths } from '../queueing/project.ts';
import { callsShort } from './diversion-aim.ts';
import { levelAt } from './describe-choice.ts';
import { scaleTakeUp } from './scale-take-up.ts';
import { sliceCapacity, sliceFutures, slicePlacements } from './slice-world.ts';

/** A half-hour that stays short although prompts may play, and all that stands around it. */
export interface Shortfall {
  readonly demand: Demand;
  readonly capacity: Capacity;
  /** With the prompts that play. */
  readonly policy: Policy;
  readonly catalogue: PromptsModel;
  readonly targets: TargetsModel;
  readonly neverDivert: readonly string[];
  readonly after: Outcome;
  readonly interval: number;
  /** Futures that figures are averaged over. */
  readonly futures: number;
  readonly queueName: (queue: string) => Text;
  readonly tierName: (tier: string) => Text;
}

const sumDay = (values: Float64Array | undefined, [from, to]: readonly [number, number]): number => {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += values?.[i] ?? 0;
  return sum;
};

/** First interval of the interval's local day and the one after its last. */
const dayOf = ({ demand: { horizon }, interval }: Shortfall): [number, number] => {
  const clock = localClock(horizon.zone);
  const dateAt = (i: number): string =>
    clock(horizon.startMillis + i * horizon.intervalMinutes * 60_000).date;
  const date = dateAt(interval);
  let [from, to] = [interval, interval + 1];
  while (from > 0 && dateAt(from - 1) === date) from -= 1;
  while (to < horizon.count && dateAt(to) === date) to += 1;
  return [from, to];
};

const playingTo = (short: Shortfall, queue: string): PromptPlacement | undefined =>
  short.policy.prompts.find((own) => own.queue === queue && own.on[short.interval] === 1);

/** Callers whom the mildest prompt would move if it played from the interval for as long as it must. */
const leastMove = (short: Shortfall, queue: string, suits: PromptsModel['prompts']): number => {
  const { demand, catalogue, interval } = short;
  const must = Math.max(1, Math.ceil(catalogue.rules.minimumOnMinutes / demand.horizon.intervalMinutes));
  const fresh = short.after.queues.find((own) => own.queue === queue)?.fresh;
  const share = Math.min(
    ...suits.map(({ response }) => response.reach * (response.onlineShare + response.offPeakShare)),
  );
  return share * sumDay(fresh, [interval, Math.min(demand.horizon.count, interval + must)]);
};

/** What keeps a queue's callers from being diverted (more) in the interval. */
const standsInTheWay = (short: Shortfall, queue: string): Text => {
  const { catalogue, demand, policy, interval } = short;
  const day = dayOf(short);
  const outcome = short.after.queues.find((own) => own.queue === queue);
  const { rules } = catalogue;
  if (short.neverDivert.includes(queue))
    return text(
      '不允许分流（hotline.json 的 neverDivert）',
      'is never diverted (neverDivert in hotline.json)',
    );
  const suits = catalogue.prompts.filter(({ queues }) => queues?.includes(queue) ?? true);
  if (suits.length === 0) return text('没有适用的提示', 'has no prompt whose words suit it');
  const diverted = sumDay(outcome?.divertedOnline, day) + sumDay(outcome?.deferred, day);
  const callers = Math.max(1e-9, sumDay(outcome?.fresh, day));
  const share = diverted / callers;
  const playing = playingTo(short, queue);
  const room = rules.largestDivertedShare - share;
  const isAtShare =
    playing === undefined
      ? leastMove(short, queue, suits) / callers > room
      : room < 0.1 * rules.largestDivertedShare;
  const shareTold = text(
    `当日已分流 ${(100 * share).toFixed(1)}%，上限 ${(100 * rules.largestDivertedShare).toFixed(0)}%（largestDivertedShare）`,
    `has ${(100 * share).toFixed(1)} % of its day's callers diverted already, and at most ${(100 * rules.largestDivertedShare).toFixed(0)} % may be (largestDivertedShare)`,
  );
  if (playing !== undefined) {
    const moved = (outcome?.divertedOnline[interval] ?? 0) + (outcome?.deferred[interval] ?? 0);
    const calls = outcome?.fresh[interval] ?? 0;
    const told = text(
      `已在播放，${calls.toFixed(0)} 位来电人中分流 ${moved.toFixed(0)} 位（采纳率所限）`,
      `has one playing, and of ${calls.toFixed(0)} callers ${moved.toFixed(0)} follow it: take-up is the limit`,
    );
    return isAtShare ? text(`${told['zh-CN']}；${shareTold['zh-CN']}`, `${told.en}; ${shareTold.en}`) : told;
  }
  const minutes =
    demand.horizon.intervalMinutes *
    policy.prompts
      .filter((own) => own.queue === queue)
      .reduce((sum, { on }) => sum + on.slice(...day).reduce((all, one) => all + one, 0), 0);
  if (minutes + rules.minimumOnMinutes > rules.maximumOnMinutesPerDay)
    return text(
      `当日已播放 ${minutes} 分钟，上限 ${rules.maximumOnMinutesPerDay} 分钟（maximumOnMinutesPerDay）`,
      `has ${minutes} minutes of prompts that day already, of at most ${rules.maximumOnMinutesPerDay} (maximumOnMinutesPerDay)`,
    );
  if (isAtShare) return shareTold;
  return text('没有一条提示值得为它播放', 'has no prompt that is worth playing then');
};

/** The level of the interval when operators are added to a tier in it, or take-up is other than believed. */
const levelWith = (short: Shortfall, tier: string, more: number, takeUp: number): number => {
  const [from] = dayOf(short);
  const to = short.interval + 1;
  const capacity = sliceCapacity(short.capacity, from, to);
  const prompts = slicePlacements(scaleTakeUp(short.policy.prompts, takeUp), from, to);
  const { outcome } = projectPaths(
    sliceFutures(short.demand, from, to, short.futures),
    {
      ...capacity,
      tiers: capacity.tiers.map((own) =>
        own.tier === tier ? { ...own, operators: own.operators.map((n) => n + more) } : own,
      ),
    },
    { ...short.policy, prompts },
    short.futures,
  );
  return levelAt(outcome, to - 1 - from);
};

const mostOperators = 512;

/** Fewest operators more, from the start of the day on, with which the interval meets the level; undefined: none do. */
const operatorsNeeded = (short: Shortfall, tier: string, level: number): number | undefined => {
  const meets = (more: number): boolean => levelWith(short, tier, more, 1) >= level;
  let high = 1;
  while (!meets(high)) {
    high *= 2;
    if (high > mostOperators) return undefined;
  }
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (meets(middle)) high = middle;
    else low = middle;
  }
  return high;
};

/** Take-up, as a factor on what is believed, that would do; undefined: not even ten times as much. */
const takeUpNeeded = (short: Shortfall, tier: string, level: number): number | undefined => {
  const most = 10;
  if (levelWith(short, tier, 0, most) < level) return undefined;
  let [low, high] = [1, most];
  while (high - low > 0.1) {
    const middle = (low + high) / 2;
    if (levelWith(short, tier, 0, middle) >= level) high = middle;
    else low = middle;
  }
  return high;
};

/** The tier that the queue with most calls short tries first. */
const tierOf = ({ policy }: Shortfall, queue: string | undefined): string | undefined =>
  policy.queues.find((own) => own.queue === queue)?.routes.toSorted((a, b) => a.preference - b.preference)[0]
    ?.tier;

/**
 * Why a half-hour in which prompts may play stays below the 15-second target, queue by queue (the shortest first): which
 * rule or limit stands in the way, and how many operators or how much take-up would be needed. Empty where it does not
 * stay below.
 */
export const explainShortfall = (short: Shortfall): Text[] => {
  const { targets, after, interval } = short;
  const level = targets.serviceLevel;
  if (level === null || !(levelAt(after, interval) < level)) return [];
  const queues = after.queues
    .map((own) => ({ queue: own.queue, short: callsShort(own, interval, targets) }))
    .filter((own) => own.short >= 0.5)
    .sort((a, b) => b.short - a.short);
  const told = queues.slice(0, 4).map(({ queue, short: calls }) => {
    const [name, why] = [short.queueName(queue), standsInTheWay(short, queue)];
    return text(
      `「${name['zh-CN']}」差 ${calls.toFixed(0)} 通，${why['zh-CN']}`,
      `"${name.en}" is ${counted(Math.round(calls), 'call')} short and ${why.en}`,
    );
  });
  return [
    text(`${told.map((one) => one['zh-CN']).join('；')}。`, `${told.map((one) => one.en).join('; ')}.`),
    needed(short, level, tierOf(short, queues[0]?.queue)),
  ];
};

const needed = (short: Shortfall, level: number, tier: string | undefined): Text => {
  const percent = `${(100 * level).toFixed(0)}%`;
  const operators = tier === undefined ? undefined : operatorsNeeded(short, tier, level);
  const plays = short.policy.prompts.some(({ on }) => on[short.interval] === 1);
  const takeUp = plays ? takeUpNeeded(short, tier ?? '', level) : undefined;
  const name = short.tierName(tier ?? '');
  const byTakeUp = !plays
    ? text('此时没有提示在播放', 'no prompt plays then')
    : takeUp === undefined
      ? text('采纳率即使是设定的 10 倍也不够', 'ten times the take-up believed would not do')
      : text(
          `或采纳率达到设定的 ${takeUp.toFixed(1)} 倍`,
          `or ${takeUp.toFixed(1)} times the take-up believed`,
        );
  const byOperators =
    operators === undefined
      ? text(`只在「${name['zh-CN']}」加人也达不到`, `no number of operators in "${name.en}" alone would do`)
      : text(
          `当日到此时要在「${name['zh-CN']}」多 ${operators} 名座席`,
          `${counted(operators, 'more operator')} in "${name.en}" from the start of that day`,
        );
  return text(
    `要使这个时段达到 ${percent}：${byOperators['zh-CN']}；${byTakeUp['zh-CN']}。`,
    `For this interval to reach ${percent}: ${byOperators.en}; ${byTakeUp.en}.`,
  );
};
