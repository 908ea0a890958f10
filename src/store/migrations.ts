import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { StoreKind } from './database.ts';
import { refuseNonFinite, renewNonFinite } from './finite-numbers.ts';
import { type Column, columns, layout, type TableLayout, withFiniteNumbers } from './table-notation.ts';

/**
 * Every step that the schema has gone through, in order. A step that was released is never edited, nor the layouts
 * that it makes: a change is a new step. The migrator runs all that are missing in one transaction: wholly or not at
 * all. PostgreSQL came with the third. `hotline` owns the rows of a database that did not name their owner yet.
 */
export const migrationSteps = (kind: StoreKind, hotline: string): Readonly<Record<string, Migration>> => ({
  ...(kind === 'sqlite'
    ? {
        ...firstSteps,
        '0003-hotline-key': { up: (db: Kysely<unknown>) => addHotlineKey(db, hotline) },
        '0004-dated-hotlines': { up: dateHotlinesInFile },
      }
    : {
        '0003-hotline-key': { up: (db: Kysely<unknown>) => createTables(db, 'postgres', hotlineKeyLayouts) },
        '0004-dated-hotlines': { up: dateHotlinesOnServer },
      }),
  '0005-finite-numbers': { up: (db: Kysely<unknown>) => wantFiniteNumbers(db, kind) },
  ...migrationsOfAdditions(kind, finiteNumbersLayouts, additions),
});

/** What '0006-rosters' makes beside new columns of operators. */
const rosterLayouts: readonly TableLayout[] = withFiniteNumbers([
  layout('leave', 'operator:text from:text', 'to:text kind:text state:text'),
  layout('roster_requests', 'operator:text date:text wants:text', 'weight:real?'),
  layout('duties', 'operator:text date:text', 'shift:text start:text? end:text? tier:text? pinned:flag?'),
  layout(
    'rosters',
    'id:text',
    'from:text to:text created_at:text published_at:text? saved:whole document:text',
  ),
  layout('roster_changes', 'id:whole', 'roster:text at:text document:text'),
]);

/** What '0007-plan-life' makes beside a plan's life: the log of changes with its ends, and the diary. */
export const planLifeLayouts: readonly TableLayout[] = [
  layout('audit', 'number:whole', 'at_millis:whole entry:text seal:text'),
  layout('audit_ends', 'side:text', 'number:whole seal:text'),
  layout('diary', 'id:whole', 'date:text version:whole document:text'),
];

/** What '0011-earlier-models' makes: models as they were before others were saved in their place. */
export const earlierModelLayouts: readonly TableLayout[] = [
  layout('earlier_models', 'id:whole', 'model:text at_millis:whole document:text'),
];

/** What '0012-outside-forecasts' makes: forecasts that were made elsewhere. */
const outsideForecastLayouts: readonly TableLayout[] = withFiniteNumbers([
  layout(
    'outside_forecasts',
    'model:text queue:text issued_millis:whole start_millis:whole',
    'interval_minutes:whole calls:real q10:real? q90:real?',
    { inKeyOrder: true },
  ),
]);

/** What '0013-causes' makes: what may move calls, by the day. */
const causeLayouts: readonly TableLayout[] = withFiniteNumbers([
  layout('causes', 'cause:text date:text queue:text', 'value:real'),
]);

/** What '0014-topics' makes: demands by topic and day. */
const topicLayouts: readonly TableLayout[] = withFiniteNumbers([
  layout('topics', 'topic:text date:text queue:text', 'demands:real days:whole'),
]);

/** What '0018-feeds' makes: live feeds, and the calls that they put together. */
export const feedLayouts: readonly TableLayout[] = [
  layout('feeds', 'name:text', 'settings:text state:text? version:whole'),
  layout('feed_calls', 'feed:text call:text', 'first_millis:whole last_millis:whole events:text', {
    inKeyOrder: true,
  }),
];

/** What '0019-day-actions' makes: actions of a day that were taken, with the roster that one changed as it was before. */
export const dayActionLayouts: readonly TableLayout[] = [
  layout('day_actions', 'id:whole', 'date:text document:text before:text? after:text?'),
];

/** What '0008-accounts' makes: who signs in, and what they may. */
const accountLayouts: readonly TableLayout[] = withFiniteNumbers([
  layout(
    'accounts',
    'user:text',
    `id:text name:text password:text? disabled:flag created_millis:whole invitation:text?
     invitation_ends_millis:whole?`,
  ),
  layout('roles', 'user:text', 'role:text operator:text?'),
  layout('sessions', 'id:text', 'user:text created_millis:whole seen_millis:whole ends_millis:whole'),
  layout(
    'api_tokens',
    'id:text',
    'user:text name:text hash:text scope:text created_millis:whole ends_millis:whole used_millis:whole?',
  ),
]);

/**
 * What later steps add, by their names: a field added to a record is a step here, its columns as in
 * table-notation.ts, and is last in the record.
 */
const additions: Readonly<Record<string, Addition>> = {
  '0006-rosters': {
    columns: {
      operators: `team:text? contract:text? hours_account:text? night_exempt:flag? joined:text? senior:flag?
        fixed_days_off:text? hours_over_standard:real? nights_worked:whole? weekends_worked:whole?
        holidays_worked:whole?`,
    },
    tables: rosterLayouts,
  },
  '0007-plan-life': { columns: { plans: 'life:text?' }, tables: planLifeLayouts },
  '0008-accounts': { tables: accountLayouts },
  '0009-frozen-forecasts': { columns: { plans: 'frozen:bytes?' } },
  '0010-openid': { columns: { accounts: 'openid:text?' } },
  '0011-earlier-models': { tables: earlierModelLayouts },
  '0012-outside-forecasts': { tables: outsideForecastLayouts },
  '0013-causes': { tables: causeLayouts },
  '0014-topics': { tables: topicLayouts },
  '0015-account-home': { columns: { accounts: 'home:text?' } },
  '0016-operator-names': { columns: { operators: 'name:text?' } },
  '0017-operator-shifts': { columns: { operators: 'shifts:text?' } },
  '0018-feeds': { tables: feedLayouts },
  '0019-day-actions': { tables: dayActionLayouts },
};

/** The tables of a schema whose last step this was; undefined where it is too old, or not known. */
export const layoutsAfter = (step: string): readonly TableLayout[] | undefined =>
  layoutsByStep('0005-finite-numbers', finiteNumbersLayouts, additions).get(step);

/** Rows without a date hold from the beginning. SQLite changes no key: the table is made again. */
const dateHotlinesInFile = async (db: Kysely<unknown>): Promise<void> => {
  const { key, values } = datedHotlinesLayout;
  const kept = [...key, ...values].map(({ name }) => name).filter((name) => name !== 'valid_from');
  const columns = sql.join(['hotline_key', ...kept].map((name) => sql.ref(name)));
  await db.schema.alterTable('hotlines').renameTo('old_hotlines').execute();
  await createTable(db, 'sqlite', datedHotlinesLayout);
  await sql`insert into hotlines (valid_from, ${columns}) select '', ${columns} from old_hotlines`.execute(
    db,
  );
  await db.schema.dropTable('old_hotlines').execute();
};

const dateHotlinesOnServer = async (db: Kysely<unknown>): Promise<void> => {
  await sql`alter table hotlines add column valid_from text collate "C" not null default ''`.execute(db);
  await sql`alter table hotlines alter column valid_from drop default`.execute(db);
  await sql`alter table hotlines drop constraint hotlines_key`.execute(db);
  await sql`alter table hotlines add constraint hotlines_key
    primary key (hotline_key, hotline, valid_from)`.execute(db);
};

/** Rows that hold such numbers already stay, to be looked at and corrected by the person who knows what they were. */
const wantFiniteNumbers = async (db: Kysely<unknown>, kind: StoreKind): Promise<void> => {
  for (const layout of finiteNumbersLayouts.filter(({ finite }) => finite === true))
    await refuseNonFinite(db, kind, layout);
};

const firstSteps: Readonly<Record<string, Migration>> = {
  '0001-records': {
    up: async (db: Kysely<unknown>) => {
      await createTraffic(db);
      await createStaff(db);
      await createChannels(db);
      await createMonitoring(db);
    },
  },
  '0002-results': {
    up: async (db: Kysely<unknown>) => {
      await createPlans(db);
      await createFacts(db);
    },
  },
};

/** Gives every row of an older file its owner: each table is made again and its rows move over. */
const addHotlineKey = async (db: Kysely<unknown>, hotline: string): Promise<void> => {
  await sql`drop index plans_by_saved`.execute(db);
  const old = hotlineKeyLayouts.filter(({ table }) => table !== 'lines');
  for (const { table } of old) await db.schema.alterTable(table).renameTo(`old_${table}`).execute();
  await createTables(db, 'sqlite', hotlineKeyLayouts);
  for (const { table, key, values } of old) {
    const columns = sql.join([...key, ...values].map(({ name }) => sql.ref(name)));
    await sql`insert into ${sql.table(table)} (hotline_key, ${columns})
      select ${hotline}, ${columns} from ${sql.table(`old_${table}`)}`.execute(db);
  }
  await sql`insert into lines (hotline_key, last_overrule, last_saved) select ${hotline},
    coalesce((select max(seq) from sqlite_sequence where name = 'old_overrules'), 0),
    max(coalesce((select max(saved) from plans), 0), coalesce((select max(saved) from results), 0))`.execute(
    db,
  );
  for (const { table } of old) await db.schema.dropTable(`old_${table}`).execute();
};

const createTraffic = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('traffic')
    .addColumn('queue', 'text', (c) => c.notNull())
    .addColumn('start_millis', 'integer', (c) => c.notNull())
    .addColumn('interval_minutes', 'integer', (c) => c.notNull())
    .addColumn('offered', 'real', (c) => c.notNull())
    .addColumn('answered', 'real')
    .addColumn('abandoned', 'real')
    .addColumn('short_abandoned', 'real')
    .addColumn('blocked', 'real')
    .addColumn('answered_in_threshold', 'real')
    .addColumn('wait_seconds_total', 'real')
    .addColumn('handle_seconds_total', 'real')
    .addColumn('operators', 'real')
    .addColumn('redials', 'real')
    .addPrimaryKeyConstraint('traffic_key', ['queue', 'start_millis'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await db.schema
    .createTable('events')
    .addColumn('date', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('label', 'text', (c) => c.notNull())
    .addColumn('queue', 'text', (c) => c.notNull())
    .addColumn('end', 'text')
    .addColumn('expected_effect', 'real')
    .addColumn('decay_days', 'real')
    .addPrimaryKeyConstraint('events_key', ['date', 'kind', 'label', 'queue'])
    .execute();
};

const createStaff = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('operators')
    .addColumn('operator', 'text', (c) => c.primaryKey().notNull())
    .addColumn('tier', 'text')
    .addColumn('skills', 'text', (c) => c.notNull())
    .addColumn('contract_hours', 'real', (c) => c.notNull())
    .addColumn('handle_time_seconds', 'real')
    .addColumn('quality_score', 'real')
    .addColumn('first_contact_resolution', 'real')
    .addColumn('months_of_service', 'real')
    .execute();
  await db.schema
    .createTable('presence')
    .addColumn('tier', 'text', (c) => c.notNull())
    .addColumn('start_millis', 'integer', (c) => c.notNull())
    .addColumn('interval_minutes', 'integer', (c) => c.notNull())
    .addColumn('operators', 'real', (c) => c.notNull())
    .addPrimaryKeyConstraint('presence_key', ['tier', 'start_millis'])
    .modifyEnd(sql`without rowid`)
    .execute();
};

const createChannels = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('channels')
    .addColumn('channel', 'text', (c) => c.primaryKey().notNull())
    .addColumn('capacity_per_interval', 'real', (c) => c.notNull())
    .addColumn('operator_seconds', 'real', (c) => c.notNull())
    .addColumn('failure_share', 'real', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('channel_volumes')
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('start_millis', 'integer', (c) => c.notNull())
    .addColumn('requests', 'real', (c) => c.notNull())
    .addColumn('failed', 'real')
    .addPrimaryKeyConstraint('channel_volumes_key', ['channel', 'start_millis'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await db.schema
    .createTable('prompts_played')
    .addColumn('prompt', 'text', (c) => c.notNull())
    .addColumn('queue', 'text', (c) => c.notNull())
    .addColumn('start_millis', 'integer', (c) => c.notNull())
    .addColumn('end_millis', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('prompts_played_key', ['prompt', 'queue', 'start_millis'])
    .execute();
};

const createMonitoring = async (db: Kysely<unknown>): Promise<void> => {
  const flag = (column: string) => sql`${sql.ref(column)} in (0, 1)`;
  await db.schema
    .createTable('test_calls')
    .addColumn('hotline', 'text', (c) => c.notNull())
    .addColumn('placed_at_millis', 'integer', (c) => c.notNull())
    .addColumn('ordinal', 'integer', (c) => c.notNull())
    .addColumn('connected', 'integer', (c) => c.notNull().check(flag('connected')))
    .addColumn('seconds_to_operator', 'real')
    .addColumn('indicators', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('test_calls_key', ['hotline', 'placed_at_millis', 'ordinal'])
    .execute();
  await db.schema
    .createTable('monitoring_results')
    .addColumn('hotline', 'text', (c) => c.notNull())
    .addColumn('period', 'text', (c) => c.notNull())
    .addColumn('test_calls', 'integer')
    .addColumn('connected', 'integer')
    .addColumn('connection_rate', 'real')
    .addColumn('mean_seconds', 'real')
    .addColumn('indicators', 'text', (c) => c.notNull())
    .addColumn('total', 'real')
    .addPrimaryKeyConstraint('monitoring_results_key', ['hotline', 'period'])
    .execute();
  await db.schema
    .createTable('hotlines')
    .addColumn('hotline', 'text', (c) => c.primaryKey().notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('province', 'text')
    .addColumn('region', 'text')
    .addColumn('city_tier', 'text')
    .addColumn('round_the_clock', 'integer', (c) => c.check(flag('round_the_clock')))
    .addColumn('online_channels', 'real')
    .addColumn('smart_voice', 'integer', (c) => c.check(flag('smart_voice')))
    .addColumn('enterprise_line', 'integer', (c) => c.check(flag('enterprise_line')))
    .execute();
};

const createPlans = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('plans')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('week', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('saved', 'integer', (c) => c.notNull())
    .addColumn('document', 'text', (c) => c.notNull())
    .addColumn('world', 'blob')
    .execute();
  await db.schema.createIndex('plans_by_saved').on('plans').column('saved').execute();
  await db.schema
    .createTable('overrules')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('queue', 'text')
    .addColumn('date', 'text', (c) => c.notNull())
    .addColumn('from', 'text')
    .addColumn('to', 'text')
    .addColumn('factor', 'real')
    .addColumn('calls', 'real')
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('author', 'text', (c) => c.notNull())
    .execute();
};

const createFacts = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('results')
    .addColumn('key', 'text', (c) => c.primaryKey().notNull())
    .addColumn('value', 'blob', (c) => c.notNull())
    .addColumn('bytes', 'integer', (c) => c.notNull())
    .addColumn('saved', 'integer', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('facts')
    .addColumn('fact', 'text', (c) => c.primaryKey().notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute();
};

/**
 * The steps that make these additions, one after the other, to a schema of tables. What a table refuses names its
 * columns, so each step must know them all: it is told what the steps before it left.
 */
export const migrationsOfAdditions = (
  kind: StoreKind,
  before: readonly TableLayout[],
  additions: Readonly<Record<string, Addition>>,
): Readonly<Record<string, Migration>> => {
  let layouts = before;
  return Object.fromEntries(
    Object.entries(additions).map(([step, addition]) => {
      const { tables = [] } = addition;
      const changes = changesOf(step, layouts, addition);
      layouts = layoutsWith(layouts, changes, addition);
      const up = async (db: Kysely<unknown>): Promise<void> => {
        for (const { layout, added } of changes) await addColumns(db, kind, layout, added);
        for (const layout of tables) await createTable(db, kind, layout);
      };
      return [step, { up }];
    }),
  );
};

const changesOf = (
  step: string,
  layouts: readonly TableLayout[],
  { columns: written = {} }: Addition,
): Changes =>
  Object.entries(written).map(([table, added]) => withColumns(step, layouts, table, columns(added)));

const layoutsWith = (
  layouts: readonly TableLayout[],
  changes: Changes,
  { tables = [] }: Addition,
): readonly TableLayout[] => [
  ...layouts.map((each) => changes.find(({ layout }) => layout.table === each.table)?.layout ?? each),
  ...tables,
];

/** A table with further columns; throws where no row could lack one of them, or there is no such table. */
const withColumns = (
  step: string,
  layouts: readonly TableLayout[],
  table: string,
  added: readonly Column[],
): { readonly layout: TableLayout; readonly added: readonly Column[] } => {
  const known = layouts.find((each) => each.table === table);
  if (known === undefined) throw new RangeError(`${step}: no table ${table}`);
  const filled = added.find(({ optional }) => !optional);
  if (filled !== undefined)
    throw new RangeError(`${step}: rows of ${table} lack ${filled.name}, which takes a ?`);
  const [layout = known] = withFiniteNumbers([{ ...known, values: [...known.values, ...added] }]);
  return { layout, added };
};

export const createTables = async (
  db: Kysely<unknown>,
  kind: StoreKind,
  layouts: readonly TableLayout[],
): Promise<void> => {
  for (const layout of layouts) await createTable(db, kind, layout);
  await db.schema.createIndex('plans_by_saved').on('plans').columns(['hotline_key', 'saved']).execute();
};

const createTable = async (db: Kysely<unknown>, kind: StoreKind, layout: TableLayout): Promise<void> => {
  const { table, key, values } = layout;
  const keyNames = ['hotline_key', ...key.map(({ name }) => name)];
  let making = db.schema.createTable(table).addColumn('hotline_key', types[kind].text, (c) => c.notNull());
  for (const { name, type, optional } of [...key, ...values])
    making = making.addColumn(name, types[kind][type], (c) => {
      const built = optional ? c : c.notNull();
      return type === 'flag' ? built.check(sql`${sql.ref(name)} in (0, 1)`) : built;
    });
  making = making.addPrimaryKeyConstraint(`${table}_key`, keyNames as never[]);
  const ending = endOf(kind, layout);
  await (ending === undefined ? making : making.modifyEnd(ending)).execute();
  if (layout.finite === true) await refuseNonFinite(db, kind, layout);
};

/** Adds columns that rows may lack to a table that is there, and what the table refuses in them. */
const addColumns = async (
  db: Kysely<unknown>,
  kind: StoreKind,
  layout: TableLayout,
  columns: readonly Column[],
): Promise<void> => {
  const { table } = layout;
  for (const { name, type } of columns)
    await db.schema
      .alterTable(table)
      .addColumn(name, types[kind][type], (c) =>
        type === 'flag' ? c.check(sql`${sql.ref(name)} in (0, 1)`) : c,
      )
      .execute();
  if (columns.some(({ type }) => type === 'real')) await renewNonFinite(db, kind, layout);
};

const endOf = (kind: StoreKind, { inKeyOrder, partedBy }: TableLayout): RawBuilder<unknown> | undefined => {
  if (kind === 'sqlite') return inKeyOrder ? sql`without rowid` : undefined;
  return partedBy === undefined ? undefined : sql`partition by range (${sql.ref(partedBy)})`;
};

/** Text compares by its bytes on both, whatever the language of the server. */
const types: Readonly<Record<StoreKind, Record<Column['type'], RawBuilder<unknown>>>> = {
  sqlite: { text: sql`text`, whole: sql`integer`, real: sql`real`, bytes: sql`blob`, flag: sql`integer` },
  postgres: {
    text: sql`text collate "C"`,
    whole: sql`bigint`,
    real: sql`double precision`,
    bytes: sql`bytea`,
    flag: sql`smallint`,
  },
};

/**
 * The tables as released migration steps make them. Never edited: databases out there were made so, and a step means
 * today what it meant on the day it was released. Today's tables are in todays-tables.ts.
 */

/** What '0003-hotline-key' makes: a list of hotlines without dates. */
const hotlineKeyLayouts: readonly TableLayout[] = [
  layout('lines', '', 'last_overrule:whole last_saved:whole'),
  layout(
    'traffic',
    'queue:text start_millis:whole',
    `interval_minutes:whole offered:real answered:real? abandoned:real? short_abandoned:real? blocked:real?
     answered_in_threshold:real? wait_seconds_total:real? handle_seconds_total:real? operators:real? redials:real?`,
    { inKeyOrder: true, partedBy: 'start_millis' },
  ),
  layout(
    'events',
    'date:text kind:text label:text queue:text',
    'end:text? expected_effect:real? decay_days:real?',
  ),
  layout(
    'operators',
    'operator:text',
    `tier:text? skills:text contract_hours:real handle_time_seconds:real? quality_score:real?
     first_contact_resolution:real? months_of_service:real?`,
  ),
  layout('presence', 'tier:text start_millis:whole', 'interval_minutes:whole operators:real', {
    inKeyOrder: true,
  }),
  layout('channels', 'channel:text', 'capacity_per_interval:real operator_seconds:real failure_share:real'),
  layout('channel_volumes', 'channel:text start_millis:whole', 'requests:real failed:real?', {
    inKeyOrder: true,
  }),
  layout('prompts_played', 'prompt:text queue:text start_millis:whole', 'end_millis:whole'),
  layout(
    'test_calls',
    'hotline:text placed_at_millis:whole ordinal:whole',
    'connected:flag seconds_to_operator:real? indicators:text',
  ),
  layout(
    'monitoring_results',
    'hotline:text period:text',
    'test_calls:whole? connected:whole? connection_rate:real? mean_seconds:real? indicators:text total:real?',
  ),
  layout(
    'hotlines',
    'hotline:text',
    `name:text province:text? region:text? city_tier:text? round_the_clock:flag? online_channels:real?
     smart_voice:flag? enterprise_line:flag?`,
  ),
  layout('plans', 'id:text', 'week:text created_at:text saved:whole document:text world:bytes?'),
  layout(
    'overrules',
    'id:whole',
    'queue:text? date:text from:text? to:text? factor:real? calls:real? reason:text author:text',
  ),
  layout('results', 'key:text', 'value:bytes bytes:whole saved:whole'),
  layout('facts', 'fact:text', 'value:text'),
];

/** What '0004-dated-hotlines' makes of the list of hotlines. */
const datedHotlinesLayout: TableLayout = layout(
  'hotlines',
  'hotline:text valid_from:text',
  `name:text province:text? region:text? city_tier:text? round_the_clock:flag? online_channels:real?
   smart_voice:flag? enterprise_line:flag?`,
);

/** All tables as '0005-finite-numbers' leaves them: those with fractions refuse numbers that are not finite. */
const finiteNumbersLayouts: readonly TableLayout[] = withFiniteNumbers(
  hotlineKeyLayouts.map((each) => (each.table === 'hotlines' ? datedHotlinesLayout : each)),
);

/** The step that today's schema ends with. */
export const latestStep = Object.keys(migrationSteps('sqlite', '')).at(-1) ?? '';

/** How a process of this version names itself to a server: tells who works on a database in another shape. */
export const applicationName = `huawu ${latestStep}`;

interface Addition {
  /** Columns that rows may lack, by table, as written in table-notation.ts; they come after those that are there. */
  readonly columns?: Readonly<Record<string, string>>;
  readonly tables?: readonly TableLayout[];
}

/** What tables a schema has after each of these steps, and before the first (by the name given for that). */
const layoutsByStep = (
  first: string,
  before: readonly TableLayout[],
  additions: Readonly<Record<string, Addition>>,
): ReadonlyMap<string, readonly TableLayout[]> => {
  const byStep = new Map([[first, before]]);
  let layouts = before;
  for (const [step, addition] of Object.entries(additions)) {
    layouts = layoutsWith(layouts, changesOf(step, layouts, addition), addition);
    byStep.set(step, layouts);
  }
  return byStep;
};

type Changes = readonly { readonly layout: TableLayout; readonly added: readonly Column[] }[];
