import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changeText, figureText, type Kind } from '../../src/render/table.ts';
import { languages } from '../../src/kernel/text.ts';
import { shownDifference } from '../../src/words/figures.ts';

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
