import { expect, test } from 'vitest';
import { ingestCalls } from '../support/ingested.ts';
import { ingestChannels, ingestPromptsPlayed } from '../../src/ingest/kinds/ingest-channels.ts';
import { ingestDuties, ingestRosterRequests } from '../../src/ingest/kinds/ingest-duties.ts';
import { ingestEvents } from '../../src/ingest/kinds/ingest-events.ts';
import { ingestLeave } from '../../src/ingest/kinds/ingest-leave.ts';
import { ingestMonitoring } from '../../src/ingest/kinds/ingest-monitoring.ts';
import { ingestOperators, ingestPresence } from '../../src/ingest/kinds/ingest-operators.ts';
import { ingestTraffic } from '../support/ingested.ts';
import type { IngestOptions } from '../../src/ingest/columns/map-file.ts';
import type { ByteSource } from '../../src/ingest/tables/byte-source.ts';
import { byteSourceOf } from '../../src/ingest/tables/byte-source.ts';
import { refusal, shanghai } from '../support/ingest-options.ts';
import { messageOf, remedyOf } from '../support/said.ts';
import type { Text } from '../../src/kernel/text.ts';
import { sayProblem } from '../../src/words/problems.ts';
import { allTold, book, file, sheet, type MakeFile } from './corpus-files.ts';

type Ingest = (sources: readonly ByteSource[], options: IngestOptions) => Promise<object>;
interface Place {
  readonly row?: number;
  readonly column?: string;
  readonly value?: unknown;
}
type Row = readonly [
  name: string,
  ingest: Ingest,
  make: MakeFile,
  rule: string,
  place: Place,
  knowledge?: Partial<IngestOptions>,
];

const bytes =
  (...all: readonly number[]): MakeFile =>
  () =>
    byteSourceOf('corpus.csv', Uint8Array.from(all));
const good = 'a,2026-11-23 08:00,40⏎a,2026-11-23 08:30,50';

// a file stands in a row
// prettier-ignore
const wrong: readonly Row[] = [
  ['nothing in it', ingestTraffic, bytes(), 'empty-file', {}],
  ['a picture', ingestTraffic, bytes(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 1, 2, 3), 'not-a-table', {}],
  ['a PDF', ingestTraffic, file('%PDF-1.7 report'), 'not-a-table', {}],
  ['JSON', ingestTraffic, file('[{"queue": "a", "start": "2026-11-23 08:00", "offered": 40}]'), 'not-a-table', {}],
  ['headings alone', ingestTraffic, file('queue,start,offered'), 'no-rows', {}],
  ['no column of times', ingestTraffic, file('queue,offered⏎a,40⏎a,50'), 'missing-column', { row: 1 }],
  ['no column of calls', ingestTraffic, file('queue,start,note⏎a,2026-11-23 08:00,x'), 'missing-column', { row: 1 }],
  ['no queue', ingestTraffic, file('start,offered⏎2026-11-23 08:00,40⏎2026-11-23 08:30,50'), 'missing-column', { row: 1 }],
  ['a letter for a number', ingestTraffic, file('queue,start,offered⏎a,2026-11-23 08:00,4O⏎a,2026-11-23 08:30,50'), 'not-a-count', { row: 2, column: 'offered', value: '4O' }],
  ['calls below none', ingestTraffic, file('queue,start,offered⏎a,2026-11-23 08:00,-4⏎a,2026-11-23 08:30,50'), 'negative-count', { row: 2, column: 'offered', value: '-4' }],
  ['half a call', ingestTraffic, file('queue,start,offered⏎a,2026-11-23 08:00,4.5⏎a,2026-11-23 08:30,50'), 'fractional-count', { row: 2, column: 'offered', value: '4.5' }],
  ['no calls said', ingestTraffic, file('queue,start,offered⏎a,2026-11-23 08:00,⏎a,2026-11-23 08:30,50'), 'missing-value', { row: 2, column: 'offered' }],
  ['no such day', ingestTraffic, file('queue,start,offered⏎a,2026-02-30 08:00,40⏎a,2026-03-01 08:30,50'), 'impossible-date', { row: 2, column: 'start', value: '2026-02-30 08:00' }],
  ['no such hour', ingestTraffic, file('queue,start,offered⏎a,2026-11-23 25:00,40⏎a,2026-11-23 08:30,50'), 'impossible-date', { row: 2, column: 'start', value: '2026-11-23 25:00' }],
  ['day or month', ingestTraffic, file('queue,start,offered⏎a,03/04/2026 08:00,40⏎a,03/04/2026 08:30,50'), 'ambiguous-date', { row: 2, column: 'start', value: '03/04/2026 08:00' }],
  ['a word for a time', ingestTraffic, file('queue,start,offered⏎a,morning,40⏎a,2026-11-23 08:30,50'), 'not-a-time', { row: 2, column: 'start', value: 'morning' }],
  ['a month only', ingestTraffic, file('queue,start,offered⏎a,2026-10,4000⏎a,2026-11,5000'), 'not-a-time', { row: 2, column: 'start', value: '2026-10' }],
  ['years ahead', ingestTraffic, file('queue,start,offered⏎a,2036-11-23 08:00,40⏎a,2026-11-23 08:30,50'), 'date-out-of-range', { row: 2, column: 'start', value: '2036-11-23 08:00' }],
  ['before clocks were', ingestTraffic, file('queue,start,offered⏎a,1926-11-23 08:00,40⏎a,2026-11-23 08:30,50'), 'date-out-of-range', { row: 2, column: 'start', value: '1926-11-23 08:00' }],
  ['an hour that clocks skip', ingestTraffic, file('queue,start,offered⏎a,2026-03-08 01:30,40⏎a,2026-03-08 02:30,50'), 'time-does-not-exist', { row: 3, column: 'start', value: '2026-03-08 02:30' }, { zone: 'America/New_York' }],
  ['two rows, two figures', ingestTraffic, file(`queue,start,offered⏎${good}⏎a,2026-11-23 08:30,51`), 'conflicting-duplicates', { row: 3, column: 'offered' }],
  ['two lengths', ingestTraffic, file('queue,start,interval_minutes,offered⏎a,2026-11-23 08:00,30,40⏎a,2026-11-23 08:30,15,50'), 'mixed-steps', { row: 3, column: 'interval_minutes', value: '15' }],
  ['one row, no length', ingestTraffic, file('queue,start,offered⏎a,2026-11-23 08:00,40'), 'interval-unknown', {}],
  ['a length that parts no day', ingestTraffic, file('queue,start,interval_minutes,offered⏎a,2026-11-23 08:00,50,40⏎a,2026-11-23 08:50,50,50'), 'interval-not-of-a-day', { column: 'interval_minutes', value: '50' }],
  ['parts above the whole', ingestTraffic, file('queue,start,offered,answered,abandoned⏎a,2026-11-23 08:00,40,39,5⏎a,2026-11-23 08:30,50,45,5'), 'parts-above-whole-of-day', { row: 2, value: '44 > 40' }],
  ['answered in time above answered', ingestTraffic, file('queue,start,offered,answered,answered_in_threshold⏎a,2026-11-23 08:00,40,30,38⏎a,2026-11-23 08:30,50,45,48'), 'parts-above-whole-of-day', { row: 2 }],
  ['half-hours and an odd one', ingestTraffic, file('queue,start,offered⏎a,2026-11-23 08:00,40⏎a,2026-11-23 08:30,50⏎a,2026-11-23 08:47,50'), 'mixed-steps', { row: 4, column: 'start' }],
  ['a cell too many', ingestTraffic, file('queue,start,offered⏎a,2026-11-23 08:00,40,9⏎a,2026-11-23 08:30,50'), 'wrong-cell-count', { row: 2 }],
  ['a cell too few', ingestTraffic, file('queue,start,offered,answered⏎a,2026-11-23 08:00⏎a,2026-11-23 08:30,50,45'), 'wrong-cell-count', { row: 2 }],
  ['a quote that never closes', ingestTraffic, file('queue,start,offered⏎"a,2026-11-23 08:00,40⏎a,2026-11-23 08:30,50'), 'unterminated-quote', { row: 2 }],
  ['minutes of 75 seconds', ingestTraffic, file('queue,start,offered,answered,handle_seconds_mean⏎a,2026-11-23 08:00,40,38,3:75⏎a,2026-11-23 08:30,50,45,5:00'), 'not-a-duration', { row: 2, column: 'handle_seconds_mean', value: '3:75' }],
  ['handle times in milliseconds, not said', ingestTraffic, file('queue,start,offered,answered,handle_seconds_mean⏎a,2026-11-23 08:00,40,38,240000⏎a,2026-11-23 08:30,50,45,300000'), 'unusual-interval-handle-time', { row: 2, column: 'handle_seconds_mean' }],
  ['a running sum that does not say so', ingestTraffic, file(`queue,start,offered⏎${[22, 23].flatMap((day) => Array.from({ length: 12 }, (_, i) => `a,2026-11-${day} ${String(8 + i).padStart(2, '0')}:00,${40 * (i + 1)}`)).join('⏎')}`), 'unusual-running', { column: 'offered' }],
  ['a running sum that falls', ingestTraffic, file('queue,start,累计呼入量⏎a,2026-11-23 08:00,40⏎a,2026-11-23 08:30,30'), 'running-sum-falls', { row: 3, column: 'offered', value: '30' }],
  ['a blank part of what is added up', ingestTraffic, file('队列,时间,接通量,放弃量⏎a,2026-11-23 08:00,38,⏎a,2026-11-23 08:30,45,5'), 'missing-value', { row: 2, column: '放弃量' }],
  ['a queue that is not listed', ingestTraffic, file('queue,start,offered⏎gneral,2026-11-23 08:00,40⏎gneral,2026-11-23 08:30,50'), 'unknown-queue', { row: 2, column: 'queue', value: 'gneral' }, { knownQueues: ['general', 'social'] }],
  ['a sheet that is not there', ingestTraffic, book({ 数据: sheet([['queue', 'start', 'offered']]) }), 'no-such-sheet', {}, { sheet: '话务' }],
  ['#REF! in a cell', ingestTraffic, book({ 数据: sheet([['queue', 'start', 'offered'], ['a', '2026-11-23 08:00', { t: 'e', v: 23 }], ['a', '2026-11-23 08:30', 50]]) }), 'not-a-count', { row: 2, column: 'offered', value: '#REF!' }],
  ['a zone that is none', ingestTraffic, file(`queue,start,offered⏎${good}`), 'unknown-zone', { value: 'Mars/Olympus' }, { zone: 'Mars/Olympus' }],
  ['an encoding that is none', ingestTraffic, file(`queue,start,offered⏎${good}`), 'unknown-encoding', {}, { encoding: 'klingon' }],
  ['an outcome that nothing tells', ingestCalls, file('call_id,queue,arrived_at,wait_seconds,outcome⏎1,a,2026-11-23 08:00:01,8,转信箱'), 'unknown-outcome', { row: 2, column: 'outcome', value: '转信箱' }],
  ['a call twice, otherwise', ingestCalls, file('call_id,queue,arrived_at,wait_seconds,outcome⏎1,a,2026-11-23 08:00:01,8,answered⏎1,a,2026-11-23 08:00:01,9,answered'), 'conflicting-duplicates', { row: 3, column: 'call_id', value: '1' }],
  ['a wait below nothing', ingestCalls, file('call_id,queue,arrived_at,wait_seconds,outcome⏎1,a,2026-11-23 08:00:01,-8,answered'), 'negative-number', { row: 2, column: 'wait_seconds', value: '-8' }],
  ['a call of two days', ingestCalls, file('call_id,queue,arrived_at,wait_seconds,outcome,handle_seconds⏎1,a,2026-11-23 08:00:01,8,answered,172800'), 'unusual-value', { row: 2, column: 'handle_seconds', value: '172800' }],
  ['hours of a week', ingestOperators, file('工号,技能,周工时⏎A01,综合,400'), 'unusual-value', { row: 2, column: '周工时', value: '400' }],
  ['an operator twice, otherwise', ingestOperators, file('工号,技能,周工时⏎A01,综合,40⏎A01,综合,20'), 'conflicting-duplicates', { row: 3 }],
  ['a share of 120 %', ingestChannels, file('渠道,容量,人工处理秒数,失败率⏎小程序,200,30,120%'), 'not-a-share', { row: 2, column: '失败率', value: '120%' }],
  ['presence that is a word', ingestPresence, file('tier,start,operators⏎a,2026-11-23 08:00,many⏎a,2026-11-23 08:30,5'), 'not-a-number', { row: 2, column: 'operators', value: 'many' }],
  ['connected: perhaps', ingestMonitoring, file('热线名称,拨测时间,是否接通,转人工时长⏎甲,2026-11-23 08:00,也许,12'), 'not-yes-or-no', { row: 2, column: '是否接通', value: '也许' }],
  ['connected above test calls', ingestMonitoring, file('hotline,period,test_calls,connected⏎a,2026-Q3,11,12'), 'connected-above-test-calls', { row: 2 }],
  ['a fifth quarter', ingestMonitoring, file('hotline,period,test_calls,connected⏎a,2026-Q5,11,10'), 'not-a-period', { row: 2, column: 'period', value: '2026-Q5' }],
  ['a prompt that ends before it begins', ingestPromptsPlayed, file('prompt,queue,start,end⏎online,a,2026-11-23 09:00,2026-11-23 08:00'), 'end-before-start', { row: 2 }],
  ['an event that ends before it begins', ingestEvents, file('date,end,kind,label⏎2026-11-23,2026-11-20,heating,Onset'), 'end-before-start', { row: 2 }],
  ['leave that ends before it begins', ingestLeave, file('operator,from,to⏎A01,2026-11-23,2026-11-20'), 'end-before-start', { row: 2 }],
  ['a wish without a day', ingestRosterRequests, file('operator,date,wants⏎A01,,off'), 'missing-value', { row: 2, column: 'date' }],
  ['a duty at 25 o’clock', ingestDuties, file('operator,date,shift,start,end⏎A01,2026-11-23,early,25:00,33:00'), 'not-a-clock-time', { row: 2, column: 'start', value: '25:00' }],
];

const mapTexts = (text: Text, map: (said: string) => string): Text => ({
  'zh-CN': map(text['zh-CN']),
  en: map(text.en),
});

for (const [name, ingest, make, rule, place, knowledge] of wrong)
  test(`refused: ${name}`, async () => {
    const problems = await refusal(ingest([make()], { ...shanghai, ...knowledge }));
    const errors = problems.filter(({ severity }) => severity === 'error');
    expect(errors).toContainEqual(expect.objectContaining({ rule, ...place }));
    // every error names its file, what is wrong and what to do, in both languages
    for (const error of errors) {
      if (error.rule !== 'unknown-zone') expect(error.file).toMatch(/^corpus\./);
      for (const said of [messageOf(error), remedyOf(error)]) {
        expect(said['zh-CN']).toMatch(/\p{Script=Han}/u);
        expect(said.en).toMatch(/[a-z]{3}/);
      }
      // who reads the page has buttons and lists: no field's key, option, map file or model's file
      const { message, remedy } = sayProblem(error, 'page');
      for (const told of [message, remedy]) {
        // beside the headings of the file itself
        const said = mapTexts(told, (text) =>
          text.replaceAll(/“[^”]*”|"[^"]*"|(?:文件中的列|file has).*/g, ''),
        );
        expect(said['zh-CN']).not.toMatch(/\b[a-z]+_[a-z_]+\b|\boffered\b|--[a-z]|映射文件|models\//);
        expect(said.en).not.toMatch(/\b[a-z]+_[a-z_]+\b|--[a-z]|map file|models\//);
      }
    }
  });

test('fifty files and more are refused', () => expect(wrong.length).toBeGreaterThanOrEqual(50));

/** All that is told of them stands, as that of the files that are taken. */
const inTens = Array.from({ length: Math.ceil(wrong.length / 10) }, (_, i) => i);

test.each(inTens)('all that is told of ten refused files from %s0 on', async (ten) => {
  const rows = wrong.slice(10 * ten, 10 * ten + 10);
  const said = await allTold(
    rows.map(([name, ingest, make, , , knowledge]) => ({ name, make, ingest, knowledge })),
  );
  await expect(said).toMatchFileSnapshot(`__snapshots__/corpus/refused-${ten}.txt`);
});
