import type { RosterDocument } from '../contract/documents/roster-document.ts';
import type { Language } from '../kernel/text.ts';
import { inLanguage } from '../kernel/text.ts';
import { spoken } from '../words/phrases.ts';
import { rosterWords } from '../words/terminal/roster.ts';
import { escapeHtml } from './html.ts';
import { cellShade, cellText, wallRows, type WallRow } from './roster-tables.ts';
import { legendOf } from './roster-text.ts';

/** People on a printed page. */
const peopleAPage = 25;

const style = `@page{size:A4 landscape;margin:8mm}*{box-sizing:border-box}
body{font:11px/1.25 "Noto Sans SC","Microsoft YaHei","PingFang SC",sans-serif;margin:0;color:#000}
section{break-after:page;padding:4px}section:last-child{break-after:auto}
h1{font-size:14px;margin:0 0 4px}p{margin:2px 0 6px}
table{border-collapse:collapse;width:100%;table-layout:fixed}
th,td{border:1px solid #555;text-align:center;padding:1px 0;height:23px;overflow:hidden;white-space:nowrap}
th:first-child,td:first-child{width:60px;text-align:left;padding-left:3px}
th.tier,td.tier{width:76px;text-align:left;padding-left:3px}th.hours,td.hours{width:38px}
th.rest{background:#dedede}.night{color:#fff;font-weight:700}.leave{background:repeating-linear-gradient(45deg,#fff 0 3px,#bbb 3px 4px)}
@media print{*{print-color-adjust:exact}}`;

/** The wall sheet: one A4 page, landscape, for every 25 people; letters and greys that photocopy. */
export const rosterHtml = (roster: RosterDocument, language: Language): string => {
  const words = spoken(rosterWords, language);
  const rows = wallRows(roster, language);
  const pages = Array.from({ length: Math.max(1, Math.ceil(rows.length / peopleAPage)) }, (_, page) =>
    rows.slice(page * peopleAPage, (page + 1) * peopleAPage),
  );
  const title = `${inLanguage(roster.hotline.name, language)} ${words.sheet} ${roster.from} – ${roster.to}`;
  const head = [
    `<th>${escapeHtml(words.operator)}</th><th class="tier">${escapeHtml(words.tier)}</th>`,
    ...roster.days.map(
      ({ date, weekday, holiday }, at) =>
        `<th class="${weekday > 5 || holiday !== null ? 'rest' : ''}">${dayOf(date, at)}<br>${escapeHtml(words.weekdays[weekday - 1] ?? '')}</th>`,
    ),
    `<th class="hours">${escapeHtml(words.hours)}</th>`,
  ].join('');
  const sections = pages.map(
    (people, page) => `<section><h1>${escapeHtml(title)} · ${page + 1}/${pages.length}</h1>
<p>${escapeHtml(legendOf(roster, language)).replaceAll('  ', ' · ')}</p>
<table><thead><tr>${head}</tr></thead><tbody>${people.map((row) => rowOf(roster, row, language)).join('\n')}</tbody></table></section>`,
  );
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${style}</style></head><body>${sections.join('\n')}</body></html>\n`;
};

/** The day of the month, with its month where that begins. */
const dayOf = (date: string, at: number): string =>
  at === 0 || date.endsWith('-01')
    ? `${Number(date.slice(5, 7))}/${Number(date.slice(8))}`
    : String(Number(date.slice(8)));

const rowOf = (roster: RosterDocument, row: WallRow, language: Language): string => {
  const cells = row.cells.map((cell) => {
    const text = escapeHtml(cellText(roster, cell, language));
    if (cell === 'off') return '<td></td>';
    if (cell === 'leave') return `<td class="leave">${text}</td>`;
    const night = roster.shifts[cell]?.night === true ? ' class="night"' : '';
    return `<td${night} style="background:${cellShade(roster, cell) ?? '#fff'}">${text}</td>`;
  });
  return `<tr><td>${escapeHtml(row.operator)}</td><td class="tier">${escapeHtml(row.tier)}</td>${cells.join('')}<td class="hours">${row.hours}</td></tr>`;
};
