import { expect, test } from 'vitest';
import { meaningByWords } from '../../src/ingest/columns/headings.ts';
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

test('of calls one by one', () => {
  expect(meaning('Time of call', 'calls')).toBe('arrived_at');
  expect(meaning('Waiting time', 'calls')).toBe('wait_seconds');
  expect(meaning('Length of conversation', 'calls')).toBe('handle_seconds');
});
