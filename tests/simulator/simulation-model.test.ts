import { messageOf, remedyOf } from '../support/said.ts';
import { describe, expect, it } from 'vitest';
import { BadInputError } from '../../src/kernel/errors.ts';
import { parseSimulationModel } from '../../src/queueing/simulator/simulation-model.ts';

const good = {
  intervals: 2,
  interval_s: 900,
  classes: [{ rate_per_h: [10, 20], service: ['exp', 60], patience: ['inf', 0], route: { '0': [1, 0] } }],
  pools: [{ staff: 2, class_priority: [1] }],
};
const withClass = (change: Record<string, unknown>) => ({
  ...good,
  classes: [{ ...good.classes[0], ...change }],
});

const problemsOf = (input: unknown) => {
  try {
    parseSimulationModel(input);
  } catch (error) {
    if (error instanceof BadInputError) return error.problems;
    throw error;
  }
  return [];
};

describe('a model file', () => {
  it('is read, with what is left out set to its default', () => {
    expect(parseSimulationModel(good)).toMatchObject({ warmup_s: 0, intervals: 2 });
  });

  it.each([
    ['not an object', 'x', 'model'],
    ['no classes', { ...good, classes: [] }, 'classes'],
    ['a negative rate', withClass({ rate_per_h: -1 }), 'classes.0.rate_per_h'],
    ['a law that is not known', withClass({ service: ['normal', 60, 1] }), 'classes.0.service.0'],
    ['a law without its parameter', withClass({ service: ['lognormal', 60] }), 'classes.0.service'],
    ['a service that never ends', withClass({ service: ['inf', 0] }), 'classes.0.service'],
    ['a chance above 1', withClass({ redial_abandon: [1.5, 60] }), 'classes.0.redial_abandon.0'],
    ['rates that do not fit the intervals', withClass({ rate_per_h: [1] }), 'classes.0.rate_per_h'],
    ['a route to no pool', withClass({ route: { '3': [1, 0] } }), 'classes.0.route.3'],
    ['half an operator', { ...good, pools: [{ staff: 1.5, class_priority: [1] }] }, 'pools.0.staff'],
    [
      'a class without priority',
      { ...good, pools: [{ staff: 1, class_priority: [] }] },
      'pools.0.class_priority',
    ],
  ])('with %s is refused, with the place', (_, input, path) => {
    const problems = problemsOf(input);
    expect(problems.map((problem) => problem.path)).toContain(path);
    for (const problem of problems) {
      expect(messageOf(problem)['zh-CN']).toMatch(/\p{Script=Han}/u);
      // What is to be written stands in quotes, as it is written.
      expect(messageOf(problem)['zh-CN'].replaceAll(/"[^"]*"/g, '')).not.toMatch(/[a-z]{4}/i);
      expect(messageOf(problem).en).not.toContain('nvalid input');
      expect(remedyOf(problem).en.length).toBeGreaterThan(10);
    }
  });

  it('says what would be right', () => {
    const [problem] = problemsOf({ ...good, pools: [{ staff: 1, class_priority: { '0': 1 } }] });
    expect(remedyOf(problem)['zh-CN']).toMatch(/^应为列表.*huawu schema model/);
    expect(remedyOf(problem).en).toMatch(/^Give a list.*huawu schema model/);
  });

  it('names all problems at once', () => {
    const bad = {
      ...withClass({ rate_per_h: [1], route: { '9': [1, 0] } }),
      pools: [{ staff: [1], class_priority: [] }],
    };
    expect(problemsOf(bad)).toHaveLength(4);
  });
});
