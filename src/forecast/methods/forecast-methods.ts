import type { ForecastMethod } from './forecast-method.ts';
import { harmonicRegression } from './harmonic-regression.ts';
import { holtWinters } from './holt-winters.ts';
import { lowRank } from './low-rank.ts';
import { ruleMethod } from './plain-rules.ts';
import { poissonRegression, poissonTrend } from './poisson-regression.ts';

/** Methods that forecast slots directly. */
const slotMethods = {
  'seasonal-naive': ruleMethod('seasonal-naive'),
  'weekday-mean': ruleMethod('weekday-mean'),
  'weekday-median': ruleMethod('weekday-median'),
  'holt-winters': holtWinters,
  'harmonic-regression': harmonicRegression,
  'poisson-regression': poissonRegression,
  'poisson-trend': poissonTrend,
  'low-rank': lowRank,
} satisfies Readonly<Record<string, ForecastMethod>>;

/** Forms of the day's level that can be asked for alone: src/forecast/level/level-forms.ts has them. */
const levelForms = ['day-level', 'day-level-trend', 'calendar-regression'] as const;

const namesOf = <Name extends string>(table: Readonly<Record<Name, unknown>>): readonly Name[] =>
  Object.keys(table) as Name[];

/** What can be asked for by name, as help lists it; `auto` mixes several on evidence. */
export const methodNames = Object.freeze([...namesOf(slotMethods), ...levelForms]);

export type MethodName = (typeof methodNames)[number];

/** The method of that name that forecasts slots directly; undefined of a form of the day's level, and of their mix. */
export const slotMethod = (name: 'auto' | MethodName): ForecastMethod | undefined =>
  new Map<string, ForecastMethod>(Object.entries(slotMethods)).get(name);
