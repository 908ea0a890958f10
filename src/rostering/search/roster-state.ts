import { createLineTrace } from '../line/line-trace.ts';
import type { RosterModel } from '../roster-model.ts';
import type { CrewRule } from '../rules/rule-scene.ts';

/** What a hard rule that binds people together costs in the search: more than any roster is worth. */
const hardCrewPrice = 100_000;

/**
 * A roster under change: every edit is priced by what it touches. Edits are tried first and then kept or taken
 * back. This is what annealing and the page stand on; the separate evaluator knows nothing of it.
 */
export interface RosterState {
  /** Option per person and day: `[person * days + day]`. */
  readonly lines: Uint8Array;
  /** People on duty: `[slot * groups + group]`. */
  readonly counts: Int32Array;
  readonly lineCosts: Float64Array;
  total(): number;
  /** Puts an option on a person's day; `delta` prices all edits since the last `keep` or `undo`. */
  put(person: number, day: number, option: number): void;
  /** Change of the total by the edits tried; Infinity where a person's hard rule breaks. */
  delta(): number;
  keep(): void;
  undo(): void;
}

export const createRosterState = (model: RosterModel, start: ArrayLike<number>): RosterState => {
  const { days, options, cover, lines: models } = model;
  const { groups, groupOf, shifts } = cover;
  const people = models.length;
  const lines = Uint8Array.from(start);
  const counts = new Int32Array(days * shifts * groups);
  const crews = model.crews.map((crew) => crewState(crew, days, options));
  const traces = models.map((line, person) => createLineTrace(line, lines, person * days));
  const lineCosts = Float64Array.from(traces, (trace) => trace.cost());
  const firstDay = new Int32Array(people).fill(days);
  const lastDay = new Int32Array(people).fill(-1);
  const slotCosts = new Float64Array(days * shifts);
  const crewCosts = new Float64Array(days);
  // Written over move after move: to empty a list would give its memory back, millions of times.
  const editPlace: number[] = [];
  const editBefore: number[] = [];
  const editAfter: number[] = [];
  let edits = 0;
  const touched: number[] = [];
  let touchedPeople = 0;
  /** Edits whose people are counted on their slots; slots and days with their costs before. */
  let counted = 0;
  const slots: number[] = [];
  const slotsBefore: number[] = [];
  let changedSlots = 0;
  const crewDays: number[] = [];
  const crewsBefore: number[] = [];
  let changedCrews = 0;
  let lineSum = 0;
  let sharedSum = 0;
  let pending = 0;
  const move = (person: number, day: number, option: number, by: number): void => {
    const group = groupOf[person] as number;
    if (option > 0 && group >= 0) {
      const at = (day * shifts + option - 1) * groups + group;
      counts[at] = (counts[at] as number) + by;
    }
    for (const crew of crews) crew.move(person, day, option, by);
  };
  const crewCost = (day: number): number => {
    let sum = 0;
    for (const crew of crews) sum += crew.cost(day);
    return sum;
  };
  for (let person = 0; person < people; person += 1)
    for (let day = 0; day < days; day += 1) move(person, day, lines[person * days + day] as number, 1);
  for (const cost of lineCosts) lineSum += cost;
  for (let slot = 0; slot < days * shifts; slot += 1) {
    slotCosts[slot] = cover.cost(slot, counts, slot * groups);
    sharedSum += slotCosts[slot] as number;
  }
  for (let day = 0; day < days; day += 1) {
    crewCosts[day] = crewCost(day);
    sharedSum += crewCosts[day] as number;
  }

  const lookAtSlot = (day: number, option: number): void => {
    if (option === 0) return;
    const slot = day * shifts + option - 1;
    const before = slotCosts[slot] as number;
    const after = cover.cost(slot, counts, slot * groups);
    if (after === before) return;
    slots[changedSlots] = slot;
    slotsBefore[changedSlots] = before;
    changedSlots += 1;
    slotCosts[slot] = after;
    pending += after - before;
  };
  /** Counts people where the edits put them: asked only of edits that keep everybody's hard rules. */
  const count = (): void => {
    if (counted === edits) return;
    const from = counted;
    for (; counted < edits; counted += 1) {
      const place = editPlace[counted] as number;
      const person = Math.floor(place / days);
      const day = place - person * days;
      move(person, day, editBefore[counted] as number, -1);
      move(person, day, editAfter[counted] as number, 1);
    }
    for (let edit = from; edit < counted; edit += 1) {
      const day = (editPlace[edit] as number) % days;
      lookAtSlot(day, editBefore[edit] as number);
      lookAtSlot(day, editAfter[edit] as number);
      if (crews.length === 0) continue;
      const before = crewCosts[day] as number;
      const after = crewCost(day);
      if (after === before) continue;
      crewDays[changedCrews] = day;
      crewsBefore[changedCrews] = before;
      changedCrews += 1;
      crewCosts[day] = after;
      pending += after - before;
    }
  };
  const put = (person: number, day: number, option: number): void => {
    const place = person * days + day;
    const before = lines[place] as number;
    if (before === option) return;
    editPlace[edits] = place;
    editBefore[edits] = before;
    editAfter[edits] = option;
    edits += 1;
    if ((lastDay[person] as number) < 0) {
      touched[touchedPeople] = person;
      touchedPeople += 1;
    }
    if (day < (firstDay[person] as number)) firstDay[person] = day;
    if (day > (lastDay[person] as number)) lastDay[person] = day;
    lines[place] = option;
  };
  const forget = (): void => {
    for (let at = 0; at < touchedPeople; at += 1) {
      const person = touched[at] as number;
      firstDay[person] = days;
      lastDay[person] = -1;
    }
    touchedPeople = 0;
    edits = 0;
    changedSlots = 0;
    changedCrews = 0;
    counted = 0;
    pending = 0;
  };
  return {
    lines,
    counts,
    lineCosts,
    total: () => lineSum + sharedSum,
    put,
    delta: () => {
      let sum = 0;
      for (let at = 0; at < touchedPeople; at += 1) {
        const person = touched[at] as number;
        const trace = traces[person] as (typeof traces)[number];
        const cost = trace.costAfter(firstDay[person] as number, lastDay[person] as number);
        const before = lineCosts[person] as number;
        // From a line that breaks a hard rule, every line that keeps them all is a gain.
        sum += before === Infinity ? (cost === Infinity ? Infinity : -1e9) : cost - before;
        if (sum === Infinity) return sum;
      }
      count();
      return sum + pending;
    },
    keep: () => {
      count();
      for (let at = 0; at < touchedPeople; at += 1) {
        const person = touched[at] as number;
        const trace = traces[person] as (typeof traces)[number];
        trace.follow(firstDay[person] as number);
        const cost = trace.cost();
        lineSum = lineSum === Infinity ? Infinity : lineSum + cost - (lineCosts[person] as number);
        lineCosts[person] = cost;
      }
      sharedSum += pending;
      forget();
      if (!Number.isFinite(lineSum)) lineSum = lineCosts.reduce((sum, cost) => sum + cost, 0);
    },
    undo: () => {
      for (let edit = edits - 1; edit >= 0; edit -= 1) {
        const place = editPlace[edit] as number;
        lines[place] = editBefore[edit] as number;
        if (edit >= counted) continue;
        const person = Math.floor(place / days);
        move(person, place - person * days, editAfter[edit] as number, -1);
        move(person, place - person * days, editBefore[edit] as number, 1);
      }
      for (let at = changedSlots - 1; at >= 0; at -= 1)
        slotCosts[slots[at] as number] = slotsBefore[at] as number;
      for (let at = changedCrews - 1; at >= 0; at -= 1)
        crewCosts[crewDays[at] as number] = crewsBefore[at] as number;
      forget();
    },
  };
};

const crewState = (crew: CrewRule, days: number, options: number) => {
  const size = crew.classes * options;
  const counts = Array.from({ length: days }, () => new Int32Array(size));
  const price = Math.min(crew.price, hardCrewPrice);
  return {
    move: (person: number, day: number, option: number, by: number): void => {
      const kind = crew.classOf[person] as number;
      if (kind < 0) return;
      const row = counts[day] as Int32Array;
      row[kind * options + option] = (row[kind * options + option] as number) + by;
    },
    cost: (day: number): number => crew.broken(counts[day] as Int32Array, day) * price,
  };
};
