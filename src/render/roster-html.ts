import type { RosterDocument } from '../contract/documents/roster-document.ts';
import type { Language } from '../kernel/text.ts';
import { inLanguage } from '../kernel/text.ts';
import { spoken } from '../words/phrases.ts';
import { rosterWords } from '../words/terminal/roster.ts';
import { escapeHtml } from './html.ts';
import { cellLetter, cellShade, wallRows, type WallRow } from './roster-tables.ts';
import { legendOf } from './roster-text.ts';

/** People and days on a printed page: as many as leave room for the hours of each. */
const peopleAPage = 20;
const daysAPage = 14;

const style = `@page{size:A4 landscape;margin:8mm}*{box-sizing:border-box}
body{font:11px/1.25 "Noto Sans SC","Microsoft YaHei","PingFang SC",sans-serif;margin:0;color:#000}
section{break-after:page;padding:4px}section:last-child{break-after:auto}
h1{font-size:14px;margin:0 0 4px}p{margin:2px 0 6px}
table{border-collapse:collapse;width:100%;table-layout:fixed}
th,td{border:1px solid #555;text-align:center;padding:1px 0;height:29px;overflow:hidden}
td b,td i{display:block;white-space:nowrap}td i{font-style:normal;font-size:9.5px}
th:first-child,td:first-child{width:104px;text-align:left;padding-left:3px}
th.tier,td.tier{width:76px;text-align:left;padding-left:3px;font-size:10px}th.hours,td.hours{width:34px}
th.rest{background:#dedede}.night{color:#fff}.leave{background:repeating-linear-gradient(45deg,#fff 0 3px,#bbb 3px 4px)}
@media print{*{print-color-adjust:exact}}`;

/**
 * The wall sheet: an A4 page, landscape, for every 20 people and two weeks, each by name with the shift and from when to
 * when they work; letters and greys that photocopy.
 */
export const rosterHtml = (roster: RosterDocument, language: Language): string => {
  const words = spoken(rosterWords, language);
  const rows = wallRows(roster, language);
  const parts = (all: number, most: number): (readonly [from: number, until: number])[] =>
    Array.from({ length: Math.max(1, Math.ceil(all / most)) }, (_, at) => [at * most, (at + 1) * most]);
  const pages = parts(rows.length, peopleAPage).flatMap((people) =>
    parts(roster.days.length, daysAPage).map((days) => ({ people, days })),
  );
  const title = `${inLanguage(roster.hotline.name, language)} ${words.sheet} ${roster.from} – ${roster.to}`;
  const sections = pages.map(({ people, days }, page) => {
    const head = [
      `<th>${escapeHtml(words.name)}</th><th class="tier">${escapeHtml(words.tier)}</th>`,
      ...roster.days
        .slice(...days)
        .map(
          ({ date, weekday, holiday }, at) =>
            `<th class="${weekday > 5 || holiday !== null ? 'rest' : ''}">${dayOf(date, at)}<br>${escapeHtml(words.weekdays[weekday - 1] ?? '')}</th>`,
        ),
      `<th class="hours">${escapeHtml(words.hours)}</th>`,
    ].join('');
    const lines = rows
      .slice(...people)
      .map((row) => rowOf(roster, { ...row, cells: row.cells.slice(...days) }, language));
    return `<section><h1>${escapeHtml(title)} · ${page + 1}/${pages.length}</h1>
<p>${escapeHtml(legendOf(roster, language)).replaceAll('  ', ' · ')}</p>
<table><thead><tr>${head}</tr></thead><tbody>${lines.join('\n')}</tbody></table></section>`;
  });
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${style}</style></head><body>${sections.join('\n')}</body></html>\n`;
};

/** The day of the month, with its month where that begins. */
const dayOf = (date: string, at: number): string =>
  at === 0 || date.endsWith('-01')
    ? `${Number(date.slice(5, 7))}/${Number(date.slice(8))}`
    : String(Number(date.slice(8)));

const rowOf = (roster: RosterDocument, row: WallRow, language: Language): string => {
  const cells = row.cells.map((cell) => {
    const letter = escapeHtml(cellLetter(roster, cell, language));
    if (cell === 'off') return '<td></td>';
    if (cell === 'leave') return `<td class="leave">${letter}</td>`;
    const night = roster.shifts[cell.shift]?.night === true ? ' class="night"' : '';
    const times = escapeHtml(`${cell.start}–${cell.end}`);
    return `<td${night} style="background:${cellShade(roster, cell) ?? '#fff'}"><b>${letter}</b><i>${times}</i></td>`;
  });
  const who =
    row.name === ''
      ? escapeHtml(row.operator)
      : `<b>${escapeHtml(row.name)}</b><i>${escapeHtml(row.operator)}</i>`;
  return `<tr><td>${who}</td><td class="tier">${escapeHtml(row.tier)}</td>${cells.join('')}<td class="hours">${row.hours}</td></tr>`;
};
