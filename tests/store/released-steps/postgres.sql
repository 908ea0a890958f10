-- 0003-hotline-key
create table "lines" ("hotline_key" text collate "C" not null, "last_overrule" bigint not null, "last_saved" bigint not null, constraint "lines_key" primary key ("hotline_key"));
create table "traffic" ("hotline_key" text collate "C" not null, "queue" text collate "C" not null, "start_millis" bigint not null, "interval_minutes" bigint not null, "offered" double precision not null, "answered" double precision, "abandoned" double precision, "short_abandoned" double precision, "blocked" double precision, "answered_in_threshold" double precision, "wait_seconds_total" double precision, "handle_seconds_total" double precision, "operators" double precision, "redials" double precision, constraint "traffic_key" primary key ("hotline_key", "queue", "start_millis")) partition by range ("start_millis");
create table "events" ("hotline_key" text collate "C" not null, "date" text collate "C" not null, "kind" text collate "C" not null, "label" text collate "C" not null, "queue" text collate "C" not null, "end" text collate "C", "expected_effect" double precision, "decay_days" double precision, constraint "events_key" primary key ("hotline_key", "date", "kind", "label", "queue"));
create table "operators" ("hotline_key" text collate "C" not null, "operator" text collate "C" not null, "tier" text collate "C", "skills" text collate "C" not null, "contract_hours" double precision not null, "handle_time_seconds" double precision, "quality_score" double precision, "first_contact_resolution" double precision, "months_of_service" double precision, constraint "operators_key" primary key ("hotline_key", "operator"));
create table "presence" ("hotline_key" text collate "C" not null, "tier" text collate "C" not null, "start_millis" bigint not null, "interval_minutes" bigint not null, "operators" double precision not null, constraint "presence_key" primary key ("hotline_key", "tier", "start_millis"));
create table "channels" ("hotline_key" text collate "C" not null, "channel" text collate "C" not null, "capacity_per_interval" double precision not null, "operator_seconds" double precision not null, "failure_share" double precision not null, constraint "channels_key" primary key ("hotline_key", "channel"));
create table "channel_volumes" ("hotline_key" text collate "C" not null, "channel" text collate "C" not null, "start_millis" bigint not null, "requests" double precision not null, "failed" double precision, constraint "channel_volumes_key" primary key ("hotline_key", "channel", "start_millis"));
create table "prompts_played" ("hotline_key" text collate "C" not null, "prompt" text collate "C" not null, "queue" text collate "C" not null, "start_millis" bigint not null, "end_millis" bigint not null, constraint "prompts_played_key" primary key ("hotline_key", "prompt", "queue", "start_millis"));
create table "test_calls" ("hotline_key" text collate "C" not null, "hotline" text collate "C" not null, "placed_at_millis" bigint not null, "ordinal" bigint not null, "connected" smallint not null check ("connected" in (0, 1)), "seconds_to_operator" double precision, "indicators" text collate "C" not null, constraint "test_calls_key" primary key ("hotline_key", "hotline", "placed_at_millis", "ordinal"));
create table "monitoring_results" ("hotline_key" text collate "C" not null, "hotline" text collate "C" not null, "period" text collate "C" not null, "test_calls" bigint, "connected" bigint, "connection_rate" double precision, "mean_seconds" double precision, "indicators" text collate "C" not null, "total" double precision, constraint "monitoring_results_key" primary key ("hotline_key", "hotline", "period"));
create table "hotlines" ("hotline_key" text collate "C" not null, "hotline" text collate "C" not null, "name" text collate "C" not null, "province" text collate "C", "region" text collate "C", "city_tier" text collate "C", "round_the_clock" smallint check ("round_the_clock" in (0, 1)), "online_channels" double precision, "smart_voice" smallint check ("smart_voice" in (0, 1)), "enterprise_line" smallint check ("enterprise_line" in (0, 1)), constraint "hotlines_key" primary key ("hotline_key", "hotline"));
create table "plans" ("hotline_key" text collate "C" not null, "id" text collate "C" not null, "week" text collate "C" not null, "created_at" text collate "C" not null, "saved" bigint not null, "document" text collate "C" not null, "world" bytea, constraint "plans_key" primary key ("hotline_key", "id"));
create table "overrules" ("hotline_key" text collate "C" not null, "id" bigint not null, "queue" text collate "C", "date" text collate "C" not null, "from" text collate "C", "to" text collate "C", "factor" double precision, "calls" double precision, "reason" text collate "C" not null, "author" text collate "C" not null, constraint "overrules_key" primary key ("hotline_key", "id"));
create table "results" ("hotline_key" text collate "C" not null, "key" text collate "C" not null, "value" bytea not null, "bytes" bigint not null, "saved" bigint not null, constraint "results_key" primary key ("hotline_key", "key"));
create table "facts" ("hotline_key" text collate "C" not null, "fact" text collate "C" not null, "value" text collate "C" not null, constraint "facts_key" primary key ("hotline_key", "fact"));
create index "plans_by_saved" on "plans" ("hotline_key", "saved");
-- 0004-dated-hotlines
alter table hotlines add column valid_from text collate "C" not null default '';
alter table hotlines alter column valid_from drop default;
alter table hotlines drop constraint hotlines_key;
alter table hotlines add constraint hotlines_key primary key (hotline_key, hotline, valid_from);
-- 0005-finite-numbers
alter table "traffic" add constraint "traffic_finite" check (coalesce(abs("offered"), 0) < 'Infinity'::float8 and coalesce(abs("answered"), 0) < 'Infinity'::float8 and coalesce(abs("abandoned"), 0) < 'Infinity'::float8 and coalesce(abs("short_abandoned"), 0) < 'Infinity'::float8 and coalesce(abs("blocked"), 0) < 'Infinity'::float8 and coalesce(abs("answered_in_threshold"), 0) < 'Infinity'::float8 and coalesce(abs("wait_seconds_total"), 0) < 'Infinity'::float8 and coalesce(abs("handle_seconds_total"), 0) < 'Infinity'::float8 and coalesce(abs("operators"), 0) < 'Infinity'::float8 and coalesce(abs("redials"), 0) < 'Infinity'::float8) not valid;
do $$ begin alter table "traffic" validate constraint "traffic_finite"; exception when check_violation then null; end $$;
alter table "events" add constraint "events_finite" check (coalesce(abs("expected_effect"), 0) < 'Infinity'::float8 and coalesce(abs("decay_days"), 0) < 'Infinity'::float8) not valid;
do $$ begin alter table "events" validate constraint "events_finite"; exception when check_violation then null; end $$;
alter table "operators" add constraint "operators_finite" check (coalesce(abs("contract_hours"), 0) < 'Infinity'::float8 and coalesce(abs("handle_time_seconds"), 0) < 'Infinity'::float8 and coalesce(abs("quality_score"), 0) < 'Infinity'::float8 and coalesce(abs("first_contact_resolution"), 0) < 'Infinity'::float8 and coalesce(abs("months_of_service"), 0) < 'Infinity'::float8) not valid;
do $$ begin alter table "operators" validate constraint "operators_finite"; exception when check_violation then null; end $$;
alter table "presence" add constraint "presence_finite" check (coalesce(abs("operators"), 0) < 'Infinity'::float8) not valid;
do $$ begin alter table "presence" validate constraint "presence_finite"; exception when check_violation then null; end $$;
alter table "channels" add constraint "channels_finite" check (coalesce(abs("capacity_per_interval"), 0) < 'Infinity'::float8 and coalesce(abs("operator_seconds"), 0) < 'Infinity'::float8 and coalesce(abs("failure_share"), 0) < 'Infinity'::float8) not valid;
do $$ begin alter table "channels" validate constraint "channels_finite"; exception when check_violation then null; end $$;
alter table "channel_volumes" add constraint "channel_volumes_finite" check (coalesce(abs("requests"), 0) < 'Infinity'::float8 and coalesce(abs("failed"), 0) < 'Infinity'::float8) not valid;
do $$ begin alter table "channel_volumes" validate constraint "channel_volumes_finite"; exception when check_violation then null; end $$;
alter table "test_calls" add constraint "test_calls_finite" check (coalesce(abs("seconds_to_operator"), 0) < 'Infinity'::float8) not valid;
do $$ begin alter table "test_calls" validate constraint "test_calls_finite"; exception when check_violation then null; end $$;
alter table "monitoring_results" add constraint "monitoring_results_finite" check (coalesce(abs("connection_rate"), 0) < 'Infinity'::float8 and coalesce(abs("mean_seconds"), 0) < 'Infinity'::float8 and coalesce(abs("total"), 0) < 'Infinity'::float8) not valid;
do $$ begin alter table "monitoring_results" validate constraint "monitoring_results_finite"; exception when check_violation then null; end $$;
alter table "hotlines" add constraint "hotlines_finite" check (coalesce(abs("online_channels"), 0) < 'Infinity'::float8) not valid;
do $$ begin alter table "hotlines" validate constraint "hotlines_finite"; exception when check_violation then null; end $$;
alter table "overrules" add constraint "overrules_finite" check (coalesce(abs("factor"), 0) < 'Infinity'::float8 and coalesce(abs("calls"), 0) < 'Infinity'::float8) not valid;
do $$ begin alter table "overrules" validate constraint "overrules_finite"; exception when check_violation then null; end $$;
-- 0006-rosters
alter table "operators" add column "team" text collate "C";
alter table "operators" add column "contract" text collate "C";
alter table "operators" add column "hours_account" text collate "C";
alter table "operators" add column "night_exempt" smallint check ("night_exempt" in (0, 1));
alter table "operators" add column "joined" text collate "C";
alter table "operators" add column "senior" smallint check ("senior" in (0, 1));
alter table "operators" add column "fixed_days_off" text collate "C";
alter table "operators" add column "hours_over_standard" double precision;
alter table "operators" add column "nights_worked" bigint;
alter table "operators" add column "weekends_worked" bigint;
alter table "operators" add column "holidays_worked" bigint;
alter table "operators" drop constraint if exists "operators_finite";
alter table "operators" add constraint "operators_finite" check (coalesce(abs("contract_hours"), 0) < 'Infinity'::float8 and coalesce(abs("handle_time_seconds"), 0) < 'Infinity'::float8 and coalesce(abs("quality_score"), 0) < 'Infinity'::float8 and coalesce(abs("first_contact_resolution"), 0) < 'Infinity'::float8 and coalesce(abs("months_of_service"), 0) < 'Infinity'::float8 and coalesce(abs("hours_over_standard"), 0) < 'Infinity'::float8) not valid;
do $$ begin alter table "operators" validate constraint "operators_finite"; exception when check_violation then null; end $$;
create table "leave" ("hotline_key" text collate "C" not null, "operator" text collate "C" not null, "from" text collate "C" not null, "to" text collate "C" not null, "kind" text collate "C" not null, "state" text collate "C" not null, constraint "leave_key" primary key ("hotline_key", "operator", "from"));
create table "roster_requests" ("hotline_key" text collate "C" not null, "operator" text collate "C" not null, "date" text collate "C" not null, "wants" text collate "C" not null, "weight" double precision, constraint "roster_requests_key" primary key ("hotline_key", "operator", "date", "wants"));
alter table "roster_requests" add constraint "roster_requests_finite" check (coalesce(abs("weight"), 0) < 'Infinity'::float8) not valid;
do $$ begin alter table "roster_requests" validate constraint "roster_requests_finite"; exception when check_violation then null; end $$;
create table "duties" ("hotline_key" text collate "C" not null, "operator" text collate "C" not null, "date" text collate "C" not null, "shift" text collate "C" not null, "start" text collate "C", "end" text collate "C", "tier" text collate "C", "pinned" smallint check ("pinned" in (0, 1)), constraint "duties_key" primary key ("hotline_key", "operator", "date"));
create table "rosters" ("hotline_key" text collate "C" not null, "id" text collate "C" not null, "from" text collate "C" not null, "to" text collate "C" not null, "created_at" text collate "C" not null, "published_at" text collate "C", "saved" bigint not null, "document" text collate "C" not null, constraint "rosters_key" primary key ("hotline_key", "id"));
create table "roster_changes" ("hotline_key" text collate "C" not null, "id" bigint not null, "roster" text collate "C" not null, "at" text collate "C" not null, "document" text collate "C" not null, constraint "roster_changes_key" primary key ("hotline_key", "id"));
-- 0007-plan-life
alter table "plans" add column "life" text collate "C";
create table "audit" ("hotline_key" text collate "C" not null, "number" bigint not null, "at_millis" bigint not null, "entry" text collate "C" not null, "seal" text collate "C" not null, constraint "audit_key" primary key ("hotline_key", "number"));
create table "audit_ends" ("hotline_key" text collate "C" not null, "side" text collate "C" not null, "number" bigint not null, "seal" text collate "C" not null, constraint "audit_ends_key" primary key ("hotline_key", "side"));
create table "diary" ("hotline_key" text collate "C" not null, "id" bigint not null, "date" text collate "C" not null, "version" bigint not null, "document" text collate "C" not null, constraint "diary_key" primary key ("hotline_key", "id"));
-- 0008-accounts
create table "accounts" ("hotline_key" text collate "C" not null, "user" text collate "C" not null, "id" text collate "C" not null, "name" text collate "C" not null, "password" text collate "C", "disabled" smallint not null check ("disabled" in (0, 1)), "created_millis" bigint not null, "invitation" text collate "C", "invitation_ends_millis" bigint, constraint "accounts_key" primary key ("hotline_key", "user"));
create table "roles" ("hotline_key" text collate "C" not null, "user" text collate "C" not null, "role" text collate "C" not null, "operator" text collate "C", constraint "roles_key" primary key ("hotline_key", "user"));
create table "sessions" ("hotline_key" text collate "C" not null, "id" text collate "C" not null, "user" text collate "C" not null, "created_millis" bigint not null, "seen_millis" bigint not null, "ends_millis" bigint not null, constraint "sessions_key" primary key ("hotline_key", "id"));
create table "api_tokens" ("hotline_key" text collate "C" not null, "id" text collate "C" not null, "user" text collate "C" not null, "name" text collate "C" not null, "hash" text collate "C" not null, "scope" text collate "C" not null, "created_millis" bigint not null, "ends_millis" bigint not null, "used_millis" bigint, constraint "api_tokens_key" primary key ("hotline_key", "id"));
-- 0009-frozen-forecasts
alter table "plans" add column "frozen" bytea;
-- 0010-openid
alter table "accounts" add column "openid" text collate "C";
-- 0011-earlier-models
create table "earlier_models" ("hotline_key" text collate "C" not null, "id" bigint not null, "model" text collate "C" not null, "at_millis" bigint not null, "document" text collate "C" not null, constraint "earlier_models_key" primary key ("hotline_key", "id"));
-- 0012-outside-forecasts
create table "outside_forecasts" ("hotline_key" text collate "C" not null, "model" text collate "C" not null, "queue" text collate "C" not null, "issued_millis" bigint not null, "start_millis" bigint not null, "interval_minutes" bigint not null, "calls" double precision not null, "q10" double precision, "q90" double precision, constraint "outside_forecasts_key" primary key ("hotline_key", "model", "queue", "issued_millis", "start_millis"));
alter table "outside_forecasts" add constraint "outside_forecasts_finite" check (coalesce(abs("calls"), 0) < 'Infinity'::float8 and coalesce(abs("q10"), 0) < 'Infinity'::float8 and coalesce(abs("q90"), 0) < 'Infinity'::float8) not valid;
do $$ begin alter table "outside_forecasts" validate constraint "outside_forecasts_finite"; exception when check_violation then null; end $$;
-- 0013-causes
create table "causes" ("hotline_key" text collate "C" not null, "cause" text collate "C" not null, "date" text collate "C" not null, "queue" text collate "C" not null, "value" double precision not null, constraint "causes_key" primary key ("hotline_key", "cause", "date", "queue"));
alter table "causes" add constraint "causes_finite" check (coalesce(abs("value"), 0) < 'Infinity'::float8) not valid;
do $$ begin alter table "causes" validate constraint "causes_finite"; exception when check_violation then null; end $$;
-- 0014-topics
create table "topics" ("hotline_key" text collate "C" not null, "topic" text collate "C" not null, "date" text collate "C" not null, "queue" text collate "C" not null, "demands" double precision not null, "days" bigint not null, constraint "topics_key" primary key ("hotline_key", "topic", "date", "queue"));
alter table "topics" add constraint "topics_finite" check (coalesce(abs("demands"), 0) < 'Infinity'::float8) not valid;
do $$ begin alter table "topics" validate constraint "topics_finite"; exception when check_violation then null; end $$;
-- 0015-account-home
alter table "accounts" add column "home" text collate "C";
-- 0016-operator-names
alter table "operators" add column "name" text collate "C";
-- 0017-operator-shifts
alter table "operators" add column "shifts" text collate "C";
-- 0018-feeds
create table "feeds" ("hotline_key" text collate "C" not null, "name" text collate "C" not null, "settings" text collate "C" not null, "state" text collate "C", "version" bigint not null, constraint "feeds_key" primary key ("hotline_key", "name"));
create table "feed_calls" ("hotline_key" text collate "C" not null, "feed" text collate "C" not null, "call" text collate "C" not null, "first_millis" bigint not null, "last_millis" bigint not null, "events" text collate "C" not null, constraint "feed_calls_key" primary key ("hotline_key", "feed", "call"));
-- 0019-day-actions
create table "day_actions" ("hotline_key" text collate "C" not null, "id" bigint not null, "date" text collate "C" not null, "document" text collate "C" not null, "before" text collate "C", "after" text collate "C", constraint "day_actions_key" primary key ("hotline_key", "id"));
