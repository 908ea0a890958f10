import { describe, expect, it, test } from 'vitest';
import { templateKinds, type TemplateFormat, type TemplateKind } from '../../src/contract/template-kinds.ts';
import { templateColumns } from '../../src/ingest/columns/template-columns.ts';
import { ingestCalls } from '../../src/ingest/kinds/ingest-calls.ts';
import { ingestChannels } from '../../src/ingest/kinds/ingest-channels.ts';
import { ingestDuties, ingestRosterRequests } from '../../src/ingest/kinds/ingest-duties.ts';
import { ingestEvents } from '../../src/ingest/kinds/ingest-events.ts';
import { ingestCauses } from '../../src/ingest/kinds/ingest-causes.ts';
import { ingestTopics } from '../../src/ingest/kinds/ingest-topics.ts';
import { ingestForecasts } from '../../src/ingest/kinds/ingest-forecasts.ts';
import { ingestLeave } from '../../src/ingest/kinds/ingest-leave.ts';
import { ingestMonitoring } from '../../src/ingest/kinds/ingest-monitoring.ts';
import { ingestOperators } from '../../src/ingest/kinds/ingest-operators.ts';
import { ingestPresence } from '../../src/ingest/kinds/ingest-presence.ts';
import { ingestPromptsPlayed } from '../../src/ingest/kinds/ingest-prompts-played.ts';
import { ingestTraffic } from '../../src/ingest/kinds/ingest-traffic.ts';
import type { IngestOptions } from '../../src/ingest/columns/ingest-options.ts';
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

/** How a file of each kind is read, and in which list its two rows come in. */
const readers: Readonly<Record<TemplateKind, readonly [Ingest, string]>> = {
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
  causes: [ingestCauses, 'records'],
  topics: [ingestTopics, 'records'],
  forecasts: [ingestForecasts, 'records'],
  leave: [ingestLeave, 'records'],
  requests: [ingestRosterRequests, 'records'],
  roster: [ingestDuties, 'records'],
};

const made = new Map<string, Promise<Uint8Array>>();
/** A template; each is written once. */
const templateOf = (kind: TemplateKind, format: TemplateFormat, language: Language): Promise<Uint8Array> => {
  const file = `${kind}.${language}.${format}`;
  const bytes = made.get(file) ?? templateFile(kind, templateColumns(kind), format, language);
  made.set(file, bytes);
  return bytes;
};

const sourceOf = async (
  kind: TemplateKind,
  format: TemplateFormat,
  language: Language,
): Promise<ByteSource> => byteSourceOf(`t.${format}`, await templateOf(kind, format, language));

const read = async (kind: TemplateKind, format: TemplateFormat, language: Language): Promise<unknown> => {
  const [ingest, list] = readers[kind];
  const found = await ingest([await sourceOf(kind, format, language)], { ...shanghai, intervalMinutes: 30 });
  // nothing is guessed, left out or questioned but what a workbook has beside its data
  const told = found.report.problems.map(({ rule }) => rule);
  expect(told.filter((rule) => rule === 'columns-left-out' || rule === 'two-columns-for-field')).toEqual([]);
  return { ...found }[list as keyof typeof found];
};

const inThisRun = sweep(languages, (language) => language === 'zh-CN');

/** Between them they have fields of every type. */
const usual: ReadonlySet<TemplateKind> = new Set(['traffic', 'calls', 'test-calls', 'operators', 'roster']);
/** Kind and language: what is read as a workbook too, each by a process of its own, is for a long run where not usual. */
const asWorkbooks = sweep(
  templateKinds.flatMap((kind) => languages.map((language) => ({ kind, language }))),
  ({ kind, language }) => usual.has(kind) && language === 'zh-CN',
);

test.each(asWorkbooks)(
  'the template of $kind comes in as it is written, in $language, as workbook and as CSV',
  async ({ kind, language }) => {
    const workbook = await read(kind, 'xlsx', language);
    expect(await read(kind, 'csv', language)).toEqual(workbook);
  },
);

describe.each(templateKinds)('the template of %s', (kind) => {
  test.each(inThisRun)('comes in as it is written, in %s', async (language) => {
    expect(await read(kind, 'csv', language)).toHaveLength(kind === 'calls' ? 1 : 2);
  });

  it('is read by others as it is meant: headings that stay, filters, no column without a name', async () => {
    for (const language of inThisRun) {
      const sheets = await expectReadable(await templateOf(kind, 'xlsx', language));
      expect(sheets[0]?.rows.flat().join('')).toMatch(/\S/);
    }
  });

  it('is recognised with every needed column', async () => {
    // Both formats have the same headings, as the tables that come of them are equal: a look into a workbook is dear.
    for (const language of languages)
      expect(await guess(await sourceOf(kind, 'csv', language))).toMatchObject({ kind, missing: [] });
  });
});

it('a workbook is recognised as a table is', async () => {
  const [kind] = templateKinds;
  expect(await guess(await sourceOf(kind, 'xlsx', 'zh-CN'))).toMatchObject({ kind, missing: [] });
});
