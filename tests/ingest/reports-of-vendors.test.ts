import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordKindNames } from '../../src/kernel/records.ts';
import { fieldsOfKind, fieldSpec, meaningsOf } from '../../src/ingest/columns/headings.ts';
import { parseMapFile } from '../../src/ingest/columns/map-file.ts';
import { ingestTraffic } from '../support/ingested.ts';
import type { ByteSource } from '../../src/ingest/tables/byte-source.ts';
import { ingestText } from '../../src/render/documents/ingest-text.ts';
import { minutesAndSeconds } from '../../src/words/phrases.ts';
import { csv, guess, inShanghai, refusal, shanghai } from '../support/ingest-options.ts';

const general = { ...shanghai, queue: 'general' };

/** The map that the page sends: the columns of each field in the order in which they stand in the file. */
const asThePageSays = async (file: ByteSource): Promise<ReturnType<typeof parseMapFile>> => {
  const { columns, map } = await guess(file, 'traffic');
  const named: Record<string, string[]> = {};
  for (const { name, guess: field } of columns) if (field !== null) (named[field] ??= []).push(name);
  return parseMapFile({ ...map, columns: named });
};

describe('a day and a time of day apart', () => {
  const rows = (order: (time: string, date: string) => string, times: readonly string[]) =>
    times.map((time, i) => order(`${time},${40 + i},38`, '11/26/2026'));
  const files: Readonly<Record<string, () => ByteSource>> = {
    'the date behind, stretches': () =>
      csv(
        'Time,Calls,Answered,Date',
        ...rows((row, date) => `${row},${date}`, ['7:00AM-7:30AM', '7:30AM-8:00AM']),
      ),
    'the date behind, times': () =>
      csv('Time,Calls,Answered,Date', ...rows((row, date) => `${row},${date}`, ['7:00AM', '7:30AM'])),
    'the date before': () =>
      csv(
        'Date,Time,Calls,Answered',
        ...rows((row, date) => `${date},${row}`, ['7:00AM-7:30AM', '7:30AM-8:00AM']),
      ),
    'the date in two cells above': () =>
      csv(
        '"Date:","11/26/2026"',
        '',
        'Time,Calls,Answered',
        ...rows((row) => row, ['7:00AM-7:30AM', '7:30AM-8:00AM']),
      ),
    'the date in a line above': () =>
      csv(
        'Split/Skill Interval',
        'Date: 11/26/2026',
        '',
        'Time,Calls,Answered',
        ...rows((row) => row, ['7:00AM', '7:30AM']),
      ),
  };
  it.each(Object.keys(files))('%s: taken in as it was shown', async (name) => {
    const make = files[name] ?? (() => csv(''));
    expect((await guess(make(), 'traffic')).dateFormat).toMatchObject({ readAs: '2026-11-26 07:00:00' });
    const map = await asThePageSays(make());
    const { records } = await ingestTraffic([make()], { ...general, map });
    expect(records.map(({ startMillis, offered }) => [startMillis, offered])).toEqual([
      [inShanghai('2026-11-26 07:00'), 40],
      [inShanghai('2026-11-26 07:30'), 41],
    ]);
  });

  it('says in which order day and month stand, wherever the date stands', async () => {
    const file = (): ByteSource => csv('时段,呼入量,日期', '8:00-8:30,40,5/6/2026', '8:30-9:00,50,25/6/2026');
    const { records } = await ingestTraffic([file()], {
      ...general,
      map: await asThePageSays(file()),
    });
    expect(records.map(({ startMillis }) => startMillis)).toEqual([
      inShanghai('2026-06-05 08:00'),
      inShanghai('2026-06-25 08:30'),
    ]);
  });
});

describe('a share is no count and no time', () => {
  const shares: readonly ((heading: string) => string)[] = [
    (heading) => `% ${heading}`,
    (heading) => `${heading}%`,
    (heading) => `${heading} (%)`,
    (heading) => `${heading}（％）`,
    (heading) => `Percent ${heading}`,
    (heading) => `${heading} [percent]`,
    (heading) => `${heading}率`,
    (heading) => `${heading}（占比）`,
    (heading) => `${heading}占比`,
    (heading) => `${heading} (rate)`,
  ];

  it('whatever the heading is without its percent sign', () => {
    const named = recordKindNames.flatMap((kind) =>
      fieldsOfKind[kind].flatMap(({ headings }) => headings.map((name) => [kind, name] as const)),
    );
    fc.assert(
      fc.property(fc.constantFrom(...named), fc.constantFrom(...shares), ([kind, name], as) => {
        for (const field of meaningsOf(as(name), kind)?.keys() ?? [])
          expect([field, fieldSpec(kind, field)?.type]).toEqual([field, 'share']);
      }),
      { numRuns: 2000 },
    );
  });

  it('and every heading of a figure is told from a share', () => {
    for (const kind of recordKindNames)
      for (const { field, headings } of fieldsOfKind[kind])
        for (const name of [field, ...headings])
          expect(meaningsOf(name, kind)?.get(field), name).toBeGreaterThan(0);
    expect(meaningsOf('接通率(%)', 'results')?.has('connection_rate')).toBe(true);
    expect(meaningsOf('Connection rate %', 'results')?.has('connection_rate')).toBe(true);
  });

  it('is left out and said so, beside the time that it is a share of', async () => {
    const file = (): ByteSource =>
      csv(
        'Date,Time,ACD Calls,Avg ACD Time,Avg ACW Time,Aban Calls,% ACD Time,% Ans Calls',
        '11/26/2026,7:00AM,24,3:03,:41,1,64.38,96.00',
        '11/26/2026,7:30AM,47,3:11,:47,2,57.24,95.92',
      );
    const { columns } = await guess(file(), 'traffic');
    expect(columns.find(({ name }) => name === '% ACD Time')?.guess).toBeNull();
    const { records, report } = await ingestTraffic([file()], general);
    expect(records[0]?.handleSecondsTotal).toBe(24 * (183 + 41));
    expect(report.problems.find(({ rule }) => rule === 'columns-left-out')?.values).toMatchObject({
      headings: { shown: ['% ACD Time', '% Ans Calls'] },
    });
  });

  it('by its cells, under any heading', async () => {
    const file = csv('queue,start,offered,接通', 'a,2026-11-23 08:00,40,95%', 'a,2026-11-23 08:30,50,90%');
    const { columns } = await guess(file, 'traffic');
    expect(columns.find(({ name }) => name === '接通')?.guess).toBeNull();
  });
});

describe('a row that tells its time and no figure', () => {
  const heading = 'Queue Name,Interval Start,Offer,Answer,Abandon,Avg Handle,Avg Wait';
  /** Half-hours from 0:00 on, four calls each but for those that are blank. */
  const rows = (blank: readonly number[], queue = 'a'): string[] =>
    Array.from({ length: 24 }, (_, i) => {
      const start = `2026-11-23 ${String(i >> 1).padStart(2, '0')}:${i % 2 === 0 ? '00' : '30'}`;
      return `${queue},${start},${blank.includes(i) ? ',,,,' : '4,4,,240000,8000'}`;
    });
  const read = (lines: readonly string[], absent: 'auto' | 'gap' | 'zero' = 'auto') =>
    ingestTraffic([csv(heading, ...lines)], { ...shanghai, absent });
  const told = ({ report }: Awaited<ReturnType<typeof read>>) =>
    report.problems.filter(({ rule }) => rule === 'rows-without-calls');

  it('is an interval without calls, said in one line with its number and first place', async () => {
    const found = await read(rows([3, 4, 10]));
    expect(found.records).toHaveLength(24);
    expect(found.records[3]).toMatchObject({ offered: 0, answered: 0, abandoned: 0, handleSecondsTotal: 0 });
    expect(told(found)).toMatchObject([
      { severity: 'notice', file: 'traffic.csv', row: 5, values: { rows: 3, taken: 'zero' } },
    ]);
    expect(found.report.gaps).toEqual([]);
    expect(found.report.files[0]).toMatchObject({ rows: 24, accepted: 24, rejected: 0, dropped: 0 });
  });

  it('is missing where that is asked for, and is no row then', async () => {
    const found = await read(rows([3, 4, 10]), 'gap');
    expect(found.records).toHaveLength(21);
    expect(told(found)).toMatchObject([{ severity: 'warning', row: 5, values: { rows: 3, taken: 'gap' } }]);
    expect(found.report.gaps).toMatchObject([{ intervals: 2 }, { intervals: 1 }]);
    expect(found.report.files[0]).toMatchObject({ rows: 24, accepted: 21, rejected: 0, dropped: 3 });
  });

  it('is missing by itself where no calls would be most unlikely, or where the file writes a 0', async () => {
    const weeks = Array.from({ length: 4 }, (_, week) =>
      rows(week === 3 ? [8, 9, 10] : []).map((line) =>
        line.replace('2026-11-23', `2026-11-${String(2 + 7 * week).padStart(2, '0')}`),
      ),
    ).flat();
    expect(told(await read(weeks))).toMatchObject([{ values: { rows: 3, taken: 'gap' } }]);
    expect(told(await read(weeks, 'zero'))).toMatchObject([{ values: { rows: 3, taken: 'zero' } }]);
    const [first = '', ...others] = rows([3]);
    const writes = [first.replace('4,4,,240000,8000', '0,0,0,,'), ...others];
    expect(told(await read(writes))).toMatchObject([{ values: { rows: 1, taken: 'gap' } }]);
  });

  it('holds at both ends of the file, and for a queue that nobody called', async () => {
    const all = Array.from({ length: 24 }, (_, i) => i);
    const found = await read([...rows([0, 23]), ...rows(all, 'b')]);
    expect(found.records).toHaveLength(48);
    expect(found.records.filter(({ queue }) => queue === 'b').map(({ offered }) => offered)).toEqual(
      all.map(() => 0),
    );
    expect(told(found)).toMatchObject([{ row: 2, values: { rows: 26 } }]);
  });

  it('is asked about where other figures of the row are there, or its time of day is not', async () => {
    for (const row of ['a,2026-11-23 12:00,,4,,240000,8000', 'a,2026-11-23 12:00,,,,,8000'])
      expect(await refusal(read([...rows([]), row])), row).toContainEqual(
        expect.objectContaining({ rule: 'missing-value', row: 26, column: 'Offer' }),
      );
    const apart = csv(
      '日期,时段,呼入量,接通量',
      '2026-11-23,8:00,4,4',
      '2026-11-23,,,',
      '2026-11-23,8:30,4,4',
    );
    const problems = await refusal(ingestTraffic([apart], general));
    expect(problems).toContainEqual(expect.objectContaining({ rule: 'missing-value', row: 3 }));
  });

  it('of sums that run through the day stands between them', async () => {
    const file = csv(
      '日期,时段,累计呼入量,累计接通量',
      '2026-11-23,8:00,4,4',
      '2026-11-23,8:30,,',
      '2026-11-23,9:00,9,8',
    );
    const { records } = await ingestTraffic([file], { ...general, absent: 'zero' });
    expect(records.map(({ offered }) => offered)).toEqual([4, 0, 5]);
  });
});

describe('what the figures come to', () => {
  it('is said of each queue: calls a day, handle time and wait of a call', async () => {
    const file = csv(
      'queue,start,offered,answered,abandoned,handle_seconds_mean,wait_seconds_mean',
      'a,2026-11-22 08:00,40,38,2,252,10',
      'a,2026-11-23 08:00,50,38,12,252,10',
      'b,2026-11-23 08:00,7,,,,',
    );
    const { report } = await ingestTraffic([file], { ...shanghai, absent: 'gap', intervalMinutes: 30 });
    expect(report.measured).toEqual([
      { queue: 'a', callsPerDay: 45, handleSeconds: 252, waitSeconds: 10 },
      { queue: 'b', callsPerDay: 7, handleSeconds: null, waitSeconds: null },
    ]);
    const stored = { added: 0, changed: 0, unchanged: 0 };
    const said = ingestText({ ...report, stored, dryRun: true }, 'en');
    expect(said).toContain('a: 45 calls a day on average, handled in 4 min 12 s per call, 10 s waited');
    expect(said).toMatch(/b: 7 calls a day on average$/m);
  });

  it.each([
    [4.24, '4.2 s', '4.2 秒'],
    [59.6, '1 min 0 s', '1 分 0 秒'],
    [252, '4 min 12 s', '4 分 12 秒'],
  ])('%f s is said as %s', (seconds, en, zh) => {
    expect(minutesAndSeconds(seconds, 'en')).toBe(en);
    expect(minutesAndSeconds(seconds, 'zh-CN')).toBe(zh);
  });
});

describe('dates without a year', () => {
  const rows = (day: string) => [`${day},8:00,40,38`, `${day},8:30,50,45`];
  const offered = async (...lines: readonly string[]) =>
    (await ingestTraffic([csv(...lines)], general)).records.map((row) => [row.startMillis, row.offered]);
  it.each([
    ['2026年11月热线话务日报', '日期,时段,来电量,接通量', '11月3日'],
    ['Calls in 2026', 'Date,Time,Offered,Answered', '11/23'],
    ['Anrufe 2026,,,', 'Date,Time,Offered,Answered', '23.11.'],
    ['制表时间：2027-01-04\n2026年', '日期,时间,呼入量,接通量', '11月3日（周二）'],
  ])('under "%s" lie in its year', async (title, heading, day) => {
    const date = day.startsWith('11月') ? '2026-11-03' : '2026-11-23';
    expect(await offered(title, heading, ...rows(day))).toEqual([
      [inShanghai(`${date} 08:00`), 40],
      [inShanghai(`${date} 08:30`), 50],
    ]);
    const shown = await guess(csv(title, heading, ...rows(day)), 'traffic');
    expect(shown.dateFormat).toMatchObject({ readAs: `${date} 08:00:00` });
  });

  it.each([
    ['2026年11月热线话务日报', ['11-02', '11-03']],
    ['Calls, 2026-11', ['02/11', '03/11']],
    ['11月第1周（2026年11月）', ['11/2', '11/3']],
  ])('under "%s", which names their month, have their day where it is not', async (title, days) => {
    const heading = '日期,时段,来电量,接通量';
    expect(await offered(title, heading, ...days.flatMap(rows))).toEqual(
      [2, 3].flatMap((day) => [
        [inShanghai(`2026-11-0${day} 08:00`), 40],
        [inShanghai(`2026-11-0${day} 08:30`), 50],
      ]),
    );
  });

  it('of which day and month could be either under a title of another month are asked about', async () => {
    const lines = ['2026年12月话务', '日期,时段,来电量,接通量', ...rows('11-02'), ...rows('11-03')];
    const problems = await refusal(ingestTraffic([csv(...lines)], general));
    expect(problems.map(({ rule }) => rule)).toContain('ambiguous-date');
  });

  it.each(['2025–2026', 'printed on 2027-01-04', 'no year'])('under "%s" are asked about', async (title) => {
    const lines = [title, 'Date,Time,Offered,Answered', ...rows('11/23')];
    const problems = await refusal(ingestTraffic([csv(...lines)], general));
    expect(problems.map(({ rule }) => rule)).toContain('missing-column');
  });
});
