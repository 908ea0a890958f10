import type { SignalKind } from '../contract/documents/day-document.ts';
import type { DayFindings, DayRate } from '../intraday/day-findings.ts';
import type { Language } from '../kernel/text.ts';
import { messages } from './messages.ts';
import type { Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';

/** From this confidence on a signal is sure. */
const sureFrom = 0.99;

type Signalled = DayFindings['day-signal'];

/** What a level differs by, in words: '23%' where something can be compared. */
const moved = ({ factor }: Signalled, { percent }: Speech): string =>
  factor === null ? '' : percent(Math.abs(factor - 1), 0);

const inChinese: Readonly<Record<SignalKind, (amount: string) => string>> = {
  'more-calls': (amount) => `来电比计划多 ${amount}`,
  'fewer-calls': (amount) => `来电比计划少 ${amount}`,
  'longer-calls': (amount) => `处理时长比计划长 ${amount}`,
  'fewer-operators': (amount) => `座席比排班少${amount === '' ? '' : ` ${amount}`}`,
  outage: () => '几乎没有来电接入，疑似交换机故障',
  'late-source': () => '没有收到数据',
};

const inEnglish: Readonly<Record<SignalKind, (amount: string) => string>> = {
  'more-calls': (amount) => `${amount} more calls than planned`,
  'fewer-calls': (amount) => `${amount} fewer calls than planned`,
  'longer-calls': (amount) => `calls take ${amount} longer than planned`,
  'fewer-operators': (amount) => `${amount === '' ? '' : `${amount} `}fewer operators than rostered`,
  outage: () => 'hardly any calls get through: an outage, most likely',
  'late-source': () => 'no data',
};

const certainty = (confidence: number, language: Language, { percent }: Speech): string => {
  if (confidence >= sureFrom) return language === 'en' ? 'sure' : '确定';
  const share = percent(confidence, 0);
  return language === 'en' ? `${share} sure` : `把握 ${share}`;
};

/** Chances that are as good as yes or no. */
const [asGoodAsNo, asGoodAsYes] = [0.2, 0.8];

const rateInChinese = (
  what: string,
  { rate, target, chance }: DayRate,
  { percent, shortPercent }: Speech,
): string => {
  if (rate === null) return '';
  const said = `${what} ${percent(rate)}`;
  if (target === null || chance === null) return said;
  const holds =
    chance <= asGoodAsNo ? '达不到' : chance >= asGoodAsYes ? '能达到' : `达到的可能性 ${percent(chance, 0)}`;
  return `${said}（目标 ${shortPercent(target)}，${holds}）`;
};

const rateInEnglish = (
  what: string,
  { rate, target, chance }: DayRate,
  { percent, shortPercent }: Speech,
): string => {
  if (rate === null) return '';
  const said = `${percent(rate)} ${what}`;
  if (target === null || chance === null) return said;
  const holds =
    chance <= asGoodAsNo ? 'no' : chance >= asGoodAsYes ? 'yes' : `a chance of ${percent(chance, 0)}`;
  return `${said} (target ${shortPercent(target)}: ${holds})`;
};

/** What a day has to say. */
export const daySentences: Sentences<DayFindings> = {
  ...messages('day'),
  'day-signal': {
    'zh-CN': (signal, speech) =>
      `${signal.queue === null ? '' : `${speech.name(signal.queue)}：`}${signal.since} 起${inChinese[signal.kind](moved(signal, speech))}（${certainty(signal.confidence, 'zh-CN', speech)}）`,
    en: (signal, speech) =>
      `${signal.queue === null ? '' : `${speech.name(signal.queue)}: `}${inEnglish[signal.kind](moved(signal, speech))} since ${signal.since} (${certainty(signal.confidence, 'en', speech)})`,
  },
  'day-headline': {
    'zh-CN': ({ time, signals, connectionRate, serviceLevel }, speech) => {
      const rates = [
        rateInChinese('到午夜接通率', connectionRate, speech),
        rateInChinese(`${serviceLevel.seconds} 秒接通率`, serviceLevel, speech),
      ].filter((part) => part !== '');
      const seen = signals.length === 0 ? '与计划相符' : signals.map(speech.say).join('，');
      const rest = rates.length === 0 ? '今天没有来电可算接通率' : rates.join('；');
      return `${time}：${seen}；${signals.length === 0 || rates.length === 0 ? '' : '不采取措施，'}${rest}。`;
    },
    en: ({ time, signals, connectionRate, serviceLevel }, speech) => {
      const rates = [
        rateInEnglish('connect by midnight', connectionRate, speech),
        rateInEnglish(`within ${serviceLevel.seconds} seconds`, serviceLevel, speech),
      ].filter((part) => part !== '');
      const seen = signals.length === 0 ? 'as planned' : signals.map(speech.say).join(', ');
      const rest = rates.length === 0 ? 'no calls today to connect' : rates.join('; ');
      return `${time}: ${seen}; ${signals.length === 0 || rates.length === 0 ? '' : 'without action '}${rest}.`;
    },
  },
  'day-operators-from': {
    'zh-CN': ({ from }) =>
      ({
        presence: '座席取自在岗记录；现在缺的人按当班到下班计。',
        roster: '没有在岗记录：座席取自已发布的排班表，请假的人已扣除。',
        plan: '没有在岗记录，也没有已发布的排班表：座席取自计划的班次。',
      })[from],
    en: ({ from }) =>
      ({
        presence:
          'Operators are those present by the records; who is missing now is taken to be missing until their shift ends.',
        roster:
          'No presence is recorded: operators are those of the published roster, without those on leave.',
        plan: "No presence is recorded and no roster is published: operators are those of the plan's shifts.",
      })[from],
  },
};
