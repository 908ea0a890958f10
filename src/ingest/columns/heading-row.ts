import { isDressing } from '../tables/decoration-rows.ts';
import type { SheetRow } from '../tables/sheet-row.ts';
import { normalHeading, shownHeading } from './headings.ts';
import type { SamplesOf } from './suggest-columns.ts';

/** Rows among which a heading is looked for: exports often begin with a title. */
export const headingSearchRows = 20;

/** Cells of a column in the rows below a heading, without those that only dress a report. */
export const samplesBelow = (head: readonly SheetRow[], at: number): SamplesOf => {
  let rows: readonly SheetRow[] | undefined;
  return (column) => {
    rows ??= head.slice(at + 1, at + 200).filter(({ cells }) => !isDressing(cells, head[at]?.cells ?? []));
    return rows.map((row) => row.cells[column] ?? '');
  };
};

/** A column by its heading; one that was shown with a person's number hidden is named by what was shown. */
export const columnNamed = (headings: readonly string[], wanted: string): number => {
  const exact = headings.findIndex((heading) => heading.trim() === wanted.trim());
  if (exact >= 0) return exact;
  const alike = headings.findIndex((heading) => normalHeading(heading) === normalHeading(wanted));
  const shown = wanted.includes('*') ? headings.findIndex((each) => shownHeading(each) === wanted) : -1;
  return shown >= 0 ? shown : alike;
};
