import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { EventRecord } from '../../kernel/records.ts';
import { addDays, type PlainDate } from '../../kernel/time.ts';
import type { Models } from '../ports.ts';

/** Days before a week whose events are still felt in it, and after it that are felt ahead. */
const aboutDays = 28;

/** What planners can change, as it stands now: kept with a plan, so that the next one can say what was changed since. */
export const madeWith = (
  models: Models,
  events: readonly EventRecord[],
  firstDate: PlainDate,
): NonNullable<PlanDocument['madeWith']> => {
  const { hotline, targets, tiers, shifts, prompts, scorecard, monitor, calendar } = models;
  const [from, to] = [addDays(firstDate, -aboutDays), addDays(firstDate, 6 + aboutDays)];
  return {
    settings: { hotline, targets, tiers, shifts, prompts, scorecard, monitor, calendar },
    events: events
      .filter(({ date, end = date }) => date <= to && end >= from)
      .map(({ date, end, label, queue, expectedEffect }) => ({
        date,
        end: end ?? null,
        label,
        queue: queue ?? null,
        effect: expectedEffect ?? null,
      })),
  };
};
