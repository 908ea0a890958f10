import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { TargetsModel } from '../contract/models/targets-model.ts';
import { servedOf } from '../kernel/distributions.ts';
import {
  type Capacity,
  type Demand,
  type Horizon,
  instantAt,
  type OnlineChannel,
  type Outcome,
  type Policy,
  type PromptPlacement,
} from '../kernel/hotline.ts';
import { serviceLevels, totalOutcome } from '../kernel/measures.ts';
import { sliceCapacity, slicePlacements, sliceSamplePaths } from '../kernel/slice-operation.ts';
import type { Text } from '../kernel/text.ts';
import { localClock, wallClockOf } from '../kernel/time.ts';
import { sumOf } from '../kernel/statistics.ts';
import { valueAt } from '../kernel/value-at.ts';
import { projectPaths } from '../queueing/project.ts';
import { aimCosts, callsShort, type DiversionAim, shortOfTargets } from './diversion-aim.ts';
import { diversionFinding, type DiversionFinding, type DiversionObstacle } from './diversion-findings.ts';
import { type PromptHours, ruleAgainst, spanRulesOf } from './playing-rules.ts';
import { queueDay, scaleTakeUp, waitAbove } from './prompt-spans.ts';

/** Service level of an interval over all queues, of offered; NaN without calls. */
export const levelAt = (outcome: Outcome, i: number): number => {
  const offered = outcome.queues.reduce((sum, q) => sum + valueAt(q.offered, i), 0);
  const within = outcome.queues.reduce((sum, q) => sum + valueAt(q.answeredWithinThreshold, i), 0);
  return within / offered;
};

/** The interval with the lowest service level among the eligible with at least five calls; −1 when none has. */
export const worstInterval = (outcome: Outcome, isEligible: (i: number) => boolean = () => true): number => {
  let worst = -1;
  for (let i = 0; i < outcome.horizon.count; i += 1) {
    if (!isEligible(i)) continue;
    const calls = outcome.queues.reduce((sum, q) => sum + valueAt(q.offered, i), 0);
    if (calls >= 5 && (worst < 0 || levelAt(outcome, i) < levelAt(outcome, worst))) worst = i;
  }
  return worst;
};

const timeOf = (horizon: Horizon, i: number): string =>
  wallClockOf(instantAt(horizon, i), horizon.zone).slice(0, 16).replace('T', ' ');

/** A choice to explain: the hotline before and after, and where prompts may play. */
interface ExplainedChoice {
  readonly before: Outcome;
  readonly after: Outcome;
  readonly targets: TargetsModel;
  readonly hours: Pick<PromptHours, 'mayPlay' | 'barredBy'>;
  readonly spans: number;
  readonly limitedByShare: boolean;
  readonly placements: readonly PromptPlacement[];
  readonly policy: Pick<Policy, 'channels' | 'queues'>;
}

/** Channels that are sent more requests than they can serve, by half a caller an interval or more. */
const overfullChannels = ({ after, placements, policy }: ExplainedChoice): DiversionFinding[] => {
  const sums = new Map<string, { failing: number; intervals: number; capacity: number }>();
  for (const { channel, requests, served } of onlineWork(after, placements, policy.channels)) {
    if (channel === undefined || requests - served < 0.5) continue;
    const sum = sums.get(channel.channel) ?? {
      failing: 0,
      intervals: 0,
      capacity: channel.capacityPerInterval,
    };
    sum.failing += requests - served;
    sum.intervals += 1;
    sums.set(channel.channel, sum);
  }
  return [...sums].map(([channel, sum]) => diversionFinding('channel-overfull', { channel, ...sum }));
};

/** What becomes of an interval, and why it still misses its target where it does. */
const explainInterval = (
  { before, after, policy, targets, hours: { mayPlay, barredBy } }: ExplainedChoice,
  i: number,
  among: 'all' | 'playable',
): DiversionFinding => {
  const seconds = policy.queues[0]?.answerTimeThresholdSeconds;
  return diversionFinding('worst-interval-with-prompts', {
    time: timeOf(before.horizon, i),
    among,
    levelBefore: levelAt(before, i),
    levelAfter: levelAt(after, i),
    ...(seconds === undefined ? {} : { seconds }),
    target: targets.serviceLevel,
    mayPlay: mayPlay[i] === 1,
    ...(barredBy[i] === undefined ? {} : { barredBy: barredBy[i] }),
    firstCallers: after.queues.reduce((sum, { fresh }) => sum + valueAt(fresh, i), 0),
    moved: after.queues.reduce(
      (sum, queue) => sum + valueAt(queue.divertedOnline, i) + valueAt(queue.deferred, i),
      0,
    ),
  });
};

/** Why these prompts: what was short, what they bring, and what they cannot bring. */
export const explainChoice = (choice: ExplainedChoice): DiversionFinding[] => {
  const { before, after, targets, hours, spans, limitedByShare } = choice;
  const shortBefore = shortOfTargets(before, targets);
  if (shortBefore < 0.5) return [diversionFinding('targets-met-without-prompts')];
  if (spans === 0) return [diversionFinding('no-prompt-mends', { callsShort: shortBefore })];
  const worst = worstInterval(before);
  const playable = worstInterval(before, (i) => hours.mayPlay[i] === 1);
  return [
    diversionFinding('calls-short-of-targets', {
      before: shortBefore,
      after: shortOfTargets(after, targets),
    }),
    ...(worst < 0 ? [] : [explainInterval(choice, worst, 'all')]),
    ...(playable < 0 || playable === worst ? [] : [explainInterval(choice, playable, 'playable')]),
    ...overfullChannels(choice),
    ...(limitedByShare ? [diversionFinding('share-limit-binds')] : []),
  ];
};

/** What is believed of callers who hear the prompts that play, and whether data says so. */
export const responseAssumptions = (
  catalogue: PromptsModel,
  used: readonly string[],
  takeUpFactor: number,
): DiversionFinding[] => {
  const playing = catalogue.prompts.filter(({ prompt }) => used.includes(prompt));
  const namesOf = (entries: PromptsModel['prompts']): Text[] => entries.map(({ name }) => name);
  const assumed = playing.filter(({ response }) => response.assumed);
  const byWait = Map.groupBy(playing, waitAbove);
  byWait.delete(0);
  const patience = playing.filter(({ response }) => (response.patienceFactor ?? 1) !== 1);
  const later = playing.filter(({ kind, response }) => kind !== 'callback' && response.offPeakShare > 0);
  return [
    ...(assumed.length === 0 ? [] : [diversionFinding('take-up-assumed', { prompts: namesOf(assumed) })]),
    ...[...byWait].map(([seconds, entries]) =>
      diversionFinding('played-by-estimated-wait', { seconds, prompts: namesOf(entries) }),
    ),
    ...(patience.length === 0
      ? []
      : [
          diversionFinding('patience-after-prompt-assumed', {
            prompts: patience.map(({ name, response }) => ({
              prompt: name,
              factor: response.patienceFactor ?? 1,
            })),
          }),
        ]),
    ...(later.length === 0
      ? []
      : [diversionFinding('off-peak-returns-assumed', { prompts: namesOf(later) })]),
    ...(takeUpFactor === 1 ? [] : [diversionFinding('take-up-scaled', { factor: takeUpFactor })]),
  ];
};

/** Online requests of a channel (undefined: of prompts without one) in one interval, and what it serves of them. */
interface ChannelInterval {
  readonly channel: OnlineChannel | undefined;
  readonly interval: number;
  readonly requests: number;
  readonly served: number;
  readonly operatorSeconds: number;
}

/**
 * What the prompts of an outcome ask of online channels, interval by interval. A queue's requests are those of the
 * prompt that plays to it: one prompt per queue at a time.
 */
export const onlineWork = (
  outcome: Outcome,
  placements: readonly PromptPlacement[],
  channels: readonly OnlineChannel[],
): ChannelInterval[] => {
  const found: ChannelInterval[] = [];
  for (let i = 0; i < outcome.horizon.count; i += 1) {
    const sums = new Map<string, { requests: number; seconds: number }>();
    for (const { queue, on, channel = '', response } of placements) {
      if (on[i] !== 1) continue;
      const requests = outcome.queues.find((own) => own.queue === queue)?.divertedOnline[i] ?? 0;
      const sum = sums.get(channel) ?? { requests: 0, seconds: 0 };
      sum.requests += requests;
      sum.seconds += requests * response.onlineHandleSeconds;
      sums.set(channel, sum);
    }
    for (const [name, { requests, seconds }] of sums) {
      if (requests <= 0) continue;
      const channel = channels.find((own) => own.channel === name);
      const served = servedOf(requests, channel?.capacityPerInterval ?? Infinity);
      found.push({
        channel,
        interval: i,
        requests,
        served,
        operatorSeconds: channel === undefined ? seconds : served * channel.operatorSeconds,
      });
    }
  }
  return found;
};

/** A half-hour that stays short although prompts may play, and all that stands around it. */
interface Shortfall {
  readonly demand: Demand;
  readonly capacity: Capacity;
  /** With the prompts that play. */
  readonly policy: Policy;
  readonly catalogue: PromptsModel;
  readonly targets: TargetsModel;
  readonly neverDivert: readonly string[];
  /** 1 where a prompt may play. */
  readonly mayPlay: Uint8Array;
  readonly after: Outcome;
  readonly interval: number;
  /** Futures that figures are averaged over. */
  readonly futures: number;
  readonly queueName: (queue: string) => Text;
  readonly tierName: (tier: string) => Text;
}

/** First interval of the interval's local day and the one after its last. */
const dayOf = ({ demand: { horizon }, interval }: Shortfall): [number, number] => {
  const clock = localClock(horizon.zone);
  const dateAt = (i: number): string => clock(instantAt(horizon, i)).date;
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
  const must = spanRulesOf(catalogue.rules, demand.horizon.intervalMinutes).minimumOn;
  const fresh = short.after.queues.find((own) => own.queue === queue)?.fresh;
  const share = Math.min(
    ...suits.map(({ response }) => response.reach * (response.onlineShare + response.offPeakShare)),
  );
  return share * sumOf(fresh ?? [], interval, interval + must);
};

/** What keeps a queue's callers from being diverted (more) in the interval. */
const obstaclesTo = (short: Shortfall, queue: string): DiversionObstacle[] => {
  const { catalogue, policy, interval, demand } = short;
  const { rules } = catalogue;
  if (short.neverDivert.includes(queue)) return [diversionFinding('queue-never-diverted')];
  const suits = catalogue.prompts.filter(({ queues }) => queues?.includes(queue) ?? true);
  if (suits.length === 0) return [diversionFinding('no-prompt-suits-queue')];
  const day = dayOf(short);
  const outcome = short.after.queues.find((own) => own.queue === queue);
  const diverted = sumOf(outcome?.divertedOnline ?? [], ...day) + sumOf(outcome?.deferred ?? [], ...day);
  const callers = Math.max(1e-9, sumOf(outcome?.fresh ?? [], ...day));
  const share = diverted / callers;
  const room = rules.largestDivertedShare - share;
  const atLimit = diversionFinding('diverted-share-at-limit', { share, largest: rules.largestDivertedShare });
  if (playingTo(short, queue) !== undefined) {
    const followers = (outcome?.divertedOnline[interval] ?? 0) + (outcome?.deferred[interval] ?? 0);
    const plays = diversionFinding('prompt-plays-already', {
      callers: outcome?.fresh[interval] ?? 0,
      followers,
    });
    return room < 0.1 * rules.largestDivertedShare ? [plays, atLimit] : [plays];
  }
  const own = policy.prompts.filter((placement) => placement.queue === queue);
  const heard = queueDay(own, day, short.mayPlay, demand.horizon.intervalMinutes);
  const against = ruleAgainst(rules, heard, interval - day[0]);
  if (against !== undefined) return [against];
  return leastMove(short, queue, suits) / callers > room
    ? [atLimit]
    : [diversionFinding('no-prompt-worth-playing')];
};

/** The level of the interval when operators are added to a tier in it, or take-up is other than believed. */
const levelWith = (short: Shortfall, tier: string, more: number, takeUp: number): number => {
  const [from] = dayOf(short);
  const to = short.interval + 1;
  const capacity = sliceCapacity(short.capacity, from, to);
  const prompts = slicePlacements(scaleTakeUp(short.policy.prompts, takeUp), from, to);
  const { outcome } = projectPaths(
    {
      demand: sliceSamplePaths(short.demand, from, to, short.futures),
      capacity: {
        ...capacity,
        tiers: capacity.tiers.map((own) =>
          own.tier === tier ? { ...own, operators: own.operators.map((n) => n + more) } : own,
        ),
      },
      policy: { ...short.policy, prompts },
    },
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
 * rule or limit is in the way, and how many operators or how much take-up would be needed. Empty where it does not
 * stay below.
 */
export const explainShortfall = (short: Shortfall): DiversionFinding[] => {
  const { targets, after, interval } = short;
  const level = targets.serviceLevel ?? 0;
  if (!(levelAt(after, interval) < level)) return [];
  const queues = after.queues
    .map((own) => ({ queue: own.queue, callsShort: callsShort(own, interval, targets) }))
    .filter((own) => own.callsShort >= 0.5)
    .sort((a, b) => b.callsShort - a.callsShort);
  return [
    diversionFinding('interval-stays-short', {
      queues: queues.slice(0, 4).map((queue) => ({
        queue: short.queueName(queue.queue),
        callsShort: queue.callsShort,
        because: obstaclesTo(short, queue.queue),
      })),
    }),
    needed(short, level, tierOf(short, queues[0]?.queue) ?? ''),
  ];
};

const needed = (short: Shortfall, level: number, tier: string): DiversionFinding => {
  const plays = short.policy.prompts.some(({ on }) => on[short.interval] === 1);
  const factor = plays ? takeUpNeeded(short, tier, level) : undefined;
  return diversionFinding('needed-for-target', {
    target: level,
    tier: short.tierName(tier),
    operators: operatorsNeeded(short, tier, level) ?? null,
    takeUp: !plays ? 'no-prompt-plays' : factor === undefined ? 'not-even-ten-times' : { factor },
  });
};

/** Intervals with at least five calls whose service level stays below the target; none where no level is asked for. */
export const intervalsBelowTarget = (outcome: Outcome, targets: TargetsModel): number[] => {
  const wanted = targets.serviceLevel;
  if (wanted === null) return [];
  return Array.from({ length: outcome.horizon.count }, (_, i) => i).filter((i) => {
    const totals = totalOutcome(outcome, i, i + 1);
    return totals.offered >= 5 && serviceLevels(totals).ofOffered < wanted;
  });
};

/**
 * Does a recommendation lose its point when half as many callers take it up? It does when it then serves the aim no
 * better than playing nothing, or keeps less than half of the intervals that it brought above target. Without
 * prompts there is nothing to lose.
 */
export const isFragile = (
  prompts: readonly PromptPlacement[],
  outcomes: { readonly before: Outcome; readonly after: Outcome; readonly half: Outcome },
  targets: TargetsModel,
  aim: DiversionAim,
): boolean => {
  if (prompts.length === 0) return false;
  const { before, after, half } = outcomes;
  const gain =
    sumOf(aimCosts(before, [], targets, aim)) -
    sumOf(aimCosts(half, scaleTakeUp(prompts, 0.5), targets, aim));
  if (gain <= 0) return true;
  const below = intervalsBelowTarget(before, targets).length;
  const mended = below - intervalsBelowTarget(after, targets).length;
  return mended > 0 && below - intervalsBelowTarget(half, targets).length < mended / 2;
};
