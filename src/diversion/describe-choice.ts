import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { TargetsModel } from '../contract/models/targets-model.ts';
import type { Horizon, OnlineChannel, Outcome, PromptPlacement } from '../kernel/hotline.ts';
import { text, type Text } from '../kernel/text.ts';
import { wallClockOf } from '../kernel/time.ts';
import { onlineWork } from './online-work.ts';
import { callsShort, diversionPrices, sumOf, type DiversionAim } from './diversion-aim.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

const shortInAll = (outcome: Outcome, targets: TargetsModel): number =>
  outcome.queues.reduce(
    (sum, queue) => sum + sumOf(queue.offered.map((_, i) => callsShort(queue, i, targets))),
    0,
  );

/** Service level of an interval over all queues, of offered; NaN without calls. */
export const levelAt = (outcome: Outcome, i: number): number => {
  const offered = outcome.queues.reduce((sum, q) => sum + (q.offered[i] ?? 0), 0);
  const within = outcome.queues.reduce((sum, q) => sum + (q.answeredWithinThreshold[i] ?? 0), 0);
  return offered > 0 ? within / offered : Number.NaN;
};

/** The interval with the lowest service level among the eligible with at least five calls; −1 when none has. */
export const worstInterval = (outcome: Outcome, isEligible: (i: number) => boolean = () => true): number => {
  let worst = -1;
  for (let i = 0; i < outcome.horizon.count; i += 1) {
    if (!isEligible(i)) continue;
    const calls = outcome.queues.reduce((sum, q) => sum + (q.offered[i] ?? 0), 0);
    if (calls >= 5 && (worst < 0 || levelAt(outcome, i) < levelAt(outcome, worst))) worst = i;
  }
  return worst;
};

const timeOf = (horizon: Horizon, i: number): string =>
  wallClockOf(horizon.startMillis + i * horizon.intervalMinutes * 60_000, horizon.zone)
    .slice(0, 16)
    .replace('T', ' ');

/** A choice as it is told: the line before and after, and where prompts may play. */
export interface ToldChoice {
  readonly before: Outcome;
  readonly after: Outcome;
  readonly targets: TargetsModel;
  /** 1 where the line is open and quiet hours do not forbid prompts. */
  readonly mayPlay: Uint8Array;
  readonly spans: number;
  readonly limitedByShare: boolean;
  readonly placements: readonly PromptPlacement[];
  readonly channels: readonly OnlineChannel[];
}

/** Channels that are sent more requests than they can serve. */
const overfullChannels = ({ after, placements, channels }: ToldChoice): Text[] => {
  const sums = new Map<string, { failing: number; intervals: number; capacity: number }>();
  for (const { channel, requests, served } of onlineWork(after, placements, channels)) {
    if (channel === undefined || requests - served < 0.05) continue;
    const sum = sums.get(channel.channel) ?? {
      failing: 0,
      intervals: 0,
      capacity: channel.capacityPerInterval,
    };
    sum.failing += requests - served;
    sum.intervals += 1;
    sums.set(channel.channel, sum);
  }
  return [...sums].map(([name, { failing, intervals, capacity }]) =>
    text(
      `渠道 ${name} 每时段只能受理 ${capacity} 件，有 ${intervals} 个时段超出：其中 ${failing.toFixed(0)} 人在线上办不成、会再打电话。`,
      `Channel ${name} can serve only ${capacity} requests an interval and is sent more in ${intervals}: ${failing.toFixed(0)} callers fail there and call after all.`,
    ),
  );
};

const goesFrom = (was: string, is: string): Text => text(`从 ${was} 变为 ${is}`, `goes from ${was} to ${is}`);

/** A figure that no printed digit tells from what it was. */
const staysAt = (is: string): Text => text(`仍为 ${is}`, `stays at ${is}`);

/** What becomes of an interval, and why it still misses its target where it does. */
const describeInterval = (told: ToldChoice, i: number, name: Text): Text => {
  const { before, after, targets, mayPlay } = told;
  const [was, is] = [levelAt(before, i), levelAt(after, i)];
  const time = timeOf(before.horizon, i);
  const moved = after.queues.reduce(
    (sum, queue) => sum + (queue.divertedOnline[i] ?? 0) + (queue.deferred[i] ?? 0),
    0,
  );
  const calls = after.queues.reduce((sum, queue) => sum + (queue.fresh[i] ?? 0), 0);
  const level = targets.serviceLevel;
  const judged =
    level === null
      ? text('', '')
      : is >= level
        ? text(`，达到目标 ${percent(level)}`, `, which meets the target of ${percent(level)}`)
        : mayPlay[i] !== 1
          ? text(
              `，仍低于目标 ${percent(level)}：这时处于静默时段，不得播放提示`,
              `, still below the target of ${percent(level)}: it lies in the quiet hours, in which no prompt may play`,
            )
          : text(
              `，仍低于目标 ${percent(level)}：${calls.toFixed(0)} 位首次来电人中，提示只移走 ${moved.toFixed(0)} 位`,
              `, still below the target of ${percent(level)}: of ${calls.toFixed(0)} first callers prompts move only ${moved.toFixed(0)}`,
            );
  const moves = percent(was) === percent(is) ? staysAt(percent(is)) : goesFrom(percent(was), percent(is));
  return text(
    `${name['zh-CN']} ${time} 的应答时限达成率${moves['zh-CN']}${judged['zh-CN']}。`,
    `In ${name.en}, ${time}, the service level ${moves.en}${judged.en}.`,
  );
};

/** Why these prompts, in sentences: what was short, what they bring, and what they cannot bring. */
export const describeChoice = (told: ToldChoice): Text[] => {
  const { before, after, targets, mayPlay, spans, limitedByShare } = told;
  const shortBefore = shortInAll(before, targets);
  if (shortBefore < 0.5)
    return [
      text(
        '按预测均值，各队列各时段已达目标，不需要分流提示。',
        'On the mean forecast every queue meets its targets in every interval: no prompt is needed.',
      ),
    ];
  if (spans === 0)
    return [
      text(
        `有 ${shortBefore.toFixed(0)} 通来电未达目标，但没有一条提示能以合理代价改善：提示本身要占用应答时间，或缺口不在可播放时段。`,
        `${shortBefore.toFixed(0)} calls miss the targets, but no prompt mends that at a fair price: an announcement takes answer time itself, or the gap lies where prompts may not play.`,
      ),
    ];
  const [was, is] = [shortBefore.toFixed(0), shortInAll(after, targets).toFixed(0)];
  const reasons = [
    was === is
      ? text(`未达目标的来电仍有 ${is} 通。`, `Calls short of the targets stay at ${is}.`)
      : text(
          `未达目标的来电从 ${was} 通降到 ${is} 通。`,
          `Calls short of the targets fall from ${was} to ${is}.`,
        ),
  ];
  const worst = worstInterval(before);
  const playable = worstInterval(before, (i) => mayPlay[i] === 1);
  if (worst >= 0) reasons.push(describeInterval(told, worst, text('最差时段', 'the worst interval')));
  if (playable >= 0 && playable !== worst)
    reasons.push(
      describeInterval(
        told,
        playable,
        text('可播放的最差时段', 'the worst interval in which prompts may play'),
      ),
    );
  reasons.push(...overfullChannels(told));
  if (limitedByShare)
    reasons.push(
      text(
        '分流上限起了作用：放宽后还可以多分流一些来电。',
        'The limit on diverted callers binds: relaxing it would let prompts do more.',
      ),
    );
  return reasons;
};

/** What the choice rests on, in sentences. */
export const diversionAssumptions = (
  catalogue: PromptsModel,
  used: readonly string[],
  aim: DiversionAim,
  takeUpFactor: number,
): Text[] => {
  const said: Text[] = [
    text(
      `选择提示时按预测均值计算；每分流一人按 ${diversionPrices.diverted} 通来电计价，${
        aim === 'fewest-diverted' ? '以最少分流达到目标' : '以最少损失用好现有班次'
      }。`,
      `Prompts are chosen on the mean forecast; each diverted caller is priced at ${diversionPrices.diverted} of a call, ${
        aim === 'fewest-diverted'
          ? 'to meet the targets with the fewest'
          : 'to lose the fewest calls with this roster'
      }.`,
    ),
  ];
  return [...said, ...responseAssumptions(catalogue, used, takeUpFactor)];
};

const listOf = (entries: PromptsModel['prompts'], language: 'zh-CN' | 'en'): string =>
  entries.map(({ name }) => name[language]).join(language === 'en' ? ', ' : '、');

/** What is believed of callers who hear the prompts that play, and whether data says so. */
export const responseAssumptions = (
  catalogue: PromptsModel,
  used: readonly string[],
  takeUpFactor: number,
): Text[] => {
  const playing = catalogue.prompts.filter(({ prompt }) => used.includes(prompt));
  const said: Text[] = [];
  const assumed = playing.filter(({ response }) => response.assumed);
  if (assumed.length > 0)
    said.push(
      text(
        `以下提示的采纳率是假设值，尚未由数据校正：${listOf(assumed, 'zh-CN')}。`,
        `The take-up of these prompts is assumed, not learnt from data: ${listOf(assumed, 'en')}.`,
      ),
    );
  const byWait = Map.groupBy(playing, ({ offeredTo }) =>
    offeredTo === undefined || offeredTo === 'all' ? 0 : offeredTo.waitAboveSeconds,
  );
  byWait.delete(0);
  for (const [seconds, own] of byWait)
    said.push(
      text(
        `只对预计等候超过 ${seconds} 秒的来电人播放：${listOf(own, 'zh-CN')}。预计等候 =（本队列排队人数 + 1）× 平均处理时长 ÷ 座席数，有空闲座席时为 0；记录不能说明谁听到了，采纳率不会由记录校正。`,
        `Played only to callers who would wait more than ${seconds} seconds: ${listOf(own, 'en')}. The estimate is (own queue + 1) × mean handle time / operators, 0 where one is free; records do not tell who heard it, so its take-up is not learnt.`,
      ),
    );
  const patience = playing.filter(({ response }) => (response.patienceFactor ?? 1) !== 1);
  if (patience.length > 0)
    said.push(
      text(
        `听到提示而继续等候的人，耐心按设定改变（假设值）：${patience.map(({ name, response }) => `${name['zh-CN']} ${response.patienceFactor ?? 1} 倍`).join('、')}。`,
        `The patience of those who hear it and stay is changed as set (assumed): ${patience.map(({ name, response }) => `${name.en} × ${response.patienceFactor ?? 1}`).join(', ')}.`,
      ),
    );
  const later = playing.filter(({ kind, response }) => kind !== 'callback' && response.offPeakShare > 0);
  if (later.length > 0)
    said.push(
      text(
        `被建议错峰的来电人，从所报时刻起、到不宜打扰的时段开始为止，按平时的来电分布再来电（假设值）：${listOf(later, 'zh-CN')}。`,
        `Callers who are asked to call off-peak call from the hour named until the quiet hours, as calls usually come then (assumed): ${listOf(later, 'en')}.`,
      ),
    );
  if (takeUpFactor !== 1)
    said.push(
      text(
        `采纳率按设定值的 ${takeUpFactor} 倍计算。`,
        `Take-up is taken at ${takeUpFactor} times its setting.`,
      ),
    );
  return said;
};
