import type { PlanDay, PlanDocument, PromptSpan } from '../contract/plan-document.ts';
import type { Language } from '../kernel/text.ts';
import { decimal, decimalRange, fill, percent, percentRange, whole, wholeRange } from './format.ts';
import { renderProof } from './proof-text.ts';
import { textTable } from './text-table.ts';
import { reportWords, type ReportWords } from './words.ts';

/** The plan as a planner reads it in the terminal: the week's figures, one row for each day, and the reasons. */
export const renderPlanText = (plan: PlanDocument, language: Language): string => {
  const words = reportWords(language);
  const tierNames = new Map(plan.tiers.map((tier) => [tier.tier, tier.name[language]]));
  return [
    heading(plan, language, words),
    dayTable(plan, language, words, tierNames),
    detailTable(plan, language, words),
    weekLines(plan, language, words),
    renderProof(plan, language, words),
    listed(
      words.relaxed,
      plan.relaxed.map((t) => t[language]),
    ),
    listed(
      words.notices,
      plan.notices.map((t) => t[language]),
    ),
    listed(
      words.assumptions,
      plan.assumptions.map((t) => t[language]),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
};

const heading = (plan: PlanDocument, language: Language, words: ReportWords): string => {
  const lines = [
    `${plan.hotline.name[language]} · ${words.title} ${plan.week} (${plan.firstDate} ${words.to} ${plan.days[6]?.date ?? ''})`,
    `${words.plan} ${plan.id} · ${words.history} ${plan.history.firstDate} ${words.to} ${plan.history.lastDate}`,
  ];
  if (plan.hotline.madeUp) lines.unshift(`【${words.madeUp}】`);
  return lines.join('\n');
};

const dayName = (day: PlanDay, words: ReportWords): string => words.weekdays[day.weekday - 1] ?? '';

const dayTable = (
  plan: PlanDocument,
  language: Language,
  words: ReportWords,
  tierNames: ReadonlyMap<string, string>,
): string => {
  const head = [
    words.date,
    words.weekday,
    `${words.calls} (${words.range80})`,
    words.peak,
    words.operatorsAtPeak,
    words.seen,
    words.connectionRate,
    fill(words.serviceLevel, { seconds: plan.answerTimeThresholdSeconds }),
    words.band,
    words.score,
  ];
  const rows = plan.days.map((day) => [
    day.date,
    dayName(day, words) + (day.dayKind === null ? '' : ` ${day.dayKind[language]}`),
    wholeRange(day.calls),
    day.peak.start,
    `${whole(day.peak.total)} = ${Object.entries(day.peak.operators)
      .map(([tier, count]) => `${tierNames.get(tier) ?? tier} ${whole(count)}`)
      .join(' + ')}`,
    day.operatorsSeen === null ? words.notRecorded : decimal(day.operatorsSeen.peak, 0),
    percentRange(day.connectionRate),
    percentRange(day.serviceLevel),
    `${words[day.band]} ${percent(day.bandChance, 0)}`,
    decimal(day.score.mean),
  ]);
  return textTable(head, rows);
};

/** Shifts and prompts per day, which would make the first table too wide. */
const detailTable = (plan: PlanDocument, language: Language, words: ReportWords): string => {
  const rows = plan.days.map((day) => [
    day.date,
    dayName(day, words),
    shiftSummary(plan, day.date, language),
    promptSummary(day.prompts, language, words),
  ]);
  return textTable([words.date, words.weekday, words.shifts, words.prompts], rows);
};

const shiftSummary = (plan: PlanDocument, date: string, language: Language): string => {
  const counts = new Map<string, number>();
  for (const shift of plan.shifts) {
    if (shift.date !== date) continue;
    const name = shift.name[language];
    counts.set(name, (counts.get(name) ?? 0) + shift.operators);
  }
  return [...counts].map(([name, count]) => `${name}×${count}`).join(' ');
};

const promptSummary = (prompts: readonly PromptSpan[], language: Language, words: ReportWords): string => {
  if (prompts.length === 0) return words.none;
  return prompts.map((prompt) => `${prompt.from}–${prompt.to} ${prompt.name[language]}`).join('; ');
};

const weekLines = (plan: PlanDocument, language: Language, words: ReportWords): string => {
  const { total, monitoring } = plan;
  const lines = [
    `${words.whole}: ${words.calls} ${wholeRange(total.calls)}; ${words.offered} ${whole(total.offered)}`,
    `${words.connectionRate} ${percentRange(total.connectionRate)}; ${fill(words.serviceLevel, { seconds: plan.answerTimeThresholdSeconds })} ${percentRange(total.serviceLevel)}; ${words.speedOfAnswer} ${decimal(total.averageSpeedOfAnswerSeconds)}; ${words.occupancy} ${percent(total.occupancy)}`,
    `${words.required} ${whole(total.requiredOperatorHours)}; ${words.scheduled} ${whole(total.scheduledOperatorHours)}; ${words.seenHours} ${total.seenOperatorHours === null ? words.notRecorded : whole(total.seenOperatorHours)}`,
    `${fill(words.testCalls, { count: monitoring.testCalls })}: ${words[monitoring.likeliestBand]} ${percent(monitoring.bandChances[monitoring.likeliestBand], 0)}; ${words.score} ${decimalRange(monitoring.score)}`,
  ];
  if (plan.withoutPrompts !== null) {
    lines.push(
      `${words.withoutPrompts}: ${words.connectionRate} ${percent(plan.withoutPrompts.connectionRate)}; ${fill(words.serviceLevel, { seconds: plan.answerTimeThresholdSeconds })} ${percent(plan.withoutPrompts.serviceLevel)}`,
    );
  }
  const variants = plan.variants.map((v) => `${v.name[language]} ${whole(v.operatorHours)}`).join('; ');
  if (variants !== '') lines.push(`${words.variants}: ${variants}`);
  return lines.join('\n');
};

const listed = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [title, ...lines.map((line) => `  · ${line}`)].join('\n');
