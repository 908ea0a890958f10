import { movedFact } from './facts.ts';

/**
 * The tables of one schema, as data: migrations make them, copies and checks walk them. `hotline_key` comes first
 * in every table and key and is not repeated here.
 */
export interface TableLayout {
  readonly table: string;
  /** Columns after the hotline that tell rows apart. */
  readonly key: readonly Column[];
  readonly values: readonly Column[];
  /** Rows lie in the order of their key: spares an index where there are many. */
  readonly inKeyOrder?: true;
  /** Parted by years of this column where the database can. */
  readonly partedBy?: string;
  /** Numbers of it are finite: the database refuses any other. */
  readonly finite?: true;
  /** A row, by the value of a column, that belongs to the place and not to the hotline: no copy or comparison has it. */
  readonly staying?: { readonly column: string; readonly value: string };
}

export interface Column {
  readonly name: string;
  readonly type: 'text' | 'whole' | 'real' | 'bytes' | 'flag';
  readonly optional: boolean;
}

const column = (written: string): Column => {
  const [name = '', type = ''] = written.split(':');
  const optional = type.endsWith('?');
  return { name, type: (optional ? type.slice(0, -1) : type) as Column['type'], optional };
};

const columns = (written: string): Column[] =>
  written === '' ? [] : written.trim().split(/\s+/).map(column);

/** A table from its columns as written: `name:type`, `?` where a row may lack it. */
export const layout = (
  table: string,
  key: string,
  values: string,
  more: Pick<TableLayout, 'inKeyOrder' | 'partedBy' | 'staying'> = {},
): TableLayout => ({ table, key: columns(key), values: columns(values), ...more });

/** The same tables, where they hold numbers with fractions, refusing what is not finite. */
export const withFiniteNumbers = (layouts: readonly TableLayout[]): TableLayout[] =>
  layouts.map((each) =>
    [...each.key, ...each.values].some(({ type }) => type === 'real') ? { ...each, finite: true } : each,
  );

/** Every table of records and results. */
export const tableLayouts: readonly TableLayout[] = withFiniteNumbers([
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
    'hotline:text valid_from:text',
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
  layout('facts', 'fact:text', 'value:text', { staying: { column: 'fact', value: movedFact } }),
]);

/** The columns of a table by name, the hotline among them. */
export const columnsOf = (table: string, names: readonly string[]): Column[] => {
  const found = tableLayouts.find((each) => each.table === table);
  const known = [hotlineColumn, ...(found?.key ?? []), ...(found?.values ?? [])];
  return names.map((name) => {
    const column = known.find((each) => each.name === name);
    if (column === undefined) throw new Error(`there is no column ${name} in ${table}`);
    return column;
  });
};

const hotlineColumn: Column = { name: 'hotline_key', type: 'text', optional: false };
