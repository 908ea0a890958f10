import type { PlanDay, PlanDocument } from '../contract/documents/plan-document.ts';
import type { Language } from '../kernel/text.ts';
import { dayNumber } from '../kernel/time.ts';
import { decimal, fill, percent, percentRange, whole, wholeRange } from './format.ts';
import { hoursText } from './hours-text.ts';
import { mergeSpans } from './merge-spans.ts';
import { peakTable, scheduledAtPeak } from './peak-table.ts';
import { renderProof } from './proof-text.ts';
import { weekScoreText } from './score-text.ts';
import { textTable } from './text-table.ts';
import { reportWords, type ReportWords } from './words.ts';

/**
 * The plan as a planner reads it in the terminal: calls and operators, what comes of them, shifts and prompts, one
 * row a day in each, then the week's figures and the reasons. Tables fit 80 columns but for long names.
 */
export const renderPlanText = (plan: PlanDocument, language: Language): string => {
  const words = reportWords(language);
  const texts = (title: string, lines: readonly { readonly [L in Language]: string }[]): string =>
    listed(
      title,
      lines.map((line) => line[language]),
    );
  return [
    heading(plan, language, words),
    operatorTable(plan, language, words),
    peakTable(plan, language, words),
    outcomeTable(plan, words),
    shiftLines(plan, language, words),
    promptLines(plan, language, words),
    weekLines(plan, language, words),
    renderProof(plan, language, words),
    texts(words.relaxed, plan.relaxed),
    texts(words.notices, plan.notices),
    texts(words.assumptions, plan.assumptions),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
};

/** Days between the last data and the week from which on the forecast's age is worth a word at the top. */
const longGap = 14;

const heading = (plan: PlanDocument, language: Language, words: ReportWords): string => {
  const lines = [
    `${plan.hotline.name[language]} · ${words.title} ${plan.week} (${plan.firstDate} ${words.to} ${plan.days[6]?.date ?? ''})`,
    `${words.plan} ${plan.id} · ${words.history} ${plan.history.firstDate} ${words.to} ${plan.history.lastDate}`,
  ];
  if (plan.hotline.madeUp) lines.unshift(`【${words.madeUp}】`);
  const gap = dayNumber(plan.firstDate) - dayNumber(plan.history.lastDate) - 1;
  if (gap >= longGap) lines.push(`【${fill(words.farAhead, { days: gap, date: plan.history.lastDate })}】`);
  return lines.join('\n');
};

const dayName = (day: PlanDay, language: Language, words: ReportWords): string =>
  (words.weekdays[day.weekday - 1] ?? '') + (day.dayKind === null ? '' : ` ${day.dayKind[language]}`);

/** Calls with their range, and the busiest interval: operators required, scheduled and seen. */
const operatorTable = (plan: PlanDocument, language: Language, words: ReportWords): string =>
  textTable(
    [
      words.date,
      words.weekday,
      `${words.calls} (${words.range80})`,
      words.peak,
      words.requiredShort,
      words.scheduledShort,
      words.seen,
    ],
    plan.days.map((day) => [
      day.date,
      dayName(day, language, words),
      wholeRange(day.calls),
      day.peak.start.slice(-5),
      whole(day.peak.total),
      whole(scheduledAtPeak(plan, day)),
      day.operatorsSeen === null ? words.notRecorded : decimal(day.operatorsSeen.peak, 0),
    ]),
  );

const levelName = (plan: PlanDocument, words: ReportWords): string =>
  fill(words.serviceLevel, { seconds: plan.answerTimeThresholdSeconds });

/** What callers and the monitor will find. */
const outcomeTable = (plan: PlanDocument, words: ReportWords): string =>
  textTable(
    [words.date, words.connectionRate, levelName(plan, words), words.band, words.score],
    plan.days.map((day) => [
      day.date,
      percentRange(day.connectionRate),
      percentRange(day.serviceLevel),
      `${words[day.band]} ${percent(day.bandChance, 0)}`,
      decimal(day.score.mean),
    ]),
  );

const shiftLines = (plan: PlanDocument, language: Language, words: ReportWords): string =>
  textTable(
    [words.date, words.shifts],
    plan.days.map((day) => [day.date, shiftSummary(plan, day.date, language)]),
  );

const shiftSummary = (plan: PlanDocument, date: string, language: Language): string => {
  const counts = new Map<string, number>();
  for (const shift of plan.shifts) {
    if (shift.date !== date) continue;
    const name = shift.name[language];
    counts.set(name, (counts.get(name) ?? 0) + shift.operators);
  }
  return [...counts].map(([name, count]) => `${name}×${count}`).join(' ');
};

/** A row for each stretch of an announcement, with the queues that hear it. */
const promptLines = (plan: PlanDocument, language: Language, words: ReportWords): string => {
  const spans = mergeSpans(plan.prompts);
  if (spans.length === 0) return `${words.prompts}${words.colon}${words.none}`;
  const names = new Map(plan.queues.map((queue) => [queue.queue, queue.name[language]]));
  const rows = spans.map((span) => [
    span.date,
    `${span.from}–${span.to}`,
    span.name[language],
    span.queues.map((queue) => names.get(queue) ?? queue).join(words.and),
  ]);
  return textTable([words.prompts, words.hoursOfDay, words.announcement, words.queue], rows);
};

const weekLines = (plan: PlanDocument, language: Language, words: ReportWords): string => {
  const { total, monitoring } = plan;
  const level = levelName(plan, words);
  const joined = (...parts: readonly string[]): string => parts.join(words.semicolon);
  const lines = [
    `${words.whole}${words.colon}${joined(`${words.calls} ${wholeRange(total.calls)}`, `${words.offered} ${whole(total.offered)}`)}`,
    joined(
      `${words.connectionRate} ${percentRange(total.connectionRate)}`,
      `${level} ${percentRange(total.serviceLevel)}`,
    ),
    joined(
      `${words.speedOfAnswer} ${decimal(total.averageSpeedOfAnswerSeconds)}`,
      `${words.occupancy} ${percent(total.occupancy)}`,
    ),
    hoursText(plan, words),
    `${fill(words.testCalls, { count: monitoring.testCalls })}${words.colon}${joined(
      `${words[monitoring.likeliestBand]} ${percent(monitoring.bandChances[monitoring.likeliestBand], 0)}`,
      `${words.score} ${weekScoreText(monitoring, words)}`,
    )}`,
  ];
  if (plan.withoutPrompts !== null)
    lines.push(
      `${words.withoutPrompts}${words.colon}${joined(
        `${words.connectionRate} ${percent(plan.withoutPrompts.connectionRate)}`,
        `${level} ${percent(plan.withoutPrompts.serviceLevel)}`,
      )}`,
    );
  if (plan.variants.length > 0)
    lines.push(
      words.variants,
      ...plan.variants.map((v) => `  · ${v.name[language]} ${whole(v.operatorHours)}`),
    );
  return lines.join('\n');
};

const listed = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [title, ...lines.map((line) => `  · ${line}`)].join('\n');
