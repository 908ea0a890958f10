import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openDrafts, parsedOf, textOf, wrongParts } from '../../src/web/settings/use-models.ts';
import { describeProblem } from '../../src/words/problems.ts';
import type { Part } from '../../src/web/settings/fields/model-shape.ts';

test('edits are kept by model, taken back step by step, typing in one field as one', () => {
  const drafts = openDrafts();
  let heard = 0;
  const stop = drafts.subscribe(() => {
    heard += 1;
  });
  const text = (name: 'shifts' | 'targets'): string | undefined => drafts.all().get(name)?.text;
  drafts.edit([{ name: 'shifts', read: 'a', text: 'ab' }], 'name');
  drafts.edit([{ name: 'shifts', read: 'a', text: 'abc' }], 'name');
  drafts.edit([{ name: 'targets', read: 't', text: 'u' }]);
  drafts.edit([{ name: 'shifts', read: 'a', text: 'abcd' }], 'hours');
  expect([text('shifts'), text('targets'), heard]).toEqual(['abcd', 'u', 4]);
  drafts.undo(['shifts']);
  expect(text('shifts')).toBe('abc');
  drafts.undo(['shifts']);
  expect([text('shifts'), drafts.canUndo(['shifts']), drafts.canUndo(['targets'])]).toEqual([
    undefined,
    false,
    true,
  ]);
  drafts.undo(['shifts']);
  expect(text('targets')).toBe('u');
  stop();
  drafts.forget(['targets']);
  expect([text('targets'), drafts.canUndo(['targets']), heard]).toEqual([undefined, false, 6]);
});

test('what is edited together is taken back together', () => {
  const drafts = openDrafts();
  const both = [
    { name: 'hotline', read: 'h', text: 'i' },
    { name: 'tiers', read: 't', text: 'u' },
  ] as const;
  drafts.edit([{ name: 'tiers', read: 't', text: 'tt' }]);
  drafts.edit(both, 'add');
  drafts.undo(['hotline']);
  expect([...drafts.all()]).toEqual([['tiers', { base: 't', text: 'tt' }]]);
  drafts.edit(both, 'add');
  drafts.forget(['hotline']);
  expect([drafts.canUndo(['hotline']), drafts.canUndo(['tiers'])]).toEqual([false, true]);
});

test('a model that is read anew meanwhile stays the base of its edits; what is back as it was is no edit', () => {
  const drafts = openDrafts();
  drafts.edit([{ name: 'shifts', read: 'a', text: 'ab' }]);
  drafts.edit([{ name: 'shifts', read: 'z', text: 'abc' }]);
  expect(drafts.all().get('shifts')).toEqual({ base: 'a', text: 'abc' });
  drafts.edit([{ name: 'shifts', read: 'z', text: 'a' }]);
  expect(drafts.all().size).toBe(0);
});

test('a text is a model or is not; what is wrong in one is told with its path', () => {
  expect([parsedOf('{"a":1}'), parsedOf('[1]'), parsedOf('{')]).toEqual([{ a: 1 }, undefined, undefined]);
  const targets = JSON.parse(
    readFileSync(new URL('../../models/targets.json', import.meta.url), 'utf8'),
  ) as Readonly<Record<string, Part>>;
  expect(parsedOf(textOf(targets))).toEqual(targets);
  expect(wrongParts('targets', targets)).toEqual([]);
  expect(wrongParts('targets', { ...targets, confidence: 1.2 })).toMatchObject([
    { rule: 'too-big', path: 'confidence', value: '120%' },
  ]);
  const [tooLarge] = wrongParts('targets', { ...targets, serviceLevel: 8.5 });
  expect(describeProblem(tooLarge!, 'en', 'page')).toMatch(/850%.*at most 100%/);
  expect(describeProblem(tooLarge!, 'zh-CN', 'page')).toMatch(/850%.*不大于 100%/);
});
