import type { FileKind } from '../../contract/file-kinds.ts';
import {
  fileColumn,
  type FileColumn,
  type FieldType as RecordFieldType,
  type RecordFields,
} from '../../kernel/record-fields.ts';
import {
  callFields,
  causeFields,
  channelFields,
  channelVolumeFields,
  dutyFields,
  eventFields,
  hotlineFields,
  leaveFields,
  operatorFields,
  outsideForecastFields,
  presenceFields,
  promptPlayedFields,
  resultFields,
  rosterRequestFields,
  testCallFields,
  topicFields,
  trafficFields,
} from '../../kernel/records.ts';

/** The record of every kind of file that ingest tells apart. */
const recordOfKind = {
  traffic: trafficFields,
  calls: callFields,
  'test-calls': testCallFields,
  results: resultFields,
  hotlines: hotlineFields,
  operators: operatorFields,
  presence: presenceFields,
  channels: channelFields,
  'channel-volumes': channelVolumeFields,
  prompts: promptPlayedFields,
  events: eventFields,
  causes: causeFields,
  topics: topicFields,
  forecasts: outsideForecastFields,
  leave: leaveFields,
  requests: rosterRequestFields,
  roster: dutyFields,
} as const satisfies Readonly<Record<string, RecordFields>>;
export type IngestKind = keyof typeof recordOfKind;

// the keys of a record that is made above
export const ingestKinds = Object.keys(recordOfKind) as readonly IngestKind[];

/** The canonical columns of each kind, as types. */
export type ColumnsOfKind = { readonly [Kind in IngestKind]: FileColumn<(typeof recordOfKind)[Kind]> };

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

/** Something for every kind of file. */
const ofKinds = <Value>(of: (kind: IngestKind) => Value): Readonly<Record<IngestKind, Value>> =>
  // every kind is among the entries
  Object.fromEntries(ingestKinds.map((kind) => [kind, of(kind)])) as Record<IngestKind, Value>;

/** Canonical columns of every kind of file (docs/en/reference/data-formats.md), in the order in which they are documented. */
export const fieldsOfKind = ofKinds<readonly FieldSpec[]>((kind) => fieldsOf(recordOfKind[kind]));

/** Canonical columns that a kind of file may have; monitoring and channels hold several kinds of record. */
export const fieldsOfFile = (kind: FileKind): readonly string[] => {
  const kinds: readonly IngestKind[] =
    kind === 'monitoring'
      ? ['test-calls', 'results', 'hotlines']
      : kind === 'channels'
        ? ['channels', 'channel-volumes']
        : [kind];
  return [...new Set(kinds.flatMap((each) => fieldsOfKind[each].map(({ field }) => field)))];
};

/** Every canonical field name. */
export const allFields: ReadonlySet<string> = new Set(
  ingestKinds.flatMap((kind) => fieldsOfKind[kind].map((spec) => spec.field)),
);

/** The spec of a field of a kind; undefined when the kind has no such field. */
export const fieldSpec = (kind: IngestKind, name: string): FieldSpec | undefined =>
  fieldsOfKind[kind].find((spec) => spec.field === name);
