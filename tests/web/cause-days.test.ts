import { expect, test } from 'vitest';
import { forecastFinding } from '../../src/forecast/forecast-findings.ts';
import { causeRequest, causesOfPlan, daysBeside } from '../../src/web/causes/cause-what-if.tsx';
import { smallPlan } from '../support/small-plan.ts';

const found = (name: string, least: number, most: number) =>
  forecastFinding('cause-found', { name, step: 5, least, most, days: 200, lags: [] });

test('a plan’s causes are those with a part in any queue, once each, with all that they were', () => {
  const plan = smallPlan();
  const [queue] = plan.queues;
  const queues = [
    { ...queue!, reasons: [found('rain', 0, 20), found('bills', 0, 9)] },
    {
      ...queue!,
      reasons: [found('rain', -1, 12), forecastFinding('cause-without-effect', { name: 'noise', days: 9 })],
    },
  ];
  expect(causesOfPlan({ queues })).toEqual([
    { name: 'rain', least: -1, most: 20 },
    { name: 'bills', least: 0, most: 9 },
  ]);
  expect(causesOfPlan({ queues: [{ ...queue!, reasons: [] }] })).toEqual([]);
});

test('what is asked is written as a request has it', () => {
  expect(causeRequest({ cause: 'rain mm', date: null, value: 20 })).toBe('rain mm=20');
  expect(causeRequest({ cause: 'rain mm', date: '2026-12-01', value: -0.1 - 0.2 })).toBe(
    'rain mm@2026-12-01=-0.3',
  );
});

test('each day is summed over queues, and the week over its days', () => {
  const forecast = (...queues: number[][]) => ({
    queues: queues.map((means) => ({
      days: means.map((mean, d) => ({ date: `2026-12-0${d + 1}`, mean })),
    })),
  });
  expect(daysBeside(forecast([10, 20], [1, 2]) as never, forecast([15, 20], [1, 4]) as never)).toEqual([
    { date: '2026-12-01', without: 11, assumed: 16 },
    { date: '2026-12-02', without: 22, assumed: 24 },
    { date: undefined, without: 33, assumed: 40 },
  ]);
});
