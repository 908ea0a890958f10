import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { schemaState, type SchemaState } from './migrate-schema.ts';
import { databaseName } from './open-store.ts';
import { homeFolder } from './workspace-lines.ts';

/** How a file's shape stands to what this program knows, and the last step that it has gone through. */
export interface SchemaFound {
  readonly state: SchemaState;
  readonly step: string | null;
}

/** Looks at the shape of a workspace's file and, unlike opening its store, changes nothing. Undefined where there is none. */
export const schemaFound = async (folder: string): Promise<SchemaFound | undefined> => {
  const file = join(homeFolder(folder), databaseName);
  if (!existsSync(file)) return undefined;
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const isMade = database.prepare("select 1 from sqlite_master where name = 'kysely_migration'").get();
    const rows =
      isMade === undefined ? [] : database.prepare('select name from kysely_migration order by name').all();
    const applied = rows.map(({ name }) => String(name));
    return { state: schemaState('sqlite', applied), step: applied.at(-1) ?? null };
  } finally {
    database.close();
  }
};
