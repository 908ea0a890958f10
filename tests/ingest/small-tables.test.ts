import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteSourceOf } from '../../src/ingest/tables/byte-source.ts';
import { ingestChannels, ingestPromptsPlayed } from '../../src/ingest/kinds/ingest-channels.ts';
import { ingestEvents } from '../../src/ingest/kinds/ingest-events.ts';
import { ingestMonitoring } from '../../src/ingest/kinds/ingest-monitoring.ts';
import { ingestOperators, ingestPresence } from '../../src/ingest/kinds/ingest-operators.ts';
import { csv, inShanghai, refusal, shanghai } from '../support/ingest-options.ts';

describe('ingestMonitoring', () => {
  const calls = csv(
    'hotline,placed_at,connected,seconds_to_operator,etiquette,note',
    'x,2026-11-23 09:00,true,14,4.5,fine',
    'x,2026-11-23 10:00,0,,,none',
  );
  const results = csv(
    '热线名称,年度,拨测次数,接通次数,平均转人工时长,沟通规范,总分',
    '甲,2026年第3季度,11,10,14.5,88%,81.2',
  );
  const rates = csv('hotline,period,connection_rate', 'y,2019,95.5%', 'z,2019,0.3');
  const lines = csv('hotline,name,province,round_the_clock,online_channels', 'x,X,P,是,3');

  it('tells test calls, results and hotlines apart and keeps their indicators', async () => {
    const read = await ingestMonitoring([calls, results, rates, lines], shanghai);
    expect(read.testCalls).toEqual([
      {
        hotline: 'x',
        placedAtMillis: inShanghai('2026-11-23 09:00'),
        connected: true,
        secondsToOperator: 14,
        indicators: { etiquette: 4.5 },
      },
      { hotline: 'x', placedAtMillis: inShanghai('2026-11-23 10:00'), connected: false, indicators: {} },
    ]);
    expect(read.results).toEqual([
      {
        hotline: '甲',
        period: '2026-Q3',
        testCalls: 11,
        connected: 10,
        meanSeconds: 14.5,
        total: 81.2,
        indicators: { 沟通规范: 0.88 },
      },
      { hotline: 'y', period: '2019', connectionRate: 0.955, indicators: {} },
      { hotline: 'z', period: '2019', connectionRate: 0.3, indicators: {} },
    ]);
    expect(read.hotlines).toEqual([
      { hotline: 'x', name: 'X', province: 'P', roundTheClock: true, onlineChannels: 3 },
    ]);
    expect(read.report).toMatchObject({
      kind: 'monitoring',
      firstDate: '2019-01-01',
      lastDate: '2026-11-23',
    });
    expect((await ingestMonitoring([lines], shanghai)).report.kind).toBe('hotlines');
  });

  it('knows a batch of monitoring by its month', async () => {
    const { results } = await ingestMonitoring(
      [csv('热线名称,监测批次,拨测次数,接通次数', '甲,2026年11月,11,10')],
      shanghai,
    );
    expect(results).toMatchObject([{ hotline: '甲', period: '2026-11', testCalls: 11, connected: 10 }]);
  });

  it('keeps rejected indicator cells and impossible counts out', async () => {
    const bad = csv('hotline,period,test_calls,connected,connection_rate', 'x,2026-13,11,12,120%');
    expect((await refusal(ingestMonitoring([bad], shanghai))).map(({ rule }) => rule)).toEqual([
      'not-a-period',
      'not-a-share',
      'connected-above-test-calls',
    ]);
  });

  it('takes test calls that a file dates to the day one by one, and the same file twice once', async () => {
    const dated = (): ReturnType<typeof csv> =>
      csv(
        'hotline,placed_at,connected',
        'x,2026-11-02,1',
        'x,2026-11-02,1',
        'x,2026-11-02,0',
        'x,2026-11-03,1',
      );
    const once = await ingestMonitoring([dated()], shanghai);
    expect(once.testCalls.map(({ connected }) => connected)).toEqual([true, true, false, true]);
    expect((await ingestMonitoring([dated(), dated()], shanghai)).testCalls).toEqual(once.testCalls);
    const timed = csv('hotline,placed_at,connected', 'x,2026-11-02 10:00,1', 'x,2026-11-02 10:00,1');
    expect((await ingestMonitoring([timed], shanghai)).testCalls).toHaveLength(1);
  });

  it.each([
    ['2019', '2019'],
    ['2019年', '2019'],
    ['2019年度', '2019'],
    ['2026-Q3', '2026-Q3'],
    ['2026q3', '2026-Q3'],
    ['2026年三季度', '2026-Q3'],
    ['2026-11', '2026-11'],
    ['2026年3月', '2026-03'],
    ['2026/1', '2026-01'],
    ['2026-00', undefined],
    ['26-11', undefined],
    ['2026-Q5', undefined],
  ])('reads the period %s as %s', async (said, period) => {
    const read = ingestMonitoring([csv('hotline,period,connection_rate', `x,${said},0.9`)], shanghai);
    if (period === undefined)
      await expect(read).rejects.toMatchObject({ problems: [{ rule: 'not-a-period' }] });
    else expect((await read).results.map((result) => result.period)).toEqual([period]);
  });
});

describe('operators, presence, channels, prompts, events', () => {
  it('reads operators', async () => {
    const source = csv(
      'operator,tier,skills,contract_hours,aht_seconds,quality_score,first_contact_resolution',
      '0712,t1,general;公积金,40,240,92.5,85%',
      '0713,,general,20,,,',
    );
    const { records } = await ingestOperators([source], {
      ...shanghai,
      queueAliases: { 公积金: 'housing-fund' },
    });
    expect(records).toEqual([
      {
        operator: '0712',
        tier: 't1',
        skills: ['general', 'housing-fund'],
        contractHours: 40,
        handleTimeSeconds: 240,
        qualityScore: 92.5,
        firstContactResolution: 0.85,
      },
      { operator: '0713', skills: ['general'], contractHours: 20 },
    ]);
  });

  it('refuses figures outside of what their field can be, with row, column and what it can be', async () => {
    const hours = (...balances: readonly number[]) =>
      csv('operator,skills,contract_hours,hours_over_standard', ...balances.map((n, i) => `${i},a,40,${n}`));
    expect((await ingestOperators([hours(-3000, 3000)], shanghai)).records).toHaveLength(2);
    const values = { least: -3000, most: 3000 };
    expect(await refusal(ingestOperators([hours(-12.5, -3001, 1e9)], shanghai))).toMatchObject(
      ['-3001', '1000000000'].map((value, i) => {
        return { rule: 'out-of-range', row: 3 + i, column: 'hours_over_standard', value, values };
      }),
    );
    const effect = csv('date,label,expected_effect', '2026-11-15,heating,20');
    expect(await refusal(ingestEvents([effect], shanghai))).toMatchObject([
      { rule: 'out-of-range', column: 'expected_effect', values: { least: -1, most: 10 } },
    ]);
  });

  it('reads presence and infers its step', async () => {
    const source = csv(
      'tier,start,operators',
      't1,2026-11-23 08:00,12.5',
      't1,2026-11-23 08:15,13',
      't2,2026-11-23 08:00,4',
    );
    const { records, report } = await ingestPresence([source], shanghai);
    expect(records.map(({ intervalMinutes, operators }) => [intervalMinutes, operators])).toEqual([
      [15, 12.5],
      [15, 13],
      [15, 4],
    ]);
    expect(report).toMatchObject({ kind: 'presence', firstDate: '2026-11-23' });
    expect(
      await refusal(
        ingestPresence(
          [csv('tier,start,operators', 't1,2026-11-23 08:00,-1', 't1,2026-11-23 08:15,1')],
          shanghai,
        ),
      ),
    ).toMatchObject([{ rule: 'negative-number' }]);
  });

  it('reads channels and volumes', async () => {
    const channels = csv('channel,capacity_per_interval,operator_seconds,failure_share', 'wechat,40,120,0.2');
    const volumes = csv(
      'channel,start,requests,failed',
      'wechat,2026-11-23 08:00,12,3',
      'wechat,2026-11-23 08:30,10,',
    );
    const read = await ingestChannels([channels, volumes], shanghai);
    expect(read.channels).toEqual([
      { channel: 'wechat', capacityPerInterval: 40, operatorSeconds: 120, failureShare: 0.2 },
    ]);
    expect(read.volumes).toEqual([
      { channel: 'wechat', startMillis: inShanghai('2026-11-23 08:00'), requests: 12, failed: 3 },
      { channel: 'wechat', startMillis: inShanghai('2026-11-23 08:30'), requests: 10 },
    ]);
    expect((await ingestChannels([volumes], shanghai)).report.kind).toBe('channel-volumes');
  });

  it('reads prompts played', async () => {
    const source = csv('prompt,queue,start,end', 'p,general,2026-11-23 09:00,2026-11-23 10:30');
    const { records } = await ingestPromptsPlayed([source], { ...shanghai, knownQueues: ['general'] });
    expect(records).toEqual([
      {
        prompt: 'p',
        queue: 'general',
        startMillis: inShanghai('2026-11-23 09:00'),
        endMillis: inShanghai('2026-11-23 10:30'),
      },
    ]);
    const back = csv('prompt,queue,start,end', 'p,generel,2026-11-23 09:00,2026-11-23 08:30');
    expect(
      (await refusal(ingestPromptsPlayed([back], { ...shanghai, knownQueues: ['general'] }))).map(
        ({ rule }) => rule,
      ),
    ).toEqual(['unknown-queue', 'end-before-start']);
  });

  it('reads start and end in a column each beside one date or two, in any order, over midnight too', async () => {
    const words = fc.constantFrom(
      ['date', 'start time', 'end time', 'end date'] as const,
      ['day', 'from', 'until', 'date to'] as const,
      ['日期', '开始时间', '结束时间', '结束日期'] as const,
    );
    const clock = fc.integer({ min: 0, max: 95 }).map((quarter) => {
      const [hour, minute] = [Math.floor(quarter / 4), (quarter % 4) * 15];
      return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
    });
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 });
    await fc.assert(
      fc.asyncProperty(words, order, clock, clock, fc.boolean(), async (names, at, from, to, ownDate) => {
        const [date, start, end, endDate] = names;
        const next = to < from ? '2026-11-24' : '2026-11-23';
        const columns = [
          ['prompt', 'p'],
          [date, '2026-11-23'],
          [start, from],
          [end, to],
          ownDate ? [endDate, next] : ['queue', 'general'],
        ];
        const shuffled = at.map((i) => columns[i] ?? []);
        const source = csv(
          shuffled.map(([heading]) => heading).join(),
          shuffled.map(([, cell]) => cell).join(),
        );
        const asked = { ...shanghai, knownQueues: ['general'], queue: 'general' };
        const [record] = (await ingestPromptsPlayed([source], asked)).records;
        expect([record?.startMillis, record?.endMillis]).toEqual([
          inShanghai(`2026-11-23 ${from}`),
          inShanghai(`${next} ${to}`),
        ]);
      }),
      { numRuns: 200 },
    );
  });

  it('takes no time of a record twice: an end that no column says is missing', async () => {
    const source = csv('prompt,queue,date,time', 'p,general,2026-11-23,09:00');
    const problems = await refusal(ingestPromptsPlayed([source], { ...shanghai, knownQueues: ['general'] }));
    expect(problems.map(({ rule }) => rule)).toContain('missing-column');
  });

  it('reads events', async () => {
    const source = csv(
      'date,end,kind,label,expected_effect,decay_days,queue',
      '2026-11-15,,heating,开始供暖,30%,10,',
      '2026/9/1,2026/9/3,school,入学,-0.1,,general',
    );
    const { records, report } = await ingestEvents([source], { ...shanghai, knownQueues: ['general', 'b'] });
    expect(records).toEqual([
      { date: '2026-11-15', kind: 'heating', label: '开始供暖', expectedEffect: 0.3, decayDays: 10 },
      {
        date: '2026-09-01',
        end: '2026-09-03',
        kind: 'school',
        label: '入学',
        expectedEffect: -0.1,
        queue: 'general',
      },
    ]);
    expect(report).toMatchObject({ firstDate: '2026-09-01', lastDate: '2026-11-15', queues: ['general'] });
  });

  it('an event may end on the day it begins, and not the day before', async () => {
    const until = (end: string): ReturnType<typeof csv> =>
      csv('date,end,kind,label', `2026-09-01,${end},school,入学`);
    expect((await ingestEvents([until('2026-09-01')], shanghai)).records).toMatchObject([
      { date: '2026-09-01', end: '2026-09-01' },
    ]);
    expect(await refusal(ingestEvents([until('2026-08-31')], shanghai))).toMatchObject([
      { rule: 'end-before-start', row: 2, value: '2026-08-31' },
    ]);
  });

  it('rows of presence that tell their length keep it; the others have the step of the file', async () => {
    const rows = ['t1,2026-11-23 08:00,,12', 't1,2026-11-23 08:30,,13', 't1,2026-11-23 09:00,60,14'];
    const source = csv('tier,start,interval_minutes,operators', ...rows);
    const { records } = await ingestPresence([source], shanghai);
    expect(records.map(({ intervalMinutes }) => intervalMinutes)).toEqual([30, 30, 60]);
  });

  it('collapses identical rows and refuses conflicting ones', async () => {
    const rows = [
      'tier,start,interval_minutes,operators',
      't1,2026-11-23 08:00,15,12',
      't1,2026-11-23 08:00,15,12',
    ];
    const { records, report } = await ingestPresence([csv(...rows)], shanghai);
    expect([records.length, report.files[0]?.duplicates]).toEqual([1, 1]);
    const other = byteSourceOf('p.csv', [...rows, 't1,2026-11-23 08:00,15,13'].join('\n'));
    expect(await refusal(ingestPresence([other], shanghai))).toMatchObject([
      { rule: 'conflicting-duplicates', row: 4 },
    ]);
  });
});
