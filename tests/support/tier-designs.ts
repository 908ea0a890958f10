import { targetsSchema } from '../../src/contract/models/targets-model.ts';
import { tiersSchema, type TiersModel } from '../../src/contract/models/tiers-model.ts';
import type { StaffingRequest } from '../../src/staffing/require-operators.ts';
import { aDemand, aPolicy, to, type AQueue } from './a-line.ts';

const tier = (name: string, costPerHour: number, queues: readonly string[]): TiersModel['tiers'][number] => {
  const [found] = tiersSchema.parse({
    tiers: [
      {
        tier: name,
        name: { 'zh-CN': name, en: name },
        queues: queues.map((queue) => ({ queue, preference: 1 })),
        connectionTarget: null,
        costPerHour,
        shrinkage: 0,
        leastOwnShare: 0,
      },
    ],
  }).tiers;
  if (found === undefined) throw new Error('no tier');
  return found;
};

const intervals = 6;

const request = (
  queues: readonly AQueue[],
  tiers: TiersModel['tiers'],
  wanted: { readonly connectionRate: number; readonly serviceLevel: number | null } = {
    connectionRate: 0.9,
    serviceLevel: 0.8,
  },
): StaffingRequest => ({
  demand: aDemand(queues, intervals),
  policy: aPolicy(queues),
  tiers,
  targets: targetsSchema.parse({
    ...wanted,
    rollingConnectionRate: null,
    occupancyMax: 1,
    confidence: 0.8,
    minimumOperators: 0,
  }),
  trunks: Infinity,
  open: new Uint8Array(intervals).fill(1),
});

const queue = (name: string, callsPerHour: AQueue['callsPerHour'], more: Partial<AQueue>): AQueue => ({
  queue: name,
  callsPerHour,
  handle: 240,
  patience: 120,
  routes: [],
  ...more,
});

/** Lines with several queues and tiers: the first two have the calls and routes of well-known designs. */
export const tierDesigns: readonly { readonly name: string; readonly request: StaffingRequest }[] = [
  {
    name: 'M: two own tiers and generalists',
    request: request(
      [
        queue('a', 300, { routes: [to('own-a'), to('both', 2)] }),
        queue('b', 300, { routes: [to('own-b'), to('both', 2)] }),
      ],
      [tier('own-a', 40, ['a']), tier('own-b', 40, ['b']), tier('both', 46, ['a', 'b'])],
    ),
  },
  {
    name: 'N: one queue overflows to the other tier after 30 s',
    request: request(
      [
        queue('a', 330, { routes: [to('first'), to('second', 2, 30)], priority: 2 }),
        queue('b', 360, { handle: 300, patience: 180, routes: [to('second')] }),
      ],
      [tier('first', 40, ['a']), tier('second', 44, ['a', 'b'])],
      // Whom nobody answers within 15 s goes on to the other tier after 30 s: that helps against hanging up only.
      { connectionRate: 0.97, serviceLevel: null },
    ),
  },
  {
    name: 'ring: three queues, three tiers of two queues each',
    request: request(
      [
        queue('a', 180, { routes: [to('ab'), to('ca', 2)] }),
        queue('b', 240, { routes: [to('bc'), to('ab', 2)], handle: 200 }),
        queue('c', 120, { routes: [to('ca'), to('bc', 2)], handle: 360, patience: 240 }),
      ],
      [tier('ab', 40, ['a', 'b']), tier('bc', 40, ['b', 'c']), tier('ca', 42, ['c', 'a'])],
    ),
  },
  {
    name: 'a rising morning, general operators and a dear desk',
    request: request(
      [
        queue('general', [120, 200, 320, 360, 300, 260], { routes: [to('general'), to('desk', 2)] }),
        queue('expert', [30, 60, 90, 90, 70, 60], {
          handle: 420,
          routes: [to('desk'), to('general', 2)],
        }),
      ],
      [tier('general', 40, ['general', 'expert']), tier('desk', 60, ['expert', 'general'])],
    ),
  },
];
