import type { Kysely } from 'kysely';
import { keptVersions, type EarlierModel } from '../contract/documents/earlier-model.ts';
import type { ModelName } from '../contract/http/model-name.ts';
import type { Author } from './audit-log.ts';
import { nextNumber } from './next-number.ts';
import type { Tables } from './tables.ts';

/** Keeps a model as it stands, inside the transaction that puts another in its place; the oldest beyond the limit go. */
export const keepEarlierModel = async (
  db: Kysely<Tables>,
  hotline: string,
  { actor, now }: Author,
  { model, document }: Pick<EarlierModel, 'model' | 'document'>,
): Promise<void> => {
  const id = await nextNumber(db, hotline, 'lastSaved');
  const said = JSON.stringify({ by: actor.name, document });
  await db
    .insertInto('earlierModels')
    .values({ hotlineKey: hotline, id, model, atMillis: Math.round(now()), document: said })
    .execute();
  const kept = await db
    .selectFrom('earlierModels')
    .select('id')
    .where('hotlineKey', '=', hotline)
    .where('model', '=', model)
    .orderBy('id', 'desc')
    .limit(keptVersions + 1)
    .execute();
  const oldest = kept[keptVersions];
  if (oldest === undefined) return;
  await db
    .deleteFrom('earlierModels')
    .where('hotlineKey', '=', hotline)
    .where('model', '=', model)
    .where('id', '<=', oldest.id)
    .execute();
};

/** Earlier versions of a model, or of all, the latest first. */
export const readEarlierModels = async (
  db: Kysely<Tables>,
  hotline: string,
  model: ModelName | undefined,
): Promise<EarlierModel[]> => {
  let asked = db
    .selectFrom('earlierModels')
    .select(['id', 'model', 'atMillis', 'document'])
    .where('hotlineKey', '=', hotline);
  if (model !== undefined) asked = asked.where('model', '=', model);
  const rows = await asked.orderBy('id', 'desc').execute();
  return rows.map((row) => ({
    id: row.id,
    // written under the name of a model alone
    model: row.model as ModelName,
    until: new Date(row.atMillis).toISOString(),
    ...(JSON.parse(row.document) as Pick<EarlierModel, 'by' | 'document'>),
  }));
};
