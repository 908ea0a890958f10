import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { equivalentMutants, whyEquivalent } from '../../bench/mutants/equivalent-mutants.ts';
import { findMutants, sampleMutants } from '../../bench/mutants/find-mutants.ts';
import { switchMutants } from '../../bench/mutants/switch-mutants.ts';

const source = `
const within = (x: number, most: number): boolean => x >= 0 && x < most;
const price = (n: number): number => { let sum = 0; for (let i = 0; i < n; i += 1) sum += i * 2; return sum; };
const name = (of?: { list?: readonly string[] }): string | undefined => of?.list?.slice(1)[0];
const kinds = (word: string): string => (word === '' ? 'none' : 'some');
const least = (a: number, b: number): number => Math.min(-a, b);
[within(0, 3), within(3, 3), price(4), name(), name({ list: ['a', 'b'] }), kinds(''), kinds('x'), least(2, 1)];
`;
const mutants = findMutants('src/x.ts', source);

/** What the source gives with one mutant on; -1 for none. */
const resultWith = (on: number): string => {
  const made = switchMutants('src/x.ts', source, new Map(mutants.entries()));
  let rounds = 0;
  const result: unknown = runInNewContext(stripTypeScriptTypes(made), {
    __mutant: (id: number) => id === on,
    __round: () => {
      rounds += 1;
      if (rounds > 100) throw new RangeError('a loop no longer ends');
    },
  });
  return JSON.stringify(result);
};

/** A mutant's result, or what it throws. */
const outcomeOf = (on: number): string => {
  try {
    return resultWith(on);
  } catch (error) {
    return String(error);
  }
};

test('with no mutant on, the source does what it did', () => {
  expect(resultWith(-1)).toBe(JSON.stringify([true, false, 12, undefined, 'b', 'none', 'some', -2]));
});

test('every mutant of the source is another program, and those that only look so are known', () => {
  const usual = resultWith(-1);
  const same = mutants.filter((_, id) => outcomeOf(id) === usual).map(({ becomes }) => becomes);
  // x is never negative here, and the first name of the list is never read.
  expect(same.toSorted()).toEqual(["''", 'true']);
  expect(new Set(mutants.map(({ mutator }) => mutator))).toEqual(
    new Set([
      ...['ArithmeticOperator', 'ArrayDeclaration', 'AssignmentOperator', 'ConditionalExpression'],
      ...['EqualityOperator', 'LogicalOperator', 'MethodExpression', 'StringLiteral', 'UnaryOperator'],
    ]),
  );
});

test('a chain of ?? and a method that every object has are changed into programs, or not at all', () => {
  const file = `const named = (a?: string, b?: string): string => a ?? b ?? (5).toString(2);`;
  const found = findMutants('src/x.ts', file);
  expect(found.map(({ becomes }) => becomes)).toEqual(['(a ?? b) && (5).toString(2)', 'a && b']);
  const made = switchMutants('src/x.ts', file, new Map(found.entries()));
  expect(() => runInNewContext(stripTypeScriptTypes(made), { __mutant: () => false })).not.toThrow();
});

test('a loop that no longer ends is stopped by its count', () => {
  const endless = mutants.findIndex(({ becomes }) => becomes === 'i -= 1');
  expect(outcomeOf(endless)).toContain('a loop no longer ends');
});

test('types, imports, keys, sentences and what errors say are left alone', () => {
  const none = findMutants(
    'src/y.ts',
    `import { text } from './a.ts';
     type Kind = 'a' | 'b';
     export const said = (n: number) => text(\`有 \${n + 1} 个\`, 'some');
     export const map = { 'a-b': 1 };
     export const stop = (): never => { throw new RangeError('no'); };`,
  );
  expect(none.map(({ mutator }) => mutator)).toEqual(['BlockStatement']);
});

test('a sample is the same under its seed, and a change elsewhere leaves it', () => {
  const keys = (from: string): string[] =>
    sampleMutants(findMutants('src/x.ts', from), 8, 1).map(({ key }) => key);
  expect(keys(source)).toHaveLength(8);
  expect(keys(`// moved by a line\n${source}`)).toEqual(keys(source));
  expect(sampleMutants(mutants, 8, 2).map(({ key }) => key)).not.toEqual(keys(source));
});

test.each(equivalentMutants)('$file: $becomes is a mutant of the source as it stands', ({ file, why }) => {
  const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  expect(findMutants(file, source).some((mutant) => whyEquivalent(mutant) === why)).toBe(true);
});
