import { describe, expect, it } from 'vitest';
import { ingestDuties, ingestRosterRequests } from '../../src/ingest/kinds/ingest-duties.ts';
import { ingestLeave } from '../../src/ingest/kinds/ingest-leave.ts';
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
