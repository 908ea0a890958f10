import type { PlanWorldDocument } from '../../contract/http/plan-world.ts';
import type { RosterDeskDocument } from '../../contract/http/roster-desk.ts';
import type { RosterDocument } from '../../contract/documents/roster-document.ts';
import type { Operation } from '../../kernel/hotline.ts';
import { connectionRate, totalOutcome } from '../../kernel/measures.ts';
import { sliceCapacity, sliceDemand } from '../../kernel/slice-operation.ts';
import { minuteOf } from '../../kernel/time-window.ts';
import { project } from '../../queueing/project.ts';
import { operationOf } from '../divert/operation-of.ts';
import type { DeskEdit, RosterDesk } from './roster-desk.ts';

type Week = RosterDeskDocument['weeks'][number];

/** A day by half-hours, or whatever the plan's intervals are: operators ready as planned and as rostered. */
export interface DayCover {
  readonly starts: readonly number[];
  readonly planned: readonly number[];
  readonly rostered: readonly number[];
}

/** One day of a week of the roster: its first interval and the one after its last. */
const spanOf = ({ horizon }: PlanWorldDocument, weekday: number) => {
  const perDay = Math.round(1440 / horizon.intervalMinutes);
  const from = Math.min(horizon.count, (weekday - 1) * perDay);
  return { from, to: Math.min(horizon.count, from + perDay) };
};

/** Ready operators of each tier in the week, with what the edits take and give. */
export const operatorsWith = (
  desk: RosterDesk,
  document: RosterDocument,
  world: PlanWorldDocument,
  week: Week,
  edits: readonly DeskEdit[],
): ReadonlyMap<string, Float64Array> => {
  const { intervalMinutes, count } = world.horizon;
  const perDay = Math.round(1440 / intervalMinutes);
  const operators = new Map(week.tiers.map((tier) => [tier.tier, Float64Array.from(tier.operators)]));
  const add = ({ person, day }: DeskEdit, option: number, by: number): void => {
    const shift = desk.problem.shifts[option - 1];
    const own = desk.problem.people[person];
    const weekday = document.days[day]?.weekday ?? 1;
    if (shift === undefined || own === undefined) return;
    const duty = document.duties.find(
      ({ operator, date }) => operator === own.person && date === document.days[day]?.date,
    );
    const isOwn = duty?.shift === shift.shift;
    const tier = isOwn ? duty.tier : desk.problem.tiers[Math.max(...own.tiers, 0)];
    const ready = operators.get(tier ?? '');
    const share = week.tiers.find((one) => one.tier === tier)?.ready;
    if (ready === undefined) return;
    const length = shift.dutyMinutes ?? shift.lengthMinutes;
    const start = isOwn ? minuteOf(duty.start) : minuteOf(document.shifts[option - 1]?.starts[0] ?? '00:00');
    const first = (weekday - 1) * perDay + Math.floor(start / intervalMinutes);
    const last = Math.min(count, first + Math.ceil(length / intervalMinutes));
    for (let at = first; at < last; at += 1)
      ready[at] = Math.max(
        0,
        (ready[at] as number) + by * (share?.[at] ?? 1) * (1 - shift.mealMinutes / Math.max(1, length)),
      );
  };
  for (const edit of edits) {
    add(edit, edit.before, -1);
    add(edit, edit.after, 1);
  }
  return operators;
};

/** Operators ready by interval of one day, in all tiers or in one. */
export const dayCover = (
  world: PlanWorldDocument,
  weekday: number,
  operators: ReadonlyMap<string, Float64Array>,
  tier: string | undefined,
): DayCover => {
  const { from, to } = spanOf(world, weekday);
  const tiers = world.tiers.filter((one) => tier === undefined || one.tier === tier);
  const at = Array.from({ length: to - from }, (_, place) => from + place);
  const sum = (of: (name: string, place: number) => number): number[] =>
    at.map((place) => tiers.reduce((total, one) => total + of(one.tier, place), 0));
  const planned = new Map(world.tiers.map((one) => [one.tier, one.operators]));
  return {
    starts: at.map((place) => (place - from) * world.horizon.intervalMinutes),
    planned: sum((name, place) => planned.get(name)?.[place] ?? 0),
    rostered: sum((name, place) => operators.get(name)?.[place] ?? 0),
  };
};

/** Connection rate of one day on mean demand; the day before runs along, since callers come back. */
export const dayRate = (
  world: PlanWorldDocument,
  weekday: number,
  operators: ReadonlyMap<string, Float64Array>,
): number => {
  const operation: Operation = operationOf(world);
  const day = spanOf(world, weekday);
  const from = weekday === 1 ? day.from : spanOf(world, weekday - 1).from;
  const capacity = {
    trunks: operation.capacity.trunks,
    tiers: operation.capacity.tiers.map(({ tier, operators: planned }) => ({
      tier,
      operators: operators.get(tier) ?? planned,
    })),
  };
  const outcome = project({
    demand: sliceDemand(operation.demand, from, day.to),
    capacity: sliceCapacity(capacity, from, day.to),
    policy: operation.policy,
  });
  return connectionRate(totalOutcome(outcome, day.from - from, day.to - from));
};
