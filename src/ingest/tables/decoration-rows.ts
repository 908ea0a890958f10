import { NameTable } from '../cells/name-table.ts';
import type { RawRow } from './csv-parser.ts';
import { type CellDecoder, cellText } from './text-encoding.ts';

/** Most filled cells of a line of remarks: who made the report, who checked it, when. */
export const mostRemarks = 3;

const remark =
  /^(第\s*\d+\s*页|共\s*\d+\s*页|page\s*\d+(\s*(of|\/)\s*\d+)?$|\(?continued|续表|接上页|转下页|(制表|填表|审核|复核|统计|导出|打印|报表|生成)(人|员|单位|部门|时间|日期)?\s*[:：]|(备注|说明|注)\s*[:：]|printed (on|by)\b|generated (on|by)\b|report (date|time)\b)/i;

/**
 * Tells rows that only dress a printed report: the heading again on a new page, a page number, who made it.
 * They hold no figures of their own. A row is a line of remarks when its first filled cell reads like one and it
 * fills at most three cells; where data end and how long a row is says nothing else.
 */
export const decorationOf = (
  headings: readonly string[],
  decoder: CellDecoder,
): ((row: RawRow) => boolean) => {
  const heading = headings.map((cell) => cell.trim());
  const filled = heading.filter((cell) => cell !== '').length;
  const said = (row: RawRow, cell: number): string => (cellText(row, cell, decoder) ?? '').trim();
  const isHeading = (row: RawRow): boolean => {
    const first = heading.findIndex((cell) => cell !== '');
    if (filled < 2 || first < 0 || said(row, first) !== heading[first]) return false;
    return heading.every((cell, i) => (i < row.count ? said(row, i) : '') === cell);
  };
  const isRemark = (row: RawRow): boolean => {
    let cells = 0;
    let opening = '';
    for (let cell = 0; cell < row.count && cells <= mostRemarks; cell += 1) {
      if ((row.ends[cell] ?? 0) <= (row.starts[cell] ?? 0)) continue;
      const text = said(row, cell);
      if (text === '') continue;
      if (cells === 0) {
        if (!mayOpenRemark(text)) return false;
        opening = text;
      }
      cells += 1;
    }
    return cells > 0 && cells <= mostRemarks && filled > cells && remark.test(opening);
  };
  const mayDress = firstLook(heading, (row, cell) => said(row, cell));
  return (row) => mayDress(row) && (isHeading(row) || isRemark(row));
};

/** Beginnings, in lower case, of what a line of remarks says in letters. */
const openings: ReadonlySet<string> = new Set(['page', 'cont', '(con', 'prin', 'gene', 'repo']);
const lowerCase = (byte: number): number => (byte >= 65 && byte <= 90 ? byte + 32 : byte);

const opensRemark = (bytes: Uint8Array, at: number): boolean => {
  const [a = 0, b = 0, c = 0, d = 0] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
  return openings.has(String.fromCharCode(a, b, c, d).toLowerCase());
};
/** Distinct first cells that a first look remembers. */
const mostRemembered = 1000;

/**
 * Whether a row may dress a report, by the bytes of its first filled cell: nearly every row of data is settled at a glance.
 * What is written beyond ASCII, names of queues mostly, is decoded once.
 */
const firstLook = (
  heading: readonly string[],
  said: (row: RawRow, cell: number) => string,
): ((row: RawRow) => boolean) => {
  const opening = heading.find((cell) => cell !== '') ?? '';
  const first = opening.toLowerCase().charCodeAt(0);
  const suspects = suspectBytes(first);
  const verdicts = new NameTable();
  let remembered = 0;
  const judged = (row: RawRow, cell: number): boolean => {
    const [start, end] = [row.starts[cell] ?? 0, row.ends[cell] ?? 0];
    const known = verdicts.find(row.bytes, start, end);
    if (known >= 0) return known === 1;
    const byte = lowerCase(row.bytes[start] ?? 0);
    const isFull = remembered >= mostRemembered;
    if (isFull && byte < 128 && byte !== first && !opensRemark(row.bytes, start)) return false;
    const text = said(row, cell);
    const may = text === '' || text === opening || remark.test(text);
    if (remembered < mostRemembered) verdicts.remember(row.bytes, start, end, may ? 1 : 0);
    remembered += 1;
    return may;
  };
  return (row) => {
    let cell = 0;
    while (cell < row.count && (row.ends[cell] ?? 0) <= (row.starts[cell] ?? 0)) cell += 1;
    if (cell >= row.count) return true;
    const byte = row.bytes[row.starts[cell] ?? 0] ?? 0;
    // a blank before the text
    return byte === 32 || (suspects[byte] === 1 && judged(row, cell));
  };
};

/** 1 for each byte with which a row that dresses a report may begin. */
const suspectBytes = (first: number): Uint8Array => {
  // p, c, g, r and ( begin what remarks say in letters
  const opens: readonly number[] = [112, 99, 103, 114, 40, first];
  return Uint8Array.from({ length: 256 }, (_, byte) =>
    byte >= 128 || opens.includes(lowerCase(byte)) ? 1 : 0,
  );
};

/** The same of a row that is decoded already, below the given heading. */
export const isDecoration = (cells: readonly string[], heading: readonly string[]): boolean => {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const headed = heading.filter((cell) => cell !== '').length;
  if (headed > 1 && heading.every((cell, i) => (cells[i] ?? '').trim() === cell)) return true;
  return filled.length <= mostRemarks && filled.length < headed && remark.test(filled[0] ?? '');
};

/** Whether a row of the first look tells nothing of the columns below a heading: the heading again, totals, remarks. */
export const isDressing = (cells: readonly string[], heading: readonly string[]): boolean => {
  const opening = cells.find((cell) => cell.trim() !== '')?.trim() ?? '';
  return totalWords.test(opening) || remark.test(opening) || heading.every((cell, i) => cells[i] === cell);
};

/** Cells that say that a row sums others up. */
export const totalWords =
  /^((本|当|全|每|各)?(日|天|周|月|部门|组)?(合计|总计|小计|汇总|总和|均值)|合 计|总 计|平均|日均|日平均|最大值?$|最小值?$|最高值?$|最低值?$|totals?|grand totals?|sub-?totals?|sum|average|avg$|max(imum)?$|min(imum)?$)(?![a-z])/i;

/** What stands where a queue is named and means all of them. */
export const allQueues =
  /^(合计|总计|小计|汇总|(全部|所有)(队列|技能组?)?|total|all( (queues|skills|splits))?|grand total)$/i;

/** A first look that turns nearly every row of data away. */
const mayOpenRemark = (cell: string): boolean => !/^[\d-]/.test(cell);
