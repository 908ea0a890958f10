import { rewardedCells } from '../columns/cover-prices.ts';
import type { RosterModel } from '../roster-model.ts';
import type { RosterState } from './roster-state.ts';

/**
 * A person's prices per day and option when everybody else stays: their own line's, plus what one more of them
 * costs or spares on each slot. The person must be off duty in the state. Exact: the cheapest line under these
 * prices is the person's best answer to the others (rules that bind people together aside).
 */
export const responseCells = (
  model: RosterModel,
  state: RosterState,
  person: number,
  into?: Float64Array<ArrayBuffer>,
): Float64Array => {
  const { cover, days } = model;
  const { groups, shifts } = cover;
  const group = cover.groupOf[person] as number;
  const slots = days * shifts;
  const worth = new Float64Array(slots);
  const line = model.lines[person] as RosterModel['lines'][number];
  if (group >= 0) {
    for (let slot = 0; slot < slots; slot += 1) {
      const at = slot * groups;
      const before = cover.cost(slot, state.counts, at);
      state.counts[at + group] = (state.counts[at + group] as number) + 1;
      worth[slot] = before - cover.cost(slot, state.counts, at);
      state.counts[at + group] = (state.counts[at + group] as number) - 1;
    }
  }
  return rewardedCells(line.cell, line.options, worth, into);
};
