import { oneOrMany } from '../../kernel/one-or-many.ts';
import type { MonitoredHotline } from '../../kernel/records.ts';
import { text } from '../../kernel/text.ts';
import type { Finding } from '../findings/problem-ledger.ts';

/** Hotlines named one by one; a bureau's list may bring hundreds. */
const mostNamed = 5;

/**
 * What a list of hotlines says otherwise than the one before, as a notice: a row takes the place of that with the same
 * hotline and date, and with it the league tables of past periods change. Undefined where no row is replaced.
 */
export const hotlinesReplaced = (
  given: readonly MonitoredHotline[],
  listed: readonly MonitoredHotline[],
): Finding | undefined => {
  const before = new Map(listed.map((row) => [keyOf(row), row] as const));
  const replaced = given.filter((row) => {
    const known = before.get(keyOf(row));
    return known !== undefined && differ(known, row);
  });
  if (replaced.length === 0) return undefined;
  const named = replaced.slice(0, mostNamed).map(({ hotline }) => hotline);
  const more = replaced.length - named.length;
  const many = (one: string, several: string): string => oneOrMany(replaced.length, one, several);
  return {
    rule: 'hotline-replaced',
    message: text(
      `名录中 ${named.join('、')}${more > 0 ? ` 等 ${replaced.length} 条热线` : ''} 与此前所说不同：以往各期的排名表也改用新的说法`,
      `the list says something else than before of ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}: league tables of past periods take the new words too`,
    ),
    remedy: text(
      '若是热线自某日起变了，请再导入原来的一行，并给新的一行写上 valid_from（如 2026-01-01）',
      `where ${many('it', 'they')} changed on some day, bring in the old ${many('row', 'rows')} again, and the new ${many('one', 'ones')} with valid_from (such as 2026-01-01)`,
    ),
  };
};

const keyOf = ({ hotline, validFrom = '' }: MonitoredHotline): string => JSON.stringify([hotline, validFrom]);

const differ = (one: MonitoredHotline, other: MonitoredHotline): boolean =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].some(
    (field) => one[field as keyof MonitoredHotline] !== other[field as keyof MonitoredHotline],
  );
