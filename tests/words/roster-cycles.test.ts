import { expect, test } from 'vitest';
import { describeIssue } from '../../src/contract/contract-findings.ts';
import { rosterRequestSchema } from '../../src/contract/http/roster-requests.ts';
import { cycleNames, rosterCycle } from '../../src/contract/roster-cycles.ts';
import { readCycle, saidCycle } from '../../src/words/rostering.ts';
import { chinese, english } from '../support/said.ts';

test.each([
  ['四班三运转', '4-teams-3-shifts'],
  ['Two days on, two off', '2-on-2-off'],
  ['早早中中夜夜休休', 'EELLNNOO'],
  ['白，白，晚，晚，休，休', 'EELLOO'],
  ['ee ll nn oo', 'EELLNNOO'],
  ['EEEE', undefined],
  ['休休', undefined],
  ['早早X休', undefined],
  ['E'.repeat(56) + 'O', undefined],
  ['', undefined],
])('the rotation %s is read as %s', (said, cycle) => {
  expect(readCycle(said)).toBe(cycle);
});

test.each([
  ['EELLNNOO', 4],
  ['EELLNNOOOO', 5],
  ['EEEEEOO', 7],
  // A block that goes on over the end of the pattern is one.
  ['OEEELLLNNNOO', 4],
])('%s takes %i teams', (cycle, teams) => {
  expect(rosterCycle(cycle).teams).toBe(teams);
  expect(rosterCycle(cycle).pattern).toHaveLength(cycle.length);
});

test('every rotation is read again as it is said, in both languages', () => {
  for (const cycle of [...cycleNames, 'EELNNOOO'])
    for (const said of Object.values(saidCycle(cycle))) expect(readCycle(said)).toBe(cycle);
});

test("a request takes a rotation of one's own, and no other word", () => {
  expect(rosterRequestSchema.parse({ cycle: 'EELLOO' }).cycle).toBe('EELLOO');
  const [issue] = rosterRequestSchema.safeParse({ cycle: 'EEXX' }).error?.issues ?? [];
  expect(issue).toBeDefined();
  if (issue === undefined) return;
  const { remedy } = describeIssue(issue, 'EEXX');
  expect(english(remedy)).toContain('EELLNNOO');
  expect(chinese(remedy)).toContain('EELLNNOO');
});
