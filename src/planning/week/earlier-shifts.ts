import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { minuteOf } from '../../kernel/time-window.ts';
import { planningFinding, type PlanningFinding } from '../planning-findings.ts';
import type { PreviousShifts, ShiftPlan } from '../../scheduling/cover-request.ts';

/** A plan of the same week whose shifts a new one starts from. */
export interface EarlierPlan {
  readonly id: string;
  readonly previous: PreviousShifts;
}

type MadeWith = NonNullable<PlanDocument['madeWith']>;

/** Whether shifts were chosen from other templates, or for other people, than those of now; plans of earlier versions do not tell. */
const isOtherChoice = (then: PlanDocument['madeWith'], now: MadeWith): boolean => {
  const differ = (one: unknown, other: unknown): boolean =>
    one !== undefined && JSON.stringify(one) !== JSON.stringify(other);
  return (
    then !== undefined &&
    (differ(then.settings.shifts, now.settings.shifts) || differ(then.people, now.people))
  );
};

/** A stored plan's shifts with their minutes counted from midnight of the shift's date, and whether there is more to choose from now. */
export const earlierShifts = (
  { id, shifts, scheduleCost, madeWith }: PlanDocument,
  now: MadeWith,
): EarlierPlan => ({
  id,
  previous: {
    otherChoice: isOtherChoice(madeWith, now),
    shifts: shifts.map((shift) => {
      const startMinute = minuteOf(shift.start);
      return {
        ...shift,
        startMinute,
        breaks: shift.breaks.map((pause) => {
          const minute = minuteOf(pause.start);
          return { ...pause, startMinute: minute < startMinute ? minute + 1440 : minute };
        }),
      };
    }),
    cost: scheduleCost.cost,
    bound: scheduleCost.bound,
  },
});

/** What a plan says of where its shifts come from; undefined where it moved none, or started from none. */
export const writeShiftsFrom = (
  earlier: EarlierPlan | undefined,
  { moved }: ShiftPlan,
): PlanDocument['shiftsFrom'] =>
  earlier === undefined || moved === undefined || moved.added + moved.removed + moved.breaks === 0
    ? undefined
    : {
        plan: earlier.id,
        kept: moved.kept,
        added: moved.added,
        removed: moved.removed,
        breaks: moved.breaks,
        days: moved.days.map((day) => ({ ...day })),
      };

export const reportShiftsFrom = (from: PlanDocument['shiftsFrom']): PlanningFinding[] => {
  if (from === undefined) return [];
  const { plan, kept, removed, breaks, days } = from;
  return [planningFinding('shifts-from-earlier-plan', { plan, kept, removed, breaks, days })];
};
