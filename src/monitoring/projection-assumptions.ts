import { oneOrMany } from '../kernel/one-or-many.ts';
import type { Text } from '../kernel/text.ts';
import { text } from '../kernel/text.ts';
import { connectedNeededForHot } from './bands.ts';
import type { MonitoringInput } from './monitoring-input.ts';
import type { QualityMix } from './tier-quality.ts';

/** What a projected monitoring rests on, in sentences a planner can check. */
export const projectionAssumptions = (
  input: MonitoringInput,
  quality: QualityMix,
  missing: readonly string[],
): Text[] => {
  const { monitor, scorecard } = input;
  const needed = connectedNeededForHot(monitor.testCalls, monitor.bands);
  const said: Text[] = [
    text(
      `拨测按「${monitor.name['zh-CN']}」的时段均匀拨打，每次最多等 ${monitor.longestWaitSeconds} 秒（含振铃与语音 ${input.greetingSeconds} 秒），最多拨 ${monitor.attempts} 次；暗访者不像普通来电者那样提前挂机。`,
      `Test calls are spread evenly over the windows of "${monitor.name.en}"; each waits at most ${monitor.longestWaitSeconds} s (${input.greetingSeconds} s of ringing and greeting included) in ${oneOrMany(monitor.attempts, 'one attempt', `up to ${monitor.attempts} attempts`)}, and does not hang up early as ordinary callers do.`,
    ),
    text(
      `${monitor.testCalls} 次拨测中须接通 ${needed} 次才算「热线」档，因此等级带有抽样运气。`,
      `Hot takes ${needed} of ${monitor.testCalls} test calls, so the band is partly luck of the sample.`,
    ),
  ];
  if (scorecard.weightsAssumed) {
    said.push(
      text(
        '评分表的权重是假设的，未见公布。',
        'The weights of the scorecard are assumed: none were published.',
      ),
    );
  }
  if (quality.covered < 1) said.push(coverageText(quality));
  if (missing.length > 0) said.push(missingText(input, missing));
  if (Object.values(input.occupancy ?? {}).every(({ found }) => !found)) {
    said.push(
      text(
        '礼仪、沟通与问题解决取各等级座席自己的质检分与首次解决率，按各等级接听量加权，不随忙碌程度变动。',
        "Etiquette, communication and problem solving are the tiers' own quality scores and first-contact resolution, weighted by the calls each tier answers; they do not move with occupancy.",
      ),
    );
  }
  return said;
};

const coverageText = ({ covered }: QualityMix): Text => {
  const share = (100 * covered).toFixed(0);
  return text(
    `有质检数据的等级接听了 ${share}% 的电话，其余视同它们。`,
    `Tiers with quality figures answer ${share} % of the calls; the others are taken to be like them.`,
  );
};

const missingText = ({ scorecard }: MonitoringInput, missing: readonly string[]): Text => {
  const names = scorecard.indicators.filter((i) => missing.includes(i.indicator)).map((i) => i.name);
  return text(
    `没有数据的指标不计分，其余权重按比例放大：${names.map((n) => n['zh-CN']).join('、')}。`,
    `Indicators without data are left out and the other weights scaled up: ${names.map((n) => n.en).join(', ')}.`,
  );
};
