import type { PreparedHistory } from '../history/prepare-history.ts';
import type { LevelModel } from './level-model.ts';
import { pseudoOrigins, rollLevels, type RollingLevels } from './rolling-levels.ts';

/** Rolling forecasts as far ahead as is planned. */
export interface FarEvidence {
  readonly rolling: RollingLevels;
  /** Weeks ahead of the last day that is judged, at least 1. */
  readonly judgedWeeks: number;
  /** Number of origins, which are a week apart. */
  readonly weeks: number;
}

/** Weeks over which errors hang together at least, however near they look ahead: a level that is off stays off. */
const leastShared = 3;

/**
 * Weeks that count as one when errors so many weeks ahead are judged: origins are a week apart, so that each shares all
 * but one of its weeks with the next.
 */
export const weeksShared = (judgedWeeks: number): number => Math.max(leastShared, judgedWeeks - 1);

/** How much a week of evidence is worth, 1 near ahead: far ahead it says little that the week before did not. */
export const worthOfWeek = ({ judgedWeeks }: Pick<FarEvidence, 'judgedWeeks'>): number =>
  leastShared / weeksShared(judgedWeeks);

/** Past origins that are replayed at most: a season's worth. */
const mostOrigins = 12;
/** Fewest known days to learn from before the first origin. */
const leastDays = 12;
/** A history is asked about a week ahead for every four weeks that it has, up to a quarter of a year. */
const daysPerJudgedWeek = 28;
const mostJudgedWeeks = 13;

/** Rolling forecasts one week ahead. */
export const rollNear = (history: PreparedHistory, fits: readonly LevelModel[]): RollingLevels =>
  rollLevels(history, fits, pseudoOrigins(history, 7, mostOrigins, leastDays), 0, 7);

/** Rolling forecasts of the last week of the horizon, or as far ahead as the history allows to look back. */
export const rollFar = (history: PreparedHistory, fits: readonly LevelModel[]): FarEvidence => {
  const judgedWeeks = Math.min(
    Math.ceil(Math.max(1, history.horizon) / 7),
    Math.max(1, Math.floor(history.days / daysPerJudgedWeek)),
    mostJudgedWeeks,
  );
  const lastWeek = 7 * (judgedWeeks - 1);
  const origins = pseudoOrigins(history, 7 * judgedWeeks, mostOrigins, leastDays);
  const rolling = rollLevels(history, fits, origins, lastWeek, lastWeek + 7);
  return { rolling, judgedWeeks, weeks: countOrigins(rolling) };
};

/** Number of different origins among rolling forecasts. */
export const countOrigins = (rolling: RollingLevels): number => new Set(rolling.origin).size;
