import type { Demand } from '../kernel/hotline.ts';
import { operatorHours, requireOperators, type StaffingRequest } from './require-operators.ts';

type Queue = Demand['queues'][number];

const aTenthMore = 1.1;

/** What is made a tenth larger, one thing at a time. */
const changes: Readonly<Record<'handle-time' | 'patience' | 'redials', (queue: Queue) => Queue>> = {
  'handle-time': (queue) => ({
    ...queue,
    handleTimeSeconds: queue.handleTimeSeconds.map((seconds) => seconds * aTenthMore),
  }),
  patience: (queue) => ({ ...queue, patienceSeconds: queue.patienceSeconds * aTenthMore }),
  redials: (queue) => ({
    ...queue,
    repeats: {
      ...queue.repeats,
      afterAbandon: Math.min(1, queue.repeats.afterAbandon * aTenthMore),
      afterBlock: Math.min(1, queue.repeats.afterBlock * aTenthMore),
    },
  }),
};

export type TenthPrices = readonly {
  readonly ground: keyof typeof changes;
  readonly operatorHours: number;
}[];

/** Operator-hours of the same request if handle time, patience or redials were a tenth larger, each by itself. */
export const priceTenths = (request: StaffingRequest): TenthPrices =>
  (['handle-time', 'patience', 'redials'] as const).map((ground) => {
    const { demand, progress: _progress, ...rest } = request;
    const changed = { ...rest, demand: { ...demand, queues: demand.queues.map(changes[ground]) } };
    const requirement = requireOperators({ ...changed, estimate: true });
    return { ground, operatorHours: operatorHours(requirement, demand.horizon.intervalMinutes) };
  });
