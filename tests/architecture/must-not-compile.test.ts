import { describe, expect, test } from 'vitest';
import type { PlanRequest } from '../../src/contract/http/job-requests.ts';
import { help } from '../../src/cli/option-values.ts';
import type { CountPaths, RatePaths } from '../../src/kernel/hotline.ts';
import type { FileColumn } from '../../src/kernel/record-fields.ts';
import type { trafficFields, TrafficRecord } from '../../src/kernel/records.ts';
import { monitoringFinding } from '../../src/monitoring/monitoring-findings.ts';
import type { Label } from '../../src/words/sentences.ts';
import type { EveryFieldHasAName, NamelessFields } from '../../src/words/model-paths.ts';
import type { OptionWords } from '../../src/words/help.ts';

/**
 * What the compiler must refuse: each line below an `@ts-expect-error` is a slip that cannot be made, and `npm run
 * types` fails as soon as one can.
 */
const refused = (): unknown[] => {
  const rates = undefined as unknown as RatePaths;
  // @ts-expect-error counts of calls are not rates of arrival
  const counts: CountPaths = rates;
  // @ts-expect-error help is declared with a key that stands in the table of every language
  const helped = help('a-key-that-stands-nowhere');
  // @ts-expect-error a sentence has its English and its Chinese
  const label: Label = { en: 'one language' };
  // @ts-expect-error so has an option
  const option: OptionWords = { argument: '<n>', en: 'one language' };
  // @ts-expect-error a question that no schema asks
  const request: PlanRequest = { seed: 1, withoutNight: true };
  // @ts-expect-error redials are in no file
  const column: FileColumn<typeof trafficFields> = 'redials';
  // @ts-expect-error a record has its required fields
  const record: TrafficRecord = { queue: 'a', startMillis: 0, intervalMinutes: 30 };
  // @ts-expect-error a finding that no table has
  const finding = monitoringFinding('no-such-finding');
  // @ts-expect-error a field of a model's file that the settings page has no name for
  const field: NamelessFields<{ reach: number; loudness: number }> = 'reach' as '.reach' | '.loudness';
  // @ts-expect-error so with a choice, such as a labour rule
  const choice: NamelessFields<{ rule: 'pinned' | 'late' }> = 'pinned' as
    '.rule' | 'rule.pinned' | 'rule.late';
  const nameless: EveryFieldHasAName[] = [];
  return [counts, helped, label, option, request, column, record, finding, field, choice, ...nameless];
};

describe('what must not compile', () => {
  test('is refused by the compiler; at run time the lines do nothing', () => {
    expect(refused()).toHaveLength(10);
  });
});
