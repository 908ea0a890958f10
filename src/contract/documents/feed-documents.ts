import { z } from 'zod';
import { callOutcomes } from '../../kernel/records.ts';
import { languages } from '../../kernel/text.ts';
import { isZone } from '../../kernel/time.ts';
import { problemSchema } from './schema-parts.ts';

/** Ways in for what a switchboard sends: an adapter each. */
export const feedKinds = [
  'queue-log',
  'folder',
  'push',
  'sql',
  'cdr',
  'esl',
  'ami',
  'connect',
  'genesys',
] as const;
export type FeedKind = (typeof feedKinds)[number];

/** True of feeds that read a file or a folder of the machine that follows them. */
export const isPlaceKind = (kind: FeedKind, from = ''): boolean =>
  kind === 'queue-log' ||
  kind === 'folder' ||
  kind === 'cdr' ||
  (kind === 'connect' && !/^https?:\/\//i.test(from));

/** True of feeds that hear of a call as soon as it comes. */
export const isHeardAtOnce = (kind: FeedKind): boolean => ['queue-log', 'esl', 'ami'].includes(kind);

/** Which interval a call's handle time is counted in: that of its arrival, of its end, or those that it lasted through. */
export const handleTimeConventions = ['arrival', 'end', 'spread'] as const;
export type HandleTimeConvention = (typeof handleTimeConventions)[number];

export const feedNameSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);

/** Queues of a switchboard that are named one by one: a feed's settings are read each time that it is looked at. */
const mostQueues = 1000;

/** A feed as it is set up. */
export const feedSettingsSchema = z.strictObject({
  kind: z.enum(feedKinds),
  from: z
    .string()
    .max(1000)
    .default('')
    .describe(
      'File or folder on the machine that follows it, or the address of what it asks; empty for what is pushed',
    ),
  queues: z
    .record(z.string().min(1).max(100), z.string().min(1).max(60).nullable())
    .refine((queues) => Object.keys(queues).length <= mostQueues, { error: `at most ${mostQueues} queues` })
    .default({})
    .describe("The hotline's queue by the switchboard's; null: its calls are left out"),
  timeZone: z
    .string()
    .max(60)
    .refine(isZone)
    .optional()
    .describe("Zone of wall clocks without an offset; left out: the hotline's"),
  lateHours: z.number().min(0).max(72).default(8).describe('How late an event may come, hours'),
  handleTime: z.enum(handleTimeConventions).default('arrival'),
  secret: z
    .string()
    .regex(/^(env:HUAWU_FEED_[A-Z0-9_]{1,60}|file:.{1,1000})$/)
    .optional()
    .describe('Where its password stands: env:HUAWU_FEED_… or file:PATH on the machine that follows it'),
  history: z
    .string()
    .min(1)
    .max(1000)
    .optional()
    .describe(
      'esl: folder of call detail records; ami: the file queue_log; what was not heard is read there',
    ),
  query: z
    .string()
    .min(1)
    .max(20_000)
    .optional()
    .describe('sql: what is asked, with :from and :to for the span'),
  map: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('sql, folder: which column is what, as in a map file; left out: as the headings say'),
  everyMinutes: z
    .number()
    .min(1)
    .max(1440)
    .optional()
    .describe('sql, genesys, connect: how often it is asked; left out: 5'),
  presence: z.boolean().default(true).describe('Whether it brings who is there: of one tier one feed does'),
  madeUp: z.boolean().default(false).describe('It plays the made-up line: nothing of that gives way to it'),
});
export type FeedSettings = z.output<typeof feedSettingsSchema>;

/** What a feed follows: with another nothing is known of before. */
export const sourceOf = ({ kind, from }: Pick<FeedSettings, 'kind' | 'from'>): string => `${kind} ${from}`;

/** As a feed is set up; what is stored is read whatever its length. */
export const feedToPutSchema = feedSettingsSchema.refine(
  ({ map = {} }) => JSON.stringify(map).length <= 65_536,
  { path: ['map'] },
);

const count = z.number().int().min(0);
const countsShape = { read: count, stored: count, unknown: count, refused: count, repeated: count };
const instant = z.string().describe('ISO instant');

/** Whether a feed brings what it should. */
const feedStateNames = ['new', 'live', 'late', 'broken', 'mending'] as const;

export const feedSchema = z.object({
  name: feedNameSchema,
  ...feedSettingsSchema.shape,
  brings: z
    .array(z.string())
    .describe('Queues of the hotline that it brings, as it is set up or by their own names'),
  state: z.object({
    is: z.enum(feedStateNames),
    since: instant.nullable(),
    why: problemSchema.optional(),
    remedy: z.string().optional(),
  }),
  came: z.array(z.string()).describe('Queues of the hotline that anything has come for'),
  ...countsShape,
  countedSince: instant
    .nullable()
    .describe(
      'Since when its counts begin anew: its queues were chosen otherwise, and its source is read again',
    ),
  lastEvent: instant.nullable(),
  waiting: z
    .array(z.object({ queue: z.string(), calls: count, since: instant }))
    .describe('Callers who wait now, by the queue of the switchboard, and since when the first of them does'),
  onQueue: z
    .array(z.object({ queue: z.string(), operators: count }))
    .describe('Operators on each queue of the switchboard now, where it says so itself'),
  gaps: z.array(z.object({ from: instant, to: instant })),
  differences: z
    .array(z.object({ queue: z.string(), start: instant, said: count, counted: count }))
    .describe("Intervals of which the source's own total is another than what was counted"),
  unknownEvents: z.array(z.object({ event: z.string(), count })),
  unknownQueues: z.array(z.object({ queue: z.string(), count })),
  presenceLeft: z
    .array(z.object({ tier: z.string(), feed: z.string() }))
    .describe('Tiers whose presence is left out, since another feed brings it'),
  outdated: z
    .array(z.object({ queue: z.string(), from: instant, to: instant }))
    .describe(
      'What it brought to queues before they were chosen otherwise, and that its source did not say again: it stays there',
    ),
  refusals: z.array(z.object({ reason: z.string(), count })),
  files: z.array(z.object({ file: z.string(), why: problemSchema.nullable() })),
});
export type FeedDocument = z.output<typeof feedSchema>;

/** What a run of a feed brought, and the intervals that its queues have by it. */
export const feedRunSchema = z.object({
  feed: feedNameSchema,
  ...countsShape,
  total: z.object(countsShape),
  state: feedSchema.shape.state,
  intervals: z.array(
    z.object({
      queue: z.string(),
      start: z.string(),
      offered: z.number(),
      answered: z.number(),
      abandoned: z.number(),
      waitSecondsTotal: z.number(),
      handleSecondsTotal: z.number(),
    }),
  ),
});
export type FeedRun = z.output<typeof feedRunSchema>;

/** What a look at a feed's source found, with nothing stored. */
export const feedTestSchema = z.object({
  ok: z.boolean(),
  ...countsShape,
  queues: z.array(z.object({ queue: z.string(), as: z.string().nullable(), calls: count })),
  unknownEvents: feedSchema.shape.unknownEvents,
  problem: problemSchema.nullable(),
});
export type FeedTest = z.output<typeof feedTestSchema>;

const seconds = z.number().min(0).max(86_400);
const amount = z.number().min(0).max(1e9);
const calls = amount.int();
const text = z.string().min(1).max(100);
const time = z.string().min(8).max(40);

/** A call, as it is pushed: its id and queue are its key. */
const pushedCallSchema = z.strictObject({
  call_id: text,
  queue: text,
  arrived_at: time.describe('With an offset or Z; without, the wall clock of the zone'),
  wait_seconds: seconds,
  outcome: z.enum(callOutcomes),
  handle_seconds: seconds.optional(),
  caller: z.string().max(100).optional(),
  operator: z.string().max(100).optional(),
});
export type PushedCall = z.output<typeof pushedCallSchema>;

const pushedIntervalSchema = z.strictObject({
  queue: text,
  start: time,
  interval_minutes: z.number().int().min(1).max(1440),
  offered: calls,
  answered: calls.optional(),
  abandoned: calls.optional(),
  short_abandoned: calls.optional(),
  blocked: calls.optional(),
  answered_in_threshold: calls.optional(),
  wait_seconds_total: amount.optional(),
  handle_seconds_total: amount.optional(),
  operators: amount.optional(),
});

const pushedPresenceSchema = z.strictObject({
  tier: text,
  start: time,
  interval_minutes: z.number().int().min(1).max(1440),
  operators: amount,
});

const mostPushed = 10_000;

/** Rows of one kind or several: at least one and at most 10,000 of all together. */
export const pushSchema = z
  .strictObject({
    calls: z.array(pushedCallSchema).optional(),
    intervals: z.array(pushedIntervalSchema).optional(),
    presence: z.array(pushedPresenceSchema).optional(),
  })
  .refine(
    ({ calls: some = [], intervals = [], presence = [] }) => {
      const rows = some.length + intervals.length + presence.length;
      return rows >= 1 && rows <= mostPushed;
    },
    { error: `1 to ${mostPushed} rows` },
  );
export type Pushed = z.output<typeof pushSchema>;

export const pushAnswerSchema = z.object({
  feed: feedNameSchema,
  ...countsShape,
  refusals: feedSchema.shape.refusals,
  unknownQueues: feedSchema.shape.unknownQueues.describe(
    'Queues that the hotline does not have: their rows are not in its traffic',
  ),
});
export type PushAnswer = z.output<typeof pushAnswerSchema>;

const isWebhook = (url: string): boolean => {
  const address = URL.parse(url);
  return url === '' || (address !== null && /^https?:$/.test(address.protocol) && address.hostname !== '');
};

/** Where a hotline's alarms go, and for what. */
export const alarmSettingsSchema = z.strictObject({
  feeds: z.boolean().default(true).describe('For a feed that is late, broken or catching up for long'),
  signals: z.boolean().default(false).describe('For what of the day in progress is no luck'),
  language: z.enum(languages).default('zh-CN'),
  webhook: z
    .string()
    .max(1000)
    .refine(isWebhook)
    .default('')
    .describe('Address that each alarm is posted to; it may hold a token, and is never answered'),
  mail: z.array(z.email().max(200)).max(20).default([]).describe('Who gets each alarm by e-mail'),
});
export type AlarmSettings = z.output<typeof alarmSettingsSchema>;

/** A change of alarms: what is left out stays. */
export const alarmChangeSchema = z.strictObject({
  feeds: z.boolean().optional(),
  signals: z.boolean().optional(),
  language: z.enum(languages).optional(),
  webhook: z.string().max(1000).refine(isWebhook).optional(),
  mail: z.array(z.email().max(200)).max(20).optional(),
});

export type AlarmChange = z.output<typeof alarmChangeSchema>;

const way = z.enum(['webhook', 'mail']);

/** Alarms as they are: what is open, and what became of those that were raised. */
export const alarmsSchema = z.object({
  feeds: z.boolean(),
  signals: z.boolean(),
  language: z.enum(languages),
  webhook: z.string().nullable().describe('Its server alone'),
  mail: z.array(z.string()),
  canMail: z.boolean().describe('The administrator has named a mail server'),
  open: z.array(z.object({ subject: z.string(), what: z.string(), since: instant })),
  sent: count,
  waiting: count.describe('Raised and not yet taken'),
  givenUp: count,
  failure: z.object({ at: instant, way, why: z.string() }).nullable().describe('The last try that failed'),
  tried: z.array(z.object({ way, why: z.string().nullable() })).describe('What a test came to, by way'),
});
export type AlarmsDocument = z.output<typeof alarmsSchema>;
