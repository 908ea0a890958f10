import { figuresOf } from '../figures.ts';
import type { PlanningFindings } from '../../planning/planning-findings.ts';
import {
  assumedValue,
  ofQueue,
  unlistedInChinese,
  unlistedInEnglish,
  unlistedRemedy,
} from '../planning-phrases.ts';
import { nameIn } from '../name-in.ts';
import type { Speech } from '../speech.ts';
import type { Sentences } from '../sentences.ts';

const spanOfEvent =
  ({ language }: Speech) =>
  ({ date, end, label }: { readonly date: string; readonly end: string; readonly label: string }): string =>
    `${date}${end === date ? '' : `–${end}`} ${nameIn(label, language)}`;

const useOfDoubted = {
  'zh-CN': { 'left-out': '预测不用这些数值', 'relied-on': '以下结果都以此为据，请先核对单位' },
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

/** What use cases have to say of records and assumptions. */
export const recordsSentences = {
  'intervals-stay-below-target': {
    'zh-CN': ({ intervals, starts }, { list }) =>
      `放提示后仍有 ${intervals} 个时段低于目标，例如 ${list(starts)}：只靠分流不够，需要加人或接受`,
    en: ({ intervals, starts }, { list }) =>
      `${intervals} intervals stay below target with the prompts, such as ${list(starts)}: diversion alone does not do it; add operators or accept it`,
  },
  'deferrable-work-left-over': {
    'zh-CN': ({ work, placedHours, hours, missingHours, cost }, { say }) =>
      `${say(work)}：${placedHours} / ${hours} 工时排入话务低谷，另有 ${missingHours} 工时在期限内无空闲座席，补足约需 ${cost}（货币同 costPerHour）。`,
    en: ({ work, placedHours, hours, missingHours, cost }, { say }) =>
      `${say(work)}: ${placedHours} / ${hours} operator-hours placed in troughs of calls; for ${missingHours} nobody is to spare in time, which would cost about ${cost} (currency of costPerHour).`,
  },
  'deferrable-work-placed': {
    'zh-CN': ({ work, placedHours, hours }, { say }) =>
      `${say(work)}：${placedHours} / ${hours} 工时排入话务低谷，期限内可全部完成。`,
    en: ({ work, placedHours, hours }, { say }) =>
      `${say(work)}: ${placedHours} / ${hours} operator-hours placed in troughs of calls, all in time.`,
  },
  'no-such-week': {
    'zh-CN': ({ week }) => `没有“${week}”这一周。请写成 2026-W48 这样的周次`,
    en: ({ week }) => `There is no week "${week}". Write it as 2026-W48`,
  },
  'calls-handed-on': {
    'zh-CN': ({ calls }) =>
      `全周约有 ${calls} 通电话由座席转到其他队列：来电与接通率只按外线首次接听计一次，转接的电话单独列出；接收队列的需求人数已计入这些电话。`,
    en: ({ calls }) =>
      `About ${calls} calls of the week are handed on by operators to another queue: calls and the connection rate count a caller's call from outside once, those handed on are listed apart; the requirement of the receiving queues includes them.`,
  },
  'no-plan-yet': {
    'zh-CN': '还没有计划。请先运行 huawu plan',
    en: 'There is no plan yet. Run huawu plan first',
  },
  'no-such-plan': {
    'zh-CN': ({ id }) => `没有编号为 ${id} 的计划。用 huawu plan 重新生成`,
    en: ({ id }) => `There is no plan ${id}. Make it again with huawu plan`,
  },
  'handed-on-behaviour-assumed': {
    'zh-CN': ({ queue, handleTimeSeconds, patienceSeconds }, { say }) =>
      `${say(queue)}：只接转来的电话，处理时长按 ${handleTimeSeconds} 秒、耐心时长按 ${patienceSeconds} 秒假设，不计其不确定性`,
    en: ({ queue, handleTimeSeconds, patienceSeconds }, { say }) =>
      `${say(queue)}: receives handed-on calls only; a handle time of ${handleTimeSeconds} s and a patience of ${patienceSeconds} s are assumed and taken as certain`,
  },
  'handle-time-assumed': {
    'zh-CN': ({ queue, seconds }, { say }) =>
      `${say(queue)}：数据里没有处理时长，按 ${seconds} 秒假设，不计其不确定性`,
    en: ({ queue, seconds }, { say }) =>
      `${say(queue)}: the data has no handle time; ${seconds} s is assumed and taken as certain`,
  },
  'patience-assumed': {
    'zh-CN': ({ queue, lacking, seconds }, { say }) =>
      `${say(queue)}：数据里${say(lacking)}，耐心时长按 ${seconds} 秒假设，不计其不确定性`,
    en: ({ queue, lacking, seconds }, { say }) =>
      `${say(queue)}: the data has ${say(lacking)}; a patience of ${seconds} s is assumed and taken as certain`,
  },
  'abandonments-without-waits': {
    'zh-CN': '有放弃量而没有排队时长',
    en: 'abandonments but no waits',
  },
  'neither-waits-nor-abandonments': {
    'zh-CN': '没有排队时长，也没有放弃量',
    en: 'neither waits nor abandonments',
  },
  'no-call-that-waited': {
    'zh-CN': '没有任何来电排过队',
    en: 'no call that waited',
  },
  'waits-without-abandonments': {
    'zh-CN': '有排队时长而没有放弃量',
    en: 'waits but no abandonments',
  },
  'no-weekly-pattern-yet': {
    'zh-CN': ({ queue }, { called }) =>
      `队列“${called(queue)}”的历史不足三周，学不出每周规律：它的预测只是粗略估计`,
    en: ({ queue }, { called }) =>
      `Queue ${called(queue)} has less than three weeks of history and shows no weekly pattern yet: its forecast is a rough guess`,
  },
  'open-hours-without-calls': {
    'zh-CN': ({ hours }, { say }) =>
      `这些时段的历史数据里从来没有来电：${say(hours)}；而 models/hotline.json 写明热线此时开放，只按最低人数排班。若此时并不开放，请设置 openingHours，或用 huawu hours --keep 写入从数据学得的开放时间`,
    en: ({ hours }, { say }) =>
      `The data never hold a call in these hours: ${say(hours)}; but models/hotline.json says that the line is open then: operators are rostered there for the least number only. Set openingHours if it is closed, or keep the hours that the data show with huawu hours --keep`,
  },
  'leads-alike-by-chance': {
    'zh-CN': ({ low, high, chance, weeks }, { percent }) =>
      `提前 ${weeks.join('、')} 周的误差相近（${percent(low)}–${percent(high)}）：其中 ${percent(chance)} 是每个时段内来电的偶然，任何预测都消除不了；这条线的水平变化很小，提前多久差别不大。`,
    en: ({ low, high, chance, weeks }, { percent }) =>
      `Errors ${weeks.join(', ')} weeks ahead are alike (${percent(low)}–${percent(high)}): ${percent(chance)} is the luck of single calls in each interval, which no forecast foresees, and the line's level moves little from month to month.`,
  },
  'queue-too-short-to-backtest': {
    'zh-CN': ({ queue }, { called }) => `队列“${called(queue)}”的历史还不足以回测，未列入`,
    en: ({ queue }, { called }) =>
      `Queue ${called(queue)} has too short a history to be backtested and is left out`,
  },
  'opening-hours-learnt': {
    'zh-CN': ({ hours }, { say }) =>
      `开放时间从历史数据学得：${say(hours)}；其余时段按不开放处理，不预测也不排班。若属实，可用 huawu hours --keep 或“周计划”页的按钮写入 models/hotline.json；若不符，请在其中写明 openingHours`,
    en: ({ hours }, { say }) =>
      `Opening hours are learnt from the data: ${say(hours)}; other hours are taken as closed, without calls and without operators. If that is right, keep them in models/hotline.json with huawu hours --keep or the button on the plan page; if not, state openingHours there`,
  },
  'two-operators-absent': {
    'zh-CN': ({ tier }, { say }) => `两名座席缺勤（${tier === null ? '' : say(tier)}）`,
    en: ({ tier }, { say }) => `Two operators absent (${tier === null ? '' : say(tier)})`,
  },
  storm: {
    'zh-CN': ({ date, from, factor }, { percent }) =>
      `${date} ${from} 起暴雨，来电增加 ${percent(factor - 1, 0)}`,
    en: ({ date, from, factor }, { percent }) =>
      `Storm on ${date} from ${from}: ${percent(factor - 1, 0)} more calls`,
  },
  'queues-receive-only': {
    'zh-CN': ({ queues }, { list }) => `队列 ${list(queues)} 没有外线来电数据，只按其他队列转来的电话计算`,
    en: ({ queues }, { list, plural }) =>
      `${plural(queues.length, 'Queue', 'Queues')} ${list(queues)} ${plural(queues.length, 'has no calls of its own: it is planned for what other queues hand on to it', 'have no calls of their own: they are planned for what other queues hand on to them')}`,
  },
  'queues-without-traffic': {
    'zh-CN': ({ queues }, { list }) => `队列 ${list(queues)} 没有话务数据，未列入计划`,
    en: ({ queues }, { list, plural }) =>
      `${plural(queues.length, 'Queue', 'Queues')} ${list(queues)} ${plural(queues.length, 'has no traffic and is', 'have no traffic and are')} left out of the plan`,
  },
  'prompts-for-unknown-queues': {
    'zh-CN': ({ queues, known }, { list }) =>
      `models/prompts.json 中有提示只对队列 ${list(queues)} 播放，而热线没有这样的队列，也没有它的话务：这些提示对它不会播放。现有队列：${list(known)}`,
    en: ({ queues, known }, { list, plural }) =>
      `models/prompts.json has prompts for ${plural(queues.length, 'the queue', 'the queues')} ${list(queues)}, which the hotline does not have, nor traffic of: they never play there. Queues that there are: ${list(known)}`,
  },
  'backtest-of-last-weeks': {
    'zh-CN': ({ queue, weeks, asked }, { called }) =>
      `${ofQueue(called(queue), '：')}历史较短，只回测了最近 ${weeks} 周（共要求 ${asked} 周）`,
    en: ({ queue, weeks, asked }, { called }) =>
      `${ofQueue(called(queue), ': ')}the history is short: only the last ${weeks} of ${asked} weeks were run`,
  },
  'lines-too-short-to-rate': {
    'zh-CN': ({ lines, names }, { list, say }) =>
      `${lines} 条线不足四周有应答时限内接听数，未列入：${list(names.map(say))}`,
    en: ({ lines, names }, { counted, list, plural, say }) =>
      `${counted(lines, 'line')} ${plural(lines, 'has', 'have')} fewer than four weeks of calls answered in time and ${plural(lines, 'is', 'are')} left out: ${list(names.map(say))}`,
  },
  'queues-not-in-models': {
    'zh-CN': (values, speech) =>
      `${unlistedInChinese(values, speech)}。${unlistedRemedy['zh-CN'](values, speech)}`,
    en: (values, speech) => `${unlistedInEnglish(values, speech)}. ${unlistedRemedy.en(values, speech)}`,
  },
  'handed-on-calls-counted-twice': {
    'zh-CN': ({ to, from }, { list, say }) =>
      `“${say(to)}”既有自己的话务，又接收${list(from.map((name) => `“${say(name)}”`))}转来的电话：若导入的报表已把转来的电话算进该队列，这些电话会重复计算。请核对交换机报表是否只统计外线直接打入的电话；若已包含，请导出不含转接的话务，或去掉 models/hotline.json 中的这项 transfers。`,
    en: ({ to, from }, { list, say }) =>
      `"${say(to)}" has traffic of its own and takes calls handed on by ${list(from.map((name) => `"${say(name)}"`))}: if the report that was imported already counts calls handed on to it, they are planned for twice. Check whether the switchboard's report counts calls from outside only; if it does not, export the traffic without calls handed on, or take these transfers out of models/hotline.json.`,
  },
  'events-taken-in': {
    'zh-CN': ({ count, events }, speech) =>
      `预测已计入工作区里的 ${count} 个事件：${speech.list(events.map(spanOfEvent(speech)))}${count > events.length ? '等' : ''}`,
    en: ({ count, events }, speech) =>
      `The forecast uses ${count} stored ${speech.plural(count, 'event', 'events')}: ${events.map(spanOfEvent(speech)).join('; ')}${count > events.length ? ` and ${count - events.length} earlier` : ''}`,
  },
  'outlook-without-two-years': {
    'zh-CN': ({ queue, known, by }, { called }) =>
      `${ofQueue(called(queue), '：')}历史只有 ${known} ${by === 'week' ? '周' : '个月'}，不满两年：全年走势还学不准，区间因此较宽`,
    en: ({ queue, known, by }, { called }) =>
      `${ofQueue(called(queue), ': ')}the history has ${known} ${by === 'week' ? 'weeks' : 'months'}, less than two years: the shape of the year is not learnt yet, and the ranges are wide for it`,
  },
  'history-short': {
    'zh-CN': ({ queue, spanDays, weekdays }, { called }) =>
      `${ofQueue(called(queue), '：')}从有数据的第一天到预测起点只有 ${spanDays} 天，每个星期几最多出现 ${weekdays} 次：预测与区间都只是粗略估计，满四周后请重新预测`,
    en: ({ queue, spanDays, weekdays }, { called }) =>
      `${ofQueue(called(queue), ': ')}only ${spanDays} days lie between the first day with data and the forecast, which show each weekday ${weekdays} times at most: forecast and ranges are rough; forecast again once there are four weeks`,
  },
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
      `${ofQueue(called(queue), '：')}没有数据的日子：${list(runs.map(({ from, to, days }) => `${from} 至 ${to}（${days} 天）`))}${more > 0 ? `，另有 ${more} 段` : ''}；按缺失处理，不当作零来电`,
    en: ({ queue, runs, more }, { counted, list, called }) =>
      `${ofQueue(called(queue), ': ')}days without data: ${list(runs.map(({ from, to, days }) => `${from} to ${to} (${counted(days, 'day')})`))}${more > 0 ? ` and ${counted(more, 'more stretch', 'more stretches')}` : ''}; they are taken as unknown, not as days without calls`,
  },
  'outages-suspected': {
    'zh-CN': ({ queue, days, latest }, { list, called }) =>
      `${ofQueue(called(queue), '：')}${days} 天疑似系统中断（有时段来电记为零，而按平常不可能；最近：${list(latest)}）；预测把这些时段按缺失处理`,
    en: ({ queue, days, latest }, { counted, list, plural, called }) =>
      `${ofQueue(called(queue), ': ')}${counted(days, 'day')} ${plural(days, 'looks like an outage', 'look like outages')} (zeros where many calls were due; latest: ${list(latest)}); forecasts take these hours as unknown`,
  },
  'week-far-ahead': {
    'zh-CN': ({ lastDate }) => `这一周距最后的数据（${lastDate}）很远，预测只能当作参考`,
    en: ({ lastDate }) =>
      `This week lies far behind the last data (${lastDate}): take the forecast as a rough guide only`,
  },
  'variant-certain-demand': { 'zh-CN': '预测当作确定值', en: 'Forecast taken as certain' },
  'variant-certain-absences': { 'zh-CN': '缺勤当作确定值', en: 'Absences taken as certain' },
  'variant-no-redials': { 'zh-CN': '不计重拨', en: 'No redials' },
  'variant-erlang-c': { 'zh-CN': '假设无人放弃（Erlang C）', en: 'Nobody abandons (Erlang C)' },
  'variant-pooled': {
    'zh-CN': '全员通接所有队列',
    en: 'Everybody answers every queue',
  },
  'variant-dedicated': {
    'zh-CN': '各队列专人、互不支援',
    en: 'Each queue has only operators of its own',
  },
  'plan-asks-what-if': {
    'zh-CN':
      '这是一份假设计划：所用目标或假设不是本线自己的；提到“最新计划”时，仍指本周按本线目标所做的那份（如有）',
    en: "This plan asks what if: its targets or assumptions are not the line's own; where the latest plan is meant, it is still the week's plan for those, if there is one",
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
      `影响因素的数值是假设的，不是已知或预报的：${list(causes.map(assumedValue('zh-CN')))}`,
    en: ({ causes }, { list }) =>
      `values of causes are assumed, not known or forecast: ${list(causes.map(assumedValue('en')))}`,
  },
  'assumed-cause-has-no-part': {
    'zh-CN': ({ name }) => `假设的“${name}”没有计入任何队列的预测：取什么值，预测都一样`,
    en: ({ name }) =>
      `"${name}", whose value is assumed, has no part in any queue's forecast: it is the same whatever the value`,
  },
  'requirement-far-above-seen': {
    'zh-CN': ({ operators, busiest, times }, { number, whole }) =>
      `最多需要 ${whole(operators)} 名座席，是以往最忙时段（${number(busiest)} 名座席在通话）的 ${times} 倍以上：请核对人工调整和目标`,
    en: ({ operators, busiest, times }, { number, whole }) =>
      `up to ${whole(operators)} operators are required, over ${times} times the busiest interval so far (${number(busiest)} operators on calls): check the changes made by hand and the targets`,
  },
  'shifts-from-earlier-plan': {
    'zh-CN': ({ plan, kept, removed, breaks, days }, { list }) =>
      `班次从本周已有的计划 ${plan} 出发，只动划算的：${kept + removed} 个班中 ${kept} 个不变${days.length === 0 ? '' : `，有增减的日期：${list(days.map(shiftsOfDay))}`}；另有 ${breaks} 次休息挪动。`,
    en: ({ plan, kept, removed, breaks, days }, { counted, list, plural }) =>
      `Shifts start from those of the week's plan ${plan}, and only what pays is moved: ${kept} of ${counted(kept + removed, 'shift')} stay${days.length === 0 ? '' : `, changed on ${list(days.map(shiftsOfDay))}`}; ${counted(breaks, 'break')} ${plural(breaks, 'moves', 'move')} besides.`,
  },
} satisfies Partial<Sentences<PlanningFindings>>;
