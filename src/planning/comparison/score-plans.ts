import type { AccuracyDocument } from '../../contract/documents/accuracy-document.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { isWhatIf } from '../../contract/documents/plan-id.ts';
import type { ForecastSeries } from '../forecasts/forecast-series.ts';
import { weekHorizon } from '../operation/week-horizon.ts';
import type { Ports } from '../ports.ts';
import {
  changedDays,
  forecastAgainstActual,
  scoreChangedDays,
  type ChangedDay,
} from './forecast-against-actual.ts';
import type { CountsDay } from './scored-days.ts';
import { alignGrid } from './what-happened.ts';

/** Plans that are scored, the latest first. */
const mostPlans = 26;

/**
 * Stored plans of weeks that are over, with their forecast as it was kept, and who gained by changing one by hand; over the
 * days that count in.
 */
export const scorePlans = async (
  { store, models }: Ports,
  { queues }: ForecastSeries,
  countsDay: CountsDay,
): Promise<Pick<AccuracyDocument, 'plans' | 'overruledBy'>> => {
  const { zone, intervalMinutes } = models.hotline;
  const plans: AccuracyDocument['plans'] = [];
  const changed = new Map<string, ChangedDay[]>();
  for (const { id, week } of await store.plans()) {
    if (plans.length === mostPlans) break;
    if (isWhatIf(id)) continue;
    const horizon = weekHorizon(week, zone, intervalMinutes);
    const fresh = new Map([...queues].map(([queue, grid]) => [queue, alignGrid(grid, horizon)]));
    if ([...fresh.values()].every((calls) => calls.every(Number.isNaN))) continue;
    const plan = await store.plan(id);
    if (plan === undefined || plan.intervalMinutes !== intervalMinutes) continue;
    const score = forecastAgainstActual(plan, { fresh }, countsDay);
    if (score === null || score.days.every(({ actual }) => actual === null)) continue;
    const { wape, bias, coverage80, overruled = null } = score;
    plans.push({
      plan: plan.id,
      week: plan.week,
      createdAt: plan.createdAt,
      wape,
      bias,
      coverage80,
      overruled,
    });
    for (const day of changedDays(plan, plan.queues, { fresh }, countsDay))
      for (const author of authorsOf(plan, day)) changed.set(author, [...(changed.get(author) ?? []), day]);
  }
  return { plans, overruledBy: gainsOf(changed) };
};

/** Who changed a day of a queue in a plan. */
const authorsOf = ({ overrules }: PlanDocument, { queue, date }: ChangedDay): ReadonlySet<string> =>
  new Set(
    overrules
      .filter((each) => each.date === date && (each.queue ?? queue) === queue)
      .map(({ author }) => author),
  );

const gainsOf = (changed: ReadonlyMap<string, readonly ChangedDay[]>): AccuracyDocument['overruledBy'] =>
  [...changed]
    .flatMap(([author, days]) => {
      const score = scoreChangedDays(days);
      return score === null ? [] : [{ author, ...score }];
    })
    .toSorted((a, b) => gain(b) - gain(a));

const gain = ({
  wape,
  originalWape,
}: {
  readonly wape: number | null;
  readonly originalWape: number | null;
}) => (originalWape ?? 0) - (wape ?? 0);
