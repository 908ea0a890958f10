import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { PlanState } from '../contract/plan-states.ts';
import { localClock } from '../kernel/time.ts';
import type { Ports } from './ports.ts';
import { nextWeek } from './operation/week-horizon.ts';

/** A line's data and what is planned for the week after them. */
interface LineLooked {
  readonly lastDate: string | null;
  readonly week: string | null;
  readonly plan: { readonly document: PlanDocument; readonly state: PlanState } | null;
}

/** A name that changes with a line's data and with any of its plans: asking for it costs little. */
export const inputsVersion = async ({ store }: Pick<Ports, 'store'>): Promise<string> => {
  const plans = (await store.plans()).map(({ id, version }) => `${id}/${version}`);
  return [await store.dataHash(), ...plans.slice(0, 8), plans.length].join(' ');
};

/** How far a line's data reach, and the plan in force for the week after them. */
export const lookAtLine = async ({ store, models }: Pick<Ports, 'store' | 'models'>): Promise<LineLooked> => {
  const { zone } = models.hotline;
  const summary = await store.trafficSummary();
  if (summary.length === 0) return { lastDate: null, week: null, plan: null };
  const last = Math.max(...summary.map(({ lastMillis }) => lastMillis));
  const week = nextWeek(summary, zone);
  const document = await store.planOfWeek(week);
  const state = (await store.plans()).find(({ id }) => id === document?.id)?.state;
  return {
    lastDate: localClock(zone)(last).date,
    week,
    plan: document === undefined || state === undefined ? null : { document, state },
  };
};
