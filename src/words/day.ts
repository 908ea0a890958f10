import type { DayFindings, DayProblems, DayRate, LostCallersSaid } from '../intraday/day-findings.ts';
import type { Language } from '../kernel/text.ts';
import { figuresOf, shownParts } from './figures.ts';
import { filledWith, messageFilledWith, messages, wordsIn } from './messages.ts';
import type { ProblemSentences, Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';

const { parts, ...dayWords } = messages('day');
const together = messages('day-together');

/** From this confidence on a signal is sure. */
const sureFrom = 0.99;

export type Headline = DayFindings['day-headline'];
type Action = DayFindings['day-action'];

/** That no call has come since one that was known; empty where there was none such. */
const silentIn = (
  since: string | null,
  { missed, days = 0 }: Pick<Headline, 'missed' | 'days'>,
  speech: Speech,
): string =>
  typeof missed !== 'number'
    ? ''
    : wordsIn(parts.silent, { clock: since ?? '', n: Math.round(missed), days }, speech);

/** What a level differs by, in words: '23%' where something can be compared, and is not counted out. */
const signalIn = (signal: DayFindings['day-signal'], speech: Speech) => {
  const { kind, queue, since, factor, confidence, counted } = signal;
  const amount = factor === null || counted !== undefined ? '' : speech.percent(Math.abs(factor - 1), 0);
  return {
    silent: silentIn(since, signal, speech),
    queue,
    since,
    confidence,
    kind: wordsIn(parts.signalKind, { kind, amount }, speech),
    counted: counted === undefined ? '' : wordsIn(parts.counted, counted, speech),
    sure: confidence >= sureFrom,
  };
};

/** Whom an action is about, each with today's own hours: whoever calls them has to know. */
const whoIn = ({ who, people }: Action, speech: Speech): string =>
  people === undefined
    ? wordsIn(parts.who, { who: who ?? '' }, speech)
    : speech.list(
        people.map(({ name, shift, hours }) => {
          const [worked = 0, contract = 0] = hours?.map(Math.round) ?? [];
          const weekly = hours === undefined ? '' : wordsIn(parts.hoursOf, { worked, contract }, speech);
          return wordsIn(parts.person, { name, shift: shift?.join('–') ?? null, hours: weekly }, speech);
        }),
      );

const actionIn = (action: Action, speech: Speech) => {
  const { queue, tier, calledBack, latest, lost } = action;
  // What was noted without a prompt has none.
  const { prompt }: Partial<Action> = action;
  const named = {
    ...action,
    who: whoIn(action, speech),
    queue: queue ?? together.allQueues[speech.language],
    tier: tier ?? '',
    prompt: prompt ?? '',
  };
  return {
    done: wordsIn(parts.done, named, speech),
    calledBack,
    latest: latest ?? '',
    reached: calledBack < 0.5 ? 'none' : calledBack < 1.5 ? 'one' : 'many',
    more: lost > 0,
    // To the tenth where they are few.
    lost: speech.number(Math.abs(lost), Math.abs(lost) < 9.95 ? 1 : 0),
    decide: latest === null ? 'none' : action.isNow === true ? 'now' : 'by',
  };
};

/** Kind after kind, what is found how soon. */
const foundIn = ({ steps }: DayFindings['day-found-within'], speech: Speech) => ({
  steps: [...Map.groupBy(steps, ({ kind }) => kind)].map(([kind, own]) => {
    const found = [...Map.groupBy(own, ({ minutes }) => minutes)].flatMap(([minutes, alike]) => {
      const unit = minutes === null ? null : minutes < 60 ? 'minutes' : 'hours';
      const n = unit === 'hours' ? (minutes ?? 0) / 60 : (minutes ?? 0);
      const within = wordsIn(parts.within, { unit, n }, speech);
      return alike.map(
        ({ factor }, at) =>
          speech.percent(Math.abs(factor - 1), 0) + (at < alike.length - 1 ? '' : ` ${within}`),
      );
    });
    return wordsIn(parts.stepped, { kind, found }, speech);
  }),
});

/** Chances that are as good as yes or no. */
const [asGoodAsNo, asGoodAsYes] = [0.2, 0.8];

/** A rate of the day with its target and whether that is met; none where there is no rate. */
const rateIn = (
  { of, seconds, rate, target, chance }: DayRate & { readonly of: string; readonly seconds: number },
  speech: Speech,
): readonly string[] => {
  if (rate === null) return [];
  const holds =
    chance === null ? 'none' : chance <= asGoodAsNo ? 'missed' : chance >= asGoodAsYes ? 'met' : 'perhaps';
  return [wordsIn(parts.rateOf, { of, seconds, rate, target, chance, holds }, speech)];
};

const headlineIn =
  (language: Language) =>
  (headline: Headline, speech: Speech): string => {
    const { time, blindSince, caughtUpTo, signals, gaps, lately, lost, taken, asked } = headline;
    const { connectionRate, serviceLevel } = headline;
    const rates = [
      ...rateIn({ ...connectionRate, of: 'connectionRate', seconds: 0 }, speech),
      ...rateIn({ ...serviceLevel, of: 'serviceLevel' }, speech),
    ];
    if (caughtUpTo !== null || blindSince !== null) {
      const silent = caughtUpTo === null ? silentIn(blindSince, headline, speech) : '';
      const unseen =
        silent === '' ? wordsIn(parts.unseen, { caughtUpTo, since: blindSince ?? '' }, speech) : silent;
      return parts.blind[language]({ time, unseen, rates }, speech);
    }
    const found = [
      ...(lately === null
        ? []
        : [wordsIn(parts.lately, { ...lately, more: lately.came / lately.planned - 1 }, speech)]),
      ...(lost === null ? [] : [wordsIn(parts.lostLately, { ...lost, lost: Math.round(lost.lost) }, speech)]),
      ...signals.map(speech.say),
    ];
    const isPlain = rates.length === 0 || found.length + gaps.length + taken + asked === 0;
    return dayWords['day-headline'][language](
      {
        time,
        seen: found.length === 0 ? [together.asPlanned[language]] : found,
        // Stretches of which not all was counted: the latest, as many as a sentence bears.
        gaps: gaps.slice(-2).map(({ from, to }) => `${from}–${to}`),
        ground: isPlain ? '' : wordsIn(parts.ground, { taken, asked }, speech),
        rates: rates.length === 0 ? [together.noRates[language]] : rates,
      },
      speech,
    );
  };

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

const lostCallersIn =
  (language: Language) =>
  ({ queues, within }: DayFindings['day-lost-callers'], speech: Speech): string =>
    dayWords['day-lost-callers'][language](wholeCallers(queues).total, speech) +
    (within > 0 ? parts.againWithin[language]({ within: Math.ceil(within) }, speech) : '');

/** What a day has to say. */
export const daySentences: Sentences<DayFindings> = {
  ...dayWords,
  'day-lost-callers': { 'zh-CN': lostCallersIn('zh-CN'), en: lostCallersIn('en') },
  'day-signal': filledWith(dayWords['day-signal'], signalIn),
  'day-headline': { 'zh-CN': headlineIn('zh-CN'), en: headlineIn('en') },
  'day-action': filledWith(dayWords['day-action'], actionIn),
  'day-found-within': filledWith(dayWords['day-found-within'], foundIn),
  'day-together': { 'zh-CN': togetherIn('zh-CN'), en: togetherIn('en') },
};

const dayProblemsSaid = messages('day-problems');
export const dayStates = messages('day-state');
const daySteps = messages('day-step');

/** What is wrong with what is done on a day, and what to do. */
export const dayProblems: ProblemSentences<DayProblems> = {
  ...dayProblemsSaid,
  'day-changed-meanwhile': messageFilledWith(dayProblemsSaid['day-changed-meanwhile'], (changed) => ({
    ...changed,
    step: daySteps[changed.step],
  })),
  'day-step-not-open': messageFilledWith(dayProblemsSaid['day-step-not-open'], ({ state }) => ({
    state: dayStates[state],
  })),
};
