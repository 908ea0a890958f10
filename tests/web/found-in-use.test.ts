import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scenarioSchema } from '../../src/contract/models/scenario-model.ts';
import { freeName, withScenario } from '../../src/web/divert/scenario-panel.tsx';
import { inRoot } from '../support/build-page.ts';

const textOf = (...place: string[]): string => readFileSync(inRoot(...place), 'utf8');

/** Colours of the palette by name, of one light. */
const paletteOf = (light: 'light' | 'dark'): Map<string, string> => {
  const css = textOf('src', 'web', 'style', 'palette.css');
  const own = css.split('@media screen')[light === 'dark' ? 1 : 0] ?? '';
  return new Map(
    [...own.matchAll(/--([\w-]+): (#[\da-f]{6});/g)].map(([, name = '', hex = '']) => [name, hex]),
  );
};

/** Relative luminance of a colour, as WCAG has it. */
const luminanceOf = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (one = '', other = ''): number => {
  const [high = 0, low = 0] = [one, other].map(luminanceOf).toSorted((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
};

/** The rule of a style sheet that a selector has. */
const ruleOf = (sheet: string, selector: string): string => {
  const css = textOf('src', 'web', 'style', sheet);
  return css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? '';
};

describe('what was found in use stays gone', () => {
  test('a scenario that is kept twice stands there twice', () => {
    const scenario = scenarioSchema.parse({ scenario: 'Scenario 1' });
    const once = withScenario([], scenario);
    const twice = withScenario(once, { ...scenario, scenario: freeName(once, 'Scenario 1') });
    expect(twice.map((kept) => kept.scenario)).toEqual(['Scenario 1', freeName(once, 'Scenario 1')]);
    expect(new Set(twice.map((kept) => kept.scenario)).size).toBe(2);
  });

  test.each(['light', 'dark'] as const)(
    'one meaning a colour, readable by %s: hot is good, short is bad',
    (light) => {
      expect(ruleOf('table.css', '.band.hot')).toContain('color: var(--good)');
      expect(ruleOf('table.css', '.short')).toContain('color: var(--bad)');
      const palette = paletteOf(light);
      expect(palette.get('good')).not.toBe(palette.get('bad'));
      for (const name of ['ink', 'soft', 'good', 'warn', 'bad', 'primary', 'actual'])
        for (const ground of ['surface', 'page', 'raised'])
          expect([name, ground, contrast(palette.get(name), palette.get(ground)) >= 4.5]).toEqual([
            name,
            ground,
            true,
          ]);
    },
  );

  test('what is short has a mark beside its colour', () => {
    expect(ruleOf('table.css', '.short::before')).toContain('▼');
  });

  test('no form marks its fields with stars that float above them', () => {
    const files = readdirSync(inRoot('src', 'web'), { recursive: true, encoding: 'utf8' });
    const forms = files
      .filter((file) => file.endsWith('.tsx'))
      .flatMap((file) =>
        [...textOf(join('src', 'web', file)).matchAll(/<Form(?:<[^>]*>)?\s[^]*?(?<!=)>/g)].map(
          ([tag]) => `${file} ${tag}`,
        ),
      );
    expect(forms.length).toBeGreaterThan(3);
    expect(forms.filter((form) => !form.includes('requiredMark={false}'))).toEqual([]);
  });

  test('the first page of either language says how another port is chosen', () => {
    for (const page of ['README.md', 'README.zh.md']) expect(textOf(page)).toContain('npm start -- --port');
  });
});
