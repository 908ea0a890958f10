import type { RosterChange, RosterDocument } from '../../contract/documents/roster-document.ts';

type ChangedDay = RosterChange['moves'][number];

/** A change of a roster, as it can be taken back. */
export interface TakenBack {
  /** What is asked of the roster so that days are again as they were before the change. */
  readonly moves: { operator: string; date: string; shift: string; start?: string; pinned: boolean }[];
  /** Days of the change that are put back, and those that somebody changed since, which stay. */
  readonly back: readonly ChangedDay[];
  readonly left: readonly ChangedDay[];
}

const startOf = (times: string | undefined): string | undefined => times?.split('–')[0];

/** Whether a day was moved to another shift or start; what only became shorter, longer or pinned is not put back here. */
const isMoved = ({ before, after, beforeTimes, afterTimes }: ChangedDay): boolean =>
  before !== after || startOf(beforeTimes) !== startOf(afterTimes);

/** Takes a change of a roster back, as far as its days stand as it left them. */
export const takeBack = (
  { duties, absences = [] }: Pick<RosterDocument, 'duties' | 'absences'>,
  change: Pick<RosterChange, 'moves'>,
): TakenBack => {
  const stands = ({ operator, date, after, afterTimes, illFrom }: ChangedDay): boolean => {
    const isOn = (one: { readonly operator: string; readonly date: string }): boolean =>
      one.operator === operator && one.date === date;
    const duty = duties.find(isOn);
    if (duty !== undefined)
      return (
        duty.shift === after && (afterTimes ?? `${duty.start}–${duty.end}`) === `${duty.start}–${duty.end}`
      );
    return after === 'off' && (illFrom === undefined || absences.find(isOn)?.from === illFrom);
  };
  const { back = [], left = [] } = Object.groupBy(change.moves.filter(isMoved), (day) =>
    stands(day) ? 'back' : 'left',
  );
  const moves = back.map(({ operator, date, before, beforeTimes }) => {
    const start = startOf(beforeTimes);
    return { operator, date, shift: before, ...(start === undefined ? {} : { start }), pinned: false };
  });
  return { moves, back, left };
};
