import type { Kysely } from 'kysely';
import type { AuditSide } from '../contract/documents/audit-document.ts';
import { overrulesVersion } from '../contract/documents/overrule-schema.ts';
import { BadInputError } from '../kernel/errors.ts';
import type { Store } from '../planning/ports.ts';
import { enterAudit, type Author } from './audit-log.ts';
import { type Database, nextNumber } from './database.ts';
import { storeProblem } from './store-problems.ts';
import type { Tables } from './tables.ts';

/** The planner's changes to forecasts. */
export const createOverruleStore = (
  database: Database,
  hotline: string,
  by: Author,
): Pick<Store, 'overrules' | 'addOverrule' | 'removeOverrule'> => ({
  overrules: () =>
    database.reads.db
      .selectFrom('overrules')
      .select(['id', 'queue', 'date', 'from', 'to', 'factor', 'calls', 'reason', 'author'])
      .where('hotlineKey', '=', hotline)
      .orderBy('id')
      .execute(),
  addOverrule: ({ queue, date, from, to, factor, calls, reason, author }, version) =>
    database.write(hotline, async ({ db: trx }) => {
      await refuseOtherOverrules(trx, hotline, version);
      const id = await nextNumber(trx, hotline, 'lastOverrule');
      const row = { hotlineKey: hotline, id, queue, date, from, to, factor, calls, reason, author };
      await trx.insertInto('overrules').values(row).execute();
      const after = overruleSide(row);
      await enterAudit(trx, hotline, by, {
        by: author ?? '',
        action: 'overrule-added',
        subject: String(id),
        before: null,
        after,
      });
      return id;
    }),
  removeOverrule: (id, version) =>
    database.write(hotline, async ({ db: trx }) => {
      await refuseOtherOverrules(trx, hotline, version);
      const gone = await trx
        .deleteFrom('overrules')
        .where('hotlineKey', '=', hotline)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst();
      if (gone === undefined) return false;
      const before = overruleSide(gone);
      await enterAudit(trx, hotline, by, {
        action: 'overrule-removed',
        subject: String(id),
        before,
        after: null,
      });
      return true;
    }),
});

/** Throws `BadInputError` where the overrules are no longer those that somebody looked at. */
const refuseOtherOverrules = async (
  db: Kysely<Tables>,
  hotline: string,
  version: string | undefined,
): Promise<void> => {
  if (version === undefined) return;
  const rows = await db
    .selectFrom('overrules')
    .select(['id', 'queue', 'date', 'from', 'to', 'factor', 'calls'])
    .where('hotlineKey', '=', hotline)
    .orderBy('id')
    .execute();
  if (overrulesVersion(rows) === version) return;
  const seen = new Set(version.split('.'));
  const now = new Set(rows.map(({ id }) => String(id)));
  const added = rows.filter(({ id }) => !seen.has(String(id)));
  const gone = seen.difference(now.add('none')).size;
  throw new BadInputError([
    storeProblem('overrules', 'overrules-changed-meanwhile', version, {
      added: added.length,
      gone,
      rows: added,
    }),
  ]);
};

/** An overrule without its reason, which is free text. */
const overruleSide = ({ queue, date, from, to, factor, calls }: Tables['overrules']): AuditSide => ({
  queue,
  date,
  from,
  to,
  factor,
  calls,
});
