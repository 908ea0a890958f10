import type { PlanDocument } from '../../contract/documents/plan-document.ts';

type Queue = PlanDocument['queues'][number];
export type DayParts = Queue['parts'][number];

/** The parts after the level, in the order in which they multiply it. */
export const factorNames = ['weekday', 'holiday', 'event', 'cause', 'trend', 'overrule'] as const;
export type FactorName = (typeof factorNames)[number];

export interface Step {
  readonly part: 'level' | FactorName | 'total';
  /** What the part multiplies by; 1 for the level and the total. */
  readonly factor: number;
  /** Calls of the day before and after the part took effect. */
  readonly from: number;
  readonly to: number;
}

/** How a day's calls come about: the level, then every factor on what came before; the last step is the whole. */
export const stepsOf = (parts: DayParts): Step[] => {
  const steps: Step[] = [{ part: 'level', factor: 1, from: 0, to: parts.level }];
  let reached = parts.level;
  for (const part of factorNames) {
    const factor = parts[part];
    if (factor === undefined) continue;
    const to = reached * factor;
    steps.push({ part, factor, from: reached, to });
    reached = to;
  }
  return [...steps, { part: 'total', factor: 1, from: 0, to: reached }];
};

/** Each interval's share of its day's calls; 0 throughout on a day without calls. */
export const shapeOf = (
  plan: Pick<PlanDocument, 'starts'>,
  mean: readonly number[],
  date: string,
): number[] => {
  const values = plan.starts.flatMap((start, i) => (start.startsWith(date) ? [mean[i] ?? 0] : []));
  const total = values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => (total > 0 ? value / total : 0));
};
