/** Kinds of file that ingest tells apart. */
export const ingestKinds = [
  'traffic',
  'calls',
  'test-calls',
  'results',
  'hotlines',
  'operators',
  'presence',
  'channels',
  'channel-volumes',
  'prompts',
  'events',
] as const;
export type IngestKind = (typeof ingestKinds)[number];

export type FieldType =
  'text' | 'count' | 'number' | 'seconds' | 'time' | 'date' | 'truth' | 'share' | 'list';

/** One canonical column: how its cells are read, and whether a file must have it. */
export interface FieldSpec {
  readonly field: string;
  readonly type: FieldType;
  readonly required?: boolean;
  /** Above this a value is questioned: in seconds for durations. */
  readonly most?: number;
}

const field = (name: string, type: FieldType, most?: number): FieldSpec => ({
  field: name,
  type,
  ...(most === undefined ? {} : { most }),
});
const needed = (name: string, type: FieldType, most?: number): FieldSpec => ({
  ...field(name, type, most),
  required: true,
});

/** A call in hand, or in a queue, for longer than a day was left open by the switchboard. */
const dayOfSeconds = 86_400;

/** Canonical columns of every kind of file (docs/data-formats.md), in the order in which they are documented. */
export const fieldsOfKind: Readonly<Record<IngestKind, readonly FieldSpec[]>> = {
  traffic: [
    needed('queue', 'text'),
    needed('start', 'time'),
    field('interval_minutes', 'count'),
    needed('offered', 'count'),
    field('answered', 'count'),
    field('abandoned', 'count'),
    field('short_abandoned', 'count'),
    field('blocked', 'count'),
    field('answered_in_threshold', 'count'),
    field('wait_seconds_total', 'seconds'),
    field('handle_seconds_total', 'seconds'),
    field('wait_seconds_mean', 'seconds'),
    field('handle_seconds_mean', 'seconds'),
    field('operators', 'number'),
  ],
  calls: [
    field('call_id', 'text'),
    needed('queue', 'text'),
    needed('arrived_at', 'time'),
    needed('wait_seconds', 'seconds', dayOfSeconds),
    needed('outcome', 'text'),
    field('handle_seconds', 'seconds', dayOfSeconds),
    field('caller', 'text'),
    field('channel', 'text'),
    field('operator', 'text'),
  ],
  'test-calls': [
    needed('hotline', 'text'),
    needed('placed_at', 'time'),
    needed('connected', 'truth'),
    field('seconds_to_operator', 'seconds', 3600),
  ],
  results: [
    needed('hotline', 'text'),
    needed('period', 'text'),
    field('test_calls', 'count', 1_000_000),
    field('connected', 'count'),
    field('connection_rate', 'share'),
    field('mean_seconds', 'seconds', 3600),
    field('total', 'number'),
  ],
  hotlines: [
    needed('hotline', 'text'),
    field('valid_from', 'date'),
    needed('name', 'text'),
    field('province', 'text'),
    field('region', 'text'),
    field('city_tier', 'text'),
    field('round_the_clock', 'truth'),
    field('online_channels', 'count'),
    field('smart_voice', 'truth'),
    field('enterprise_line', 'truth'),
  ],
  operators: [
    needed('operator', 'text'),
    field('tier', 'text'),
    needed('skills', 'list'),
    needed('contract_hours', 'number', 168),
    field('aht_seconds', 'seconds', 3600),
    field('quality_score', 'number'),
    field('first_contact_resolution', 'share'),
    field('months_of_service', 'number', 720),
  ],
  presence: [
    needed('tier', 'text'),
    needed('start', 'time'),
    field('interval_minutes', 'count'),
    needed('operators', 'number', 20_000),
  ],
  channels: [
    needed('channel', 'text'),
    needed('capacity_per_interval', 'number', 1_000_000),
    needed('operator_seconds', 'seconds', 28_800),
    needed('failure_share', 'share'),
  ],
  'channel-volumes': [
    needed('channel', 'text'),
    needed('start', 'time'),
    needed('requests', 'count', 1_000_000),
    field('failed', 'count', 1_000_000),
  ],
  prompts: [
    needed('prompt', 'text'),
    needed('queue', 'text'),
    needed('start', 'time'),
    needed('end', 'time'),
  ],
  events: [
    needed('date', 'date'),
    field('end', 'date'),
    needed('kind', 'text'),
    needed('label', 'text'),
    field('expected_effect', 'share'),
    field('decay_days', 'number'),
    field('queue', 'text'),
  ],
};

/** Every canonical field name. */
export const allFields: ReadonlySet<string> = new Set(
  ingestKinds.flatMap((kind) => fieldsOfKind[kind].map((spec) => spec.field)),
);

/** The spec of a field of a kind; undefined when the kind has no such field. */
export const fieldSpec = (kind: IngestKind, name: string): FieldSpec | undefined =>
  fieldsOfKind[kind].find((spec) => spec.field === name);
