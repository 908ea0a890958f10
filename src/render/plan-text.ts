import { speak } from '../words/speak.ts';
import type { Sayable } from '../kernel/finding.ts';
import type { PlanDay, PlanDocument } from '../contract/documents/plan-document.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { begin, decimal, percent, percentRange, whole, wholeRange } from './format.ts';
import { hoursText } from './hours-text.ts';
import { mergeSpans } from './merge-spans.ts';
import { peakTable, scheduledAtPeak } from './peak-table.ts';
import { renderProof } from './proof-text.ts';
import { weekScoreText } from './score-text.ts';
import { shiftTable } from './shift-table.ts';
import { daysBeyondData, farDays } from './shortages.ts';
import { shortageText } from './shortage-text.ts';
import { textTable } from './text-table.ts';
import { weekAnswer } from './week-answer.ts';
import { transferTable } from './transfer-text.ts';
import { reportWords, type ReportWords } from './words.ts';

/**
 * The plan as a planner reads it in the terminal: the week's figures and who is missing where, then what comes of
 * each day, its operators, shifts and prompts, a row a day in each, then the proof and the reasons. Tables fit 80
 * columns but for long names.
 */
export const renderPlanText = (plan: PlanDocument, language: Language): string => {
  const words = reportWords(language);
  const texts = (title: string, lines: readonly Sayable[]): string =>
    listed(
      title,
      lines.map((line) => speak(language, 'terminal').say(line)),
    );
  return [
    heading(plan, language, words),
    speak(language, 'terminal').say(weekAnswer(plan)),
    weekLines(plan, words),
    shortageText(plan, language, words),
    outcomeTable(plan, words),
    operatorTable(plan, language, words),
    peakTable(plan, language, words),
    shiftTable(plan, language, words),
    promptLines(plan, language, words),
    transferTable(plan, language, words),
    listed(
      words.variants,
      plan.variants.map((v) => `${speak(language, 'terminal').say(v.name)} ${whole(v.operatorHours)}`),
    ),
    renderProof(plan, language, words),
    texts(words.relaxed, plan.relaxed),
    texts(words.notices, plan.notices),
    texts(words.assumptions, plan.assumptions),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
};

const heading = (plan: PlanDocument, language: Language, words: ReportWords): string => {
  const lines = [
    `${inLanguage(plan.hotline.name, language)} · ${words.title} ${plan.week} (${plan.firstDate} ${words.to} ${plan.days[6]?.date ?? ''})`,
    `${words.plan} ${plan.id} · ${words.history} ${plan.history.firstDate} ${words.to} ${plan.history.lastDate}`,
  ];
  for (const said of (plan.unusual ?? []).toReversed())
    lines.unshift(`【${words.unusual}】${speak(language, 'terminal').say(said)}`);
  if (plan.hotline.madeUp) lines.unshift(`【${words.madeUp}】`);
  const gap = daysBeyondData(plan);
  if (gap >= farDays) lines.push(`【${words.farAhead({ days: gap, date: plan.history.lastDate })}】`);
  return lines.join('\n');
};

const dayName = (day: PlanDay, language: Language, words: ReportWords): string =>
  (words.weekdays[day.weekday - 1] ?? '') +
  (day.dayKind === null ? '' : ` ${inLanguage(day.dayKind, language)}`);

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
  words.serviceLevel({ seconds: plan.answerTimeThresholdSeconds });

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

/** A row for each stretch of an announcement, with the queues that hear it. */
const promptLines = (plan: PlanDocument, language: Language, words: ReportWords): string => {
  const spans = mergeSpans(plan.prompts);
  if (spans.length === 0) return `${words.prompts}${words.colon}${words.none}`;
  const names = new Map(plan.queues.map((queue) => [queue.queue, inLanguage(queue.name, language)]));
  const rows = spans.map((span) => [
    span.date,
    `${span.from}–${span.to}`,
    inLanguage(span.name, language),
    span.queues.map((queue) => names.get(queue) ?? queue).join(words.and),
  ]);
  return textTable([words.prompts, words.hoursOfDay, words.announcement, words.queue], rows);
};

/** The week in figures: what a planner looks for first. */
const weekLines = (plan: PlanDocument, words: ReportWords): string => {
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
    `${begin(words.testCalls({ count: monitoring.testCalls }))}${words.colon}${joined(
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
  return lines.join('\n');
};

const listed = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [title, ...lines.map((line) => `  · ${line}`)].join('\n');
