import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../src/contract/parse-document.ts';
import { tiersSchema } from '../../src/contract/models/tiers-model.ts';
import { BadInputError } from '../../src/kernel/errors.ts';
import { checkModels } from '../../src/store/check-models.ts';
import { readModels } from '../../src/store/workspace-models.ts';

const models = await readModels(join(import.meta.dirname, '../../models'));
const name = { 'zh-CN': '培训', en: 'Training' };
const kind = (more: object) => ({ kind: 'training', name, share: 0.1, ...more });

/** What is wrong with the shipped models when the first tier's shrinkage is another. */
const problemsOf = (shrinkage: unknown): string[] => {
  const [first, ...rest] = models.tiers.tiers;
  try {
    const tiers = parseDocument(tiersSchema, { ...models.tiers, tiers: [{ ...first, shrinkage }, ...rest] });
    return checkModels({ ...models, tiers }).map(({ rule, path, file }) => `${file} ${path}: ${rule}`);
  } catch (error) {
    if (error instanceof BadInputError) return error.problems.map(({ rule, path }) => `${path}: ${rule}`);
    throw error;
  }
};

describe('shrinkage in models/tiers.json', () => {
  it.each([
    ['a plain number', 0.26, []],
    [
      'kinds, some with their times',
      [kind({}), kind({ kind: 'leave', weekdays: [1, 5], from: '22:00', to: '06:00' })],
      [],
    ],
    ['a name used twice', [kind({}), kind({})], ['tiers.json tiers.0.shrinkage.1: name-used-twice']],
    ['half a window', [kind({ from: '09:00' })], ['tiers.json tiers.0.shrinkage.0: half-a-window']],
    [
      'an empty window',
      [kind({ from: '09:00', to: '09:00' })],
      ['tiers.json tiers.0.shrinkage.0: empty-window'],
    ],
    [
      'too much at once',
      [kind({ share: 0.5 }), kind({ kind: 'leave', share: 0.5, weekdays: [2], from: '09:00', to: '10:00' })],
      ['tiers.json tiers.0.shrinkage: shrinkage-above-nine-tenths'],
    ],
  ])('%s', (_, shrinkage, expected) => {
    expect(problemsOf(shrinkage)).toEqual(expected);
  });

  it('a weekday that does not exist is told with its place', () => {
    expect(problemsOf([kind({ weekdays: [8] })])[0]).toContain('tiers.0.shrinkage');
  });
});

describe('files that were edited by hand', () => {
  const clockOf = (minutes: number): string =>
    [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');

  it('a window that would be more than a night is used as it stands, with a warning that names file, field and value; 44:00 is read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'huawu-models-'));
    await cp(join(import.meta.dirname, '../../models'), folder, { recursive: true });
    const file = join(folder, 'shifts.json');
    const shifts = JSON.parse(await readFile(file, 'utf8')) as { templates: Record<string, unknown>[] };
    const half = fc.integer({ min: 0, max: 47 }).map((each) => each * 30);
    const read = async (earliestStart: string, latestStart: string) => {
      const [first, ...rest] = shifts.templates;
      const templates = [{ ...first, earliestStart, latestStart }, ...rest];
      await writeFile(file, JSON.stringify({ ...shifts, templates }));
      const warnings: unknown[] = [];
      const { shifts: kept } = await readModels(folder, (problem) => warnings.push(problem));
      return { kept: kept.templates[0]?.latestStart, warnings };
    };
    try {
      await fc.assert(
        fc.asyncProperty(half, half, async (from, to) => {
          const asIs = await read(clockOf(from), clockOf(to));
          expect(asIs.kept).toBe(clockOf(to));
          const named = {
            severity: 'warning',
            rule: 'window-reversed',
            file,
            path: 'templates.0.latestStart',
            value: clockOf(to),
          };
          const isLong = to < from && to + 1440 - from > 720;
          expect(asIs.warnings).toEqual(isLong ? [expect.objectContaining(named)] : []);
          if (to === 0 || to >= from) return;
          // Who means the next day writes so.
          expect(await read(clockOf(from), clockOf(to + 1440))).toEqual({ kept: clockOf(to), warnings: [] });
        }),
        { numRuns: 60 },
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
