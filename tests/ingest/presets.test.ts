import { describe, expect, it, test } from 'vitest';
import { fieldsOfKind } from '../../src/ingest/columns/headings.ts';
import { ingestCalls } from '../support/ingested.ts';
import { ingestTraffic } from '../support/ingested.ts';
import { callPresets, trafficPresets } from '../../src/ingest/columns/preset-tables.ts';
import type { PresetName } from '../../src/ingest/columns/preset-tables.ts';
import { presetNames, presetsFor } from '../../src/ingest/columns/presets.ts';
import { parseMapFile } from '../../src/ingest/columns/map-file.ts';
import type { TrafficRecord } from '../../src/kernel/records.ts';
import { csv, guess, refusal, shanghai } from '../support/ingest-options.ts';
import { allTold } from './corpus-files.ts';

/** Calls offered, answered and abandoned, seconds waited and handled. */
const sums = (records: readonly TrafficRecord[]): number[] =>
  (['offered', 'answered', 'abandoned', 'waitSecondsTotal', 'handleSecondsTotal'] as const).map((field) =>
    records.reduce((sum, record) => sum + (record[field] ?? 0), 0),
  );

const read = async (
  kind: 'traffic' | 'calls',
  lines: readonly string[],
  options: Partial<typeof shanghai> = {},
) => {
  const ingest = kind === 'traffic' ? ingestTraffic : ingestCalls;
  const { records, report } = await ingest([csv(...lines)], { ...shanghai, queue: 'general', ...options });
  const recognised = report.problems.find(({ rule }) => rule === 'preset-recognised');
  return {
    sums: sums(records),
    preset: (recognised?.values as { preset: string } | undefined)?.preset,
    records,
  };
};

/** An export of each system as it comes, and its sums; seconds that it does not tell are 0. */
const exports: readonly (readonly [PresetName, 'traffic' | 'calls', readonly string[], readonly number[]])[] =
  [
    [
      'genesys-cloud-queues',
      'traffic',
      [
        'Interval Start,Interval End,Media Type,Queue Name,Offer,Answer,Answer %,Abandon,Abandon %,ASA,Avg Wait,Avg Handle',
        '11/23/26 8:00 AM,11/23/26 8:30 AM,voice,General,40,38,95%,2,5%,12000,13000,240000',
        '11/23/26 8:30 AM,11/23/26 9:00 AM,voice,General,50,45,90%,5,10%,15000,16000,250000',
      ],
      [90, 83, 7, 1320, 20_370],
    ],
    [
      'genesys-engage-queues',
      'traffic',
      [
        'Day,Time,Queue,Offered,Accepted,Abandoned Waiting,Avg Handle Time (Fmt)',
        '2026-11-23,08:00,Q1,40,38,2,00:04:00',
        '2026-11-23,08:30,Q1,50,45,5,00:05:00',
      ],
      [90, 83, 7, 0, 22_620],
    ],
    [
      'amazon-connect-queues',
      'traffic',
      [
        'Queue,StartInterval,EndInterval,Contacts queued,Contacts handled,Contacts abandoned,Average handle time,Average queue answer time',
        'basic,2026-11-23T08:00:00.000Z,2026-11-23T08:30:00.000Z,40,38,2,240,10',
        'basic,2026-11-23T08:30:00.000Z,2026-11-23T09:00:00.000Z,50,45,5,300.5,20',
      ],
      [90, 83, 7, 40 * 10 + 50 * 20, 22_642.5],
    ],
    [
      'avaya-cms-splits',
      'traffic',
      [
        'Date: 11/23/2026,,,,,',
        'Time,ACD Calls,Avg Speed Ans,Aban Calls,ACD Time,ACW Time',
        '7:00AM-7:30AM,12,00:08,1,2400,480',
        '7:30AM-8:00AM,20,00:09,2,3800,700',
        'Totals,32,00:09,3,6200,1180',
      ],
      // abandoned calls are taken to have waited as long as answered ones
      [35, 32, 3, 13 * 8 + 22 * 9, 7380],
    ],
    [
      'avaya-cms-averages',
      'traffic',
      [
        'Split/Skill,Date,Time,ACD Calls,Avg Speed Ans,Aban Calls,Avg Aban Time,Avg ACD Time,Avg ACW Time,Avg Pos Staff',
        'General,11/23/2026,7:00AM-7:30AM,12,:08,1,:40,3:20,0:40,6.5',
        'General,11/23/2026,7:30AM-8:00AM,20,0:09,2,1:05,3:10,0:35,7',
      ],
      [35, 32, 3, 12 * 8 + 40 + 20 * 9 + 2 * 65, 7380],
    ],
    [
      'cisco-uccx-queues',
      'traffic',
      [
        'CSQ Name,Interval Start Time,Interval End Time,Calls Presented,Calls Handled,Calls Abandoned,Avg Handle Time',
        'General,11/23/26 8:00:00 AM,11/23/26 8:30:00 AM,40,38,2,00:04:00',
        'General,11/23/26 8:30:00 AM,11/23/26 9:00:00 AM,50,45,5,00:05:00',
      ],
      [90, 83, 7, 0, 22_620],
    ],
    [
      'huawei-aicc-skills',
      'traffic',
      [
        '统计时间,技能队列,人工呼入请求服务数,人工呼入请求接通数,人工呼入请求呼损数,15秒内人工接通数',
        '2026-11-23 08:00,综合,40,38,2,30',
        '2026-11-23 08:30,综合,50,45,5,33',
      ],
      [90, 83, 7, 0, 0],
    ],
    [
      'zh-half-hours',
      'traffic',
      [
        '日期,时段,呼入量,接通量,放弃量,接通率,平均处理时长',
        '2026-11-23,8:00-8:30,40,38,2,95%,240',
        '2026-11-23,8:30-9:00,50,45,5,90%,300',
      ],
      [90, 83, 7, 0, 22_620],
    ],
    [
      'zh-days',
      'traffic',
      [
        '日期,星期,呼入量,接通量,放弃量',
        '2026-11-22,周日,400,380,20',
        '2026-11-23,周一,500,450,50',
        '月合计,,900,830,70',
      ],
      [900, 830, 70, 0, 0],
    ],
    [
      'asterisk-master-csv',
      'calls',
      [
        '"","13800138001","12345","in","""Li"" <13800138001>","SIP/t-1","SIP/201-2","Queue","q,t","2026-11-23 08:00:01","2026-11-23 08:00:09","2026-11-23 08:03:10",189,181,"ANSWERED","DOCUMENTATION","1764000001.1",""',
        '"","13800138002","12345","in","13800138002","SIP/t-3","","Queue","q,t","2026-11-23 08:10:01","","2026-11-23 08:10:41",40,0,"NO ANSWER","DOCUMENTATION","1764000601.3",""',
      ],
      [2, 1, 1, 48, 181],
    ],
    [
      'asterisk-queue-log',
      'calls',
      [
        '1763859600|NONE|NONE|NONE|QUEUESTART|',
        '1763859601|1763859601.1|general|NONE|ENTERQUEUE||13800138001|1',
        '1763859609|1763859601.1|general|SIP/201|CONNECT|8|1763859602.2|5',
        '1763859790|1763859601.1|general|SIP/201|COMPLETECALLER|8|181|1',
        '1763860201|1763860201.3|general|NONE|ENTERQUEUE||13800138002|1',
        '1763860241|1763860201.3|general|NONE|ABANDON|1|1|40',
      ],
      [2, 1, 1, 48, 181],
    ],
    [
      'freeswitch-cdr',
      'calls',
      [
        '"Li","13800138001","12345","public","2026-11-23 08:00:01","2026-11-23 08:00:09","2026-11-23 08:03:10","189","181","NORMAL_CLEARING","a5c9f6c0","","","PCMU","PCMU"',
        '"Wu","13800138002","12345","public","2026-11-23 08:10:01","","2026-11-23 08:10:41","40","0","ORIGINATOR_CANCEL","a5c9f6c1","","","PCMU","PCMU"',
      ],
      [2, 1, 1, 48, 181],
    ],
    [
      'cxone-call-detail',
      'calls',
      [
        'Contact_ID,ANI_Dialnum,Skill_Name,Agent_Name,Start_Date,Start_Time,PreQueue,InQueue,Agent_Time,PostQueue,Abandon',
        '1,13800138001,General,A,11/03/2026,08:00:01,3,8,181,0,N',
        '2,13800138002,General,,11/03/2026,08:10:01,2,40,0,0,Y',
      ],
      [2, 1, 1, 48, 181],
    ],
    [
      'amazon-connect-contacts',
      'calls',
      [
        'ContactId,Queue.Name,Queue.EnqueueTimestamp,Queue.Duration,Agent.ConnectedToAgentTimestamp,Agent.AgentInteractionDuration,Agent.CustomerHoldDuration,Agent.AfterContactWorkDuration',
        'c1,General,2026-11-23T00:00:01Z,8,2026-11-23T00:00:09Z,140,10,31',
        'c2,General,2026-11-23T00:10:01Z,40,,,,',
      ],
      [2, 1, 1, 48, 181],
    ],
    [
      'huawei-aicc-calls',
      'calls',
      [
        'dev,12345,1,201,c1,13800138001,12345,2026-11-23 08:00:01,2026-11-23 08:00:09,2026-11-23 08:00:05,2026-11-23 08:00:09,2026-11-23 08:00:09,2026-11-23 08:03:10,2,201,0,1,-1,1,1,5',
        'dev,12345,1,,c2,13800138002,12345,2026-11-23 08:10:01,2026-11-23 08:10:41,,,,,1,5,0,2,-1,1,1,5',
      ],
      [2, 1, 1, 48, 181],
    ],
    [
      'huawei-aicc-calls-zh',
      'calls',
      [
        '呼叫标识,主叫号码,技能队列,座席ID,等待开始时间,等待结束时间,呼叫开始时间,呼叫截止时间',
        'c1,13800138001,综合,201,2026-11-23 08:00:01,2026-11-23 08:00:09,2026-11-23 08:00:09,2026-11-23 08:03:10',
        'c2,13800138002,综合,,2026-11-23 08:10:01,2026-11-23 08:10:41,,',
      ],
      [2, 1, 1, 48, 181],
    ],
  ];

describe('exports of known systems', () => {
  test.each(exports)('%s is recognised and comes in with its sums', async (name, kind, lines, expected) => {
    expect(await read(kind, lines)).toMatchObject({ sums: expected, preset: name });
  });

  test.each(exports)(
    '%s is shown as it is read, and read by what is shown',
    async (name, kind, lines, expected) => {
      const file = await guess(csv(...lines));
      expect(file).toMatchObject({ kind, preset: name });
      const map = parseMapFile(JSON.parse(JSON.stringify(file.map)));
      expect((await read(kind, lines, { map })).sums).toEqual(expected);
    },
  );

  it('has an export here of every preset, each with its source and fields that there are', () => {
    expect(exports.map(([name]) => name).toSorted()).toEqual(presetNames.toSorted());
    expect(presetsFor(['leave', 'calls'])).toEqual(Object.keys(callPresets));
    for (const { source, map } of Object.values({ ...trafficPresets, ...callPresets })) {
      expect(source).toMatch(/^https:|^Cisco /);
      const fields = fieldsOfKind[map.kind].map(({ field }) => field);
      expect(fields).toEqual(expect.arrayContaining(Object.keys(map.columns)));
    }
  });

  it('are told of as before', async () => {
    const said = await allTold(
      exports.map(([name, kind, lines]) => ({
        name,
        make: () => csv(...lines),
        ingest: kind === 'traffic' ? ingestTraffic : ingestCalls,
        knowledge: { queue: 'general' },
      })),
    );
    await expect(said).toMatchFileSnapshot('__snapshots__/corpus/presets.txt');
  });

  it('is chosen by name, or not at all', async () => {
    const [, , lines = []] = exports[0] ?? [];
    expect((await read('traffic', lines, { preset: 'genesys-cloud-queues' })).preset).toBeUndefined();
    const unread = ingestTraffic([csv(...lines)], { ...shanghai, preset: 'none' });
    expect((await refusal(unread)).map(({ rule }) => rule)).toContain('unusual-wait');
  });
});

describe('waits of answered and of abandoned calls apart', () => {
  const heading = 'queue,start,offered,answered,abandoned';
  const waitOf = async (...lines: string[]): Promise<(number | undefined)[]> =>
    (await read('traffic', lines)).records.map(({ waitSecondsTotal }) => waitSecondsTotal);

  it('are each weighted with their calls; the mean over all goes before them', async () => {
    const rows = ['a,2026-11-23 08:00,10,8,2,10,50', 'a,2026-11-23 08:30,4,4,0,5,'];
    expect(await waitOf(`${heading},平均应答时长,平均放弃时长`, ...rows)).toEqual([180, 20]);
    expect(await waitOf(`${heading},ASA,Avg Wait`, ...rows.map((row) => row.replace(/,$/, ',6')))).toEqual([
      500, 24,
    ]);
  });

  it('are not known where calls were answered and no mean stands there', async () => {
    const rows = ['a,2026-11-23 08:00,10,8,2,,50', 'a,2026-11-23 08:30,3,0,3,,50'];
    expect(await waitOf(`${heading},Avg Speed Ans,Avg Aban Time`, ...rows)).toEqual([undefined, 150]);
  });

  it('say what is taken where only one of them is told', async () => {
    const rows = ['a,2026-11-23 08:00,10,8,2,10', 'a,2026-11-23 08:30,4,4,0,5'];
    const { records, report } = await ingestTraffic([csv(`${heading},ASA`, ...rows)], shanghai);
    expect(sums(records)[3]).toBe(120);
    expect(report.problems.map(({ rule }) => rule)).toContain('abandoned-waits-assumed');
    const lost = await ingestTraffic([csv(`${heading},Avg Aban Time`, ...rows)], shanghai);
    expect(sums(lost.records)[3]).toBe(0);
  });
});

describe('a file without headings', () => {
  const rows = ['general,2026-11-23 08:00,5,4', 'general,2026-11-23 08:30,6,6'];
  const columns = { queue: '1', start: '2', offered: '3', answered: '4' };

  it('is read by the numbers of its columns, or by names given to them', async () => {
    const map = parseMapFile({ headings: [], columns });
    expect((await read('traffic', rows, { map })).sums.slice(0, 2)).toEqual([11, 10]);
    const named = parseMapFile({ headings: ['queue', 'start', 'offered', 'answered'] });
    expect((await read('traffic', rows, { map: named })).sums.slice(0, 2)).toEqual([11, 10]);
  });

  it('is shown with its first row as data', async () => {
    const file = await guess(csv(...rows), 'traffic', { noHeadings: true });
    expect(file.columns.map(({ name }) => name)).toEqual(['1', '2', '3', '4']);
    expect(file.columns[2]?.samples).toEqual(['5', '6']);
    expect(file.map.headings).toEqual([]);
  });
});

describe('columns that are added up', () => {
  const map = parseMapFile({ columns: { handle_seconds_total: ['talk', 'wrap'] }, others: 'guess' });
  const heading = 'queue,start,offered,answered,talk,wrap';

  it('are one figure, each part in the unit of the field', async () => {
    const lines = [heading, 'a,2026-11-23 08:00,5,4,0:20:00,0:05:00', 'a,2026-11-23 08:30,5,4,1000,200'];
    expect((await read('traffic', lines, { map })).sums[4]).toBe(1500 + 1200);
  });

  it('tell which part is wrong', async () => {
    const lines = [heading, 'a,2026-11-23 08:00,5,4,1000,x', 'a,2026-11-23 08:30,5,4,1000,200'];
    const problems = await refusal(ingestTraffic([csv(...lines)], { ...shanghai, map }));
    expect(problems).toContainEqual(expect.objectContaining({ row: 2, column: 'wrap', value: 'x' }));
  });
});
