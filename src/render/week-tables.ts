import type { PlanDay, PlanDocument } from '../contract/documents/plan-document.ts';
import { scoreStanding } from '../contract/score-standing.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { noFigure } from '../words/figures.ts';
import { speak } from '../words/speak.ts';
import { weekScoreText } from './score-text.ts';
import { shortageOf } from './shortages.ts';
import { planAssumed } from './plan-standing.ts';
import { tableOf, type Cell, type Column, type Kind, type Table } from './table.ts';
import { reportWords, type ReportWords } from './words.ts';
import { isAssumedShape } from '../words/assumed-shape.ts';

/** The 15-second rate, by the plan's own answer-time threshold. */
export const levelName = (plan: PlanDocument, words: ReportWords): string =>
  words.serviceLevel({ seconds: plan.answerTimeThresholdSeconds });

type Figure = readonly [name: string, kind: Kind, value: Cell];

/** The figures of the whole week, one a row: what is paid leads. */
export const weekFigures = (plan: PlanDocument, language: Language): readonly Figure[] => {
  const words = reportWords(language);
  const { total, monitoring } = plan;
  const { hasTotal, known, count } = scoreStanding(monitoring.indicators);
  const band = words[monitoring.likeliestBand];
  const paid: Figure[] = [
    ...(total.paidHours === undefined ? [] : [[words.paidHours, 'hours', total.paidHours] as const]),
    ...(total.wages === undefined ? [] : [[words.wages, 'money', total.wages] as const]),
  ];
  return [
    ...paid,
    [words.calls, 'calls', total.calls],
    [words.connectionRate, 'share', total.connectionRate],
    [levelName(plan, words), 'share', total.serviceLevel],
    [words.speedOfAnswer, 'seconds', total.averageSpeedOfAnswerSeconds],
    [words.occupancy, 'share', total.occupancy],
    [words.required, 'hours', total.requiredOperatorHours],
    [words.scheduled, 'hours', total.scheduledOperatorHours],
    [words.seenHours, 'hours', total.seenOperatorHours],
    [words.bandChanceOf({ band }), 'share:0', monitoring.bandChances[monitoring.likeliestBand]],
    ...(hasTotal ? [[words.score, 'number', monitoring.score] as const] : []),
    ...(known === count ? [] : [[words.scoreBasis, 'text', weekScoreText(monitoring, language)] as const]),
  ];
};

/** What the plan is of, and the figures of its week. */
export const overviewTable = (plan: PlanDocument, language: Language): Table => {
  const words = reportWords(language);
  const worded = (name: string, value: string): Figure => [name, 'text', value];
  const rows: Figure[] = [
    worded(words.title, inLanguage(plan.hotline.name, language)),
    ...(plan.hotline.madeUp ? [worded(words.notices, words.madeUp)] : []),
    ...(plan.unusual ?? []).map((said) =>
      worded(isAssumedShape(said) ? words.assumed : words.unusual, speak(language, 'terminal').say(said)),
    ),
    worded(words.plan, plan.id),
    ...[planAssumed(plan, language) ?? []].flat().map((asked) => worded(words.notices, asked)),
    worded(words.week, plan.week),
    worded(words.history, `${plan.history.firstDate} – ${plan.history.lastDate}`),
    ...weekFigures(plan, language),
  ];
  return tableOf(
    rows,
    [
      [words.figure, 'text', ([name]) => name],
      [words.value, 'text', ([, , value]) => value],
    ],
    { title: words.overview, rowKinds: rows.map(([, kind]) => kind), currency: plan.total.currency },
  );
};

/**
 * Who is short where: a row per tier that is, its operator-hours by day and in all once tiers have stood in for each
 * other, and the moment at which most are short.
 */
export const shortageTable = (plan: PlanDocument, language: Language): Table => {
  const words = reportWords(language);
  const { tiers } = shortageOf(plan);
  return tableOf(
    tiers.filter((tier) => tier.worst !== undefined),
    [
      [words.tier, 'text', ({ tier }) => tierName(plan, tier, language)],
      ...plan.days.map(({ weekday }, d): Column<(typeof tiers)[number]> => [
        words.weekdays[weekday - 1] ?? '',
        'hours',
        ({ dayOpenHours }) => dayOpenHours[d] ?? null,
      ]),
      [words.whole, 'hours', ({ openHours }) => openHours],
      [words.worstAt, 'moment', (tier) => tier.worst?.start ?? null],
      [words.operatorsShort, 'operators:1', (tier) => tier.worst?.operators ?? null],
    ],
    { title: words.shortSheet },
  );
};

/** How much is missing, in a sentence; undefined where nobody is. */
export const shortageTitle = (plan: PlanDocument, language: Language): string | undefined => {
  const { worst, intervals, standInHours, openHours } = shortageOf(plan);
  if (worst === undefined) return undefined;
  const { number, whole } = speak(language, 'terminal');
  const words = reportWords(language);
  const weekday = plan.days.find(({ date }) => date === worst.start.slice(0, 10))?.weekday ?? 1;
  return words.shortTitle({
    intervals,
    at: `${words.weekdays[weekday - 1] ?? ''} ${worst.start.slice(11, 16)}`,
    tier: tierName(plan, worst.tier, language),
    operators: number(worst.operators),
    standIns: whole(standInHours),
    open: whole(openHours),
  });
};

/** What people call a tier; its key where the plan does not say. */
export const tierName = ({ tiers }: PlanDocument, key: string, language: Language): string => {
  const tier = tiers.find((known) => known.tier === key);
  return tier === undefined ? key : inLanguage(tier.name, language);
};

export const queueName = ({ queues }: PlanDocument, key: string, language: Language): string => {
  const queue = queues.find((known) => known.queue === key);
  return queue === undefined ? key : inLanguage(queue.name, language);
};

/** Interval of the week at which a day needs most operators; -1 where the plan's starts lack it. */
const peakAt = (plan: PlanDocument, day: PlanDay): number =>
  plan.starts.indexOf(`${day.date}T${day.peak.start.slice(-5)}`);

/** Operators of all tiers that shifts put into a day's busiest interval; null where it cannot be told. */
const scheduledAtPeak = (plan: PlanDocument, day: PlanDay): number | null => {
  const at = peakAt(plan, day);
  return at < 0 ? null : plan.tiers.reduce((sum, tier) => sum + (tier.scheduled[at] ?? 0), 0);
};

/** Whether anybody calls on a day: of one on which the line is shut there is no rate, and so no band. */
const isOpen = ({ connectionRate }: PlanDay): boolean => connectionRate.mean !== null;

const columnsOfDays = (plan: PlanDocument, language: Language) => {
  const words = reportWords(language);
  const column = (...own: Column<PlanDay>): Column<PlanDay> => own;
  return {
    date: column(words.date, 'date', (day) => day.date),
    weekday: column(words.weekday, 'text', (day) => words.weekdays[day.weekday - 1] ?? ''),
    dayKind: column(words.dayKind, 'text', (day) =>
      day.dayKind === null ? '' : inLanguage(day.dayKind, language),
    ),
    calls: column(words.calls, 'calls', (day) => day.calls),
    peak: column(words.peak, 'time', (day) => (isOpen(day) ? day.peak.start.slice(-5) : noFigure)),
    required: column(words.requiredShort, 'operators', (day) => day.peak.total),
    scheduled: column(words.scheduledShort, 'operators', (day) => scheduledAtPeak(plan, day)),
    seen: column(words.seen, 'operators', (day) => day.operatorsSeen?.peak ?? null),
    requiredHours: column(words.required, 'hours', (day) => day.requiredOperatorHours),
    scheduledHours: column(words.scheduled, 'hours', (day) => day.scheduledOperatorHours),
    connectionRate: column(words.connectionRate, 'share', (day) => day.connectionRate),
    serviceLevel: column(levelName(plan, words), 'share', (day) => day.serviceLevel),
    occupancy: column(words.occupancy, 'share', (day) => day.occupancy),
    band: column(words.band, 'text', (day) => (isOpen(day) ? words[day.band] : noFigure)),
    bandChance: column(words.bandChance, 'share:0', (day) => (isOpen(day) ? day.bandChance : null)),
    score: column(words.score, 'number', (day) => day.score.mean),
  };
};

export type DayColumn = keyof ReturnType<typeof columnsOfDays>;

/** A row a day, with the columns asked for. */
export const dayTable = (
  plan: PlanDocument,
  language: Language,
  shown?: readonly DayColumn[],
  title?: string,
): Table => {
  const columns = columnsOfDays(plan, language);
  const all = Object.keys(columns) as DayColumn[];
  return tableOf(
    plan.days,
    (shown ?? all).map((name) => columns[name]),
    title === undefined ? {} : { title },
  );
};

const nobody = '–';

/** Required and scheduled operators of each tier at each day's busiest interval, such as 24/22: a row per tier. */
export const peakTable = (plan: PlanDocument, language: Language): Table => {
  const words = reportWords(language);
  const { whole } = speak(language, 'terminal');
  const at = (tier: PlanDocument['tiers'][number], day: PlanDay): string => {
    const required = day.peak.operators[tier.tier] ?? 0;
    const scheduled = tier.scheduled[peakAt(plan, day)] ?? 0;
    return required === 0 && scheduled === 0 ? nobody : `${whole(required)}/${whole(scheduled)}`;
  };
  const table = tableOf(
    plan.tiers,
    [
      [words.tier, 'text', ({ name }) => inLanguage(name, language)],
      ...plan.days.map((day): Column<PlanDocument['tiers'][number]> => [
        words.weekdays[day.weekday - 1] ?? '',
        'operators',
        (tier) => at(tier, day),
      ]),
    ],
    { title: words.peakByTier },
  );
  return table.rows.some((row) => row.includes(nobody)) ? { ...table, note: words.nobodyNeeded } : table;
};
