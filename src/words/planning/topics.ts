import type { PlanningFindings, TopicYear } from '../../planning/planning-findings.ts';
import { topicName } from '../planning-phrases.ts';
import type { Sentences } from '../sentences.ts';
import type { Speech } from '../speech.ts';

const weeksOf = ({ from, to }: TopicYear): number =>
  Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / 604_800_000));

/** Demands of a day without idle digits. */
const aDay = (value: number, { number }: Speech): string => number(value, value < 10 ? 1 : 0);

const yearInChinese = (year: TopicYear, speech: Speech): string =>
  `${year.from} 起 ${year.riseDays} 天内由每天 ${aDay(year.before, speech)} 升到 ${aDay(year.after, speech)}，持续约 ${weeksOf(year)} 周`;

const yearInEnglish = (year: TopicYear, speech: Speech): string =>
  `from ${year.from} within ${speech.counted(year.riseDays, 'day')} from ${aDay(year.before, speech)} to ${aDay(year.after, speech)} a day, for some ${speech.counted(weeksOf(year), 'week')}`;

const yearsInChinese = (years: readonly TopicYear[], speech: Speech): string =>
  years.map((year) => yearInChinese(year, speech)).join('；');

const yearsInEnglish = (years: readonly TopicYear[], speech: Speech): string =>
  years.map((year) => yearInEnglish(year, speech)).join('; ');

const oneYearOnly = {
  'zh-CN': (years: readonly TopicYear[]): string =>
    years.length === 1 ? '。只有一年的记录：是不是每年如此，还看不出来' : '',
  en: (years: readonly TopicYear[]): string =>
    years.length === 1 ? '. One year alone is on record: whether it comes every year cannot be told yet' : '',
};

type Told = Pick<
  PlanningFindings,
  | 'topic-season-ahead'
  | 'topic-season-late'
  | 'topic-season-begun'
  | 'topic-rises-now'
  | 'topic-ended'
  | 'topic-perhaps-renamed'
  | 'topics-basis'
  | 'topics-without-calls'
  | 'topics-without-a-year'
  | 'topics-pooled'
  | 'topics-far-from-line'
>;

/** What the forecast by topic has to say. */
export const topicSentences: Sentences<Told> = {
  'topic-season-ahead': {
    'zh-CN': ({ topic, years, day, low, high, daysAhead }, speech) =>
      `“${topicName(topic, 'zh-CN')}”往年：${yearsInChinese(years, speech)}。预计 ${day} 前后开始上升（80% 区间 ${low} 至 ${high}），${daysAhead > 0 ? `还有 ${daysAhead} 天` : '就在这几天'}：请备好口径和知识库，并提前告知承办单位${oneYearOnly['zh-CN'](years)}`,
    en: ({ topic, years, day, low, high, daysAhead }, speech) =>
      `${topicName(topic, 'en')} rose ${yearsInEnglish(years, speech)}. Expected to rise from about ${day} (80%: ${low} to ${high}), ${daysAhead > 0 ? `${speech.counted(daysAhead, 'day')} from now` : 'any day now'}: ready briefings and the knowledge base, and warn the bureau in charge${oneYearOnly.en(years)}`,
  },
  'topic-season-late': {
    'zh-CN': ({ topic, years, day, high }, speech) =>
      `“${topicName(topic, 'zh-CN')}”往年：${yearsInChinese(years, speech)}。今年预计 ${day} 前后上升，最迟 ${high}，到现在还没有升：请核实今年是否推迟${oneYearOnly['zh-CN'](years)}`,
    en: ({ topic, years, day, high }, speech) =>
      `${topicName(topic, 'en')} rose ${yearsInEnglish(years, speech)}. This year it was expected from about ${day}, by ${high} at the latest, and has not risen: ask whether it comes later this year${oneYearOnly.en(years)}`,
  },
  'topic-season-begun': {
    'zh-CN': ({ topic, years, running }, speech) =>
      `“${topicName(topic, 'zh-CN')}”已进入高发期：${running.from} 起由每天 ${aDay(running.before, speech)} 升到 ${aDay(running.after, speech)}。往年：${yearsInChinese(years, speech)}${oneYearOnly['zh-CN'](years)}`,
    en: ({ topic, years, running }, speech) =>
      `${topicName(topic, 'en')} has begun: from ${running.from} it rose from ${aDay(running.before, speech)} to ${aDay(running.after, speech)} a day. In earlier years: ${yearsInEnglish(years, speech)}${oneYearOnly.en(years)}`,
  },
  'topic-rises-now': {
    'zh-CN': ({ topic, demands, expected }, { whole }) =>
      `“${topicName(topic, 'zh-CN')}”近七天 ${whole(demands)} 件，按前四周应为 ${whole(expected)} 件左右：超出偶然，也不在它往年的高发期，请查明原因`,
    en: ({ topic, demands, expected }, { whole }) =>
      `${topicName(topic, 'en')} had ${whole(demands)} in the last seven days, and the four weeks before make about ${whole(expected)} usual: more than chance, and out of its season. Find out why`,
  },
  'topic-ended': {
    'zh-CN': ({ topic, since }) => `“${topicName(topic, 'zh-CN')}”自 ${since} 起一件也没有：不再预测`,
    en: ({ topic, since }) =>
      `${topicName(topic, 'en')} has had none since ${since}: it is not forecast any more`,
  },
  'topic-perhaps-renamed': {
    'zh-CN': ({ topic, since, heir }, { audience }) =>
      `“${topic}”自 ${since} 起一件也没有，而“${heir}”恰在那时以相近的数量出现：若是改了名，${audience === 'terminal' ? `加 --same "${topic}=${heir}"` : `在 same 中写 ${topic}=${heir}`}，历史就接得上`,
    en: ({ topic, since, heir }, { audience }) =>
      `${topic} has had none since ${since}, and ${heir} began just then at a like number: if it was renamed, ${audience === 'terminal' ? `add --same "${topic}=${heir}"` : `write ${topic}=${heir} under same`} and the two are one history`,
  },
  'topics-basis': {
    'zh-CN': ({ share, days }, { percent }) =>
      `近 ${days} 天各类诉求合计是首次来电的 ${percent(share)}：分类记的可能是工单而不是来电，两者不必相等`,
    en: ({ share, days }, { percent, counted }) =>
      `over the last ${counted(days, 'day')} topics add up to ${percent(share)} of first-time calls: what is filed by topic may be work orders rather than calls, and the two need not be equal`,
  },
  'topics-without-calls': {
    'zh-CN': '这些天没有可对照的来电：各类诉求只与它们自己的合计相加一致',
    en: 'no calls of these days are stored to hold topics against: they add up to their own sum',
  },
  'topics-without-a-year': {
    'zh-CN': ({ days }) => `只有 ${days} 天的分类记录：不满一年，看不出季节`,
    en: ({ days }, { counted }) =>
      `topics are known of ${counted(days, 'day')} only: less than a year shows no season`,
  },
  'topics-pooled': {
    'zh-CN': ({ topics }) => `数量最少的 ${topics} 类合并为“${topicName('*', 'zh-CN')}”一起预测`,
    en: ({ topics }, { counted }) =>
      `the ${counted(topics, 'smallest topic')} are forecast together as "${topicName('*', 'en')}"`,
  },
  'topics-far-from-line': {
    'zh-CN': ({ calls, line }, { whole, percent }) =>
      `按分类预测折算，今后几周首次来电共 ${whole(calls)}，而全线预测为 ${whole(line)}（相差 ${percent(Math.abs(calls / line - 1), 0)}）：全线预测不知道各类的季节，请据此核对计划`,
    en: ({ calls, line }, { whole, percent }) =>
      `by topic the weeks ahead come to ${whole(calls)} first-time calls, while the line's own forecast says ${whole(line)} (${percent(Math.abs(calls / line - 1), 0)} apart): it does not know the topics' seasons. Check the plan by it`,
  },
};
