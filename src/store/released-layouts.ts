import { layout, withFiniteNumbers, type TableLayout } from './table-layout.ts';

/**
 * The tables as released migration steps make them. Never edited: databases out there were made so, and a step means
 * today what it meant on the day it was released. Today's tables are in table-layout.ts.
 */

/** What '0003-hotline-key' makes: a list of hotlines without dates. */
export const hotlineKeyLayouts: readonly TableLayout[] = [
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
export const datedHotlinesLayout: TableLayout = layout(
  'hotlines',
  'hotline:text valid_from:text',
  `name:text province:text? region:text? city_tier:text? round_the_clock:flag? online_channels:real?
   smart_voice:flag? enterprise_line:flag?`,
);

/** All tables as '0005-finite-numbers' leaves them: those with fractions refuse numbers that are not finite. */
export const finiteNumbersLayouts: readonly TableLayout[] = withFiniteNumbers(
  hotlineKeyLayouts.map((each) => (each.table === 'hotlines' ? datedHotlinesLayout : each)),
);

/** What '0006-rosters' makes beside new columns of operators. */
export const rosterLayouts: readonly TableLayout[] = withFiniteNumbers([
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

/** What '0011-earlier-models' makes: models as they stood before others were saved in their place. */
export const earlierModelLayouts: readonly TableLayout[] = [
  layout('earlier_models', 'id:whole', 'model:text at_millis:whole document:text'),
];

/** What '0012-outside-forecasts' makes: forecasts that were made elsewhere. */
export const outsideForecastLayouts: readonly TableLayout[] = withFiniteNumbers([
  layout(
    'outside_forecasts',
    'model:text queue:text issued_millis:whole start_millis:whole',
    'interval_minutes:whole calls:real q10:real? q90:real?',
    { inKeyOrder: true },
  ),
]);

/** What '0013-causes' makes: what may move calls, by the day. */
export const causeLayouts: readonly TableLayout[] = withFiniteNumbers([
  layout('causes', 'cause:text date:text queue:text', 'value:real'),
]);

/** What '0014-topics' makes: demands by topic and day. */
export const topicLayouts: readonly TableLayout[] = withFiniteNumbers([
  layout('topics', 'topic:text date:text queue:text', 'demands:real days:whole'),
]);

/** What '0018-feeds' makes: live feeds, and the calls that they put together. */
export const feedLayouts: readonly TableLayout[] = [
  layout('feeds', 'name:text', 'settings:text state:text? version:whole'),
  layout('feed_calls', 'feed:text call:text', 'first_millis:whole last_millis:whole events:text', {
    inKeyOrder: true,
  }),
];

/** What '0019-day-actions' makes: actions of a day that were taken, with the roster that one changed as it stood before. */
export const dayActionLayouts: readonly TableLayout[] = [
  layout('day_actions', 'id:whole', 'date:text document:text before:text? after:text?'),
];

/** What '0008-accounts' makes: who signs in, and what they may. */
export const accountLayouts: readonly TableLayout[] = withFiniteNumbers([
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
