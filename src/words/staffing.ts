import type { StaffingFindings, TierAbsence } from '../staffing/staffing-findings.ts';
import type { Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';

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
  'targets-held-on-sample-paths': {
    'zh-CN': ({ confidence, samplePaths }, { shortPercent }) =>
      `每个时段的人数须使各队列的目标在 ${shortPercent(confidence)} 的需求情景中成立（共 ${samplePaths} 条情景）。`,
    en: ({ confidence, samplePaths }, { shortPercent }) =>
      `In each interval there are enough operators for every queue to meet its targets on ${shortPercent(confidence)} of ${samplePaths} sample paths of demand.`,
  },
  'mean-demand-taken-as-certain': {
    'zh-CN': '人数按确定的平均需求计算。',
    en: 'The operators are worked out for the mean demand, taken as certain.',
  },
  'load-of-long-calls': {
    'zh-CN': '通话平均时长超过半个时段，人数按时段内九成时间不超过的负荷计算。',
    en: 'Calls last over half an interval on average, so the operators are enough for the load that nine tenths of each interval stay within.',
  },
  'connection-floor-raised': {
    'zh-CN': ({ floor }, { shortPercent }) =>
      `为使任意连续 24 小时的接通率达标，各时段的接通率下限提高到 ${shortPercent(floor)}。`,
    en: ({ floor }, { shortPercent }) =>
      `To hold the connection rate over any 24 hours, the least rate of every interval was raised to ${shortPercent(floor)}.`,
  },
  'absences-drawn': {
    'zh-CN': ({ tiers, assumedOnTheDay }, speech) =>
      `缺勤按情景抽取：每名座席各凭偶然整班缺勤，概率为 ${absencesInChinese(tiers, speech)}。${
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
      `为本队列的来电保留专席（leastOwnShare），所以多于目标所需：${list(tiers.map(({ tier, intervals }) => `${name(tier)} ${intervals} 个时段`))}。`,
    en: ({ tiers }, { counted, list, name }) =>
      `More operators than the targets need are reserved for a tier's first queues (leastOwnShare): ${list(tiers.map(({ tier, intervals }) => `${name(tier)} in ${counted(intervals, 'interval')}`))}.`,
  },
  'least-presence-decides': {
    'zh-CN': ({ intervals }) => `有 ${intervals} 个时段的人数由最少在岗人数决定，少一人目标仍能成立。`,
    en: ({ intervals }, { counted }) =>
      `In ${counted(intervals, 'interval')} the least presence decides: the targets would hold with one operator fewer.`,
  },
  'targets-out-of-reach': {
    'zh-CN': ({ intervals, trunks }) =>
      `有 ${intervals} 个时段无论增加多少座席都达不到目标${trunks === null ? '' : `：线路只有 ${trunks} 条`}。`,
    en: ({ intervals, trunks }, { counted }) =>
      `In ${counted(intervals, 'interval')} no number of operators meets the targets${trunks === null ? '' : `: there ${trunks === 1 ? 'is' : 'are'} only ${counted(trunks, 'trunk')}`}.`,
  },

  'skill-for-queue': {
    'zh-CN': ({ queue }) => `具备 ${queue} 技能`,
    en: ({ queue }) => `has the skill ${queue}`,
  },
  'certificate-held': {
    'zh-CN': ({ certificate }) => `持有 ${certificate} 资格`,
    en: ({ certificate }) => `holds the certificate ${certificate}`,
  },
  'least-quality-score': {
    'zh-CN': ({ score }) => `质检分不低于 ${score}`,
    en: ({ score }) => `quality score of at least ${score}`,
  },
  'least-first-contact-resolution': {
    'zh-CN': ({ share }, { percent }) => `首次解决率不低于 ${percent(share, 0)}`,
    en: ({ share }, { percent }) => `first-contact resolution of at least ${percent(share, 0)}`,
  },
  'least-months-of-service': {
    'zh-CN': ({ months }) => `工龄不少于 ${months} 个月`,
    en: ({ months }, { counted }) => `at least ${counted(months, 'month')} of service`,
  },
  'longest-handle-time': {
    'zh-CN': ({ seconds }) => `平均处理时长不超过 ${seconds} 秒`,
    en: ({ seconds }) => `mean handle time of at most ${seconds} s`,
  },

  'operator-without-figures': {
    'zh-CN': '没有任何指标，不评级，维持现状。',
    en: 'No figure is known: not graded, nothing changes.',
  },
  'no-tier-fits': { 'zh-CN': '没有适合的等级，请人工判断。', en: 'No tier fits: decide by hand.' },
  'tier-fits': {
    'zh-CN': ({ tier, grade }, { name }) => `第 ${grade} 档，符合${name(tier)}的要求。`,
    en: ({ tier, grade }, { name }) => `Grade ${grade}, and meets the rules of ${name(tier)}.`,
  },
  'tier-full': {
    'zh-CN': ({ tier }, { name }) => `${name(tier)}的席位已满，或与现等级同级。`,
    en: ({ tier }, { name }) => `${name(tier)}: it is full, or on the same level as the present tier.`,
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
  'settled-one-by-one': {
    'zh-CN': '人数由仿真逐一减到最少：任一时段再减一人，就有队列低于目标。',
    en: 'The operators were taken down one by one in simulation: with any one fewer in an interval, a queue falls under its target.',
  },
  'operators-added-after-simulation': {
    'zh-CN': ({ intervals, hours }) =>
      `仿真发现 ${intervals} 个时段有队列低于目标，已按最低费用补足，共 ${hours} 工时。`,
    en: ({ intervals, hours }) =>
      `Simulation found queues under their targets in ${intervals} intervals; operators were added there at least cost, ${hours} operator-hours in all.`,
  },
  'pools-priced-at-one': {
    'zh-CN': '未写 cost_per_hour 的座席组按每小时 1 计价：只看人数。',
    en: 'Pools without cost_per_hour are priced at 1 an hour: only their number counts.',
  },
};
