import type { DayActionEntry } from '../../src/planning/ports.ts';

/** As much of an action of a day as a store looks at, about one operator. */
export const dayActionOf = (operator: string, steps = 1): DayActionEntry =>
  ({
    action: {
      kind: 'stay-longer',
      who: [operator],
      said: { code: 'day-action', values: { who: operator } },
    },
    steps: Array.from({ length: steps }, (_, at) => ({
      number: at + 1,
      step: at === 0 ? 'take' : 'take-back',
      at: 'd',
      asOf: '2026-03-02T12:00',
      by: 'zhangxl',
      why: '',
    })),
    roster: { roster: 'r1', moves: [{ operator, date: '2026-03-02', before: 'day', after: 'day' }] },
    duty: null,
    words: [],
    option: '{"moved":[]}',
  }) as unknown as DayActionEntry;
