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

/** A value that is assumed, `rain=20` or `rain@2026-12-01=20`. */
const readAssumed = (said: string): { name: string; date: PlainDate | undefined; value: number } => {
  const [, name = '', date, value = ''] =
    /^(.+?)(?:@(\d{4}-\d{2}-\d{2}))?=(-?\d+(?:\.\d+)?)$/.exec(said) ?? [];
  if (name === '' || (date !== undefined && !isPlainDate(date)))
    throw new BadInputError([planningProblem('cause', 'not-a-cause-value', said)]);
  return { name, date, value: Number(value) };
};

/** Questions a value that no such cause can have: a unit, or a slip of the keys. */
const checkAssumed = ({ values }: Cause, value: number, said: string): void => {
  const [least, most] = [Math.min(...values.values()), Math.max(...values.values())];
  const outside = Math.max(least - value, value - most);
  if (outside > mostSpansOutside * (most - least))
    throw new BadInputError([planningProblem('cause', 'cause-value-far-outside', said, { least, most })]);
};

/**
 * The same with values that a what-if assumes of the days asked for. Throws `BadInputError` where there is no such cause,
 * or where it cannot have the value.
 */
export const withAssumed = (
  causes: readonly Cause[],
  said: readonly string[],
  dates: readonly PlainDate[],
): Cause[] => {
  const wanted = said.map(readAssumed);
  for (const { name } of wanted)
    if (!causes.some((cause) => cause.name === name))
      throw new BadInputError([
        planningProblem('cause', 'no-such-cause', name, {
          known: [...new Set(causes.map((cause) => cause.name))],
        }),
      ]);
  return causes.map((cause) => {
    const own = wanted.filter(({ name }) => name === cause.name);
    for (const { name, value } of own) checkAssumed(cause, value, `${name}=${value}`);
    const assumed = new Map(
      own
        .toSorted((a, b) => Number(a.date !== undefined) - Number(b.date !== undefined))
        .flatMap(({ date, value }) =>
          (date === undefined ? dates : [date]).map((day) => [dayNumber(day), value]),
        ),
    );
    return own.length === 0 ? cause : { ...cause, assumed };
  });
};
