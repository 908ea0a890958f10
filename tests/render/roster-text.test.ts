import { expect, test } from 'vitest';
import type {
  RepairDocument,
  RosterDocument,
  SwapDocument,
} from '../../src/contract/documents/roster-document.ts';
import { repairText, rosterText, swapText } from '../../src/render/roster-text.ts';

const shifts = [
  { shift: 'late', name: { 'zh-CN': '晚班', en: 'Late' } },
  { shift: 'day-10', name: { 'zh-CN': '白班 10:00', en: 'Day 10:00' } },
];
const names = {
  shifts,
  people: [{ operator: 'A1', name: '王某' }, { operator: 'A2' }, { operator: 'A3', name: '李某' }],
};
const moves = [
  { operator: 'A1', date: '2026-11-23', before: 'off', after: 'late' },
  { operator: 'A2', date: '2026-11-24', before: 'day-10', after: 'off' },
];

test('who steps in, and who changes places, is told with shifts by their names, not by their keys', () => {
  const repair = {
    absent: { operator: 'A3', date: '2026-11-23', shift: 'late' },
    connectionRate: { before: 0.96, empty: 0.95 },
    candidates: [{ moves, cost: 1, hours: 8, connectionRate: 0.96, broken: [] }],
    taken: null,
  } as unknown as RepairDocument;
  const swap = { allowed: true, taken: false, cost: 0, moves, broken: [] } as unknown as SwapDocument;
  for (const text of [repairText(repair, names, 'zh-CN'), swapText(swap, names, 'zh-CN')]) {
    expect(text).toContain('晚班');
    expect(text).toContain('白班 10:00');
    expect(text).toContain('王某 A1');
    expect(text).not.toMatch(/late|day-10|off/);
  }
  expect(repairText(repair, names, 'en')).toContain('Day 10:00');
  expect(repairText(repair, names, 'en')).toContain('李某 A3');
});

test('a roster from before the seconds were kept still tells the rate within the time limit', () => {
  const none = {
    people: [],
    days: [],
    shifts: [],
    tiers: [],
    duties: [],
    broken: [],
    uncovered: [],
    notices: [],
  };
  const figures = { week: '2026-W48', planned: 0.96, roster: 0.95, serviceLevel: 0.8123 };
  const roster = (targets?: object) =>
    ({
      ...none,
      ...{ from: '2026-11-23', to: '2026-11-29', publishedAt: null, hotline: { madeUp: false } },
      ...{ profile: { name: { 'zh-CN': '规则', en: 'rules' } }, cost: { total: 1, bound: null, gap: null } },
      projection: [{ ...figures, ...targets }],
    }) as unknown as RosterDocument;
  expect(rosterText(roster(), 'en')).toMatch(/N-second rate[^]*81\.2%/);
  expect(rosterText(roster(), 'zh-CN')).toMatch(/N 秒接通率[^]*81\.2%/);
});
