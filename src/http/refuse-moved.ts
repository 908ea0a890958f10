import { BadInputError } from '../kernel/errors.ts';
import type { Store } from '../planning/ports.ts';
import { recordsMoved } from '../store/moved-away.ts';

/** Throws `BadInputError` at once where an answer would rest on, or end up in, records that have moved elsewhere. */
export const refuseMoved = async (store: Pick<Store, 'movedTo'>): Promise<void> => {
  const place = await store.movedTo();
  if (place !== undefined) throw new BadInputError([recordsMoved(place)]);
};
