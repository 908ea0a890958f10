import type { KindOfShrinkage, SchedulingFindings, ShortTier } from '../scheduling/scheduling-findings.ts';
import type { Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';
import { messages } from './messages.ts';

/** A kind of shrinkage with when it applies and what it is of the whole week, where that is not all of it. */
const kindOf = (
  { name, share, weekdays, window, weeklyShare }: KindOfShrinkage,
  speech: Speech,
  [open, between, close]: readonly [string, string, string],
): string => {
  const when = [
    ...(weekdays === null ? [] : [speech.weekdays(weekdays)]),
    ...(window === null ? [] : [`${window.from}–${window.to}`]),
  ];
  const kind = `${speech.name(name)} ${speech.shortPercent(share)}`;
  return when.length === 0
    ? kind
    : `${kind}${open}${when.join(' ')}${between}${speech.shortPercent(weeklyShare)}${close}`;
};

const stretchesInChinese = ({ stretches, others }: ShortTier, { number }: Speech): string =>
  [
    ...stretches.map(
      ({ from, to, mostOperators, operatorHours }) =>
        `${from}–${to} 最多缺 ${number(mostOperators)} 人、共 ${number(operatorHours)} 工时`,
    ),
    ...(others.stretches === 0
      ? []
      : [`另有 ${others.stretches} 段，共 ${number(others.operatorHours)} 工时`]),
  ].join('；');

const stretchesInEnglish = ({ stretches, others }: ShortTier, { counted, number }: Speech): string =>
  [
    ...stretches.map(
      ({ from, to, mostOperators, operatorHours }) =>
        `${from}–${to} short of up to ${number(mostOperators)}, ${number(operatorHours)} operator-hours`,
    ),
    ...(others.stretches === 0
      ? []
      : [
          `and ${counted(others.stretches, 'more stretch', 'more stretches')}, ${number(others.operatorHours)} operator-hours`,
        ]),
  ].join('; ');

const standInsInChinese = ({ standIns }: ShortTier, { number }: Speech): string => {
  if (standIns === null) return '';
  const [before, moved, after] = [standIns.before, standIns.before - standIns.after, standIns.after];
  return moved > 0
    ? `低于需求 ${number(before)} 工时，其他等级支援 ${number(moved)} 工时，剩 ${number(after)} 工时。`
    : `低于需求 ${number(before)} 工时，另有 ${number(-moved)} 工时支援其他等级，合计 ${number(after)} 工时。`;
};

const standInsInEnglish = ({ standIns }: ShortTier, { number }: Speech): string => {
  if (standIns === null) return '';
  const [before, moved, after] = [standIns.before, standIns.before - standIns.after, standIns.after];
  return moved > 0
    ? `${number(before)} operator-hours below the requirement, people of other tiers stand in for ${number(moved)} of them, ${number(after)} remain: `
    : `${number(before)} operator-hours below the requirement, ${number(-moved)} more are lent to other tiers, ${number(after)} in all: `;
};

/** What scheduling finds, in sentences. */
export const schedulingSentences: Sentences<SchedulingFindings> = {
  ...messages('scheduling'),
  'shrinkage-by-kind': {
    'zh-CN': ({ tier, kinds, mean, most, hoursAtMost }, speech) =>
      `${speech.name(tier)}的缩减率：${kinds.map((kind) => kindOf(kind, speech, ['（', '；占全周 ', '）'])).join('，')}；全周平均 ${speech.shortPercent(mean)}，最高 ${speech.shortPercent(most)}（${hoursAtMost} 小时）。`,
    en: ({ tier, kinds, mean, most, hoursAtMost }, speech) =>
      `Shrinkage of ${speech.name(tier)}: ${kinds.map((kind) => kindOf(kind, speech, [' (', '; ', ' of the week)'])).join(', ')}; ${speech.shortPercent(mean)} on average, ${speech.shortPercent(most)} at most (for ${hoursAtMost} hours).`,
  },
  'shifts-within-people': {
    'zh-CN': ({ tiers }, { list, name, say }) =>
      `班次不得超出名册上的人员（每人每天至多一个班、每七天至少休一天，付薪工时不超过合同）：${tiers.map(({ tier, rules }) => `${name(tier)} ${list(rules.map(say))}`).join('；')}。`,
    en: ({ tiers }, { list, name, say }) =>
      `Shifts keep within the people on the books (one shift a day each, a day off in seven, paid hours as in their contracts): ${tiers.map(({ tier, rules }) => `${name(tier)} ${list(rules.map(say))}`).join('; ')}.`,
  },
  'no-template-reaches': {
    'zh-CN': (short, speech) =>
      `${speech.name(short.tier)}：${standInsInChinese(short, speech)}以下时段没有班次模板能覆盖，缺 ${speech.number(short.operatorHours)} 工时（按缺人价计 ${speech.whole(short.price)}）：${stretchesInChinese(short, speech)}。请增加能覆盖这些时段的班次。`,
    en: (short, speech) =>
      `${speech.name(short.tier)}: ${standInsInEnglish(short, speech)}no shift template reaches these times, which leaves ${speech.number(short.operatorHours)} operator-hours open (priced at ${speech.whole(short.price)}): ${stretchesInEnglish(short, speech)}. Add a template that covers them.`,
  },
  'people-used-up': {
    'zh-CN': (short, speech) =>
      `${speech.name(short.tier)}：${standInsInChinese(short, speech)}名册上 ${short.operators} 人已用满（共 ${short.shifts} 个班、付薪 ${speech.number(short.paidHours, 0)} 小时，合同工时每周 ${short.weeklyHours} 小时${short.rule === undefined ? '' : `；已到上限：${speech.say(short.rule)}`}），缺 ${speech.number(short.operatorHours)} 工时（按缺人价计 ${speech.whole(short.price)}）：${stretchesInChinese(short, speech)}。`,
    en: (short, speech) =>
      `${speech.name(short.tier)}: ${standInsInEnglish(short, speech)}all ${short.operators} operators on the books are used (${speech.counted(short.shifts, 'shift')}, ${speech.number(short.paidHours, 0)} paid hours; their contracts give ${short.weeklyHours} hours a week${short.rule === undefined ? '' : `; the limit reached: ${speech.say(short.rule)}`}), which leaves ${speech.number(short.operatorHours)} operator-hours open (priced at ${speech.whole(short.price)}): ${stretchesInEnglish(short, speech)}.`,
  },
  'filling-costs-more': {
    'zh-CN': (short, speech) =>
      `${speech.name(short.tier)}：${standInsInChinese(short, speech)}缺 ${speech.number(short.operatorHours)} 工时（按缺人价计 ${speech.whole(short.price)}），补足比缺口更贵：${stretchesInChinese(short, speech)}。`,
    en: (short, speech) =>
      `${speech.name(short.tier)}: ${standInsInEnglish(short, speech)}${speech.number(short.operatorHours)} operator-hours are left open (priced at ${speech.whole(short.price)}), since filling them would cost more: ${stretchesInEnglish(short, speech)}.`,
  },
};
