import { messageOf } from '../support/said.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ingestTraffic } from '../support/ingested.ts';
import { parseMapFile } from '../../src/ingest/columns/map-file.ts';
import { csv, refusal, shanghai } from '../support/ingest-options.ts';

const parse = async (value: unknown): Promise<unknown> => parseMapFile(value);

describe('parseMapFile', () => {
  it('takes the example of the design, and an empty one', () => {
    const map = parseMapFile({
      columns: { start: 't', offered: 'calls' },
      constants: { queue: 'main' },
      values: { outcome: { abandoned_queue: 'abandoned', phantom: null } },
      units: { handle_seconds: 'minutes' },
    });
    expect(map.values['outcome']?.['phantom']).toBeNull();
    expect(parseMapFile({})).toEqual({ columns: {}, constants: {}, values: {}, units: {} });
  });

  it('names every problem with its path', async () => {
    const shape = await refusal(
      parse({ columns: { start: 3 }, units: { handle_seconds: 'weeks' }, zone: 'Mars/Base', extra: 1 }),
    );
    expect(shape.map(({ path }) => path ?? '').toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      'columns.start',
      'map',
      'units.handle_seconds',
      'zone',
    ]);
    const fields = await refusal(parse({ columns: { begin: 't' }, values: { colour: {} } }));
    expect(fields.map(({ path, rule }) => [path, rule])).toEqual([
      ['columns.begin', 'map-file-field'],
      ['values.colour', 'map-file-field'],
    ]);
    expect(await refusal(parse('nothing'))).toMatchObject([{ rule: 'map-file-shape', path: 'map' }]);
  });

  it('names a heading that the file does not have', async () => {
    const map = parseMapFile({ columns: { start: 'when', offered: 'calls' }, constants: { queue: 'q' } });
    const problems = await refusal(
      ingestTraffic([csv('t,calls', '2026-11-23 08:00,5')], { ...shanghai, map }),
    );
    expect(problems).toMatchObject([{ rule: 'mapped-column-absent', column: 'when' }]);
  });

  it("lets its zone go before the hotline's, and says so", async () => {
    const map = parseMapFile({ zone: 'Asia/Jerusalem' });
    const { records, report } = await ingestTraffic(
      [csv('queue,start,offered', 'a,2026-11-23 08:00,5', 'a,2026-11-23 08:30,5')],
      { ...shanghai, map },
    );
    expect(records[0]?.startMillis).toBe(Date.parse('2026-11-23T08:00:00+02:00'));
    expect(report.problems.map(({ rule }) => rule)).toContain('zone-of-map-file');
  });
});

describe('columns that a map does not name', () => {
  const file = csv(
    '技能组,日期,时段,人工请求量,接通量,平均处理时长',
    '综合,2026-11-23,08:00,5,4,180',
    '综合,2026-11-23,08:30,6,6,200',
  );
  const columns = { queue: '技能组', start: ['日期', '时段'], offered: '人工请求量', answered: '接通量' };

  it('are left out, or taken by their meaning where the map says so', async () => {
    const read = async (map: object) => ingestTraffic([file], { ...shanghai, map: parseMapFile(map) });
    expect((await read({ columns })).records[0]?.handleSecondsTotal).toBeUndefined();
    const guessed = await read({ columns, others: 'guess' });
    expect(guessed.records[0]?.handleSecondsTotal).toBe(4 * 180);
    const told = guessed.report.problems.filter(({ rule }) => rule === 'columns-guessed');
    // with the field's name before its key once the names are known
    expect(told.map((problem) => messageOf(problem).en)).toEqual([
      expect.stringMatching(
        /^columns are taken by their headings: 平均处理时长 → (?:mean handle time \()?handle_seconds_mean\)?$/,
      ),
    ]);
  });

  it('are taken by the presets, also under another heading than theirs', async () => {
    const preset = parseMapFile(
      JSON.parse(
        readFileSync(new URL('../../models/presets/zh-interval-report.json', import.meta.url), 'utf8'),
      ),
    );
    const { records, report } = await ingestTraffic([file], { ...shanghai, map: preset });
    expect(records[0]?.handleSecondsTotal).toBe(4 * 180);
    const absent = report.problems.filter(({ rule }) => rule === 'mapped-column-absent');
    expect(absent.map(({ column }) => column)).not.toContain('平均通话时长');
  });
});

describe('models/presets', () => {
  const folder = new URL('../../models/presets/', import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));

  it('are there, in both languages', () => {
    expect(names.length).toBeGreaterThan(5);
  });

  it.each(names)('%s is a valid map file with a name and a kind', (name) => {
    const map = parseMapFile(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
    expect(map.name).toBeDefined();
    expect(map.kind).toBeDefined();
  });
});
