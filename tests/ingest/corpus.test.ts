import { expect, test } from 'vitest';
import { ingestCalls } from '../support/ingested.ts';
import { ingestChannels, ingestPromptsPlayed } from '../../src/ingest/kinds/ingest-channels.ts';
import { ingestDuties, ingestRosterRequests } from '../../src/ingest/kinds/ingest-duties.ts';
import { ingestEvents } from '../../src/ingest/kinds/ingest-events.ts';
import { ingestForecasts } from '../../src/ingest/kinds/ingest-forecasts.ts';
import { ingestLeave } from '../../src/ingest/kinds/ingest-leave.ts';
import { ingestMonitoring } from '../../src/ingest/kinds/ingest-monitoring.ts';
import { ingestOperators, ingestPresence } from '../../src/ingest/kinds/ingest-operators.ts';
import { ingestTopics } from '../../src/ingest/kinds/ingest-topics.ts';
import { ingestTraffic } from '../support/ingested.ts';
import { type IngestOptions, parseMapFile } from '../../src/ingest/columns/map-file.ts';
import type { ByteSource } from '../../src/ingest/tables/byte-source.ts';
import type { TrafficRecord } from '../../src/kernel/records.ts';
import { shanghai } from '../support/ingest-options.ts';
import { allTold, book, file, fileWith, sheet, type MakeFile, type Told } from './corpus-files.ts';

/** How a file is read beside what it says itself. */
type Knowledge = Partial<IngestOptions>;
type Row = readonly [name: string, make: MakeFile, sums: string, knowledge?: Knowledge];

/** Offered, answered, abandoned and handle seconds of traffic, as far as any record has them. */
const sumsOf = (records: readonly TrafficRecord[]): string =>
  (['offered', 'answered', 'abandoned', 'handleSecondsTotal'] as const)
    .map((field) => records.flatMap((record) => record[field] ?? []))
    .map((values) => (values.length === 0 ? '' : String(values.reduce((sum, value) => sum + value, 0))))
    .join('/')
    .replace(/\/+$/, '');

const columnsOf = (columns: Record<string, string | string[]>): ReturnType<typeof parseMapFile> =>
  parseMapFile({ columns });
const general: Knowledge = { queue: 'general' };
const newYork: Knowledge = { ...general, zone: 'America/New_York' };
const d = (clock: string): Date => new Date(`2026-11-23T${clock}:00Z`);

// a file stands in a row
// prettier-ignore
const traffic: readonly Row[] = [
  // times
  ['ISO with T', file('queue,start,offered⏎a,2026-11-23T08:00,40⏎a,2026-11-23T08:30,50'), '90'],
  ['seconds and zone', file('queue,start,offered⏎a,2026-11-23T08:00:00+08:00,40⏎a,2026-11-23T00:30:00Z,50'), '90'],
  ['slashes', file('队列,时间,呼入量⏎a,2026/11/3 8:00,40⏎a,2026/11/3 8:30,50'), '90'],
  ['年月日时分', file('队列,时间,呼入量⏎a,2026年11月3日8时,40⏎a,2026年11月3日 8时30分,50'), '90'],
  ['packed', file('队列,日期,时段,来电量⏎a,20261123,0800,40⏎a,20261123,0830,50'), '90'],
  ['dots, day first', file('queue;start;offered⏎a;23.11.2026 08:00;40⏎a;23.11.2026 08:30;50'), '90'],
  ['month first, am and pm', file('queue,start,offered⏎a,11/23/2026 11:30 AM,40⏎a,11/23/2026 12:00 PM,50'), '90'],
  ['上午 and 下午', file('队列,日期,时间,来电量⏎a,2026-11-23,上午11:30,40⏎a,2026-11-23,下午0:00,50'), '90'],
  ['month by name', file('queue,start,offered⏎a,23-Nov-2026 08:00,40⏎a,"Nov 23, 2026 8:30 AM",50'), '90'],
  ['ranges ~', file('日期,时段,呼入量⏎2026-11-23,8:00~8:30,40⏎2026-11-23,8:30~9:00,50'), '90', general],
  ['ranges 至 up to :29', file('日期,时段,呼入量⏎2026-11-23,08:00至08:29,40⏎2026-11-23,08:30至08:59,50'), '90', general],
  ['ranges with am and pm', file('Date,Time,Calls⏎11/23/2026,11:30AM-12:00PM,40⏎11/23/2026,12:00PM-12:30PM,50'), '90', general],
  ['ranges before their date', file('Time,Calls,Date⏎7:00AM-7:30AM,40,11/26/2026⏎7:30AM-8:00AM,50,11/26/2026'), '90', { ...general, map: columnsOf({ start: ['Time', 'Date'], offered: 'Calls' }) }],
  ['times before their date', file('时段,呼入量,日期⏎8:00,40,2026-11-23⏎8:30,50,2026-11-23'), '90', { ...general, map: columnsOf({ start: ['时段', '日期'], offered: '呼入量' }) }],
  ['ranges of full hours am', file('Date,Time,Calls⏎11/23/2026,7AM-8AM,40⏎11/23/2026,8AM-9AM,50'), '90', general],
  ['hours as numbers', file('日期,小时,呼入量⏎2026-11-23,8,40⏎2026-11-23,9,50⏎2026-11-23,10,0'), '90', general],
  ['8点 and 9点', file('日期,小时,呼入量⏎2026-11-23,8点,40⏎2026-11-23,9点,50'), '90', general],
  ['epoch seconds', file('queue,start,offered⏎a,1763856000,40⏎a,1763857800,50'), '90'],
  ['epoch milliseconds', file('queue,start,offered⏎a,1763856000000,40⏎a,1763857800000,50'), '90'],
  ['serial dates', file('queue,start,offered⏎a,46349.3333333,40⏎a,46349.3541667,50'), '90'],
  ['weekday behind the date', file('日期,时段,呼入量⏎2026-11-23 星期一,8:00,40⏎2026-11-23(周一),8:30,50'), '90', general],
  ['backwards', file('queue,start,offered⏎a,2026-11-23 09:00,50⏎a,2026-11-23 08:30,30⏎a,2026-11-23 08:00,10'), '90'],
  // numbers
  ['thousands', file('queue,start,offered⏎a,2026-11-23 08:00,"1,240"⏎a,2026-11-23 08:30,"1,050"'), '2290'],
  ['decimal comma', file('queue;start;offered;handle_seconds_mean;answered⏎a;2026-11-23 08:00;1.240;200,5;1.000⏎a;2026-11-23 08:30;40;210,5;40'), '1280/1040//208920'],
  ['full-width digits', file('队列,时间,呼入量⏎a,２０２６－１１－２３ ０８：００,４０⏎a,2026-11-23 08:30,５０'), '90'],
  ['.0 and +', file('queue,start,offered⏎a,2026-11-23 08:00,40.0⏎a,2026-11-23 08:30,+50'), '90'],
  ['spaces around', file('queue , start , offered⏎ a , 2026-11-23 08:00 , 40 ⏎ a , 2026-11-23 08:30 , 50 '), '90'],
  ['dashes for none', file('队列,时间,呼入量,接通量⏎a,2026-11-23 08:00,40,-⏎a,2026-11-23 08:30,50,45'), '90/45'],
  ['次 and 秒 behind', file('队列,时间,呼入量,接通量,平均处理时长⏎a,2026-11-23 08:00,40次,38次,240秒⏎a,2026-11-23 08:30,50次,45次,300秒'), '90/83//22620'],
  ['percent beside', file('队列,时间,呼入量,接通量,接通率⏎a,2026-11-23 08:00,40,38,95%⏎a,2026-11-23 08:30,50,45,90%'), '90/83'],
  ['mm:ss', file('队列,时间,呼入量,接通量,平均处理时长⏎a,2026-11-23 08:00,40,38,4:00⏎a,2026-11-23 08:30,50,45,5:00'), '90/83//22620'],
  ['minutes by heading', file('队列,时间,呼入量,接通量,平均处理时长(分钟)⏎a,2026-11-23 08:00,40,38,4⏎a,2026-11-23 08:30,50,45,5'), '90/83//22620'],
  ['shares of times beside', file('Date,Time,ACD Calls,Avg ACD Time,Avg ACW Time,Aban Calls,% ACD Time⏎11/23/2026,8:00AM,38,3:20,:40,2,64.38⏎11/23/2026,8:30AM,45,4:00,1:00,5,57.24'), '90/83/7/22620', general],
  ['1分30秒', file('队列,时间,呼入量,接通量,平均处理时长⏎a,2026-11-23 08:00,40,38,4分0秒⏎a,2026-11-23 08:30,50,45,5分'), '90/83//22620'],
  ['milliseconds', file('queue,start,offered,answered,AHT (ms)⏎a,2026-11-23 08:00,40,38,240000⏎a,2026-11-23 08:30,50,45,300000'), '90/83//22620'],
  // encodings, delimiters, line ends
  ['mark of UTF-8', file('队列,时间,呼入量⏎综合,2026-11-23 08:00,40⏎综合,2026-11-23 08:30,50', 'bom'), '90'],
  ['GB18030', file('队列,时间,呼入量⏎综合,2026-11-23 08:00,40⏎综合,2026-11-23 08:30,50', 'gb18030'), '90'],
  ['UTF-16 little', file('队列\t时间\t呼入量⏎综合\t2026-11-23 08:00\t40⏎综合\t2026-11-23 08:30\t50', 'utf-16le'), '90'],
  ['UTF-16 big', file('队列,时间,呼入量⏎综合,2026-11-23 08:00,40⏎综合,2026-11-23 08:30,50', 'utf-16be'), '90'],
  ['UTF-16 without mark', file('queue,start,offered⏎a,2026-11-23 08:00,40⏎a,2026-11-23 08:30,50', 'utf-16le-bare'), '90'],
  ['tabs', file('queue\tstart\toffered⏎a\t2026-11-23 08:00\t40⏎a\t2026-11-23 08:30\t50'), '90'],
  ['bars', file('queue|start|offered⏎a|2026-11-23 08:00|40⏎a|2026-11-23 08:30|50'), '90'],
  ['CRLF', fileWith('queue,start,offered⏎a,2026-11-23 08:00,40⏎a,2026-11-23 08:30,50', '\r\n'), '90'],
  ['CR', fileWith('queue,start,offered⏎a,2026-11-23 08:00,40⏎a,2026-11-23 08:30,50', '\r'), '90'],
  ['quoted line end', file('queue,start,offered,note⏎a,2026-11-23 08:00,40,"two⏎lines, one cell"⏎a,2026-11-23 08:30,50,'), '90'],
  ['all quoted', file('"queue","start","offered"⏎"a","2026-11-23 08:00","40"⏎"a","2026-11-23 08:30","50"'), '90'],
  ['names in quotes', file('queue,start,offered⏎"a ""north""",2026-11-23 08:00,40⏎"a ""north""",2026-11-23 08:30,50'), '90'],
  // what dresses a report
  ['title and signature', file('某市热线话务报表,,⏎制表时间：2026-11-24,,⏎队列,时间,呼入量⏎a,2026-11-23 08:00,40⏎a,2026-11-23 08:30,50⏎制表人：甲,,'), '90'],
  ['totals and averages', file('日期,时段,呼入量⏎2026-11-23,8:00,40⏎2026-11-23,8:30,50⏎小计,,90⏎日均,,45⏎合计,,90⏎最大值,,50'), '90', general],
  ['totals of a day between', file('日期,时段,呼入量⏎2026-11-22,8:00,40⏎2026-11-22,合计,40⏎2026-11-23,8:00,50⏎2026-11-23,合计,50⏎总计,,90'), '90', { ...general, map: undefined }],
  ['heading again', file('queue,start,offered⏎a,2026-11-23 08:00,40⏎第1页,,⏎queue,start,offered⏎a,2026-11-23 08:30,50'), '90'],
  ['blank rows', file('queue,start,offered⏎⏎a,2026-11-23 08:00,40⏎,,⏎a,2026-11-23 08:30,50⏎,,'), '90'],
  ['a row of units', file('队列,时间,呼入量,接通量,平均处理时长⏎,,(次),(次),(秒)⏎a,2026-11-23 08:00,40,38,240⏎a,2026-11-23 08:30,50,45,300'), '90/83//22620'],
  ['a column of serials', file('序号,队列,时间,呼入量⏎1,a,2026-11-23 08:00,40⏎2,a,2026-11-23 08:30,50'), '90'],
  ['columns without heading', file('queue,start,offered,,⏎a,2026-11-23 08:00,40,,⏎a,2026-11-23 08:30,50,,'), '90'],
  ['the day in a title', file('统计日期：2026-11-23,,⏎时段,呼入量,接通量⏎8:00-8:30,40,38⏎8:30-9:00,50,45⏎合计,90,83'), '90/83', general],
  ['day and queue in a title', file('Date:,11/23/2026,⏎Split/Skill:,General,⏎Time,Calls,Answered⏎8:00AM,40,38⏎8:30AM,50,45'), '90/83'],
  ['blank rows of intervals without calls', file('Interval Start,Queue Name,Offer,Answer,Abandon,Avg Handle⏎11/23/26 12:00 AM,a,40,38,2,240000⏎11/23/26 12:30 AM,a,,,,⏎11/23/26 1:00 AM,a,50,45,5,300000'), '90/83/7/22620'],
  // shapes
  ['a column per day', file('时段,2026-11-22,2026-11-23⏎8:00,20,30⏎8:30,15,25'), '90', general],
  ['a column per time', file('日期,8:00,8:30,9:00,9:30,合计⏎2026-11-22,10,10,10,10,40⏎2026-11-23,10,10,15,15,50'), '90', general],
  ['a queue named twice in the title', file('Date:,11/23/2026,⏎Split/Skill:,General,⏎Split/Skill:, General ,⏎Time,Calls,Answered⏎8:00AM,40,38⏎8:30AM,50,45'), '90/83'],
  ['a column per time, the day in a title', file('2026年11月23日话务,,,⏎技能组,8:00,8:30,9:00,9:30⏎综合,10,10,10,10⏎社保,10,10,15,15'), '90'],
  ['a column per weekday', file('周起始,时段,周一,周二,周三,周四,周五⏎2026-11-16,8:00,10,10,10,10,10⏎2026-11-16,8:30,8,8,8,8,8'), '90', general],
  ['a column per queue', file('时间,综合,社保⏎2026-11-23 08:00,20,20⏎2026-11-23 08:30,25,25'), '90', { queueAliases: { 综合: 'a', 社保: 'b' } }],
  ['daily totals', file('日期,呼入量,接通量,放弃量⏎2026-11-22,400,380,20⏎2026-11-23,500,450,50'), '900/830/70', general],
  ['a running sum of the day', file('日期,时段,累计呼入量,累计接通量⏎2026-11-22,8:00,10,9⏎2026-11-22,8:30,25,23⏎2026-11-22,9:00,40,38⏎2026-11-23,8:00,20,18⏎2026-11-23,8:30,50,45'), '90/83', general],
  ['only what came of calls', file('队列,时间,接通,放弃,遇忙⏎a,2026-11-23 08:00,38,2,0⏎a,2026-11-23 08:30,45,5,0'), '90/83/7'],
  // clocks that change
  ['an hour that clocks skip, blank', file('start,offered,answered⏎2026-03-08 01:00,0,0⏎2026-03-08 01:30,40,38⏎2026-03-08 02:00,,⏎2026-03-08 02:30,,⏎2026-03-08 03:00,50,45'), '90/83', newYork],
  ['an hour that clocks skip, zeros', file('start,offered⏎2026-03-08 01:00,0⏎2026-03-08 01:30,40⏎2026-03-08 02:00,0⏎2026-03-08 02:30,0⏎2026-03-08 03:00,50'), '90', newYork],
  ['an hour that clocks repeat', file('start,offered⏎2026-11-01 00:30,10⏎2026-11-01 01:00,20⏎2026-11-01 01:30,20⏎2026-11-01 01:00,20⏎2026-11-01 01:30,20'), '90', newYork],
  // workbooks
  ['XLSX with its own dates', book({ 数据: sheet([['队列', '开始时间', '呼入量'], ['a', d('08:00'), 40], ['a', d('08:30'), 50]]) }), '90'],
  ['XLSX, day merged downwards', book({ 数据: sheet([['日期', '时段', '呼入量'], ['2026-11-23', '8:00', 40], [null, '8:30', 50]], 'A2:A3') }), '90', general],
  ['XLSX, headings merged across', book({ 数据: sheet([['日期', '时段', '人工话务', null, null], [null, null, '呼入', '接通', '放弃'], ['2026-11-23', '8:00', 40, 38, 2], ['2026-11-23', '8:30', 50, 45, 5]], 'A1:A2', 'B1:B2', 'C1:E1') }), '90/83/7', general],
  ['XLSX, title merged and totals', book({ 数据: sheet([['话务日报'], ['日期', '时段', '呼入量'], ['2026-11-23', '8:00', 40], ['2026-11-23', '8:30', 50], ['合计', null, 90]], 'A1:C1') }), '90', general],
  ['XLSX, times as fractions of a day', book({ 数据: sheet([['日期', '时段', '呼入量'], [46349, 8 / 24, 40], [46349, 8.5 / 24, 50]]) }), '90', general],
  ['XLSX, numbers as text', book({ 数据: sheet([['队列', '时间', '呼入量'], ['a', '2026-11-23 8:00', '40'], ['a', '2026-11-23 8:30', '50']]) }), '90'],
  ['XLSX, a cover and a hidden sheet', book({ 说明: sheet([['由系统导出']]), '.旧': sheet([['队列', '时间', '呼入量'], ['a', '2026-11-22 8:00', 7]]), 数据: sheet([['队列', '时间', '呼入量'], ['a', '2026-11-23 8:00', 40], ['a', '2026-11-23 8:30', 50]]) }), '90'],
  ['XLSX, a sheet a month', book({ '10月': sheet([['日期', '呼入量'], ['2026-10-30', 40], ['2026-10-31', 0]]), '11月': sheet([['日期', '呼入量'], ['2026-11-01', 50], ['2026-11-02', 0]]) }), '90', general],
  ['XLS', book({ 数据: sheet([['队列', '时间', '呼入量'], ['a', '2026-11-23 8:00', 40], ['a', '2026-11-23 8:30', 50]]) }, 'biff8'), '90'],
  ['ODS', book({ 数据: sheet([['队列', '时间', '呼入量'], ['a', '2026-11-23 8:00', 40], ['a', '2026-11-23 8:30', 50]]) }, 'ods'), '90'],
  ['a web page called .xls', book({ 数据: sheet([['队列', '时间', '呼入量'], ['a', '2026-11-23 8:00', 40], ['a', '2026-11-23 8:30', 50]]) }, 'html'), '90'],
  ['XLSX, a queue over its columns', book({ 数据: sheet([['日期', '时段', '综合', null, '社保', null], [null, null, '呼入量', '接通量', '呼入量', '接通量'], ['2026-11-23', '8:00', 20, 19, 20, 19], ['2026-11-23', '8:30', 25, 22, 25, 23]], 'A1:A2', 'B1:B2', 'C1:D1', 'E1:F1') }), '90/83'],
];

// a file stands in a row
// prettier-ignore
const calls: readonly Row[] = [
  ['words of outcomes', file('流水号,技能组,来电时间,等待时长,通话结果,处理时长⏎1,a,2026-11-23 08:00:01,8,人工接听,181⏎2,a,2026-11-23 08:10:01,40,排队放弃,⏎3,a,2026-11-23 08:11:00,0,IVR放弃,'), '2/1/1/181'],
  ['clocks and days apart', file('队列,来电日期,来电时间,等待时长,状态,处理时长⏎a,2026-11-23,08:00:01,0:08,已接通,3:01⏎a,2026-11-23,08:10:01,0:40,未接,0:00'), '2/1/1/181'],
  ['an id twice', file('call_id,queue,arrived_at,wait_seconds,outcome,handle_seconds⏎1,a,2026-11-23 08:00:01,8,answered,181⏎1,a,2026-11-23 08:00:01,8,answered,181⏎2,a,2026-11-23 08:10:01,40,abandoned,'), '2/1/1/181'],
];

const read = async (kind: 'traffic' | 'calls', make: MakeFile, knowledge?: Knowledge): Promise<string> => {
  const ingest = kind === 'traffic' ? ingestTraffic : ingestCalls;
  return sumsOf((await ingest([make()], { ...shanghai, ...knowledge })).records);
};

for (const [name, make, sums, knowledge] of traffic)
  test(`traffic: ${name}`, async () => expect(await read('traffic', make, knowledge)).toBe(sums));
for (const [name, make, sums, knowledge] of calls)
  test(`calls: ${name}`, async () => expect(await read('calls', make, knowledge)).toBe(sums));

type Ingest = (sources: readonly ByteSource[], options: IngestOptions) => Promise<object>;

/** Files of every other kind: how many records of which list. */
// a file stands in a row
// prettier-ignore
const others: readonly (readonly [string, Ingest, MakeFile, Readonly<Record<string, number>>])[] = [
  ['operators', ingestOperators, file('工号,座席等级,技能,周工时,固定休息日⏎A01,综合,综合;社保,40,周六/周日⏎A02,综合,综合,20,'), { records: 2 }],
  ['presence', ingestPresence, file('座席等级,日期,时段,在岗人数⏎综合,2026-11-23,8:00,24⏎综合,2026-11-23,8:30,25'), { records: 2 }],
  ['test calls', ingestMonitoring, file('热线名称,拨测时间,是否接通,转人工时长⏎甲,2026-11-23 08:00,是,12⏎甲,2026-11-23 09:00,否,'), { testCalls: 2 }],
  ['results by rate', ingestMonitoring, file('热线名称,监测期,接通率,总分⏎甲,2026年第3季度,95%,82.5⏎乙,2026-Q3,0.9,80'), { results: 2 }],
  ['hotlines', ingestMonitoring, file('hotline,name,province,round_the_clock⏎a,甲市热线,东省,是⏎b,乙市热线,东省,否'), { hotlines: 2 }],
  ['channels', ingestChannels, file('渠道,容量,人工处理秒数,失败率⏎小程序,200,30,10%⏎网站,100,45,0.2'), { channels: 2 }],
  ['volumes of channels', ingestChannels, file('渠道,时间,受理量⏎小程序,2026-11-23 08:00,20⏎小程序,2026-11-23 08:30,30'), { volumes: 2 }],
  ['prompts played', ingestPromptsPlayed, file('提示语,队列,开始时间,结束时间⏎online,a,2026-11-23 08:00,2026-11-23 09:00'), { records: 1 }],
  ['events', ingestEvents, file('日期,结束日期,类型,名称,预计影响⏎2026-11-15,2026-11-20,供暖,开始供暖,+30%⏎2026-12-01,,停水,停水,-10%'), { records: 2 }],
  ['leave', ingestLeave, file('工号,开始日期,结束日期,假别,审批状态⏎A01,2026-11-23,2026-11-24,年假,已批准⏎A02,2026-11-25,2026-11-25,病假,已批准'), { records: 2 }],
  ['requests', ingestRosterRequests, file('工号,日期,意愿,权重⏎A01,2026-11-23,休,2⏎A02,2026-11-24,不上夜班,1'), { records: 2 }],
  ['roster', ingestDuties, file('工号,日期,班次,固定⏎A01,2026-11-23,早班,是⏎A02,2026-11-23,休,否'), { records: 2 }],
];

test.each(others)('%s', async (_, ingest, make, expected) => {
  const found: Readonly<Record<string, unknown>> = { ...(await ingest([make()], shanghai)) };
  for (const [list, count] of Object.entries(expected)) expect(found[list]).toHaveLength(count);
});

test('the corpus has eighty files and more', () => {
  expect(traffic.length + calls.length + others.length).toBeGreaterThan(80);
});

/*
 * All that is told of the corpus stands in __snapshots__/corpus: the tests beside this one say that it is right. Whoever
 * changes it on purpose writes it anew by `npx vitest run tests/ingest/corpus.test.ts -u`.
 */
const toTell = (rows: readonly Row[], ingest: Ingest): Told[] =>
  rows.map(([name, make, , knowledge]) => ({ name, make, ingest, knowledge }));
/** Half-hours of some days from Monday on, a line each as `row` has it; an empty line is none. */
const halfHours = (days: number, row: (day: string, clock: string, i: number) => string): string[] =>
  Array.from({ length: 24 * days }, (_, i) => {
    const clock = `${String(8 + Math.floor((i % 24) / 2)).padStart(2, '0')}:${i % 2 === 0 ? '00' : '30'}`;
    return row(new Date(Date.UTC(2026, 10, 2 + Math.floor(i / 24))).toISOString().slice(0, 10), clock, i);
  }).filter((line) => line !== '');
const table = (heading: string, lines: readonly string[]): MakeFile => file([heading, ...lines].join('⏎'));
/** Calls that rise and fall over the day. */
const callsAt = (i: number): number => 3 + ((7 * i) % 24) + (i % 24 < 12 ? i % 24 : 24 - (i % 24));
const dayOpen = Array.from({ length: 7 }, (_, day) => ({ from: '08:00', to: day < 5 ? '20:00' : '12:00' }));
const withGaps = table(
  'queue,start,offered,answered,abandoned,wait_seconds_mean,handle_seconds_mean,operators',
  halfHours(16, (day, clock, i) =>
    i % 37 === 5 || (i > 100 && i < 118)
      ? ''
      : i % 41 === 7
        ? `a,${day} ${clock},,,,,,4`
        : `${i % 5 === 0 ? 'b' : 'a'},${day} ${clock},${callsAt(i) + 2},${callsAt(i)},2,${10 + (i % 9)},${200 + i},${5 + (i % 3)}`,
  ),
);
const manyCalls = table(
  '流水号,技能组,来电时间,等待时长,通话结果,处理时长,主叫号码,工号',
  halfHours(9, (day, clock, i) => {
    const seconds = String((i * 17) % 60).padStart(2, '0');
    const result = ['人工接听', '人工接听', '排队放弃', '遇忙', '人工接听', 'IVR放弃'][i % 6] ?? '';
    const handled = result === '人工接听' ? String(100 + ((i * 53) % 4000)) : '';
    return `${i % 50},${i % 4 === 0 ? '社保' : '综合'},${day} ${clock}:${seconds},${(i * 7) % 40},${result},${handled},1380013${8000 + (i % 11)},A${i % 5}`;
  }),
);
const dayTotals = table(
  '日期,呼入量,接通量',
  Array.from(
    { length: 10 },
    (_, i) => `2026-11-${String(2 + i).padStart(2, '0')},${300 + 10 * i},${280 + 9 * i}`,
  ),
);
/** Files that say more than one thing, and what their reader may know. */
// a file stands in a row
// prettier-ignore
const further: readonly Told[] = [
  ...(['auto', 'zero', 'gap'] as const).flatMap((absent) => [
    { name: `gaps taken as ${absent}`, make: withGaps, ingest: ingestTraffic, knowledge: { absent } },
    { name: `gaps within hours, ${absent}`, make: withGaps, ingest: ingestTraffic, knowledge: { absent, openingHours: dayOpen } },
  ]),
  { name: 'queues by other names, one left out', make: withGaps, ingest: ingestTraffic, knowledge: { knownQueues: ['general', 'social'], queueAliases: { a: 'general', b: 'social' }, leftOut: ['social'] } },
  { name: 'calls of many', make: manyCalls, ingest: ingestCalls },
  { name: 'calls of known callers, by the hour', make: manyCalls, ingest: ingestCalls, knowledge: { callerKey: 'k', intervalMinutes: 60, redialWindowMinutes: 1440, answerTimeThresholdSeconds: 14, shortAbandonSeconds: 14 } },
  { name: 'calls by the day', make: manyCalls, ingest: ingestCalls, knowledge: { intervalMinutes: 1440, callerKey: 'k' } },
  { name: 'calls by seven minutes', make: manyCalls, ingest: ingestCalls, knowledge: { intervalMinutes: 7 } },
  { name: 'days, confirmed', make: dayTotals, ingest: ingestTraffic, knowledge: { ...general, acceptUnusual: true } },
  { name: 'days by the day', make: dayTotals, ingest: ingestTraffic, knowledge: { ...general, intervalMinutes: 1440 } },
  { name: 'quarters of an hour', make: table('queue,start,interval_minutes,offered', halfHours(3, (day, clock, i) => `a,${day} ${clock},15,${callsAt(i)}`)), ingest: ingestTraffic },
  { name: 'a queue of two columns', make: file('市,组,时间,呼入量⏎东,一,2026-11-23 08:00,40⏎东,二,2026-11-23 08:00,41⏎西,一,2026-11-23 08:00,42⏎东,一,2026-11-23 08:30,50'), ingest: ingestTraffic, knowledge: { map: columnsOf({ queue: ['市', '组'], start: '时间', offered: '呼入量' }) } },
  { name: 'no headings, rows that end early', make: file('2026-11-23 08:00,40,a⏎2026-11-23 08:30,50⏎2026-11-23 09:00,60,b⏎2026-11-23 09:30'), ingest: ingestTraffic, knowledge: { map: parseMapFile({ headings: ['start', 'offered', 'queue'] }) } },
  { name: 'groups beside a column of queues', make: file('队列,时间,一线,,二线,⏎,,呼入量,接通量,呼入量,接通量⏎a,2026-11-23 08:00,20,19,20,19⏎b,2026-11-23 08:30,25,22,25,23'), ingest: ingestTraffic },
  { name: 'lines within cells', make: file('queue\tstart\toffered\tnote⏎"a⏎north"\t2026-11-23 08:00\t40\t"x⏎y"⏎"a⏎north"\t2026-11-23 08:30\t50\t'), ingest: ingestTraffic },
  { name: 'calls a hundred times the usual', make: withGaps, ingest: ingestTraffic, knowledge: { usual: new Map([['a', { calls: 2, handleSeconds: 20 }]]) } },
  { name: 'topics', make: table('日期,一级分类,二级分类,数量', Array.from({ length: 24 }, (_, i) => `2026-11-0${2 + Math.floor(i / 6)},${['供暖', '道路', '社保'][i % 3]},${i % 6 < 3 ? '' : `类${i % 2}`},${callsAt(i)}`)), ingest: ingestTopics, knowledge: { callsPerDay: new Map([['a', 200]]) } },
  { name: 'topics by the month', make: table('月份,分类,数量', Array.from({ length: 8 }, (_, i) => `2026-0${1 + i},供暖,${900 - 50 * i}`)), ingest: ingestTopics },
  { name: 'topics by the week, far too many', make: table('日期,分类,数量', Array.from({ length: 6 }, (_, i) => `${new Date(Date.UTC(2026, 8, 7 + 7 * i)).toISOString().slice(0, 10)},供暖,${9000 - 50 * i}`)), ingest: ingestTopics, knowledge: { callsPerDay: new Map([['a', 20]]) } },
  { name: 'demands one by one', make: file('工单时间,类别,队列⏎2026-11-02 08:10,供暖/管网,a⏎2026-11-02 09:10,供暖/管网,a⏎2026-11-03,道路,⏎2026-11-03,合计,⏎2026-11-04,,a'), ingest: ingestTopics, knowledge: { skipBadRows: true } },
  { name: 'forecasts', make: table('model,queue,issued,start,calls,q10,q90', halfHours(2, (day, clock, i) => `m,a,2026-11-01 12:00,${day} ${clock},${callsAt(i)},${callsAt(i) - 2},${callsAt(i) + 3}`)), ingest: ingestForecasts, knowledge: { callsPerDay: new Map([['a', 400]]) } },
  { name: 'forecasts of no model, days ahead', make: table('queue,start,calls', Array.from({ length: 7 }, (_, i) => `a,2026-12-0${1 + i},${400 + 10 * i}`)), ingest: ingestForecasts, knowledge: { callsPerDay: new Map([['a', 50]]), acceptUnusual: true } },
  { name: 'forecasts that have seen their time', make: file('model,queue,issued,start,calls,q10,q90⏎m,a,2026-11-03 12:00,2026-11-03 08:00,5,,⏎m,a,2026-11-01 12:00,2026-11-03 08:30,5,7,3'), ingest: ingestForecasts },
  { name: 'duties of a published week', make: file('operator,date,shift,start,end⏎A01,2026-11-23,early,08:00,16:00⏎A02,2026-11-30,休,,⏎A03,2026-12-01,late,16:00:00,24:00'), ingest: ingestDuties, knowledge: { skipBadRows: true, publishedPeriods: [{ from: '2026-11-23', to: '2026-11-29' }], people: new Map([['A01', '王'], ['A02', undefined]]) } },
  ...[false, true].map((addUnlisted) => ({
    name: `results and test calls of hotlines by their names${addUnlisted ? ', others added' : ''}`,
    make: file('热线名称,监测期,拨测次数,接通次数,沟通规范⏎甲市12345热线,2026年三季度,11,10,88%⏎乙市,2026-Q3,11,0,⏎丙,2026年11月,7,7,90⏎丁,2026,5,1,'),
    ingest: ingestMonitoring,
    knowledge: {
      skipBadRows: true,
      monitoring: {
        indicatorNames: new Map([['沟通规范', 'communication']]),
        own: '甲市',
        ownNames: ['甲', '甲市12345热线'],
        listed: [{ hotline: '甲市', name: '甲市热线' }, { hotline: '乙市', name: '乙市政务服务热线' }],
        addUnlisted,
        judgeResult: ({ connected }: { readonly connected?: number | undefined }) => (connected === 0 ? [{ rule: 'not-a-count', column: 'connected', value: '0' }] : []),
        judgeTestCall: () => [],
      },
    },
  })),
  { name: 'test calls of the line itself', make: file('拨测时间,是否接通,转人工时长⏎2026-11-23 08:00,是,12⏎2026-11-23 08:00,是,12⏎2026-11-24,否,⏎2026-11-24,否,⏎合计,,'), ingest: ingestMonitoring, knowledge: { monitoring: { indicatorNames: new Map(), own: '甲市', listed: [], judgeResult: () => [], judgeTestCall: () => [] } } },
  { name: 'people by their names', make: file('姓名,日期,班次⏎王芳,2026-11-23,早班⏎李,2026-11-24,休⏎王芳,2026-11-25,早班'), ingest: ingestDuties, knowledge: { skipBadRows: true, people: new Map([['A01', '王芳'], ['A02', '赵']]) } },
  { name: 'leaves that overlap', make: file('operator,from,to,kind,state⏎A01,2026-11-02,2026-11-05,年假,⏎A01,2026-11-04,2026-11-06,病假,已批准⏎A01,2026-11-05,2026-11-09,事假,拒绝⏎A02,2026-11-04,,培训,申请'), ingest: ingestLeave, knowledge: { skipBadRows: true } },
];
const told: readonly Told[] = [
  ...toTell(traffic, ingestTraffic),
  ...toTell(calls, ingestCalls),
  ...others.map(([name, ingest, make]) => ({ name, make, ingest })),
  ...further,
];
const fives = Array.from({ length: Math.ceil(told.length / 5) }, (_, i) => i);

test.each(fives)('all that is told of five files: %s', async (five) => {
  const said = await allTold(told.slice(5 * five, 5 * five + 5));
  await expect(said).toMatchFileSnapshot(`__snapshots__/corpus/taken-${five}.txt`);
});
