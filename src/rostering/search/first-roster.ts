import { createLineFinder, type LineFinder } from '../line/line-finder.ts';
import type { RosterModel } from '../roster-model.ts';
import { responseCells } from './respond.ts';
import { createRosterState } from './roster-state.ts';

/** Partial lines kept per day when a first line is sought, in turn until one is found. */
const widthsFor = (days: number): readonly number[] => (days > 100 ? [30, 300] : [60, 600, 20_000]);

export interface FirstRoster {
  readonly lines: Uint8Array;
  /** People for whom no line keeps every hard rule: they are left off. */
  readonly without: readonly number[];
}

/** One person after the other takes their cheapest line beside those before; those with little choice first. */
export const firstRoster = (model: RosterModel, finders: readonly LineFinder[]): FirstRoster => {
  const { days } = model;
  const people = model.lines.length;
  const state = createRosterState(model, new Uint8Array(people * days));
  const without: number[] = [];
  for (let person = 0; person < people; person += 1) {
    const find = finders[person] ?? createLineFinder(model.lines[person] as RosterModel['lines'][number]);
    const cells = responseCells(model, state, person);
    const line = widthsFor(days)
      .values()
      .map((width) => find(cells, { below: Infinity, lines: 1, width }).lines[0]?.line)
      .find((found) => found !== undefined);
    if (line === undefined) without.push(person);
    else for (const [day, option] of line.entries()) state.put(person, day, option);
    state.keep();
  }
  return { lines: Uint8Array.from(state.lines), without };
};
