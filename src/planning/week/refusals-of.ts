import type { Problem } from '../../kernel/errors.ts';
import { originOfWeek, refusedHistories } from '../forecasts/forecast-week.ts';
import type { LineHistory } from '../history/line-history.ts';
import { weekHorizon } from '../operation/week-horizon.ts';
import type { Store } from '../ports.ts';
import { nextWeek } from './make-plan.ts';

/** What the planner would say against a plan of the week after the data. */
export const refusalsOf = async (store: Store, line: LineHistory): Promise<Problem[]> => {
  const { zone, intervalMinutes } = line.models.hotline;
  const summary = await store.trafficSummary();
  if (summary.length === 0) return [];
  const week = weekHorizon(nextWeek(summary, zone), zone, intervalMinutes);
  return [...refusedHistories(line.fresh, originOfWeek(line, week), line.models.hotline.queues)];
};
