import type { LeverName } from '../contract/documents/effect-documents.ts';
import type { DiversionFindings } from '../diversion/diversion-findings.ts';
import type { ClockRule } from '../diversion/playing-rules.ts';
import type { Language, Text } from '../kernel/text.ts';
import type { Sentences } from './sentences.ts';
import { messages } from './messages.ts';

const leverNames: Readonly<Record<LeverName, Text>> = messages('lever-names');

/** Where the clock bars prompts, rule by rule. */
const barred: Readonly<Record<Language, Readonly<Record<ClockRule, string>>>> = {
  'zh-CN': { 'never-in-quiet-hours': '处于免打扰时段' },
  en: { 'never-in-quiet-hours': 'in the quiet hours' },
};

/** What diversion finds, in sentences. */
export const diversionSentences: Sentences<DiversionFindings> = {
  ...messages('diversion'),
  'calls-short-of-targets': {
    'zh-CN': ({ before, after }, { number }) =>
      number(before, 0) === number(after, 0)
        ? `未达目标的来电仍有 ${number(after, 0)} 通。`
        : `未达目标的来电从 ${number(before, 0)} 通降到 ${number(after, 0)} 通。`,
    en: ({ before, after }, { number }) =>
      number(before, 0) === number(after, 0)
        ? `Calls short of the targets stay at ${number(after, 0)}.`
        : `Calls short of the targets fall from ${number(before, 0)} to ${number(after, 0)}.`,
  },
  'worst-interval-with-prompts': {
    'zh-CN': (
      { time, among, levelBefore, levelAfter, target, mayPlay, barredBy, firstCallers, moved, seconds },
      { number, percent },
    ) => {
      const [was, is] = [percent(levelBefore), percent(levelAfter)];
      const judged =
        target === null
          ? ''
          : levelAfter >= target
            ? `，达到目标 ${percent(target)}`
            : mayPlay
              ? `，仍低于目标 ${percent(target)}：${number(firstCallers, 0)} 位首次来电人中，提示只移走 ${number(moved, 0)} 位`
              : `，仍低于目标 ${percent(target)}：这时${barred['zh-CN'][barredBy ?? 'never-in-quiet-hours']}，不得播放提示`;
      return `${among === 'all' ? '最差时段' : '可播放的最差时段'} ${time} 的${seconds === undefined ? '时限内' : ` ${seconds} 秒`}接通率${was === is ? `仍为 ${is}` : `从 ${was} 变为 ${is}`}${judged}。`;
    },
    en: (
      { time, among, levelBefore, levelAfter, target, mayPlay, barredBy, firstCallers, moved, seconds },
      { number, percent },
    ) => {
      const [was, is] = [percent(levelBefore), percent(levelAfter)];
      const judged =
        target === null
          ? ''
          : levelAfter >= target
            ? `, which meets the target of ${percent(target)}`
            : mayPlay
              ? `, still below the target of ${percent(target)}: of ${number(firstCallers, 0)} first callers prompts move only ${number(moved, 0)}`
              : `, still below the target of ${percent(target)}: it lies ${barred.en[barredBy ?? 'never-in-quiet-hours']}, in which no prompt may play`;
      return `In ${among === 'all' ? 'the worst interval' : 'the worst interval in which prompts may play'}, ${time}, the ${seconds === undefined ? 'service level' : `${seconds}-second rate`} ${was === is ? `stays at ${is}` : `goes from ${was} to ${is}`}${judged}.`;
    },
  },
  'interval-stays-short': {
    'zh-CN': ({ queues }, { name, number, say }) =>
      `${queues
        .map(
          ({ queue, callsShort, because }) =>
            `“${name(queue)}”差 ${number(callsShort, 0)} 通，${because.map(say).join('；')}`,
        )
        .join('；')}。`,
    en: ({ queues }, { counted, name, say }) =>
      `${queues
        .map(
          ({ queue, callsShort, because }) =>
            `"${name(queue)}" is ${counted(Math.round(callsShort), 'call')} short and ${because.map(say).join('; ')}`,
        )
        .join('; ')}.`,
  },
  'needed-for-target': {
    'zh-CN': ({ target, tier, operators, takeUp }, { name, number, percent }) => {
      const byOperators =
        operators === null
          ? `只在“${name(tier)}”加人也达不到`
          : `当日到此时要在“${name(tier)}”多 ${operators} 名座席`;
      const byTakeUp =
        takeUp === 'no-prompt-plays'
          ? '此时没有提示在播放'
          : takeUp === 'not-even-ten-times'
            ? '采纳率达到设定的 10 倍也不够'
            : `或采纳率达到设定的 ${number(takeUp.factor)} 倍`;
      return `要使这个时段达到 ${percent(target, 0)}：${byOperators}；${byTakeUp}。`;
    },
    en: ({ target, tier, operators, takeUp }, { counted, name, number, percent }) => {
      const byOperators =
        operators === null
          ? `no number of operators in "${name(tier)}" alone would do`
          : `${counted(operators, 'more operator')} in "${name(tier)}" from the start of that day`;
      const byTakeUp =
        takeUp === 'no-prompt-plays'
          ? 'no prompt plays then'
          : takeUp === 'not-even-ten-times'
            ? 'ten times the take-up assumed would not do'
            : `or ${number(takeUp.factor)} times the take-up assumed`;
      return `For this interval to reach ${percent(target, 0)}: ${byOperators}; ${byTakeUp}.`;
    },
  },
  'patience-after-prompt-assumed': {
    'zh-CN': ({ prompts }, { list, name }) =>
      `听提示后仍等候者的耐心按设定改变（假设值）：${list(prompts.map(({ prompt, factor }) => `${name(prompt)} ${factor} 倍`))}。`,
    en: ({ prompts }, { list, name }) =>
      `The patience of those who hear it and stay is changed as set (assumed): ${list(prompts.map(({ prompt, factor }) => `${name(prompt)} × ${factor}`))}.`,
  },
  'lever-name': {
    'zh-CN': ({ lever }) => leverNames[lever]['zh-CN'],
    en: ({ lever }) => leverNames[lever].en,
  },
};
