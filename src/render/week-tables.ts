import { audienceFinding } from '../contract/contract-findings.ts';
import type { PlanDay, PlanDocument, PlanPrices } from '../contract/documents/plan-document.ts';
import type { PromptSpan } from '../contract/documents/schema-parts.ts';
import { scoreStanding } from '../contract/score-standing.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { figuresOf, noFigure, reasonBy } from '../words/figures.ts';
import { messages } from '../words/messages.ts';
import { isAssumedShape } from '../words/planning.ts';
import { speak } from '../words/speak.ts';
import { whatIfRequested } from './plan-changes.ts';
import { reportWords, type ReportWords } from './report-words.ts';
import { weekScoreText } from './score-text.ts';
import { shortageOf } from '../contract/shortages.ts';
import { type Cell, type Column, type Kind, type Table, tableOf } from './table.ts';

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
    ...(total.wages === undefined
      ? []
      : [[total.pricesAssumed === true ? words.wagesAssumed : words.wages, 'money', total.wages] as const]),
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
    [total.seenInCalls === true ? words.seenInCalls : words.seenHours, 'hours', total.seenOperatorHours],
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
  const { number } = speak(language, 'terminal');
  const { hours } = figuresOf(language);
  const words = reportWords(language);
  const weekday = plan.days.find(({ date }) => date === worst.start.slice(0, 10))?.weekday ?? 1;
  return words.shortTitle({
    intervals,
    at: `${words.weekdays[weekday - 1] ?? ''} ${worst.start.slice(11, 16)}`,
    tier: tierName(plan, worst.tier, language),
    operators: number(worst.operators),
    standIns: hours(standInHours),
    open: hours(openHours),
  });
};

/** What people call a tier; its key where the plan does not say. */
const tierName = ({ tiers }: PlanDocument, key: string, language: Language): string => {
  const tier = tiers.find((known) => known.tier === key);
  return tier === undefined ? key : inLanguage(tier.name, language);
};

const queueName = ({ queues }: PlanDocument, key: string, language: Language): string => {
  const queue = queues.find((known) => known.queue === key);
  return queue === undefined ? key : inLanguage(queue.name, language);
};

/** Interval of the week at which a day needs most operators; -1 where the plan's starts lack it. */
const peakAt = (plan: PlanDocument, day: PlanDay): number =>
  plan.starts.indexOf(`${day.date}T${day.peak.start.slice(-5)}`);

/** Operators of all tiers that shifts put into a day's busiest interval; null where it cannot be determined. */
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

type DayColumn = keyof ReturnType<typeof columnsOfDays>;

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

/** What a plan is by now, on the hotline's clock: 'published (25 Nov 2026, 10:02, Li)'; nothing where the document does not tell. */
export const planStanding = (
  { standing, hotline }: Pick<PlanDocument, 'standing' | 'hotline'>,
  language: Language,
): string | undefined => {
  if (standing === undefined) return undefined;
  const state = messages('plan-state')[standing.state][language];
  const at = figuresOf(language).instant(standing.at, hotline.zone);
  const { by } = standing;
  return messages('plan-standing')[by === '' ? 'since' : 'by'][language]({ state, at, by });
};

/** What heads the documents of a what-if plan. */
const whatIfPlanWords = messages('plan-life').whatIfPlanWords;

/** What a what-if plan was asked to take otherwise: "What-if plan: rain mm = 20"; nothing of other plans. */
export const planAssumed = (plan: PlanDocument, language: Language): string | undefined => {
  const asked = whatIfRequested(plan);
  return asked && whatIfPlanWords[language]({ asked: speak(language, 'terminal').say(asked) });
};

type Shift = PlanDocument['shifts'][number];

/** A row for each shift of the week that is worked by some of a tier, day by day. */
export const shiftTable = (plan: PlanDocument, language: Language): Table => {
  const words = reportWords(language);
  const { list } = speak(language, 'terminal');
  return tableOf<Shift>(
    plan.shifts.toSorted((a, b) => a.date.localeCompare(b.date)),
    [
      [words.date, 'date', ({ date }) => date],
      [words.tier, 'text', ({ tier }) => tierName(plan, tier, language)],
      [words.template, 'text', ({ name }) => inLanguage(name, language)],
      [words.start, 'time', ({ start }) => start],
      [words.end, 'time', ({ end }) => end],
      [words.operators, 'operators', ({ operators }) => operators],
      [words.breaks, 'text', ({ breaks }) => list(breaks.map((pause) => words.pause(pause)))],
      [words.cost, 'money', ({ cost }) => cost],
    ],
    { title: words.shifts, currency: plan.total.currency },
  );
};

/** Operators by day and kind of shift, all tiers together: a row a day, a column a kind, the earliest first. */
export const shiftsByKind = (plan: PlanDocument, language: Language): Table => {
  const words = reportWords(language);
  const names = new Map(plan.shifts.map((shift) => [shift.template, inLanguage(shift.name, language)]));
  const firstStart = (kind: string): string =>
    plan.shifts.reduce((first, { template, start }) => {
      const clock = start.slice(-5);
      return template === kind && clock < first ? clock : first;
    }, '24:00');
  const operators = (date: string, isCounted: (shift: Shift) => boolean): number =>
    plan.shifts.reduce(
      (sum, shift) => sum + (shift.date === date && isCounted(shift) ? shift.operators : 0),
      0,
    );
  const kinds = [...names.keys()].toSorted((a, b) => firstStart(a).localeCompare(firstStart(b)));
  return tableOf(
    plan.days,
    [
      [words.date, 'date', ({ date }) => date],
      [words.weekday, 'text', ({ weekday }) => words.weekdays[weekday - 1] ?? ''],
      ...kinds.map((kind): Column<PlanDocument['days'][number]> => [
        names.get(kind) ?? kind,
        'operators',
        ({ date }) => operators(date, ({ template }) => template === kind),
      ]),
      [words.allShifts, 'operators', ({ date }) => operators(date, () => true)],
    ],
    { title: words.shiftsByDay },
  );
};

/** A row for each stretch of an announcement, with the queues that hear it, and what it says where asked for. */
export const promptTable = (plan: PlanDocument, language: Language, withWords: boolean): Table => {
  const words = reportWords(language);
  const { list, say } = speak(language, 'terminal');
  const announcements = new Map(
    plan.prompts.map((span) => [span.prompt, inLanguage(span.announcement, language)]),
  );
  const said: Column<MergedSpan>[] = [
    [words.announcement, 'text', ({ prompt }) => announcements.get(prompt) ?? prompt],
    [words.playedTo, 'text', ({ waitAboveSeconds }) => say(audienceFinding(waitAboveSeconds))],
  ];
  return tableOf<MergedSpan>(
    mergeSpans(plan.prompts),
    [
      [words.date, 'date', ({ date }) => date],
      [words.start, 'time', ({ from }) => from],
      [words.end, 'time', ({ to }) => to],
      [words.prompt, 'text', ({ name }) => inLanguage(name, language)],
      [words.queue, 'text', ({ queues }) => list(queues.map((queue) => queueName(plan, queue, language)))],
      ...(withWords ? said : []),
      [words.callersDiverted, 'calls', ({ callersDiverted }) => callersDiverted],
    ],
    { title: words.prompts },
  );
};

type Rate = NonNullable<PlanDocument['proof']>['connectionRate'];

/** Whether a target holds in simulation, in a word; empty where nothing is asked. */
const verdict = (rate: Rate, words: ReportWords): string => {
  if (rate.target === null || rate.simulated === null) return '';
  if (rate.holds === null) return words.undecided;
  return rate.holds ? words.holds : words.fails;
};

/** The proof by simulation, queue by queue and of the whole week. */
export const proofTable = (plan: PlanDocument, language: Language): Table => {
  const words = reportWords(language);
  const proof = plan.proof ?? null;
  const proved = [
    ...(proof?.queues ?? []).map((row) => ({ name: queueName(plan, row.queue, language), row })),
    ...(proof === null ? [] : [{ name: words.whole, row: proof }]),
  ];
  const rows = proved.flatMap(({ name, row }) => [
    { name, row, figure: words.connectionRate, rate: row.connectionRate },
    { name, row, figure: levelName(plan, words), rate: row.serviceLevel },
  ]);
  return tableOf(
    rows,
    [
      [words.queue, 'text', ({ name }) => name],
      [words.figure, 'text', ({ figure }) => figure],
      [words.target, 'share', ({ rate }) => rate.target],
      [words.byFormula, 'share', ({ rate }) => rate.analytic],
      [words.bySimulation, 'share', ({ rate }) => rate.simulated],
      [words.halfWidth, 'share', ({ rate }) => rate.halfWidth],
      [words.verdict, 'text', ({ rate }) => verdict(rate, words)],
      [words.intervalsUnder, 'number:0', ({ row }) => row.intervalsUnderTarget],
    ],
    { title: words.proof },
  );
};

/** Calls handed on. */
export const transferTable = (plan: PlanDocument, language: Language): Table => {
  const words = reportWords(language);
  return tableOf(
    plan.transfers ?? [],
    [
      [
        words.handedOn,
        'text',
        ({ fromName, toName }) => `${inLanguage(fromName, language)} → ${inLanguage(toName, language)}`,
      ],
      [words.shareOfAnswered, 'share', ({ share }) => share],
      [words.firstOperator, 'text', ({ holding }) => (holding ? words.staysOn : words.letsGo)],
      [words.calls, 'calls', ({ calls }) => calls],
      [words.waitSeconds, 'seconds', ({ averageWaitSeconds }) => averageWaitSeconds],
      [words.hangUps, 'share', ({ abandonedShare }) => abandonedShare],
    ],
    { title: words.handedOn },
  );
};

/** What each assumption of a plan costs, a line each. */
export const priceLines = ({ variants }: Pick<PlanPrices, 'variants'>, language: Language): string[] => {
  const { say, whole } = speak(language, 'terminal');
  const { colon } = reportWords(language);
  return variants.map(({ name, operatorHours }) => `${say(name)}${colon}${whole(operatorHours)}`);
};

/** What a plan rests on and says of itself, part by part; parts with nothing to say are left out. */
export const planLists = (
  plan: PlanDocument,
  language: Language,
): readonly { readonly title: string; readonly lines: readonly string[] }[] => {
  const words = reportWords(language);
  const { say } = speak(language, 'terminal');
  const span = ({ date, from, to }: PlanDocument['overrules'][number]): string =>
    from === null ? date : `${date} ${from}–${to ?? ''}`;
  return [
    {
      title: words.reasons,
      lines: plan.queues.flatMap(({ name, reasons }) =>
        reasons.map((reason) => `${inLanguage(name, language)}${words.colon}${say(reason)}`),
      ),
    },
    {
      title: words.overrules,
      lines: plan.overrules.map((own) => `${span(own)}${words.colon}${reasonBy(own)}`),
    },
    {
      title: words.variants,
      lines: priceLines(plan, language),
    },
    { title: words.relaxed, lines: plan.relaxed.map(say) },
    { title: words.notices, lines: plan.notices.map(say) },
    { title: words.assumptions, lines: plan.assumptions.map(say) },
  ].filter(({ lines }) => lines.length > 0);
};

/** The same as a table. */
export const reasonTable = (plan: PlanDocument, language: Language): Table => {
  const words = reportWords(language);
  const rows = planLists(plan, language).flatMap(({ title, lines }) =>
    lines.map((line) => ({ title, line })),
  );
  return tableOf(
    rows,
    [
      [words.figure, 'text', ({ title }) => title],
      [words.value, 'text', ({ line }) => line],
    ],
    { title: words.reasons },
  );
};

/** One stretch of one announcement, for all queues that hear it at the same time. */
export interface MergedSpan {
  readonly date: string;
  readonly from: string;
  readonly to: string;
  readonly prompt: string;
  readonly name: PromptSpan['name'];
  readonly queues: readonly string[];
  /** Only callers whose estimated wait is above this hear it; 0: everyone. */
  readonly waitAboveSeconds: number;
  readonly callersDiverted: number;
}

/** Stretches as people play them: touching ones of a queue joined, and those of several queues told once. */
export const mergeSpans = (spans: readonly PromptSpan[]): MergedSpan[] => {
  const joined: MergedSpan[] = [];
  const order = [...spans].sort((a, b) => at(a).localeCompare(at(b)));
  for (const span of order) {
    const before = joined.findLastIndex(
      (own) =>
        own.prompt === span.prompt &&
        own.queues[0] === span.queue &&
        own.date === span.date &&
        own.to === span.from,
    );
    const old = joined[before];
    if (old === undefined) joined.push(mergedOf(span));
    else
      joined[before] = { ...old, to: span.to, callersDiverted: old.callersDiverted + span.callersDiverted };
  }
  const together = new Map<string, MergedSpan>();
  for (const span of joined) {
    const key = JSON.stringify([span.date, span.from, span.to, span.prompt]);
    const old = together.get(key);
    together.set(
      key,
      old === undefined
        ? span
        : {
            ...old,
            queues: [...old.queues, ...span.queues],
            callersDiverted: old.callersDiverted + span.callersDiverted,
          },
    );
  }
  return [...together.values()];
};

const at = (span: PromptSpan): string => `${span.date} ${span.from}`;

const mergedOf = ({
  date,
  from,
  to,
  prompt,
  name,
  queue,
  waitAboveSeconds = 0,
  callersDiverted,
}: PromptSpan): MergedSpan => ({
  date,
  from,
  to,
  prompt,
  name,
  queues: [queue],
  waitAboveSeconds,
  callersDiverted,
});
