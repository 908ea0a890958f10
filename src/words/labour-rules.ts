import type { LabourRule, LabourRuleCode, LabourRuleOf } from '../contract/models/labour-rules-model.ts';
import type { Sentence } from './sentences.ts';

type RuleSentences = { readonly [Code in LabourRuleCode]: Sentence<LabourRuleOf<Code>> };

const periods = {
  'zh-CN': { week: '每周', month: '每月', quarter: '每季', year: '每年', period: '本期' },
  en: { week: 'a week', month: 'a month', quarter: 'a quarter', year: 'a year', period: 'in the period' },
} as const;

const shares = {
  'zh-CN': { nights: '夜班', weekends: '周末班', holidays: '节假日班', unpopular: '不受欢迎的班' },
  en: {
    nights: 'nights',
    weekends: 'weekend duties',
    holidays: 'holiday duties',
    unpopular: 'unpopular shifts',
  },
} as const;

/** Least and most hours, whichever there are. */
const boundsInChinese = ({
  least,
  most,
}: {
  readonly least?: number | undefined;
  readonly most?: number | undefined;
}): string =>
  [...(least === undefined ? [] : [`至少 ${least}`]), ...(most === undefined ? [] : [`至多 ${most}`])].join(
    '、',
  );
const boundsInEnglish = ({
  least,
  most,
}: {
  readonly least?: number | undefined;
  readonly most?: number | undefined;
}): string =>
  [
    ...(least === undefined ? [] : [`at least ${least}`]),
    ...(most === undefined ? [] : [`at most ${most}`]),
  ].join(', ');

/** Each labour rule by name and numbers. */
const ruleSentences: RuleSentences = {
  unavailable: { 'zh-CN': '请假、缺勤和固定休息日不排班', en: 'nobody works on leave or on a fixed day off' },
  pinned: { 'zh-CN': '固定的班次和休息不变', en: 'what is pinned stays' },
  'minimum-rest': {
    'zh-CN': ({ hours }) => `两班之间至少休息 ${hours} 小时`,
    en: ({ hours }, { plural }) =>
      `at least ${hours} ${plural(hours, 'hour', 'hours')} of rest between shifts`,
  },
  'forbidden-sequence': {
    'zh-CN': ({ pairs }, { list }) => `不得连排：${list(pairs.map((pair) => pair.join('→')))}`,
    en: ({ pairs }, { list }) => `not on consecutive days: ${list(pairs.map((pair) => pair.join('→')))}`,
  },
  'most-days-in-a-row': {
    'zh-CN': ({ days }) => `连续上班至多 ${days} 天`,
    en: ({ days }, { counted }) => `at most ${counted(days, 'day')} in a row`,
  },
  'fewest-days-in-a-row': {
    'zh-CN': ({ days }) => `连续上班至少 ${days} 天`,
    en: ({ days }, { counted }) => `at least ${counted(days, 'day')} in a row`,
  },
  'fewest-days-off-in-a-row': {
    'zh-CN': ({ days }) => `连续休息至少 ${days} 天`,
    en: ({ days }, { counted }) => `at least ${counted(days, 'day')} off in a row`,
  },
  'most-nights-in-a-row': {
    'zh-CN': ({ nights }) => `连续夜班至多 ${nights} 个`,
    en: ({ nights }, { counted }) => `at most ${counted(nights, 'night')} in a row`,
  },
  'days-off-after-nights': {
    'zh-CN': ({ days }) => `夜班之后至少休息 ${days} 天`,
    en: ({ days }) => `${days === 1 ? 'a day' : `${days} days`} off after nights`,
  },
  'weekly-rest': {
    'zh-CN': ({ days }) => `每周至少休息 ${days} 天`,
    en: ({ days }, { counted }) => `at least ${counted(days, 'day')} of rest a week`,
  },
  'most-weekends': {
    'zh-CN': ({ weekends }) => `上班的周末至多 ${weekends} 个`,
    en: ({ weekends }, { counted }) => `work on at most ${counted(weekends, 'weekend')}`,
  },
  'most-nights': {
    'zh-CN': ({ nights, per }) => `${periods['zh-CN'][per]}夜班至多 ${nights} 个`,
    en: ({ nights, per }, { counted }) => `at most ${counted(nights, 'night')} ${periods.en[per]}`,
  },
  'hours-a-week': {
    'zh-CN': (rule) => `每周工时${boundsInChinese(rule)} 小时（按合同折算）`,
    en: (rule) => `${boundsInEnglish(rule)} hours a week (in proportion to the contract)`,
  },
  'hours-in-period': {
    'zh-CN': (rule) => `本期工时${boundsInChinese(rule)} 小时（按合同折算）`,
    en: (rule) => `${boundsInEnglish(rule)} hours in the period (in proportion to the contract)`,
  },
  'accounting-period': {
    'zh-CN': ({ period, standardDays, hoursPerDay }) =>
      `综合计算工时：${periods['zh-CN'][period]}标准 ${standardDays} 天、每天 ${hoursPerDay} 小时`,
    en: ({ period, standardDays, hoursPerDay }) =>
      `comprehensive hours: a standard of ${standardDays} days of ${hoursPerDay} hours ${periods.en[period]}`,
  },
  'most-of-shift': {
    'zh-CN': ({ shift, times }) => `班次 ${shift} 本期至多 ${times} 次`,
    en: ({ shift, times }, { counted }) => `shift ${shift} at most ${counted(times, 'time')} in the period`,
  },
  'overtime-a-day': {
    'zh-CN': ({ hours, standard }) => `每天超出 ${standard} 小时至多 ${hours} 小时`,
    en: ({ hours, standard }, { plural }) =>
      `at most ${hours} ${plural(hours, 'hour', 'hours')} of overtime a day beyond ${standard}`,
  },
  'overtime-a-month': {
    'zh-CN': ({ hours, standardHours }) => `每月超出 ${standardHours} 小时至多 ${hours} 小时`,
    en: ({ hours, standardHours }, { plural }) =>
      `at most ${hours} ${plural(hours, 'hour', 'hours')} of overtime a month beyond ${standardHours}`,
  },
  'overtime-pay': {
    'zh-CN': ({ beyondStandard, restDay, holiday }, { shortPercent }) =>
      `加班工资 ${shortPercent(beyondStandard)}、${shortPercent(restDay)}、${shortPercent(holiday)}`,
    en: ({ beyondStandard, restDay, holiday }, { shortPercent }) =>
      `overtime paid at ${shortPercent(beyondStandard)}, ${shortPercent(restDay)} and ${shortPercent(holiday)}`,
  },
  'meal-break': {
    'zh-CN': ({ beyondHours, minutes }) => `超过 ${beyondHours} 小时的班须有 ${minutes} 分钟用餐时间`,
    en: ({ beyondHours, minutes }) =>
      `a meal break of ${minutes} minutes in shifts beyond ${beyondHours} hours`,
  },
  'own-shifts': { 'zh-CN': '只上名册中写明可上的班次', en: 'only shifts that a person may work' },
  'no-nights-if-exempt': { 'zh-CN': '免夜班人员不上夜班', en: 'no nights for whoever is exempt' },
  'same-start-in-week': { 'zh-CN': '一周之内班次不换', en: 'the same shift through a week' },
  'fair-share': {
    'zh-CN': ({ of, within }) => `${shares['zh-CN'][of]}分担均匀，相差不超过 ${within}`,
    en: ({ of, within }) => `a fair share of ${shares.en[of]}, within ${within}`,
  },
  'team-together': { 'zh-CN': '同一班组上同一个班', en: 'a team works the same shift' },
  'new-beside-experienced': {
    'zh-CN': ({ newPerExperienced }) => `每 ${newPerExperienced} 名新人须有一名老员工同班`,
    en: ({ newPerExperienced }) =>
      `one experienced operator for every ${newPerExperienced} new ones on a shift`,
  },
  'least-qualified': {
    'zh-CN': ({ skill, operators }) => `每班至少 ${operators} 人持有技能 ${skill}`,
    en: ({ skill, operators }) => `at least ${operators} on a shift with the skill ${skill}`,
  },
  'day-off-requests': { 'zh-CN': '照顾希望休息的日子', en: 'days that people asked to have off' },
  'shift-requests': {
    'zh-CN': '照顾希望或不希望的班次',
    en: 'shifts that people asked for or asked to be spared',
  },
  'disliked-shifts': { 'zh-CN': '避免不喜欢的班次', en: 'shifts that people dislike' },
};

/** A rule in words; its own numbers go with its code. */
export const labourRuleSentence: Sentence<{ readonly rule: LabourRule }> = {
  'zh-CN': ({ rule }, speech) => worded(ruleSentences[rule.rule]['zh-CN'], rule, speech),
  en: ({ rule }, speech) => worded(ruleSentences[rule.rule].en, rule, speech),
};

const worded = <Values>(
  wording: string | ((values: never, speech: Values) => string),
  rule: LabourRule,
  speech: Values,
): string => (typeof wording === 'string' ? wording : wording(rule as never, speech));
