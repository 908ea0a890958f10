import type { LabourRule } from '../../contract/models/labour-rules-model.ts';
import { noMost, type LineTally } from '../line/line-tally.ts';
import type { RosterPerson } from '../roster-problem.ts';
import { priceOf, type LineDraft } from './rule-scene.ts';

interface Sum {
  /** What a shift of a day adds, whole units. */
  readonly weight: (day: number, shift: number) => number;
  readonly offWeight?: number;
  /** Window of a day, from 0; -1 for none. Absent: one window. */
  readonly window?: (day: number) => number;
  readonly least?: (window: number) => number | undefined;
  readonly most?: (window: number) => number | undefined;
  readonly carried?: number;
  readonly group?: (day: number) => number;
}

/**
 * Adds a rule's sum to a person's line. The price is per unit of the sum. `key` names what is summed: sums with
 * the same key in one scene share their weights.
 */
export const addSum = (draft: LineDraft, key: string, pricePerUnit: number, sum: Sum): void => {
  const { days } = draft.scene;
  const window = Int32Array.from({ length: days }, (_, day) => sum.window?.(day) ?? 0);
  const windows = Math.max(0, ...window) + 1;
  const bounds = (limit: ((at: number) => number | undefined) | undefined, none: number): Int32Array =>
    Int32Array.from({ length: windows }, (_, at) => {
      const value = limit?.(at);
      return value === undefined ? none : Math.max(0, Math.round(value));
    });
  const tally: LineTally = {
    weight: weightsOf(draft, key, sum),
    window,
    least: bounds(sum.least, 0),
    most: bounds(sum.most, noMost),
    leastPrice: sum.least === undefined ? 0 : pricePerUnit,
    mostPrice: sum.most === undefined ? 0 : pricePerUnit,
    carried: Math.max(0, Math.round(sum.carried ?? 0)),
    group:
      sum.group === undefined
        ? undefined
        : Int32Array.from({ length: days }, (_, day) => sum.group?.(day) ?? -1),
  };
  draft.tallies.push(tally);
};

const weightsOf = ({ scene }: LineDraft, key: string, { weight, offWeight = 0 }: Sum): Int32Array => {
  const found = scene.weights.get(key);
  if (found !== undefined) return found;
  const { days, options } = scene;
  const made = Int32Array.from({ length: days * options }, (_, at) => {
    const option = at % options;
    return option === 0 ? offWeight : weight(Math.floor(at / options), option - 1);
  });
  scene.weights.set(key, made);
  return made;
};

export const minutesOf =
  (draft: LineDraft) =>
  (_day: number, shift: number): number =>
    draft.scene.problem.shifts[shift]?.workMinutes ?? 0;

/** Price per minute of a rule that is priced per hour. */
export const pricePerMinute = (rule: LabourRule): number => priceOf(rule) / 60;

/** Minutes of a number of full-time hours for this person. */
export const shareOfHours = (person: RosterPerson, hours: number | undefined): number | undefined =>
  hours === undefined ? undefined : Math.round(hours * 60 * person.contractShare);

/** Days of leave in a window of days. */
export const leaveDays = (person: RosterPerson, days: number, isIn: (day: number) => boolean): number =>
  new Set(person.unavailable.filter((day) => day >= 0 && day < days && isIn(day))).size;
