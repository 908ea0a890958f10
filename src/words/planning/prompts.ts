import type { PlanningFindings } from '../../planning/planning-findings.ts';
import type { Sentences } from '../sentences.ts';

const shareOrNone = (share: number | null, percent: (share: number) => string): string =>
  share === null ? '–' : percent(share);

/** What prompts and scenarios have to say. */
export const promptsSentences = {
  'day-so-far': {
    'zh-CN': ({ time, counted, planned, change }, { number, percent }) =>
      `截至 ${time} 已有首次来电 ${number(counted, 0)} 通（计划 ${number(planned, 0)} 通，相差 ${shareOrNone(change, percent)}）；当日其余时段已按此重新预测。`,
    en: ({ time, counted, planned, change }, { number, percent }) =>
      `Until ${time}, ${number(counted, 0)} first calls came (planned: ${number(planned, 0)}, ${shareOrNone(change, percent)} off); the rest of the day is forecast anew from them.`,
  },
  'prompts-changed-since-plan': {
    'zh-CN': '提示语设置在这份计划之后改过：这里仍按计划当时的设置计算。要用新设置，请重新制定计划。',
    en: 'The settings of prompts have changed since this plan was made: this answer rests on the ones it was made with. Plan the week again to use the new ones.',
  },
  'half-take-up': {
    'zh-CN': '采纳率减半',
    en: 'Half the take-up',
  },
  'double-take-up': {
    'zh-CN': '采纳率加倍',
    en: 'Double the take-up',
  },
  'more-calls': {
    'zh-CN': '来电多 10%',
    en: '10% more calls',
  },
  'fewer-calls': {
    'zh-CN': '来电少 10%',
    en: '10% fewer calls',
  },
  'played-by-wait': {
    'zh-CN': ({ seconds }) => `只对预计等候超过 ${seconds} 秒的人播放`,
    en: ({ seconds }) => `Played only to those who would wait over ${seconds} s`,
  },
  'played-to-everyone': {
    'zh-CN': '对所有来电人播放',
    en: 'Played to everyone',
  },
  'less-patience-after-prompt': {
    'zh-CN': '听到后继续等的人耐心少 20%',
    en: 'Those who hear it and stay: 20% less patience',
  },
  'more-patience-after-prompt': {
    'zh-CN': '听到后继续等的人耐心多 25%',
    en: 'Those who hear it and stay: 25% more patience',
  },
  'play-prompt-now': {
    'zh-CN': ({ queue, prompt, to }, { say }) => `现在对“${say(queue)}”播放“${say(prompt)}”，${to} 停止。`,
    en: ({ prompt, queue, to }, { say }) => `Play "${say(prompt)}" to ${say(queue)} now; stop at ${to}.`,
  },
  'play-nothing-today': {
    'zh-CN': '当日其余时段不需要播放提示。',
    en: 'No prompt is worth playing for the rest of the day.',
  },
  'play-nothing-now': {
    'zh-CN': ({ queue, prompt, from, to }, { say }) =>
      `现在不播放；下一条是对“${say(queue)}”的“${say(prompt)}”，从 ${from} 到 ${to}。`,
    en: ({ prompt, queue, from, to }, { say }) =>
      `Play nothing now; next is "${say(prompt)}" to ${say(queue)}, from ${from} to ${to}.`,
  },
  'roster-planned': {
    'zh-CN': '座席按计划的班次',
    en: "the plan's shifts",
  },
  'roster-seen': {
    'zh-CN': '座席按此前四周实际在岗',
    en: 'the operators who were on duty in the four weeks before',
  },
  'demand-of-sample-paths': {
    'zh-CN': ({ samplePaths }) => `来电取预测的 ${samplePaths} 种可能情形，求平均`,
    en: ({ samplePaths }) => `the average over ${samplePaths} sample paths of the forecast`,
  },
  'demand-of-mean-forecast': {
    'zh-CN': '来电按预测均值',
    en: 'the mean forecast',
  },
  'demand-of-day-in-progress': {
    'zh-CN': '来电按当日已到的和其余时段的重新预测（视为确定）',
    en: 'the calls counted so far and the rest of the day forecast anew, taken as certain',
  },
  'basis-of-figures': {
    'zh-CN': ({ calls, operators }, { say }) => `各数的依据相同：${say(calls)}；${say(operators)}。`,
    en: ({ calls, operators }, { say }) => `All figures rest on the same: ${say(calls)}; ${say(operators)}.`,
  },
} satisfies Partial<Sentences<PlanningFindings>>;
