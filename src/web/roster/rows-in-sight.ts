import { useCallback, useLayoutEffect, useState, type RefObject } from 'react';

/** Up to so many rows are all drawn: beyond them only those in sight, for scrolling stays smooth. */
const allBelow = 150;
/** Rows drawn above and below those in sight: as far as a key or a turn of the wheel goes. */
const beside = 20;
/** Rows by which the drawn ones move at once. */
const step = 10;
/** Pixels, until a row has been measured. */
const usualHeight = 26;

/** A row that is drawn, or `skipped` rows in the place of which there is empty room of `height` pixels. */
export type RowInSight =
  { readonly row: number } | { readonly row: number; readonly skipped: number; readonly height: number };

/** Which of many rows are drawn: those in sight, some beside them, and the one that has the keys. */
export const rowsInSight = (
  count: number,
  top: number,
  inSight: number,
  kept: number,
  rowHeight: number,
): RowInSight[] => {
  const from = count <= allBelow ? 0 : Math.max(0, top - beside);
  const until = count <= allBelow ? count : Math.min(count, top + inSight + beside);
  const drawn = [
    ...new Set([kept, ...Array.from({ length: Math.max(0, until - from) }, (_, at) => from + at)]),
  ]
    .filter((row) => row >= 0 && row < count)
    .sort((a, b) => a - b);
  const rows: RowInSight[] = [];
  let next = 0;
  for (const row of [...drawn, count]) {
    if (row > next) rows.push({ row: next, skipped: row - next, height: (row - next) * rowHeight });
    if (row < count) rows.push({ row });
    next = row + 1;
  }
  return rows;
};

/** The rows of a scrolling box that are drawn, moving as it is scrolled. */
export const useRowsInSight = (
  box: RefObject<HTMLElement | null>,
  count: number,
  kept: number,
): { readonly rows: readonly RowInSight[]; readonly onScroll: () => void } => {
  const [{ top, inSight, rowHeight }, setSight] = useState({ top: 0, inSight: 40, rowHeight: usualHeight });
  const look = useCallback(() => {
    const element = box.current;
    if (element === null) return;
    const height = element.querySelector<HTMLElement>('tbody tr[aria-rowindex]')?.offsetHeight ?? usualHeight;
    const first = Math.floor(element.scrollTop / height / step) * step;
    const seen = Math.ceil(element.clientHeight / height) + step;
    setSight((before) =>
      before.top === first && before.inSight === seen && before.rowHeight === height
        ? before
        : { top: first, inSight: seen, rowHeight: height },
    );
  }, [box]);
  useLayoutEffect(look, [look, count]);
  return { rows: rowsInSight(count, top, inSight, kept, rowHeight), onScroll: look };
};
