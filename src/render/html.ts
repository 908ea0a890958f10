import type { Language } from '../kernel/text.ts';
import { figuresOf } from '../words/figures.ts';
import { type Cell, cellText, isFigure, isSpread, type Kind, kindAt, kindOf, type Table } from './table.ts';

export const escapeHtml = (plain: string): string =>
  plain
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** A table of a printed page; a figure's range is below it. */
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

/** The page's own fonts, which a printed page has in it, before those of the machine, which may lack Chinese. */
export const printFonts =
  '"Huawu Words","Noto Sans SC Variable","Noto Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif';

/** How printed pages look: A4, black on white, nothing cut, no row torn between two pages. */
const printStyle = (orientation: 'portrait' | 'landscape'): string =>
  `@page{size:A4 ${orientation};margin:11mm}*{box-sizing:border-box}
body{font:13px/1.45 ${printFonts};color:#1a1a1a;background:#fff;margin:24px auto;max-width:1100px;padding:0 16px;-webkit-print-color-adjust:exact;print-color-adjust:exact}
h1{font-size:20px;margin:0;line-height:1.25}h2{font-size:14px;margin:16px 0 6px;break-after:avoid}p{margin:4px 0}
table{border-collapse:collapse;width:100%;font-size:11px;overflow-wrap:break-word}thead{display:table-header-group}tr{break-inside:avoid}
th,td{border-bottom:1px solid #d5dade;padding:3px 5px;text-align:left;vertical-align:top}th{background:#eef2f5;border-bottom:1px solid #8896a3;font-weight:600}
td.n,td.t{white-space:nowrap}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}dd small{white-space:nowrap}small{color:#4a5560;font-size:10px;font-weight:400}.note{color:#4a5560;font-size:11px}
.made-up{border:1px solid #8a5a00;background:#fff6e0;color:#5c3c00;padding:4px 8px;margin:6px 0}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(125px,1fr));gap:6px;margin:10px 0}dl div{border:1px solid #c8ccd0;border-radius:4px;padding:5px 8px;break-inside:avoid}
dt{color:#4a5560;font-size:11px}dd{margin:0;font-size:15px;font-weight:600}svg{width:100%;height:auto;display:block;break-inside:avoid}
.short h2{color:#8f2d12}ul,ol{margin:4px 0;padding-left:20px}li{margin:2px 0;overflow-wrap:anywhere}.answer{font-size:15px;margin:10px 0}.answer p{margin:4px 0}
@media print{body{margin:0;max-width:none;padding:0${orientation === 'portrait' ? ';font-size:12px' : ''}}${orientation === 'portrait' ? 'h2{margin:9px 0 3px}.answer{font-size:13px;margin:6px 0}dl{margin:6px 0}' : ''}}`;
