import { expect, test } from 'vitest';
import { meaningByWords } from '../../src/ingest/columns/headings.ts';
import { recordKindNames } from '../../src/kernel/records.ts';
import { digest } from '../support/digest.ts';
import { csv, guess } from '../support/ingest-options.ts';

const meaning = (heading: string, kind = 'traffic'): string | undefined =>
  [...(meaningByWords(heading, kind)?.keys() ?? [])][0];

test('a table whose headings nobody has listed is read by their words', async () => {
  const file = await guess(
    csv(
      'Service line,Date,Half hour starting,Calls arriving,Calls we answered,Callers who gave up,Answered within 20 secs,Average length of call (secs),Advisers on duty,Remarks',
      ...Array.from({ length: 6 }, (_, i) => `north,2026-11-23,${8 + i}:00,60,50,8,41,215,9,`),
    ),
  );
  expect(Object.fromEntries(file.columns.map(({ name, guess: field }) => [name, field]))).toEqual({
    'Service line': 'queue',
    Date: 'start',
    'Half hour starting': 'start',
    'Calls arriving': 'offered',
    'Calls we answered': 'answered',
    'Callers who gave up': 'abandoned',
    'Answered within 20 secs': 'answered_in_threshold',
    'Average length of call (secs)': 'handle_seconds_mean',
    'Advisers on duty': 'operators',
    Remarks: null,
  });
  expect(file).toMatchObject({ kind: 'traffic', missing: [] });
});

test.each([
  ['Period beginning', 'start'],
  ['Number of incoming enquiries', 'offered'],
  ['Calls not answered', 'abandoned'],
  ['Calls lost in queue', 'abandoned'],
  ['Contacts handled by the team', undefined],
  ['Half hour ending', undefined],
  ['Calls answered by robot', undefined],
  ['% of calls answered', undefined],
  ['Calls', undefined],
  ['Average waiting time', 'wait_seconds_mean'],
  ['Total talking time', 'handle_seconds_total'],
  ['Calls that we took over from another centre and answered for them in the end of it', undefined],
])('%s: %s', (heading, field) => {
  expect(meaning(heading)).toBe(field);
});

const readAs = async (...lines: string[]) => {
  const file = await guess(csv(...lines));
  return { ...file, read: Object.fromEntries(file.columns.map(({ name, guess: field }) => [name, field])) };
};

test('plain headings of traffic, presence and monitoring are read, in both languages', async () => {
  const traffic = await readAs(
    'Skill group,Interval begin,Calls in,Handled,Lost,AHT (sec),Logged in',
    ...Array.from({ length: 6 }, (_, i) => `General,2026-11-23 ${8 + i}:00,60,50,8,215,9`),
  );
  expect(traffic.read).toEqual({
    'Skill group': 'queue',
    'Interval begin': 'start',
    'Calls in': 'offered',
    Handled: 'answered',
    Lost: 'abandoned',
    'AHT (sec)': 'handle_seconds_mean',
    'Logged in': 'operators',
  });
  const presence = await readAs(
    'Team,Date,Time,Logged in',
    ...Array.from({ length: 6 }, (_, i) => `General operators,2026-11-23,0${i}:00,${5 + i}`),
  );
  expect(presence).toMatchObject({ kind: 'presence', missing: [], read: { 'Logged in': 'operators' } });
  const results = await readAs(
    'City line,Month,Dials,Got through,Average wait (s),Score',
    'Hangzhou 12345,2026-11,11,10,14.2,86.5',
    'Chengdu 12345,2026-11,11,11,8.9,93.2',
  );
  expect(results).toMatchObject({ kind: 'results', missing: [] });
  expect(results.read).toEqual({
    'City line': 'hotline',
    Month: 'period',
    Dials: 'test_calls',
    'Got through': 'connected',
    'Average wait (s)': 'mean_seconds',
    Score: 'total',
  });
  const chinese = await readAs(
    '地市热线,监测月份,拨测总数,打通次数,平均等待时长,总分',
    '杭州12345,2026-11,11,10,14.2,86.5',
    '成都12345,2026-11,11,11,8.9,93.2',
  );
  expect(Object.values(chinese.read)).toEqual([
    'hotline',
    'period',
    'test_calls',
    'connected',
    'mean_seconds',
    'total',
  ]);
});

test.each([
  ['Calls in', 'offered'],
  ['Agents signed on', 'operators'],
  ['Signed in', 'operators'],
  ['Staffed in total', 'operators'],
  ['Calls in queue at end', undefined],
  ['In total', undefined],
  ['Answered in 15 s', 'answered_in_threshold'],
])('%s: %s', (heading, field) => {
  expect(meaning(heading)).toBe(field);
});

test('of calls one by one', () => {
  expect(meaning('Time of call', 'calls')).toBe('arrived_at');
  expect(meaning('Waiting time', 'calls')).toBe('wait_seconds');
  expect(meaning('Length of conversation', 'calls')).toBe('handle_seconds');
});

test.each([
  ['events', 'Event start day', 'date'],
  ['events', 'Date the event finishes', 'end'],
  ['events', 'Expected effect on calls', 'expected_effect'],
  ['leave', 'Leave ends on date', 'to'],
  ['leave', 'Leave begins on date', 'from'],
])('%s: %s is %s', (kind, heading, field) => {
  expect(meaning(heading, kind)).toBe(field);
});

test('what any two or three words mean together stands', () => {
  // one word of each group of the grammar
  const words =
    'the interval starting call arriving answered abandoned not average overall talk waiting duration within 20 agents working logged team department titled employee payroll ending hrs weekly hired campaign uplift forecast hotline absence mystery shift'.split(
      ' ',
    );
  const found: Record<string, string[]> = {};
  words.forEach((a, i) =>
    words.slice(i + 1).forEach((b, j) => {
      for (const rest of [[], ...words.slice(i + j + 2).map((c) => [c])]) {
        const heading = [a, b, ...rest].join(' ');
        for (const kind of recordKindNames) {
          const field = meaning(heading, kind);
          if (field !== undefined) (found[`${kind} ${field}`] ??= []).push(heading);
        }
      }
    }),
  );
  expect(digest([found])).toMatchSnapshot();
});
