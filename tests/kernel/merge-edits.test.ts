import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Change, changesBetween, mergeEdits, pathKey, sameValue } from '../../src/kernel/merge-edits.ts';

const figure = fc.integer({ min: 0, max: 2 });
const entry = fc.record(
  { queue: fc.constantFrom('a', 'b', 'c', 'd'), figure, name: fc.record({ zh: figure, en: figure }) },
  { requiredKeys: ['queue', 'figure'] },
);
const queues = fc.uniqueArray(entry, { selector: ({ queue }) => queue, maxLength: 4 });
/** So few values that two of three people often say the same, and often do not. */
const document = fc.record(
  { one: figure, other: figure, part: fc.record({ x: figure, y: figure }), week: fc.array(figure), queues },
  { requiredKeys: ['other', 'queues'] },
);
const three = fc.record({ base: document, mine: document, theirs: document });

const isOrder = ({ before, after }: Change): boolean => Array.isArray(before) && Array.isArray(after);

/** Whether one of two paths leads to or through the other. */
const meet = (one: readonly string[], other: readonly string[]): boolean =>
  one.slice(0, other.length).every((part, i) => part === other[i]);

test('whose side is called mine changes nothing but who wins a collision', () => {
  fc.assert(
    fc.property(three, ({ base, mine, theirs }) => {
      const { value, collisions } = mergeEdits({ base, mine, theirs });
      const all = new Set(collisions.map(({ path }) => pathKey(path)));
      const swapped = mergeEdits({ base, mine: theirs, theirs: mine }, all);
      expect(swapped.value).toEqual(value);
      const mirrored = swapped.collisions.map((one) => ({ ...one, mine: one.theirs, theirs: one.mine }));
      const sorted = (list: typeof collisions) =>
        list.toSorted((a, b) => (pathKey(a.path) < pathKey(b.path) ? -1 : 1));
      expect(sorted(mirrored)).toEqual(sorted(collisions));
    }),
    { numRuns: 2000 },
  );
});

test('what does not collide is kept of both, and nothing is made up', () => {
  fc.assert(
    fc.property(three, ({ base, mine, theirs }) => {
      const { value, collisions } = mergeEdits({ base, mine, theirs });
      const made = { mine: changesBetween(base, mine), theirs: changesBetween(base, theirs) };
      for (const [side, changes] of Object.entries({ mine, theirs } as const)) {
        const lost = changesBetween(changes, value).filter((change) => !isOrder(change));
        for (const change of made[side as keyof typeof made]) {
          if (
            isOrder(change) ||
            collisions.some(({ path }) => meet(path, change.path) || meet(change.path, path))
          )
            continue;
          expect(lost.filter(({ path }) => meet(path, change.path))).toEqual([]);
        }
      }
      for (const change of changesBetween(base, value).filter((one) => !isOrder(one)))
        expect(
          [...made.mine, ...made.theirs].some(
            (one) => meet(one.path, change.path) || meet(change.path, one.path),
          ),
        ).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('a collision stands as whoever was chosen has it', () => {
  fc.assert(
    fc.property(three, ({ base, mine, theirs }) => {
      const { collisions } = mergeEdits({ base, mine, theirs });
      const [first] = collisions;
      if (first === undefined) return;
      const taken = mergeEdits({ base, mine, theirs }, new Set([pathKey(first.path)]));
      expect(taken.collisions).toEqual(collisions);
      const against = changesBetween(theirs, taken.value);
      expect(against.filter(({ path }) => sameValue(path, first.path))).toEqual([]);
      expect(sameValue(first.mine, first.theirs)).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test('one who changed nothing loses nothing and takes nothing away', () => {
  fc.assert(
    fc.property(document, document, (base, mine) => {
      expect(mergeEdits({ base, mine, theirs: base })).toEqual({ value: mine, collisions: [] });
      expect(mergeEdits({ base, mine: base, theirs: mine })).toEqual({ value: mine, collisions: [] });
      expect(mergeEdits({ base, mine, theirs: mine })).toEqual({ value: mine, collisions: [] });
    }),
  );
});

test('an entry put in before another moves no change of that other', () => {
  const general = { queue: 'general', priority: 2, name: { en: 'General' } };
  const base = { queues: [general, { queue: 'tax', priority: 1 }] };
  const mine = { queues: [{ queue: 'night', priority: 9 }, general, { queue: 'tax', priority: 1 }] };
  const theirs = {
    queues: [
      { ...general, name: { en: 'All matters' } },
      { queue: 'tax', priority: 3 },
    ],
  };
  expect(mergeEdits({ base, mine, theirs })).toEqual({
    value: {
      queues: [
        { queue: 'night', priority: 9 },
        { queue: 'general', priority: 2, name: { en: 'All matters' } },
        { queue: 'tax', priority: 3 },
      ],
    },
    collisions: [],
  });
  // Taken away by one, changed by the other: that is asked.
  const without = { queues: [general] };
  expect(mergeEdits({ base, mine: without, theirs }).collisions).toEqual([
    { path: ['queues', 'tax'], base: base.queues[1], mine: undefined, theirs: theirs.queues[1] },
  ]);
  expect(changesBetween(base, theirs).map(({ path }) => path.join('.'))).toEqual([
    'queues.general.name.en',
    'queues.tax.priority',
  ]);
});

test('two orders of one list are asked; a list without names is one field', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((queue) => ({ queue }));
  const collided = mergeEdits({ base: [a, b, c], mine: [b, a, c], theirs: [c, b, a] });
  expect(collided.collisions.map(({ path }) => path)).toEqual([[]]);
  expect(mergeEdits({ base: [a, b, c], mine: [b, a, c], theirs: [a, b] }).value).toEqual([b, a]);
  expect(mergeEdits({ base: [1, 2], mine: [1, 2, 3], theirs: [0, 2] }).collisions).toHaveLength(1);
});
