import { localUser } from '../../src/store/audit-log.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PlanStepWanted } from '../../src/contract/plan-life.ts';
import type { PlanStepName } from '../../src/contract/plan-states.ts';
import { planStates, planStepNames, planSteps } from '../../src/contract/plan-states.ts';
import type { Store } from '../../src/planning/ports.ts';
import { problemsOf } from '../support/problems-of.ts';
import { planOf } from './plan-store-conformance.ts';
import type { StoreGround } from './store-conformance.ts';

const wanted = (step: PlanStepName): PlanStepWanted => ({ step, reason: 'because' });
/** The steps that bring a new plan into a state. */
const wayTo = {
  draft: [],
  proposed: ['propose'],
  approved: ['propose', 'approve'],
  published: ['propose', 'approve', 'publish'],
  superseded: ['propose', 'approve', 'publish', 'supersede'],
} as const;

/** What every store must do with a plan's life. */
export const describePlanLife = (name: string, lay: () => Promise<StoreGround>): void => {
  describe(`a plan's life: ${name}`, () => {
    let ground: StoreGround;
    let store: Store;
    beforeEach(async () => {
      ground = await lay();
      store = ground.store;
    });
    afterEach(() => ground.remove());

    const make = async (id: string, state: (typeof planStates)[number] = 'draft'): Promise<void> => {
      await store.savePlan(planOf(id, '2026-W10', id));
      for (const step of wayTo[state]) await store.stepPlan(id, wanted(step));
    };
    const stateOf = async (id: string) => (await store.planLife(id))?.state;
    const rulesOf = async (work: Promise<unknown>) => (await problemsOf(work)).map(({ rule }) => rule);

    test('only the steps of the table lead on, from every state', async () => {
      for (const state of planStates)
        for (const step of planStepNames) {
          const id = `${state}-${step}`;
          await store.savePlan(planOf(id, id, 'a'));
          for (const way of wayTo[state]) await store.stepPlan(id, wanted(way));
          const { from, to } = planSteps[step];
          const refused = from.includes(state) ? [] : ['plan-step-not-allowed'];
          const took = store.stepPlan(id, wanted(step));
          if (refused.length > 0) expect([id, await rulesOf(took)]).toEqual([id, refused]);
          else await took;
          expect([id, await stateOf(id)]).toEqual([id, refused.length > 0 ? state : to]);
        }
      expect(await store.stepPlan('nobody', wanted('propose'))).toBeUndefined();
    });

    test('a what-if takes no step towards being in force, and the week keeps its plan', async () => {
      await make('2026-W10-a');
      await make('2026-W10-what-if-b');
      for (const step of ['propose', 'approve', 'publish'] as const)
        expect(await rulesOf(store.stepPlan('2026-W10-what-if-b', wanted(step)))).toEqual(['what-if-onward']);
      expect(await stateOf('2026-W10-what-if-b')).toBe('draft');
      expect((await store.planOfWeek('2026-W10'))?.id).toBe('2026-W10-a');
    });

    test('going back and superseding want a reason; each step is told with who, when and why', async () => {
      await make('p1', 'proposed');
      expect(await rulesOf(store.stepPlan('p1', { step: 'return' }))).toEqual(['plan-step-wants-reason']);
      const li = store.by({ kind: 'person', id: 'p7', name: 'li' });
      const life = await li.stepPlan('p1', { step: 'return', reason: 'too few on Monday' });
      expect(life?.steps.at(-1)).toMatchObject({
        by: 'li',
        from: 'proposed',
        to: 'draft',
        reason: 'too few on Monday',
      });
      expect((await store.audit({ limit: 1 }))[0]).toMatchObject({
        actor: { name: 'li' },
        action: 'plan-state',
        subject: 'p1',
        before: { state: 'proposed' },
        after: { state: 'draft' },
      });
    });

    test('what is published changes in no way, but takes notes and the place in its week', async () => {
      await make('p1', 'published');
      await store.savePlan(planOf('p2', '2026-W10', 'later'));
      const before = await store.plan('p1');
      expect(await rulesOf(store.namePlan('p1', 'x'))).toEqual(['plan-locked']);
      expect(await rulesOf(store.removePlan('p1'))).toEqual(['plan-locked']);
      await store.savePlan(planOf('p1', '2026-W10', 'made again'), new Uint8Array([1]));
      expect(await store.plan('p1')).toEqual(before);
      expect(await store.plannedOperation('p1')).toBeUndefined();
      await store.notePlan('p1', 'went well');
      expect((await store.planLife('p1'))?.notes).toMatchObject([{ text: 'went well', by: localUser.name }]);
      expect((await store.planOfWeek('2026-W10'))?.id).toBe('p1');
      expect((await store.plan())?.id).toBe('p1');
      expect((await store.plans()).map(({ id, state }) => [id, state])).toEqual([
        ['p2', 'draft'],
        ['p1', 'published'],
      ]);
    });

    test('the approved plan stands before later drafts, and no superseded one before any', async () => {
      await make('p1', 'superseded');
      await make('p2', 'approved');
      await make('p3');
      expect((await store.planOfWeek('2026-W10'))?.id).toBe('p2');
      await store.removePlan('p2');
      expect((await store.planOfWeek('2026-W10'))?.id).toBe('p3');
    });

    test('another is published in its place only with a reason, and then it is superseded in the same step', async () => {
      await make('p1', 'published');
      await make('p2', 'approved');
      expect(await rulesOf(store.stepPlan('p2', { step: 'publish' }))).toEqual(['week-published-already']);
      expect([await stateOf('p1'), await stateOf('p2')]).toEqual(['published', 'approved']);
      await store.stepPlan('p2', { step: 'publish', reason: 'flu' });
      expect([await stateOf('p1'), await stateOf('p2')]).toEqual(['superseded', 'published']);
      expect((await store.planLife('p1'))?.steps.at(-1)).toMatchObject({ supersededBy: 'p2', reason: 'flu' });
      expect(await rulesOf(store.removePlan('p1'))).toEqual(['plan-locked']);
    });

    test('of two who decided on one version the second is told, and nothing of theirs is written', async () => {
      await make('p1');
      const version = (await store.planLife('p1'))?.version ?? -1;
      const first = await store.namePlan('p1', 'ours', version);
      expect(first?.version).toBe(version + 1);
      const late = [
        store.namePlan('p1', 'theirs', version),
        store.stepPlan('p1', wanted('propose'), version),
        store.notePlan('p1', 'lost', version),
        store.removePlan('p1', version),
      ];
      for (const work of late) expect(await rulesOf(work)).toEqual(['plan-changed-meanwhile']);
      expect(await store.planLife('p1')).toEqual(first);
    });

    test('of two who decide at the same moment one is told', async () => {
      await make('p1');
      const both = await Promise.allSettled(['a', 'b'].map((text) => store.notePlan('p1', text, 0)));
      expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      expect((await store.planLife('p1'))?.notes).toHaveLength(1);
    });

    test('a change to forecasts that was decided on others is refused with how many came and went', async () => {
      const rule = { queue: null, date: '2026-03-02', from: null, to: null, factor: 1.1, calls: null };
      const add = (version?: string) => store.addOverrule({ ...rule, reason: 'fair', author: 'p' }, version);
      const id = await add('none');
      expect(await add(String(id))).toBe(id + 1);
      const problems = await problemsOf(add('none'));
      expect(problems.map(({ rule: told, values }) => [told, values])).toEqual([
        [
          'overrules-changed-meanwhile',
          { added: 2, gone: 0, rows: [id, id + 1].map((each) => ({ id: each, ...rule })) },
        ],
      ]);
      expect(await rulesOf(store.removeOverrule(id, String(id)))).toEqual(['overrules-changed-meanwhile']);
      expect(await store.removeOverrule(id, `${id}.${id + 1}`)).toBe(true);
      expect(await store.overrules()).toHaveLength(1);
    });
  });
};
