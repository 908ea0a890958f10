import { isWhatIf } from '../../contract/documents/plan-id.ts';
import { standingPlan } from '../../contract/plan-states.ts';
import { scoredDates, type CountsIn } from '../../forecast/score-backtest.ts';
import type { KeptForecast } from '../forecasts/frozen-forecast.ts';
import type { Ports } from '../ports.ts';

/** Weeks whose forecast is scored, the latest first. */
const mostWeeks = 53;

/**
 * The forecasts that were kept with the plans that stand for their weeks and of which anything counts in, the earliest
 * first; one of several with the same origin. `readKept` makes a forecast of the bytes that a plan kept.
 */
export const keptForecasts = async (
  store: Ports['store'],
  readKept: (bytes: Uint8Array) => KeptForecast,
  countsIn: CountsIn = () => true,
): Promise<KeptForecast[]> => {
  const plans = (await store.plans()).filter(({ id }) => !isWhatIf(id));
  const byOrigin = new Map<string, KeptForecast>();
  for (const week of new Set(plans.map((plan) => plan.week))) {
    if (byOrigin.size === mostWeeks) break;
    const plan = standingPlan(plans, week);
    const bytes = plan === undefined ? undefined : await store.frozenForecast(plan.id);
    if (bytes === undefined) continue;
    const kept = readKept(bytes);
    const [first] = kept.values();
    if (
      first === undefined ||
      byOrigin.has(first.origin) ||
      scoredDates([...kept.values()], countsIn).length === 0
    )
      continue;
    byOrigin.set(first.origin, kept);
  }
  return [...byOrigin].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, kept]) => kept);
};
