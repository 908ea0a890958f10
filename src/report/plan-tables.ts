import { audienceTold } from '../contract/documents/audience-told.ts';
import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { Language } from '../kernel/text.ts';
import { fill, rounded } from './format.ts';
import { shortageOf } from './shortages.ts';
import { proofRows, verdict } from './proof-text.ts';
import { transferHead } from './transfer-text.ts';
import { reportWords, type ReportWords } from './words.ts';

export type Cell = string | number | null;

/** A table of a report: one sheet of a workbook, one section of a CSV or page. */
export interface ReportTable {
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Columns of fractions, and rows of them where a table has a figure a row: a workbook shows them as percent. */
  readonly shares?: { readonly columns?: readonly string[]; readonly rows?: readonly string[] };
}

/** Every table of a plan, in reading order. Rates stay fractions, so that a spreadsheet can compute with them. */
export const planTables = (plan: PlanDocument, language: Language): readonly ReportTable[] => {
  const words = reportWords(language);
  return [
    overviewTable(plan, language, words),
    ...shortTables(plan, language, words),
    dayTable(plan, language, words),
    shiftTable(plan, language, words),
    promptTable(plan, language, words),
    tierTable(plan, language, words),
    queueTable(plan, language, words),
    ...proofTables(plan, language, words),
    ...transferTables(plan, language, words),
    reasonTable(plan, language, words),
  ];
};

const levelName = (plan: PlanDocument, words: ReportWords): string =>
  fill(words.serviceLevel, { seconds: plan.answerTimeThresholdSeconds });

/** Names of figures that are shares of 1. */
const shareNames = (plan: PlanDocument, words: ReportWords): string[] => [
  words.connectionRate,
  levelName(plan, words),
  words.occupancy,
  words.bandChance,
  bandChanceOf(words),
];

const bandChanceOf = (words: ReportWords): string => `${words.band}${words.colon}${words.bandChance}`;

/** Who is missing where, in operator-hours by tier and day; no table where nobody is. */
const shortTables = (plan: PlanDocument, language: Language, words: ReportWords): ReportTable[] => {
  const { worst, tiers } = shortageOf(plan);
  if (worst === undefined) return [];
  const names = new Map(plan.tiers.map((tier) => [tier.tier, tier.name[language]]));
  return [
    {
      name: words.shortSheet,
      head: [
        words.tier,
        ...plan.days.map(({ date }) => date),
        words.whole,
        words.worstAt,
        words.operatorsShort,
      ],
      rows: tiers.map((tier) => [
        names.get(tier.tier) ?? tier.tier,
        ...tier.dayHours.map((hours) => rounded(hours, 1)),
        rounded(tier.hours, 1),
        tier.worst?.start ?? null,
        rounded(tier.worst?.operators ?? null, 1),
      ]),
    },
  ];
};

const overviewTable = (plan: PlanDocument, language: Language, words: ReportWords): ReportTable => {
  const { total, monitoring } = plan;
  const row = (
    name: string,
    range: { mean: number | null; q10: number | null; q90: number | null },
  ): Cell[] => [name, rounded(range.mean), rounded(range.q10), rounded(range.q90)];
  const single = (name: string, value: Cell): Cell[] => [name, value, null, null];
  const rows: Cell[][] = [
    single(words.plan, plan.id),
    single(words.week, plan.week),
    single(words.history, `${plan.history.firstDate} – ${plan.history.lastDate}`),
    row(words.calls, total.calls),
    row(words.connectionRate, total.connectionRate),
    row(levelName(plan, words), total.serviceLevel),
    single(words.speedOfAnswer, rounded(total.averageSpeedOfAnswerSeconds, 2)),
    single(words.occupancy, rounded(total.occupancy)),
    single(words.required, rounded(total.requiredOperatorHours, 1)),
    single(words.scheduled, rounded(total.scheduledOperatorHours, 1)),
    single(words.seenHours, rounded(total.seenOperatorHours, 1)),
    single(words.band, words[monitoring.likeliestBand]),
    single(bandChanceOf(words), rounded(monitoring.bandChances[monitoring.likeliestBand])),
    row(words.score, monitoring.score),
  ];
  if (plan.hotline.madeUp) rows.unshift(single(words.notices, words.madeUp));
  rows.unshift(single(words.title, plan.hotline.name[language]));
  return {
    name: words.overview,
    head: [words.figure, words.value, words.low80, words.high80],
    rows,
    shares: { rows: shareNames(plan, words) },
  };
};

const dayTable = (plan: PlanDocument, language: Language, words: ReportWords): ReportTable => ({
  name: words.days,
  shares: { columns: shareNames(plan, words) },
  head: [
    words.date,
    words.weekday,
    words.dayKind,
    words.calls,
    words.low80,
    words.high80,
    words.peak,
    ...plan.tiers.map((tier) => tier.name[language]),
    words.seen,
    words.required,
    words.scheduled,
    words.connectionRate,
    levelName(plan, words),
    words.occupancy,
    words.band,
    words.bandChance,
    words.score,
  ],
  rows: plan.days.map((day) => [
    day.date,
    words.weekdays[day.weekday - 1] ?? '',
    day.dayKind?.[language] ?? '',
    rounded(day.calls.mean, 1),
    rounded(day.calls.q10, 1),
    rounded(day.calls.q90, 1),
    day.peak.start,
    ...plan.tiers.map((tier) => rounded(day.peak.operators[tier.tier] ?? 0, 1)),
    rounded(day.operatorsSeen?.peak ?? null, 1),
    rounded(day.requiredOperatorHours, 1),
    rounded(day.scheduledOperatorHours, 1),
    rounded(day.connectionRate.mean),
    rounded(day.serviceLevel.mean),
    rounded(day.occupancy),
    words[day.band],
    rounded(day.bandChance),
    rounded(day.score.mean, 2),
  ]),
});

const shiftTable = (plan: PlanDocument, language: Language, words: ReportWords): ReportTable => {
  const tierNames = new Map(plan.tiers.map((tier) => [tier.tier, tier.name[language]]));
  return {
    name: words.shifts,
    head: [
      words.date,
      words.tier,
      words.template,
      words.start,
      words.end,
      words.operators,
      words.breaks,
      words.cost,
    ],
    rows: plan.shifts.map((shift) => [
      shift.date,
      tierNames.get(shift.tier) ?? shift.tier,
      shift.name[language],
      shift.start,
      shift.end,
      shift.operators,
      shift.breaks.map((pause) => `${pause.start}/${pause.minutes}min×${pause.operators}`).join(' '),
      rounded(shift.cost, 2),
    ]),
  };
};

/** The announcement, and whom it is played to where that is not everyone. */
export const withAudience = (
  { announcement, waitAboveSeconds = 0 }: PlanDocument['prompts'][number],
  language: Language,
): string =>
  waitAboveSeconds === 0
    ? announcement[language]
    : language === 'en'
      ? `${announcement.en} (${audienceTold(waitAboveSeconds).en})`
      : `${announcement['zh-CN']}（${audienceTold(waitAboveSeconds)['zh-CN']}）`;

const promptTable = (plan: PlanDocument, language: Language, words: ReportWords): ReportTable => {
  const queueNames = new Map(plan.queues.map((queue) => [queue.queue, queue.name[language]]));
  return {
    name: words.prompts,
    head: [
      words.date,
      words.queue,
      words.start,
      words.end,
      words.prompts,
      words.announcement,
      words.callersDiverted,
    ],
    rows: plan.prompts.map((prompt) => [
      prompt.date,
      queueNames.get(prompt.queue) ?? prompt.queue,
      prompt.from,
      prompt.to,
      prompt.name[language],
      withAudience(prompt, language),
      rounded(prompt.callersDiverted, 1),
    ]),
  };
};

const tierTable = (plan: PlanDocument, language: Language, words: ReportWords): ReportTable => ({
  name: words.tier,
  shares: { columns: shareNames(plan, words) },
  head: [
    words.start,
    words.tier,
    words.requiredOperators,
    words.scheduledOperators,
    words.seenOperators,
    words.occupancy,
  ],
  rows: plan.tiers.flatMap((tier) =>
    plan.starts.map((start, i) => [
      start,
      tier.name[language],
      rounded(tier.required[i] ?? null, 2),
      rounded(tier.scheduled[i] ?? null, 2),
      rounded(tier.seen?.[i] ?? null, 2),
      rounded(tier.occupancy[i] ?? null),
    ]),
  ),
});

const queueTable = (plan: PlanDocument, language: Language, words: ReportWords): ReportTable => ({
  name: words.intervals,
  shares: { columns: shareNames(plan, words) },
  head: [
    words.start,
    words.queue,
    words.mean,
    words.low95,
    words.low80,
    words.high80,
    words.high95,
    words.offered,
    words.connectionRate,
    levelName(plan, words),
    words.speedOfAnswer,
  ],
  rows: plan.queues.flatMap((queue) =>
    plan.starts.map((start, i) => [
      start,
      queue.name[language],
      rounded(queue.mean[i] ?? null, 2),
      rounded(queue.q025[i] ?? null, 2),
      rounded(queue.q10[i] ?? null, 2),
      rounded(queue.q90[i] ?? null, 2),
      rounded(queue.q975[i] ?? null, 2),
      rounded(queue.offered[i] ?? null, 2),
      rounded(queue.connectionRate[i] ?? null),
      rounded(queue.serviceLevel[i] ?? null),
      rounded(queue.averageSpeedOfAnswerSeconds[i] ?? null, 2),
    ]),
  ),
});

/** The proof by simulation; nothing in a plan that was not proved. */
const proofTables = (plan: PlanDocument, language: Language, words: ReportWords): ReportTable[] => {
  const rows = proofRows(plan, language, words);
  if (rows.length === 0) return [];
  const measures = [
    ['connectionRate', words.connectionRate],
    ['serviceLevel', levelName(plan, words)],
  ] as const;
  return [
    {
      name: words.proof,
      shares: { columns: [words.target, words.byFormula, words.bySimulation, words.halfWidth] },
      head: [
        words.queue,
        words.figure,
        words.target,
        words.byFormula,
        words.bySimulation,
        words.halfWidth,
        '',
        words.intervalsUnder,
      ],
      rows: rows.flatMap((row) =>
        measures.map(([measure, name]) => {
          const rate = row[measure];
          const figures = [rate.target, rate.analytic, rate.simulated, rate.halfWidth];
          return [
            row.name,
            name,
            ...figures.map((value) => rounded(value)),
            verdict(rate, words),
            row.intervalsUnderTarget,
          ];
        }),
      ),
    },
  ];
};

/** Calls handed on; nothing in a plan without any. */
const transferTables = (plan: PlanDocument, language: Language, words: ReportWords): ReportTable[] =>
  plan.transfers === undefined
    ? []
    : [
        {
          name: words.handedOn,
          head: transferHead(words),
          rows: plan.transfers.map((row) => [
            `${row.fromName[language]} → ${row.toName[language]}`,
            rounded(row.share),
            row.holding ? words.staysOn : words.letsGo,
            rounded(row.calls, 1),
            rounded(row.averageWaitSeconds, 1),
            rounded(row.abandonedShare),
          ]),
        },
      ];

const reasonTable = (plan: PlanDocument, language: Language, words: ReportWords): ReportTable => ({
  name: words.reasons,
  head: [words.figure, words.value],
  rows: [
    ...plan.queues.map((queue) => [`${words.method}: ${queue.name[language]}`, queue.method]),
    ...plan.queues.flatMap((queue) =>
      queue.reasons.map((t) => [`${words.reasons}: ${queue.name[language]}`, t[language]]),
    ),
    ...plan.overrules.map((o) => [
      `${words.overrules}: ${o.date} ${o.from ?? ''}–${o.to ?? ''}`,
      `${o.reason} (${words.author} ${o.author})`,
    ]),
    ...plan.relaxed.map((t) => [words.relaxed, t[language]]),
    ...plan.notices.map((t) => [words.notices, t[language]]),
    ...plan.assumptions.map((t) => [words.assumptions, t[language]]),
  ],
});
