import type { TargetsModel } from '../../contract/models/targets-model.ts';

/** Hours in which more must be present, as a form holds them while they are being written. */
export interface PresenceRow {
  readonly from?: string;
  readonly to?: string;
  /** Monday 1; none: every day. */
  readonly weekdays?: readonly number[] | undefined;
  readonly operators?: number | null;
}

export const rowsOfPresence = ({ minimumPresence = [] }: TargetsModel): PresenceRow[] =>
  minimumPresence.map((row) => ({ ...row }));

/** Rows as the targets keep them: complete ones, and weekdays only where they are some of the seven. */
export const presenceOfRows = (rows: readonly PresenceRow[]): Pick<TargetsModel, 'minimumPresence'> => {
  const minimumPresence = rows.flatMap(({ from, to, weekdays = [], operators }) => {
    if (from === undefined || to === undefined || typeof operators !== 'number') return [];
    const some = weekdays.length > 0 && weekdays.length < 7;
    return [{ from, to, operators, ...(some ? { weekdays: weekdays.toSorted((a, b) => a - b) } : {}) }];
  });
  return minimumPresence.length === 0 ? {} : { minimumPresence };
};

/** What is doubtful about complete hours, though it may be meant. */
export const doubtOf = (
  { from, to, operators }: PresenceRow,
  always: number | null | undefined,
): 'whole-day' | 'no-more' | undefined => {
  if (from !== undefined && from === to) return 'whole-day';
  if (typeof operators === 'number' && typeof always === 'number' && operators <= always) return 'no-more';
  return undefined;
};

/** Clock times to choose from: every half-hour, and what is chosen already. 24:00 only ends a day. */
export const clockChoices = (isEnd: boolean, chosen: readonly (string | undefined)[]): string[] => {
  const halfHours = Array.from(
    { length: 49 },
    (_, i) => `${String(Math.floor(i / 2)).padStart(2, '0')}:${i % 2 === 0 ? '00' : '30'}`,
  );
  const known = chosen.flatMap((clock) => (clock === undefined ? [] : [clock]));
  return [...new Set([...(isEnd ? halfHours : halfHours.slice(0, -1)), ...known])].sort();
};
