import { chinese, english } from '../support/said.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scenarioSchema } from '../../src/contract/models/scenario-model.ts';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import { transfersCountedTwice } from '../../src/planning/week/make-plan.ts';
import { planWeek } from '../../src/planning/plan-week.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { runScenario } from '../../src/planning/run-scenario.ts';
import { demoWorkspace } from '../support/demo-workspace.ts';

describe('a plan for other targets than the line’s own, of two queues of which one hands calls on to the other', () => {
  let workspace: Awaited<ReturnType<typeof demoWorkspace>>;
  let ports: Ports;
  let plan: PlanDocument;
  beforeAll(async () => {
    workspace = await demoWorkspace(70);
    const { models, store } = workspace.ports;
    const ways = [{ toQueue: 'enterprise', share: 0.05, holding: false }];
    const trafficSummary = async () =>
      (await store.trafficSummary()).filter(({ queue }) => ['general', 'enterprise'].includes(queue));
    ports = {
      ...workspace.ports,
      store: { ...store, trafficSummary },
      models: {
        ...models,
        hotline: {
          ...models.hotline,
          queues: models.hotline.queues.map((queue) =>
            queue.queue === 'general' ? { ...queue, transfers: ways } : queue,
          ),
        },
      },
    };
    const targets = {
      ...models.targets,
      connectionRate: 0.5,
      serviceLevel: null,
      rollingConnectionRate: null,
      queues: {},
    };
    plan = await planWeek(ports, { seed: 1, targets });
  }, 600_000);
  afterAll(() => workspace.close());

  const chosenFor = (scenario: object) =>
    runScenario(ports, {
      plan: plan.id,
      scenario: scenarioSchema.parse({ scenario: 'choose', prompts: 'choose', ...scenario }),
      seed: 1,
      replications: 0,
    });

  it('chooses prompts for the plan’s targets: none where they are met, some where they no longer are', async () => {
    expect(ports.models.targets.connectionRate).toBeGreaterThan(0.5);
    expect((await chosenFor({})).outcome.callersDiverted).toBe(0);
    expect((await chosenFor({ callsFactor: 3 })).outcome.callersDiverted).toBeGreaterThan(0);
  });

  it('says that calls handed on may be counted twice, and what to check', () => {
    const said = plan.notices.find((said) => english(said).includes('planned for twice'));
    expect(english(said)).toContain('"Enterprise services" has traffic of its own');
    expect(english(said)).toContain('transferred by "General"');
    expect(chinese(said)).toContain('请核对交换机报表是否只统计外线直接打入的电话');
  });

  it('does not where one of the two has no traffic, or hands nothing on', () => {
    const { hotline } = ports.models;
    expect(transfersCountedTwice(hotline, ['general', 'enterprise'])).toHaveLength(1);
    expect(transfersCountedTwice(hotline, ['general'])).toEqual([]);
    expect(transfersCountedTwice(hotline, ['enterprise'])).toEqual([]);
    const none = hotline.queues.map((queue) => ({
      ...queue,
      transfers: [{ toQueue: 'enterprise', share: 0, holding: false }],
    }));
    expect(
      transfersCountedTwice({ ...hotline, queues: none.slice(0, 1) }, ['general', 'enterprise']),
    ).toEqual([]);
  });
});
