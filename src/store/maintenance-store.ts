import type { Kysely } from 'kysely';
import type { Maintenance } from '../contract/documents/line-overview.ts';
import type { Store } from '../planning/ports.ts';
import { databaseWideKey } from './find-person.ts';
import { enterAudit, type Author } from './audit-log.ts';
import type { Database } from './database.ts';
import { factOf, forgetFact, keepFact, maintenanceFact } from './facts.ts';
import type { Tables } from './tables.ts';

/** Why nothing of a database is changed for now; null: it may be. */
export const readMaintenance = async (db: Kysely<Tables>): Promise<Maintenance | null> => {
  const kept = await factOf(db, databaseWideKey, maintenanceFact);
  return kept === undefined ? null : (JSON.parse(kept) as Maintenance);
};

/** Maintenance is of a whole database: it belongs to no hotline, and no copy of one takes it along. */
export const createMaintenanceStore = (
  database: Database,
  hotline: string,
  author: Author,
): Pick<Store, 'maintenance' | 'setMaintenance'> => {
  const { db } = database.reads;
  return {
    maintenance: () => readMaintenance(db),
    setMaintenance: (maintenance) =>
      database.write(hotline, async (writing) => {
        const before = (await factOf(writing.db, databaseWideKey, maintenanceFact)) !== undefined;
        if (maintenance === null) await forgetFact(writing.db, databaseWideKey, maintenanceFact);
        else await keepFact(writing.db, databaseWideKey, maintenanceFact, JSON.stringify(maintenance));
        const after = maintenance !== null;
        if (before !== after)
          await enterAudit(writing.db, hotline, author, {
            action: 'maintenance-switched',
            subject: '',
            before: { maintenance: before },
            after: { maintenance: after },
          });
      }),
  };
};
