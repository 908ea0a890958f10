import { BadInputError, problemAt } from '../kernel/errors.ts';
import { knowsCountry } from '../kernel/calendar-loading.ts';
import { text } from '../kernel/text.ts';

/** The country of an option in capitals. Throws `BadInputError` where no calendar is known of it. */
export const checkCountry = async (given: string): Promise<string> => {
  const country = given.toUpperCase();
  if (await knowsCountry(country)) return country;
  throw new BadInputError([
    problemAt(
      '--country',
      'unknown-country',
      given,
      text('没有这个国家的日历', 'no calendar is known of this country'),
      text(
        '用 ISO 国家代码，如 CN、US、DE；假日特殊的请另用 --holidays 或 models/calendar.json 给出。',
        'Use an ISO country code such as CN, US or DE; give holidays of your own with --holidays or models/calendar.json.',
      ),
    ),
  ]);
};
