import type { AnswerFindings } from '../render/answer-findings.ts';
import { bandNames } from './planning.ts';
import { filledWith, messages, wordsIn } from './messages.ts';
import type { Sentences } from './sentences.ts';
import { planNamed, type Speech } from './speech.ts';

const said = messages('targets-held');

type Held = AnswerFindings['targets-hold'];

const upper = (text: string, { language }: Speech): string =>
  language === 'en' ? text.charAt(0).toUpperCase() + text.slice(1) : text;

/** Whose days are judged: the plan's shifts, or those of the people on a roster. */
type Base = 'planned' | 'rostered';

/** What is wrong with a week, the worst first; nothing: an empty list. */
const wrongIn = (held: Held, speech: Speech, base: Base = 'planned'): readonly string[] => {
  const { unstaffed, missed, short, unproved } = held;
  return [
    ...(unstaffed === null ? [] : [wordsIn(said.unstaffed, unstaffed, speech)]),
    ...(missed === null ? [] : [wordsIn(said.missed, { ...missed, base }, speech)]),
    ...(unproved.length === 0 ? [] : [wordsIn(said.unproved, { queues: unproved }, speech)]),
    ...(short === null ? [] : [wordsIn(said.short, shortOf(short), speech)]),
  ];
};

const shortOf = ({ most, elsewhere, ...short }: NonNullable<Held['short']>) => ({
  ...short,
  when: said.times[`${short.days}-${short.part}`],
  most: most.operators > short.operators ? most : null,
  elsewhere:
    elsewhere === null ? null : { ...elsewhere, when: said.times[`${elsewhere.days}-${elsewhere.part}`] },
});

/**
 * Whether every day as a whole meets its targets, though people may be short in some intervals: the answer is yes then,
 * and what is short is told beside it.
 */
const isDayByDay = ({ unstaffed, missed, unproved }: Held): boolean =>
  unstaffed === null && missed === null && unproved.length === 0;

const targetsHold = filledWith(said['targets-hold'], (held: Held, speech) => ({
  wrong: wrongIn(held, speech),
  dayByDay: isDayByDay(held),
  noPeople: held.noPeople === true,
}));

type Judged = AnswerFindings['roster-targets'];
type Worst = NonNullable<Judged['worst']>;

/**
 * The plan judges its own shifts, a roster its people: where one holds and the other does not, the answer of a week begins
 * with that; where they differ otherwise both are said.
 */
const planDays = ({ missed, planMissedDays }: Worst, weeks: number): 'lead' | 'last' | null =>
  planMissedDays === null || planMissedDays === (missed?.days ?? 0)
    ? null
    : weeks === 1 && (planMissedDays === 0 || missed === null)
      ? 'lead'
      : 'last';

/** Wages at prices that nobody has set say so, and what they rest on. */
export const atAssumedPrices = (pricesAssumed: boolean, { language }: Speech): string =>
  pricesAssumed ? said.atAssumedPrices[language] : '';

const weekIn = (week: AnswerFindings['week-answer'], speech: Speech): string =>
  wordsIn(
    said.week,
    { ...week, band: bandNames[week.band], assumed: atAssumedPrices(week.pricesAssumed, speech) },
    speech,
  );

/** The worst week of a roster: whether its days hold, and what is wrong with it. */
const worstIn = (worst: Worst, { weeks, missing }: Judged, speech: Speech) => {
  const held = { ...worst, short: null, unproved: [] };
  const { short } = worst;
  const most = short?.elsewhere ?? short?.most;
  const own = planDays(worst, weeks);
  const days = wordsIn(said.planDays, { days: worst.planMissedDays ?? 0 }, speech);
  const holds = isDayByDay(held);
  const among = weeks === 1 ? '' : wordsIn(said.among, { weeks, missing, week: worst.week }, speech);
  const shortage = { hours: short?.hours ?? 0, planHours: worst.planShortHours };
  return {
    answer:
      own === 'lead'
        ? wordsIn(said.lead, { holds, days }, speech)
        : wordsIn(said.answer, { holds, among }, speech),
    parts: [
      ...wrongIn(held, speech, 'rostered'),
      ...(most === undefined ? [] : [wordsIn(said.rosterShort, { ...most, ...shortage }, speech)]),
      ...(own === 'last' ? [days] : []),
    ],
  };
};

type HeldFindings = Pick<
  AnswerFindings,
  'week-answer' | 'week-verdict' | 'week-detail' | 'targets-hold' | 'roster-targets' | 'decide-unstaffed'
>;

/** Whether targets hold, in a plan and with a roster, and what keeps them from it. */
export const heldSaid: Sentences<HeldFindings> = {
  'week-answer': filledWith(said['week-answer'], (week, speech) => ({
    held: targetsHold[speech.language](week, speech),
    week: weekIn(week, speech),
  })),
  'week-verdict': filledWith(said['week-verdict'], (held, speech) => {
    const [worst = ''] = wrongIn(held, speech);
    const { short } = held;
    const { of, intervals, most } = short ?? { of: 0, intervals: 0, most: { operators: 0, at: '' } };
    const answer = isDayByDay(held) && short !== null ? 'short' : worst === '' ? 'yes' : 'no';
    const noPeople = held.noPeople === true;
    return { answer, worst, of, intervals, most: short?.elsewhere ?? most, noPeople };
  }),
  'week-detail': filledWith(said['week-detail'], (week, speech) => ({
    wrong: wrongIn(week, speech)
      .slice(isDayByDay(week) ? 0 : 1)
      .map((each) => upper(each, speech)),
    week: weekIn(week, speech),
  })),
  'targets-hold': targetsHold,
  'roster-targets': filledWith(said['roster-targets'], (judged, speech) => {
    const { worst, openDuties, plan, wanted } = judged;
    const targets = wanted === null ? '' : wordsIn(said.wanted, wanted, speech);
    const { answer, parts } =
      worst === null
        ? { answer: '', parts: [said.allHold[speech.language]] }
        : worstIn(worst, judged, speech);
    return {
      answer,
      parts: [...parts, ...(openDuties === 0 ? [] : [wordsIn(said.open, { openDuties }, speech)])],
      judged:
        plan === null
          ? ''
          : wordsIn(said.judged, { plan: planNamed(plan, speech.audience), wanted: targets }, speech),
    };
  }),
  'decide-unstaffed': filledWith(said['decide-unstaffed'], (unstaffed, speech) => ({
    what: upper(wordsIn(said.unstaffed, unstaffed, speech), speech),
  })),
};
