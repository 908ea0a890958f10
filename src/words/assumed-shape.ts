import type { Sayable } from '../kernel/finding.ts';

/** Whether what stands at the top of an answer is an assumption, not a doubtful figure. */
export const isAssumedShape = (said: Sayable): boolean => 'code' in said && said.code === 'shape-assumed';

/** Whether it says that a day was changed by hand by more than half. */
export const isChangedByHand = (said: Sayable): boolean =>
  'code' in said && (said.code === 'day-changed-by-hand' || said.code === 'event-changes-day');
