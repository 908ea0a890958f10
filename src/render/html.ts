import type { Language } from '../kernel/text.ts';
import { figuresOf } from '../words/figures.ts';
import { printStyle } from './print-style.ts';
import { cellText, isFigure, isSpread, kindAt, kindOf, type Cell, type Kind, type Table } from './table.ts';

export const escapeHtml = (plain: string): string =>
  plain
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** A table of a printed page; a figure's range stands below it. */
export const tableHtml = (table: Table, language: Language): string => {
  const classOf = (kind: Kind): string =>
    isFigure(kind) ? ' class="n"' : kindOf(kind).name === 'text' ? '' : ' class="t"';
  const written = (cell: Cell, kind: Kind): string => {
    if (typeof cell === 'string' && kindOf(kind).name === 'date')
      return escapeHtml(figuresOf(language).day(cell));
    const shown = escapeHtml(cellText(cell, kind, language, table.currency));
    return isSpread(cell) ? shown.replace(/ \((.+)\)$/, '<br><small>$1</small>') : shown;
  };
  const head = table.columns.map(
    ({ heading, kind }) => `<th scope="col"${classOf(kind)}>${escapeHtml(heading)}</th>`,
  );
  const rows = table.rows.map((row, r) =>
    row
      .map((cell, c) => {
        const kind = kindAt(table, r, c);
        return `<td${classOf(kind)}>${written(cell, kind)}</td>`;
      })
      .join(''),
  );
  const note = table.note === undefined ? '' : `<p class="note">${escapeHtml(table.note)}</p>`;
  return `<table><thead><tr>${head.join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row}</tr>`)
    .join('')}</tbody></table>${note}`;
};

/** A part of a page under its heading; nothing where it has nothing to say. */
export const section = (title: string, body: string, kind = ''): string =>
  body === ''
    ? ''
    : `<section${kind === '' ? '' : ` class="${kind}"`}><h2>${escapeHtml(title)}</h2>${body}</section>`;

export const listHtml = (lines: readonly string[]): string =>
  lines.length === 0 ? '' : `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`;

/** What a printed page is made of. */
interface PageFrame {
  readonly language: Language;
  readonly title: string;
  readonly orientation: 'portrait' | 'landscape';
  /** A line of HTML below the title; empty for none. */
  readonly below: string;
  /** What must be known before anything on the page is believed. */
  readonly warnings: readonly string[];
  /** Its parts in HTML; what is empty is left out. */
  readonly parts: readonly string[];
}

/** A self-contained page for print or mail: no script, nothing fetched. */
export const pageFrame = ({ language, title, orientation, below, warnings, parts }: PageFrame): string =>
  `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)}</title><style>${printStyle(orientation)}</style></head><body>
<h1>${escapeHtml(title)}</h1>
${below === '' ? '' : `<p>${below}</p>`}
${warnings.map((warning) => `<p class="made-up">${escapeHtml(warning)}</p>`).join('\n')}
${parts.filter((own) => own !== '').join('\n')}
</body></html>
`;
