import {
  fileColumn,
  type FieldType as RecordFieldType,
  type RecordFields,
} from '../../kernel/record-fields.ts';
import {
  callFields,
  channelFields,
  channelVolumeFields,
  dutyFields,
  eventFields,
  hotlineFields,
  leaveFields,
  operatorFields,
  presenceFields,
  promptPlayedFields,
  resultFields,
  rosterRequestFields,
  testCallFields,
  trafficFields,
} from '../../kernel/records.ts';

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
  'leave',
  'requests',
  'roster',
] as const;
export type IngestKind = (typeof ingestKinds)[number];

/** How the cells of a column are read. */
export type FieldType = Exclude<RecordFieldType, 'figures'>;

/** One canonical column: how its cells are read, and whether a file must have it. */
export interface FieldSpec {
  readonly field: string;
  readonly type: FieldType;
  readonly required?: boolean;
  /** Above this a value is questioned: in seconds for durations. */
  readonly most?: number;
}

const fieldsOf = (fields: RecordFields): FieldSpec[] =>
  Object.entries(fields).flatMap(([name, specified]): FieldSpec[] => {
    const { type, required, inferred, most } = specified;
    const field = fileColumn(name, specified);
    if (field === undefined || type === 'figures') return [];
    return [
      {
        field,
        type,
        ...(most === undefined ? {} : { most }),
        ...(required === true && inferred !== true ? { required } : {}),
      },
    ];
  });

/** Canonical columns of every kind of file (docs/data-formats.md), in the order in which they are documented. */
export const fieldsOfKind: Readonly<Record<IngestKind, readonly FieldSpec[]>> = {
  traffic: fieldsOf(trafficFields),
  calls: fieldsOf(callFields),
  'test-calls': fieldsOf(testCallFields),
  results: fieldsOf(resultFields),
  hotlines: fieldsOf(hotlineFields),
  operators: fieldsOf(operatorFields),
  presence: fieldsOf(presenceFields),
  channels: fieldsOf(channelFields),
  'channel-volumes': fieldsOf(channelVolumeFields),
  prompts: fieldsOf(promptPlayedFields),
  events: fieldsOf(eventFields),
  leave: fieldsOf(leaveFields),
  requests: fieldsOf(rosterRequestFields),
  roster: fieldsOf(dutyFields),
};

/** Every canonical field name. */
export const allFields: ReadonlySet<string> = new Set(
  ingestKinds.flatMap((kind) => fieldsOfKind[kind].map((spec) => spec.field)),
);

/** The spec of a field of a kind; undefined when the kind has no such field. */
export const fieldSpec = (kind: IngestKind, name: string): FieldSpec | undefined =>
  fieldsOfKind[kind].find((spec) => spec.field === name);
