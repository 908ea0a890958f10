import { expect, test } from 'vitest';
import { doubtFinding } from '../../src/kernel/kernel-findings.ts';
import { nameQueues } from '../../src/planning/history/effective-models.ts';
import { planningFinding } from '../../src/planning/planning-findings.ts';
import { speak } from '../../src/words/speak.ts';

const name = { 'zh-CN': '综合', en: 'General' };
const hotline = [{ queue: 'general', name }] as unknown as Parameters<typeof nameQueues>[1];
const doubt = doubtFinding({
  code: 'wait',
  queue: 'general',
  value: 9000,
  usual: Number.NaN,
  rows: [],
  slips: false,
});
const said = [
  planningFinding('doubtful-figures', { doubt, use: 'relied-on', confirmed: null }),
  planningFinding('no-weekly-pattern-yet', { queue: 'general' }),
  planningFinding('days-without-data', {
    queue: 'general',
    runs: [{ from: '2026-03-02', to: '2026-03-04', days: 3 }],
    more: 0,
  }),
  planningFinding('history-short', { queue: 'general', spanDays: 22, weekdays: 4 }),
  planningFinding('backtest-of-last-weeks', { queue: 'general', weeks: 3, asked: 8 }),
  planningFinding('queue-too-short-to-backtest', { queue: 'general' }),
  planningFinding('outlook-without-two-years', { queue: 'general', known: 40, by: 'week' }),
];

test('what is said of a queue calls it by its name, in either language', () => {
  const named = nameQueues(said, hotline);
  const chinese = named.map((each) => speak('zh-CN', 'page').say(each));
  const english = named.map((each) => speak('en', 'page').say(each));
  for (const sentence of chinese) expect(sentence).toMatch(/综合/);
  for (const sentence of chinese) expect(sentence).not.toMatch(/general/i);
  for (const sentence of english) expect(sentence).toMatch(/General/);
  // Once more changes nothing, and a queue that no setting knows keeps its key.
  expect(nameQueues(named, hotline)).toEqual(named);
  const other = planningFinding('no-weekly-pattern-yet', { queue: 'new' });
  expect(nameQueues([other], hotline)).toEqual([other]);
});
