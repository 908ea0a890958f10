import type { Solver } from '../../kernel/ports.ts';
import { type CoverPrices, rewardedCells } from '../columns/descend-prices.ts';
import { generateColumns } from '../columns/generate-columns.ts';
import {
  type Column,
  type ColumnPool,
  createColumnPool,
  type MasterFrame,
  masterProgramme,
} from '../columns/master-programme.ts';
import type { LineCost } from '../line/line-cost.ts';
import type { LineFinder } from '../line/line-finder.ts';
import { type LineModel, withCells } from '../line/line-model.ts';
import type { RosterModel } from '../roster-model.ts';
import type { RosterState } from './roster-state.ts';

export interface PartLimits {
  readonly solver: Solver;
  readonly roster: number;
  readonly width: number;
  /** Rounds of column generation for the part. */
  readonly rounds: number;
  /** Most nodes of branch and bound, and seconds where a clock is watched. */
  readonly nodes: number;
  readonly seconds?: number | undefined;
  /** Prices of cover from the whole roster, and the box around them. */
  readonly near: Float64Array;
  readonly reach: number;
  /** Smallest difference that two rosters' prices can have. */
  readonly unit: number;
  readonly finders: readonly LineFinder[];
  readonly costs: readonly LineCost[];
  readonly shouldStop?: (() => boolean) | undefined;
}

/** People and days that are rostered again. */
interface RosterPart {
  readonly people: readonly number[];
  readonly from: number;
  readonly until: number;
}

/** New lines of some people, `proved` where no better ones exist beside the others. */
interface PartAnswer {
  readonly lines: readonly Column[];
  readonly isProved: boolean;
}

const onDutyWithout = (
  model: RosterModel,
  state: RosterState,
  { people, from, until }: RosterPart,
): Int32Array => {
  const { days, cover } = model;
  const onDuty = Int32Array.from(state.counts);
  for (const person of people) {
    const group = cover.groupOf[person] as number;
    for (let day = from; day < until; day += 1) {
      const option = state.lines[person * days + day] as number;
      if (option === 0 || group < 0) continue;
      const at = (day * cover.shifts + option - 1) * cover.groups + group;
      onDuty[at] = (onDuty[at] as number) - 1;
    }
  }
  return onDuty;
};

const costOfPart = (model: RosterModel, state: RosterState, { people, from, until }: RosterPart): number => {
  let sum = 0;
  for (const person of people) sum += state.lineCosts[person] as number;
  const { cover } = model;
  for (let slot = from * cover.shifts; slot < until * cover.shifts; slot += 1)
    sum += cover.cost(slot, state.counts, slot * cover.groups);
  return sum;
};

/** People's models in which the days outside the part stay as they are. */
const linesWithin = (model: RosterModel, state: RosterState, part: RosterPart): Map<number, LineModel> => {
  const within = new Map<number, LineModel>();
  for (const person of part.people) {
    const line = model.lines[person] as LineModel;
    const cell = Float64Array.from(line.cell);
    for (let day = 0; day < line.days; day += 1) {
      if (day >= part.from && day < part.until) continue;
      const stays = state.lines[person * line.days + day] as number;
      for (let option = 0; option < line.options; option += 1)
        if (option !== stays) cell[day * line.options + option] = Infinity;
    }
    within.set(person, withCells(line, cell));
  }
  return within;
};

/** Lines known so far with the part's days from them and the others as they are. */
const splicedPool = (
  model: RosterModel,
  state: RosterState,
  pool: ColumnPool,
  { people, from, until }: RosterPart,
  costs: readonly LineCost[],
): ColumnPool => {
  const ofPart = createColumnPool(model);
  const isIn = new Set(people);
  for (const person of people)
    ofPart.add({
      person,
      line: state.lines.slice(person * model.days, (person + 1) * model.days),
      cost: state.lineCosts[person] as number,
    });
  for (const { person, line } of pool.columns) {
    if (!isIn.has(person)) continue;
    const spliced = state.lines.slice(person * model.days, (person + 1) * model.days);
    spliced.set(line.subarray(from, until), from);
    const cost = (costs[person] as LineCost)(spliced);
    if (cost < Infinity) ofPart.add({ person, line: spliced, cost });
  }
  return ofPart;
};

/**
 * Rosters some people again while the others stay: columns for the part, then the best choice among those that can
 * still better it (their reduced price is below the gap), by branch and bound from the lines that there are.
 */
export const improvePart = async (
  model: RosterModel,
  state: RosterState,
  known: ColumnPool,
  part: RosterPart,
  limits: PartLimits,
): Promise<PartAnswer> => {
  const frame: MasterFrame = { ...part, onDuty: onDutyWithout(model, state, part) };
  const today = costOfPart(model, state, part);
  const within = linesWithin(model, state, part);
  const pool = splicedPool(model, state, known, part, limits.costs);
  const lineOf = (person: number): Uint8Array =>
    state.lines.slice(person * model.days, (person + 1) * model.days);
  const generated = await generateColumns(model, pool, frame, {
    ...limits,
    parallel: undefined,
    linesPerPerson: 4,
    lineOf: (person) => within.get(person) as LineModel,
    gap: 1e-6,
  });
  const gap = today - generated.bound - limits.unit;
  const { prices } = generated;
  if (prices === undefined) return { lines: [], isProved: false };
  if (gap < -1e-6) return { lines: [], isProved: true };
  const columns = promising(model, pool, within, prices, limits, gap, lineOf);
  const { programme } = masterProgramme(model, columns, frame, true);
  const answer = await limits.solver.solve(programme, {
    gap: 0,
    nodes: limits.nodes,
    ...(limits.seconds === undefined ? {} : { seconds: limits.seconds }),
    start: programmeStart(model, state, programme.columns, columns, frame),
  });
  if (answer.x.length === 0) return { lines: [], isProved: false };
  return {
    lines: columns.filter((_, index) => (answer.x[index] as number) > 0.5),
    isProved: false,
  };
};

/** Columns whose reduced price leaves room for a better roster, and the lines that people have. */
const promising = (
  model: RosterModel,
  pool: ColumnPool,
  within: ReadonlyMap<number, LineModel>,
  prices: CoverPrices,
  { finders, width }: PartLimits,
  gap: number,
  lineOf: (person: number) => Uint8Array,
): Column[] => {
  const lines = new Map([...within.keys()].map((person) => [person, lineOf(person)]));
  const worth = (person: number): Float64Array =>
    prices.perGroup[model.cover.groupOf[person] as number] as Float64Array;
  const least = new Map<number, number>();
  for (const [person, line] of within) {
    const cells = rewardedCells(line.cell, line.options, worth(person));
    const find = finders[person] as LineFinder;
    least.set(person, find(cells, { below: Infinity, lines: 1, width }).bound);
  }
  return pool.columns.filter(({ person, line, cost }) => {
    let reduced = cost - (least.get(person) as number);
    const perSlot = worth(person);
    for (const [day, option] of line.entries())
      if (option > 0) reduced -= perSlot[day * model.cover.shifts + option - 1] as number;
    return reduced <= gap + 1e-6 || sameLine(line, lines.get(person) as Uint8Array);
  });
};

const sameLine = (a: Uint8Array, b: Uint8Array): boolean => a.every((option, day) => option === b[day]);

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
