import { nameIn } from './name-in.ts';
import type { PlanningFindings } from '../planning/planning-findings.ts';
import type { Text } from '../kernel/text.ts';
import { ofQueue, unlistedInChinese, unlistedInEnglish, unlistedRemedy } from './planning-phrases.ts';
import type { Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';

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

const shareOrNone = (share: number | null, percent: (share: number) => string): string =>
  share === null ? '–' : percent(share);

/** What a line is called whose people have brought their traffic in and not named it yet. */
export const unnamedHotline: Text = { 'zh-CN': '我的热线', en: 'My hotline' };

/** What use cases find, in sentences. */
export const planningSentences: Sentences<PlanningFindings> = {
  'gap-unexplained': {
    'zh-CN': ({ effect }, { points }) =>
      `差距的主要部分（${points(effect)} 个百分点）不能用已有的记录解释：来电量、处理时长、到岗座席和提示都不是主因。`,
    en: ({ effect }, { points }) =>
      `What was recorded does not explain the gap: its largest part (${points(effect)} points) is none of call volume, handle time, operators present and prompts played.`,
  },
  'no-test-calls-in-span': {
    'zh-CN': '这段时间没有暗访拨测。',
    en: 'There were no test calls in this span.',
  },

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
      `能单独达到同一目标的措施中，「${say(lever)}」每挽回一位来电人花费最少：${number(costPerRecovered)}。`,
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
  'one-operator-on-mean-forecast': {
    'zh-CN': '增减一人的影响按平均预测推算，只改这一个时段，后面的时段照计划。',
    en: 'One operator more or less: on the mean forecast, in this interval only, later ones as planned.',
  },
  'price-curve-basis': {
    'zh-CN': ({ samplePaths }) =>
      `曲线是每个时段、每个队列都须达到该比例时的工时（扣除缩减后，排班之前），按前 ${samplePaths} 条需求情景计算，不含各队列、各等级自己的目标。`,
    en: ({ samplePaths }) =>
      `The curve is in hours ready for calls, before shifts, with the rate held in every interval by every queue on the first ${samplePaths} sample paths of demand; targets of single queues and tiers are left out.`,
  },
  'rates-out-of-reach': {
    'zh-CN': '标「不可达」的比例在部分时段无论多少座席都达不到（线路不足）。',
    en: 'Rates marked as out of reach fail in some interval whatever the number of operators (too few lines).',
  },
  'grading-score': {
    'zh-CN': '总评 = 各指标相对全体的标准差数按权重加总；分档取自然断点（ckmeans）。',
    en: 'A score is the weighted sum of figures in standard deviations from the mean; grades are split at natural breaks (ckmeans).',
  },
  'handle-time-compared-within-tier': {
    'zh-CN': '各等级事项长短不同，处理时长只在同等级内比较（至少 5 人有此指标时）。',
    en: 'Matters differ in length, so handle time is compared within a tier (where at least five have the figure).',
  },
  'seats-of-tiers-kept': {
    'zh-CN':
      '除最低一级外，各等级人数不会增加：够格者留任，空出的席位给总评最高的合格者；没有适合等级的人留待人工判断（--free-seats 则不限席位）。',
    en: 'No tier above the lowest grows: who qualifies stays, free seats go to the best who qualify, and whom no tier fits is left to decide by hand (--free-seats lifts the limit).',
  },
  'tier-target-below-cheaper-tier': {
    'zh-CN': ({ tier, cheaper }, { say }) =>
      `${say(tier)}的接通率目标低于工资更低的${say(cheaper)}：请核对 models/tiers.json。`,
    en: ({ tier, cheaper }, { say }) =>
      `${say(tier)} has a lower connection target than ${say(cheaper)}, whose wage is lower: check models/tiers.json.`,
  },
  'chance-not-reached-by-operators': {
    'zh-CN': '没有工时数的一栏：增加座席也达不到这样的把握',
    en: 'No operator-hours: more operators do not reach that chance',
  },
  'operator-hours-need-a-plan': {
    'zh-CN': '要看需要多少工时，请先做一份计划，再加 --plan latest',
    en: 'For the operator-hours that this takes, make a plan and add --plan latest',
  },
  'band-target-chosen': {
    'zh-CN': ({ testCalls, confidence, band, rate, chance, hours }, { number, percent }) =>
      `按 ${testCalls} 次拨测，以 ${percent(confidence)} 的把握评为${band === 'hot' ? '「热线」档' : '「暖线」档及以上'}：每时段接通率目标 ${percent(rate)}；排班与提示之后把握为 ${percent(chance)}，排班 ${number(hours, 0)} 工时`,
    en: ({ testCalls, confidence, band, rate, chance, hours }, { number, percent }) =>
      `With ${testCalls} test calls, ${percent(confidence)} sure of ${band === 'hot' ? 'hot' : 'warm or better'}: a connection target of ${percent(rate)} per interval; after shifts and prompts the chance is ${percent(chance)}, with ${number(hours, 0)} operator-hours scheduled`,
  },
  'band-out-of-reach': {
    'zh-CN': ({ testCalls, chance, band, confidence }, { percent }) =>
      `按 ${testCalls} 次拨测，增加座席也只能有 ${percent(chance)} 的把握评为${band === 'hot' ? '「热线」档' : '「暖线」档及以上'}，达不到 ${percent(confidence)}：其余靠运气`,
    en: ({ testCalls, chance, band, confidence }, { percent }) =>
      `With ${testCalls} test calls, more operators give no more than ${percent(chance)} of ${band === 'hot' ? 'hot' : 'warm or better'}, short of ${percent(confidence)}: the rest is luck`,
  },
  'next-lower-target': {
    'zh-CN': ({ rate, hours, saved, chance }, { number, percent }) =>
      `低一级的目标 ${percent(rate)} 排班 ${number(hours, 0)} 工时（少 ${number(saved, 0)}），把握降到 ${percent(chance)}`,
    en: ({ rate, hours, saved, chance }, { number, percent }) =>
      `The next lower target, ${percent(rate)}, takes ${number(hours, 0)} operator-hours (${number(saved, 0)} fewer) and lowers the chance to ${percent(chance)}`,
  },
  'chance-with-operators-on-books': {
    'zh-CN': ({ hours, chance, openHours }, { number, percent }) =>
      `名册上的座席排得出 ${number(hours, 0)} 工时，把握 ${percent(chance)}；按本计划的需求逐时段算，等级之间顶替后他们仍缺 ${number(openHours, 0)} 工时（别处多出的补不了这里的缺），须增员、加班或外包`,
    en: ({ hours, chance, openHours }, { number, percent }) =>
      `The operators on the books give ${number(hours, 0)} operator-hours and a chance of ${percent(chance)}; of what this plan needs they leave ${number(openHours, 0)} operator-hours open after tiers stand in for one another, interval by interval (too many elsewhere fill none of it), to be hired, paid as overtime or bought in`,
  },
  'price-of-a-band': {
    'zh-CN': ({ confidence, warmHours, hotHours, price }, { number, percent }) =>
      `升一档的价格：同样 ${percent(confidence)} 的把握，「暖线」需 ${number(warmHours, 0)} 工时，「热线」需 ${number(hotHours, 0)} 工时，相差 ${number(price, 0)} 工时（排班前）`,
    en: ({ confidence, warmHours, hotHours, price }, { number, percent }) =>
      `The price of one step up in band: at the same ${percent(confidence)}, warm takes ${number(warmHours, 0)} operator-hours and hot ${number(hotHours, 0)}, ${number(price, 0)} more (before shifts)`,
  },
  'hot-partly-luck-at-edge': {
    'zh-CN': ({ testCalls, needed, hotFrom, chanceAtEdge, confidence, rate, cost }, { number, percent }) =>
      `「热线」须接通 ${testCalls} 次中的 ${needed} 次，这有一部分是运气：真实接通率恰为 ${percent(hotFrom)} 的热线只有 ${percent(chanceAtEdge)} 的机会；要有 ${percent(confidence)} 的把握，真实接通率须达 ${percent(rate)}。为压低这份运气，比真实接通率刚够 ${percent(hotFrom)} 多用 ${number(cost, 0)} 工时（排班前）`,
    en: ({ needed, testCalls, hotFrom, chanceAtEdge, confidence, rate, cost }, { number, percent }) =>
      `Hot takes ${needed} of ${testCalls} test calls, and that is partly luck: a line that truly connects ${percent(hotFrom)} of them has a chance of ${percent(chanceAtEdge)}; to be ${percent(confidence)} sure the true rate must be ${percent(rate)}. Guarding against that luck takes ${number(cost, 0)} operator-hours more than a true rate of ${percent(hotFrom)} does (before shifts)`,
  },
  'day-so-far': {
    'zh-CN': ({ time, counted, planned, change }, { number, percent }) =>
      `截至 ${time} 已有首次来电 ${number(counted, 0)} 通（计划 ${number(planned, 0)} 通，相差 ${shareOrNone(change, percent)}）；当日其余时段已按此重新预测。`,
    en: ({ time, counted, planned, change }, { number, percent }) =>
      `Until ${time}, ${number(counted, 0)} first calls came (planned: ${number(planned, 0)}, ${shareOrNone(change, percent)} off); the rest of the day is forecast anew from them.`,
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
    en: '10 % more calls',
  },
  'fewer-calls': {
    'zh-CN': '来电少 10%',
    en: '10 % fewer calls',
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
    en: 'Those who hear it and stay: 20 % less patience',
  },
  'more-patience-after-prompt': {
    'zh-CN': '听到后继续等的人耐心多 25%',
    en: 'Those who hear it and stay: 25 % more patience',
  },
  'play-prompt-now': {
    'zh-CN': ({ queue, prompt, to }, { say }) =>
      `现在对「${say(queue)}」播放「${say(prompt)}」，${to} 停止。`,
    en: ({ prompt, queue, to }, { say }) => `Play "${say(prompt)}" to ${say(queue)} now; stop at ${to}.`,
  },
  'play-nothing-today': {
    'zh-CN': '当日其余时段不需要播放提示。',
    en: 'No prompt is worth playing for the rest of the day.',
  },
  'play-nothing-now': {
    'zh-CN': ({ queue, prompt, from, to }, { say }) =>
      `现在不播放；下一条是对「${say(queue)}」的「${say(prompt)}」，从 ${from} 到 ${to}。`,
    en: ({ prompt, queue, from, to }, { say }) =>
      `Play nothing now; next is "${say(prompt)}" to ${say(queue)}, from ${from} to ${to}.`,
  },
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
  'no-such-week': {
    'zh-CN': ({ week }) => `没有「${week}」这一周。请写成 2026-W48 这样的周次`,
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
  'ranked-by-traffic': {
    'zh-CN':
      '本表按各线自己的话务排名：应答时限内接听数 / 人工请求量，不是拨测。同一天的电话同好同坏，区间按天为群计算，不按通数。',
    en: "Ranked by the lines' own traffic: calls answered within the threshold / calls offered, not by test calls. Calls of a day stand and fall together, so intervals take days as clusters, not single calls.",
  },
  'weights-not-fitted': {
    'zh-CN': '没有足够的公布结果，未拟合权重',
    en: 'There are too few published results: weights were not fitted',
  },
  'no-weekly-pattern-yet': {
    'zh-CN': ({ queue }) => `队列 ${queue} 的历史不足三周，学不出每周规律：它的预测只是粗略估计`,
    en: ({ queue }) =>
      `Queue ${queue} has less than three weeks of history and shows no weekly pattern yet: its forecast is a rough guess`,
  },
  'open-hours-without-calls': {
    'zh-CN': ({ hours }, { say }) =>
      `这些时段的历史数据里从来没有来电：${say(hours)}；而 models/hotline.json 写明热线此时开放，只按最低人数排班。若此时并不开放，请设置 openingHours，或用 huawu hours --keep 写入从数据学得的开放时间`,
    en: ({ hours }, { say }) =>
      `The data never hold a call in these hours: ${say(hours)}; but models/hotline.json says that the line is open then: operators are rostered there for the least number only. Set openingHours if it is closed, or keep the hours that the data show with huawu hours --keep`,
  },
  'queue-too-short-to-backtest': {
    'zh-CN': ({ queue }) => `队列 ${queue} 的历史还不足以回测，未列入`,
    en: ({ queue }) => `Queue ${queue} has too short a history to be backtested and is left out`,
  },
  'opening-hours-learnt': {
    'zh-CN': ({ hours }, { say }) =>
      `开放时间从历史数据学得：${say(hours)}；其余时段按不开放处理，不预测也不排班。若属实，可用 huawu hours --keep 或「周计划」页的按钮写入 models/hotline.json；若不符，请在其中写明 openingHours`,
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
    'zh-CN': ({ queue, weeks, asked }) =>
      `${ofQueue(queue, '：')}历史较短，只回测了最近 ${weeks} 周（共要求 ${asked} 周）`,
    en: ({ queue, weeks, asked }) =>
      `${ofQueue(queue, ': ')}the history is short: only the last ${weeks} of ${asked} weeks were run`,
  },
  'lines-too-short-to-rate': {
    'zh-CN': ({ lines, names }, { list, say }) =>
      `${lines} 条线不足四周有应答时限内接听数，未列入：${list(names.map(say))}`,
    en: ({ lines, names }, { counted, list, plural, say }) =>
      `${counted(lines, 'line')} ${plural(lines, 'has', 'have')} fewer than four weeks of calls answered in time and ${plural(lines, 'is', 'are')} left out: ${list(names.map(say))}`,
  },
  'traffic-of-part-of-period': {
    'zh-CN': ({ period, first, last, previous }) =>
      `${period} 的话务只有 ${first} 至 ${last}：本表只反映这一段${previous === null ? '' : `，同比所对的是 ${previous} 的全部话务`}。`,
    en: ({ period, first, last, previous }) =>
      `Of ${period} there is traffic from ${first} to ${last} only: the table is of that part${previous === null ? '' : `, its moves against all traffic of ${previous}`}.`,
  },
  'queues-not-in-models': {
    'zh-CN': (values, speech) => `${unlistedInChinese(values, speech)}。${unlistedRemedy['zh-CN']}`,
    en: (values, speech) => `${unlistedInEnglish(values, speech)}. ${unlistedRemedy.en(values, speech)}`,
  },
  'handed-on-calls-counted-twice': {
    'zh-CN': ({ to, from }, { list, say }) =>
      `「${say(to)}」既有自己的话务，又接收${list(from.map((name) => `「${say(name)}」`))}转来的电话：若导入的报表已把转来的电话算进该队列，这些电话会重复计算。请核对交换机报表是否只统计外线直接打入的电话；若已包含，请导出不含转接的话务，或去掉 models/hotline.json 中的这项 transfers。`,
    en: ({ to, from }, { list, say }) =>
      `"${say(to)}" has traffic of its own and takes calls handed on by ${list(from.map((name) => `"${say(name)}"`))}: if the report that was brought in already counts calls handed on to it, they are planned for twice. Check whether the switchboard's report counts calls from outside only; if it does not, export the traffic without calls handed on, or take these transfers out of models/hotline.json.`,
  },
  'events-taken-in': {
    'zh-CN': ({ count, events }, speech) =>
      `预测已计入工作区里的 ${count} 个事件：${speech.list(events.map(spanOfEvent(speech)))}${count > events.length ? '等' : ''}`,
    en: ({ count, events }, speech) =>
      `The forecast takes in ${count} stored ${speech.plural(count, 'event', 'events')}: ${events.map(spanOfEvent(speech)).join('; ')}${count > events.length ? ` and ${count - events.length} earlier` : ''}`,
  },
  'history-short': {
    'zh-CN': ({ queue, spanDays, weekdays }) =>
      `${ofQueue(queue, '：')}历史只有 ${spanDays} 天，每个星期几最多出现 ${weekdays} 次：预测与区间都只是粗略估计，满四周后请重新预测`,
    en: ({ queue, spanDays, weekdays }) =>
      `${ofQueue(queue, ': ')}the history is only ${spanDays} days long and shows each weekday ${weekdays} times at most: forecast and ranges are rough; forecast again once there are four weeks`,
  },
  'test-calls-beside-traffic': {
    'zh-CN': (found, { percent, whole }) =>
      `${found.from} 至 ${found.to}（有话务记录的 ${whole(found.days)} 天）：拨测 ${whole(found.testCalls)} 次接通 ${whole(found.connected)} 次，即 ${percent(found.connected / found.testCalls)}（95% 区间 ${percent(found.low)}–${percent(found.high)}）；同期交换机记录的接通率${found.actual === null ? '没有记录' : `为 ${percent(found.actual)}，${found.isWithin === true ? '两者相符，差别不超出拨测的偶然' : '两者不符，差别超出拨测的偶然'}`}。`,
    en: (found, { percent, whole, counted }) =>
      `${found.from} to ${found.to} (${counted(found.days, 'day')} with traffic on record): ${whole(found.connected)} of ${counted(found.testCalls, 'test call')} connected, ${percent(found.connected / found.testCalls)} (95% interval ${percent(found.low)}–${percent(found.high)}); the switchboard's connection rate over the same days ${found.actual === null ? 'is not on record' : `is ${percent(found.actual)}: the two ${found.isWithin === true ? 'agree within the luck of the test calls' : 'differ by more than the luck of the test calls'}`}. `,
  },
  'planned-in-period': {
    'zh-CN': (found, { percent, whole }) =>
      `这一时期有话务记录的 ${whole(found.weeksWithTraffic)} 周中，有计划的 ${whole(found.weeks)} 周：计划预计接通率 ${shareOrNone(found.projectedConnectionRate, percent)}，同样时段实际 ${shareOrNone(found.actualConnectionRate, percent)}`,
    en: (found, { percent, counted, whole, plural }) =>
      `Of the ${counted(found.weeksWithTraffic, 'week')} with traffic in the period ${whole(found.weeks)} ${plural(found.weeks, 'has', 'have')} a plan: they promised a connection rate of ${shareOrNone(found.projectedConnectionRate, percent)}; in the same intervals it was ${shareOrNone(found.actualConnectionRate, percent)}`,
  },
  'period-in-part': {
    'zh-CN': ({ daysWithoutTraffic, testCallsLeftOut }, { whole }) =>
      `这一时期有 ${whole(daysWithoutTraffic)} 天没有话务记录${testCallsLeftOut > 0 ? `，其间的 ${whole(testCallsLeftOut)} 次拨测未计入` : ''}`,
    en: ({ daysWithoutTraffic, testCallsLeftOut }, { counted, plural }) =>
      `${counted(daysWithoutTraffic, 'day')} of the period ${plural(daysWithoutTraffic, 'has', 'have')} no traffic on record${testCallsLeftOut > 0 ? `; the ${counted(testCallsLeftOut, 'test call')} of those days ${plural(testCallsLeftOut, 'is', 'are')} left out` : ''}`,
  },
  'period-week': {
    'zh-CN': ({ period, week }) =>
      `时期 ${period}：每天与每时段的预测、差距的原因及其旁的拨测只按其最后一个整周 ${week}`,
    en: ({ period, week }) =>
      `Period ${period}: the forecast by day and interval, the causes of the gap and the test calls beside them are of its last whole week ${week}`,
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
        ...(confirmed === null ? [] : [`confirmed when ${confirmed.file} was taken in, ${confirmed.date}`]),
      ].join('; '),
  },
  'gap-by-volume': { 'zh-CN': '来电量', en: 'Call volume' },
  'gap-by-handle-time': { 'zh-CN': '处理时长', en: 'Handle time' },
  'gap-by-operators': { 'zh-CN': '到岗座席', en: 'Operators present' },
  'gap-by-prompts': { 'zh-CN': '实际播放的提示', en: 'Prompts played' },
  'replayed-with-actual': {
    'zh-CN': ({ projected, actual, luck }, { percent, number }) => {
      const apart = Math.abs(actual - projected);
      return `按实际来电、处理时长和到岗座席重新推算，接通率为 ${percent(projected, 2)}，实际 ${percent(actual, 2)}${luck === null ? '' : `：相差 ${number(100 * apart, 2)} 个百分点，${apart <= luck ? '没有超出' : '超出了'}来电的偶然波动（95% 的周在 ±${number(100 * luck, 2)} 以内）`}`;
    },
    en: ({ projected, actual, luck }, { percent, number }) => {
      const apart = Math.abs(actual - projected);
      return `Projected again with the calls, handle times and operators that really were: ${percent(projected, 2)} connected; in fact ${percent(actual, 2)}${luck === null ? '' : `. The ${number(100 * apart, 2)} points between them are ${apart <= luck ? 'within' : 'beyond'} the luck of single calls (±${number(100 * luck, 2)} in 95% of weeks)`}`;
    },
  },
  'gap-by-model': { 'zh-CN': '模型误差及其他', en: 'Model error and the rest' },
  'learnt-forecast-bias': {
    'zh-CN': '预测偏差（之前：此前有计划的各周）',
    en: 'Forecast bias (before: earlier weeks with a plan)',
  },
  'learnt-patience': {
    'zh-CN': ({ queue }, { name }) => `${name(queue)}：耐心时长`,
    en: ({ queue }, { name }) => `${name(queue)}: patience`,
  },
  'learnt-handle-time': {
    'zh-CN': ({ queue }, { name }) => `${name(queue)}：处理时长`,
    en: ({ queue }, { name }) => `${name(queue)}: handle time`,
  },
  'learnt-take-up': {
    'zh-CN': ({ prompt }, { name }) => `${name(prompt)}：采纳率`,
    en: ({ prompt }, { name }) => `${name(prompt)}: take-up`,
  },
  'learnt-occupancy-effect': {
    'zh-CN': '占用率对礼仪与沟通得分的影响（占用率 +1）',
    en: 'Effect of occupancy on etiquette and communication (occupancy +1)',
  },
  'learnt-scorecard-weight': {
    'zh-CN': ({ indicator }, { name }) => `评分表权重：${name(indicator)}`,
    en: ({ indicator }, { name }) => `Scorecard weight: ${name(indicator)}`,
  },
  'next-forecast-weighs-anew': {
    'zh-CN': '下次预测按最近的误差重新确定各方法的权重，并修正持续的偏差',
    en: 'the next forecast weighs its methods anew and corrects a lasting error',
  },
  'taken-by-next-plan': { 'zh-CN': '下一份计划采用', en: 'taken by the next plan' },
  'write-fitted-weights': {
    'zh-CN': '评分表的权重是假设值：请把拟合值写入 models/scorecards',
    en: "the scorecard's weights are assumed: write the fitted ones into models/scorecards",
  },
  'fitted-weights-are-a-check': {
    'zh-CN': '评分表的权重已公布，拟合值仅供核对',
    en: "the scorecard's weights are published; the fit is a check",
  },
  'give-week-or-period': {
    'zh-CN': (_, { audience }) =>
      audience === 'terminal' ? '请给出 --week 或 --period' : '请给出一周（week）或一个时期（period）',
    en: (_, { audience }) =>
      audience === 'terminal' ? 'Give --week or --period' : 'Give a week or a period',
  },
  'no-such-period': {
    'zh-CN': ({ period }) => `看不懂时期「${period}」。请写成 2026、2026-Q3 或 2026-11`,
    en: ({ period }) => `Cannot read the period "${period}". Write 2026, 2026-Q3 or 2026-11`,
  },
  'plan-made-for-comparison': {
    'zh-CN': '这一周没有存档的计划：现用这周之前的数据补做一份，只作对照',
    en: 'No plan was stored for this week: one was made now from the data before it, for comparison only',
  },
  'week-in-part': {
    'zh-CN': ({ knownShare }, { percent }) =>
      `这一周只有 ${percent(knownShare, 0)} 的时段有话务记录：接通率、误差与原因只按有记录的时段计算，每日来电量与旁边的预测也只合计这些时段`,
    en: ({ knownShare }, { percent }) =>
      `Only ${percent(knownShare, 0)} of the week's intervals have traffic on record: rates, errors and causes are over those alone, and so are the daily totals and the forecast beside them`,
  },
  'days-without-data': {
    'zh-CN': ({ queue, runs, more }, { list }) =>
      `${ofQueue(queue, '：')}没有数据的日子：${list(runs.map(({ from, to, days }) => `${from} 至 ${to}（${days} 天）`))}${more > 0 ? `，另有 ${more} 段` : ''}；按缺失处理，不当作零来电`,
    en: ({ queue, runs, more }, { counted, list }) =>
      `${ofQueue(queue, ': ')}days without data: ${list(runs.map(({ from, to, days }) => `${from} to ${to} (${counted(days, 'day')})`))}${more > 0 ? ` and ${counted(more, 'more stretch', 'more stretches')}` : ''}; they are taken as unknown, not as days without calls`,
  },
  'week-far-ahead': {
    'zh-CN': ({ lastDate }) => `这一周距最后的数据（${lastDate}）很远，预测只能当作参考`,
    en: ({ lastDate }) =>
      `This week lies far behind the last data (${lastDate}): take the forecast as a rough guide only`,
  },
  'variant-certain-demand': { 'zh-CN': '预测当作确定值', en: 'Forecast taken as certain' },
  'variant-certain-absences': { 'zh-CN': '缺勤当作确定值', en: 'Absences taken as certain' },
  'variant-no-redials': { 'zh-CN': '不计重复拨打', en: 'No redials' },
  'variant-erlang-c': { 'zh-CN': '假设无人放弃（Erlang C）', en: 'Nobody abandons (Erlang C)' },
  'variant-pooled': {
    'zh-CN': '全员通接所有队列（下界）',
    en: 'Everybody answers every queue (lower bound)',
  },
  'variant-dedicated': {
    'zh-CN': '各队列专人、互不支援（上界）',
    en: 'Each queue has only operators of its own (upper bound)',
  },
  'plan-asks-what-if': {
    'zh-CN':
      '这是一份假设计划：所用目标或假设不是本线自己的；提到「最新计划」时，仍指本周按本线目标所做的那份（如有）',
    en: "This plan asks what if: its targets or assumptions are not the line's own; where the latest plan is meant, it is still the week's plan for those, if there is one",
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
};
