import type { StaffingFindings, TierAbsence } from '../staffing/staffing-findings.ts';
import type { Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';
import { messages } from './messages.ts';

const absencesInChinese = (tiers: readonly TierAbsence[], { list, name, shortPercent }: Speech): string =>
  list(
    tiers.map(
      ({ tier, chance, daySpread }) =>
        `${name(tier)} ${shortPercent(chance)}${daySpread > 0 ? `（各日相差 ${shortPercent(daySpread)}）` : ''}`,
    ),
  );

const absencesInEnglish = (tiers: readonly TierAbsence[], { list, name, shortPercent }: Speech): string =>
  list(
    tiers.map(
      ({ tier, chance, daySpread }) =>
        `${name(tier)} ${shortPercent(chance)}${daySpread > 0 ? ` (days differ by ${shortPercent(daySpread)})` : ''}`,
    ),
  );

/** What staffing finds, in sentences. */
export const staffingSentences: Sentences<StaffingFindings> = {
  ...messages('staffing'),
  'absences-drawn': {
    'zh-CN': ({ tiers, assumedOnTheDay }, speech) =>
      `按概率模拟整班缺勤：每名座席的概率为 ${absencesInChinese(tiers, speech)}。${
        assumedOnTheDay === null
          ? ''
          : `缩减率只有一个数时，假定其中 ${speech.shortPercent(assumedOnTheDay)} 的付薪工时为当天才知道的缺勤（病假 5%、迟到 1%），其余为计划内；请在 models/tiers.json 中分类写明，并给事先不知道的类别标 onTheDay。`
      }`,
    en: ({ tiers, assumedOnTheDay }, speech) =>
      `Absences are drawn on each sample path: every operator is away for a whole shift by chance, with a probability of ${absencesInEnglish(tiers, speech)}.${
        assumedOnTheDay === null
          ? ''
          : ` Of shrinkage given as one figure, ${speech.shortPercent(assumedOnTheDay)} of the paid time are taken to be lost on the day (5% sickness, 1% lateness), the rest as planned: name its kinds in models/tiers.json and mark those that nobody knows beforehand with onTheDay.`
      }`,
  },
  'operators-reserved-for-queues': {
    'zh-CN': ({ tiers }, { list, name }) =>
      `为本队列的来电保留专席（leastOwnShare），故多于目标所需：${list(tiers.map(({ tier, intervals }) => `${name(tier)} ${intervals} 个时段`))}。`,
    en: ({ tiers }, { counted, list, name }) =>
      `More operators than the targets need are reserved for a tier's first queues (leastOwnShare): ${list(tiers.map(({ tier, intervals }) => `${name(tier)} in ${counted(intervals, 'interval')}`))}.`,
  },
  'targets-out-of-reach': {
    'zh-CN': ({ intervals, trunks }) =>
      `有 ${intervals} 个时段增加座席也达不到目标${trunks === null ? '' : `：中继只有 ${trunks} 条`}。`,
    en: ({ intervals, trunks }, { counted }) =>
      `In ${counted(intervals, 'interval')} no number of operators meets the targets${trunks === null ? '' : `: there ${trunks === 1 ? 'is' : 'are'} only ${counted(trunks, 'trunk')}`}.`,
  },
  'tier-passed-over': {
    'zh-CN': ({ tier, grade, needed, rules }, { name, say }) =>
      `不入${name(tier)}：${[
        ...(needed === null ? [] : [`需第 ${needed} 档，实为第 ${grade} 档`]),
        ...rules.map((rule) => `未满足“${say(rule)}”`),
      ].join('；')}。`,
    en: ({ tier, grade, needed, rules }, { name, say }) =>
      `Not ${name(tier)}: ${[
        ...(needed === null ? [] : [`it asks for grade ${needed}, this is ${grade}`]),
        ...rules.map((rule) => `the rule “${say(rule)}” is not met`),
      ].join('; ')}.`,
  },
};
