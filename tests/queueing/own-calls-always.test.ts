import { expect, test } from 'vitest';
import { openStaffingRun } from '../../src/queueing/staffing-run.ts';
import { tierDesigns } from '../support/tier-designs.ts';

// Two operators for nineteen Erlangs: a queue that is nearly always full was read as one that is nearly never so.
test.each([30, 31, 32, 33, 34])(
  'a queue left with two operators is lost, whatever %d do elsewhere',
  (elsewhere) => {
    const [design] = tierDesigns;
    if (design === undefined) throw new Error('no design');
    const { demand, policy, tiers, trunks } = design.request;
    const run = openStaffingRun({
      demand,
      policy,
      tierNames: tiers.map(({ tier }) => tier),
      trunks,
      confidence: 0.8,
      pathLimit: Infinity,
      load: 'mean',
    });
    run.enter(0);
    const { connection } = run.judge(Int32Array.of(elsewhere, 2, 4));
    expect(connection[0]).toBeGreaterThan(0.9);
    expect(connection[1]).toBeLessThan(0.5);
  },
);
