import type { MonitoredHotline } from '../../kernel/records.ts';
import { defect, type Defect } from '../findings/defect.ts';

/** Hotlines named one by one; a bureau's list may bring hundreds. */
const mostNamed = 5;

/**
 * Where a list of hotlines differs from the one before, as a notice: a row takes the place of that with the same
 * hotline and date, and with it the league tables of past periods change. Undefined where no row is replaced.
 */
export const hotlinesReplaced = (
  given: readonly MonitoredHotline[],
  listed: readonly MonitoredHotline[],
): Defect | undefined => {
  const before = new Map(listed.map((row) => [keyOf(row), row] as const));
  const replaced = given.filter((row) => {
    const known = before.get(keyOf(row));
    return known !== undefined && differ(known, row);
  });
  if (replaced.length === 0) return undefined;
  const named = replaced.slice(0, mostNamed).map(({ hotline }) => hotline);
  return defect('hotline-replaced', { named, hotlines: replaced.length });
};

const keyOf = ({ hotline, validFrom = '' }: MonitoredHotline): string => JSON.stringify([hotline, validFrom]);

const differ = (one: MonitoredHotline, other: MonitoredHotline): boolean =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].some(
    (field) => one[field as keyof MonitoredHotline] !== other[field as keyof MonitoredHotline],
  );
