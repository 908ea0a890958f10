import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { decimal, decimalRange, percent, percentRange, whole, wholeRange } from './format.ts';
import { withAudience } from './schedule-tables.ts';
import { needAndDuty } from './peak-table.ts';
import { shortageTable } from './shortage-text.ts';
import { weekScoreText } from './score-text.ts';
import { heatStrip, lineChart } from './svg-chart.ts';
import { reportWords, type ReportWords } from './words.ts';
import { weekAnswer } from './week-answer.ts';
import { speak } from '../words/speak.ts';

/** A plan as one self-contained page for print or mail: no script, nothing fetched. */
export const planHtml = (plan: PlanDocument, language: Language): string => {
  const words = reportWords(language);
  const name = escapeHtml(inLanguage(plan.hotline.name, language));
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${name} · ${words.title} ${plan.week}</title><style>${style}</style></head><body>
<h1>${name} · ${words.title} ${plan.week}</h1>
<p>${plan.firstDate} ${words.to} ${plan.days[6]?.date ?? ''} · ${words.plan} <code>${escapeHtml(plan.id)}</code> · ${words.history} ${plan.history.firstDate} ${words.to} ${plan.history.lastDate}</p>
${plan.hotline.madeUp ? `<p class="made-up">${words.madeUp}</p>` : ''}${(plan.unusual ?? []).map((said) => `<p class="made-up">${words.unusual}: ${escapeHtml(speak(language, 'terminal').say(said))}</p>`).join('')}
<p class="answer">${escapeHtml(speak(language, 'terminal').say(weekAnswer(plan)))}</p>
${headline(plan, words)}
${shortSection(plan, language, words)}
${dayTable(plan, language, words)}
${charts(plan, words)}
${shiftTable(plan, language, words)}
${promptTable(plan, language, words)}
${lists(plan, language, words)}
</body></html>
`;
};

export const escapeHtml = (plain: string): string =>
  plain
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

const style = `body{font:14px/1.5 "Noto Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif;color:#1a1a1a;margin:24px;max-width:1200px}
h1{font-size:22px;margin:0}h2{font-size:16px;margin:24px 0 8px}table{border-collapse:collapse;width:100%;font-size:12px}
th,td{border:1px solid #c8ccd0;padding:4px 6px;text-align:left;vertical-align:top}th{background:#f0f3f6}td:first-child,td.n{white-space:nowrap}td.n{text-align:right;font-variant-numeric:tabular-nums}
.made-up{border:1px solid #8a5a00;background:#fff6e0;color:#5c3c00;padding:6px 10px}dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(190px,1fr));gap:8px;margin:12px 0}
dl div{border:1px solid #c8ccd0;border-radius:4px;padding:8px 10px}dt{color:#4a5560;font-size:12px}dd{margin:0;font-size:17px;font-weight:600}svg{width:100%;height:auto}
.answer{font-size:17px;font-weight:600}.short h2{color:#8f2d12}li{margin:2px 0}@media print{body{margin:0}section{break-inside:avoid}}`;

const levelName = (plan: PlanDocument, words: ReportWords): string =>
  words.serviceLevel({ seconds: plan.answerTimeThresholdSeconds });

const headline = (plan: PlanDocument, words: ReportWords): string => {
  const { total, monitoring } = plan;
  const items: [string, string][] = [
    [words.calls, wholeRange(total.calls)],
    [words.connectionRate, percentRange(total.connectionRate)],
    [levelName(plan, words), percentRange(total.serviceLevel)],
    [words.speedOfAnswer, decimal(total.averageSpeedOfAnswerSeconds)],
    [
      `${words.band} (${words.testCalls({ count: monitoring.testCalls })})`,
      `${words[monitoring.likeliestBand]} ${percent(monitoring.bandChances[monitoring.likeliestBand], 0)}`,
    ],
    [words.score, weekScoreText(monitoring, words)],
    [words.required, whole(total.requiredOperatorHours)],
    [words.scheduled, whole(total.scheduledOperatorHours)],
    [words.seenHours, total.seenOperatorHours === null ? words.notRecorded : whole(total.seenOperatorHours)],
  ];
  return `<dl>${items.map(([term, value]) => `<div><dt>${term}</dt><dd>${value}</dd></div>`).join('')}</dl>`;
};

/** A cell; a figure's range stands below it. */
const cellHtml = (cell: string): string =>
  /^[\d,.%–()/ -]+$/.test(cell)
    ? `<td class="n">${cell.replace(/ \((.+)\)$/, '<br><small>$1</small>')}</td>`
    : `<td>${cell}</td>`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table><thead><tr>${head.map((cell) => `<th scope="col">${cell}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map(cellHtml).join('')}</tr>`)
    .join('')}</tbody></table>`;

/** Who is missing where, before everything else that the plan says. */
const shortSection = (plan: PlanDocument, language: Language, words: ReportWords): string => {
  const short = shortageTable(plan, language, words);
  if (short === undefined) return '';
  const rows = short.rows.map((row) => row.map(escapeHtml));
  return `<section class="short"><h2>${escapeHtml(short.title)}</h2>${table(short.head.map(escapeHtml), rows)}</section>`;
};

const dayTable = (plan: PlanDocument, language: Language, words: ReportWords): string => {
  const head = [
    words.date,
    words.calls,
    words.peak,
    ...plan.tiers.map((tier) => escapeHtml(inLanguage(tier.name, language))),
    words.seen,
    words.required,
    words.scheduled,
    words.connectionRate,
    levelName(plan, words),
    words.band,
    words.score,
  ];
  const rows = plan.days.map((day) => [
    `${day.date} ${words.weekdays[day.weekday - 1] ?? ''}${day.dayKind === null ? '' : ` ${escapeHtml(inLanguage(day.dayKind, language))}`}`,
    wholeRange(day.calls),
    day.peak.start,
    ...plan.tiers.map((tier) => needAndDuty(plan, tier, day)),
    day.operatorsSeen === null ? words.notRecorded : whole(day.operatorsSeen.peak),
    whole(day.requiredOperatorHours),
    whole(day.scheduledOperatorHours),
    percentRange(day.connectionRate),
    percentRange(day.serviceLevel),
    `${words[day.band]} ${percent(day.bandChance, 0)}`,
    decimalRange(day.score),
  ]);
  return `<section><h2>${words.days}</h2><p>${words.peakByTier}</p>${table(head, rows)}</section>`;
};

const charts = (plan: PlanDocument, words: ReportWords): string => {
  const sum = (rows: readonly (readonly number[])[]): number[] =>
    plan.starts.map((_, i) => rows.reduce((total, row) => total + (row[i] ?? 0), 0));
  const level = plan.starts.map((_, i) => {
    const offered = plan.queues.reduce((total, queue) => total + (queue.offered[i] ?? 0), 0);
    if (offered <= 0) return null;
    return (
      plan.queues.reduce(
        (total, queue) => total + (queue.offered[i] ?? 0) * (queue.serviceLevel[i] ?? 0),
        0,
      ) / offered
    );
  });
  const days = plan.days.map((day) => `${words.weekdays[day.weekday - 1] ?? ''} ${day.date.slice(5)}`);
  return [
    `<section><h2>${words.chartCalls}</h2>${lineChart({
      label: words.chartCalls,
      days,
      lines: [{ name: words.mean, values: plan.calls.mean, colour: '#0b5cad' }],
      band: { low: plan.calls.q10, high: plan.calls.q90, colour: '#0b5cad' },
    })}</section>`,
    `<section><h2>${words.chartOperators}</h2>${lineChart({
      label: words.chartOperators,
      days,
      lines: [
        { name: words.requiredOperators, values: sum(plan.tiers.map((t) => t.required)), colour: '#b3261e' },
        {
          name: words.scheduledOperators,
          values: sum(plan.tiers.map((t) => t.scheduled)),
          colour: '#1b6e3c',
        },
      ],
    })}</section>`,
    `<section><h2>${words.chartLevel({ seconds: plan.answerTimeThresholdSeconds })}</h2>${heatStrip({
      label: words.chartLevel({ seconds: plan.answerTimeThresholdSeconds }),
      days,
      values: level,
      target: plan.targets.serviceLevel ?? plan.targets.connectionRate,
    })}</section>`,
  ].join('\n');
};

const shiftTable = (plan: PlanDocument, language: Language, words: ReportWords): string => {
  const tierNames = new Map(plan.tiers.map((tier) => [tier.tier, inLanguage(tier.name, language)]));
  const rows = plan.shifts.map((shift) => [
    shift.date,
    escapeHtml(tierNames.get(shift.tier) ?? shift.tier),
    escapeHtml(inLanguage(shift.name, language)),
    `${shift.start}–${shift.end}`,
    String(shift.operators),
    speak(language, 'terminal').list(
      shift.breaks.map(({ start, minutes, operators }) => words.pause({ start, minutes, operators })),
    ),
  ]);
  return `<section><h2>${words.shifts}</h2>${table([words.date, words.tier, words.template, `${words.start}–${words.end}`, words.operators, words.breaks], rows)}</section>`;
};

const promptTable = (plan: PlanDocument, language: Language, words: ReportWords): string => {
  if (plan.prompts.length === 0) return `<section><h2>${words.prompts}</h2><p>${words.none}</p></section>`;
  const queueNames = new Map(plan.queues.map((queue) => [queue.queue, inLanguage(queue.name, language)]));
  const rows = plan.prompts.map((prompt) => [
    prompt.date,
    escapeHtml(queueNames.get(prompt.queue) ?? prompt.queue),
    `${prompt.from}–${prompt.to}`,
    escapeHtml(withAudience(prompt, language)),
    whole(prompt.callersDiverted),
  ]);
  return `<section><h2>${words.prompts}</h2>${table([words.date, words.queue, `${words.start}–${words.end}`, words.announcement, words.callersDiverted], rows)}</section>`;
};

const lists = (plan: PlanDocument, language: Language, words: ReportWords): string => {
  const part = (title: string, lines: readonly string[]): string =>
    lines.length === 0
      ? ''
      : `<section><h2>${title}</h2><ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul></section>`;
  return [
    part(
      words.reasons,
      plan.queues.flatMap((queue) =>
        queue.reasons.map(
          (t) => `${inLanguage(queue.name, language)}: ${speak(language, 'terminal').say(t)}`,
        ),
      ),
    ),
    part(
      words.overrules,
      plan.overrules.map(
        (o) => `${o.date} ${o.from ?? ''}${o.to === null ? '' : `–${o.to}`}: ${o.reason} (${o.author})`,
      ),
    ),
    part(
      words.variants,
      plan.variants.map((v) => `${speak(language, 'terminal').say(v.name)}: ${whole(v.operatorHours)}`),
    ),
    part(
      words.relaxed,
      plan.relaxed.map((t) => speak(language, 'terminal').say(t)),
    ),
    part(
      words.notices,
      plan.notices.map((t) => speak(language, 'terminal').say(t)),
    ),
    part(
      words.assumptions,
      plan.assumptions.map((t) => speak(language, 'terminal').say(t)),
    ),
  ].join('\n');
};
