import type { AnswerFindings } from '../render/answer-findings.ts';
import type { Language, Text } from '../kernel/text.ts';
import { figuresOf } from './figures.ts';
import { bands } from './planning.ts';
import type { Sentences } from './sentences.ts';
import { planNamed, type Speech } from './speech.ts';

type Held = AnswerFindings['targets-hold'];
type ShortTime = NonNullable<Held['short']>;

const shortTimes: Readonly<
  Record<Language, Readonly<Record<`${ShortTime['days']}-${ShortTime['part']}`, string>>>
> = {
  'zh-CN': {
    'workdays-night': '工作日凌晨',
    'workdays-morning': '工作日上午',
    'workdays-afternoon': '工作日下午',
    'workdays-evening': '工作日晚间',
    'weekend-night': '周末凌晨',
    'weekend-morning': '周末上午',
    'weekend-afternoon': '周末下午',
    'weekend-evening': '周末晚间',
    'all-night': '凌晨',
    'all-morning': '上午',
    'all-afternoon': '下午',
    'all-evening': '晚间',
  },
  en: {
    'workdays-night': 'on weekday nights',
    'workdays-morning': 'on weekday mornings',
    'workdays-afternoon': 'on weekday afternoons',
    'workdays-evening': 'on weekday evenings',
    'weekend-night': 'on weekend nights',
    'weekend-morning': 'on weekend mornings',
    'weekend-afternoon': 'on weekend afternoons',
    'weekend-evening': 'on weekend evenings',
    'all-night': 'at night',
    'all-morning': 'in the mornings',
    'all-afternoon': 'in the afternoons',
    'all-evening': 'in the evenings',
  },
};

const [zh, en] = [figuresOf('zh-CN'), figuresOf('en')];

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const names = ({ list, name }: Speech, queues: readonly Text[]): string => list(queues.map(name));

const unstaffedInChinese = (unstaffed: NonNullable<Held['unstaffed']>, { name }: Speech): string =>
  `${unstaffed.tier === null ? '' : name(unstaffed.tier)}开放时段有 ${zh.hours(unstaffed.hours)} 小时无人在岗（${unstaffed.alike ? '' : `最长 ${zh.day(unstaffed.date)} `}${unstaffed.from}–${unstaffed.to}，共 ${unstaffed.days} 天）`;

const unstaffedInEnglish = (unstaffed: NonNullable<Held['unstaffed']>, { name, counted }: Speech): string =>
  `nobody is on duty${unstaffed.tier === null ? '' : ` for ${name(unstaffed.tier)}`} for ${en.hours(unstaffed.hours)} ${unstaffed.hours === 1 ? 'hour' : 'hours'} while the line is open (${unstaffed.alike ? '' : `longest ${en.day(unstaffed.date)} `}${unstaffed.from}–${unstaffed.to}, on ${counted(unstaffed.days, 'day')}${unstaffed.alike ? '' : ' in all'})`;

/** Whose days are judged: the plan's shifts, or those of the people on a roster. */
type Base = 'planned' | 'rostered';

const judgedWith: Readonly<Record<Base, Text>> = {
  planned: { 'zh-CN': '计划的班次', en: 'the plan misses them' },
  rostered: { 'zh-CN': '排班', en: 'the roster misses them' },
};

/** What is wrong with a week, the worst first; nothing: an empty list. */
const wrongInChinese = (
  { unstaffed, missed, short, unproved }: Held,
  speech: Speech,
  base: Base = 'planned',
): string[] => [
  ...(unstaffed === null ? [] : [unstaffedInChinese(unstaffed, speech)]),
  ...(missed === null
    ? []
    : [
        `${judgedWith[base]['zh-CN']}有 ${missed.days} 天达不到目标（最低 ${zh.day(missed.date)}，${missed.figure === 'connectionRate' ? '接通率' : `${missed.seconds} 秒接通率`} ${zh.percent(missed.value)}，目标 ${zh.percent(missed.target)}）`,
      ]),
  ...(unproved.length === 0 ? [] : [`仿真中未达标的队列：${names(speech, unproved)}`]),
  ...(short === null
    ? []
    : [
        `${short.intervals} 个时段缺人，共 ${zh.hours(short.hours)} 工时，${shortTimes['zh-CN'][`${short.days}-${short.part}`]}为主，约缺 ${speech.whole(short.operators)} 人${
          short.most.operators > short.operators
            ? `，最多缺 ${speech.whole(short.most.operators)} 人（${zh.moment(short.most.at)}）`
            : ''
        }${
          short.elsewhere === null
            ? ''
            : `，${shortTimes['zh-CN'][`${short.elsewhere.days}-${short.elsewhere.part}`]}最多缺 ${speech.whole(short.elsewhere.operators)} 人（${zh.moment(short.elsewhere.at)}）`
        }`,
      ]),
];

const wrongInEnglish = (
  { unstaffed, missed, short, unproved }: Held,
  speech: Speech,
  base: Base = 'planned',
): string[] => [
  ...(unstaffed === null ? [] : [unstaffedInEnglish(unstaffed, speech)]),
  ...(missed === null
    ? []
    : [
        `${judgedWith[base].en} on ${speech.counted(missed.days, 'day')} (lowest ${en.day(missed.date)}: ${en.percent(missed.value)} ${missed.figure === 'connectionRate' ? 'connected' : `within ${missed.seconds} seconds`}, ${en.percent(missed.target)} wanted)`,
      ]),
  ...(unproved.length === 0 ? [] : [`under target in simulation: ${names(speech, unproved)}`]),
  ...(short === null
    ? []
    : [
        `${speech.counted(short.intervals, 'interval')} short of people, by ${en.hours(short.hours)} ${speech.plural(short.hours, 'hour', 'hours')} in all, mostly ${shortTimes.en[`${short.days}-${short.part}`]}: about ${speech.counted(short.operators, 'person', 'people')}${
          short.most.operators > short.operators
            ? `, at most ${speech.whole(short.most.operators)} (${en.moment(short.most.at)})`
            : ''
        }${
          short.elsewhere === null
            ? ''
            : `, and ${shortTimes.en[`${short.elsewhere.days}-${short.elsewhere.part}`]} up to ${speech.whole(short.elsewhere.operators)} (${en.moment(short.elsewhere.at)})`
        }`,
      ]),
];

/**
 * Whether every day as a whole meets its targets, though people may be short in some intervals: the answer is yes then,
 * and what is short is told beside it.
 */
const isDayByDay = ({ unstaffed, missed, unproved }: Held): boolean =>
  unstaffed === null && missed === null && unproved.length === 0;

const daysHold: Text = {
  'zh-CN': '按全天计能，每天都达标；但 ',
  en: 'Yes for each day as a whole, with ',
};

const heldInChinese = (held: Held, speech: Speech): string => {
  const wrong = wrongInChinese(held, speech);
  return wrong.length === 0
    ? '目标能否达成？能：每天、每个时段都达标。'
    : `目标能否达成？${isDayByDay(held) ? daysHold['zh-CN'] : '不能：'}${wrong.join('；')}。`;
};

const heldInEnglish = (held: Held, speech: Speech): string => {
  const wrong = wrongInEnglish(held, speech);
  return wrong.length === 0
    ? 'Do the targets hold? Yes, on every day and in every interval.'
    : `Do the targets hold? ${isDayByDay(held) ? daysHold.en : 'No: '}${wrong.join('; ')}.`;
};

type Judged = AnswerFindings['roster-targets'];

const targetsInChinese = (wanted: NonNullable<Judged['wanted']>, speech: Speech): string =>
  [
    `各时段接通率 ${speech.percent(wanted.connectionRate, 0)}`,
    ...(typeof wanted.rollingConnectionRate === 'number'
      ? [`任意 24 小时接通率 ${speech.percent(wanted.rollingConnectionRate, 0)}`]
      : []),
    ...(wanted.serviceLevel === null
      ? []
      : [`${wanted.seconds} 秒接通率 ${speech.percent(wanted.serviceLevel, 0)}`]),
  ].join('，');

const targetsInEnglish = (wanted: NonNullable<Judged['wanted']>, speech: Speech): string =>
  [
    `${speech.percent(wanted.connectionRate, 0)} connected in every interval`,
    ...(typeof wanted.rollingConnectionRate === 'number'
      ? [`${speech.percent(wanted.rollingConnectionRate, 0)} in any 24 hours`]
      : []),
    ...(wanted.serviceLevel === null
      ? []
      : [`${speech.percent(wanted.serviceLevel, 0)} within ${wanted.seconds} seconds`]),
  ].join(', ');

/**
 * The plan judges its own shifts, a roster its people: where one holds and the other does not, the answer of a week begins
 * with that; where they differ otherwise both are said.
 */
const planDays = (
  { missed, planMissedDays }: NonNullable<Judged['worst']>,
  weeks: number,
): 'lead' | 'last' | null =>
  planMissedDays === null || planMissedDays === (missed?.days ?? 0)
    ? null
    : weeks === 1 && (planMissedDays === 0 || missed === null)
      ? 'lead'
      : 'last';

const planDaysInChinese = (days: number): string =>
  days === 0 ? '按计划的班次每天都达标' : `按计划的班次有 ${days} 天未达标`;

const planDaysInEnglish = (days: number, { counted }: Speech): string =>
  days === 0
    ? "the plan's own shifts meet them every day"
    : `the plan's own shifts miss them on ${counted(days, 'day')}`;

/** Wages at prices that nobody has set say so, and what they rest on. */
export const atAssumedPrices = {
  'zh-CN': (pricesAssumed: boolean): string => (pricesAssumed ? '（按系统自带的示例单价）' : ''),
  en: (pricesAssumed: boolean): string => (pricesAssumed ? ' (at made-up rates supplied with Huawu)' : ''),
};

const weekInChinese = (said: AnswerFindings['week-answer'], { whole, percent, money }: Speech): string => {
  const rate = said.connectionRate === null ? [] : [`接通率 ${percent(said.connectionRate)}`];
  const paid =
    said.paidHours === null ? `在岗 ${whole(said.readyHours)} 工时` : `付薪 ${whole(said.paidHours)} 工时`;
  const wages =
    said.wages === null
      ? ''
      : `，工资 ${money(said.wages, said.currency)}${atAssumedPrices['zh-CN'](said.pricesAssumed)}`;
  return `${[
    `本周首次来电约 ${whole(said.calls)} 通`,
    [...rate, `监测评为${bands['zh-CN'][said.band]}的概率 ${percent(said.bandChance, 0)}`].join('，'),
    `${paid}${wages}`,
  ].join('；')}。`;
};

const weekInEnglish = (
  said: AnswerFindings['week-answer'],
  { whole, percent, money, plural }: Speech,
): string => {
  const rate = said.connectionRate === null ? [] : [`${percent(said.connectionRate)} connected`];
  const paid =
    said.paidHours === null
      ? `${whole(said.readyHours)} ${plural(said.readyHours, 'hour', 'hours')} on duty`
      : `${whole(said.paidHours)} paid hours`;
  const wages =
    said.wages === null
      ? ''
      : `, ${money(said.wages, said.currency)}${atAssumedPrices.en(said.pricesAssumed)}`;
  return `${[
    `${whole(said.calls)} first-time calls`,
    [...rate, `${percent(said.bandChance, 0)} chance of ${bands.en[said.band]}`].join(', '),
    `${paid}${wages}`,
  ].join('; ')}.`;
};

type HeldFindings = Pick<
  AnswerFindings,
  'week-answer' | 'week-verdict' | 'week-detail' | 'targets-hold' | 'roster-targets' | 'decide-unstaffed'
>;

/** Whether targets hold, in a plan and with a roster, and what keeps them from it. */
export const heldSaid: Sentences<HeldFindings> = {
  'week-answer': {
    'zh-CN': (said, speech) => `${heldInChinese(said, speech)}${weekInChinese(said, speech)}`,
    en: (said, speech) => `${heldInEnglish(said, speech)} ${weekInEnglish(said, speech)}`,
  },
  'week-verdict': {
    'zh-CN': (said, speech) => {
      const [worst] = wrongInChinese(said, speech);
      if (!isDayByDay(said) || said.short === null)
        return `目标能否达成？${worst === undefined ? '能：每天、每个时段都达标' : `不能：${worst}`}。`;
      const most = said.short.elsewhere ?? said.short.most;
      return `目标能否达成？${daysHold['zh-CN']}${said.short.of} 个时段中有 ${said.short.intervals} 个缺人，最多缺 ${speech.whole(most.operators)} 人（${zh.moment(most.at)}）。`;
    },
    en: (said, speech) => {
      const [worst] = wrongInEnglish(said, speech);
      if (!isDayByDay(said) || said.short === null)
        return `Do the targets hold? ${worst === undefined ? 'Yes, on every day and in every interval' : `No: ${worst}`}.`;
      const most = said.short.elsewhere ?? said.short.most;
      return `Do the targets hold? ${daysHold.en}${said.short.intervals} of ${speech.counted(said.short.of, 'interval')} short of people, by ${speech.whole(most.operators)} at most (${en.moment(most.at)}).`;
    },
  },
  'week-detail': {
    'zh-CN': (said, speech) =>
      `${wrongInChinese(said, speech)
        .slice(isDayByDay(said) ? 0 : 1)
        .map((each) => `${each}。`)
        .join('')}${weekInChinese(said, speech)}达标与否按各模拟情景的均值判断。`,
    en: (said, speech) =>
      `${wrongInEnglish(said, speech)
        .slice(isDayByDay(said) ? 0 : 1)
        .map((each) => `${upper(each)}. `)
        .join(
          '',
        )}${weekInEnglish(said, speech)} Days and intervals are judged by the mean of all sample paths.`,
  },
  'targets-hold': { 'zh-CN': heldInChinese, en: heldInEnglish },
  'roster-targets': {
    'zh-CN': ({ weeks, worst, missing, openDuties, plan, wanted }, speech) => {
      const open = openDuties === 0 ? [] : [`${openDuties} 个班无人上`];
      const judged =
        plan === null
          ? ''
          : `依据计划 ${planNamed(plan, speech.audience)}${wanted === null ? '' : `（${targetsInChinese(wanted, speech)}）`}。`;
      if (worst === null)
        return `目标能否达成？${['能：每天、每个时段都达标', ...open].join('；')}。${judged}`;
      const held = { ...worst, short: null, unproved: [] };
      const { short } = worst;
      const most = short?.elsewhere ?? short?.most;
      const among = weeks === 1 ? '' : `（${weeks} 周中有 ${missing} 周，以下为最差的 ${worst.week}）`;
      const own = planDays(worst, weeks);
      const days = planDaysInChinese(worst.planMissedDays ?? 0);
      const holds = isDayByDay(held);
      const answer =
        own === 'lead'
          ? `${holds ? '能' : '不能'}，尽管${days}${holds ? '；按全天计每天都达标，但缺人' : ''}：`
          : holds
            ? `${daysHold['zh-CN'].trimEnd()}缺人${among}：`
            : `不能${among}：`;
      return `目标能否达成？${answer}${[
        ...wrongInChinese(held, speech, 'rostered'),
        ...(short === null || most === undefined
          ? []
          : [
              `缺 ${zh.hours(short.hours)} 工时（计划本身缺 ${zh.hours(worst.planShortHours)}），最多缺 ${speech.whole(most.operators)} 人（${zh.moment(most.at)}）`,
            ]),
        ...(own === 'last' ? [days] : []),
        ...open,
      ].join('；')}。${judged}`;
    },
    en: ({ weeks, worst, missing, openDuties, plan, wanted }, speech) => {
      const judged =
        plan === null
          ? ''
          : ` Judged by plan ${planNamed(plan, speech.audience)}${wanted === null ? '' : ` (${targetsInEnglish(wanted, speech)})`}.`;
      const open =
        openDuties === 0
          ? []
          : [`nobody has ${speech.counted(openDuties, 'of the shifts', 'of the shifts')}`];
      if (worst === null)
        return `Do the targets hold? ${['Yes, on every day and in every interval', ...open].join('; ')}.${judged}`;
      const held = { ...worst, short: null, unproved: [] };
      const { short } = worst;
      const most = short?.elsewhere ?? short?.most;
      const among = weeks === 1 ? '' : ` in ${missing} of ${weeks} weeks, worst ${worst.week}`;
      const own = planDays(worst, weeks);
      const days = planDaysInEnglish(worst.planMissedDays ?? 0, speech);
      const holds = isDayByDay(held);
      const answer =
        own === 'lead'
          ? `${holds ? 'Yes' : 'No'}, though ${days}${holds ? '; each day holds as a whole, with people short' : ''}: `
          : holds
            ? `${daysHold.en}people short${among}: `
            : `No${among && `,${among}`}: `;
      return `Do the targets hold? ${answer}${[
        ...wrongInEnglish(held, speech, 'rostered'),
        ...(short === null || most === undefined
          ? []
          : [
              `${en.hours(short.hours)} operator-hours short (the plan: ${en.hours(worst.planShortHours)}), at most ${speech.counted(most.operators, 'person', 'people')} (${en.moment(most.at)})`,
            ]),
        ...(own === 'last' ? [days] : []),
        ...open,
      ].join('; ')}.${judged}`;
    },
  },
  'decide-unstaffed': {
    'zh-CN': (unstaffed, speech) => `${unstaffedInChinese(unstaffed, speech)}：请安排人员，或调整开放时间。`,
    en: (unstaffed, speech) =>
      `${upper(unstaffedInEnglish(unstaffed, speech))}: put somebody on duty, or change the opening hours.`,
  },
};
