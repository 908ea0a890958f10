/** A stretch of the day in minutes from midnight: `from` to before `to`. */
export interface DaySpan {
  readonly from: number;
  readonly to: number;
}

export type Grip = 'whole' | 'start' | 'end';

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/**
 * Moves a span, or one end of it, by some minutes. It keeps to whole steps, stays within the day, and is at
 * least one step long.
 */
export const moveSpan = (span: DaySpan, grip: Grip, byMinutes: number, step: number): DaySpan => {
  const by = Math.round(byMinutes / step) * step;
  if (grip === 'start') return { ...span, from: clamp(span.from + by, 0, span.to - step) };
  if (grip === 'end') return { ...span, to: clamp(span.to + by, span.from + step, 1440) };
  const moved = clamp(by, -span.from, 1440 - span.to);
  return { from: span.from + moved, to: span.to + moved };
};
