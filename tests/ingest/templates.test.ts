import { describe, expect, it, test } from 'vitest';
import type { TemplateFormat } from '../../src/contract/report-formats.ts';
import {
  type FileKind,
  type RecordKind,
  recordKindNames,
  recordKinds,
  recordKindsOfFile,
} from '../../src/kernel/records.ts';
import { fileUnpacker } from '../../src/engine/file-unpacker.ts';
import { templateColumns } from '../../src/ingest/columns/headings.ts';
import { ingestCalls } from '../support/ingested.ts';
import { ingestChannels, ingestPromptsPlayed } from '../../src/ingest/kinds/ingest-channels.ts';
import { ingestDuties, ingestRosterRequests } from '../../src/ingest/kinds/ingest-duties.ts';
import { ingestEvents } from '../../src/ingest/kinds/ingest-events.ts';
import { ingestRecords } from '../../src/ingest/kinds/ingest-records.ts';
import { ingestTopics } from '../../src/ingest/kinds/ingest-topics.ts';
import { ingestForecasts } from '../../src/ingest/kinds/ingest-forecasts.ts';
import { ingestLeave } from '../../src/ingest/kinds/ingest-leave.ts';
import { ingestMonitoring } from '../../src/ingest/kinds/ingest-monitoring.ts';
import { ingestOperators, ingestPresence } from '../../src/ingest/kinds/ingest-operators.ts';
import { ingestTraffic } from '../support/ingested.ts';
import type { IngestOptions } from '../../src/ingest/columns/map-file.ts';
import { byteSourceOf, type ByteSource } from '../../src/ingest/tables/byte-source.ts';
import { languages, type Language } from '../../src/kernel/text.ts';
import { templateFile } from '../../src/render/template-file.ts';
import { expectReadable } from '../support/read-back.ts';
import { guess, shanghai } from '../support/ingest-options.ts';
import { sweep } from '../support/sweep.ts';

type Ingest = (
  sources: readonly ByteSource[],
  options: IngestOptions,
) => Promise<{ readonly report: { readonly problems: readonly { readonly rule: string }[] } }>;

/** Reads a file of a kind that has no reader of its own by its fields. */
const byFields =
  (file: FileKind): Ingest =>
  async (sources, options) => {
    const { report, toStore } = await ingestRecords(file, sources, options);
    return { report, records: [...(toStore[0]?.records ?? [])] };
  };

/** How a file of each kind that has a reader of its own is read, and in which list its two rows come in. */
const readers: Readonly<Partial<Record<RecordKind, readonly [Ingest, string]>>> = {
  traffic: [ingestTraffic, 'records'],
  calls: [ingestCalls, 'records'],
  'test-calls': [ingestMonitoring, 'testCalls'],
  results: [ingestMonitoring, 'results'],
  hotlines: [ingestMonitoring, 'hotlines'],
  operators: [ingestOperators, 'records'],
  presence: [ingestPresence, 'records'],
  channels: [ingestChannels, 'channels'],
  'channel-volumes': [ingestChannels, 'volumes'],
  prompts: [ingestPromptsPlayed, 'records'],
  events: [ingestEvents, 'records'],
  topics: [ingestTopics, 'records'],
  forecasts: [ingestForecasts, 'records'],
  leave: [ingestLeave, 'records'],
  requests: [ingestRosterRequests, 'records'],
  roster: [ingestDuties, 'records'],
};

const made = new Map<string, Promise<Uint8Array>>();
/** A template; each is written once. */
const templateOf = (kind: RecordKind, format: TemplateFormat, language: Language): Promise<Uint8Array> => {
  const file = `${kind}.${language}.${format}`;
  const bytes = made.get(file) ?? templateFile(kind, templateColumns(kind), format, language);
  made.set(file, bytes);
  return bytes;
};

const sourceOf = async (kind: RecordKind, format: TemplateFormat, language: Language): Promise<ByteSource> =>
  byteSourceOf(`t.${format}`, await templateOf(kind, format, language));

const read = async (kind: RecordKind, format: TemplateFormat, language: Language): Promise<unknown> => {
  const [ingest, list] = readers[kind] ?? [byFields(recordKinds[kind].file), 'records'];
  const found = await ingest([await sourceOf(kind, format, language)], {
    ...shanghai,
    intervalMinutes: 30,
  });
  // nothing is guessed, left out or questioned but what a workbook has beside its data
  const told = found.report.problems.map(({ rule }) => rule);
  expect(told.filter((rule) => rule === 'columns-left-out' || rule === 'two-columns-for-field')).toEqual([]);
  return { ...found }[list as keyof typeof found];
};

const inThisRun = sweep(languages, (language) => language === 'zh-CN');

/** The example rows of each kind: of calls the second is one that the voice menu ended, which is not offered. */
const rowsOf = (kind: RecordKind): number => (kind === 'calls' ? 1 : 2);

describe.each(recordKindNames)('the template of %s', (kind) => {
  test.each(languages)(
    'as a workbook in %s is recognised and comes in as it is written',
    async (language) => {
      const source = await sourceOf(kind, 'xlsx', language);
      expect(await guess(source)).toMatchObject({
        kind,
        missing: [],
      });
      expect(await read(kind, 'xlsx', language)).toHaveLength(rowsOf(kind));
    },
  );

  test.each(languages)('as CSV in %s is recognised and comes in as the workbook does', async (language) => {
    expect(await guess(await sourceOf(kind, 'csv', language))).toMatchObject({ kind, missing: [] });
    expect(await read(kind, 'csv', language)).toEqual(await read(kind, 'xlsx', language));
  });

  it('is stored as what it is of, with what comes beside it', async () => {
    const { file } = recordKinds[kind];
    const options = { ...shanghai, intervalMinutes: 30 };
    const { toStore } = await ingestRecords(file, [await sourceOf(kind, 'csv', 'en')], options);
    const kinds = file === 'calls' ? ['presence', 'traffic'] : recordKindsOfFile(file);
    expect(toStore.map((each) => each.kind).toSorted()).toEqual([...kinds].map(String).toSorted());
    for (const { kind: stored, records, beside } of toStore) {
      const isOwn = stored === (kind === 'calls' ? 'traffic' : kind);
      expect(beside === true).toBe(kind === 'calls' && stored === 'presence');
      if (kind !== 'calls') expect([...records]).toHaveLength(isOwn ? 2 : 0);
    }
  });

  it('is read by others as it is meant: headings that stay, filters, no column without a name', async () => {
    for (const language of inThisRun) {
      const sheets = await expectReadable(await templateOf(kind, 'xlsx', language));
      expect(sheets[0]?.rows.flat().join('')).toMatch(/\S/);
    }
  });
});

it('a workbook is read by a process of its own as it is here', async () => {
  const kind = recordKindNames[0] ?? 'traffic';
  expect(
    await guess(await sourceOf(kind, 'xlsx', 'zh-CN'), 'auto', { unpacker: fileUnpacker }),
  ).toMatchObject({ kind, missing: [] });
});
