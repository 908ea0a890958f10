import type { Sayable } from '../kernel/finding.ts';
import type { Language, Text } from '../kernel/text.ts';
import type { Band } from '../monitoring/bands.ts';
import type { PlanningFindings, TopicYear, UnlistedQueues } from '../planning/planning-findings.ts';
import { figuresOf, nameIn } from './figures.ts';
import { messages } from './messages.ts';
import type { Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';

/** What a line is called whose people have brought their traffic in and not named it yet. */
export const unnamedHotline: Text = messages('planning').unnamedHotline;

/** Where a call's handle time is counted. */
const conventionNames = {
  'zh-CN': { arrival: '来电到达的时段', end: '通话结束的时段', spread: '通话所跨的各时段' },
  en: {
    arrival: 'where the call arrived',
    end: 'where it ended',
    spread: 'over the intervals that it lasted through',
  },
} as const;

/** Says that histories of two conventions are side by side. */
export const handleTimesDiffer: Sentences<PlanningFindings>['handle-times-differ'] = {
  'zh-CN': ({ conventions }, { list }) =>
    `处理时长的计入口径不一：${list(conventions.map(({ convention, from, to }) => `${conventionNames['zh-CN'][convention]}（${from} 至 ${to}）`))}；各时段的时长因此不可直接比较，全天合计几乎不受影响`,
  en: ({ conventions }, { list }) =>
    `handle times are not all counted in the same interval: ${list(conventions.map(({ convention, from, to }) => `${conventionNames.en[convention]} (${from} to ${to})`))}; those of single intervals cannot be compared, totals of days hardly change`,
};

/** What was planned against what happened. */
const comparisonSentences = {
  ...messages('comparison'),
  'week-against-target': {
    'zh-CN': ({ actual, target, isMissed, cause }, { percent, points, say }) =>
      `本周接通率${isMissed ? '未达标' : '达标'}：实际 ${percent(actual)}，目标 ${percent(target)}${cause === null ? '' : `；比计划低，主因是“${say(cause.name)}”（${points(cause.effect)} 个百分点）`}。`,
    en: ({ actual, target, isMissed, cause }, { percent, points, say }) =>
      `The week ${isMissed ? 'missed' : 'held'} its target: ${percent(actual)} connected, ${percent(target)} wanted${cause === null ? '' : `; what took it furthest below the plan is ${say(cause.name).toLowerCase()} (${points(cause.effect)} points)`}.`,
  },
  'gap-unexplained': {
    'zh-CN': ({ effect, recorded, presenceKnown }, { points, list, say }) =>
      presenceKnown
        ? `差距的主要部分（${points(effect)} 个百分点）无法用已有记录解释：${list(recorded.map(say))}都不是主因。`
        : `差距的主要部分（${points(effect)} 个百分点）不是来自${list(recorded.map(say))}；实际到岗人数没有记录，无法判断是到岗与计划不同，还是模型误差。请导入到岗记录。`,
    en: ({ effect, recorded, presenceKnown }, { points, say, list }) =>
      presenceKnown
        ? `What was recorded does not explain the gap: its largest part (${points(effect)} points) is none of these: ${list(recorded.map((name) => say(name).toLowerCase()))}.`
        : `Most of the gap (${points(effect)} points) comes from none of these: ${list(recorded.map((name) => say(name).toLowerCase()))}. Who was there is not on record, so it cannot be said whether other people were there than planned or the model errs: import presence.`,
  },
  'test-calls-beside-traffic': {
    'zh-CN': (found, { percent, whole }) =>
      `${found.from} 至 ${found.to}（有话务记录的 ${whole(found.days)} 天）：拨测 ${whole(found.testCalls)} 次接通 ${whole(found.connected)} 次，即 ${percent(found.connected / found.testCalls)}（95% 区间 ${percent(found.low)}–${percent(found.high)}）；同期交换机记录的接通率${found.actual === null ? '没有记录' : `为 ${percent(found.actual)}，${found.isWithin === true ? '两者相符，差别不超出抽样误差' : '两者不符，差别超出抽样误差'}`}。`,
    en: (found, { percent, whole, counted }) =>
      `${found.from} to ${found.to} (${counted(found.days, 'day')} with traffic on record): ${whole(found.connected)} of ${counted(found.testCalls, 'test call')} connected, ${percent(found.connected / found.testCalls)} (95% interval ${percent(found.low)}–${percent(found.high)}); the switchboard's connection rate over the same days ${found.actual === null ? 'is not on record' : `is ${percent(found.actual)}: the two ${found.isWithin === true ? 'agree within the luck of the test calls' : 'differ by more than the luck of the test calls'}`}. `,
  },
  'rests-on-assumed-redials': {
    'zh-CN': ({ share, callsOff, volume, volumeWithout, bias, biasWithout }, { percent, points }) =>
      `重拨没有记录，按未接通来电中 ${percent(share, 0)} 会重拨推定，实际首次来电因此少计 ${percent(callsOff)}。如无重拨：来电量使接通率变动 ${points(volumeWithout)} 个百分点（推定有重拨时 ${points(volume)}），预测偏差 ${shareOrNone(biasWithout, percent)}（推定有重拨时 ${shareOrNone(bias, percent)}）。导入带主叫号码的话单即可核实`,
    en: ({ share, callsOff, volume, volumeWithout, bias, biasWithout }, { percent, points }) =>
      `Redials are not on record: ${percent(share, 0)} of lost calls are assumed to call again, which takes ${percent(callsOff)} off the calls that came. Without redials, call volume explains ${points(volumeWithout)} points of the gap (${points(volume)} with them) and the forecast's bias is ${shareOrNone(biasWithout, percent)} (${shareOrNone(bias, percent)} with them). Call records with the caller's number would settle it`,
  },
  'replayed-with-actual': {
    'zh-CN': ({ projected, actual, luck }, { percent, number }) => {
      const apart = Math.abs(actual - projected);
      return `按实际来电、处理时长和到岗座席重新推算，接通率为 ${percent(projected, 2)}，实际 ${percent(actual, 2)}${luck === null ? '' : `：相差 ${number(100 * apart, 2)} 个百分点，${apart <= luck ? '没有超出' : '超出了'}来电的随机波动（95% 的周在 ±${number(100 * luck, 2)} 以内）`}`;
    },
    en: ({ projected, actual, luck }, { percent, number }) => {
      const apart = Math.abs(actual - projected);
      return `Projected again with the calls, handle times and operators that really were: ${percent(projected, 2)} connected; in fact ${percent(actual, 2)}${luck === null ? '' : `. The ${number(100 * apart, 2)} points between them are ${apart <= luck ? 'within' : 'beyond'} the luck of single calls (±${number(100 * luck, 2)} in 95% of weeks)`}`;
    },
  },
} satisfies Partial<Sentences<PlanningFindings>>;

/** What levers beside prompts do and cost. */
const leversSentences = {
  ...messages('levers'),
  'levers-out-of-reach': {
    'zh-CN': ({ levers }, { list, say, whole }) =>
      `用到上限仍不达标的措施及剩余缺口：${list(levers.map(({ lever, callsShort }) => `${say(lever)}（${whole(callsShort)}）`))}。`,
    en: ({ levers }, { list, say, whole }) =>
      `Levers that miss the target even at their most, with the calls still short: ${list(levers.map(({ lever, callsShort }) => `${say(lever)} (${whole(callsShort)})`))}.`,
  },
  'best-mix-found': {
    'zh-CN': ({ budget, parts, cost, recoveredCallers, callsShort }, { list, percent, say, whole }) =>
      `预算 ${whole(budget)} 内找到的挽回人数最多的组合：${list(parts.map(({ lever, level }) => `${say(lever)} ${percent(level, 0)}`))}；花费 ${whole(cost)}，挽回 ${whole(recoveredCallers)} 人，缺口剩 ${whole(callsShort)} 通。`,
    en: ({ budget, parts, cost, recoveredCallers, callsShort }, { list, percent, say, whole }) =>
      `The mix found that recovers most callers within ${whole(budget)}: ${list(parts.map(({ lever, level }) => `${say(lever)} ${percent(level, 0)}`))}; it costs ${whole(cost)}, recovers ${whole(recoveredCallers)} callers and leaves ${whole(callsShort)} calls short.`,
  },
  'lever-limits-and-prices': {
    'zh-CN': ({ settings }, { percent }) => {
      const { overtime, laterStart, smartVoice, directAnswer, prompts, callbacks } = settings;
      return `措施上限与单价（models/levers.json）：加班至多为在岗的 ${percent(overtime.largestShare, 0)}、每段不少于 ${overtime.leastMinutes} 分钟、按 ${overtime.costFactor} 倍工时成本；推迟上班至多 ${laterStart.latestMinutes} 分钟、每班次 ${laterStart.costPerShift}；智能语音至多再办结 ${percent(smartVoice.largestShare, 0)}、每通 ${smartVoice.costPerCall}、每周 ${smartVoice.costPerWeek}；直接解答使处理时长至多缩短 ${percent(directAnswer.handleTimeCut, 0)}、每付薪工时 ${directAnswer.costPerOperatorHour}；提示每段 ${prompts.costPerStretch}；每次回拨多用 ${callbacks.secondsPerCallback} 秒。`;
    },
    en: ({ settings }, { percent }) => {
      const { overtime, laterStart, smartVoice, directAnswer, prompts, callbacks } = settings;
      return `Limits and prices (models/levers.json): overtime at most ${percent(overtime.largestShare, 0)} of those on duty, in blocks of at least ${overtime.leastMinutes} minutes, at ${overtime.costFactor} times the hourly cost; later starts by at most ${laterStart.latestMinutes} minutes, ${laterStart.costPerShift} a shift; smart voice settles at most ${percent(smartVoice.largestShare, 0)} more, ${smartVoice.costPerCall} a call and ${smartVoice.costPerWeek} a week; direct answers cut handle time by at most ${percent(directAnswer.handleTimeCut, 0)}, ${directAnswer.costPerOperatorHour} a paid hour; ${prompts.costPerStretch} a stretch of a prompt; ${callbacks.secondsPerCallback} s beside each callback.`;
    },
  },
} satisfies Partial<Sentences<PlanningFindings>>;

/** What use cases have to say of records and assumptions. */
const recordsSentences = {
  ...messages('records'),
  storm: {
    'zh-CN': ({ date, from, factor }, { percent }) =>
      `${date} ${from} 起暴雨，来电增加 ${percent(factor - 1, 0)}`,
    en: ({ date, from, factor }, { percent }) =>
      `Storm on ${date} from ${from}: ${percent(factor - 1, 0)} more calls`,
  },
  'queues-not-in-models': {
    'zh-CN': (values, speech) =>
      `${unlistedInChinese(values, speech)}。${unlistedRemedy['zh-CN'](values, speech)}`,
    en: (values, speech) => `${unlistedInEnglish(values, speech)}. ${unlistedRemedy.en(values, speech)}`,
  },
  'handed-on-calls-counted-twice': {
    'zh-CN': ({ to, from }, { list, say }) =>
      `“${say(to)}”既有自己的话务，又接收${list(from.map((name) => `“${say(name)}”`))}转来的电话：若导入的报表已含转来的电话，会重复计算。请核对交换机报表是否只统计外线直接打入的电话；若已包含，请导出不含转接的话务，或去掉 models/hotline.json 中的这项 transfers。`,
    en: ({ to, from }, { list, say }) =>
      `"${say(to)}" has traffic of its own and takes calls handed on by ${list(from.map((name) => `"${say(name)}"`))}: if the report that was imported already counts calls handed on to it, they are planned for twice. Check whether the switchboard's report counts calls from outside only; if it does not, export the traffic without calls handed on, or take these transfers out of models/hotline.json.`,
  },
  'events-taken-in': {
    'zh-CN': ({ count, events }, speech) =>
      `预测已计入 ${count} 个事件：${speech.list(events.map(spanOfEvent(speech)))}${count > events.length ? '等' : ''}`,
    en: ({ count, events }, speech) =>
      `The forecast uses ${count} stored ${speech.plural(count, 'event', 'events')}: ${events.map(spanOfEvent(speech)).join('; ')}${count > events.length ? ` and ${count - events.length} earlier` : ''}`,
  },
  'handle-times-differ': handleTimesDiffer,
  'doubtful-figures': {
    'zh-CN': ({ doubt, use, confirmed }, { say }) =>
      [
        say(doubt),
        ...(use === null ? [] : [useOfDoubted['zh-CN'][use]]),
        ...(confirmed === null ? [] : [`导入 ${confirmed.file} 时已确认，${confirmed.date}`]),
      ].join('；'),
    en: ({ doubt, use, confirmed }, { say }) =>
      [
        say(doubt),
        ...(use === null ? [] : [useOfDoubted.en[use]]),
        ...(confirmed === null ? [] : [`confirmed when ${confirmed.file} was imported, ${confirmed.date}`]),
      ].join('; '),
  },
  'shape-assumed': {
    'zh-CN': ({ spread, confirmed }, { say }) =>
      `${say(spread)}（${confirmed.file}，${confirmed.date} 导入）`,
    en: ({ spread, confirmed }, { say }) =>
      `${say(spread)} (${confirmed.file}, imported on ${confirmed.date})`,
  },
  'days-without-data': {
    'zh-CN': ({ queue, runs, more }, { list, called }) =>
      `${ofQueue(called(queue), '：')}没有数据的日子：${list(runs.map(({ from, to, days }) => `${from} 至 ${to}（${days} 天）`))}${more > 0 ? `，另有 ${more} 段` : ''}；按缺失处理，不作零来电`,
    en: ({ queue, runs, more }, { counted, list, called }) =>
      `${ofQueue(called(queue), ': ')}days without data: ${list(runs.map(({ from, to, days }) => `${from} to ${to} (${counted(days, 'day')})`))}${more > 0 ? ` and ${counted(more, 'more stretch', 'more stretches')}` : ''}; they are taken as unknown, not as days without calls`,
  },
  'day-changed-by-hand': {
    'zh-CN': ({ date, before, after }, { whole, percent }) =>
      `${figuresOf('zh-CN').day(date)} 的预测经人工从 ${whole(before)} 通改为 ${whole(after)} 通（${after > before ? '+' : ''}${percent(after / before - 1, 0)}）`,
    en: ({ date, before, after }, { whole, percent }) =>
      `the forecast of ${figuresOf('en').day(date)} was changed by hand from ${whole(before)} to ${whole(after)} calls (${after > before ? '+' : ''}${percent(after / before - 1, 0)})`,
  },
  'event-changes-day': {
    'zh-CN': ({ date, event, effect }, { percent }) =>
      `${figuresOf('zh-CN').day(date)} 的事件“${event}”按人工填写的 ${effect > 0 ? '+' : ''}${percent(effect, 0)} 计算`,
    en: ({ date, event, effect }, { percent }) =>
      `the event "${event}" on ${figuresOf('en').day(date)} counts with ${effect > 0 ? '+' : ''}${percent(effect, 0)}, as somebody stated`,
  },
  'cause-values-assumed': {
    'zh-CN': ({ causes }, { list }) =>
      `影响因素的数值为假设，并非已知或预报：${list(causes.map(assumedValue('zh-CN')))}`,
    en: ({ causes }, { list }) =>
      `values of causes are assumed, not known or forecast: ${list(causes.map(assumedValue('en')))}`,
  },
  'shifts-from-earlier-plan': {
    'zh-CN': ({ plan, kept, removed, breaks, days }, { list }) =>
      `班次以本周已有计划 ${plan} 为基础，只作划算的改动：${kept + removed} 个班中 ${kept} 个不变${days.length === 0 ? '' : `，有增减的日期：${list(days.map(shiftsOfDay))}`}；另有 ${breaks} 次休息挪动。`,
    en: ({ plan, kept, removed, breaks, days }, { counted, list, plural }) =>
      `Shifts start from those of the week's plan ${plan}, and only what pays is moved: ${kept} of ${counted(kept + removed, 'shift')} stay${days.length === 0 ? '' : `, changed on ${list(days.map(shiftsOfDay))}`}; ${counted(breaks, 'break')} ${plural(breaks, 'moves', 'move')} besides.`,
  },
} satisfies Partial<Sentences<PlanningFindings>>;

/** What the forecast by topic has to say. */
const topicSentences: Sentences<Told> = {
  ...messages('topics'),
  'topic-season-ahead': {
    'zh-CN': ({ topic, years, day, low, high, daysAhead }, speech) =>
      `“${topicName(topic, 'zh-CN')}”往年：${yearsInChinese(years, speech)}。预计 ${day} 前后开始上升（80% 区间 ${low} 至 ${high}），${daysAhead > 0 ? `还有 ${daysAhead} 天` : '就在这几天'}：请备好口径和知识库，并提前告知承办单位${oneYearOnly['zh-CN'](years)}`,
    en: ({ topic, years, day, low, high, daysAhead }, speech) =>
      `${topicName(topic, 'en')} rose ${yearsInEnglish(years, speech)}. Expected to rise from about ${day} (80%: ${low} to ${high}), ${daysAhead > 0 ? `${speech.counted(daysAhead, 'day')} from now` : 'any day now'}: ready briefings and the knowledge base, and warn the bureau in charge${oneYearOnly.en(years)}`,
  },
  'topic-season-late': {
    'zh-CN': ({ topic, years, day, high }, speech) =>
      `“${topicName(topic, 'zh-CN')}”往年：${yearsInChinese(years, speech)}。今年预计 ${day} 前后上升，最迟 ${high}，至今未升：请核实今年是否推迟${oneYearOnly['zh-CN'](years)}`,
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
      `“${topicName(topic, 'zh-CN')}”近七天 ${whole(demands)} 件，按前四周应约 ${whole(expected)} 件：超出随机波动，也不在往年高发期，请查明原因`,
    en: ({ topic, demands, expected }, { whole }) =>
      `${topicName(topic, 'en')} had ${whole(demands)} in the last seven days, and the four weeks before make about ${whole(expected)} usual: more than chance, and out of its season. Find out why`,
  },
  'topic-ended': {
    'zh-CN': ({ topic, since }) => `“${topicName(topic, 'zh-CN')}”自 ${since} 起没有诉求：不再预测`,
    en: ({ topic, since }) =>
      `${topicName(topic, 'en')} has had none since ${since}: it is not forecast any more`,
  },
  'topic-perhaps-renamed': {
    'zh-CN': ({ topic, since, heir }, { audience }) =>
      `“${topic}”自 ${since} 起没有诉求，而“${heir}”恰在此时以相近数量出现：若为改名，${audience === 'terminal' ? `加 --same "${topic}=${heir}"` : `在 same 中写 ${topic}=${heir}`}，即可衔接历史`,
    en: ({ topic, since, heir }, { audience }) =>
      `${topic} has had none since ${since}, and ${heir} began just then at a like number: if it was renamed, ${audience === 'terminal' ? `add --same "${topic}=${heir}"` : `write ${topic}=${heir} under same`} and the two are one history`,
  },
  'topics-pooled': {
    'zh-CN': ({ topics }) => `数量最少的 ${topics} 类合并为“${topicName('*', 'zh-CN')}”一起预测`,
    en: ({ topics }, { counted }) =>
      `the ${counted(topics, 'smallest topic')} are forecast together as "${topicName('*', 'en')}"`,
  },
  'topics-far-from-line': {
    'zh-CN': ({ calls, line }, { whole, percent }) =>
      `按分类预测折算，今后几周首次来电共 ${whole(calls)}，而全线预测为 ${whole(line)}（相差 ${percent(Math.abs(calls / line - 1), 0)}）：全线预测未计各类的季节，请据此核对计划`,
    en: ({ calls, line }, { whole, percent }) =>
      `by topic the weeks ahead come to ${whole(calls)} first-time calls, while the line's own forecast says ${whole(line)} (${percent(Math.abs(calls / line - 1), 0)} apart): it does not know the topics' seasons. Check the plan by it`,
  },
};

/** What use cases find, in sentences, by subject. */
export const planningSentences: Sentences<PlanningFindings> = {
  ...leversSentences,
  ...messages('requirement'),
  ...messages('band'),
  ...messages('prompts'),
  ...comparisonSentences,
  ...recordsSentences,
  ...topicSentences,
};

const shareOrNone = (share: number | null, percent: (share: number) => string): string =>
  share === null ? '–' : percent(share);

const spanOfEvent =
  ({ language }: Speech) =>
  ({ date, end, label }: { readonly date: string; readonly end: string; readonly label: string }): string =>
    `${date}${end === date ? '' : `–${end}`} ${nameIn(label, language)}`;

const useOfDoubted = {
  'zh-CN': { 'left-out': '预测不用这些数值', 'relied-on': '以下结果均以此为据，请先核对单位' },
  en: {
    'left-out': 'forecasts leave these figures out',
    'relied-on': 'all that follows is based on it: check the unit first',
  },
} as const;

/** A day's shifts that came and went: 2026-11-24 +2 −1. */
const shiftsOfDay = ({
  date,
  added,
  removed,
}: {
  readonly date: string;
  readonly added: number;
  readonly removed: number;
}): string => `${date} +${added} −${removed}`;

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
    years.length === 1 ? '。只有一年记录：无法判断是否每年如此' : '',
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

const said = messages('planning-phrases');

/** A band as sentences name it. */
export const bands: Readonly<Record<Language, Readonly<Record<Band, string>>>> = {
  'zh-CN': { hot: '“热线”档', warm: '“暖线”档', cold: '“冷线”档', dead: '“死线”档' },
  en: { hot: 'hot', warm: 'warm', cold: 'cold', dead: 'dead' },
};

/** '队列：' or 'queue: ' before a sentence about one queue of several; nothing where a file has no queues. */
const ofQueue = (queue: string, colon: string): string => (queue === '' ? '' : `${queue}${colon}`);

/** Queues named one by one; a bureau's file may bring hundreds. */
const mostNamed = 8;

export const unlistedInChinese = (
  { queues, pattern, tier }: UnlistedQueues,
  { list, say, audience }: Speech,
): string =>
  `队列 ${list(queues.slice(0, mostNamed))}${queues.length > mostNamed ? ` 等 ${queues.length} 个` : ''} ${audience === 'page' ? '' : '在 models/hotline.json 中'}未登记：计划沿用第一个队列（${pattern === null ? '' : say(pattern)}）的优先级，数据没有的处理时长和耐心也取自它，由第一个座席等级（${tier === null ? '' : say(tier)}）接听`;

export const unlistedInEnglish = (
  { queues, pattern, tier }: UnlistedQueues,
  { list, plural, say, audience }: Speech,
): string => {
  const many = (one: string, several: string): string => plural(queues.length, one, several);
  return `${many('Queue', 'Queues')} ${list(queues.slice(0, mostNamed))}${queues.length > mostNamed ? ` and ${queues.length - mostNamed} more` : ''} ${many('is', 'are')} ${audience === 'page' ? 'not set up yet' : 'not in models/hotline.json'}: ${many('it is', 'they are')} planned with the priority of the first queue (${pattern === null ? '' : say(pattern)}), with its handle time and patience where the data tell none, and answered by the first tier (${tier === null ? '' : say(tier)})`;
};

export const unlistedRemedy = {
  'zh-CN': (_: UnlistedQueues, { audience }: Speech): string =>
    audience === 'page'
      ? '若不合适，请在设置中添加这个队列，并选定接听的等级。'
      : '若不合适，请在 models/hotline.json 的 queues 中登记，并在 models/tiers.json 中写明接听的等级。',
  en: ({ queues }: UnlistedQueues, { plural, audience }: Speech): string => {
    const them = plural(queues.length, 'it', 'them');
    return audience === 'page'
      ? `If that does not fit, add ${them} on the page of settings, with the tier that answers ${them}.`
      : `If that does not fit, add ${them} under queues in models/hotline.json, and to the tier that answers ${them} in models/tiers.json.`;
  },
};

/** What goes with a made-up line once own traffic takes its place, and what stays. */
export const madeUpGoes = said.madeUpGoes;

const [zh, en] = [figuresOf('zh-CN'), figuresOf('en')];

/** A value of a cause as its file has it: no more digits than it needs. */
export const causeValue = (value: number): string => String(Number(value.toPrecision(6)));

/** A cause, with the one day that a value of it is assumed on: 'rain mm on Mon 23 Nov'. */
export const causeOfDay: Readonly<Record<Language, (cause: string, date: string | null) => string>> = {
  'zh-CN': (cause, date) => (date === null ? cause : `${cause}（${zh.day(date)}）`),
  en: (cause, date) => (date === null ? cause : `${cause} on ${en.day(date)}`),
};

/** A value that is assumed of a cause: 'rain mm = 20'. */
export const assumedValue =
  (language: Language) =>
  ({ cause, date, value }: { cause: string; date: string | null; value: number }): string =>
    `${causeOfDay[language](cause, date)} = ${causeValue(value)}`;

const other: Readonly<Record<Language, string>> = said.other;

/** A topic as it is read: levels apart, those that are forecast together by what they are. */
export const topicName = (topic: string, language: Language): string =>
  topic === '*' ? other[language] : topic.split('/').join(' / ');

/** Whether what is at the top of an answer is an assumption, not a doubtful figure. */
export const isAssumedShape = (said: Sayable): boolean => 'code' in said && said.code === 'shape-assumed';

/** Whether it says that a day was changed by hand by more than half. */
export const isChangedByHand = (said: Sayable): boolean =>
  'code' in said && (said.code === 'day-changed-by-hand' || said.code === 'event-changes-day');
