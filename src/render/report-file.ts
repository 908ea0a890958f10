import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { PlanSummary } from '../contract/http/workspace-document.ts';
import type { PlanInput } from '../contract/plan-life.ts';
import type { otherPlan } from '../contract/plan-states.ts';
import { type ReportRequest, type ReportTableName, reportTables } from '../contract/report-formats.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { figuresOf } from '../words/figures.ts';
import { messages } from '../words/messages.ts';
import { isAssumedShape } from '../words/planning.ts';
import { planInputNames } from '../words/rostering.ts';
import { speak } from '../words/speak.ts';
import { changeReasons } from './change-reasons.ts';
import { csvZip, tableCsv } from './csv.ts';
import { hoursTable } from './hours-table.ts';
import { escapeHtml, pageFrame, tableHtml } from './html.ts';
import { planChanges } from './plan-changes.ts';
import { planDecisions } from './plan-decisions.ts';
import { reportWords } from './report-words.ts';
import { cellText, type Table, tableOf } from './table.ts';
import { weekAnswers } from './week-answer.ts';
import {
  dayTable,
  levelName,
  overviewTable,
  peakTable,
  planAssumed,
  planLists,
  planStanding,
  promptTable,
  proofTable,
  reasonTable,
  shiftsByKind,
  shiftTable,
  shortageTable,
  shortageTitle,
  transferTable,
  weekFigures,
} from './week-tables.ts';
import { workbookOf } from './workbook.ts';

const planLifePageWords = messages('page-plan-life');
const planPageWords = messages('page-plan');
/**
 * What a page for who decides says beside the plan itself: what changed against the week's plan before, which other may
 * be meant, and what it rests on that was changed since it was made.
 */
interface Beside {
  readonly earlier?: PlanDocument | undefined;
  readonly other?: ReturnType<typeof otherPlan<PlanSummary>>;
  readonly since?: readonly PlanInput[];
}

/**
 * A plan as a file: a page to print (the whole week, or one for who decides), a workbook, the tables as CSV in a zip,
 * or one table as a CSV.
 */
export const reportFile = async (
  plan: PlanDocument,
  language: Language,
  { format, page = 'week', table = 'days' }: ReportRequest,
  beside: Beside = {},
): Promise<Uint8Array> => {
  const words = reportWords(language);
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  if (format === 'html')
    return bytes(page === 'leader' ? leaderHtml(plan, language, beside) : planHtml(plan, language));
  if (format === 'csv') return bytes(tableCsv(planTable(plan, language, table), words));
  const tables = planTables(plan, language);
  if (format === 'zip') return csvZip(tables, words);
  const cover = {
    name: words.weekSheet,
    title: `${inLanguage(plan.hotline.name, language)} · ${words.title} ${plan.week}`,
    parts: [
      ...(plan.hotline.madeUp ? [{ lines: [words.madeUp] }] : []),
      { lines: [...weekSentences(plan, language), planStanding(plan, language) ?? []].flat() },
      { heading: words.decisions, lines: decisionsOf(plan, language) },
    ],
  };
  return workbookOf(cover, tables, words, language);
};

/** Low enough for two charts, a heat strip and all that may have to be decided on one sheet. */
const chartHeight = 172;

const listHtml = (lines: readonly string[]): string =>
  lines.length === 0 ? '' : `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`;

/** A part of a page under its heading; nothing where it has nothing to say. */
const section = (title: string, body: string, kind = ''): string =>
  body === ''
    ? ''
    : `<section${kind === '' ? '' : ` class="${kind}"`}><h2>${escapeHtml(title)}</h2>${body}</section>`;

/**
 * One A4 page for who decides: the week in three sentences, what is to be decided, what changed since the week's plan
 * before, where there is one, and the week in a picture.
 */
export const leaderHtml = (
  plan: PlanDocument,
  language: Language,
  { earlier, other, since = [] }: Beside = {},
): string => {
  const words = reportWords(language);
  const details = new Set([words.speedOfAnswer, words.occupancy, words.seenHours, words.seenInCalls]);
  return pageHtml(plan, language, 'portrait', [
    `<div class="answer">${listHtml(weekSentences(plan, language))}</div>`,
    ...[
      ...(since.length === 0 ? [] : [changedInputs(since, language)]),
      ...(other === undefined ? [] : [otherSaid(plan, other, language)]),
    ].map((said) => `<p class="since">${escapeHtml(said)}</p>`),
    section(words.decisions, listHtml(decisionsOf(plan, language))),
    section(words.changedSince, listHtml(changesSince(earlier, plan, language))),
    figureCards(plan, language, details),
    section(words.chartCalls, callChart(plan, language, chartHeight)),
    section(words.chartOperators, operatorChart(plan, language, chartHeight)),
    section(words.chartLevel({ seconds: plan.answerTimeThresholdSeconds }), levelChart(plan, language)),
  ]);
};

/** The plan that stands for the week where it is not this one, else the one made since. */
const otherSaid = (
  { hotline }: PlanDocument,
  { plan: { id, week, state: name, createdAt }, isInForce }: NonNullable<Beside['other']>,
  language: Language,
): string => {
  const at = figuresOf(language).instant(createdAt, hotline.zone);
  const state = messages('plan-state')[name][language];
  const plan = planPageWords['plans.which'][language]({ state, week, at });
  return `${planPageWords[isInForce ? 'plans.inForce' : 'plans.since'][language]} ${plan} (${id})`;
};

/** What the plan does not know of yet, in the words that the plan's page has for it. */
const changedInputs = (since: readonly PlanInput[], language: Language): string => {
  const what = speak(language, 'terminal').list(since.map((input) => planInputNames[input][language]));
  return planLifePageWords['life.changedSince'][language]({ what });
};

const usualHeight = 240;

const dayNames = (plan: PlanDocument, language: Language): string[] =>
  plan.days.map(({ date }) => figuresOf(language).day(date));

const daysWithCalls = (plan: PlanDocument, language: Language): string[] =>
  plan.days.map(
    ({ calls }, i) => `${dayNames(plan, language)[i] ?? ''} · ${figuresOf(language).count(calls.mean)}`,
  );

/** Calls of the week per interval, with the range that holds them four times in five. */
const callChart = (plan: PlanDocument, language: Language, height = usualHeight): string => {
  const words = reportWords(language);
  const { calls: colour } = chartColours;
  return lineChart({
    label: words.chartCalls,
    height,
    days: daysWithCalls(plan, language),
    lines: [{ name: words.mean, values: plan.calls.mean, colour }],
    band: { name: words.range80, low: plan.calls.q10, high: plan.calls.q90, colour },
  });
};

/** Operators required and scheduled per interval, all tiers. */
const operatorChart = (plan: PlanDocument, language: Language, height = usualHeight): string => {
  const words = reportWords(language);
  return lineChart({
    label: words.chartOperators,
    height,
    days: dayNames(plan, language),
    lines: [
      {
        name: words.requiredOperators,
        values: operatorsOf(plan, 'required'),
        colour: chartColours.required,
      },
      {
        name: words.scheduledOperators,
        values: operatorsOf(plan, 'scheduled'),
        colour: chartColours.scheduled,
        dashed: true,
      },
    ],
  });
};

/** The 15-second rate of all queues per interval, beside its target. */
const levelChart = (plan: PlanDocument, language: Language): string => {
  const required = operatorsOf(plan, 'required');
  const scheduled = operatorsOf(plan, 'scheduled');
  const level = plan.starts.map((_, i) => {
    // The few who dial again after closing make no rate: nobody is to answer them.
    if ((required[i] ?? 0) <= 0 && (scheduled[i] ?? 0) <= 0) return null;
    const sum = (of: (queue: PlanDocument['queues'][number]) => number): number =>
      plan.queues.reduce((total, queue) => total + of(queue), 0);
    const offered = sum((queue) => queue.offered[i] ?? 0);
    return offered <= 0
      ? null
      : sum((queue) => (queue.offered[i] ?? 0) * (queue.serviceLevel[i] ?? 0)) / offered;
  });
  const words = reportWords(language);
  const { percent } = figuresOf(language);
  const target = plan.targets.serviceLevel ?? plan.targets.connectionRate;
  const strip = heatStrip({
    label: words.chartLevel({ seconds: plan.answerTimeThresholdSeconds }),
    days: dayNames(plan, language),
    values: level,
    target,
    percent,
  });
  return `${strip}<p class="note">${words.levelNote({ target: percent(target, 0) })}</p>`;
};

/** Colours of the charts: distinguished by lightness too, and by those who do not see red and green. */
const chartColours = { calls: '#0b5cad', required: '#c2410c', scheduled: '#1f6f8b' } as const;

/** Every owner's intervals, one after another. */
const everyInterval = <Owner>(
  plan: PlanDocument,
  owners: readonly Owner[],
): { owner: Owner; start: string; i: number }[] =>
  owners.flatMap((owner) => plan.starts.map((start, i) => ({ owner, start, i })));

/** Operators of all tiers, interval by interval. */
const operatorsOf = (plan: PlanDocument, of: 'required' | 'scheduled'): number[] =>
  plan.starts.map((_, i) => plan.tiers.reduce((sum, tier) => sum + (tier[of][i] ?? 0), 0));

/** A row for each interval of the week: calls of all queues with their range; drawn as a chart. */
const callTable = ({ calls, starts }: PlanDocument, language: Language): Table => {
  const words = reportWords(language);
  const { calls: colour } = chartColours;
  return tableOf(
    starts.map((start, i) => ({ start, i })),
    [
      [words.start, 'moment', ({ start }) => start],
      [words.mean, 'calls', ({ i }) => calls.mean[i] ?? null],
      [words.low80, 'calls', ({ i }) => calls.q10[i] ?? null],
      [words.high80, 'calls', ({ i }) => calls.q90[i] ?? null],
      [words.low95, 'calls', ({ i }) => calls.q025[i] ?? null],
      [words.high95, 'calls', ({ i }) => calls.q975[i] ?? null],
    ],
    {
      title: words.callSheet,
      chart: {
        title: words.chartCalls,
        lines: [
          { column: 1, colour },
          { column: 2, colour, dashed: true },
          { column: 3, colour, dashed: true },
        ],
      },
    },
  );
};

/** A row for each interval of the week: operators required and scheduled, all tiers; drawn as a chart. */
const operatorTable = (plan: PlanDocument, language: Language): Table => {
  const words = reportWords(language);
  const [required, scheduled] = [operatorsOf(plan, 'required'), operatorsOf(plan, 'scheduled')];
  return tableOf(
    plan.starts.map((start, i) => ({ start, i })),
    [
      [words.start, 'moment', ({ start }) => start],
      [words.requiredOperators, 'operators', ({ i }) => required[i] ?? null],
      [words.scheduledOperators, 'operators', ({ i }) => scheduled[i] ?? null],
    ],
    {
      title: words.operatorSheet,
      chart: {
        title: words.chartOperators,
        lines: [
          { column: 1, colour: chartColours.required },
          { column: 2, colour: chartColours.scheduled, dashed: true },
        ],
      },
    },
  );
};

/** A row for each interval of each tier: operators required, scheduled and seen, and how busy they are. */
const tierTable = (plan: PlanDocument, language: Language): Table => {
  const words = reportWords(language);
  return tableOf(
    everyInterval(plan, plan.tiers),
    [
      [words.start, 'moment', ({ start }) => start],
      [words.tier, 'text', ({ owner }) => inLanguage(owner.name, language)],
      [words.requiredOperators, 'operators', ({ owner, i }) => owner.required[i] ?? null],
      [words.scheduledOperators, 'operators', ({ owner, i }) => owner.scheduled[i] ?? null],
      [words.seenOperators, 'operators', ({ owner, i }) => owner.seen?.[i] ?? null],
      [words.occupancy, 'share', ({ owner, i }) => owner.occupancy[i] ?? null],
    ],
    { title: words.tierSheet },
  );
};

/** A row for each interval of each queue: calls with their ranges, and what becomes of them. */
const queueTable = (plan: PlanDocument, language: Language): Table => {
  const words = reportWords(language);
  return tableOf(
    everyInterval(plan, plan.queues),
    [
      [words.start, 'moment', ({ start }) => start],
      [words.queue, 'text', ({ owner }) => inLanguage(owner.name, language)],
      [words.mean, 'calls', ({ owner, i }) => owner.mean[i] ?? null],
      [words.low80, 'calls', ({ owner, i }) => owner.q10[i] ?? null],
      [words.high80, 'calls', ({ owner, i }) => owner.q90[i] ?? null],
      [words.low95, 'calls', ({ owner, i }) => owner.q025[i] ?? null],
      [words.high95, 'calls', ({ owner, i }) => owner.q975[i] ?? null],
      [words.offered, 'calls', ({ owner, i }) => owner.offered[i] ?? null],
      [words.connectionRate, 'share', ({ owner, i }) => owner.connectionRate[i] ?? null],
      [levelName(plan, words), 'share', ({ owner, i }) => owner.serviceLevel[i] ?? null],
      [words.speedOfAnswer, 'seconds', ({ owner, i }) => owner.averageSpeedOfAnswerSeconds[i] ?? null],
    ],
    { title: words.queueSheet },
  );
};

/** A plan as one self-contained page for print or mail, the whole week with every shift: no script, nothing fetched. */
export const planHtml = (plan: PlanDocument, language: Language): string => {
  const words = reportWords(language);
  const part = (table: Table, title = table.title ?? '', kind = ''): string =>
    table.rows.length === 0 ? '' : section(title, tableHtml(table, language), kind);
  return pageHtml(plan, language, 'landscape', [
    `<div class="answer">${listHtml(weekSentences(plan, language))}</div>`,
    section(words.decisions, listHtml(decisionsOf(plan, language))),
    figureCards(plan, language),
    part(shortageTable(plan, language), shortageTitle(plan, language), 'short'),
    part(
      dayTable(
        plan,
        language,
        [
          'date',
          ...(plan.days.some(({ dayKind }) => dayKind !== null) ? (['dayKind'] as const) : []),
          'calls',
          'peak',
          'required',
          'scheduled',
          'seen',
          'requiredHours',
          'scheduledHours',
          'connectionRate',
          'serviceLevel',
          'band',
          'bandChance',
          'score',
        ],
        words.days,
      ),
    ),
    part(peakTable(plan, language)),
    part(hoursTable([{ name: plan.week, steps: plan.total.hoursChain ?? [] }], language)),
    section(words.chartCalls, callChart(plan, language)),
    section(words.chartOperators, operatorChart(plan, language)),
    section(words.chartLevel({ seconds: plan.answerTimeThresholdSeconds }), levelChart(plan, language)),
    part(shiftsByKind(plan, language)),
    part(shiftTable(plan, language)),
    plan.prompts.length === 0
      ? section(words.prompts, `<p>${words.none}</p>`)
      : part(promptTable(plan, language, true)),
    part(transferTable(plan, language)),
    part(proofTable(plan, language)),
    ...planLists(plan, language).map(({ title, lines }) => section(title, listHtml(lines))),
  ]);
};

/** The frame of a printed page: what it is of, and what must be known before anything on it is believed. */
const pageHtml = (
  plan: PlanDocument,
  language: Language,
  orientation: 'portrait' | 'landscape',
  parts: readonly string[],
): string => {
  const words = reportWords(language);
  const { say } = speak(language, 'terminal');
  const standing = planStanding(plan, language);
  const warnings = [
    ...(plan.hotline.madeUp ? [words.madeUp] : []),
    ...[planAssumed(plan, language) ?? []].flat(),
    ...(plan.unusual ?? []).map(
      (said) => `${isAssumedShape(said) ? words.assumed : words.unusual}${words.colon}${say(said)}`,
    ),
  ];
  return pageFrame({
    language,
    title: `${inLanguage(plan.hotline.name, language)} · ${words.title} ${plan.week}`,
    orientation,
    below: `${plan.firstDate} ${words.to} ${plan.days[6]?.date ?? ''} · ${words.plan} <code>${escapeHtml(plan.id)}</code>${standing === undefined ? '' : ` · ${escapeHtml(standing)}`} · ${words.history} ${plan.history.firstDate} ${words.to} ${plan.history.lastDate}`,
    warnings,
    parts,
  });
};

/** The week's figures side by side; paid hours lead. */
const figureCards = (
  plan: PlanDocument,
  language: Language,
  left: ReadonlySet<string> = new Set(),
): string => {
  const cards = weekFigures(plan, language)
    .filter(([name, kind]) => kind !== 'text' && !left.has(name))
    .map(([name, kind, value]) => {
      const shown = escapeHtml(cellText(value, kind, language, plan.total.currency));
      return `<div><dt>${escapeHtml(name)}</dt><dd>${shown.replace(/ \((.+)\)$/, ' <small>$1</small>')}</dd></div>`;
    });
  return `<dl>${cards.join('')}</dl>`;
};

/** The week in three sentences: the calls, the people and what they cost, what callers and the monitor will find. */
export const weekSentences = (plan: PlanDocument, language: Language): string[] =>
  weekAnswers(plan).map((answer) => speak(language, 'terminal').say(answer));

/** What somebody has to decide, in sentences; one that says so where there is nothing. */
export const decisionsOf = (plan: PlanDocument, language: Language): string[] => {
  const decisions = planDecisions(plan).map((decision) => speak(language, 'terminal').say(decision));
  return decisions.length === 0 ? [reportWords(language).noDecision] : decisions;
};

/** Differences that are reported on one sheet, the first of them the most telling. */
const mostDifferences = 3;

/** What moved since the week's plan before, and why, in two lines at most; one that says so where nothing did. */
const changesSince = (
  earlier: PlanDocument | undefined,
  plan: PlanDocument,
  language: Language,
): string[] => {
  if (earlier === undefined) return [];
  const { say } = speak(language, 'terminal');
  const words = reportWords(language);
  const line = (findings: Parameters<typeof say>[0][]): string =>
    findings.slice(0, mostDifferences).map(say).join(words.semicolon);
  const [changes, reasons] = [planChanges(earlier, plan), changeReasons(earlier, plan)];
  if (changes.length + reasons.length === 0) return [words.nothingChanged];
  return [
    ...(changes.length === 0 ? [] : [line(changes)]),
    ...(reasons.length === 0 ? [] : [words.because({ reasons: line(reasons) })]),
  ];
};

type Made = (plan: PlanDocument, language: Language) => Table;

const tables: Readonly<Record<ReportTableName, Made>> = {
  overview: overviewTable,
  shortage: shortageTable,
  days: (plan, language) => dayTable(plan, language, undefined, reportWords(language).days),
  calls: callTable,
  operators: operatorTable,
  shifts: shiftTable,
  prompts: (plan, language) => promptTable(plan, language, true),
  tiers: tierTable,
  queues: queueTable,
  proof: proofTable,
  transfers: transferTable,
  reasons: reasonTable,
};

/** One table of a plan; without rows where the plan has none of what it lists. */
export const planTable = (plan: PlanDocument, language: Language, name: ReportTableName): Table =>
  tables[name](plan, language);

/** Every table of a plan that has rows, in reading order, each under a title of its own. */
export const planTables = (plan: PlanDocument, language: Language): readonly (Table & { title: string })[] =>
  reportTables.flatMap((name) => {
    const table = planTable(plan, language, name);
    return table.title === undefined || table.rows.length === 0 ? [] : [{ ...table, title: table.title }];
  });

/** Charts of printed reports as inline SVG. Values are per interval over whole days. */

interface ChartLine {
  readonly name: string;
  readonly values: readonly number[];
  readonly colour: string;
  readonly dashed?: boolean;
}

interface LineChart {
  readonly label: string;
  /** Of the picture, beside a width of 1,100. */
  readonly height: number;
  /** A label per day; the days divide the width evenly. */
  readonly days: readonly string[];
  readonly lines: readonly ChartLine[];
  readonly band?: {
    readonly name: string;
    readonly low: readonly number[];
    readonly high: readonly number[];
    readonly colour: string;
  };
}

const width = 1100;
const left = 44;
/** Above the curves stands what they are. */
const top = 22;
const bottom = 22;

/**
 * Marks of an axis from 0 to the largest value or above it: at most five steps of 1, 2 or 5 times a power of ten, whole
 * numbers where there is more than one.
 */
export const axisMarks = (largest: number): number[] => {
  if (!(largest > 0)) return [0, 1];
  const most = 5;
  const power = 10 ** Math.floor(Math.log10(largest / most));
  const step = [1, 2, 5].map((m) => m * power).find((each) => most * each >= largest) ?? 10 * power;
  const marks = largest > 1 ? Math.max(1, step) : step;
  return Array.from({ length: Math.ceil(largest / marks - 1e-9) + 1 }, (_, i) =>
    Number((i * marks).toPrecision(12)),
  );
};

/** Lines over the week, with an optional shaded band. */
const lineChart = (chart: LineChart): string => {
  const { height } = chart;
  const all = [...chart.lines.flatMap((line) => line.values), ...(chart.band?.high ?? [])];
  const marks = axisMarks(all.reduce((largest, value) => Math.max(largest, value), 0));
  const ceiling = marks.at(-1) ?? 1;
  const count = chart.lines[0]?.values.length ?? 1;
  const x = (i: number): string => (left + ((width - left) * i) / count).toFixed(1);
  const y = (value: number): string => (top + (height - top - bottom) * (1 - value / ceiling)).toFixed(1);
  const path = (values: readonly number[]): string => values.map((v, i) => `${x(i + 0.5)},${y(v)}`).join(' ');
  const grid = marks
    .map(
      (value) =>
        `<line x1="${left}" x2="${width}" y1="${y(value)}" y2="${y(value)}" stroke="#dde2e6"/><text x="${left - 6}" y="${Number(y(value)) + 4}" font-size="11" text-anchor="end" fill="#4a5560">${value}</text>`,
    )
    .join('');
  const band =
    chart.band === undefined
      ? ''
      : `<polygon points="${path(chart.band.high)} ${chart.band.low
          .map((v, i) => `${x(i + 0.5)},${y(v)}`)
          .toReversed()
          .join(' ')}" fill="${chart.band.colour}" opacity="0.18"/>`;
  const lines = chart.lines
    .map(
      (line) =>
        `<polyline points="${path(line.values)}" fill="none" stroke="${line.colour}" stroke-width="1.6"${line.dashed === true ? ' stroke-dasharray="6 3"' : ''}/>`,
    )
    .join('');
  const named = [
    ...chart.lines.map(({ name, colour, dashed }) => ({ name, colour, mark: dashed === true ? '╌' : '━' })),
    ...(chart.band === undefined ? [] : [{ name: chart.band.name, colour: chart.band.colour, mark: '▒' }]),
  ];
  const legend = named
    .map(
      ({ name, colour, mark }, i) =>
        `<text x="${left + 8 + i * 130}" y="12" font-size="12" fill="${colour}">${mark} ${name}</text>`,
    )
    .join('');
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${chart.label}">${grid}${dayMarks(chart.days, height)}${band}${lines}${legend}</svg>`;
};

const dayMarks = (days: readonly string[], height: number): string => {
  const step = (width - left) / days.length;
  return days
    .map((day, i) => {
      const at = left + i * step;
      return `<line x1="${at.toFixed(1)}" x2="${at.toFixed(1)}" y1="${top}" y2="${height - bottom}" stroke="#c8ccd0"/><text x="${(at + step / 2).toFixed(1)}" y="${height - 6}" font-size="12" text-anchor="middle" fill="#1a1a1a">${day}</text>`;
    })
    .join('');
};

interface HeatStrip {
  readonly label: string;
  readonly days: readonly string[];
  readonly values: readonly (number | null)[];
  readonly target: number;
  readonly percent: (value: number | null) => string;
}

/** Days as rows, intervals as cells: blue at or above the target, orange below it, the darker the further. */
const heatStrip = (strip: HeatStrip): string => {
  const perDay = Math.max(1, Math.round(strip.values.length / Math.max(1, strip.days.length)));
  const cell = (width - 90) / perDay;
  const row = 20;
  const cells = strip.values
    .map((value, i) => {
      const at = `x="${(90 + (i % perDay) * cell).toFixed(1)}" y="${Math.floor(i / perDay) * row}"`;
      return `<rect ${at} width="${(cell - 0.5).toFixed(1)}" height="${row - 2}" fill="${heatColour(value, strip.target)}"><title>${strip.percent(value)}</title></rect>`;
    })
    .join('');
  const names = strip.days
    .map((day, i) => `<text x="0" y="${i * row + 13}" font-size="12">${day}</text>`)
    .join('');
  const hours = Array.from(
    { length: 9 },
    (_, i) =>
      `<text x="${(90 + ((width - 90) * i) / 8).toFixed(1)}" y="${strip.days.length * row + 14}" font-size="11" text-anchor="${i === 8 ? 'end' : 'start'}" fill="#4a5560">${String(i * 3).padStart(2, '0')}:00</text>`,
  ).join('');
  return `<svg viewBox="0 0 ${width} ${strip.days.length * row + 20}" role="img" aria-label="${strip.label}">${cells}${names}${hours}</svg>`;
};

const heatColour = (value: number | null, target: number): string => {
  if (value === null) return '#eceff1';
  if (value >= target) return '#bcd9ee';
  if (value >= target - 0.1) return '#fbdcae';
  return value >= target - 0.3 ? '#f0a35c' : '#b9521b';
};
