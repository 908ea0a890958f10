import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ingestMonitoring } from '../../src/ingest/kinds/ingest-monitoring.ts';
import { ingestTraffic } from '../support/ingested.ts';
import type { MonitoringRules } from '../../src/ingest/columns/map-file.ts';
import type { ByteSource } from '../../src/ingest/tables/byte-source.ts';
import { parseMapFile } from '../../src/ingest/columns/map-file.ts';
import { natureOf } from '../../src/ingest/tables/inflate.ts';
import { csv, guess, refusal, shanghai } from '../support/ingest-options.ts';
import { sheetXml, workbookParts, zipOf } from '../support/hostile-files.ts';

const breaking = (error: Error): ByteSource => ({
  name: 'traffic.csv',
  chunks: {
    // oxlint-disable-next-line require-yield
    async *[Symbol.asyncIterator]() {
      throw error;
    },
  },
});

test('a file that the system cannot read is refused by name; an error of the program is none of the file’s', async () => {
  const broken = Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' });
  expect(await refusal(ingestTraffic([breaking(broken)], shanghai))).toMatchObject([
    { rule: 'unreadable-file', file: 'traffic.csv' },
  ]);
  await expect(ingestTraffic([breaking(new TypeError('x is no function'))], shanghai)).rejects.toThrow(
    'x is no function',
  );
});

test.each([
  ['little', [0xff, 0xfe, 0, 0], (unit: number) => [unit, 0, 0, 0]],
  ['big', [0, 0, 0xfe, 0xff], (unit: number) => [0, 0, 0, unit]],
] as const)('UTF-32 with the %s end first is called by its name, once', async (_end, mark, wide) => {
  const said = Buffer.from('queue,start,offered\ngeneral,2026-11-23T09:00,30\n');
  const chunks = async function* () {
    yield Uint8Array.from([...mark, ...[...said].flatMap((unit) => [...wide(unit)])]);
  };
  const source = { name: 'traffic.csv', chunks: { [Symbol.asyncIterator]: chunks } };
  const problems = await refusal(ingestTraffic([source], shanghai));
  expect(problems.map(({ rule }) => rule)).toEqual(['unknown-encoding']);
});

test('what a file is shows in how it begins', () => {
  const kindOf = (said: string): string => {
    const nature = natureOf(Uint8Array.from(said, (letter) => letter.charCodeAt(0)));
    return 'what' in nature ? nature.what : nature.kind;
  };
  const kinds: Readonly<Record<string, readonly string[]>> = {
    pdf: ['%PDF-1.7'],
    png: ['\x89PNG\r\n'],
    jpeg: ['\xff\xd8\xff\xe0'],
    bzip2: ['BZh91'],
    xz: ['\xfd7zXZ\0'],
    zstd: ['\x28\xb5\x2f\xfd'],
    '7z': ['7z\xbc\xaf'],
    rar: ['Rar!'],
    parquet: ['PAR1'],
    sqlite: ['SQLite format 3\0'],
    program: ['\x7fELF', 'MZ\0'],
    media: ['RIFF'],
    audio: ['ID3', 'OggS'],
    gif: ['GIF89a'],
    json: ['{"a": 1}', '{ }', '{', '[{"a": 1}]', ' [ [1]]'],
    'web-page': ['<!DOCTYPE html>', '<svg>', '\xef\xbb\xbf <HTML><body>no table</body>'],
    markup: ['<html><table>', '<?xml?><ss:Workbook >', '<table class="a">', '<workbook>'],
    gzip: ['\x1f\x8b\b'],
    spreadsheet: ['PK\x03\x04', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
    text: ['MZ,start', '', '\x1f', 'x\x8b', '{a', '[a]', 'PK,start', '<b>', 'a%PDF'],
  };
  for (const [kind, starts] of Object.entries(kinds))
    expect(starts.map(kindOf), kind).toEqual(starts.map(() => kind));
});

/** A workbook whose parts are what an archive may hold beside files, as its bytes. */
const archive = (name: string, ...parts: Parameters<typeof zipOf>[0]): ByteSource => ({
  name,
  chunks: {
    async *[Symbol.asyncIterator]() {
      yield zipOf(parts);
    },
  },
});

test('nothing in an archive leads out of it: neither a part that climbs nor one that is a link', async () => {
  const there = await mkdtemp(join(tmpdir(), 'huawu-archive-'));
  const secret = join(there, 'secret.xml');
  await writeFile(
    secret,
    sheetXml({ rows: '<row r="4"><c r="A4" t="inlineStr"><is><t>secret</t></is></c></row>' }),
  );
  const sound = workbookParts(sheetXml());
  const climbing = ['../../../../../..', '/', 'xl/../../../../..', 'C:\\', '..\\..\\'].map((lead) => ({
    name: `${lead}${there}/made`,
    content: 'made',
  }));
  const { records } = await ingestTraffic([archive('climbs.xlsx', ...sound, ...climbing)], shanghai);
  expect(records).toHaveLength(2);
  // The sheet itself is a link to a sheet outside, as its content says.
  const linked = sound.map((part) =>
    part.name.endsWith('sheet1.xml') ? { ...part, content: secret, mode: 0o120777 } : part,
  );
  const refused = await refusal(ingestTraffic([archive('links.xlsx', ...linked)], shanghai));
  expect(JSON.stringify(refused)).not.toContain('secret</t>');
  expect(refused.length).toBeGreaterThan(0);
  // Nor by what one part says of where another is.
  const outside = sound.map((part) =>
    part.name.endsWith('workbook.xml.rels')
      ? {
          ...part,
          content: String(part.content).replace('worksheets/sheet1.xml', `../../../../../../..${secret}`),
        }
      : part,
  );
  const led = await ingestTraffic([archive('leads.xlsx', ...outside)], shanghai).then(
    (read) => JSON.stringify(read),
    (error: unknown) => JSON.stringify(error),
  );
  expect(led).not.toContain('"secret"');
  expect(await readdir(there)).toEqual(['secret.xml']);
  await rm(there, { recursive: true });
});

test('a directory of an archive that is not what its parts say of themselves is refused', async () => {
  const sound = zipOf(workbookParts(sheetXml()));
  const [first = -1] = [...sound.keys()].filter(
    (at) => Buffer.from(sound.subarray(at, at + 4)).toString('latin1') === 'PK\x01\x02',
  );
  const refusedWith = async (change: (view: DataView) => void): Promise<string> => {
    const bytes = sound.slice();
    change(new DataView(bytes.buffer));
    const source = {
      name: 'a.xlsx',
      chunks: {
        [Symbol.asyncIterator]: async function* () {
          yield bytes;
        },
      },
    };
    return ingestTraffic([source], shanghai).then(
      () => 'read',
      (error: { problems?: readonly { rule: string }[] }) => error.problems?.[0]?.rule ?? 'thrown',
    );
  };
  expect(await refusedWith(() => undefined)).toBe('read');
  // Where a part's header would stand: beyond the file, or with room for a part of it only.
  for (const at of [sound.length, sound.length - 29, sound.length - 10, 0xff_ff_ff_ff])
    expect(await refusedWith((view) => view.setUint32(first + 42, at, true)), String(at)).toBe(
      'damaged-spreadsheet',
    );
  expect(await refusedWith((view) => view.setUint16(first + 10, 99, true))).toBe('damaged-spreadsheet');
});

const rules: MonitoringRules = {
  indicatorNames: new Map([
    ['etiquette', 'etiquette'],
    ['接待礼仪', 'etiquette'],
  ]),
  listed: [],
  judgeResult: () => [],
  judgeTestCall: () => [],
};
const results = (...headings: string[]): ByteSource =>
  csv(
    `hotline,period,test_calls,connected,${headings.join(',')}`,
    `x,2019,11,10,${headings.map((_, i) => 80 + i).join(',')}`,
  );

test('an indicator goes by any of its names; one unknown or given twice refuses the file, or is left out', async () => {
  const skipping = { ...shanghai, skipBadRows: true, monitoring: rules };
  const read = async (...headings: string[]) =>
    (await ingestMonitoring([results(...headings)], skipping)).results[0]?.indicators;
  expect(await read('接待礼仪')).toEqual({ etiquette: 80 });
  expect(await read('接待礼仪', 'smile')).toEqual({ etiquette: 80 });
  expect(await read('接待礼仪', 'etiquette')).toEqual({ etiquette: 80 });
  for (const [second, rule] of [
    ['smile', 'unknown-indicator'],
    ['etiquette', 'two-columns-for-indicator'],
  ] as const)
    expect(
      await refusal(ingestMonitoring([results('接待礼仪', second)], { ...shanghai, monitoring: rules })),
    ).toMatchObject([{ rule, row: 1, column: second }]);
});

test('seconds of ringing are seconds to an operator, and what a map leaves is no indicator', async () => {
  const calls = csv('拨测日期,拨测时间,是否接通,振铃等待(秒),微笑', '2026/11/23,14:20,接通,8,88');
  const map = {
    kind: 'test-calls',
    columns: { placed_at: ['拨测日期', '拨测时间'], connected: '是否接通' },
    constants: { hotline: 'x' },
    others: 'leave',
  };
  const left = await ingestMonitoring([calls], { ...shanghai, map: parseMapFile(map) });
  expect(left.testCalls).toMatchObject([{ connected: true, indicators: {} }]);
  expect((await guess(calls)).columns.map(({ guess: field }) => field)).toEqual([
    'placed_at',
    'placed_at',
    'connected',
    'seconds_to_operator',
    'indicator:微笑',
  ]);
});
