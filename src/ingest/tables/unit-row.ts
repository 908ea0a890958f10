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
