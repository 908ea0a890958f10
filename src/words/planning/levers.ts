import type { PlanningFindings } from '../../planning/planning-findings.ts';
import type { Sentences } from '../sentences.ts';

/** What levers beside prompts do and cost. */
export const leversSentences = {
  'no-lever-needed': {
    'zh-CN': '按预测均值，各队列各时段已达目标，没有缺口要补。',
    en: 'On the mean forecast every queue meets its targets in every interval: nothing is short.',
  },
  'nothing-for-levers-to-match': {
    'zh-CN': ({ callsShort, targetFrom }, { whole, audience }) =>
      `${
        targetFrom === 'prompts'
          ? `提示补不了缺口（未达目标的来电 ${whole(callsShort)} 通），各项措施也就没有要看齐的目标。`
          : `所要补回的为零，${whole(callsShort)} 通未达目标的来电保持原样。`
      }${audience === 'page' ? '请填写要补回的比例。' : '请说明要补回多少，例如 huawu divert --levers --recover 0.5 为补回一半。'}`,
    en: ({ callsShort, targetFrom }, { whole, audience }) =>
      `${
        targetFrom === 'prompts'
          ? `Prompts mend none of the ${whole(callsShort)} calls short of the targets, so there is nothing for the levers to match. `
          : `Nothing is asked to be mended: ${whole(callsShort)} calls stay short of the targets. `
      }${audience === 'page' ? 'Give the share to mend.' : 'Say how many to mend: huawu divert --levers --recover 0.5 asks for half.'}`,
  },
  'no-lever-alone-reaches-target': {
    'zh-CN': '没有一项措施单独能达到目标，需要组合使用。',
    en: 'No lever reaches the target alone: it takes several together.',
  },
  'cheapest-lever': {
    'zh-CN': ({ lever, costPerRecovered }, { number, say }) =>
      `能单独达到同一目标的措施中，“${say(lever)}”每挽回一位来电人花费最少：${number(costPerRecovered)}。`,
    en: ({ lever, costPerRecovered }, { number, say }) =>
      `Of the levers that reach the target alone, "${say(lever)}" costs least per caller recovered: ${number(costPerRecovered)}.`,
  },
  'levers-out-of-reach': {
    'zh-CN': ({ levers }, { list, say, whole }) =>
      `用到上限仍达不到目标的措施及其剩余缺口：${list(levers.map(({ lever, callsShort }) => `${say(lever)}（${whole(callsShort)}）`))}。`,
    en: ({ levers }, { list, say, whole }) =>
      `Levers that miss the target even at their most, with the calls still short: ${list(levers.map(({ lever, callsShort }) => `${say(lever)} (${whole(callsShort)})`))}.`,
  },
  'best-mix-found': {
    'zh-CN': ({ budget, parts, cost, recoveredCallers, callsShort }, { list, percent, say, whole }) =>
      `预算 ${whole(budget)} 内所找到的挽回来电人最多的组合：${list(parts.map(({ lever, level }) => `${say(lever)} ${percent(level, 0)}`))}；花费 ${whole(cost)}，挽回 ${whole(recoveredCallers)} 人，缺口剩 ${whole(callsShort)} 通。`,
    en: ({ budget, parts, cost, recoveredCallers, callsShort }, { list, percent, say, whole }) =>
      `The mix found that recovers most callers within ${whole(budget)}: ${list(parts.map(({ lever, level }) => `${say(lever)} ${percent(level, 0)}`))}; it costs ${whole(cost)}, recovers ${whole(recoveredCallers)} callers and leaves ${whole(callsShort)} calls short.`,
  },
  'levers-by-formula': {
    'zh-CN':
      '一通缺口：未达接通率目标与应答时限目标所差的来电；挽回一位来电人：本来最终没有办成、现在办成的首次来电人。以预测均值按公式计算，金额单位与座席小时成本相同。',
    en: "A call short: one that is missing to the connection target or the answer-time target. A caller recovered: a first caller who is served and would not have been. By formula on the mean forecast; money as in the tiers' cost per hour.",
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
  'lever-settings-assumed': {
    'zh-CN': ({ levers }, { list, say }) => `以下措施的数字是假设值：${list(levers.map(say))}。`,
    en: ({ levers }, { list, say }) => `The figures of these levers are assumed: ${list(levers.map(say))}.`,
  },
} satisfies Partial<Sentences<PlanningFindings>>;
