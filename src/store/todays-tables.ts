import { movedFact } from './facts.ts';
import { recordTables } from './record-table.ts';
import { dayActionLayouts, earlierModelLayouts, feedLayouts, planLifeLayouts } from './migrations.ts';
import { layout, withFiniteNumbers, type TableLayout } from './table-notation.ts';

/** Every table of records and results, as the last migration leaves it. */
export const tableLayouts: readonly TableLayout[] = withFiniteNumbers([
  layout('lines', '', 'last_overrule:whole last_saved:whole'),
  ...Object.values(recordTables).map(({ layout }) => layout),
  layout(
    'plans',
    'id:text',
    'week:text created_at:text saved:whole document:text world:bytes? life:text? frozen:bytes?',
  ),
  layout(
    'overrules',
    'id:whole',
    'queue:text? date:text from:text? to:text? factor:real? calls:real? reason:text author:text',
  ),
  layout(
    'rosters',
    'id:text',
    'from:text to:text created_at:text published_at:text? saved:whole document:text',
  ),
  layout('roster_changes', 'id:whole', 'roster:text at:text document:text'),
  ...planLifeLayouts,
  layout('results', 'key:text', 'value:bytes bytes:whole saved:whole'),
  layout('facts', 'fact:text', 'value:text', { staying: { column: 'fact', value: movedFact } }),
  layout(
    'accounts',
    'user:text',
    `id:text name:text password:text? disabled:flag created_millis:whole invitation:text?
     invitation_ends_millis:whole? openid:text? home:text?`,
  ),
  layout('roles', 'user:text', 'role:text operator:text?'),
  layout('sessions', 'id:text', 'user:text created_millis:whole seen_millis:whole ends_millis:whole'),
  layout(
    'api_tokens',
    'id:text',
    'user:text name:text hash:text scope:text created_millis:whole ends_millis:whole used_millis:whole?',
  ),
  ...earlierModelLayouts,
  ...feedLayouts,
  ...dayActionLayouts,
]);
