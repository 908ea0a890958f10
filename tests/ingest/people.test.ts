import { describe, expect, it } from 'vitest';
import { ingestDuties, ingestRosterRequests } from '../../src/ingest/kinds/ingest-duties.ts';
import { ingestLeave } from '../../src/ingest/kinds/ingest-leave.ts';
import { ingestMonitoring } from '../../src/ingest/kinds/ingest-monitoring.ts';
import { ingestOperators } from '../../src/ingest/kinds/ingest-operators.ts';
import { csv, refusal, shanghai } from '../support/ingest-options.ts';

const rulesOf = async (reading: Promise<unknown>): Promise<unknown> =>
  (await refusal(reading)).map(({ rule, row, column }) => [rule, row, column]);

describe('ingestOperators', () => {
  it('reads contracts, teams and balances under Chinese headings', async () => {
    const { records } = await ingestOperators(
      [
        csv(
          '工号,技能,合同工时,班组,工时制度,综合计算周期,免夜班,入职日期,资深,固定休息日,结余工时,累计夜班,姓名,可上班次',
          'A01,general,40,甲,综合计算工时,季度,否,2024-03-01,是,周六;周日,-4.5,3,王芳,早班;中班',
          'A02,general,20,乙,标准,,是,,,,,,,',
        ),
      ],
      shanghai,
    );
    expect(records).toEqual([
      {
        operator: 'A01',
        skills: ['general'],
        contractHours: 40,
        team: '甲',
        contract: 'comprehensive',
        hoursAccount: 'quarter',
        nightExempt: false,
        joined: '2024-03-01',
        senior: true,
        fixedDaysOff: ['6', '7'],
        hoursOverStandard: -4.5,
        nightsWorked: 3,
        name: '王芳',
        shifts: ['早班', '中班'],
      },
      {
        operator: 'A02',
        skills: ['general'],
        contractHours: 20,
        team: '乙',
        contract: 'standard',
        nightExempt: true,
      },
    ]);
  });

  it.each([
    ['免夜班', ['是', '否'], [true, false]],
    ['可上夜班', ['是', '否'], [false, true]],
    ['是否可上夜班？', ['否', '是'], [true, false]],
    ['Can work nights', ['No', 'yes'], [true, false]],
  ])('reads who is exempt from nights under %s', async (heading, said, exempt) => {
    const rows = said.map((each, at) => `A0${at},general,40,${each}`);
    const { records } = await ingestOperators([csv(`工号,技能,合同工时,${heading}`, ...rows)], shanghai);
    expect(records.map(({ nightExempt }) => nightExempt)).toEqual(exempt);
  });

  it('names an operator without hours, an unknown contract and days that are none', async () => {
    const file = csv(
      'operator,skills,contract_hours,contract,fixed_days_off',
      'A01,general,0,,',
      'A02,general,40,flexible,',
      'A03,general,40,,Payday',
    );
    expect(await rulesOf(ingestOperators([file], shanghai))).toEqual([
      ['hours-not-positive', 2, 'contract_hours'],
      ['not-one-of', 3, 'contract'],
      ['not-weekdays', 4, 'fixed_days_off'],
    ]);
  });
});

describe('ingestLeave', () => {
  it('takes kinds and states in either language; unsaid they are annual and approved', async () => {
    const { records } = await ingestLeave(
      [
        csv(
          '工号,开始日期,结束日期,请假类型,审批状态',
          'A01,2026-11-24,2026-11-26,病假,申请',
          'A02,2026-11-24,2026-11-24,,',
        ),
      ],
      shanghai,
    );
    expect(records).toEqual([
      { operator: 'A01', from: '2026-11-24', to: '2026-11-26', kind: 'sick', state: 'asked' },
      { operator: 'A02', from: '2026-11-24', to: '2026-11-24', kind: 'annual', state: 'approved' },
    ]);
  });

  it.each([
    ['annual', ['Annual leave', 'annual_leave', 'Holiday', 'PTO', '年休假', '带薪年假']],
    ['sick', ['Sick leave', 'Sickness', 'Sick day', 'SICK-LEAVE', '病假']],
    ['training', ['Training day', 'Training days', 'Study leave', '培训']],
    ['other', ['Maternity leave', 'Unpaid leave', 'Jury service', 'Bank holiday', '事假', '产假']],
  ])('takes the usual words for %s leave', async (kind, words) => {
    const rows = words.map((said, i) => `A${i},2026-11-24,2026-11-26,${said}`);
    const { records } = await ingestLeave([csv('operator,from,to,kind', ...rows)], shanghai);
    expect(records.map((record) => record.kind)).toEqual(words.map(() => kind));
  });

  it('refuses leave that overlaps another of the same person or ends before it starts', async () => {
    const file = csv(
      'operator,from,to',
      'A01,2026-11-24,2026-11-26',
      'A02,2026-11-25,2026-11-27',
      'A01,2026-11-26,2026-11-28',
      'A03,2026-11-26,2026-11-25',
    );
    expect(await rulesOf(ingestLeave([file], shanghai))).toEqual([
      ['end-before-start', 5, 'to'],
      ['leave-overlaps', 4, 'from'],
    ]);
  });
});

describe('ingestDuties', () => {
  it('reads shifts and days off with their times', async () => {
    const { records } = await ingestDuties(
      [csv('工号,日期,班次,上班时间,固定', 'A01,2026-11-24,early,7:30:00,是', 'A01,2026-11-25,休,,')],
      shanghai,
    );
    expect(records).toEqual([
      { operator: 'A01', date: '2026-11-24', shift: 'early', start: '07:30', pinned: true },
      { operator: 'A01', date: '2026-11-25', shift: 'off' },
    ]);
  });

  it('leaves the days of a published roster alone', async () => {
    const file = csv('operator,date,shift', 'A01,2026-11-23,early', 'A01,2026-12-30,early');
    const publishedPeriods = [{ from: '2026-11-23', to: '2026-12-20' }];
    expect(await rulesOf(ingestDuties([file], { ...shanghai, publishedPeriods }))).toEqual([
      ['day-published', 2, 'date'],
    ]);
  });

  it('refuses a time that is none and two shifts of one day', async () => {
    const file = csv(
      'operator,date,shift,start',
      'A01,2026-11-23,early,25:00',
      'A02,2026-11-23,early,06:00',
      'A02,2026-11-23,late,14:00',
    );
    expect(await rulesOf(ingestDuties([file], shanghai))).toEqual([
      ['not-a-clock-time', 2, 'start'],
      ['conflicting-duplicates', 4, undefined],
    ]);
  });
});

it('reads requests', async () => {
  const { records } = await ingestRosterRequests(
    [csv('工号,日期,意愿,权重', 'A01,2026-11-24,休,2', 'A02,2026-11-24,不上夜班,')],
    shanghai,
  );
  expect(records).toEqual([
    { operator: 'A01', date: '2026-11-24', wants: 'off', weight: 2 },
    { operator: 'A02', date: '2026-11-24', wants: '不上夜班' },
  ]);
});

describe('rows of people who are on the books', () => {
  const people = new Map([
    ['A101', '王敏 Wang Min'],
    ['A105', '陈磊'],
    ['A107', undefined],
  ]);
  const known = { ...shanghai, people };
  const readers = [
    [ingestLeave, '开始日期,结束日期', '2026-11-23,2026-11-24'],
    [ingestRosterRequests, '日期,意愿', '2026-11-23,休'],
    [ingestDuties, '日期,班次', '2026-11-23,早班'],
  ] as const;

  it.each(readers)(
    '%o refuses a name that is another person’s, and says a number that nobody has',
    async (read, heads, values) => {
      const file = (...rows: readonly string[]) =>
        csv(`工号,姓名,${heads}`, ...rows.map((row) => `${row},${values}`));
      const refused = (await refusal(read([file('A101,王敏', 'A105,陈艳')], known))).filter(
        ({ severity }) => severity === 'error',
      );
      expect(refused).toMatchObject([
        { rule: 'name-of-another', row: 3, column: '姓名', values: { operator: 'A105', known: '陈磊' } },
      ]);
      const { records, report } = await read([file('A101,Wang Min', 'A107,谁', 'A999,李四', 'A105,')], known);
      expect(records.map(({ operator }) => operator)).toEqual(['A101', 'A107', 'A999', 'A105']);
      expect(
        report.problems
          .filter(({ severity }) => severity !== 'notice')
          .map(({ rule, severity, value }) => [rule, severity, value]),
      ).toEqual([['operator-not-on-books', 'warning', 'A999']]);
      // Nobody is on the books yet: nothing to check against.
      const unchecked = await read([file('A105,陈艳')], { ...known, people: new Map() });
      expect(unchecked.report.problems.filter(({ severity }) => severity !== 'notice')).toEqual([]);
    },
  );
});

it('test calls of a file that names no hotline are of the line itself, and that is said', async () => {
  const rules = { indicatorNames: new Map(), listed: [], judgeResult: () => [], judgeTestCall: () => [] };
  const file = csv('placed_at,connected,seconds_to_operator', '2026-11-23 10:00,yes,6');
  expect(
    (await refusal(ingestMonitoring([file], { ...shanghai, monitoring: rules }))).map(({ rule }) => rule),
  ).toContain('missing-column');
  const own = { ...shanghai, monitoring: { ...rules, own: '12345' } };
  const { testCalls, report } = await ingestMonitoring([file], own);
  expect(testCalls).toMatchObject([{ hotline: '12345', connected: true, secondsToOperator: 6 }]);
  expect(report.problems).toContainEqual(
    expect.objectContaining({ rule: 'own-line-called', severity: 'notice' }),
  );
  const named = csv('hotline,placed_at,connected', 'other,2026-11-23 10:00,yes');
  expect((await ingestMonitoring([named], own)).testCalls).toMatchObject([{ hotline: 'other' }]);
});

it('a row of totals is left out, whatever its other cells hold', async () => {
  const file = csv('operator,date,wants,weight', 'A1,2026-11-20,off,1', '合计,合计,3,x?');
  const { records, report } = await ingestRosterRequests([file], shanghai);
  expect(records.map(({ operator }) => operator)).toEqual(['A1']);
  expect(report.files).toMatchObject([{ accepted: 1, dropped: 1 }]);
});
