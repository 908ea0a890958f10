import type { Sayable } from '../kernel/finding.ts';
import type { Language } from '../kernel/text.ts';
import type { Band } from '../monitoring/bands.ts';
import type { UnlistedQueues } from '../planning/planning-findings.ts';
import { figuresOf } from './figures.ts';
import type { Speech } from './speech.ts';

/** A band as sentences name it. */
export const bands: Readonly<Record<Language, Readonly<Record<Band, string>>>> = {
  'zh-CN': { hot: '“热线”档', warm: '“暖线”档', cold: '“冷线”档', dead: '“死线”档' },
  en: { hot: 'hot', warm: 'warm', cold: 'cold', dead: 'dead' },
};

/** '队列：' or 'queue: ' before a sentence about one queue of several; nothing where a file has no queues. */
export const ofQueue = (queue: string, colon: string): string => (queue === '' ? '' : `${queue}${colon}`);

/** Queues named one by one; a bureau's file may bring hundreds. */
const mostNamed = 8;

export const unlistedInChinese = (
  { queues, pattern, tier }: UnlistedQueues,
  { list, say, audience }: Speech,
): string =>
  `队列 ${list(queues.slice(0, mostNamed))}${queues.length > mostNamed ? ` 等 ${queues.length} 个` : ''} ${audience === 'page' ? '' : '在 models/hotline.json 中'}没有登记：计划时沿用第一个队列（${pattern === null ? '' : say(pattern)}）的优先级，数据没有的处理时长和耐心也取自它，由第一个座席等级（${tier === null ? '' : say(tier)}）接听`;

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
      ? '若不合适，在设置中加上这个队列，并选由哪个等级接听。'
      : '若不合适，在 models/hotline.json 的 queues 中登记，并在 models/tiers.json 中写明由哪个等级接听。',
  en: ({ queues }: UnlistedQueues, { plural, audience }: Speech): string => {
    const them = plural(queues.length, 'it', 'them');
    return audience === 'page'
      ? `If that does not fit, add ${them} on the page of settings, with the tier that answers ${them}.`
      : `If that does not fit, add ${them} under queues in models/hotline.json, and to the tier that answers ${them} in models/tiers.json.`;
  },
};

/** What goes with a made-up line once own traffic takes its place, and what stays. */
export const madeUpGoes = {
  'zh-CN':
    '导入本热线的话务后，演示热线的虚构来电、在岗记录、名单和依它做的计划、排班、人工调整会被清除；您自己加的事件、日记、名单、改过的名称与设置都保留',
  en: 'your own traffic takes the place of the demo line: its made-up calls, presence and lists go, with the plans, rosters and changes of forecasts made on it; events, diary, lists, names and settings of your own stay',
} as const;

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

const other: Readonly<Record<Language, string>> = { 'zh-CN': '其他各类', en: 'other topics' };

/** A topic as it is read: levels apart, those that are forecast together by what they are. */
export const topicName = (topic: string, language: Language): string =>
  topic === '*' ? other[language] : topic.split('/').join(' / ');

/** Whether what stands at the top of an answer is an assumption, not a doubtful figure. */
export const isAssumedShape = (said: Sayable): boolean => 'code' in said && said.code === 'shape-assumed';

/** Whether it says that a day was changed by hand by more than half. */
export const isChangedByHand = (said: Sayable): boolean =>
  'code' in said && (said.code === 'day-changed-by-hand' || said.code === 'event-changes-day');
