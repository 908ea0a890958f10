import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowsInSight } from '../../src/web/roster/roster-grid.tsx';

test('a roster of a usual size is drawn whole', () => {
  const rows = rowsInSight(80, 0, 30, 0, 26);
  expect(rows).toEqual(Array.from({ length: 80 }, (_, row) => ({ row })));
});

test('of many rows those in sight are drawn and the one with the keys, and the rest leaves its room', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 151, max: 3000 }),
      fc.nat(3000),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: -1, max: 3000 }),
      (count, top, inSight, kept) => {
        const rows = rowsInSight(count, top, inSight, kept, 26);
        const drawn = rows.flatMap((one) => ('skipped' in one ? [] : [one.row]));
        const room = rows.reduce((sum, one) => sum + ('skipped' in one ? one.height : 26), 0);
        expect(room).toBe(count * 26);
        for (let row = top; row < Math.min(count, top + inSight); row += 1) expect(drawn).toContain(row);
        if (kept >= 0 && kept < count) expect(drawn).toContain(kept);
        expect(drawn).toEqual(drawn.toSorted((a, b) => a - b));
        expect(drawn.length).toBeLessThan(102);
      },
    ),
  );
});
