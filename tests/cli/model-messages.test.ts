import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { hotlineSchema } from '../../src/contract/models/hotline-model.ts';
import { scenarioSchema } from '../../src/contract/models/scenario-model.ts';
import { tiersSchema } from '../../src/contract/models/tiers-model.ts';
import { parseDocument, parseJsonDocument } from '../../src/contract/parse-document.ts';
import { BadInputError } from '../../src/kernel/errors.ts';
import { describeProblem } from '../../src/words/problems.ts';
import type { Language } from '../../src/kernel/text.ts';

/** What a planner reads of a document that does not fit. */
const told = (schema: z.ZodType, document: unknown, language: Language = 'zh-CN'): string => {
  try {
    parseDocument(schema, document, 's.json');
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error;
    return error.problems.map((problem) => describeProblem(problem, language)).join('\n');
  }
  throw new Error('the document was taken');
};

describe('what is wrong with a JSON document is told in the language asked for', () => {
  test.each<[string, unknown, string, string]>([
    [
      'an unknown key',
      { scenario: 'x', callFactor: 2 },
      '没有名为“callFactor”的项',
      'unknown here: "callFactor"',
    ],
    ['a missing key', {}, 'scenario：缺少这一项。应为文字', 'scenario: missing. Give text'],
    [
      'a wrong type',
      { scenario: 'x', callsFactor: '2' },
      'callsFactor：值的类型不对（读到“2”）。应为数',
      'Give a number',
    ],
    [
      'a number too small',
      { scenario: 'x', callsFactor: -1 },
      '太小（读到“-1”）。应不小于 0',
      'Give at least 0',
    ],
    [
      'a number too large',
      { scenario: 'x', callsFactor: 11 },
      '太大（读到“11”）。应不大于 10',
      'Give at most 10',
    ],
    [
      'a value off the list',
      { scenario: 'x', prompts: 'all' },
      '可用："as-planned"、"none"、"choose"',
      'Use one of: "as-planned"',
    ],
    [
      'a surge at a date that is none',
      { scenario: 'x', surges: [{ from: '24/11/2026 9:00', to: '2026-11-24T10:00', factor: 2 }] },
      'surges.0.from：写法不对（读到“24/11/2026 9:00”）。应为当地日期与时刻',
      'Give a local date and time YYYY-MM-DDTHH:MM',
    ],
    [
      'a prompt on no date',
      {
        scenario: 'x',
        placements: [{ prompt: 'p', queue: '综合', date: '2026-02-30', from: '9:00', to: '10:00' }],
      },
      'placements.0.date：写法不对（读到“2026-02-30”）。应为日期',
      'Give a clock time HH:MM',
    ],
  ])('%s', (_, document, chinese, english) => {
    expect(told(scenarioSchema, document)).toContain(chinese);
    expect(told(scenarioSchema, document)).not.toMatch(/[a-z]{3,} [a-z]{2,} [a-z]{2,}/);
    expect(told(scenarioSchema, document, 'en')).toContain(english);
    expect(told(scenarioSchema, document, 'en').replaceAll('综合', '')).not.toMatch(/\p{Script=Han}/u);
  });

  test('text that is no JSON is told with its line', () => {
    expect(() => parseJsonDocument(scenarioSchema, '{"scenario": "x",\n "calls" 2}', 's.json')).toThrow(
      BadInputError,
    );
    try {
      parseJsonDocument(scenarioSchema, '{"scenario": "x",\n "calls" 2}', 's.json');
    } catch (error) {
      expect((error as BadInputError).problems).toMatchObject([{ rule: 'not-json', file: 's.json', row: 2 }]);
    }
  });
});

describe('queues and tiers may bear Chinese names', () => {
  test('in scenarios and tiers', () => {
    const surges = [
      { from: '2026-11-24T09:00', to: '2026-11-24T24:00', factor: 2, queue: '社保 医保(市级)' },
    ];
    expect(parseDocument(scenarioSchema, { scenario: '突发', surges }).surges[0]?.queue).toBe(
      '社保 医保(市级)',
    );
    expect(tiersSchema.shape.tiers.element.shape.queues.element.shape.queue.parse('综合')).toBe('综合');
    expect(() => hotlineSchema.shape.queues.element.shape.queue.parse(' 综合')).toThrow('plain-name');
  });
});
