import type { PromptsModel, TargetsModel } from '../contract/model-files.ts';
import type { Horizon, Outcome } from '../kernel/hotline.ts';
import { text, type Text } from '../kernel/text.ts';
import { wallClockOf } from '../kernel/time.ts';
import { callsShort, diversionPrices, sumOf, type DiversionAim } from './diversion-aim.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

const shortInAll = (outcome: Outcome, targets: TargetsModel): number =>
  outcome.queues.reduce(
    (sum, queue) => sum + sumOf(queue.offered.map((_, i) => callsShort(queue, i, targets))),
    0,
  );

/** Service level of an interval over all queues, of offered; NaN without calls. */
const levelAt = (outcome: Outcome, i: number): number => {
  const offered = outcome.queues.reduce((sum, q) => sum + (q.offered[i] ?? 0), 0);
  const within = outcome.queues.reduce((sum, q) => sum + (q.answeredWithinThreshold[i] ?? 0), 0);
  return offered > 0 ? within / offered : Number.NaN;
};

/** The interval with the lowest service level among those with at least five calls; −1 when none has. */
const worstInterval = (outcome: Outcome): number => {
  let worst = -1;
  for (let i = 0; i < outcome.horizon.count; i += 1) {
    const calls = outcome.queues.reduce((sum, q) => sum + (q.offered[i] ?? 0), 0);
    if (calls >= 5 && (worst < 0 || levelAt(outcome, i) < levelAt(outcome, worst))) worst = i;
  }
  return worst;
};

const timeOf = (horizon: Horizon, i: number): string =>
  wallClockOf(horizon.startMillis + i * horizon.intervalMinutes * 60_000, horizon.zone)
    .slice(0, 16)
    .replace('T', ' ');

/** Why these prompts, in sentences: what was short, what they bring, and what they cannot bring. */
export const describeChoice = (
  before: Outcome,
  after: Outcome,
  targets: TargetsModel,
  spans: number,
  limitedByShare: boolean,
): Text[] => {
  const shortBefore = shortInAll(before, targets);
  if (shortBefore < 0.5)
    return [
      text(
        '按预测均值,各队列各时段已达目标,不需要分流提示。',
        'On the mean forecast every queue meets its targets in every interval: no prompt is needed.',
      ),
    ];
  if (spans === 0)
    return [
      text(
        `有 ${shortBefore.toFixed(0)} 通来电未达目标,但没有一条提示能以合理代价改善:提示本身要占用应答时间,或缺口不在可播放时段。`,
        `${shortBefore.toFixed(0)} calls miss the targets, but no prompt mends that at a fair price: an announcement takes answer time itself, or the gap lies where prompts may not play.`,
      ),
    ];
  const shortAfter = shortInAll(after, targets);
  const reasons = [
    text(
      `未达目标的来电从 ${shortBefore.toFixed(0)} 通降到 ${shortAfter.toFixed(0)} 通。`,
      `Calls short of the targets fall from ${shortBefore.toFixed(0)} to ${shortAfter.toFixed(0)}.`,
    ),
  ];
  const worst = worstInterval(before);
  const level = targets.serviceLevel;
  if (worst >= 0) {
    const [was, is] = [levelAt(before, worst), levelAt(after, worst)];
    const time = timeOf(before.horizon, worst);
    const judged =
      level === null
        ? text('', '')
        : is >= level
          ? text(`,达到目标 ${percent(level)}`, `, which meets the target of ${percent(level)}`)
          : text(
              `,仍低于目标 ${percent(level)}:能被分流的来电人太少,需要加人或调整班次`,
              `, still below the target of ${percent(level)}: too few callers can be diverted, so operators or shifts must change`,
            );
    reasons.push(
      text(
        `最差时段 ${time} 的应答时限达成率从 ${percent(was)} 变为 ${percent(is)}${judged['zh-CN']}。`,
        `In the worst interval, ${time}, the service level goes from ${percent(was)} to ${percent(is)}${judged.en}.`,
      ),
    );
  }
  if (limitedByShare)
    reasons.push(
      text(
        '分流上限起了作用:放宽后还可以多分流一些来电。',
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
  const assumed = catalogue.prompts.filter((p) => used.includes(p.prompt) && p.response.assumed);
  const said: Text[] = [
    text(
      `选择提示时按预测均值计算;每分流一人按 ${diversionPrices.diverted} 通来电计价,${
        aim === 'fewest-diverted' ? '以最少分流达到目标' : '以最少损失用好现有班次'
      }。`,
      `Prompts are chosen on the mean forecast; each diverted caller is priced at ${diversionPrices.diverted} of a call, ${
        aim === 'fewest-diverted'
          ? 'to meet the targets with the fewest'
          : 'to lose the fewest calls with this roster'
      }.`,
    ),
  ];
  if (assumed.length > 0)
    said.push(
      text(
        `以下提示的采纳率是假设值,尚未由数据校正:${assumed.map((p) => p.name['zh-CN']).join('、')}。`,
        `The take-up of these prompts is assumed, not learnt from data: ${assumed.map((p) => p.name.en).join(', ')}.`,
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
