import type { DiversionFindings, DiversionProblems, LeverName } from '../diversion/diversion-findings.ts';
import type { ClockRule } from '../diversion/playing-rules.ts';
import type { Language, Text } from '../kernel/text.ts';
import type { ProblemSentences, Sentences } from './sentences.ts';

const leverNames: Readonly<Record<LeverName, Text>> = {
  prompts: { 'zh-CN': '分流提示', en: 'Prompts' },
  callbacks: { 'zh-CN': '回拨', en: 'Callbacks' },
  overtime: { 'zh-CN': '加班', en: 'Overtime' },
  'later-start': { 'zh-CN': '推迟上班', en: 'Later shift start' },
  'smart-voice': { 'zh-CN': '智能语音', en: 'Smart voice' },
  'direct-answer': { 'zh-CN': '提高直接解答率', en: 'Better direct-answer rate' },
};

/** Where the clock bars prompts, rule by rule. */
const barred: Readonly<Record<Language, Readonly<Record<ClockRule, string>>>> = {
  'zh-CN': { 'never-in-quiet-hours': '处于免打扰时段' },
  en: { 'never-in-quiet-hours': 'in the quiet hours' },
};

/** What diversion finds, in sentences. */
export const diversionSentences: Sentences<DiversionFindings> = {
  'queue-never-diverted': {
    'zh-CN': '不允许分流（hotline.json 的 neverDivert）',
    en: 'is never diverted (neverDivert in hotline.json)',
  },
  'no-prompt-suits-queue': { 'zh-CN': '没有适用的提示', en: 'has no prompt whose words suit it' },
  'prompt-plays-already': {
    'zh-CN': ({ callers, followers }, { number }) =>
      `已在播放，${number(callers, 0)} 位来电人中分流 ${number(followers, 0)} 位（采纳率所限）`,
    en: ({ callers, followers }, { number }) =>
      `has one playing, and of ${number(callers, 0)} callers ${number(followers, 0)} follow it: take-up is the limit`,
  },
  'diverted-share-at-limit': {
    'zh-CN': ({ share, largest }, { percent }) =>
      `当日已分流 ${percent(share)}，上限 ${percent(largest, 0)}（largestDivertedShare）`,
    en: ({ share, largest }, { percent }) =>
      `has ${percent(share)} of its day's callers diverted already, and at most ${percent(largest, 0)} may be (largestDivertedShare)`,
  },
  'on-time-at-limit': {
    'zh-CN': ({ minutes, most }) => `当日已播放 ${minutes} 分钟，上限 ${most} 分钟（maximumOnMinutesPerDay）`,
    en: ({ minutes, most }) =>
      `has ${minutes} minutes of prompts that day already, of at most ${most} (maximumOnMinutesPerDay)`,
  },
  'no-prompt-worth-playing': {
    'zh-CN': '没有一条提示值得为它播放',
    en: 'has no prompt that is worth playing then',
  },

  'take-up-hardly-seen': {
    'zh-CN': ({ prompt, intervals, setting, low, high }, { name, percent }) =>
      `“${name(prompt)}”只播放过 ${intervals} 个可比时段（采纳率可能为 ${percent(low)}–${percent(high)}），仍用设定值 ${percent(setting)}。`,
    en: ({ prompt, intervals, setting, low, high }, { name, percent }) =>
      `"${name(prompt)}" played in only ${intervals} comparable intervals (take-up may be ${percent(low)}–${percent(high)}): its setting of ${percent(setting)} is kept.`,
  },
  'take-up-learnt': {
    'zh-CN': ({ prompt, intervals, setting, mean, low, high, from }, { name, percent }) =>
      `“${name(prompt)}”的采纳率由 ${intervals} 个播放时段的${from === 'channel' ? '线上渠道受理量' : '来电的减少'}学得：${percent(mean)}（80% 区间 ${percent(low)}–${percent(high)}），目录中的设定为 ${percent(setting)}。`,
    en: ({ prompt, intervals, setting, mean, low, high, from }, { name, percent }) =>
      `Take-up of "${name(prompt)}" is learnt from ${from === 'channel' ? 'channel volumes' : 'calls that stayed away'} in ${intervals} intervals in which it played: ${percent(mean)} (80% interval ${percent(low)}–${percent(high)}); the catalogue says ${percent(setting)}.`,
  },

  'targets-met-without-prompts': {
    'zh-CN': '按预测均值，各队列各时段已达目标，不需要分流提示。',
    en: 'On the mean forecast every queue meets its targets in every interval: no prompt is needed.',
  },
  'no-prompt-mends': {
    'zh-CN': ({ callsShort }, { number }) =>
      `有 ${number(callsShort, 0)} 通来电未达目标，但没有一条提示能以合理代价改善：提示本身要占用应答时间，或缺口不在可播放时段。`,
    en: ({ callsShort }, { number }) =>
      `${number(callsShort, 0)} calls miss the targets, but no prompt mends that at a fair price: an announcement takes answer time itself, or the gap lies where prompts may not play.`,
  },
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
      { time, among, levelBefore, levelAfter, target, mayPlay, barredBy, firstCallers, moved },
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
      return `${among === 'all' ? '最差时段' : '可播放的最差时段'} ${time} 的 N 秒接通率${was === is ? `仍为 ${is}` : `从 ${was} 变为 ${is}`}${judged}。`;
    },
    en: (
      { time, among, levelBefore, levelAfter, target, mayPlay, barredBy, firstCallers, moved },
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
      return `In ${among === 'all' ? 'the worst interval' : 'the worst interval in which prompts may play'}, ${time}, the service level ${was === is ? `stays at ${is}` : `goes from ${was} to ${is}`}${judged}.`;
    },
  },
  'channel-overfull': {
    'zh-CN': ({ channel, capacity, intervals, failing }, { number }) =>
      `渠道 ${channel} 每时段只能受理 ${capacity} 件，有 ${intervals} 个时段会超出：预计 ${number(failing, 0)} 人在线上办不成、会再打电话。`,
    en: ({ channel, capacity, intervals, failing }, { number }) =>
      `Channel ${channel} can serve only ${capacity} requests an interval and at times is sent more in ${intervals} of them: about ${number(failing, 0)} callers fail there and call after all.`,
  },
  'share-limit-binds': {
    'zh-CN': '分流上限起了作用：放宽后还可以多分流一些来电。',
    en: 'The limit on diverted callers binds: relaxing it would let prompts do more.',
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
            ? '采纳率即使是设定的 10 倍也不够'
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

  'chosen-on-mean-forecast': {
    'zh-CN': ({ price, aim }) =>
      `选择提示时按预测均值计算；每分流一人按 ${price} 通来电计价，${
        aim === 'fewest-diverted' ? '以最少分流达到目标' : '以最少损失用好现有班次'
      }。`,
    en: ({ price, aim }) =>
      `Prompts are chosen on the mean forecast; each diverted caller is priced at ${price} of a call, ${
        aim === 'fewest-diverted'
          ? 'to meet the targets with the fewest'
          : 'to lose the fewest calls with this roster'
      }.`,
  },
  'take-up-assumed': {
    'zh-CN': ({ prompts }, { list, name }) =>
      `以下提示的采纳率是假设值，尚未由数据校正：${list(prompts.map(name))}。`,
    en: ({ prompts }, { list, name }) =>
      `The take-up of these prompts is assumed, not learnt from data: ${list(prompts.map(name))}.`,
  },
  'played-by-estimated-wait': {
    'zh-CN': ({ seconds, prompts }, { list, name }) =>
      `只对预计等候超过 ${seconds} 秒的来电人播放：${list(prompts.map(name))}。预计等候 =（本队列排队人数 + 1）× 平均处理时长 ÷ 座席数，有空闲座工时为 0；记录不能说明谁听到了，采纳率不会由记录校正。`,
    en: ({ seconds, prompts }, { list, name }) =>
      `Played only to callers who would wait more than ${seconds} seconds: ${list(prompts.map(name))}. The estimate is (own queue + 1) × mean handle time / operators, 0 where one is free; records do not show who heard it, so its take-up is not learnt.`,
  },
  'patience-after-prompt-assumed': {
    'zh-CN': ({ prompts }, { list, name }) =>
      `听到提示而继续等候的人，耐心按设定改变（假设值）：${list(prompts.map(({ prompt, factor }) => `${name(prompt)} ${factor} 倍`))}。`,
    en: ({ prompts }, { list, name }) =>
      `The patience of those who hear it and stay is changed as set (assumed): ${list(prompts.map(({ prompt, factor }) => `${name(prompt)} × ${factor}`))}.`,
  },
  'off-peak-returns-assumed': {
    'zh-CN': ({ prompts }, { list, name }) =>
      `被建议错峰的来电人，从所报时刻起、到免打扰时段开始为止，按平时的来电分布再来电（假设值）：${list(prompts.map(name))}。`,
    en: ({ prompts }, { list, name }) =>
      `Callers who are asked to call off-peak call from the hour named until the quiet hours, as calls usually come then (assumed): ${list(prompts.map(name))}.`,
  },
  'take-up-scaled': {
    'zh-CN': ({ factor }) => `采纳率按设定值的 ${factor} 倍计算。`,
    en: ({ factor }) => `Take-up is taken at ${factor} times its setting.`,
  },

  'clashing-on-times': {
    'zh-CN': ({ minimumMinutes, maximumMinutes }) =>
      `最短播放 ${minimumMinutes} 分钟与每日最多播放 ${maximumMinutes} 分钟相互矛盾`,
    en: ({ minimumMinutes, maximumMinutes }) =>
      `the minimum on-time of ${minimumMinutes} minutes clashes with the maximum of ${maximumMinutes} minutes a day`,
  },
  'quiet-hours-leave-too-little': {
    'zh-CN': ({ from, to, minutes, minimumMinutes }) =>
      `免打扰时段 ${from}–${to} 之外只剩 ${minutes} 分钟，放不下最短播放 ${minimumMinutes} 分钟`,
    en: ({ from, to, minutes, minimumMinutes }) =>
      `quiet hours ${from}–${to} leave ${minutes} minutes: too few for the minimum on-time of ${minimumMinutes} minutes`,
  },
  'nobody-may-be-diverted': {
    'zh-CN': '分流上限为 0，任何提示都不能播放',
    en: 'the largest diverted share is 0, so no prompt may divert anyone',
  },

  'lever-name': {
    'zh-CN': ({ lever }) => leverNames[lever]['zh-CN'],
    en: ({ lever }) => leverNames[lever].en,
  },
  'lever-prompts': {
    'zh-CN': ({ online, offPeak }, { number }) =>
      `转线上 ${number(online, 0)} 人，错峰 ${number(offPeak, 0)} 人`,
    en: ({ online, offPeak }, { number }) =>
      `${number(online, 0)} callers go online, ${number(offPeak, 0)} call off-peak`,
  },
  'lever-callbacks': {
    'zh-CN': ({ callers }, { number }) => `约定回拨 ${number(callers, 0)} 人`,
    en: ({ callers }, { counted, plural }) =>
      `${counted(callers, 'caller')} ${plural(callers, 'is', 'are')} called back`,
  },
  'lever-overtime': {
    'zh-CN': ({ operators, hours }, { number }) => `加班 ${operators} 人次，共 ${number(hours, 0)} 工时`,
    en: ({ operators, hours }, { counted }) =>
      `${counted(operators, 'operator')} called in or kept on, ${counted(hours, 'hour')} ready for calls`,
  },
  'lever-later-start': {
    'zh-CN': ({ shifts }) => `${shifts} 个班次推迟上下班`,
    en: ({ shifts }, { counted, plural }) =>
      `${counted(shifts, 'shift')} ${plural(shifts, 'starts and ends', 'start and end')} later`,
  },
  'lever-smart-voice': {
    'zh-CN': ({ share, calls }, { number, percent }) =>
      `多办结 ${percent(share)} 的来电（${number(calls, 0)} 通）`,
    en: ({ share, calls }, { number, percent }) =>
      `${percent(share)} more of the calls settled (${number(calls, 0)})`,
  },
  'lever-direct-answer': {
    'zh-CN': ({ shorter, fewerReconnects }, { percent }) =>
      `处理时长缩短 ${percent(shorter)}，未办结再来电减少 ${percent(fewerReconnects)}`,
    en: ({ shorter, fewerReconnects }, { percent }) =>
      `calls ${percent(shorter)} shorter, ${percent(fewerReconnects)} fewer unresolved ones come again`,
  },
};

/** What is wrong with prompts, and what to do. */
export const diversionProblems: ProblemSentences<DiversionProblems> = {
  'share-outside-0-1': {
    message: { 'zh-CN': '占比必须在 0 到 1 之间', en: 'a share must lie between 0 and 1' },
    remedy: {
      'zh-CN': '百分数请换成小数，例如 8% 写 0.08',
      en: 'write a percentage as a fraction: 8% is 0.08',
    },
  },
  'shares-above-one': {
    message: {
      'zh-CN': '转线上与错峰的占比合计超过 1',
      en: 'the shares that go online and call off-peak sum to more than one',
    },
    remedy: {
      'zh-CN': '两项合计不得超过听到提示的全部来电人',
      en: 'together they cannot exceed everyone who hears the prompt',
    },
  },
  'channel-without-capacity': {
    message: {
      'zh-CN': ({ listed }) => (listed ? '提示指向的线上渠道没有受理能力' : '提示指向的线上渠道不存在'),
      en: ({ listed }) =>
        listed
          ? 'the prompt points to an online channel without capacity'
          : 'the prompt points to an online channel that is not listed',
    },
    remedy: {
      'zh-CN': '请在 channels 中登记该渠道并填写每时段受理量',
      en: 'list the channel under channels with its capacity per interval',
    },
  },
  'clashing-rules': {
    message: { 'zh-CN': ({ clash }, { say }) => say(clash), en: ({ clash }, { say }) => say(clash) },
    remedy: { 'zh-CN': '请放宽其中一条规则', en: 'relax one of these rules' },
  },
  'no-key-press': {
    message: {
      'zh-CN': '提示语要求来电人按键（GB/T 33358 不允许）',
      en: 'the announcement asks for a key press (GB/T 33358)',
    },
    remedy: {
      'zh-CN': '请改为无需操作的说法，例如“可挂机”或“继续等候”',
      en: 'say what needs no key: hang up, or keep waiting',
    },
  },
  'nothing-advertised': {
    message: {
      'zh-CN': '提示语含有广告内容（GB/T 33358 不允许）',
      en: 'the announcement advertises something (GB/T 33358)',
    },
    remedy: {
      'zh-CN': '请只说明办事渠道和时间',
      en: 'name only where and when the matter can be settled',
    },
  },
  'hour-missing': {
    message: {
      'zh-CN': '错峰或回拨提示没有写明时间',
      en: 'an off-peak or callback announcement names no time',
    },
    remedy: { 'zh-CN': '请在提示语中写入 {hour}', en: 'put {hour} into the announcement' },
  },
  'seconds-too-few': {
    message: {
      'zh-CN': ({ seconds }, { number }) => `提示语约需 ${number(seconds, 0)} 秒才能播完`,
      en: ({ seconds }, { number }) => `the announcement takes about ${number(seconds, 0)} seconds to speak`,
    },
    remedy: { 'zh-CN': '请填写实际播放秒数', en: 'give the seconds that it really takes' },
  },
  'outside-opening-hours': {
    message: { 'zh-CN': '提示排在开放时间之外', en: 'the prompt plays outside opening hours' },
    remedy: { 'zh-CN': '请移到开放时间内', en: 'move it into opening hours' },
  },
  'never-in-quiet-hours': {
    message: { 'zh-CN': '提示排在免打扰时段内', en: 'the prompt plays in quiet hours' },
    remedy: {
      'zh-CN': '请避开免打扰时段，或修改免打扰时段',
      en: 'keep it out of quiet hours, or change them',
    },
  },
  'off-peak-hour-missing': {
    message: {
      'zh-CN': '错峰提示没有写明之后的时段',
      en: 'an off-peak prompt names no later hour to call',
    },
    remedy: {
      'zh-CN': '请为它指定同日较空闲的时段',
      en: 'give it a quieter interval later that day',
    },
  },
  'minimum-on-time': {
    message: {
      'zh-CN': ({ minutes, minimumMinutes }) =>
        `提示只播放 ${minutes} 分钟，少于规定的 ${minimumMinutes} 分钟`,
      en: ({ minutes, minimumMinutes }) =>
        `the prompt plays for ${minutes} minutes, less than the minimum of ${minimumMinutes}`,
    },
    remedy: { 'zh-CN': '请延长播放或取消', en: 'let it play longer, or take it away' },
  },
  'maximum-on-time-per-day': {
    message: {
      'zh-CN': ({ maximumMinutes }) => `该队列当日播放提示超过 ${maximumMinutes} 分钟`,
      en: ({ maximumMinutes }) =>
        `prompts play to the queue for more than ${maximumMinutes} minutes that day`,
    },
    remedy: { 'zh-CN': '请缩短当日播放', en: 'let it play less that day' },
  },
  'never-divert-queue': {
    message: { 'zh-CN': '该队列不允许分流', en: 'callers of this queue may never be diverted' },
    remedy: { 'zh-CN': '请改选其他队列', en: 'choose another queue' },
  },
  'one-prompt-at-a-time': {
    message: {
      'zh-CN': '同一队列同一时段排了两条提示',
      en: 'two prompts play to one queue at the same time',
    },
    remedy: { 'zh-CN': '每个队列同时只播放一条', en: 'let one prompt play to a queue at a time' },
  },
};
