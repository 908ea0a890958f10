import type { ShiftsModel } from '../contract/models/shifts-model.ts';
import type { Horizon } from '../kernel/hotline.ts';
import { localClock, type PlainDate } from '../kernel/time.ts';
import { minuteOf } from '../kernel/time-window.ts';
import { valueAt } from '../kernel/value-at.ts';
import type { ShiftBreak } from './cover-problem.ts';

type Template = ShiftsModel['templates'][number];

/** A template on the grid, before a tier gives it a price. */
interface GridTemplate {
  readonly template: Template;
  readonly lengthSlots: number;
  readonly starts: Int32Array;
  readonly breaks: readonly ShiftBreak[];
  /** Hours paid per operator, times the template's cost factor. */
  readonly pricedHours: number;
  /** Hours paid per operator. */
  readonly paidHours: number;
}

/** The horizon cut into slots fine enough for every start and break of the templates. */
export interface ShiftGrid {
  readonly slotMinutes: number;
  readonly slots: number;
  readonly slotsPerInterval: number;
  /** Local date and minute at which a slot starts. */
  readonly clock: readonly { readonly date: PlainDate; readonly minute: number }[];
  readonly templates: readonly GridTemplate[];
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));

/** Finest slot that is worth its size: a finer wish is rounded to it. */
const finestSlotMinutes = 5;

const chooseSlotMinutes = (horizon: Horizon, templates: readonly Template[]): number => {
  const wishes = templates.flatMap((template) => [
    template.startEveryMinutes,
    minuteOf(template.earliestStart),
    Math.round(template.hours * 60),
    ...template.breaks.flatMap((pause) => [
      pause.minutes,
      Math.round(pause.earliestHours * 60),
      Math.round(pause.latestHours * 60),
    ]),
  ]);
  const divisor = wishes.reduce(commonDivisor, horizon.intervalMinutes);
  return divisor >= finestSlotMinutes ? divisor : commonDivisor(horizon.intervalMinutes, finestSlotMinutes);
};

/**
 * Lays templates out on the horizon. Starts are local clock times, found slot by slot, so a night on which
 * clocks change keeps the right starts. Templates longer than the horizon have no starts, and where `open` says when the
 * line is open (1 for each interval) shifts keep within these hours.
 */
export const layOutShifts = (horizon: Horizon, shifts: ShiftsModel, open?: Uint8Array): ShiftGrid => {
  const slotMinutes = chooseSlotMinutes(horizon, shifts.templates);
  const slotsPerInterval = horizon.intervalMinutes / slotMinutes;
  const slots = horizon.count * slotsPerInterval;
  const localTime = localClock(horizon.zone);
  const clock = Array.from({ length: slots }, (_, slot) =>
    localTime(horizon.startMillis + slot * slotMinutes * 60_000),
  );
  const templates = shifts.templates.map((template): GridTemplate => {
    const lengthSlots = Math.max(1, Math.round((template.hours * 60) / slotMinutes));
    const unpaidMinutes = template.breaks.reduce((sum, b) => sum + (b.paid ? 0 : b.minutes), 0);
    const paidHours = template.hours - unpaidMinutes / 60;
    const mayStart = startRule(template);
    const starts = clock.flatMap(({ minute }, slot) => (mayStart(minute) ? [slot] : []));
    return {
      template,
      lengthSlots,
      starts: Int32Array.from(lengthSlots <= slots ? starts : []),
      breaks: layOutBreaks(template, slotMinutes, lengthSlots),
      pricedHours: paidHours * template.costFactor,
      paidHours,
    };
  });
  const isOpen = Array.from(
    { length: slots },
    (_, slot) => open?.[Math.floor(slot / slotsPerInterval)] !== 0,
  );
  return {
    slotMinutes,
    slots,
    slotsPerInterval,
    clock,
    templates: withinHours(templates, workedThrough(isOpen, slotMinutes), isOpen),
  };
};

/** A closure this long or shorter is a line's lunch: shifts may span it. */
const lunchMinutes = 180;

/** Slots that are open or lie in a closure short enough to be worked through. */
const workedThrough = (isOpen: readonly boolean[], slotMinutes: number): boolean[] => {
  const slots = isOpen.length;
  const most = lunchMinutes / slotMinutes;
  const through = [...isOpen];
  for (const [slot, was] of isOpen.entries()) {
    if (!was) continue;
    let closed = 1;
    while (closed <= most && isOpen[(slot + 1 + closed) % slots] === false) closed += 1;
    if (closed > most) continue;
    for (let k = 1; k <= closed; k += 1) through[(slot + k) % slots] = true;
  }
  return through;
};

/**
 * Starts whose shifts lie within opening hours. Open slots that no such shift reaches keep the starts of those that
 * reach them and lie least beyond: a line may be open for less than its shortest shift.
 */
const withinHours = (
  templates: readonly GridTemplate[],
  through: readonly boolean[],
  isOpen: readonly boolean[],
): readonly GridTemplate[] => {
  const slots = isOpen.length;
  if (isOpen.every(Boolean)) return templates;
  // The horizon is cyclic: closed slots before each slot of two rounds.
  const closed = Int32Array.from({ length: 2 * slots + 1 });
  for (let at = 0; at < 2 * slots; at += 1)
    closed[at + 1] = valueAt(closed, at) + (through[at % slots] === true ? 0 : 1);
  const beyond = (start: number, length: number): number =>
    valueAt(closed, start + length) - valueAt(closed, start);
  const least = new Float64Array(slots).fill(Infinity);
  for (const { starts, lengthSlots } of templates)
    for (const start of starts)
      for (let at = start; at < start + lengthSlots; at += 1)
        least[at % slots] = Math.min(valueAt(least, at % slots), beyond(start, lengthSlots));
  const isNeeded = (start: number, length: number): boolean => {
    const own = beyond(start, length);
    if (own === 0) return true;
    for (let at = start; at < start + length; at += 1)
      if (isOpen[at % slots] === true && valueAt(least, at % slots) === own) return true;
    return false;
  };
  return templates.map((one) => ({
    ...one,
    starts: one.starts.filter((start) => isNeeded(start, one.lengthSlots)),
  }));
};

const startRule = (template: Template): ((minute: number) => boolean) => {
  const earliest = minuteOf(template.earliestStart);
  const span = (minuteOf(template.latestStart) - earliest + 1440) % 1440;
  return (minute) => {
    const after = (minute - earliest + 2880) % 1440;
    return after <= span && after % template.startEveryMinutes === 0;
  };
};

/**
 * Breaks in order, on the grid, within the shift. Windows that could overlap are cut at the later one's
 * opening (or as far as they can be), so that any choice within them is possible for one person.
 */
const layOutBreaks = (template: Template, slotMinutes: number, lengthSlots: number): ShiftBreak[] => {
  const ordered = [...template.breaks].sort((a, b) => a.earliestHours - b.earliestHours);
  const laid: ShiftBreak[] = [];
  let free = 0;
  for (const [k, pause] of ordered.entries()) {
    const length = Math.max(1, Math.round(pause.minutes / slotMinutes));
    const earliest = Math.max(free, Math.round((pause.earliestHours * 60) / slotMinutes));
    const following = ordered[k + 1];
    const opening =
      following === undefined ? lengthSlots : Math.round((following.earliestHours * 60) / slotMinutes);
    const wished = Math.round((pause.latestHours * 60) / slotMinutes);
    const latest = Math.max(earliest, Math.min(wished, opening - length, lengthSlots - length));
    if (latest + length > lengthSlots) continue;
    laid.push({ lengthSlots: length, earliest, latest });
    free = latest + length;
  }
  return laid;
};
