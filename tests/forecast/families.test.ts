import { describe, expect, test } from 'vitest';
import { madeUpFamily, type FamilyRecipe } from '../../bench/forecast/made-up-families.ts';
import { backtestOrigin, scoreBacktest } from '../../src/forecast/backtest.ts';
import { prepareHistory } from '../../src/forecast/history/prepare-history.ts';
import { type FamilyLevel, familyShare, withFamilyForm } from '../../src/forecast/level/family-level.ts';
import { fitForms } from '../../src/forecast/level/level-forms.ts';
import { familiesBefore, forecastQueues, forecastQueue } from '../../src/forecast/forecast-queues.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { addDays } from '../../src/kernel/time.ts';
import { runForecastFile } from '../../src/planning/run-forecast-file.ts';

const calendar = calendarOf({ country: 'CN' });
const first = '2023-01-02';

const recipe: FamilyRecipe = {
  name: 'young',
  days: 300,
  intervalMinutes: 1440,
  callsPerDay: [4000, 100, 200, 400],
  shared: 0.015,
  own: 0.002,
  sharedNoise: 0.02,
  ownNoise: 0.02,
  year: 0.15,
  holiday: 0.5,
  holidayOwn: 0.1,
  laterBy: 230,
};

const requestAt = (origin: string, days: number) =>
  ({ origin, days, calendar, method: 'auto', seed: 1, pathCount: 0 }) as const;

describe('queues of one line', () => {
  const { queues, small } = madeUpFamily(recipe, 2);
  const end = addDays(first, recipe.days);

  test('small ones that move with the others are foreseen better than alone, a month ahead', () => {
    const errors = [false, true].map((together) =>
      [0, 1].map((week) => {
        const origin = addDays(end, -28 - 7 * week);
        const families = together ? familiesBefore(queues, requestAt(origin, 28)) : new Map<string, never>();
        const runs = small.map((queue) =>
          backtestOrigin(
            queues.get(queue)!,
            origin,
            {
              origins: [origin],
              gapDays: 21,
              horizonDays: 7,
              forecast: { calendar, method: 'auto', seed: 1 },
            },
            families.get(queue),
          ),
        );
        return runs.reduce((sum, run) => sum + scoreBacktest([run]).wape! / 9, 0);
      }),
    );
    const [alone, together] = errors.map((weeks) => weeks.reduce((a, b) => a + b, 0));
    expect(together! / alone!).toBeLessThan(0.95);
  });

  test('each says how much of it leans on the others; the large one stays as it is alone', () => {
    const request = requestAt(end, 14);
    const forecasts = forecastQueues(queues, request);
    for (const queue of small) {
      const { reasons, candidates, mean } = forecasts.get(queue)!;
      const weight = candidates.find(({ method }) => method === 'family-share')?.weight;
      expect(weight).toBeGreaterThan(0.1);
      expect(reasons).toContainEqual(
        expect.objectContaining({ code: 'leans-on-family', values: { weight } }),
      );
      expect(mean).not.toEqual(forecastQueue(queues.get(queue)!, request).mean);
    }
    const large = forecasts.get('large')!;
    expect(large.reasons.map((said) => 'code' in said && said.code)).not.toContain('leans-on-family');
    expect(large.mean).toEqual(forecastQueue(queues.get('large')!, request).mean);
  });

  test('what is not sure of the family is not sure of its share either, day by day and between days', () => {
    const request = requestAt(end, 7);
    const queue = small[0] ?? '';
    const history = prepareHistory(queues.get(queue)!, request)!;
    const family = familiesBefore(queues, request).get(queue)!;
    const forms = fitForms(history, request);
    const shareOf = (of: FamilyLevel) => {
      const { names, fits } = withFamilyForm(forms, of, request);
      return fits[names.indexOf(familyShare)]!.forecast(history.days, history.days, 7, true);
    };
    const more = 0.01;
    const [was, wider] = [
      shareOf(family),
      shareOf({
        ...family,
        forecast: (...asked) => {
          const all = family.forecast(...asked);
          return {
            ...all,
            variance: all.variance.map((value, j) => value + more * (j + 1)),
            covariance: all.covariance?.map((value, i) => value + more * (i + 1)),
          };
        },
      }),
    ];
    was.variance.forEach((value, j) => expect(wider.variance[j]).toBeCloseTo(value + more * (j + 1), 10));
    expect(was.covariance).toHaveLength(49);
    was.covariance?.forEach((value, i) =>
      expect(wider.covariance?.[i]).toBeCloseTo(value + more * (i + 1), 10),
    );
  });

  test('one queue asked for is the same as among all', () => {
    const csv = [
      'queue,date,calls',
      ...[...queues].flatMap(([queue, grid]) =>
        Array.from(grid.values)
          .map((calls, d) => `${queue},${addDays(first, d)},${calls}`)
          .filter((row) => !row.endsWith('NaN')),
      ),
    ].join('\n');
    const options = { queueColumn: 'queue', country: 'CN', days: 7 };
    const all = runForecastFile(csv, options).document.queues.find(({ queue }) => queue === 'small-2');
    const one = runForecastFile(csv, { ...options, queue: 'small-2' }).document.queues;
    expect(one).toEqual([all]);
    expect(all?.reasons.map((said) => 'code' in said && said.code)).toContain('leans-on-family');
  });
});

test('queues that share nothing are forecast each alone', () => {
  const { holiday: _none, ...rest } = recipe;
  const { queues } = madeUpFamily(
    { ...rest, callsPerDay: [900, 800, 700, 600], shared: 0, own: 0.02, sharedNoise: 0, year: 0, laterBy: 0 },
    4,
  );
  const request = requestAt(addDays(first, recipe.days), 7);
  expect(familiesBefore(queues, request).size).toBe(0);
  const forecasts = forecastQueues(queues, request);
  for (const [queue, grid] of queues)
    expect(forecasts.get(queue)!.mean).toEqual(forecastQueue(grid, request).mean);
});
