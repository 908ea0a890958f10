import fc from 'fast-check';
import { expect, test } from 'vitest';
import { latestFirst, otherPlan, planId, planInForce, planStates } from '../../src/contract/plan-states.ts';

const plans = fc
  .array(
    fc.record({
      week: fc.constantFrom('2026-W48', '2026-W49'),
      state: fc.constantFrom(...planStates),
      whatIf: fc.boolean(),
    }),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((made) =>
    latestFirst(
      made
        .map(({ week, state, whatIf }, at) => ({
          id: planId(week, String(at), whatIf),
          week,
          state: whatIf ? ('draft' as const) : state,
          createdAt: `2026-11-2${at}T08:00:00Z`,
        }))
        .toReversed(),
    ),
  );

test('what is published stands unless another plan is opened, and each of the two names the other', () => {
  fc.assert(
    fc.property(plans, (all) => {
      const inForce = planInForce(all);
      const own = all.filter(({ week }) => week === inForce?.week);
      if (own.some(({ state }) => state === 'published')) expect(inForce?.state).toBe('published');
      for (const { id, week } of all) {
        const other = otherPlan(all, id);
        expect(other?.plan.id).not.toBe(id);
        if (other !== undefined) expect(other.plan.week).toBe(week);
        // Whatever is opened of the week, one link leads to what stands.
        if (week === inForce?.week) expect(other?.isInForce ?? false).toBe(id !== inForce.id);
        if (other?.isInForce === true) expect(otherPlan(all, other.plan.id)?.isInForce ?? false).toBe(false);
      }
    }),
  );
});
