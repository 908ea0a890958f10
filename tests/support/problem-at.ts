import { type Problem, shownValue } from '../../src/kernel/errors.ts';
import type { Text } from '../../src/kernel/text.ts';

/** A problem about one value of a JSON document or option, with its path and its own words. */
export const problemAt = (
  path: string,
  rule: string,
  value: unknown,
  message: Text,
  remedy: Text,
): Problem => ({
  rule,
  severity: 'error',
  path,
  value: shownValue(value),
  message,
  remedy,
});
