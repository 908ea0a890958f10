import type { Tour } from './cover-problem.ts';
import type { PlannedShift, PreviousShifts, ShiftsMoved } from './cover-request.ts';
import type { ShiftGrid } from './shift-grid.ts';

type Shift = PreviousShifts['shifts'][number];

/** A tier's earlier shifts on the grid, one by one; those that no template allows any more are left out. */
export const toursOf = (grid: ShiftGrid, tier: string, shifts: readonly Shift[]): Tour[] => {
  const slotAt = new Map(grid.clock.map(({ date, minute }, slot) => [`${date} ${minute}`, slot]));
  return shifts
    .filter((shift) => shift.tier === tier)
    .flatMap((shift) => {
      const type = grid.templates.findIndex(({ template }) => template.template === shift.template);
      const start = slotAt.get(`${shift.date} ${shift.startMinute}`) ?? -1;
      const laid = grid.templates[type];
      if (laid === undefined || !laid.starts.includes(start)) return [];
      const offsets = laid.breaks.map((pause) => breaksIn(grid, shift, pause));
      return Array.from({ length: shift.operators }, (_, n) => ({
        type,
        start,
        breakOffsets: laid.breaks.map(({ earliest }, k) => offsets[k]?.[n] ?? earliest),
      }));
    });
};

/** Offsets in slots of the breaks that lie in a window, one per operator: windows do not overlap. */
const breaksIn = (
  grid: ShiftGrid,
  shift: Shift,
  window: ShiftGrid['templates'][number]['breaks'][number],
): number[] =>
  shift.breaks.flatMap(({ startMinute, minutes, operators }) => {
    const offset = (startMinute - shift.startMinute) / grid.slotMinutes;
    const isOwn =
      minutes === window.lengthSlots * grid.slotMinutes &&
      offset >= window.earliest &&
      offset <= window.latest;
    return isOwn ? Array.from({ length: operators }, () => offset) : [];
  });

/** What became of earlier shifts: operators by tier, date, template and start. */
export const compareShifts = (before: readonly Shift[], after: readonly PlannedShift[]): ShiftsMoved => {
  const key = ({ tier, date, template, startMinute }: Shift): string =>
    [date, tier, template, startMinute].join(' ');
  const was = new Map(before.map((shift) => [key(shift), shift]));
  const is = new Map(after.map((shift) => [key(shift), shift]));
  const days = new Map<string, { added: number; removed: number }>();
  let kept = 0;
  let breaks = 0;
  for (const each of new Set([...was.keys(), ...is.keys()])) {
    const [one, other] = [was.get(each), is.get(each)];
    const [had, has] = [one?.operators ?? 0, other?.operators ?? 0];
    kept += Math.min(had, has);
    if (had === has) breaks += breaksMoved(one?.breaks ?? [], other?.breaks ?? []);
    const date = each.slice(0, 10);
    const day = days.get(date) ?? { added: 0, removed: 0 };
    days.set(date, {
      added: day.added + Math.max(0, has - had),
      removed: day.removed + Math.max(0, had - has),
    });
  }
  const changed = [...days.entries()]
    .filter(([, { added, removed }]) => added + removed > 0)
    .map(([date, change]) => ({ date, ...change }))
    .toSorted((a, b) => a.date.localeCompare(b.date));
  return {
    kept,
    added: changed.reduce((sum, { added }) => sum + added, 0),
    removed: changed.reduce((sum, { removed }) => sum + removed, 0),
    breaks,
    days: changed,
  };
};

const breaksMoved = (before: Shift['breaks'], after: Shift['breaks']): number => {
  const now = new Map(
    after.map(({ startMinute, minutes, operators }) => [`${startMinute} ${minutes}`, operators]),
  );
  return before.reduce(
    (sum, { startMinute, minutes, operators }) =>
      sum + Math.max(0, operators - (now.get(`${startMinute} ${minutes}`) ?? 0)),
    0,
  );
};
