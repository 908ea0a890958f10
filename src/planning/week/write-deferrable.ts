import type { Sayable } from '../../kernel/finding.ts';
import { planningFinding } from '../planning-findings.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import {
  placeDeferrable,
  type DeferrableRequest,
  type PlacedWork,
} from '../../scheduling/place-deferrable.ts';

export type PlanDeferrable = NonNullable<PlanDocument['deferrable']>;

/** Work that can wait, placed in a plan's troughs: undefined where the models name none. */
export const writeDeferrable = (request: DeferrableRequest): PlanDeferrable | undefined => {
  if (request.works.length === 0) return undefined;
  const placed = placeDeferrable(request);
  return request.works.map((work, w): PlanDeferrable[number] => {
    const own = placed[w];
    return {
      work: work.work,
      name: work.name,
      hours: own?.hours ?? 0,
      placedHours: own?.placedHours ?? 0,
      unplacedCost: own?.unplacedCost ?? 0,
      dayHours: request.days.map(([from, to]) => hoursOf(own, from, to, request.horizon.intervalMinutes)),
      tiers: (own?.placed ?? []).map(({ tier, operators }) => ({ tier, operators: [...operators] })),
    };
  });
};

const hoursOf = (own: PlacedWork | undefined, from: number, to: number, intervalMinutes: number): number =>
  ((own?.placed ?? []).reduce(
    (sum, { operators }) => sum + operators.slice(from, to).reduce((s, n) => s + n, 0),
    0,
  ) *
    intervalMinutes) /
  60;

const toTenth = (value: number): number => Math.round(10 * value) / 10;

/** How much of each work found a trough, and what the rest costs. */
export const sayDeferrable = (placed: PlanDeferrable | undefined): Sayable[] =>
  (placed ?? []).map(({ name, hours, placedHours, unplacedCost }) => {
    const missing = toTenth(hours - placedHours);
    const inTime = { placedHours: toTenth(placedHours), hours: toTenth(hours) };
    return missing > 0
      ? planningFinding('deferrable-work-left-over', {
          work: name,
          ...inTime,
          missingHours: missing,
          cost: Math.round(unplacedCost),
        })
      : planningFinding('deferrable-work-placed', { work: name, ...inTime });
  });
