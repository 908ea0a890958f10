import type { PlanningFindings } from '../../planning/planning-findings.ts';
import type { Sentences } from '../sentences.ts';

/** What it would take: operators, rates and grades. */
export const requirementSentences = {
  'one-operator-on-mean-forecast': {
    'zh-CN': '增减一人的影响按平均预测推算，只改这一个时段，后面的时段照计划。',
    en: 'One operator more or less: on the mean forecast, in this interval only, later ones as planned.',
  },
  'price-curve-basis': {
    'zh-CN': ({ samplePaths }) =>
      `曲线是每个时段、每个队列都须达到该比例时的工时（扣除缩减后，排班之前），按前 ${samplePaths} 条需求情景计算，不含各队列、各等级自己的目标。`,
    en: ({ samplePaths }) =>
      `The curve is in hours ready for calls, before shifts, with the rate held in every interval by every queue on the first ${samplePaths} sample paths of demand; targets of single queues and tiers are left out.`,
  },
  'rates-out-of-reach': {
    'zh-CN': '标“不可达”的比例在部分时段无论多少座席都达不到（线路不足）。',
    en: 'Rates marked as out of reach fail in some interval whatever the number of operators (too few lines).',
  },
  'grading-score': {
    'zh-CN': '总评 = 各指标相对全体的标准差数按权重加总；分档取自然断点（ckmeans）。',
    en: 'A score is the weighted sum of figures in standard deviations from the mean; grades are split at natural breaks (ckmeans).',
  },
  'handle-time-compared-within-tier': {
    'zh-CN': '各等级事项长短不同，处理时长只在同等级内比较（至少 5 人有此指标时）。',
    en: 'Matters differ in length, so handle time is compared within a tier (where at least five have the figure).',
  },
  'seats-of-tiers-kept': {
    'zh-CN':
      '除最低一级外，各等级人数不会增加：够格者留任，空出的席位给总评最高的合格者；没有适合等级的人留待人工判断（--free-seats 则不限席位）。',
    en: 'No tier above the lowest grows: who qualifies stays, free seats go to the best who qualify, and whom no tier fits is left to decide by hand (--free-seats lifts the limit).',
  },
  'tier-target-below-cheaper-tier': {
    'zh-CN': ({ tier, cheaper }, { say }) =>
      `${say(tier)}的接通率目标低于工资更低的${say(cheaper)}：请核对 models/tiers.json。`,
    en: ({ tier, cheaper }, { say }) =>
      `${say(tier)} has a lower connection target than ${say(cheaper)}, whose wage is lower: check models/tiers.json.`,
  },
} satisfies Partial<Sentences<PlanningFindings>>;
