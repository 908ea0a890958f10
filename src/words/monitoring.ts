import type { MeasuredEffect, MonitoringFindings, NamedCause } from '../monitoring/monitoring-findings.ts';
import type { Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';
import { messages } from './messages.ts';

const qualitySources = {
  'zh-CN': { 'quality-score': '礼仪与沟通得分', 'first-contact-resolution': '问题解决得分' },
  en: { 'quality-score': 'Etiquette and communication', 'first-contact-resolution': 'Problem solving' },
} as const;

/** Points for ten percentage points of occupancy. */
const perTen = (slope: number, { number }: Speech): string => number(slope / 10, 2);

const effectInChinese = ({ slope, standardError, pValue, rows }: MeasuredEffect, speech: Speech): string =>
  `占用率每高 10 个百分点 ${perTen(slope, speech)} 分（标准误 ${perTen(standardError, speech)}，p = ${speech.number(pValue, 3)}，${rows} 次拨测）`;

const effectInEnglish = ({ slope, standardError, pValue, rows }: MeasuredEffect, speech: Speech): string =>
  `${perTen(slope, speech)} points for ten points more of occupancy (standard error ${perTen(standardError, speech)}, p = ${speech.number(pValue, 3)}, ${rows} test calls)`;

const chance = (pValue: number, { percent }: Speech): string => (pValue < 0.001 ? '< 0.1%' : percent(pValue));

const sizeOf = ({ effect }: NamedCause, { number }: Speech): string => number(Math.abs(100 * effect), 2);

/** What monitoring finds, in sentences. */
export const monitoringSentences: Sentences<MonitoringFindings> = {
  ...messages('monitoring'),
  'occupancy-effect': {
    'zh-CN': (effect, speech) =>
      `${qualitySources['zh-CN'][effect.source]}随忙碌程度变化：${effectInChinese(effect, speech)}；收缩后按 ${perTen(effect.usedSlope, speech)} 分计，本计划因此变动 ${speech.number(effect.shiftPoints)} 分`,
    en: (effect, speech) =>
      `${qualitySources.en[effect.source]} moves with occupancy: ${effectInEnglish(effect, speech)}; shrunk to ${perTen(effect.usedSlope, speech)}, which moves this plan by ${speech.number(effect.shiftPoints)} points`,
  },
  'no-occupancy-effect': {
    'zh-CN': (effect, speech) =>
      `${qualitySources['zh-CN'][effect.source]}与忙碌程度无显著关系：${effectInChinese(effect, speech)}，按不变处理`,
    en: (effect, speech) =>
      `${qualitySources.en[effect.source]} shows no move with occupancy: ${effectInEnglish(effect, speech)}; none is assumed`,
  },
  'tier-holds-score-back': {
    'zh-CN': ({ tier, answeredShare, points, training }, { name, number, percent }) =>
      `最拖累总分的是“${name(tier)}”：接听拨测时段 ${percent(answeredShare, 0)} 的来电，与各级最好水平相比少 ${number(points, 2)} 分${
        training === null
          ? ''
          : `；把其中低于本级中位数的 ${training.operators} 人培训到中位数，总分 +${number(training.points, 2)}`
      }`,
    en: ({ tier, answeredShare, points, training }, { name, number, percent }) =>
      `The tier "${name(tier)}" holds the score back most: it answers ${percent(answeredShare, 0)} of the calls at test times and costs ${number(points, 2)} points of score against the best figures of any tier${
        training === null
          ? ''
          : `; training its ${training.operators} operators below the tier's median up to it brings ${number(training.points, 2)}`
      }`,
  },
  'rank-intervals': {
    'zh-CN': ({ outOfServiceShare }, { percent }) =>
      `名次区间是 95% 区间，按全部热线合并估计的真实接通率得出${outOfServiceShare >= 0.0005 ? `；约 ${percent(outOfServiceShare)} 的热线可能无人应答（真实接通率为零）` : ''}。`,
    en: ({ outOfServiceShare }, { percent }) =>
      `Rank intervals are 95% intervals from the true rates as estimated over all hotlines together${outOfServiceShare >= 0.0005 ? `; about ${percent(outOfServiceShare)} seem to be out of service (true rate zero)` : ''}.`,
  },
  'monitored-against-projected': {
    'zh-CN': ({ testCalls, connected, low, high, projected, pValue, judgement, gap, cause }, speech) => {
      const { percent, say } = speech;
      const judged = {
        ordinary: `这 ${testCalls} 次拨测的结果完全在抽样误差之内：推算若属实，这样的结果很平常。`,
        'within-sampling-noise': `这 ${testCalls} 次拨测的结果在抽样误差之内：推算若属实，出现同样或更少见结果的概率为 ${chance(pValue, speech)}。`,
        'beyond-sampling-noise': `这 ${testCalls} 次拨测的结果超出抽样误差：推算若属实，出现这样结果的概率只有 ${chance(pValue, speech)}。`,
      }[judgement];
      const why =
        cause === null
          ? ''
          : `最可能的原因是${say(cause.name)}，使接通率${gap < 0 ? '低' : '高'}了 ${sizeOf(cause, speech)} 个百分点。`;
      return `拨测 ${testCalls} 次接通 ${connected} 次（${percent(connected / testCalls)}，95% 区间 ${percent(low)}–${percent(high)}），按拨测时刻推算为 ${percent(projected)}。${judged}${why}`;
    },
    en: ({ testCalls, connected, low, high, projected, pValue, judgement, gap, cause }, speech) => {
      const { percent, plural, say } = speech;
      const result = `The monitored result (${testCalls} ${plural(testCalls, 'call', 'calls')})`;
      const judged = {
        ordinary: `${result} is well within luck: if the projection is right, such a result is nothing unusual.`,
        'within-sampling-noise': `${result} is within sampling noise: a right projection gives a result this unlikely with a chance of ${chance(pValue, speech)}.`,
        'beyond-sampling-noise': `${result} differs by more than sampling noise: a right projection gives a result this unlikely only with a chance of ${chance(pValue, speech)}.`,
      }[judgement];
      const why =
        cause === null
          ? ''
          : ` The likeliest cause is ${say(cause.name).toLowerCase()}, which ${gap < 0 ? 'took' : 'added'} ${sizeOf(cause, speech)} points ${gap < 0 ? 'off' : 'to'} the connection rate.`;
      return `${connected} of ${testCalls} test calls got through (${percent(connected / testCalls)}, 95% interval ${percent(low)}–${percent(high)}) against ${percent(projected)} projected for the times of test calls. ${judged}${why}`;
    },
  },
  'traffic-against-plan': {
    'zh-CN': ({ gap, cause }, { say, points }) =>
      `交换机记录的所有来电接通率与推算相差 ${points(gap)} 个百分点${cause === null ? '' : `，其中最大的原因是“${say(cause.name)}”（${points(cause.effect)}）`}。`,
    en: ({ gap, cause }, { say, points }) =>
      `The connection rate of all calls recorded by the switch differs from the projection by ${points(gap)} points${cause === null ? '' : `; the largest part is ${say(cause.name).toLowerCase()} (${points(cause.effect)})`}.`,
  },
};
