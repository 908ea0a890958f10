import type { Column } from '../columns/column-pool.ts';
import type { MasterFrame } from '../columns/master-programme.ts';
import type { RosterModel } from '../roster-model.ts';
import type { RosterState } from './roster-state.ts';

/** The lines that people have, as a start for branch and bound. */
export const programmeStart = (
  model: RosterModel,
  state: RosterState,
  size: number,
  columns: readonly Column[],
  frame: MasterFrame,
): Float64Array => {
  const sameAsNow = (person: number, line: Uint8Array): boolean =>
    line.every((option, day) => option === state.lines[person * model.days + day]);
  const { cover } = model;
  const { groups, tiers, shifts } = cover;
  const start = new Float64Array(size);
  const counts = Int32Array.from(frame.onDuty);
  const placed = new Set<number>();
  for (const [index, { person, line }] of columns.entries()) {
    if (placed.has(person) || !sameAsNow(person, line)) continue;
    placed.add(person);
    start[index] = 1;
    for (let day = frame.from; day < frame.until; day += 1) {
      const option = line[day] as number;
      const at = (day * shifts + option - 1) * groups + (cover.groupOf[person] as number);
      if (option > 0) counts[at] = (counts[at] as number) + 1;
    }
  }
  let column = columns.length;
  for (let slot = frame.from * shifts; slot < frame.until * shifts; slot += 1) {
    const served = cover.assign(slot, counts, slot * groups);
    for (let group = 0; group < groups; group += 1)
      for (let tier = 0; tier < tiers; tier += 1)
        if (cover.price[group * tiers + tier] !== Infinity)
          start[column++] = served[group * tiers + tier] as number;
    for (let tier = 0; tier < tiers; tier += 1) {
      let here = -(cover.operators[slot * tiers + tier] as number);
      for (let group = 0; group < groups; group += 1) here += served[group * tiers + tier] as number;
      start[column++] = Math.max(0, -here);
      start[column++] = Math.max(0, here);
    }
  }
  return start;
};
