import { mostSpansOutside, type Cause } from '../../forecast/causes/cause.ts';
import { BadInputError } from '../../kernel/errors.ts';
import type { CauseRecord } from '../../kernel/records.ts';
import { dayNumber, isPlainDate, type PlainDate } from '../../kernel/time.ts';
import { planningProblem } from '../planning-problems.ts';

/** Stored causes as series; `lastDate` is the last day of which any calls are stored. */
export const knownCauses = (records: readonly CauseRecord[], lastDate: PlainDate): Cause[] =>
  [...Map.groupBy(records, ({ cause, queue }) => JSON.stringify([cause, queue])).values()].map((own) => {
    const { cause: name = '', queue } = own[0] ?? {};
    const values = new Map(own.map(({ date, value }) => [dayNumber(date), value]));
    const knownAhead = Math.max(0, Math.max(...values.keys()) - dayNumber(lastDate));
    return { name, queue, values, knownAhead };
  });

/** A value that a what-if gives a cause, on every day asked for (null) or on one. */
export interface AssumedCause {
  readonly cause: string;
  readonly date: PlainDate | null;
  readonly value: number;
}

/**
 * Values that are assumed, written `rain=20` or `rain@2026-12-01=20`: those of every day first, the last said where a
 * day is given two. Throws `BadInputError` where one is none, or is of a day that is not among `dates`.
 */
export const readAssumed = (said: readonly string[], dates: readonly PlainDate[]): AssumedCause[] => {
  const read = said.map((each): AssumedCause => {
    const [, cause = '', date = null, value = ''] =
      /^(.+?)(?:@(\d{4}-\d{2}-\d{2}))?=(-?\d+(?:\.\d+)?)$/.exec(each) ?? [];
    if (cause === '' || (date !== null && !isPlainDate(date)))
      throw new BadInputError([planningProblem('cause', 'not-a-cause-value', each)]);
    if (date !== null && !dates.includes(date))
      throw new BadInputError([
        planningProblem('cause', 'cause-day-not-asked', each, {
          from: dates[0] ?? date,
          to: dates.at(-1) ?? date,
        }),
      ]);
    return { cause, date, value: Number(value) };
  });
  const last = new Map(read.map((each) => [JSON.stringify([each.cause, each.date]), each]));
  return [...last.values()].toSorted((a, b) => Number(a.date !== null) - Number(b.date !== null));
};

/** Questions a value that no such cause can have: a unit, or a slip of the keys. */
const checkAssumed = ({ values }: Cause, { cause, value }: AssumedCause): void => {
  const [least, most] = [Math.min(...values.values()), Math.max(...values.values())];
  const outside = Math.max(least - value, value - most);
  if (outside > mostSpansOutside * (most - least))
    throw new BadInputError([
      planningProblem('cause', 'cause-value-far-outside', `${cause}=${value}`, { least, most }),
    ]);
};

/**
 * The same with values that a what-if assumes of the days asked for. Throws `BadInputError` where there is no such cause,
 * or where it cannot have the value.
 */
export const withAssumed = (
  causes: readonly Cause[],
  wanted: readonly AssumedCause[],
  dates: readonly PlainDate[],
): Cause[] => {
  for (const { cause } of wanted)
    if (!causes.some(({ name }) => name === cause))
      throw new BadInputError([
        planningProblem('cause', 'no-such-cause', cause, {
          known: [...new Set(causes.map(({ name }) => name))],
        }),
      ]);
  return causes.map((cause) => {
    const own = wanted.filter((each) => each.cause === cause.name);
    for (const each of own) checkAssumed(cause, each);
    const assumed = new Map(
      own.flatMap(({ date, value }) =>
        (date === null ? dates : [date]).map((day) => [dayNumber(day), value] as const),
      ),
    );
    return own.length === 0 ? cause : { ...cause, assumed };
  });
};
