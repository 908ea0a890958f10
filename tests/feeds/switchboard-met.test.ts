import { expect, test } from 'vitest';
import { startOfDay } from '../../src/kernel/time.ts';
import { isLongRun } from '../support/sweep.ts';
import { doors, meetDay, type Meeting } from '../support/meet-day.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/*
 * A made-up day arrives to the call. In every run one of some 3,000 calls by a log; in the long run one of 20,000 with a
 * reader that is killed twenty times, and one of 3,000 through each of the other doors. `bench/feeds-day.ts` plays one of
 * 80,000 through any.
 */

const zone = 'Asia/Shanghai';
const seed = Number(process.env.HUAWU_SEED ?? 20);

const folder = await temporaryFolder();

const faults = {
  repeats: 0.05,
  late: 0.1,
  lateSeconds: 3600,
  steps: 24,
  halfLines: 0.4,
  pauses: 0.15,
  renames: 3,
  copies: 2,
  broken: 3,
};

const expectMet = async (meeting: Meeting): Promise<void> => {
  const { differences, kills } = await meetDay(folder, meeting);
  expect(differences.slice(0, 40).join('\n')).toBe('');
  expect(kills).toBe(meeting.kills);
};

test('the date is one without a change of clocks', () => {
  expect(startOfDay('2026-11-24', zone) - startOfDay('2026-11-23', zone)).toBe(86_400_000);
});

test.skipIf(isLongRun)('a day of 3,000 calls arrives to the call, whatever happens to the file', async () => {
  await expectMet({ door: 'queue-log', factor: 0.5, faults, kills: 0, cuts: 0, seed });
});

const rough = { ...faults, steps: 240, renames: 20, copies: 0, broken: 20 };

test.runIf(isLongRun)(
  'a day of 20,000 calls arrives to the call, the reader killed twenty times, the file broken and renamed twenty times',
  async () => {
    await expectMet({ door: 'queue-log', factor: 3.5, faults: rough, kills: 20, cuts: 0, seed });
  },
);

test.runIf(isLongRun).each(doors.slice(1))(
  'a day of 3,000 calls arrives to the call by %s, the reader killed and what carries it broken',
  async (door) => {
    await expectMet({ door, factor: 0.5, faults: rough, kills: 3, cuts: 3, seed });
  },
);
