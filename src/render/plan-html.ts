import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { speak } from '../words/speak.ts';
import { planLists, proofTable, transferTable } from './evidence-tables.ts';
import { escapeHtml, listHtml, pageFrame, section, tableHtml } from './html.ts';
import { hoursTable } from './hours-table.ts';
import { callChart, levelChart, operatorChart } from './plan-charts.ts';
import { promptTable, shiftsByKind, shiftTable } from './schedule-tables.ts';
import { cellText, type Table } from './table.ts';
import { dayTable, peakTable, shortageTable, shortageTitle, weekFigures } from './week-tables.ts';
import { planAssumed, planStanding } from './plan-standing.ts';
import { decisionsOf, weekSentences } from './week-sentences.ts';
import { reportWords } from './words.ts';
import { isAssumedShape } from '../words/assumed-shape.ts';

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
export const pageHtml = (
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
export const figureCards = (
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
