import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { text, type Text } from '../../kernel/text.ts';
import { minuteOf } from '../../kernel/time-window.ts';
import type { PreviousShifts, ShiftPlan, ShiftsMoved } from '../../scheduling/cover-request.ts';

/** A plan of the same week whose shifts a new one starts from. */
export interface EarlierPlan {
  readonly id: string;
  readonly previous: PreviousShifts;
}

/** A stored plan's shifts with their minutes counted from midnight of the shift's date. */
export const earlierShifts = ({ id, shifts, scheduleCost }: PlanDocument): EarlierPlan => ({
  id,
  previous: {
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

export const sayShiftsFrom = (from: PlanDocument['shiftsFrom']): Text[] => {
  if (from === undefined) return [];
  const { plan, kept, removed, breaks } = from;
  const changes = dayChanges(from);
  return [
    text(
      `班次从本周已有的计划 ${plan} 出发，只动划算的：${kept + removed} 个班中 ${kept} 个不变${changes === '' ? '' : `，有增减的日期：${changes}`}；另有 ${breaks} 次休息挪动。`,
      `Shifts start from those of the week's plan ${plan}, and only what pays is moved: ${kept} of ${kept + removed} shifts stay${changes === '' ? '' : `, changed on ${changes}`}; ${breaks} breaks move besides.`,
    ),
  ];
};

const dayChanges = ({ days }: Pick<ShiftsMoved, 'days'>): string =>
  days.map(({ date, added, removed }) => `${date} +${added} −${removed}`).join(', ');
