import type { Overrule } from './overrule-schema.ts';

/** Of which calls a change is. */
type Reach = Pick<Overrule, 'queue' | 'date' | 'from' | 'to'>;

/** Whether two changes are of the same queue at the same time: which of them is meant is for people to say. */
export const overrulesMeet = (one: Reach, other: Reach): boolean =>
  one.date === other.date &&
  (one.queue === null || other.queue === null || one.queue === other.queue) &&
  (one.from ?? '00:00') < (other.to ?? '24:00') &&
  (other.from ?? '00:00') < (one.to ?? '24:00');
