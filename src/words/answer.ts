import type { AnswerFindings, EventSpan, OverruleTold } from '../render/answer-findings.ts';
import type { Language, Text } from '../kernel/text.ts';
import { assumedValue, bands, causeOfDay, causeValue } from './planning.ts';
import { figuresOf, nameIn } from './figures.ts';
import type { Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';
import { messages } from './messages.ts';
import { atAssumedPrices, heldSaid } from './targets-held.ts';

const grounds: Readonly<
  Record<Language, Readonly<Record<AnswerFindings['because-factor']['ground'], string>>>
> = {
  'zh-CN': { handleTime: '处理时长', patience: '耐心时长', redials: '重拨', shrinkage: '缩减率' },
  en: { handleTime: 'handle time', patience: 'patience', redials: 'redials', shrinkage: 'shrinkage' },
};

type Pair = { readonly before: number | null; readonly after: number | null };

/** 'a → b', each as it is written; a dash where there is none. */
const moved = ({ before, after }: Pair, write: (value: number) => string): string =>
  [before, after].map((value) => (value === null ? '–' : write(value))).join(' → ');

const assumedMove = ({ before, after }: Pair, unassumed: string): string =>
  [before, after].map((value) => (value === null ? unassumed : causeValue(value))).join(' → ');

type SettingAsked = AnswerFindings['asked-what-if']['settings'][number];

/** A change by so many, with its sign as print sets it. */
const signedIn = (change: number, number: Speech['number']): string =>
  `${change < 0 ? '−' : '+'}${number(Math.abs(change), Number.isInteger(change) ? 0 : 1)}`;

const settingAsked: Readonly<
  Record<Language, (asked: SettingAsked, name: Speech['name'], number: Speech['number']) => string>
> = {
  'zh-CN': (asked, name, number) => {
    switch (asked.what) {
      case 'handle-time-seconds':
        return `处理时长 ${signedIn(asked.seconds, number)} 秒`;
      case 'latest-start':
        return `${name(asked.name)}最晚上班 ${asked.before} → ${asked.after}`;
      case 'add-shift':
        return `增加班次“${name(asked.name)}”`;
      case 'drop-shift':
        return `去掉班次“${name(asked.name)}”`;
      case 'people':
        return `${name(asked.name)} ${signedIn(asked.change, number)} 人`;
      default:
        return `开放时间 ${asked.hours}`;
    }
  },
  en: (asked, name, number) => {
    switch (asked.what) {
      case 'handle-time-seconds':
        return `handle time ${signedIn(asked.seconds, number)} s`;
      case 'latest-start':
        return `${name(asked.name)}: latest start ${asked.before} → ${asked.after}`;
      case 'add-shift':
        return `shift ${name(asked.name)} added`;
      case 'drop-shift':
        return `without shift ${name(asked.name)}`;
      case 'people':
        return `${name(asked.name)} ${signedIn(asked.change, number)}`;
      default:
        return `open ${asked.hours}`;
    }
  },
};

/** "handle time +10%, rain mm = 20": what a what-if was asked, by which it is called. */
const whatIfIn = (
  language: Language,
  { factors, causes, settings }: AnswerFindings['asked-what-if'],
  { list, points, name, number }: Speech,
): string =>
  list([
    ...settings.map((asked) => settingAsked[language](asked, name, number)),
    ...factors.map(({ ground, change }) => `${grounds[language][ground]} ${points(change, 0)}%`),
    ...causes.map(assumedValue(language)),
  ]);

/** Figures as each language writes them: days, clock times and money as in tables. */
const [zh, en] = [figuresOf('zh-CN'), figuresOf('en')];

/** '12/1周二至12/3周四，+20%，综合': when an event is, what it does, and for whom. */
const eventSpan = (
  language: Language,
  { date, end, queue, effect }: EventSpan,
  { points, name }: Speech,
): string => {
  const { day } = figuresOf(language);
  const days = end === null || end === date ? day(date) : `${day(date)}–${day(end)}`;
  return [
    days,
    ...(effect === null ? [] : [`${points(effect, 0)}%`]),
    ...(queue === null ? [] : [name(queue)]),
  ].join(language === 'zh-CN' ? '，' : ', ');
};

/** Adjustments that are named one by one; how many are left is told. */
const mostTold = 3;

/** What planners adjusted: 'Wed 25 Nov +20%, Winter fuel letters'. */
const overrulesTold = (
  language: Language,
  rows: readonly OverruleTold[],
  { points, whole, name }: Speech,
): string => {
  const told = rows
    .slice(0, mostTold)
    .map(({ date, from, to, factor, calls, reason, queue }) =>
      [
        `${figuresOf(language).day(date)}${from === null ? '' : ` ${from}–${to ?? '24:00'}`} ${
          factor === null
            ? `→ ${whole(calls ?? 0)}${language === 'en' ? ' calls' : ' 通'}`
            : `${points(factor - 1, 0)}%`
        }`,
        ...(queue === null ? [] : [name(queue)]),
        reason,
      ].join(language === 'en' ? ', ' : '，'),
    );
  const more = rows.length - told.length;
  return [...told, ...(more > 0 ? [language === 'en' ? `${more} more` : `另有 ${more} 处`] : [])].join(
    language === 'en' ? '; ' : '；',
  );
};

const names = ({ list, name }: Speech, queues: readonly Text[]): string => list(queues.map(name));

/** From so many hours on, more beyond the requirement than before is reported with why it stays. */
const leastBeyond = 4;

const stoppedInChinese = (gap: string): string => `排班成本与理论最优相差不超过 ${gap}，可能还有更省的排法。`;

const stoppedInEnglish = (gap: string): string =>
  `These shifts cost at most ${gap} more than the cheapest possible: cheaper ones may exist.`;

const inBrackets = (open: string, between: string, close: string, parts: readonly string[]): string =>
  parts.length === 0 ? '' : `${open}${parts.join(between)}${close}`;

/** What is over elsewhere, as the figures beside it are written: scheduled − required + short. */
const overInOthers = (
  required: number,
  scheduled: number,
  short: number,
  told: (over: number) => string,
): string => {
  const over = Math.round(scheduled) - Math.round(required) + Math.round(short);
  return over > 0 ? told(over) : '';
};

/** What a plan answers, asks to decide, and what moved it, in sentences. */
export const answerSentences: Sentences<AnswerFindings> = {
  ...messages('answer'),
  ...heldSaid,
  'week-calls': {
    'zh-CN': ({ from, to, calls, low, high, day, most }) =>
      `${zh.day(from)}至${zh.day(to)}预计首次来电 ${zh.count(calls)} 通（80% 区间 ${zh.count(low)}–${zh.count(high)}），${zh.day(day)}最多，约 ${zh.count(most)} 通。`,
    en: ({ from, to, calls, low, high, day, most }) =>
      `${en.count(calls)} first-time calls are expected from ${en.day(from)} to ${en.day(to)} (80% range ${en.count(low)}–${en.count(high)}), most of them on ${en.day(day)}: ${en.count(most)}.`,
  },
  'week-people': {
    'zh-CN': ({ required, scheduled, paid, wages, currency, pricesAssumed, short }, { name }) =>
      [
        `接听需要 ${zh.count(required)} 工时，已排 ${zh.count(scheduled)} 工时`,
        ...(paid === null
          ? []
          : [
              `付薪 ${zh.count(paid)} 工时${wages === null ? '' : `，工资 ${zh.money(wages, currency)}${atAssumedPrices['zh-CN'](pricesAssumed)}`}`,
            ]),
        short === null
          ? '人手够用'
          : `等级间支援后缺 ${zh.count(short.hours)} 工时${overInOthers(required, scheduled, short.hours, (over) => `（其他时段多 ${zh.count(over)}）`)}，最缺的是 ${zh.moment(short.at)}，缺 ${zh.count(short.operators)} 人（以${name(short.tier)}为主）`,
      ].join('；') + '。',
    en: ({ required, scheduled, paid, wages, currency, pricesAssumed, short }, { name }) =>
      [
        `${en.count(required)} operator-hours are required on the phones and ${en.count(scheduled)} are scheduled`,
        ...(paid === null
          ? []
          : [
              `${en.count(paid)} hours are paid${wages === null ? '' : `, at ${en.money(wages, currency)}${atAssumedPrices.en(pricesAssumed)}`}`,
            ]),
        short === null
          ? 'nobody is missing'
          : `${en.count(short.hours)} operator-hours are short once tiers have helped each other${overInOthers(required, scheduled, short.hours, (over) => ` (${en.count(over)} over at other times)`)}, most of all on ${en.moment(short.at)}: ${en.count(short.operators)} short, mostly ${name(short.tier)}`,
      ].join('; ') + '.',
  },
  'week-outcome': {
    'zh-CN': ({ connectionRate, serviceLevel, seconds, testCalls, band, bandChance }) =>
      `预计接通率 ${zh.percent(connectionRate)}${serviceLevel === null ? '' : `，${seconds} 秒接通率 ${zh.percent(serviceLevel)}`}；按 ${testCalls} 次暗访拨测，评为${bands['zh-CN'][band]}的概率 ${zh.percent(bandChance, 0)}。`,
    en: ({ connectionRate, serviceLevel, seconds, testCalls, band, bandChance }) =>
      `${en.percent(connectionRate)} of the calls should be answered${serviceLevel === null ? '' : `, ${en.percent(serviceLevel)} within ${seconds} seconds`}; with ${testCalls} test calls the chance of being rated ${bands.en[band]} is ${en.percent(bandChance, 0)}.`,
  },
  'decide-unusual': {
    'zh-CN': ({ figures }) => `有 ${figures} 处数值存疑，影响整份计划：请先核对数据。`,
    en: ({ figures }, { counted }) =>
      `${counted(figures, 'figure')} of the data ${figures === 1 ? 'is' : 'are'} doubtful and the whole plan is based on ${figures === 1 ? 'it' : 'them'}: check the data first.`,
  },
  'decide-assumed-handle-time': {
    'zh-CN': ({ queues, of }, speech) =>
      `${queues.length === of ? '所有队列' : names(speech, queues)}的处理时长没有数据，为假设值：工时随之成比例变动，请核实。`,
    en: ({ queues, of }, speech) =>
      `The handle time of ${queues.length === of ? 'every queue' : names(speech, queues)} is assumed, not measured: hours move in proportion to it, so check it.`,
  },
  'decide-short': {
    'zh-CN': (
      { hours, intervals, of, limit, rule, tier = null, gap, peopleUsedUp, leave },
      { say, percent, name, whole },
    ) =>
      `${of} 个时段中有 ${intervals} 个缺人，合计 ${zh.hours(hours)} 工时（已计等级间支援）。${
        limit === 'people' || (limit === null && peopleUsedUp)
          ? `${tier === null ? '' : `${name(tier)}：`}名册上的人员已用满${inBrackets('（', '；', '）', [...(rule === null ? [] : [say(rule)]), ...(leave === null ? [] : [`约 ${whole(leave.keptHours)} 小时为休假预留，已登记 ${whole(leave.bookedHours)} 小时`])])}：${leave === null ? '' : '先用预留而未登记的休假工时；不够再'}增员、加班、放宽目标，还是接受？`
          : limit === 'shifts'
            ? '没有班次能覆盖这些时段：增加班次、调整上班时间，还是接受？'
            : limit === 'price'
              ? '补足的工资高于缺人价：调高缺人价（设置 › 班次），还是接受？'
              : '增加人手、放宽目标，还是接受？'
      }${gap === null ? '' : stoppedInChinese(percent(gap))}`,
    en: (
      { hours, intervals, of, limit, rule, tier = null, gap, peopleUsedUp, leave },
      { plural, say, percent, name, whole },
    ) =>
      `${intervals} of ${of} intervals ${plural(intervals, 'is', 'are')} short of people, by ${en.hours(hours)} ${plural(hours, 'hour', 'hours')} in all (tiers help each other). ${
        limit === 'people' || (limit === null && peopleUsedUp)
          ? `${tier === null ? 'Everybody' : `${name(tier)}: everybody`} on the books is used${inBrackets(' (', '; ', ')', [...(rule === null ? [] : [say(rule)]), ...(leave === null ? [] : [`about ${whole(leave.keptHours)} hours kept for leave, ${whole(leave.bookedHours)} of them booked`])])}: ${leave === null ? '' : 'first use the hours kept for leave that nobody has booked; if that is not enough, '}more people, overtime, lower targets, or accept it?`
          : limit === 'shifts'
            ? 'No shift reaches these times: add a shift, move a start, or accept it?'
            : limit === 'price'
              ? 'Covering them costs more than the shortage is priced at: raise that price (Settings › Shifts), or accept it?'
              : 'More people, lower targets, or accept it?'
      }${gap === null ? '' : ` ${stoppedInEnglish(percent(gap))}`}`,
  },
  'decide-release': {
    'zh-CN': ({ shifts, paidHours, wages, currency, days }, { whole, money }) =>
      `可减 ${shifts} 个班而不使任何时段缺人，省付薪 ${whole(paidHours)} 工时、工资 ${money(wages, currency)}（${days.map(({ date, shifts: own }) => `${zh.day(date)} ${own} 个`).join('，')}）：是否减去？`,
    en: ({ shifts, paidHours, wages, currency, days }, { counted, whole, money }) =>
      `${counted(shifts, 'shift')} can go with no interval short for it: ${whole(paidHours)} paid hours, ${money(wages, currency)} (${days.map(({ date, shifts: own }) => `${en.day(date)} ${own}`).join(', ')}). Take ${shifts === 1 ? 'it' : 'them'} out?`,
  },
  'hours-beyond': {
    'zh-CN': ({ hours, stretches, shifts, shortest }, { whole, number }) =>
      `超出需求 ${whole(hours)} 工时，最多的是 ${stretches.map(({ date, from, to, most }) => `${zh.day(date)} ${from}–${to}（最多 ${number(most)} 人）`).join('、')}；${
        shifts > 0
          ? `其中 ${shifts} 个整班可减`
          : `没有整班可减${shortest === null ? '' : `：最短的班“${shortest.name['zh-CN']}”为 ${zh.hours(shortest.hours)} 小时，减任何一个班都会使某个时段缺人`}`
      }。`,
    en: ({ hours, stretches, shifts, shortest }, { whole, number, counted }) =>
      `${whole(hours)} operator-hours are beyond the requirement, most of them ${stretches.map(({ date, from, to, most }) => `${en.day(date)} ${from}–${to} (up to ${number(most)})`).join(', ')}; ${
        shifts > 0
          ? `${counted(shifts, 'whole shift')} of them can go`
          : `no whole shift can go${shortest === null ? '' : `: the shortest, ${shortest.name.en}, lasts ${en.hours(shortest.hours)} hours, and taking any shift out leaves an interval short`}`
      }.`,
  },
  'search-stopped': {
    'zh-CN': ({ gap }, { percent }) => stoppedInChinese(percent(gap)),
    en: ({ gap }, { percent }) => stoppedInEnglish(percent(gap)),
  },
  'changed-saving': {
    'zh-CN': ({ required, ready, paid, short, beyond, releasable, shortest, gap }, { whole, percent }) =>
      `需求少 ${whole(required)} 工时：${[
        `在岗${ready < 0 ? '多' : '少'} ${whole(Math.abs(ready))}`,
        `缺口${short < 0 ? '增' : '减'} ${whole(Math.abs(short))}`,
        `超出需求${beyond < 0 ? '减' : '增'} ${whole(Math.abs(beyond))}`,
        ...(paid === null ? [] : [`付薪${paid < 0 ? '多' : '少'} ${whole(Math.abs(paid))}`]),
      ].join('，')}。${
        releasable > 0
          ? `超出部分可再减整班，省付薪 ${whole(releasable)} 工时。`
          : beyond >= leastBeyond && shortest !== null
            ? `多出的工时零散，凑不成可减的整班（最短的班 ${whole(shortest.hours)} 小时）。`
            : ''
      }${gap === null ? '' : stoppedInChinese(percent(gap))}`,
    en: ({ required, ready, paid, short, beyond, releasable, shortest, gap }, { whole, percent }) =>
      `${whole(required)} fewer hours are required: ${[
        `${whole(Math.abs(ready))} ${ready < 0 ? 'more' : 'fewer'} on duty`,
        `${whole(Math.abs(short))} ${short < 0 ? 'more' : 'fewer'} short`,
        `${whole(Math.abs(beyond))} ${beyond < 0 ? 'fewer' : 'more'} beyond the requirement`,
      ].join(', ')}${paid === null ? '' : `; ${whole(Math.abs(paid))} ${paid < 0 ? 'more' : 'fewer'} paid`}.${
        releasable > 0
          ? ` Whole shifts of ${whole(releasable)} paid hours can still go.`
          : beyond >= leastBeyond && shortest !== null
            ? ` None of the surplus adds up to a whole shift that could be dropped (the shortest lasts ${whole(shortest.hours)} hours).`
            : ''
      }${gap === null ? '' : ` ${stoppedInEnglish(percent(gap))}`}`,
  },
  'changed-days': {
    'zh-CN': ({ days }, { number }) =>
      `付薪工时未增加，班次在各天之间调动：${days.map(({ date, shifts }) => `${zh.day(date)} ${signedIn(shifts, number)}`).join('，')}。减班的几天来电未变，只是人手调给了其他天。`,
    en: ({ days }, { number }) =>
      `Paid hours do not rise, so shifts move between days: ${days.map(({ date, shifts }) => `${en.day(date)} ${signedIn(shifts, number)}`).join(', ')}. Where there are fewer, calls are as before: their people work on the days that want more.`,
  },
  'changed-hot': {
    'zh-CN': ({ during, besides }, { whole }) =>
      `“热线”档的概率只看拨测时段：这些时段缺 ${moved(during, whole)} 工时，其他时段缺 ${moved(besides, whole)} 工时。`,
    en: ({ during, besides }, { whole }) =>
      `The chance of hot goes by the times at which the monitor calls: hours short then ${moved(during, whole)}, at other times ${moved(besides, whole)}.`,
  },
  'decide-not-proved': {
    'zh-CN': ({ queues }, speech) => `仿真中未达标的队列：${names(speech, queues)}。`,
    en: ({ queues }, speech) => `Under target in simulation: ${names(speech, queues)}.`,
  },
  'changed-wages': {
    'zh-CN': ({ currency, ...pair }, { money }) => `工资 ${moved(pair, (value) => money(value, currency))}`,
    en: ({ currency, ...pair }, { money }) => `Wages ${moved(pair, (value) => money(value, currency))}`,
  },
  'because-cause': {
    'zh-CN': ({ cause, date, before, after }) =>
      `${causeOfDay['zh-CN'](cause, date)}：${assumedMove({ before, after }, '不作假设')}`,
    en: ({ cause, date, before, after }) =>
      `${causeOfDay.en(cause, date)}: ${assumedMove({ before, after }, 'nothing assumed')}`,
  },
  'because-overrules': {
    'zh-CN': ({ added, removed }, speech) =>
      [
        ...(added.length > 0 ? [`人工调整预测：${overrulesTold('zh-CN', added, speech)}`] : []),
        ...(removed.length > 0 ? [`撤回人工调整：${overrulesTold('zh-CN', removed, speech)}`] : []),
      ].join('；'),
    en: ({ added, removed }, speech) =>
      [
        ...(added.length > 0 ? [`forecast adjusted: ${overrulesTold('en', added, speech)}`] : []),
        ...(removed.length > 0 ? [`adjustment undone: ${overrulesTold('en', removed, speech)}`] : []),
      ].join('; '),
  },
  'because-event': {
    'zh-CN': ({ label, before, after }, speech) => {
      const name = `“${nameIn(label, 'zh-CN')}”`;
      if (before === null)
        return `新增事件${name}${after === null ? '' : `（${eventSpan('zh-CN', after, speech)}）`}`;
      return after === null
        ? `删除事件${name}（${eventSpan('zh-CN', before, speech)}）`
        : `事件${name}：${eventSpan('zh-CN', before, speech)} → ${eventSpan('zh-CN', after, speech)}`;
    },
    en: ({ label, before, after }, speech) => {
      const name = nameIn(label, 'en');
      if (before === null)
        return `event added: ${name}${after === null ? '' : ` (${eventSpan('en', after, speech)})`}`;
      return after === null
        ? `event taken away: ${name} (${eventSpan('en', before, speech)})`
        : `event ${name}: ${eventSpan('en', before, speech)} → ${eventSpan('en', after, speech)}`;
    },
  },
  'because-setting': {
    'zh-CN': ({ where, change, before, after }, { name }) => {
      if (change === 'added') return `新增${name(where)}`;
      if (change === 'removed') return `删除${name(where)}`;
      return before === null || after === null
        ? `${name(where)} 有改动`
        : `${name(where)} ${name(before)} → ${name(after)}`;
    },
    en: ({ where, change, before, after }, { name }) => {
      if (change !== 'changed') return `${name(where)} ${change}`;
      return before === null || after === null
        ? `${name(where)} changed`
        : `${name(where)} ${name(before)} → ${name(after)}`;
    },
  },
  'because-people-used-up': {
    'zh-CN': ({ open }, { whole }) =>
      `名册上的人员已用满：要求提高，可排工时却未增加，缺 ${whole(open)} 工时`,
    en: ({ open }, { whole, plural }) =>
      `everybody on the books is used: more is required but no more can be scheduled, and ${whole(open)} ${plural(Math.round(open), 'hour is', 'hours are')} short`,
  },
  'asked-what-if': {
    'zh-CN': (asked, speech) => whatIfIn('zh-CN', asked, speech),
    en: (asked, speech) => whatIfIn('en', asked, speech),
  },
};
