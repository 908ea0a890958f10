import { describe, expect, it } from 'vitest';
import { scenarioSchema } from '../../src/contract/models/scenario-model.ts';
import { project } from '../../src/queueing/project.ts';
import { applyScenario } from '../../src/planning/apply-scenario.ts';
import { divertSensitivities } from '../../src/planning/divert-sensitivities.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { projectCase, type LineCase } from '../../src/planning/project-cases.ts';
import { planWorldOf } from '../support/plan-world-of.ts';

const { world, week } = await planWorldOf(2);
const date = '2026-11-24';
const [queue = '', other = ''] = world.models.hotline.queues.flatMap((own) =>
  own.neverDivert ? [] : [own.queue],
);

/** Two prompts whose listeners bear the wait differently, one of them nearly as long as may be said. */
const playing = applyScenario(
  world,
  scenarioSchema.parse({
    scenario: 'drawn',
    placements: [
      { prompt: 'mini-programme', queue, date, from: '09:00', to: '11:00' },
      { prompt: 'mini-programme', queue: other, date, from: '09:00', to: '11:00' },
    ],
  }),
  week,
);
const factors = [18, 0.5];
const placements = playing.policy.prompts.map((prompt, p) => ({
  ...prompt,
  response: { ...prompt.response, patienceFactor: factors[p] },
}));

describe('what may turn out otherwise', () => {
  it('changes the patience of each prompt’s listeners from what it is believed to be', async () => {
    const seen: LineCase[] = [];
    const ports = {
      progress: () => undefined,
      parallel: async (_: unknown, cases: readonly LineCase[]) => {
        seen.push(...cases);
        return cases.map(projectCase);
      },
    } as unknown as Ports;
    const as = project(world.demand, world.capacity, { ...playing.policy, prompts: placements });
    const told = await divertSensitivities(ports, { ...world, placements }, week, {
      stormDate: date,
      span: [0, week.horizon.count],
      known: { as, 'half-take-up': as, 'double-take-up': as },
    });
    const of = (line: LineCase) => line.policy.prompts.map(({ response }) => response.patienceFactor);
    expect(seen.map(of)).toEqual([...Array.from({ length: 5 }, () => factors), [14.4, 0.4], [22.5, 0.625]]);
    const changed = (name: string) => told.find((own) => own.case === name)?.effect.abandoned ?? Number.NaN;
    expect(changed('less-patience')).toBeGreaterThan(changed('more-patience'));
  });
});
