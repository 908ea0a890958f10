import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldsOfKind, type FieldSpec, meaningsOf } from '../../src/ingest/columns/headings.ts';
import { parseMapFile } from '../../src/ingest/columns/map-file.ts';
import { ingestEvents } from '../../src/ingest/kinds/ingest-events.ts';
import { ingestForecasts } from '../../src/ingest/kinds/ingest-forecasts.ts';
import { ingestMonitoring } from '../../src/ingest/kinds/ingest-monitoring.ts';
import { ingestOperators } from '../../src/ingest/kinds/ingest-operators.ts';
import type { ByteSource } from '../../src/ingest/tables/byte-source.ts';
import { type RecordKind, recordKindNames, recordKinds } from '../../src/kernel/records.ts';
import en from '../../src/words/locales/en.json' with { type: 'json' };
import zh from '../../src/words/locales/zh-CN.json' with { type: 'json' };
import { ingestTraffic } from '../support/ingested.ts';
import { csv, guess, refusal, shanghai } from '../support/ingest-options.ts';

/** The map that the page sends when all is left as it was found. */
const asFound = async (file: ByteSource): Promise<ReturnType<typeof parseMapFile>> => {
  const { columns, map } = await guess(file, 'auto');
  const named: Record<string, string[]> = {};
  for (const { name, guess: field } of columns) if (field !== null) (named[field] ??= []).push(name);
  return parseMapFile({ ...map, columns: named });
};

const named = (name: string, ...lines: string[]): ByteSource => ({ ...csv(...lines), name });

describe('files as planners have them', () => {
  it('a queue that stands in a title is taken in as it was shown', async () => {
    const file = (): ByteSource =>
      csv(
        'Switchboard interval report',
        'Skill: Enquiries,From: 2026/11/23',
        '',
        'Interval Start,Calls Offered,Calls Answered,Calls Abandoned',
        '2026/11/23 9:00,40,38,2',
        '2026/11/23 9:30,44,41,3',
      );
    expect((await guess(file(), 'auto')).queues).toEqual(['Enquiries']);
    const { records } = await ingestTraffic([file()], { ...shanghai, map: await asFound(file()) });
    expect(records.map(({ queue, offered }) => [queue, offered])).toEqual([
      ['Enquiries', 40],
      ['Enquiries', 44],
    ]);
  });

  it.each(['All', '全部', '所有技能组', 'all queues'])(
    'a report of %s is of no queue by that name: it asks for one',
    async (all) => {
      const file = (): ByteSource =>
        csv(`Skill: ${all}`, '', 'Interval Start,Calls Offered', '2026/11/23 9:00,40', '2026/11/23 9:30,44');
      expect(await guess(file(), 'auto')).toMatchObject({ missing: ['queue'], queues: [] });
      const { records } = await ingestTraffic([file()], { ...shanghai, queue: 'general' });
      expect(records.map(({ queue, offered }) => [queue, offered])).toEqual([
        ['general', 40],
        ['general', 44],
      ]);
    },
  );

  it('people whose hours a week stand there as what they work at most', async () => {
    const file = (): ByteSource =>
      csv('工号,姓名,技能,每周工时上限', '1001,王敏,综合,40', '1002,李伟,综合,20');
    expect(await guess(file(), 'auto')).toMatchObject({ kind: 'operators', missing: [] });
    const { records } = await ingestOperators([file()], { ...shanghai, map: await asFound(file()) });
    expect(records.map(({ contractHours }) => contractHours)).toEqual([40, 20]);
  });

  it('events that have a name alone are of a kind of their own', async () => {
    const file = (): ByteSource => csv('Date,Event,Expected effect', '2026-12-02,Heating fees due,+15%');
    expect(await guess(file(), 'auto')).toMatchObject({ kind: 'events', missing: [] });
    const { records } = await ingestEvents([file()], { ...shanghai, map: await asFound(file()) });
    expect(records).toMatchObject([
      { date: '2026-12-02', kind: 'Heating fees due', label: 'Heating fees due', expectedEffect: 0.15 },
    ]);
  });
});

describe('a forecast without its model and without when it was made', () => {
  const lines = (date: string): string[] => [
    '日期,时段,预测来电量',
    ...[...Array(48).keys()].map(
      (i) => `${date},${String(i >> 1).padStart(2, '0')}:${i % 2 === 0 ? '00' : '30'},${10 + i}`,
    ),
  ];
  const now = Date.UTC(2026, 10, 30, 8);
  const options = { ...shanghai, now, queue: 'general' };

  it('is a forecast, of the model that its file is named after, made by now', async () => {
    const file = (): ByteSource => named('省中心下周预测_20261201.csv', ...lines('2026-12-01'));
    expect(await guess(file(), 'auto')).toMatchObject({ kind: 'forecasts', missing: ['queue'] });
    const { records, report } = await ingestForecasts([file()], { ...options, map: await asFound(file()) });
    expect(records).toHaveLength(48);
    expect(records[0]).toMatchObject({ model: '省中心下周预测', issuedMillis: now, intervalMinutes: 30 });
    expect(report.problems.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['model-of-file', 'issue-assumed']),
    );
  });

  const model = (perDay: number, ...more: readonly string[]) =>
    csv(
      'model,queue,issued,start,interval_minutes,calls,q10,q90',
      ...[0, 1, 2, 3].map(
        (i) => `ours,综合,2026-11-30 12:00,2026-12-0${1 + (i >> 1)} ${9 + (i % 2)}:00,60,${perDay / 2},,`,
      ),
      ...more,
    );

  it.each([
    [500, []],
    [501, ['unusual-forecast']],
    [20, []],
    [19.8, ['unusual-forecast']],
  ])('%d calls a day where 100 are usual are questioned: %j', async (perDay, rules) => {
    const usual = { ...options, callsPerDay: new Map([['综合', 100]]) };
    const read = ingestForecasts([model(perDay)], usual);
    if (rules.length > 0) expect((await refusal(read)).map(({ rule }) => rule)).toEqual(rules);
    const { records, report } = await ingestForecasts([model(perDay)], { ...usual, acceptUnusual: true });
    expect(records.map(({ calls }) => calls)).toEqual([1, 1, 1, 1].map(() => perDay / 2));
    expect(report.problems.map(({ rule, severity }) => [rule, severity])).toEqual(
      rules.map((rule) => [rule, 'warning']),
    );
    // Nothing is known of another queue, and so nothing is odd.
    const other = { ...options, callsPerDay: new Map([['户籍', 100]]) };
    expect((await ingestForecasts([model(perDay)], other)).records).toHaveLength(4);
  });

  it('ranges stand the right way round, and no row has seen its time', async () => {
    const row = (issued: string, low: string, high: string) =>
      `ours,综合,${issued},2026-12-05 09:00,60,50,${low},${high}`;
    const rulesOf = async (line: string) =>
      (await refusal(ingestForecasts([model(100, line)], options))).map(({ rule }) => rule);
    expect(await rulesOf(row('2026-11-30 12:00', '60', '40'))).toEqual(['lower-above-upper']);
    expect(await rulesOf(row('2026-12-05 09:01', '40', '60'))).toEqual(['issued-after-its-time']);
    for (const fine of [row('2026-12-05 09:00', '40', '60'), row('2026-11-30 12:00', '50', '50')])
      expect((await ingestForecasts([model(100, fine)], options)).records).toHaveLength(5);
  });

  it('has seen no time that it is for, whenever it is taken in; days that are over are refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -72, max: 72 }), async (hours) => {
        const file = named('outside.csv', ...lines('2026-12-01'));
        const first = Date.UTC(2026, 10, 30, 16);
        const then = { ...options, now: first + hours * 3_600_000 };
        const taken = ingestForecasts([file], then);
        if (hours >= 24) expect((await refusal(taken)).map(({ rule }) => rule)).toContain('missing-column');
        else
          for (const { issuedMillis, startMillis } of (await taken).records)
            expect(issuedMillis).toBeLessThanOrEqual(Math.min(startMillis, then.now));
      }),
      { numRuns: 20 },
    );
  });
});

describe('hotlines that a monitor writes in its own way', () => {
  const listed = ['示例市', '甲市', '乙县'].map((hotline) => ({ hotline, name: `${hotline} 12345 热线` }));
  const rules = {
    indicatorNames: new Map(),
    listed,
    own: '示例市',
    judgeResult: () => [],
    judgeTestCall: () => [],
  };
  const of = (name: string): ByteSource =>
    csv('拨测时间,被拨热线,是否接通,等待秒数', `2026-11-23 09:12,${name},是,13`);

  it.each(['示例市12345', '示例市 12345 热线（虚构）', '示例市12345政务服务便民热线', '示例市'])(
    '%s is the listed one',
    async (name) => {
      const { testCalls } = await ingestMonitoring([of(name)], { ...shanghai, monitoring: rules });
      expect(testCalls).toMatchObject([{ hotline: '示例市' }]);
    },
  );

  it('the line itself is known by its own name, whatever the list calls it', async () => {
    const own = { ...rules, listed: [{ hotline: 'demo-city', name: 'Demo' }], own: 'demo-city' };
    const names = ['示例市 12345 热线（虚构）', 'Sample city 12345 line (made up)'];
    const { testCalls } = await ingestMonitoring([of('示例市12345')], {
      ...shanghai,
      monitoring: { ...own, ownNames: names },
    });
    expect(testCalls).toMatchObject([{ hotline: 'demo-city' }]);
  });

  it.each([
    [undefined, '示例市 12345 热线（虚构）'],
    ['示例市', '示例市'],
  ])(
    'a file without hotlines that is said to be all of the line is taken (known as %s)',
    async (own, hotline) => {
      const file = (): ByteSource => csv('拨测日期,拨测时间,是否接通', '2026/11/23,14:20,接通');
      const { testCalls } = await ingestMonitoring([file()], {
        ...shanghai,
        map: { ...(await asFound(file())), constants: { hotline: '' } },
        monitoring: {
          ...rules,
          own,
          listed: own === undefined ? listed.slice(1) : listed,
          ownNames: ['示例市 12345 热线（虚构）'],
          addUnlisted: true,
        },
      });
      expect(testCalls).toMatchObject([{ hotline }]);
    },
  );

  it('a name that is another, or that may be two, is asked about', async () => {
    const asked = async (name: string, more: typeof listed = []) =>
      (
        await refusal(
          ingestMonitoring([of(name)], {
            ...shanghai,
            monitoring: { ...rules, listed: [...listed, ...more] },
          }),
        )
      ).map(({ rule }) => rule);
    expect(await asked('示例县12345')).toContain('unknown-hotline');
    expect(await asked('示例市12345', [{ hotline: '示例市热线', name: '示例市热线' }])).toContain(
      'unknown-hotline',
    );
  });
});

const cellOf: Readonly<Record<FieldSpec['type'], (row: number) => string>> = {
  text: (row) => `A${row}`,
  list: (row) => `a;b${row}`,
  truth: (row) => (row % 2 === 0 ? 'yes' : 'no'),
  count: (row) => String(3 + row),
  number: (row) => String(30 + row),
  seconds: (row) => String(200 + row),
  share: (row) => `${10 + row}%`,
  time: (row) => `2026-11-${20 + row} 08:00`,
  date: (row) => `2026-11-${20 + row}`,
};
const cell = ({ field, type }: FieldSpec, row: number): string =>
  field === 'outcome' ? 'answered' : cellOf[type](row);

/** Files of a kind under headings of their own: the required columns and some others, a share of them under words that mean nothing. */
const reworded = (kind: RecordKind, unknown: number) =>
  fc
    .tuple(
      ...fieldsOfKind[kind].map((spec) =>
        fc.record({
          spec: fc.constant(spec),
          isThere: fc.boolean(),
          isKnown: fc.nat(99).map((n) => n >= unknown),
          heading: fc.constantFrom(spec.field, ...spec.headings.slice(0, 12)),
        }),
      ),
    )
    .map((columns) => {
      const own = columns
        .filter(({ spec, isThere }) => spec.required === true || isThere)
        .map((column, at) => ({ ...column, heading: column.isKnown ? column.heading : `Qzx${at}` }))
        .filter(({ heading }, at, all) => all.findIndex((each) => each.heading === heading) === at);
      const lines = [0, 1, 2, 3].map((row) => own.map(({ spec }) => cell(spec, row)).join(','));
      return csv(own.map(({ heading }) => heading).join(','), ...lines);
    });

/**
 * Which share of files is known for what it is: as many of each kind, so that a further kind leaves those of the others as
 * they are, and drawn evenly, as `fc.sample` alone draws small numbers, and so unknown headings, more often.
 */
const rightOf = async (unknown: number): Promise<number> => {
  const found = await Promise.all(
    recordKindNames.flatMap((kind) =>
      fc
        .sample(fc.noBias(reworded(kind, unknown)), { numRuns: 24, seed: 20261201 })
        .map(async (file) => recordKinds[(await guess(file, 'auto')).kind].file === recordKinds[kind].file),
    ),
  );
  return found.filter((isRight) => isRight).length / found.length;
};

describe('the kind of a file', () => {
  it('is found under any headings that are known, and mostly where three in ten mean nothing', async () => {
    expect(await rightOf(0)).toBeGreaterThan(0.99);
    expect(await rightOf(30)).toBeGreaterThan(0.9);
  });

  it.each([
    [
      'events',
      'Event,From,To,Expected uplift,Note',
      'Reminder letters,09/12/2026,11/12/2026,+15%,second reminder',
      ['label', 'date', 'end', 'expected_effect', null],
    ],
    [
      'events',
      '活动名称,开始日期,结束日期,预计增幅,备注',
      '缴费通知,2026-12-09,2026-12-11,+15%,第二次',
      ['label', 'date', 'end', 'expected_effect', null],
    ],
    [
      'operators',
      'Staff no,Name,Team,Contract hours per week,Skills,Started,Can do nights',
      'A01,Amy,Red,37,"Housing, Streets",02/03/2021,yes',
      ['operator', 'name', 'team', 'contract_hours', 'skills', 'joined', null],
    ],
    [
      'operators',
      '人员编号,姓名,班组,每周工作小时,技能,入职日期',
      'A01,王敏,一班,37,综合,2021-03-02',
      ['operator', 'name', 'team', 'contract_hours', 'skills', 'joined'],
    ],
    [
      'traffic',
      '日期,时段,来电数,接听数,平均处理时长(秒),业务',
      '2026-05-04,00:30,4,4,277,Housing',
      ['start', 'start', 'offered', 'answered', 'handle_seconds_mean', 'queue'],
    ],
    [
      'test-calls',
      '拨测日期,拨测时间,是否接通,振铃等待(秒),备注',
      '2026/11/23,14:20,接通,8,',
      ['placed_at', 'placed_at', 'connected', 'seconds_to_operator', null],
    ],
  ])('%s: %s', async (kind, headings, row, fields) => {
    const { columns, ...found } = await guess(csv(headings, row, row, row), 'auto');
    expect(found.kind).toBe(kind);
    expect(columns.map(({ guess: field }) => field)).toEqual(fields);
  });
});

describe('a required column that only one column can give by what it holds', () => {
  const heading = fc.stringMatching(/^[A-Z][a-z]{2,8} zq$/);
  const moments = fc.constantFrom('02/11/2026 00:08:58', '2026-11-02T09:00:12', '2026年11月2日 9:05');

  it('is taken under any heading, as one that was guessed', async () => {
    await fc.assert(
      fc.asyncProperty(heading, moments, async (name, when) => {
        const lines = [`Queue,${name},Wait,Result`, `a,${when},9,Answered`, `a,${when},12,Abandoned`];
        const { kind, missing, columns } = await guess(csv(...lines), 'auto');
        expect([kind, missing]).toEqual(['calls', []]);
        const found = columns.find((column) => column.name === name);
        expect(found?.guess).toBe('arrived_at');
        expect(found?.confidence).toBeLessThan(0.8);
      }),
      { numRuns: 30 },
    );
  });

  it('is asked about where two could be, or where its heading says an end', async () => {
    for (const headings of ['Queue,Zq,Xq,Wait,Result', 'Queue,Finished,,Wait,Result']) {
      const when = '02/11/2026 00:08:58';
      const row = `a,${when},${headings.includes('Zq') ? when : ''},9,Answered`;
      expect((await guess(csv(headings, row, row), 'calls')).missing).toEqual(['arrived_at']);
    }
  });
});

/** What the page calls each field. */
const labels = [en, zh].map(
  (words) =>
    Object.assign({}, ...Object.values(words).filter((part) => typeof part === 'object')) as Record<
      string,
      string
    >,
);

it('a column that is headed as the page asks for it is always recognised', () => {
  for (const words of labels)
    for (const kind of recordKindNames)
      for (const { field } of fieldsOfKind[kind]) {
        const label = words[`field.${field}`] ?? field;
        expect([kind, label, [...(meaningsOf(label, kind)?.keys() ?? [])]]).toEqual([
          kind,
          label,
          expect.arrayContaining([field]),
        ]);
      }
});

/** Ways in which files write a day, a moment and a time of day. */
const layouts = [
  'YYYY-MM-DD',
  'YYYY/MM/DD hh:mm',
  'DD/MM/YYYY hh:mm:ss',
  'DD.MM.YYYY',
  'MM/DD/YYYY',
  'YYYY年MM月DD日',
  'YYYY-MM-DDThh:mm:ss+08:00',
  'YYYY-MM-DD hh:mm-hh:59',
  'hh:mm:ss',
  'hh:mm',
];

it('no sample of a day or a time is hidden, whatever its column is called; a number beside it is', async () => {
  const two = (most: number) => fc.integer({ min: 1, max: most }).map((n) => String(n).padStart(2, '0'));
  const written = fc
    .tuple(fc.constantFrom(...layouts), two(12), two(28), two(23), two(58))
    .map(([layout, month, day, hour, minute]) =>
      layout
        .replaceAll('YYYY', '2026')
        .replaceAll('MM', month)
        .replaceAll('DD', day)
        .replaceAll('hh', hour)
        .replaceAll('mm', minute)
        .replaceAll('ss', minute),
    );
  const headings = fc.constantFrom('From', 'Source', 'Number', 'Phone', '来电号码', '主叫', 'Note', '备注');
  const kinds = fc.constantFrom(...recordKindNames);
  await fc.assert(
    fc.asyncProperty(written, headings, kinds, async (when, heading, kind) => {
      const file = csv(`Event,${heading}`, `a,${when}`, 'b,13800138000');
      const [, column] = (await guess(file, kind)).columns;
      expect(column?.samples).toContain(when);
      expect(column?.samples).not.toContain('13800138000');
    }),
    { numRuns: 300 },
  );
});

describe('a letter that was saved as .csv', () => {
  const english = fc.constantFrom(
    'I am writing to complain about the waiting time on your hotline.',
    'On Monday I waited twenty minutes, and nobody answered, which is a shame.',
    'Please look into this matter, and let me know what will be done.',
  );
  const chinese = fc.constantFrom(
    '您好！我反映贵热线等待时间过长的问题。',
    '周一我等了二十分钟，一直无人接听，十分着急。',
    '请予以核实，并告知处理结果。',
  );
  const letters = fc.oneof(
    fc
      .array(english, { minLength: 2, maxLength: 12 })
      .map((lines) => ['Dear Sir or Madam,', '', ...lines, '', 'Jane Doe']),
    fc
      .array(chinese, { minLength: 2, maxLength: 12 })
      .map((lines) => ['尊敬的领导：', '', ...lines, '', '此致']),
  );

  it('is refused in a sentence, and taken for no table of any kind', async () => {
    await fc.assert(
      fc.asyncProperty(letters, async (lines) => {
        const told = await refusal(guess(csv(...lines), 'auto'));
        expect(told.map(({ rule, values }) => [rule, values])).toEqual([['not-a-table', { what: 'prose' }]]);
        const read = await refusal(ingestTraffic([csv(...lines)], shanghai));
        expect(read.map(({ rule }) => rule)).toContain('not-a-table');
      }),
      { numRuns: 30 },
    );
  });

  it('tables whose headings say nothing are no letters', async () => {
    for (const lines of [
      ['Qa,Qb,Qc', 'north,1,2', 'south,3,4'],
      ['Qa,Qb', 'call me back please some time soon,1', 'nobody answered the phone at all today,2'],
      ['Qa', 'north', 'south'],
    ])
      expect((await guess(csv(...lines), 'auto')).columns.length).toBeGreaterThan(0);
  });
});
