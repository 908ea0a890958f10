import type * as library from 'wasm-xlsxwriter';
import type { Chart, Color, Format, Worksheet } from 'wasm-xlsxwriter';
import type { Language } from '../kernel/text.ts';
import { dayMillis } from '../kernel/time.ts';
import { figuresOf } from '../words/figures.ts';
import {
  type FlatColumn,
  flatColumns,
  isFigure,
  type Kind,
  kindAt,
  type KindName,
  kindOf,
  type RangeHeadings,
  type Table,
} from './table.ts';

/** The first sheet: a title and paragraphs, each under a heading or none. */
interface CoverSheet {
  readonly name: string;
  readonly title: string;
  readonly parts: readonly { readonly heading?: string; readonly lines: readonly string[] }[];
}

type Library = typeof library;

/**
 * A workbook: a sheet of sentences, then one for each table, with styled headings that stay while rows scroll, filters,
 * real dates and times, figures as they are counted, and charts of the tables that have one.
 */
export const workbookOf = async (
  cover: CoverSheet,
  tables: readonly (Table & { title: string })[],
  words: RangeHeadings,
  language: Language,
): Promise<Uint8Array> => {
  const loaded = await import('wasm-xlsxwriter');
  const book = new loaded.Workbook();
  const names = sheetNames([cover.name, ...tables.map(({ title }) => title)]);
  book.setProperties(new loaded.DocProperties().setTitle(cover.title));
  writeCover(loaded, book.addWorksheet().setName(names[0] ?? cover.name), cover);
  for (const [i, table] of tables.entries())
    writeTable(loaded, book.addWorksheet(), names[i + 1] ?? table.title, table, words, language);
  return book.saveToBufferSync();
};

/** Names that a workbook takes: at most 31 characters, none of []:*?/\, no two alike. */
const sheetNames = (titles: readonly string[]): string[] => {
  const taken = new Set<string>();
  return titles.map((title) => {
    const plain = title.replaceAll(/[[\]:*?/\\]/g, ' ').trim();
    for (let n = 1; ; n += 1) {
      const name = n === 1 ? plain.slice(0, 31) : `${plain.slice(0, 28)} ${n}`;
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  });
};

const ink = 0x1f_2a_37;
const headFill = 0xdc_e6_ef;

const writeCover = ({ Format, Color, FormatAlign }: Library, sheet: Worksheet, cover: CoverSheet): void => {
  const base = (): Format =>
    new Format().setTextWrap().setAlign(FormatAlign.Top).setFontColor(Color.rgb(ink));
  sheet.setColumnWidth(0, coverWidth).setScreenGridlines(false).setPaperSize(a4).setPrintFitToPages(1, 0);
  const write = (row: number, line: string, format: Format, height: number): void => {
    sheet.writeStringWithFormat(row, 0, line, format).setRowHeight(row, height * wrappedLines(line));
  };
  write(0, cover.title, base().setBold().setFontSize(16), 24);
  let row = 2;
  for (const { heading, lines } of cover.parts) {
    if (heading !== undefined) {
      write(row, heading, base().setBold().setFontSize(12), 20);
      row += 1;
    }
    for (const line of lines) {
      write(row, line, base().setFontSize(11), 17);
      row += 1;
    }
    row += 1;
  }
};

const a4 = 9;
const coverWidth = 100;

/** How wide words are, a Chinese character counting two. */
const widthOf = (said: string): number => [...said].reduce((sum, c) => sum + (c > '\u2E7F' ? 2 : 1), 0);

const wrappedLines = (line: string): number => Math.max(1, Math.ceil((1.1 * widthOf(line)) / coverWidth));

const numberFormat = (kind: Kind, currency: string | undefined, language: Language): string => {
  const { name, digits } = kindOf(kind);
  const decimals = digits === 0 ? '' : `.${'0'.repeat(digits)}`;
  switch (name) {
    case 'date':
      return 'yyyy-mm-dd';
    case 'time':
      return 'hh:mm';
    case 'moment':
      return 'yyyy-mm-dd hh:mm';
    case 'share':
      return `0${decimals}%`;
    case 'points':
      return `+0.0${decimals}%;-0.0${decimals}%;0%`;
    case 'signed':
      return `+#,##0${decimals};-#,##0${decimals};0`;
    case 'money':
      return moneyFormat(currency, language);
    case 'text':
      return '@';
    default:
      return `#,##0${decimals}`;
  }
};

/** Money as people write it: the sign before the figure, or its name after it. */
const moneyFormat = (currency: string | undefined, language: Language): string => {
  const [before = '', after = ''] = figuresOf(language).money(1, currency).split('1');
  return [before && `"${before}"`, '#,##0', after && `"${after}"`].join('');
};

/** Characters of the widest cell, within what a reader can take in. */
const columnWidth = (table: Table, column: FlatColumn): number => {
  const widest = table.rows
    .slice(0, 500)
    .map((row) => column.cell(row))
    .reduce<number>((most, cell) => Math.max(most, typeof cell === 'string' ? widthOf(cell) : 9), 0);
  return Math.min(70, 3 + Math.max(widest, widthOf(column.heading)));
};

const writeTable = (
  loaded: Library,
  sheet: Worksheet,
  name: string,
  table: Table,
  words: RangeHeadings,
  language: Language,
): void => {
  const { Format, Color, FormatBorder, FormatAlign } = loaded;
  const columns = flatColumns(table, words);
  const last = Math.max(1, table.rows.length);
  const rule = (): Color => Color.rgb(0x88_96_a3);
  sheet.setName(name).setFreezePanes(1, 1).setPaperSize(a4).setLandscape().setPrintFitToPages(1, 0);
  sheet.setRepeatRows(0, 0).autofilter(0, 0, last, columns.length - 1);
  const formats = new Map<string, Format>();
  const formatOf = (kind: Kind, fill: string | null): Format => {
    const key = `${kind} ${fill ?? ''}`;
    const known = formats.get(key);
    if (known !== undefined) return known;
    const plain = new Format()
      .setNumFormat(numberFormat(kind, table.currency, language))
      .setAlign(isFigure(kind) ? FormatAlign.Right : FormatAlign.Left)
      .setAlign(FormatAlign.Top);
    const made = kindOf(kind).name === 'text' ? plain.setTextWrap() : plain;
    const format = fill === null ? made : filled(loaded, made, fill);
    formats.set(key, format);
    return format;
  };
  for (const [c, column] of columns.entries()) {
    const heading = new Format()
      .setBold()
      .setTextWrap()
      .setBackgroundColor(Color.rgb(headFill))
      .setFontColor(Color.rgb(ink))
      .setBorderBottom(FormatBorder.Thin)
      .setBorderBottomColor(rule())
      .setAlign(isFigure(column.kind) ? FormatAlign.Right : FormatAlign.Left);
    sheet.writeStringWithFormat(0, c, column.heading, heading).setColumnWidth(c, columnWidth(table, column));
    for (const [r, row] of table.rows.entries()) {
      const kind = kindAt(table, r, column.at);
      const fill = table.fills?.[r]?.[column.at] ?? null;
      writeCell(sheet, r + 1, c, column.cell(row), kind, formatOf(kind, fill));
    }
  }
  if (table.chart !== undefined)
    sheet.insertChart(1, columns.length + 1, chartOf(loaded, table, table.chart, name, columns));
};

/** A cell behind which a colour lies: dark ones are written on in white. */
const filled = ({ Color, FormatAlign }: Library, format: Format, fill: string): Format => {
  const coloured = format.setBackgroundColor(Color.parse(fill)).setAlign(FormatAlign.Center);
  return Number.parseInt(fill.slice(1, 3), 16) < 128
    ? coloured.setFontColor(Color.rgb(0xff_ff_ff)).setBold()
    : coloured;
};

const writeCell = (
  sheet: Worksheet,
  row: number,
  column: number,
  value: string | number | null,
  kind: Kind,
  format: Format,
): void => {
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return;
  const number = typeof value === 'number' ? value : daySerial(value, kindOf(kind).name);
  if (number === undefined) sheet.writeStringWithFormat(row, column, String(value), format);
  else sheet.writeNumberWithFormat(row, column, number, format);
};

const chartOf = (
  {
    Chart: ChartMaker,
    ChartType,
    ChartSeries,
    ChartRange,
    ChartFormat,
    ChartLine,
    ChartLineDashType,
    Color,
    ChartLegendPosition,
  }: Library,
  table: Table,
  { title, lines }: NonNullable<Table['chart']>,
  sheet: string,
  columns: readonly FlatColumn[],
): Chart => {
  const chart = new ChartMaker(ChartType.Line);
  const range = (column: number) => ChartRange.newFromRange(sheet, 1, column, table.rows.length, column);
  for (const { column, colour, dashed } of lines) {
    const drawn = new ChartLine().setColor(Color.parse(colour)).setWidth(dashed === true ? 1 : 1.75);
    const line = dashed === true ? drawn.setDashType(ChartLineDashType.Dash) : drawn;
    chart.pushSeries(
      new ChartSeries()
        .setName(columns[column]?.heading ?? '')
        .setCategories(range(0))
        .setValues(range(column))
        .setFormat(new ChartFormat().setLine(line)),
    );
  }
  chart.title().setName(title);
  chart.legend().setPosition(ChartLegendPosition.Bottom);
  chart.xAxis().setNumFormat('mm-dd hh:mm');
  chart.yAxis().setMin(0).setNumFormat('#,##0');
  return chart.setWidth(1100).setHeight(420).setAltText(title);
};

/** The day that spreadsheets count from, in days since 1970. */
const firstDay = Date.UTC(1899, 11, 30);

/**
 * A date, clock time or wall clock as a spreadsheet counts it: days since the end of 1899, with fractions of a day.
 * Undefined for what is none, such as words or a shift's end on the next day ('+1 06:00').
 */
const daySerial = (written: string, kind: KindName): number | undefined => {
  if (kind === 'time') {
    const clock = /^(\d{2}):(\d{2})$/.exec(written);
    return clock === null ? undefined : (60 * Number(clock[1]) + Number(clock[2])) / 1440;
  }
  if (kind !== 'date' && kind !== 'moment') return undefined;
  const millis = Date.parse(kind === 'date' ? `${written}T00:00:00Z` : `${written.slice(0, 16)}:00Z`);
  return Number.isNaN(millis) ? undefined : (millis - firstDay) / dayMillis;
};
