import { BadInputError, shownValue } from '../kernel/errors.ts';
import { cliProblem } from './cli-findings.ts';
import { countryParts } from '../kernel/calendar-loading.ts';

const chineseZones = new Set([
  'Asia/Shanghai',
  'Asia/Urumqi',
  'Asia/Chongqing',
  'Asia/Harbin',
  'Asia/Kashgar',
  'PRC',
]);

/**
 * The country whose calendar a new line gets: the one named, none where it is a country of which no calendar is known.
 * Where only a zone is named, China's for its zones and none for others: a calendar of another country's holidays is
 * worse than none. Throws `BadInputError` for a country that there is not.
 */
export const countryOfLine = async (
  value: string | undefined,
  zone: string | undefined,
): Promise<string | null | undefined> => {
  if (value === undefined) return zone === undefined || chineseZones.has(zone) ? undefined : null;
  const known = await knowsCountry(value.toUpperCase());
  return known || !isCountry(value) ? checkCountry(value) : null;
};

/** True for the code of a country, whether or not its holidays are known. */
const isCountry = (code: string): boolean => {
  if (!/^[a-z]{2}$/i.test(code) || code.toUpperCase() === 'ZZ') return false;
  const name = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' }).of(code.toUpperCase());
  return name !== undefined;
};

/** The country of an option in capitals. Throws `BadInputError` where no calendar is known of it. */
export const checkCountry = async (value: string): Promise<string> => {
  const country = value.toUpperCase();
  if (await knowsCountry(country)) return country;
  throw new BadInputError([
    { ...cliProblem('unknown-country'), path: '--country', value: shownValue(value) },
  ]);
};

/** Whether a country's (or region's) holidays are known: 'CN', 'DE', 'GB-ENG'. */
const knowsCountry = async (country: string): Promise<boolean> => {
  if (country === 'CN') return true;
  const { default: Holidays } = await import('date-holidays');
  const [nation, region] = countryParts(country);
  const library = new Holidays();
  const states: Readonly<Record<string, string>> | undefined = library.getStates(nation);
  return (
    nation in library.getCountries() && (region === undefined || (states !== undefined && region in states))
  );
};
