import type { SignalKind } from '../contract/documents/day-document.ts';
import type {
  ActionKind,
  DayFindings,
  DayProblems,
  DayRate,
  LostCallersSaid,
} from '../intraday/day-findings.ts';
import type { Language } from '../kernel/text.ts';
import { figuresOf, shownParts } from './figures.ts';
import { messages } from './messages.ts';
import type { ProblemSentences, Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';

/** From this confidence on a signal is sure. */
const sureFrom = 0.99;

type Signalled = DayFindings['day-signal'];

/** What a level differs by, in words: '23%' where something can be compared, and is not counted out. */
const moved = ({ factor, counted }: Signalled, { percent }: Speech): string =>
  factor === null || counted !== undefined ? '' : percent(Math.abs(factor - 1), 0);

/** Operators at the last count, where presence is told. */
const countedIn = ({ counted }: Signalled, language: Language, speech: Speech): string =>
  counted === undefined ? '' : dayWords.counted[language](counted, speech);

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

/** That no call has come since one that was known; undefined where there was none such. */
const silentIn = (
  language: Language,
  since: string | null,
  { missed, days = 0 }: Pick<Headline, 'missed' | 'days'>,
  speech: Speech,
): string | undefined =>
  typeof missed !== 'number'
    ? undefined
    : dayWords.silent[language]({ clock: since ?? '', n: Math.round(missed), days }, speech);

type Action = DayFindings['day-action'];

type Done = Readonly<
  Record<ActionKind, (action: Action, queue: string, tier: string, prompt: string) => string>
>;

/** Whom an action is about, each with today's own hours: whoever calls them has to know. */
const whoIn = ({ who, people }: Action, language: Language): string => {
  if (people === undefined) return `${who ?? ''}${language === 'en' ? '' : ' '}`;
  const ways = {
    'zh-CN': ['、', '（', '）', '当天休息', '，本周', '/', '小时'],
    en: [', ', ' (', ')', 'off today', ', ', ' of ', ' h this week'],
  } as const;
  const [and, open, shut, off, comma, of, hourly] = ways[language];
  const weekly = (hours: readonly number[] = []): string =>
    hours.length === 0 ? '' : `${comma}${hours.map((n) => Math.round(n)).join(of)}${hourly}`;
  return people
    .map(
      ({ name, shift, hours }) =>
        `${name}${open}${shift === null ? off : shift.join('–')}${weekly(hours)}${shut}`,
    )
    .join(and);
};

const doneInChinese: Done = {
  'move-break': ({ from, to }, _, tier) => `把${tier} ${from} 的小休改到 ${to}`,
  'move-meeting': ({ from }) => `改期 ${from} 的会议`,
  'call-off-training': ({ from }) => `取消 ${from} 的培训`,
  'hold-work': ({ from, to }) => `${from}–${to} 暂缓可延后的工作`,
  'stay-longer': (action) => `请 ${whoIn(action, 'zh-CN')}延时到 ${action.to}`,
  'come-earlier': (action) => `请 ${whoIn(action, 'zh-CN')}提前到 ${action.from} 上班`,
  'call-in': (action) => `请 ${whoIn(action, 'zh-CN')}加班 ${action.from}–${action.to}`,
  'send-home': (action) => `${whoIn(action, 'zh-CN')}可在 ${action.from} 提前下班`,
  'lend-tier': (action, _, tier) => `${action.from}–${action.to} 由 ${whoIn(action, 'zh-CN')}支援${tier}`,
  prompt: ({ from, to, callBackAt }, queue, _, prompt) =>
    `${from}–${to} 在${queue}播放${prompt === '' ? '分流提示' : `“${prompt}”`}${callBackAt === null ? '' : `，承诺 ${callBackAt} 以后回拨`}`,
  'call-backs': ({ from }) => `${from} 起利用空闲时段回拨未接通的来电`,
  'smart-voice': ({ from }, queue) => `${from} 起${queue}更多来电转智能语音`,
};

const doneInEnglish: Done = {
  'move-break': ({ from, to }, _, tier) => `Move the ${from} breaks of ${tier} to ${to}`,
  'move-meeting': ({ from }) => `Move the ${from} meeting`,
  'call-off-training': ({ from }) => `Call off the ${from} training`,
  'hold-work': ({ from, to }) => `Hold work that can wait, ${from}–${to}`,
  'stay-longer': (action) => `Ask ${whoIn(action, 'en')} to stay until ${action.to}`,
  'come-earlier': (action) => `Ask ${whoIn(action, 'en')} to come at ${action.from}`,
  'call-in': (action) => `Call in ${whoIn(action, 'en')}, ${action.from}–${action.to}`,
  'send-home': (action) => `${whoIn(action, 'en')} can leave at ${action.from}`,
  'lend-tier': (action, _, tier) => `Lend ${whoIn(action, 'en')} to ${tier}, ${action.from}–${action.to}`,
  prompt: ({ from, to, callBackAt }, queue, _, prompt) =>
    `Play ${prompt === '' ? 'a diversion prompt' : `“${prompt}”`} on ${queue}, ${from}–${to}${callBackAt === null ? '' : `, with a call-back after ${callBackAt}`}`,
  'call-backs': ({ from }) => `Call lost callers back in quiet periods from ${from}`,
  'smart-voice': ({ from }, queue) => `Send more calls of ${queue} to smart voice from ${from}`,
};

/** Name of the prompt that is to play; '' of what was noted without. */
const promptIn = ({ prompt }: Partial<Action>, name: Speech['name']): string =>
  prompt === undefined || prompt === null ? '' : name(prompt);

/** What changes by a step, in Chinese and in English. */
const stepped: Readonly<Partial<Record<SignalKind, readonly [string, string]>>> = {
  'more-calls': ['来电增多', 'more calls, by'],
  'longer-calls': ['通话变长', 'longer calls, by'],
  'fewer-operators': ['座席不足', 'fewer operators, by'],
};

/** Kind after kind, what is found how soon. */
const saidOfSteps = (
  { steps }: DayFindings['day-found-within'],
  { percent }: Speech,
  language: 0 | 1,
  within: (minutes: number | null) => string,
): string =>
  [...Map.groupBy(steps, ({ kind }) => kind)]
    .map(([kind, own]) =>
      [
        stepped[kind]?.[language] ?? kind,
        [...Map.groupBy(own, ({ minutes }) => minutes)]
          .flatMap(([minutes, alike]) =>
            alike.map(
              ({ factor }, at) =>
                percent(Math.abs(factor - 1), 0) + (at < alike.length - 1 ? '' : ` ${within(minutes)}`),
            ),
          )
          .join(language === 0 ? '、' : ', '),
      ].join(' '),
    )
    .join(language === 0 ? '；' : '; ');

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
  if (target === null) return said;
  if (chance === null) return `${said}（目标 ${shortPercent(target)}）`;
  const holds =
    chance <= asGoodAsNo
      ? '达不到'
      : chance >= asGoodAsYes
        ? '能达到'
        : `达标概率：${figuresOf('zh-CN').chance(chance)}`;
  return `${said}（目标 ${shortPercent(target)}，${holds}）`;
};

const rateInEnglish = (
  what: string,
  { rate, target, chance }: DayRate,
  { percent, shortPercent }: Speech,
): string => {
  if (rate === null) return '';
  const said = `${percent(rate)} ${what}`;
  if (target === null) return said;
  if (chance === null) return `${said} (target ${shortPercent(target)})`;
  const holds =
    chance <= asGoodAsNo
      ? 'missed'
      : chance >= asGoodAsYes
        ? 'met'
        : `chance of meeting it ${figuresOf('en').chance(chance)}`;
  return `${said} (target ${shortPercent(target)}: ${holds})`;
};

type Lately = NonNullable<DayFindings['day-headline']['lately']>;

const latelyInChinese = ({ from, to, came, planned }: Lately, { number, percent }: Speech): string =>
  `${from}–${to} 来电 ${number(came, 0)}，比计划的 ${number(planned, 0)} 多 ${percent(came / planned - 1, 0)}，是否持续尚待观察`;

const latelyInEnglish = ({ from, to, came, planned }: Lately, { number, percent }: Speech): string =>
  `${number(came, 0)} calls came from ${from} to ${to}, ${percent(came / planned - 1, 0)} more than the ${number(planned, 0)} planned, too early to say whether it will last`;

export type Headline = DayFindings['day-headline'];

const lostInChinese = ({ from, to, came, lost }: NonNullable<Headline['lost']>, { number }: Speech): string =>
  `${from}–${to} 来电 ${number(came, 0)} 通，其中 ${number(lost, 0)} 通未接通`;

const lostInEnglish = ({ from, to, came, lost }: NonNullable<Headline['lost']>, { number }: Speech): string =>
  `${number(lost, 0)} of ${number(came, 0)} calls ${Math.round(lost) === 1 ? 'was' : 'were'} lost from ${from} to ${to}`;

/** Stretches of which not all was counted: the latest, as many as a sentence bears. */
const gapsIn = (gaps: Headline['gaps'], language: Language): string =>
  gaps
    .slice(-2)
    .map(({ from, to }) => `${from}–${to}`)
    .join(language === 'en' ? ', ' : '、');

/** On what the rates of the day rest: what is in force, and what somebody was asked for. */
const groundInChinese = ({ taken, asked }: Headline): string =>
  taken > 0
    ? `采取 ${taken} 项措施后${asked > 0 ? `（另有 ${asked} 项待答复）` : ''}，`
    : asked > 0
      ? `${asked} 项提议尚待答复，若都不采取，`
      : '若不采取措施，';

const groundInEnglish = ({ taken, asked }: Headline): string =>
  taken > 0
    ? `with the ${taken === 1 ? 'action' : `${taken} actions`} taken${asked > 0 ? ` (${asked} more ${asked === 1 ? 'awaits' : 'await'} an answer)` : ''}, `
    : asked > 0
      ? `${asked} ${asked === 1 ? 'proposal awaits' : 'proposals await'} an answer; without ${asked === 1 ? 'it' : 'them'}, `
      : 'if nothing is done, ';

/** Calls lost by an action, more or fewer: to the tenth where they are few. */
const callsIn = ({ lost }: Pick<Action, 'lost'>, number: Speech['number']): string =>
  number(Math.abs(lost), Math.abs(lost) < 9.95 ? 1 : 0);

const together = messages('day-together');
const betweenSentences: Readonly<Record<Language, string>> = { 'zh-CN': '', en: ' ' };

/** What actions of a day come to together: what is awaited, then by the state of the targets what is best, in all. */
const togetherIn =
  (language: Language) =>
  (said: DayFindings['day-together'], speech: Speech): string => {
    const { asked, holds, isSure, doubt, steps, latest, isNow, rostered, seconds } = said;
    const { percent, shortPercent } = speech;
    const rate =
      said.rate === 'serviceLevel'
        ? together.serviceLevel[language]({ seconds }, speech)
        : together.connectionRate[language];
    const [before, after] = [percent(said.before), percent(said.after)];
    const figures = { asked, steps, rate, before, after, target: shortPercent(said.target) };
    const best = (): string => {
      const decide = together[isNow ? 'decideNow' : 'decideBy'][language];
      return together.best[language](
        {
          ...figures,
          fewer: Math.max(0, Math.round(said.fewerLost)),
          reached: together[said.reached ? 'met' : 'missed'][language],
          cost: speech.number(said.cost, 1),
          decide: latest === null ? '' : typeof decide === 'string' ? decide : decide({ latest }, speech),
        },
        speech,
      );
    };
    const givenBack = (): string => {
      const chance = figuresOf(language).chance(said.chance);
      return together.givenBack[language](
        { ...figures, chance: said.chance === null ? '' : together.chance[language]({ chance }, speech) },
        speech,
      );
    };
    const unsure = ({ of, chance }: NonNullable<typeof doubt>): string => {
      const what = together.doubt[of][language];
      return together.unsure[language](
        {
          doubt: typeof what === 'string' ? what : what({ seconds }, speech),
          chance: figuresOf(language).chance(chance),
        },
        speech,
      );
    };
    const held = (): string => {
      if (isSure && steps > 0) return givenBack();
      if (asked > 0) return together.agreed[language];
      if (isSure) return together.holds[language];
      return doubt === null ? together.unknown[language] : unsure(doubt);
    };
    return [
      ...(asked > 0 ? [together.asked[language]({ asked, rate, before }, speech)] : []),
      holds ? held() : steps === 0 ? together.none[language]({ rate }, speech) : best(),
      ...(holds || rostered ? [] : [together.noRoster[language]]),
    ].join(betweenSentences[language]);
  };

/** Lost calls and callers in whole numbers that add up, by queue and in all: nothing else is printed of them. */
export const wholeCallers = <Queue extends LostCallersSaid>(
  queues: readonly Queue[],
): { readonly total: LostCallersSaid; readonly queues: readonly Queue[] } => {
  const rows = queues.map((queue) => {
    const { calls, calledAgain, willCallAgain, toCall } = queue;
    const parts = shownParts([calledAgain, willCallAgain, toCall], calls, 0);
    const [since, again, left] = parts.map((part) => part ?? 0);
    return { ...queue, calls: Math.round(calls), calledAgain: since, willCallAgain: again, toCall: left };
  });
  const sum = (of: keyof LostCallersSaid): number => rows.reduce((all, row) => all + (row[of] ?? 0), 0);
  return {
    total: {
      calls: sum('calls'),
      calledAgain: sum('calledAgain'),
      willCallAgain: sum('willCallAgain'),
      toCall: sum('toCall'),
    },
    queues: rows,
  };
};

const dayWords = messages('day');
const lostCallersIn =
  (language: Language) =>
  ({ queues, within }: DayFindings['day-lost-callers'], speech: Speech): string =>
    dayWords['day-lost-callers'][language](wholeCallers(queues).total, speech) +
    (within > 0 ? dayWords.againWithin[language]({ within: Math.ceil(within) }, speech) : '');

/** What a day has to say. */
export const daySentences: Sentences<DayFindings> = {
  ...dayWords,
  'day-lost-callers': { 'zh-CN': lostCallersIn('zh-CN'), en: lostCallersIn('en') },
  'day-signal': {
    'zh-CN': (signal, speech) =>
      silentIn('zh-CN', signal.since, signal, speech) ??
      `${signal.queue === null ? '' : `${speech.name(signal.queue)}：`}${signal.since} 起${inChinese[signal.kind](moved(signal, speech))}${countedIn(signal, 'zh-CN', speech)}（${certainty(signal.confidence, 'zh-CN', speech)}）`,
    en: (signal, speech) =>
      silentIn('en', signal.since, signal, speech) ??
      `${signal.queue === null ? '' : `${speech.name(signal.queue)}: `}${inEnglish[signal.kind](moved(signal, speech))} since ${signal.since}${countedIn(signal, 'en', speech)} (${certainty(signal.confidence, 'en', speech)})`,
  },
  'day-headline': {
    'zh-CN': (headline, speech) => {
      const { time, blindSince, caughtUpTo, signals, gaps, lately, lost, taken, asked } = headline;
      const { connectionRate, serviceLevel } = headline;
      const rates = [
        rateInChinese('全天接通率预计', connectionRate, speech),
        rateInChinese(`${serviceLevel.seconds} 秒接通率`, serviceLevel, speech),
      ].filter((part) => part !== '');
      const unseen =
        caughtUpTo !== null
          ? `数据正在补读，来电已统计到 ${caughtUpTo}，此后情况不明`
          : (silentIn('zh-CN', blindSince, headline, speech) ??
            `${blindSince} 起没有收到数据，此后情况不明，请先检查数据来源`);
      if (caughtUpTo !== null || blindSince !== null)
        return `${time}：${unseen}。${rates.length === 0 ? '' : `若其余时段如预期，${rates.join('，')}。`}`;
      const last = [
        ...(lately === null ? [] : [latelyInChinese(lately, speech)]),
        ...(lost === null ? [] : [lostInChinese(lost, speech)]),
      ];
      const said = [...last, ...signals.map(speech.say)].join('；') || '与计划相符';
      const seen = gaps.length === 0 ? said : `${said}；${gapsIn(gaps, 'zh-CN')} 统计不全`;
      const rest = rates.length === 0 ? '今天尚无来电，无法计算接通率' : rates.join('，');
      const isPlain = rates.length === 0 || (seen === '与计划相符' && taken + asked === 0);
      return `${time}：${seen}；${isPlain ? '' : groundInChinese(headline)}${rest}。`;
    },
    en: (headline, speech) => {
      const { time, blindSince, caughtUpTo, signals, gaps, lately, lost, taken, asked } = headline;
      const { connectionRate, serviceLevel } = headline;
      const rates = [
        rateInEnglish("of the day's calls will be connected", connectionRate, speech),
        rateInEnglish(`within ${serviceLevel.seconds} seconds`, serviceLevel, speech),
      ].filter((part) => part !== '');
      const unseen =
        caughtUpTo !== null
          ? `the data feed is catching up; calls are counted until ${caughtUpTo} so far, and what came later is not known yet`
          : (silentIn('en', blindSince, headline, speech) ??
            `no data since ${blindSince}, so nothing is known of the day since then; check the data feed first`);
      if (caughtUpTo !== null || blindSince !== null)
        return `${time}: ${unseen}.${rates.length === 0 ? '' : ` If the rest goes as expected, ${rates.join(' and ')}.`}`;
      const last = [
        ...(lately === null ? [] : [latelyInEnglish(lately, speech)]),
        ...(lost === null ? [] : [lostInEnglish(lost, speech)]),
      ];
      const said = [...last, ...signals.map(speech.say)].join('; ') || 'as planned';
      const seen = gaps.length === 0 ? said : `${said}; ${gapsIn(gaps, 'en')} not fully counted`;
      const rest = rates.length === 0 ? 'no calls today to connect' : rates.join(' and ');
      const isPlain = rates.length === 0 || (seen === 'as planned' && taken + asked === 0);
      return `${time}: ${seen}; ${isPlain ? '' : groundInEnglish(headline)}${rest}.`;
    },
  },
  'day-action': {
    'zh-CN': (action, { name, number }) =>
      `${doneInChinese[action.kind](action, action.queue === null ? '全部队列' : name(action.queue), action.tier === null ? '' : name(action.tier), promptIn(action, name))}：${action.calledBack < 0.5 ? '' : `回拨接通 ${number(action.calledBack, 0)} 人，`}${
        action.lost > 0 ? '未接通增加' : '未接通减少'
      } ${callsIn(action, number)} 通${action.latest === null ? '' : action.isNow === true ? '，请立即决定' : `，最晚 ${action.latest} 决定`}。`,
    en: (action, { name, number }) =>
      `${doneInEnglish[action.kind](action, action.queue === null ? 'all queues' : name(action.queue), action.tier === null ? '' : name(action.tier), promptIn(action, name))}: ${action.calledBack < 0.5 ? '' : `${number(action.calledBack, 0)} ${action.calledBack < 1.5 ? 'caller' : 'callers'} reached, `}${callsIn(action, number)} ${action.lost > 0 ? 'more' : 'fewer'} calls lost${action.latest === null ? '' : `; decide ${action.isNow === true ? 'now' : `by ${action.latest}`}`}.`,
  },
  'day-found-within': {
    'zh-CN': (found, speech) =>
      `十天中有九天能发现的变化：${saidOfSteps(found, speech, 0, (minutes) =>
        minutes === null
          ? '当天未必发现'
          : `在 ${minutes < 60 ? `${minutes} 分钟` : `${minutes / 60} 小时`}内`,
      )}。`,
    en: (found, speech) =>
      `How soon a change is noticed, nine days in ten: ${saidOfSteps(found, speech, 1, (minutes) =>
        minutes === null
          ? 'not reliably within the day'
          : `within ${minutes < 60 ? `${minutes} minutes` : minutes === 60 ? 'an hour' : `${minutes / 60} hours`}`,
      )}.`,
  },
  'day-together': { 'zh-CN': togetherIn('zh-CN'), en: togetherIn('en') },
};

const dayProblemsSaid = messages('day-problems');
export const dayStates = messages('day-state');
const daySteps = messages('day-step');

/** What is wrong with what is done on a day, and what to do. */
export const dayProblems: ProblemSentences<DayProblems> = {
  ...dayProblemsSaid,
  'day-changed-meanwhile': {
    ...dayProblemsSaid['day-changed-meanwhile'],
    message: {
      'zh-CN': ({ step, by, said }, { say }) =>
        `您查看后，${by ?? '有人'}已${daySteps[step]['zh-CN']}：${say(said)}`,
      en: ({ step, by, said }, { say }) =>
        `${daySteps[step].en} by ${by ?? 'somebody'} after you looked at the day: ${say(said)}`,
    },
  },
  'day-step-not-open': {
    ...dayProblemsSaid['day-step-not-open'],
    message: {
      'zh-CN': ({ state }) => `这项措施的状态是“${dayStates[state]['zh-CN']}”`,
      en: ({ state }) => `this action is ${dayStates[state].en} by now`,
    },
  },
};
