import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { TargetsModel } from '../contract/models/targets-model.ts';
import type { Horizon, OnlineChannel, Outcome, PromptPlacement } from '../kernel/hotline.ts';
import type { Text } from '../kernel/text.ts';
import { wallClockOf } from '../kernel/time.ts';
import { valueAt } from '../kernel/value-at.ts';
import { servedOf } from '../queueing/project.ts';
import { callsShort, type DiversionAim, diversionPrices, sumOf } from './diversion-aim.ts';
import { diversionFinding, type DiversionFinding } from './diversion-findings.ts';
import type { PromptHours } from './playing-rules.ts';

const shortInAll = (outcome: Outcome, targets: TargetsModel): number =>
  outcome.queues.reduce(
    (sum, queue) => sum + sumOf(queue.offered.map((_, i) => callsShort(queue, i, targets))),
    0,
  );

/** Service level of an interval over all queues, of offered; NaN without calls. */
export const levelAt = (outcome: Outcome, i: number): number => {
  const offered = outcome.queues.reduce((sum, q) => sum + valueAt(q.offered, i), 0);
  const within = outcome.queues.reduce((sum, q) => sum + valueAt(q.answeredWithinThreshold, i), 0);
  return offered > 0 ? within / offered : Number.NaN;
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
  wallClockOf(horizon.startMillis + i * horizon.intervalMinutes * 60_000, horizon.zone)
    .slice(0, 16)
    .replace('T', ' ');

/** A choice to explain: the hotline before and after, and where prompts may play. */
interface ExplainedChoice {
  readonly before: Outcome;
  readonly after: Outcome;
  readonly targets: TargetsModel;
  readonly hours: Pick<PromptHours, 'mayPlay' | 'barredBy'>;
  readonly spans: number;
  readonly limitedByShare: boolean;
  readonly placements: readonly PromptPlacement[];
  readonly channels: readonly OnlineChannel[];
}

/** Channels that are sent more requests than they can serve, by half a caller an interval or more. */
const overfullChannels = ({ after, placements, channels }: ExplainedChoice): DiversionFinding[] => {
  const sums = new Map<string, { failing: number; intervals: number; capacity: number }>();
  for (const { channel, requests, served } of onlineWork(after, placements, channels)) {
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
  { before, after, targets, hours: { mayPlay, barredBy } }: ExplainedChoice,
  i: number,
  among: 'all' | 'playable',
): DiversionFinding =>
  diversionFinding('worst-interval-with-prompts', {
    time: timeOf(before.horizon, i),
    among,
    levelBefore: levelAt(before, i),
    levelAfter: levelAt(after, i),
    target: targets.serviceLevel,
    mayPlay: mayPlay[i] === 1,
    ...(barredBy[i] === undefined ? {} : { barredBy: barredBy[i] }),
    firstCallers: after.queues.reduce((sum, { fresh }) => sum + valueAt(fresh, i), 0),
    moved: after.queues.reduce(
      (sum, queue) => sum + valueAt(queue.divertedOnline, i) + valueAt(queue.deferred, i),
      0,
    ),
  });

/** Why these prompts: what was short, what they bring, and what they cannot bring. */
export const explainChoice = (choice: ExplainedChoice): DiversionFinding[] => {
  const { before, after, targets, hours, spans, limitedByShare } = choice;
  const shortBefore = shortInAll(before, targets);
  if (shortBefore < 0.5) return [diversionFinding('targets-met-without-prompts')];
  if (spans === 0) return [diversionFinding('no-prompt-mends', { callsShort: shortBefore })];
  const worst = worstInterval(before);
  const playable = worstInterval(before, (i) => hours.mayPlay[i] === 1);
  return [
    diversionFinding('calls-short-of-targets', { before: shortBefore, after: shortInAll(after, targets) }),
    ...(worst < 0 ? [] : [explainInterval(choice, worst, 'all')]),
    ...(playable < 0 || playable === worst ? [] : [explainInterval(choice, playable, 'playable')]),
    ...overfullChannels(choice),
    ...(limitedByShare ? [diversionFinding('share-limit-binds')] : []),
  ];
};

/** What the choice rests on. */
export const diversionAssumptions = (
  catalogue: PromptsModel,
  used: readonly string[],
  aim: DiversionAim,
  takeUpFactor: number,
): DiversionFinding[] => [
  diversionFinding('chosen-on-mean-forecast', { price: diversionPrices.diverted, aim }),
  ...responseAssumptions(catalogue, used, takeUpFactor),
];

/** What is believed of callers who hear the prompts that play, and whether data says so. */
export const responseAssumptions = (
  catalogue: PromptsModel,
  used: readonly string[],
  takeUpFactor: number,
): DiversionFinding[] => {
  const playing = catalogue.prompts.filter(({ prompt }) => used.includes(prompt));
  const namesOf = (entries: PromptsModel['prompts']): Text[] => entries.map(({ name }) => name);
  const assumed = playing.filter(({ response }) => response.assumed);
  const byWait = Map.groupBy(playing, ({ offeredTo }) =>
    offeredTo === undefined || offeredTo === 'all' ? 0 : offeredTo.waitAboveSeconds,
  );
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
