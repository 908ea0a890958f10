import { markMoved } from '../../src/store/facts.ts';
import { openDatabase, type StorePlace } from '../../src/store/open-store.ts';

/** Marks a place's records as moved elsewhere, over a connection of its own. */
export const moveAway = async (place: StorePlace, to: string): Promise<void> => {
  const database = await openDatabase(place);
  const hotline = place.hotline ?? 'main';
  try {
    await database.write(hotline, ({ db }) => markMoved(db, hotline, to));
  } finally {
    await database.close();
  }
};
