import { makeUpClass } from '../history/day-features.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import type { PrivateEffect } from './day-kernel.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** What a regressor belongs to, as planners read a forecast's parts. */
export type RegressorPart = 'level' | 'weekday' | 'holiday' | 'event' | 'trend' | 'yearly';

/** One explanatory series over history and horizon, and how large its effect may be before evidence (log scale). */
export interface Regressor {
  readonly part: RegressorPart;
  readonly values: Float64Array;
  /** Standard deviation of the effect; of yearly waves and growth it is scaled by evidence. */
  readonly size: number;
}

/** Waves of the year: six tell months apart. */
const waves = 6;
/** Days of history from which the year's shape is looked for. */
const yearlyFrom = 400;
const yearDays = 365.25;

/** Days before the end at which growth may have changed, and the fewest days that must lie before such a bend. */
const bends = [182, 365, 730];
const leastBeforeBend = 100;

const sizes = {
  /** Of a change of growth beside that of the growth itself. */
  bend: 0.4,
  weekday: 1,
  makeUp: 0.3,
  holiday: 0.4,
  holidayOfItsOwn: 0.25,
  after: [0.15, 0.08, 0.05],
  before: 0.1,
  bridge: 0.15,
  event: 0.3,
  jump: 0.5,
} as const;

/** All that may explain a day's log total beside its level. Columns that are 0 throughout the history are left out. */
export const levelRegressors = (
  history: PreparedHistory,
  privateEffects: readonly PrivateEffect[],
): Regressor[] => {
  const { features: f, days, horizon } = history;
  const count = days + horizon;
  const found: Regressor[] = [];
  const add = (part: RegressorPart, size: number, valueOf: (day: number) => number): void => {
    // a plain loop: Float64Array.from with a function takes several times as long
    const values = new Float64Array(count);
    for (let day = 0; day < count; day += 1) values[day] = valueOf(day);
    if (values.subarray(0, days).some((value) => value !== 0)) found.push({ part, size, values });
  };
  for (let weekday = 0; weekday < 7; weekday += 1) {
    add('weekday', sizes.weekday, (day) => (f.weekdayClass[day] === weekday ? 1 : 0));
  }
  add('weekday', sizes.makeUp, (day) => (f.weekdayClass[day] === makeUpClass ? 1 : 0));
  add('holiday', sizes.holiday, (day) => valueAt(f.holiday, day));
  add('holiday', sizes.holiday, (day) => (valueAt(f.weekdayClass, day) >= 5 ? valueAt(f.holiday, day) : 0));
  for (const key of new Set(f.holidayKey)) {
    if (key >= 0)
      add('holiday', sizes.holidayOfItsOwn, (day) =>
        f.holidayKey[day] === key ? valueAt(f.holiday, day) : 0,
      );
  }
  sizes.after.forEach((size, i) => add('holiday', size, (day) => (f.after[day] === i + 1 ? 1 : 0)));
  add('holiday', sizes.before, (day) => valueAt(f.before, day));
  add('holiday', sizes.bridge, (day) => valueAt(f.bridge, day));
  for (const kind of new Set(f.events.map((event) => event.kind))) {
    const ofKind = f.events.filter((event) => event.kind === kind);
    add('event', sizes.event, (day) => ofKind.reduce((sum, event) => sum + valueAt(event.strength, day), 0));
  }
  for (const { from, to } of privateEffects) {
    if (to === Number.POSITIVE_INFINITY) add('level', sizes.jump, (day) => (day >= from ? 1 : 0));
  }
  add('trend', 1, (day) => (day - days) / yearDays);
  for (const ago of bends) {
    if (days - ago > leastBeforeBend)
      add('trend', sizes.bend, (day) => Math.max(0, day - (days - ago)) / yearDays);
  }
  if (days < yearlyFrom) return found;
  for (let wave = 1; wave <= waves; wave += 1) {
    const turn = (day: number): number => (2 * Math.PI * wave * (history.firstDay + day)) / yearDays;
    add('yearly', 1 / wave, (day) => Math.sin(turn(day)));
    add('yearly', 1 / wave, (day) => Math.cos(turn(day)));
  }
  return found;
};
