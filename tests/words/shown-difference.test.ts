import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changeText, figureText, type Kind } from '../../src/render/table.ts';
import { languages } from '../../src/kernel/text.ts';
import { shownDifference, shownParts } from '../../src/words/figures.ts';

it('is what a reader gets who takes one printed percentage from the other', () => {
  // 94.1 % and 78.9 % in print; the difference alone, −15.26, would read −15.3
  expect(shownDifference(0.9412, 0.7886)).toBeCloseTo(-0.152, 12);
  expect((0.7886 - 0.9412) * 100).toBeCloseTo(-15.26, 9);
  expect(shownDifference(0.7886, 0.9412, 2)).toBeCloseTo(0.1526, 12);
  expect(shownDifference(0.72544, 0.72456)).toBe(0);
  expect(shownDifference(0.5, Number.NaN)).toBeNaN();
});

/** A printed figure as a reader counts with it. */
const read = (text: string): number => Number.parseFloat(text.replaceAll(',', '').replace('−', '-'));

it('figures of any kind and the change beside them add up as they are printed', () => {
  const kinds: readonly Kind[] = ['share', 'share:2', 'number:0', 'number', 'money', 'calls'];
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds),
      fc.constantFrom(...languages),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (kind, language, one, other) => {
        const scale = kind.startsWith('share') ? 1 : 200_000;
        const [from, to] = [one * scale, other * scale];
        const shown = [from, to].map((value) => read(figureText(value, kind, language, 'CNY')));
        const [before = Number.NaN, after = Number.NaN] = shown;
        expect(before + read(changeText(from, to, kind, language))).toBeCloseTo(after, 6);
      },
    ),
    { numRuns: 500 },
  );
  expect(changeText(null, 0.5, 'share', 'en')).toBe('–');
});

it('printed parts add up to the printed total, each within one unit of what it is', () => {
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { freq: 5 }), {
        minLength: 1,
        maxLength: 8,
      }),
      fc.constantFrom(0, 1, 2),
      (parts, digits) => {
        const total = parts.reduce((sum: number, part) => sum + (part ?? 0), 0);
        const shown = shownParts(parts, total, digits);
        const sum = shown.reduce((all: number, part) => all + (part ?? 0), 0);
        expect(sum.toFixed(digits)).toBe((Math.round(total * 10 ** digits) / 10 ** digits).toFixed(digits));
        for (const [i, part] of shown.entries()) {
          const own = parts[i] ?? null;
          if (own === null) expect(part).toBeNull();
          else expect(Math.abs((part ?? 0) - own)).toBeLessThanOrEqual(10 ** -digits + 1e-9);
        }
      },
    ),
  );
  // Parts of another sum are rounded each by itself.
  expect(shownParts([1.26, 2.24], 40)).toEqual([1.3, 2.2]);
});
