import { chinese, english } from '../support/said.ts';
import { describe, expect, it } from 'vitest';
import { scenarioSchema } from '../../src/contract/models/scenario-model.ts';
import type { Operation } from '../../src/kernel/hotline.ts';
import type { ParallelMap } from '../../src/kernel/ports.ts';
import { project } from '../../src/queueing/project.ts';
import { applyScenario } from '../../src/diversion/apply-scenario.ts';
import { sensitivityCases, sensitivityRows } from '../../src/planning/divert-plan.ts';
import { measureEffect } from '../../src/planning/operation/measure-effect.ts';
import { projectCases, projectGroup } from '../../src/planning/operation/project-plan.ts';
import { plannedOperationOf } from '../support/planned-operation-of.ts';

const { planned, week } = await plannedOperationOf(2);
const date = '2026-11-24';
const [queue = '', other = ''] = planned.models.hotline.queues.flatMap((own) =>
  own.neverDivert ? [] : [own.queue],
);

/** Two prompts whose listeners bear the wait differently, one of them nearly as long as may be said. */
const playing = applyScenario(
  planned,
  scenarioSchema.parse({
    scenario: 'drawn',
    placements: [
      { prompt: 'mini-programme', queue, date, from: '09:00', to: '11:00' },
      { prompt: 'mini-programme', queue: other, date, from: '09:00', to: '11:00' },
    ],
  }),
  { starts: week.starts, catalogue: planned.models.prompts },
);
const factors = [18, 0.5];
const prompts = playing.policy.prompts.map((prompt, p) => ({
  ...prompt,
  response: { ...prompt.response, patienceFactor: factors[p] },
}));

const operation = { ...planned, policy: { ...planned.policy, prompts } };

describe('what may turn out otherwise', () => {
  it('names the tier of those absent as people call it', () => {
    const [absent] = sensitivityCases(operation, week, date).filter((own) => own.case === 'two-absent');
    const names = planned.models.tiers.tiers.map(({ name }) => name);
    const [tier] = names.filter(({ en }) => english(absent?.name) === `Two operators absent (${en})`);
    expect(tier).toBeDefined();
    expect(chinese(absent?.name)).toBe(`两名座席缺勤（${tier?.['zh-CN']}）`);
  });

  it('changes the patience of each prompt’s listeners from what it is believed to be', async () => {
    const cases = sensitivityCases(operation, week, date);
    const of = ({ policy }: Operation) => policy.prompts.map(({ response }) => response.patienceFactor);
    expect(cases.map((own) => of(own.operation))).toEqual([
      ...Array.from({ length: 7 }, () => factors),
      [14.4, 0.4],
      [22.5, 0.625],
    ]);
    const parallel = (_: unknown, groups: readonly Parameters<typeof projectGroup>[0][]) =>
      Promise.resolve(groups.map(projectGroup));
    const outcomes = await projectCases(
      { parallel: parallel as ParallelMap },
      cases.map((own) => own.operation),
    );
    const effects = outcomes.map((outcome) => measureEffect(outcome, week.starts));
    const as = measureEffect(
      project({
        demand: planned.demand,
        capacity: planned.capacity,
        policy: { ...playing.policy, prompts },
      }),
      week.starts,
    );
    const told = sensitivityRows(cases, effects, as);
    const changed = (name: string) => told.find((own) => own.case === name)?.effect.abandoned ?? Number.NaN;
    // Each outcome is its own case's: what `projectCases` puts together it also takes apart.
    for (const { case: name, operation: own } of cases)
      expect(changed(name)).toBeCloseTo(measureEffect(project(own), week.starts).abandoned, 2);
    const moves = told.map(({ serviceLevelChange }) => Math.abs(serviceLevelChange));
    expect(moves).toEqual(moves.toSorted((a, b) => b - a));
    expect(changed('less-patience')).toBeGreaterThan(changed('more-patience'));
  });
});
