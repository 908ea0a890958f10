import type { TiersModel } from '../contract/models/tiers-model.ts';
import type { Tour } from './cover-problem.ts';
import type { PlannedBreak, PlannedShift } from './cover-request.ts';
import type { ShiftGrid } from './shift-grid.ts';

/** Joins operators of a tier who share template and start into one line of the plan, in order of time. */
export const groupShifts = (
  grid: ShiftGrid,
  tier: TiersModel['tiers'][number],
  tours: readonly Tour[],
): PlannedShift[] => {
  const groups = new Map<number, Tour[]>();
  for (const tour of tours) {
    const key = tour.start * grid.templates.length + tour.type;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [tour]);
    else group.push(tour);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => a - b)
    .flatMap(([, group]) => plannedShift(grid, tier, group) ?? []);
};

const plannedShift = (
  grid: ShiftGrid,
  tier: TiersModel['tiers'][number],
  group: readonly Tour[],
): PlannedShift | undefined => {
  const first = group[0];
  if (first === undefined) return undefined;
  const laid = grid.templates[first.type];
  const clock = grid.clock[first.start];
  if (laid === undefined || clock === undefined) return undefined;
  return {
    tier: tier.tier,
    date: clock.date,
    template: laid.template.template,
    startMinute: clock.minute,
    endMinute: clock.minute + laid.lengthSlots * grid.slotMinutes,
    operators: group.length,
    breaks: groupBreaks(grid, first, group, clock.minute),
    cost: group.length * laid.pricedHours * tier.costPerHour,
  };
};

const groupBreaks = (
  grid: ShiftGrid,
  first: Tour,
  group: readonly Tour[],
  startMinute: number,
): PlannedBreak[] => {
  const breaks = grid.templates[first.type]?.breaks ?? [];
  return breaks.flatMap((pause, k) => {
    const counts = new Map<number, number>();
    for (const { breakOffsets } of group) {
      const offset = breakOffsets[k] ?? pause.earliest;
      counts.set(offset, (counts.get(offset) ?? 0) + 1);
    }
    return [...counts.entries()]
      .sort(([a], [b]) => a - b)
      .map(([offset, operators]) => ({
        startMinute: startMinute + offset * grid.slotMinutes,
        minutes: pause.lengthSlots * grid.slotMinutes,
        operators,
      }));
  });
};
