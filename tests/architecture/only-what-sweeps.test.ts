import { expect, test } from 'vitest';
import { placesToSkip } from '../support/only-what-sweeps.ts';

const head = "import { isLongRun, sweep } from './sweep.ts';\n";
/** Names of the tests that a long run leaves out. */
const leftOut = (code: string): string[] =>
  placesToSkip(code).map((place) => /'([^']*)'/.exec(code.slice(place))?.[1] ?? '');

test.each([
  ['by what it asks itself', "test('a', () => { go(isLongRun ? 9 : 1); }); test('b', () => go(1));", ['b']],
  ['by its cases', "it.each(sweep([1, 2], (n) => n > 1))('a', go); it.each([1])('b', go);", ['b']],
  [
    'by names between',
    "const runs = isLongRun ? 9 : 1; const play = () => runs; test('a', () => play()); test('b', go);",
    ['b'],
  ],
  [
    'by its suite',
    "describe.each(sweep([1], is))('s', () => { test('a', go); }); describe('t', () => { test('b', go); });",
    ['b'],
  ],
  [
    'by a loop',
    "for (const n of isLongRun ? [1] : []) { test('a', go); } for (const n of [1]) { test('b', go); }",
    ['b'],
  ],
  [
    'by what another leaves behind',
    "let n = 0; let m = 0; test('a', () => { n = isLongRun ? 9 : 1; m.x = 1; }); test('b', () => n); test('c', () => 0);",
    ['c'],
  ],
  ['by a hook', "beforeAll(() => go(isLongRun)); test('a', go); test('b', go);", []],
  ['not by a field that is called so', "test('a', () => go(x.isLongRun, { sweep: 1 }));", ['a']],
  ['with its modifiers', "test.skipIf(isLongRun)('a', go); test.skipIf(x).each([1])('b', go);", ['b']],
])('a long run takes a test that is another in it, %s', (_, code, expected) => {
  expect(leftOut(head + code)).toEqual(expected);
});
