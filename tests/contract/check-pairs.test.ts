import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { settlePairs } from '../../src/contract/models/check-pairs.ts';
import { clockText } from '../../src/kernel/time-window.ts';

const folder = join(import.meta.dirname, '../../models');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.json') && !file.startsWith('presets'),
);

/** Fields that come in pairs, by how they are called; of prompts' minutes the schema itself says which clash. */
const pairs = [
  ['least', 'most'],
  ['earliestHours', 'latestHours'],
  ['warmFrom', 'hotFrom'],
  ['fullSeconds', 'zeroSeconds'],
  ['from', 'to'],
  ['earliestStart', 'latestStart'],
] as const;

type Part = Record<string, unknown>;

/** Every object of a document. */
const partsOf = (value: unknown): Part[] =>
  typeof value !== 'object' || value === null
    ? []
    : [...(Array.isArray(value) ? [] : [value as Part]), ...Object.values(value).flatMap(partsOf)];

describe('pairs of a model', () => {
  test.each(files)(
    '%s: as it is it is kept, and every pair of it the other way round is questioned',
    (file) => {
      const document = JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown;
      expect(settlePairs(document, undefined)).toEqual({ document, problems: [] });
      for (const [low, high] of pairs) {
        const swapped = structuredClone(document);
        // A night that is written so is a day when it is turned round: that may be meant.
        const own = partsOf(swapped).filter(
          (part) => low in part && high in part && part[low]! < part[high]!,
        );
        for (const part of own) [part[low], part[high]] = [part[high], part[low]];
        const { problems } = settlePairs(swapped, document);
        expect(problems).toHaveLength(own.length);
        for (const { path, value, rule } of problems) {
          expect(path).toMatch(new RegExp(`${high}$`));
          expect(value).toBeDefined();
          expect(['pair-reversed', 'window-reversed']).toContain(rule);
        }
      }
    },
  );

  test('a window past midnight is a night, is written as such, stood there before, or is questioned', () => {
    const minute = fc.integer({ min: 0, max: 47 }).map((half) => half * 30);
    fc.assert(
      fc.property(minute, minute, (from, to) => {
        const window = { earliestStart: clockText(from), latestStart: clockText(to) };
        const hours = (to - from) / 60;
        const isQuestioned = hours < 0 && hours + 24 > 12;
        const asked = settlePairs({ templates: [window] }, { templates: [] });
        expect(asked.problems).toHaveLength(isQuestioned ? 1 : 0);
        expect(settlePairs({ templates: [window] }, { templates: [window] }).problems).toEqual([]);
        if (hours >= 0 || to === 0) return;
        const asSuch = { ...window, latestStart: clockText(to + 1440) };
        expect(settlePairs({ templates: [asSuch] }, undefined)).toEqual({
          document: { templates: [window] },
          problems: [],
        });
      }),
    );
  });
});
