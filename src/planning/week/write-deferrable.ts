import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { text, type Text } from '../../kernel/text.ts';
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

const tenths = (value: number): number => Math.round(10 * value) / 10;

/** How much of each work found a trough, and what the rest costs. */
export const sayDeferrable = (placed: PlanDeferrable | undefined): Text[] =>
  (placed ?? []).map(({ name, hours, placedHours, unplacedCost }) => {
    const missing = tenths(hours - placedHours);
    const inTime = `${tenths(placedHours)} / ${tenths(hours)}`;
    return missing > 0
      ? text(
          `${name['zh-CN']}：${inTime} 席时排入话务低谷，另有 ${missing} 席时在期限内无空闲座席，补足约需 ${Math.round(unplacedCost)}（货币同 costPerHour）。`,
          `${name.en}: ${inTime} operator-hours placed in troughs of calls; for ${missing} nobody is to spare in time, which would cost about ${Math.round(unplacedCost)} (currency of costPerHour).`,
        )
      : text(
          `${name['zh-CN']}：${inTime} 席时排入话务低谷，期限内可全部完成。`,
          `${name.en}: ${inTime} operator-hours placed in troughs of calls, all in time.`,
        );
  });
