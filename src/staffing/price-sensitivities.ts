import type { Demand } from '../kernel/hotline.ts';
import { hoursMore } from './hours-more.ts';
import type { StaffingRequest } from './require-operators.ts';

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

export type Sensitivities = readonly { readonly ground: keyof typeof changes; readonly moreHours: number }[];

/** A request, and its operator-hours as prices ask it. */
export interface PricedRequest {
  readonly request: StaffingRequest;
  readonly asIsHours: number;
}

/** Operator-hours more if handle time, patience or redials were a tenth larger, each by itself. */
export const priceSensitivities = ({ request, asIsHours }: PricedRequest): Sensitivities => {
  const more = hoursMore(request, asIsHours);
  return (['handle-time', 'patience', 'redials'] as const).map((ground) => ({
    ground,
    moreHours: more((own) => ({
      ...own,
      demand: { ...own.demand, queues: own.demand.queues.map(changes[ground]) },
    })),
  }));
};
