import { utils, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { byteSourceOf } from '../../src/ingest/tables/byte-source.ts';
import { ingestTraffic } from '../support/ingested.ts';
import { parseMapFile } from '../../src/ingest/columns/map-file.ts';
import { csv, guess, refusal, shanghai } from '../support/ingest-options.ts';

const guessesOf = async (...lines: readonly string[]): Promise<Record<string, string | null>> =>
  Object.fromEntries((await guess(csv(...lines))).columns.map(({ name, guess }) => [name, guess]));

describe('guessColumns', () => {
  it('reads the headings of a Chinese interval report', async () => {
    const lines = [
      '技能组,日期,时段,呼入量,人工请求量,接通量,放弃量,15秒接通量,平均通话时长(秒),接通率',
      ...Array.from(
        { length: 6 },
        (_, i) => `社保医保,2026/11/23,${8 + i}:00-${8 + i}:30,${60 + i},${50 + i},48,2,44,215,96.0%`,
      ),
    ];
    const file = await guess(csv(...lines));
    expect(Object.fromEntries(file.columns.map(({ name, guess }) => [name, guess]))).toEqual({
      技能组: 'queue',
      日期: 'start',
      时段: 'start',
      呼入量: null,
      人工请求量: 'offered',
      接通量: 'answered',
      放弃量: 'abandoned',
      '15秒接通量': 'answered_in_threshold',
      '平均通话时长(秒)': 'handle_seconds_mean',
      接通率: null,
    });
    expect(file).toMatchObject({
      kind: 'traffic',
      missing: [],
      intervalMinutes: 30,
      queues: ['社保医保'],
      delimiter: ',',
    });
    expect(file.dateFormat).toMatchObject({ sample: '2026/11/23 8:00-8:30', readAs: '2026-11-23 08:00:00' });
  });

  it('yields a map file that does what was shown', async () => {
    const lines = [
      'Skill,Date,Interval,Calls Offered,Calls Answered,Abandoned,AHT (minutes)',
      'a,23/11/2026,08:00,10,8,2,2.5',
      'a,23/11/2026,08:30,10,9,1,3',
    ];
    const file = await guess(csv(...lines));
    const map = parseMapFile(structuredClone(file.map));
    expect(map).toMatchObject({
      columns: { start: ['Date', 'Interval'] },
      units: { handle_seconds_mean: 'minutes' },
      dateOrder: 'dmy',
    });
    const { records, report } = await ingestTraffic([csv(...lines)], { ...shanghai, map });
    expect(records.map((record) => record.handleSecondsTotal)).toEqual([8 * 150, 9 * 180]);
    expect(report.problems.filter(({ rule }) => rule === 'columns-guessed')).toEqual([]);
  });

  it('tells the kinds of file apart', async () => {
    const kindOf = async (...lines: readonly string[]): Promise<string> => (await guess(csv(...lines))).kind;
    expect(await kindOf('t,calls', '2026-11-23 08:00,5')).toBe('traffic');
    expect(
      await kindOf(
        '来电时间,技能组,等待时长,通话结果,通话时长,主叫号码,坐席工号',
        '2026-11-23 08:00:01,综合,12,接通,180,13800001234,0712',
      ),
    ).toBe('calls');
    expect(await kindOf('工号,座席等级,技能,周工时,质检得分', '0712,一级,综合;公积金,40,92')).toBe(
      'operators',
    );
    expect(
      await kindOf('热线名称,拨测时间,是否接通,转人工时长,服务态度', '甲市,2026-11-23 09:00,是,14,4.5'),
    ).toBe('test-calls');
    expect(await kindOf('热线名称,年度,拨测次数,接通次数,总分', '甲市,2026,11,10,81.2')).toBe('results');
    expect(await kindOf('hotline,name,province,region', 'x,X,P,R')).toBe('hotlines');
    expect(await kindOf('姓名,开始日期,结束日期,类型', '李四,2026-12-01,2026-12-03,病假')).toBe('leave');
    expect(await kindOf('日期,类型,名称,预计影响', '2026-11-15,供暖,开始供暖,30%')).toBe('events');
    expect(await kindOf('座席等级,开始时间,在岗人数', '一级,2026-11-23 08:00,12')).toBe('presence');
    expect(await kindOf('渠道,开始时间,请求量', '微信,2026-11-23 08:00,12')).toBe('channel-volumes');
    expect(await kindOf('提示,队列,播放开始,播放结束', 'p1,综合,2026-11-23 09:00,2026-11-23 10:00')).toBe(
      'prompts',
    );
  });

  it('knows how a form asks whether a test call was connected', async () => {
    const asked = (heading: string) =>
      guessesOf(
        `序号,拨测日期,拨测时间,${heading},服务态度得分`,
        '1,2026-09-03,20:37,是,90',
        '2,2026-09-07,20:01,否,',
      );
    for (const heading of ['是否接通人工', '人工是否接通', '电话是否已接通'])
      expect(await asked(heading), heading).toMatchObject({ [heading]: 'connected', 序号: null });
    for (const heading of ['是否15秒内接通', '是否未接通'])
      expect(await asked(heading), heading).toMatchObject({ [heading]: null });
  });

  it('says what is missing, and takes the kind that the planner chose', async () => {
    const file = await guess(csv('开始时间,接通率', '2026-11-23 08:00,95%'), 'traffic');
    expect(file.missing).toEqual(['queue', 'offered']);
    expect((await guess(csv('t,calls', '2026-11-23,5'), 'presence')).kind).toBe('presence');
  });

  it('takes a heading only when its cells fit', async () => {
    expect(await guessesOf('时间,队列,话务量', '很多,a,5', '更多,a,6')).toEqual({
      时间: null,
      队列: 'queue',
      话务量: 'offered',
    });
  });

  it('blanks numbers of callers', async () => {
    const file = await guess(csv('来电时间,主叫号码,备注', '2026-11-23 08:00:00,010-12345678,13800001234'));
    expect(JSON.stringify(file)).not.toMatch(/12345678|13800001234/);
  });

  it('looks below a title and into spreadsheets', async () => {
    const book = utils.book_new();
    const cells = [
      ['话务日报'],
      ['队列', '时间', '来电量'],
      ['a', '2026-11-23 08:00', 5],
      ['a', '2026-11-23 08:15', 6],
    ];
    utils.book_append_sheet(book, utils.aoa_to_sheet(cells), 'S');
    const bytes = new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer);
    const file = await guess(byteSourceOf('a.xlsx', bytes));
    expect(file).toMatchObject({
      format: 'xlsx',
      headingLine: 2,
      delimiter: null,
      intervalMinutes: 15,
      missing: [],
    });
  });

  it('reads no more than the head of a large file, and closes it', async () => {
    let [pieces, closed] = [0, false];
    const source = {
      name: 'large.csv',
      chunks: {
        async *[Symbol.asyncIterator]() {
          try {
            yield new TextEncoder().encode('t,calls\n');
            for (; pieces < 1000; pieces += 1)
              yield new TextEncoder().encode('2026-11-23 08:00,5\n'.repeat(5000));
          } finally {
            closed = true;
          }
        },
      },
    };
    expect((await guess(source)).kind).toBe('traffic');
    expect([pieces < 10, closed]).toEqual([true, true]);
  });

  it('refuses what is no table', async () => {
    expect(await refusal(guess(byteSourceOf('a.pdf', '%PDF-1.7')))).toMatchObject([
      { rule: 'not-a-table', file: 'a.pdf' },
    ]);
  });
});
