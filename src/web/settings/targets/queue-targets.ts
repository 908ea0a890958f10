import type { z } from 'zod';
import type { targetsSchema } from '../../../contract/models/targets-model.ts';

export type Targets = z.input<typeof targetsSchema>;
export type Presence = NonNullable<Targets['minimumPresence']>[number];

/** Targets of single queues; null: the rate is not asked for, absent: the line's counts. */
export type QueueTargets = Readonly<
  Record<
    string,
    { readonly connectionRate?: number | undefined; readonly serviceLevel?: number | null | undefined }
  >
>;

/** The same with one rate of a queue set, or left to the line's; a queue of which nothing is asked is left out. */
export const queueTarget = (
  all: QueueTargets,
  queue: string,
  rate: 'connectionRate' | 'serviceLevel',
  value: number | undefined,
): QueueTargets => {
  const { [queue]: own = {}, ...others } = all;
  const { [rate]: _before, ...rest } = own;
  const next = value === undefined ? rest : { ...rest, [rate]: value };
  if (Object.keys(next).length === 0) return others;
  return Object.fromEntries(
    [...new Set([...Object.keys(all), queue])].map((name) => [name, name === queue ? next : all[name]]),
  ) as QueueTargets;
};
