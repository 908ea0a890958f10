-- 0001-records
create table "traffic" ("queue" text not null, "start_millis" integer not null, "interval_minutes" integer not null, "offered" real not null, "answered" real, "abandoned" real, "short_abandoned" real, "blocked" real, "answered_in_threshold" real, "wait_seconds_total" real, "handle_seconds_total" real, "operators" real, "redials" real, constraint "traffic_key" primary key ("queue", "start_millis")) without rowid;
create table "events" ("date" text not null, "kind" text not null, "label" text not null, "queue" text not null, "end" text, "expected_effect" real, "decay_days" real, constraint "events_key" primary key ("date", "kind", "label", "queue"));
create table "operators" ("operator" text not null primary key, "tier" text, "skills" text not null, "contract_hours" real not null, "handle_time_seconds" real, "quality_score" real, "first_contact_resolution" real, "months_of_service" real);
create table "presence" ("tier" text not null, "start_millis" integer not null, "interval_minutes" integer not null, "operators" real not null, constraint "presence_key" primary key ("tier", "start_millis")) without rowid;
create table "channels" ("channel" text not null primary key, "capacity_per_interval" real not null, "operator_seconds" real not null, "failure_share" real not null);
create table "channel_volumes" ("channel" text not null, "start_millis" integer not null, "requests" real not null, "failed" real, constraint "channel_volumes_key" primary key ("channel", "start_millis")) without rowid;
create table "prompts_played" ("prompt" text not null, "queue" text not null, "start_millis" integer not null, "end_millis" integer not null, constraint "prompts_played_key" primary key ("prompt", "queue", "start_millis"));
create table "test_calls" ("hotline" text not null, "placed_at_millis" integer not null, "ordinal" integer not null, "connected" integer not null check ("connected" in (0, 1)), "seconds_to_operator" real, "indicators" text not null, constraint "test_calls_key" primary key ("hotline", "placed_at_millis", "ordinal"));
create table "monitoring_results" ("hotline" text not null, "period" text not null, "test_calls" integer, "connected" integer, "connection_rate" real, "mean_seconds" real, "indicators" text not null, "total" real, constraint "monitoring_results_key" primary key ("hotline", "period"));
create table "hotlines" ("hotline" text not null primary key, "name" text not null, "province" text, "region" text, "city_tier" text, "round_the_clock" integer check ("round_the_clock" in (0, 1)), "online_channels" real, "smart_voice" integer check ("smart_voice" in (0, 1)), "enterprise_line" integer check ("enterprise_line" in (0, 1)));
-- 0002-results
create table "plans" ("id" text not null primary key, "week" text not null, "created_at" text not null, "saved" integer not null, "document" text not null, "world" blob);
create index "plans_by_saved" on "plans" ("saved");
create table "overrules" ("id" integer primary key autoincrement, "queue" text, "date" text not null, "from" text, "to" text, "factor" real, "calls" real, "reason" text not null, "author" text not null);
create table "results" ("key" text not null primary key, "value" blob not null, "bytes" integer not null, "saved" integer not null);
create table "facts" ("fact" text not null primary key, "value" text not null);
-- 0003-hotline-key
drop index plans_by_saved;
alter table "traffic" rename to "old_traffic";
alter table "events" rename to "old_events";
alter table "operators" rename to "old_operators";
alter table "presence" rename to "old_presence";
alter table "channels" rename to "old_channels";
alter table "channel_volumes" rename to "old_channel_volumes";
alter table "prompts_played" rename to "old_prompts_played";
alter table "test_calls" rename to "old_test_calls";
alter table "monitoring_results" rename to "old_monitoring_results";
alter table "hotlines" rename to "old_hotlines";
alter table "plans" rename to "old_plans";
alter table "overrules" rename to "old_overrules";
alter table "results" rename to "old_results";
alter table "facts" rename to "old_facts";
create table "lines" ("hotline_key" text not null, "last_overrule" integer not null, "last_saved" integer not null, constraint "lines_key" primary key ("hotline_key"));
create table "traffic" ("hotline_key" text not null, "queue" text not null, "start_millis" integer not null, "interval_minutes" integer not null, "offered" real not null, "answered" real, "abandoned" real, "short_abandoned" real, "blocked" real, "answered_in_threshold" real, "wait_seconds_total" real, "handle_seconds_total" real, "operators" real, "redials" real, constraint "traffic_key" primary key ("hotline_key", "queue", "start_millis")) without rowid;
create table "events" ("hotline_key" text not null, "date" text not null, "kind" text not null, "label" text not null, "queue" text not null, "end" text, "expected_effect" real, "decay_days" real, constraint "events_key" primary key ("hotline_key", "date", "kind", "label", "queue"));
create table "operators" ("hotline_key" text not null, "operator" text not null, "tier" text, "skills" text not null, "contract_hours" real not null, "handle_time_seconds" real, "quality_score" real, "first_contact_resolution" real, "months_of_service" real, constraint "operators_key" primary key ("hotline_key", "operator"));
create table "presence" ("hotline_key" text not null, "tier" text not null, "start_millis" integer not null, "interval_minutes" integer not null, "operators" real not null, constraint "presence_key" primary key ("hotline_key", "tier", "start_millis")) without rowid;
create table "channels" ("hotline_key" text not null, "channel" text not null, "capacity_per_interval" real not null, "operator_seconds" real not null, "failure_share" real not null, constraint "channels_key" primary key ("hotline_key", "channel"));
create table "channel_volumes" ("hotline_key" text not null, "channel" text not null, "start_millis" integer not null, "requests" real not null, "failed" real, constraint "channel_volumes_key" primary key ("hotline_key", "channel", "start_millis")) without rowid;
create table "prompts_played" ("hotline_key" text not null, "prompt" text not null, "queue" text not null, "start_millis" integer not null, "end_millis" integer not null, constraint "prompts_played_key" primary key ("hotline_key", "prompt", "queue", "start_millis"));
create table "test_calls" ("hotline_key" text not null, "hotline" text not null, "placed_at_millis" integer not null, "ordinal" integer not null, "connected" integer not null check ("connected" in (0, 1)), "seconds_to_operator" real, "indicators" text not null, constraint "test_calls_key" primary key ("hotline_key", "hotline", "placed_at_millis", "ordinal"));
create table "monitoring_results" ("hotline_key" text not null, "hotline" text not null, "period" text not null, "test_calls" integer, "connected" integer, "connection_rate" real, "mean_seconds" real, "indicators" text not null, "total" real, constraint "monitoring_results_key" primary key ("hotline_key", "hotline", "period"));
create table "hotlines" ("hotline_key" text not null, "hotline" text not null, "name" text not null, "province" text, "region" text, "city_tier" text, "round_the_clock" integer check ("round_the_clock" in (0, 1)), "online_channels" real, "smart_voice" integer check ("smart_voice" in (0, 1)), "enterprise_line" integer check ("enterprise_line" in (0, 1)), constraint "hotlines_key" primary key ("hotline_key", "hotline"));
create table "plans" ("hotline_key" text not null, "id" text not null, "week" text not null, "created_at" text not null, "saved" integer not null, "document" text not null, "world" blob, constraint "plans_key" primary key ("hotline_key", "id"));
create table "overrules" ("hotline_key" text not null, "id" integer not null, "queue" text, "date" text not null, "from" text, "to" text, "factor" real, "calls" real, "reason" text not null, "author" text not null, constraint "overrules_key" primary key ("hotline_key", "id"));
create table "results" ("hotline_key" text not null, "key" text not null, "value" blob not null, "bytes" integer not null, "saved" integer not null, constraint "results_key" primary key ("hotline_key", "key"));
create table "facts" ("hotline_key" text not null, "fact" text not null, "value" text not null, constraint "facts_key" primary key ("hotline_key", "fact"));
create index "plans_by_saved" on "plans" ("hotline_key", "saved");
insert into "traffic" (hotline_key, "queue", "start_millis", "interval_minutes", "offered", "answered", "abandoned", "short_abandoned", "blocked", "answered_in_threshold", "wait_seconds_total", "handle_seconds_total", "operators", "redials") select ?, "queue", "start_millis", "interval_minutes", "offered", "answered", "abandoned", "short_abandoned", "blocked", "answered_in_threshold", "wait_seconds_total", "handle_seconds_total", "operators", "redials" from "old_traffic"; -- ["owner"]
insert into "events" (hotline_key, "date", "kind", "label", "queue", "end", "expected_effect", "decay_days") select ?, "date", "kind", "label", "queue", "end", "expected_effect", "decay_days" from "old_events"; -- ["owner"]
insert into "operators" (hotline_key, "operator", "tier", "skills", "contract_hours", "handle_time_seconds", "quality_score", "first_contact_resolution", "months_of_service") select ?, "operator", "tier", "skills", "contract_hours", "handle_time_seconds", "quality_score", "first_contact_resolution", "months_of_service" from "old_operators"; -- ["owner"]
insert into "presence" (hotline_key, "tier", "start_millis", "interval_minutes", "operators") select ?, "tier", "start_millis", "interval_minutes", "operators" from "old_presence"; -- ["owner"]
insert into "channels" (hotline_key, "channel", "capacity_per_interval", "operator_seconds", "failure_share") select ?, "channel", "capacity_per_interval", "operator_seconds", "failure_share" from "old_channels"; -- ["owner"]
insert into "channel_volumes" (hotline_key, "channel", "start_millis", "requests", "failed") select ?, "channel", "start_millis", "requests", "failed" from "old_channel_volumes"; -- ["owner"]
insert into "prompts_played" (hotline_key, "prompt", "queue", "start_millis", "end_millis") select ?, "prompt", "queue", "start_millis", "end_millis" from "old_prompts_played"; -- ["owner"]
insert into "test_calls" (hotline_key, "hotline", "placed_at_millis", "ordinal", "connected", "seconds_to_operator", "indicators") select ?, "hotline", "placed_at_millis", "ordinal", "connected", "seconds_to_operator", "indicators" from "old_test_calls"; -- ["owner"]
insert into "monitoring_results" (hotline_key, "hotline", "period", "test_calls", "connected", "connection_rate", "mean_seconds", "indicators", "total") select ?, "hotline", "period", "test_calls", "connected", "connection_rate", "mean_seconds", "indicators", "total" from "old_monitoring_results"; -- ["owner"]
insert into "hotlines" (hotline_key, "hotline", "name", "province", "region", "city_tier", "round_the_clock", "online_channels", "smart_voice", "enterprise_line") select ?, "hotline", "name", "province", "region", "city_tier", "round_the_clock", "online_channels", "smart_voice", "enterprise_line" from "old_hotlines"; -- ["owner"]
insert into "plans" (hotline_key, "id", "week", "created_at", "saved", "document", "world") select ?, "id", "week", "created_at", "saved", "document", "world" from "old_plans"; -- ["owner"]
insert into "overrules" (hotline_key, "id", "queue", "date", "from", "to", "factor", "calls", "reason", "author") select ?, "id", "queue", "date", "from", "to", "factor", "calls", "reason", "author" from "old_overrules"; -- ["owner"]
insert into "results" (hotline_key, "key", "value", "bytes", "saved") select ?, "key", "value", "bytes", "saved" from "old_results"; -- ["owner"]
insert into "facts" (hotline_key, "fact", "value") select ?, "fact", "value" from "old_facts"; -- ["owner"]
insert into lines (hotline_key, last_overrule, last_saved) select ?, coalesce((select max(seq) from sqlite_sequence where name = 'old_overrules'), 0), max(coalesce((select max(saved) from plans), 0), coalesce((select max(saved) from results), 0)); -- ["owner"]
drop table "old_traffic";
drop table "old_events";
drop table "old_operators";
drop table "old_presence";
drop table "old_channels";
drop table "old_channel_volumes";
drop table "old_prompts_played";
drop table "old_test_calls";
drop table "old_monitoring_results";
drop table "old_hotlines";
drop table "old_plans";
drop table "old_overrules";
drop table "old_results";
drop table "old_facts";
-- 0004-dated-hotlines
alter table "hotlines" rename to "old_hotlines";
create table "hotlines" ("hotline_key" text not null, "hotline" text not null, "valid_from" text not null, "name" text not null, "province" text, "region" text, "city_tier" text, "round_the_clock" integer check ("round_the_clock" in (0, 1)), "online_channels" real, "smart_voice" integer check ("smart_voice" in (0, 1)), "enterprise_line" integer check ("enterprise_line" in (0, 1)), constraint "hotlines_key" primary key ("hotline_key", "hotline", "valid_from"));
insert into hotlines (valid_from, "hotline_key", "hotline", "name", "province", "region", "city_tier", "round_the_clock", "online_channels", "smart_voice", "enterprise_line") select '', "hotline_key", "hotline", "name", "province", "region", "city_tier", "round_the_clock", "online_channels", "smart_voice", "enterprise_line" from old_hotlines;
drop table "old_hotlines";
-- 0005-finite-numbers
alter table "traffic" add constraint "traffic_finite" check (coalesce(abs("offered"), 0) < 9e999 and coalesce(abs("answered"), 0) < 9e999 and coalesce(abs("abandoned"), 0) < 9e999 and coalesce(abs("short_abandoned"), 0) < 9e999 and coalesce(abs("blocked"), 0) < 9e999 and coalesce(abs("answered_in_threshold"), 0) < 9e999 and coalesce(abs("wait_seconds_total"), 0) < 9e999 and coalesce(abs("handle_seconds_total"), 0) < 9e999 and coalesce(abs("operators"), 0) < 9e999 and coalesce(abs("redials"), 0) < 9e999);
alter table "events" add constraint "events_finite" check (coalesce(abs("expected_effect"), 0) < 9e999 and coalesce(abs("decay_days"), 0) < 9e999);
alter table "operators" add constraint "operators_finite" check (coalesce(abs("contract_hours"), 0) < 9e999 and coalesce(abs("handle_time_seconds"), 0) < 9e999 and coalesce(abs("quality_score"), 0) < 9e999 and coalesce(abs("first_contact_resolution"), 0) < 9e999 and coalesce(abs("months_of_service"), 0) < 9e999);
alter table "presence" add constraint "presence_finite" check (coalesce(abs("operators"), 0) < 9e999);
alter table "channels" add constraint "channels_finite" check (coalesce(abs("capacity_per_interval"), 0) < 9e999 and coalesce(abs("operator_seconds"), 0) < 9e999 and coalesce(abs("failure_share"), 0) < 9e999);
alter table "channel_volumes" add constraint "channel_volumes_finite" check (coalesce(abs("requests"), 0) < 9e999 and coalesce(abs("failed"), 0) < 9e999);
alter table "test_calls" add constraint "test_calls_finite" check (coalesce(abs("seconds_to_operator"), 0) < 9e999);
alter table "monitoring_results" add constraint "monitoring_results_finite" check (coalesce(abs("connection_rate"), 0) < 9e999 and coalesce(abs("mean_seconds"), 0) < 9e999 and coalesce(abs("total"), 0) < 9e999);
alter table "hotlines" add constraint "hotlines_finite" check (coalesce(abs("online_channels"), 0) < 9e999);
alter table "overrules" add constraint "overrules_finite" check (coalesce(abs("factor"), 0) < 9e999 and coalesce(abs("calls"), 0) < 9e999);
-- 0006-rosters
alter table "operators" add column "team" text;
alter table "operators" add column "contract" text;
alter table "operators" add column "hours_account" text;
alter table "operators" add column "night_exempt" integer check ("night_exempt" in (0, 1));
alter table "operators" add column "joined" text;
alter table "operators" add column "senior" integer check ("senior" in (0, 1));
alter table "operators" add column "fixed_days_off" text;
alter table "operators" add column "hours_over_standard" real;
alter table "operators" add column "nights_worked" integer;
alter table "operators" add column "weekends_worked" integer;
alter table "operators" add column "holidays_worked" integer;
 select sql from sqlite_master where type = 'table' and name = ?; -- ["operators"]
alter table "operators" add constraint "operators_finite" check (coalesce(abs("contract_hours"), 0) < 9e999 and coalesce(abs("handle_time_seconds"), 0) < 9e999 and coalesce(abs("quality_score"), 0) < 9e999 and coalesce(abs("first_contact_resolution"), 0) < 9e999 and coalesce(abs("months_of_service"), 0) < 9e999 and coalesce(abs("hours_over_standard"), 0) < 9e999);
create table "leave" ("hotline_key" text not null, "operator" text not null, "from" text not null, "to" text not null, "kind" text not null, "state" text not null, constraint "leave_key" primary key ("hotline_key", "operator", "from"));
create table "roster_requests" ("hotline_key" text not null, "operator" text not null, "date" text not null, "wants" text not null, "weight" real, constraint "roster_requests_key" primary key ("hotline_key", "operator", "date", "wants"));
alter table "roster_requests" add constraint "roster_requests_finite" check (coalesce(abs("weight"), 0) < 9e999);
create table "duties" ("hotline_key" text not null, "operator" text not null, "date" text not null, "shift" text not null, "start" text, "end" text, "tier" text, "pinned" integer check ("pinned" in (0, 1)), constraint "duties_key" primary key ("hotline_key", "operator", "date"));
create table "rosters" ("hotline_key" text not null, "id" text not null, "from" text not null, "to" text not null, "created_at" text not null, "published_at" text, "saved" integer not null, "document" text not null, constraint "rosters_key" primary key ("hotline_key", "id"));
create table "roster_changes" ("hotline_key" text not null, "id" integer not null, "roster" text not null, "at" text not null, "document" text not null, constraint "roster_changes_key" primary key ("hotline_key", "id"));
-- 0007-plan-life
alter table "plans" add column "life" text;
create table "audit" ("hotline_key" text not null, "number" integer not null, "at_millis" integer not null, "entry" text not null, "seal" text not null, constraint "audit_key" primary key ("hotline_key", "number"));
create table "audit_ends" ("hotline_key" text not null, "side" text not null, "number" integer not null, "seal" text not null, constraint "audit_ends_key" primary key ("hotline_key", "side"));
create table "diary" ("hotline_key" text not null, "id" integer not null, "date" text not null, "version" integer not null, "document" text not null, constraint "diary_key" primary key ("hotline_key", "id"));
-- 0008-accounts
create table "accounts" ("hotline_key" text not null, "user" text not null, "id" text not null, "name" text not null, "password" text, "disabled" integer not null check ("disabled" in (0, 1)), "created_millis" integer not null, "invitation" text, "invitation_ends_millis" integer, constraint "accounts_key" primary key ("hotline_key", "user"));
create table "roles" ("hotline_key" text not null, "user" text not null, "role" text not null, "operator" text, constraint "roles_key" primary key ("hotline_key", "user"));
create table "sessions" ("hotline_key" text not null, "id" text not null, "user" text not null, "created_millis" integer not null, "seen_millis" integer not null, "ends_millis" integer not null, constraint "sessions_key" primary key ("hotline_key", "id"));
create table "api_tokens" ("hotline_key" text not null, "id" text not null, "user" text not null, "name" text not null, "hash" text not null, "scope" text not null, "created_millis" integer not null, "ends_millis" integer not null, "used_millis" integer, constraint "api_tokens_key" primary key ("hotline_key", "id"));
-- 0009-frozen-forecasts
alter table "plans" add column "frozen" blob;
-- 0010-openid
alter table "accounts" add column "openid" text;
-- 0011-earlier-models
create table "earlier_models" ("hotline_key" text not null, "id" integer not null, "model" text not null, "at_millis" integer not null, "document" text not null, constraint "earlier_models_key" primary key ("hotline_key", "id"));
-- 0012-outside-forecasts
create table "outside_forecasts" ("hotline_key" text not null, "model" text not null, "queue" text not null, "issued_millis" integer not null, "start_millis" integer not null, "interval_minutes" integer not null, "calls" real not null, "q10" real, "q90" real, constraint "outside_forecasts_key" primary key ("hotline_key", "model", "queue", "issued_millis", "start_millis")) without rowid;
alter table "outside_forecasts" add constraint "outside_forecasts_finite" check (coalesce(abs("calls"), 0) < 9e999 and coalesce(abs("q10"), 0) < 9e999 and coalesce(abs("q90"), 0) < 9e999);
-- 0013-causes
create table "causes" ("hotline_key" text not null, "cause" text not null, "date" text not null, "queue" text not null, "value" real not null, constraint "causes_key" primary key ("hotline_key", "cause", "date", "queue"));
alter table "causes" add constraint "causes_finite" check (coalesce(abs("value"), 0) < 9e999);
-- 0014-topics
create table "topics" ("hotline_key" text not null, "topic" text not null, "date" text not null, "queue" text not null, "demands" real not null, "days" integer not null, constraint "topics_key" primary key ("hotline_key", "topic", "date", "queue"));
alter table "topics" add constraint "topics_finite" check (coalesce(abs("demands"), 0) < 9e999);
-- 0015-account-home
alter table "accounts" add column "home" text;
-- 0016-operator-names
alter table "operators" add column "name" text;
-- 0017-operator-shifts
alter table "operators" add column "shifts" text;
-- 0018-feeds
create table "feeds" ("hotline_key" text not null, "name" text not null, "settings" text not null, "state" text, "version" integer not null, constraint "feeds_key" primary key ("hotline_key", "name"));
create table "feed_calls" ("hotline_key" text not null, "feed" text not null, "call" text not null, "first_millis" integer not null, "last_millis" integer not null, "events" text not null, constraint "feed_calls_key" primary key ("hotline_key", "feed", "call")) without rowid;
-- 0019-day-actions
create table "day_actions" ("hotline_key" text not null, "id" integer not null, "date" text not null, "document" text not null, "before" text, "after" text, constraint "day_actions_key" primary key ("hotline_key", "id"));
