import type { SheetRow } from './sheet-row.ts';

const unit =
  /^(?:[(（[【]\s*(?<inside>[^()（）[\]【】]{1,8})\s*[)）\]】]|次|个|通|人|秒|分|分钟|小时|毫秒|%|s|sec|seconds?|min|minutes?|ms|calls?)$/i;

/** Rows among which the row of units is looked for. */
const searchRows = 20;

/**
 * A table that has a row of units below its headings, `(次)`, `(秒)`: each heading with its unit, in one row on the
 * units' line. Any other table comes back as it is.
 */
export const withUnitsInHeadings = (head: readonly SheetRow[]): readonly SheetRow[] => {
  const at = head.slice(0, searchRows).findIndex(({ cells }, i) => {
    const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
    const headed = (head[i - 1]?.cells ?? []).filter((cell) => cell.trim() !== '').length;
    return headed > 1 && filled.length > 0 && filled.every((cell) => unit.test(cell));
  });
  const [headings, units] = [head[at - 1], head[at]];
  if (at < 1 || headings === undefined || units === undefined) return head;
  const cells = headings.cells.map((heading, i) => {
    const own = (units.cells[i] ?? '').trim();
    return own === '' ? heading : `${heading}(${unit.exec(own)?.groups?.['inside'] ?? own})`;
  });
  return [...head.slice(0, at - 1), { line: units.line, cells }, ...head.slice(at + 1)];
};

/** A text that heads something and is no figure. */
const isName = (cell: string): boolean => cell !== '' && !/^[-+\d.,:%/\s]+$/.test(cell);

const saysMean = /平均|均值|人均|\b(?:average|avg|mean)\b/i;
const inBrackets = /[(（[【][^()（）[\]【】]*[)）\]】]\s*$/;

/**
 * A table whose headings stand in two rows, groups above (“average duration (s)” over “talk” and “after-call work”) and
 * columns that need none through both: each column's own heading in one row, on the lower one's line. What is the
 * average of a group is one of each of its columns; a heading that says nothing by itself (`means`) takes its group's
 * words. Any other table comes back as it is.
 */
export const withGroupsInHeadings = (
  head: readonly SheetRow[],
  means: (heading: string) => boolean,
): readonly SheetRow[] => {
  for (let at = 0; at + 1 < Math.min(searchRows, head.length); at += 1) {
    const cells = joined(
      (head[at]?.cells ?? []).map((cell) => cell.trim()),
      (head[at + 1]?.cells ?? []).map((cell) => cell.trim()),
      means,
    );
    if (cells !== undefined)
      return [...head.slice(0, at), { line: head[at + 1]?.line ?? 0, cells }, ...head.slice(at + 2)];
  }
  return head;
};

/** The headings of two rows in one; undefined where they are no groups over columns. */
const joined = (
  upper: readonly string[],
  lower: readonly string[],
  means: (heading: string) => boolean,
): string[] | undefined => {
  const below = lower.filter((cell) => cell !== '');
  if (below.length < 2 || new Set(below).size < below.length) return undefined;
  if (![...below, ...upper.filter((cell) => cell !== '')].every(isName)) return undefined;
  const width = Math.max(upper.length, lower.length);
  let [group, groups, through] = ['', 0, 0];
  const cells = Array.from({ length: width }, (_, i) => {
    const [above, own] = [upper[i] ?? '', lower[i] ?? ''];
    if (above !== '') group = above;
    if (own === '') {
      if (above !== '') through += 1;
      return above;
    }
    // A group stands over its first column, and over others beside it.
    if (above === '') groups += 1;
    return group === '' ? own : ofGroup(group, own, means);
  });
  return groups > 0 && through > 0 ? cells : undefined;
};

const ofGroup = (group: string, own: string, means: (heading: string) => boolean): string => {
  const unit = inBrackets.test(own) ? '' : (inBrackets.exec(group)?.[0] ?? '');
  const bare = group.replace(inBrackets, '').trim();
  if (saysMean.test(bare) && !saysMean.test(own))
    return /\p{Script=Han}/u.test(own) ? `平均${own}${unit}` : `average ${own}${unit}`;
  const [named] = [own, `${bare}${own}`, `${own}${bare}`].filter(means);
  return `${named ?? own}${unit}`;
};
