import { expect, test } from 'vitest';
import { eventsOn, explainEvents } from '../../src/planning/forecasts/forecast-week.ts';

const heating = { date: '2026-11-15', end: '2026-11-17', kind: 'heating', label: 'heating', decayDays: 2 };
const fair = { date: '2026-11-20', kind: 'fair', label: 'fair' };

test('a day is named after what happens on it and what still fades on it', () => {
  const named = (date: string): ReturnType<typeof eventsOn> => eventsOn([heating, fair], date);
  expect(named('2026-11-14')).toEqual({ events: [], fading: [] });
  expect(named('2026-11-16')).toEqual({ events: ['heating'], fading: [] });
  expect(named('2026-11-20')).toEqual({ events: ['fair'], fading: ['heating'] });
  expect(named('2026-11-21')).toEqual({ events: [], fading: ['heating'] });
  // Seven halvings of two days behind its last day it is over.
  expect(named('2026-12-02')).toEqual({ events: [], fading: [] });
});

test('an event that is stored for each of several queues is one event', () => {
  const stored = ['general', 'social', 'enterprise'].map((queue) => ({ ...heating, queue }));
  const [said] = explainEvents([...stored, fair], '2025-01-01', '2026-11-29');
  expect(said).toMatchObject({ values: { count: 2, events: [{ label: 'fair' }, { label: 'heating' }] } });
  expect(explainEvents(stored, '2025-01-01', '2026-11-14')).toEqual([]);
});
