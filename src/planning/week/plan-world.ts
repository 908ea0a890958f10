import { planningFinding } from '../planning-findings.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { UsageError } from '../../kernel/errors.ts';
import type { Capacity, Demand, PromptPlacement, QueueDemand } from '../../kernel/hotline.ts';
import { asRates } from '../../kernel/sample-paths.ts';
import type { Models, Ports } from '../ports.ts';
import { weekHorizon, type WeekHorizon } from './week-horizon.ts';

/** What a stored plan was made for: enough to run it again with something changed. */
export interface PlanWorld {
  readonly demand: Demand;
  readonly capacity: Capacity;
  readonly placements: readonly PromptPlacement[];
  readonly models: Models;
}

type Packed =
  | { readonly kind: 'Float64Array' | 'Uint8Array' | 'Int32Array'; readonly values: number[] }
  | { readonly kind: 'Infinity' };

/** Typed arrays and Infinity, which JSON does not know, as tagged objects. */
const pack = (_: string, value: unknown): unknown => {
  if (value instanceof Float64Array)
    return { kind: 'Float64Array', values: Array.from(value, (v) => Number(v.toPrecision(12))) };
  if (value instanceof Uint8Array) return { kind: 'Uint8Array', values: [...value] };
  if (value instanceof Int32Array) return { kind: 'Int32Array', values: [...value] };
  return value === Infinity ? { kind: 'Infinity' } : value;
};

const unpack = (_: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return value;
  const packed = value as Packed;
  switch (packed.kind) {
    case 'Infinity':
      return Infinity;
    case 'Float64Array':
      return Float64Array.from(packed.values);
    case 'Uint8Array':
      return Uint8Array.from(packed.values);
    case 'Int32Array':
      return Int32Array.from(packed.values);
    default:
      return value;
  }
};

/** A world as bytes, to be kept beside its plan. */
export const packWorld = (world: PlanWorld): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(world, pack));

/** A world that was stored when paths were of one kind: its plan took their counts as rates, and so they stay. */
const withRates = (world: PlanWorld): PlanWorld => ({
  ...world,
  demand: {
    ...world.demand,
    queues: world.demand.queues.map((queue: QueueDemand & { readonly paths?: Float64Array }) => {
      const { paths, ...own } = queue;
      return paths === undefined ? own : { ...own, ratePaths: asRates(paths) };
    }),
  },
});

/** A stored plan, its week and the world it was made for; the latest plan when no id is given. */
export const loadPlan = async (
  ports: Pick<Ports, 'store'>,
  id?: string,
): Promise<{ readonly plan: PlanDocument; readonly week: WeekHorizon; readonly world: PlanWorld }> => {
  const plan = await ports.store.plan(id);
  if (plan === undefined) throw new UsageError(id === undefined ? noPlan : unknownPlan(id));
  const bytes = await ports.store.planWorld(plan.id);
  if (bytes === undefined) throw new UsageError(unknownPlan(plan.id));
  const world = withRates(JSON.parse(new TextDecoder().decode(bytes), unpack) as PlanWorld);
  return { plan, week: weekHorizon(plan.week, plan.hotline.zone, plan.intervalMinutes), world };
};

const noPlan = planningFinding('no-plan-yet');

const unknownPlan = (id: string) => planningFinding('no-such-plan', { id });
