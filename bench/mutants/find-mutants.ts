import { createHash } from 'node:crypto';
import { parseSync } from 'vite';
import { changesAt } from './mutators.ts';
import { child, type SyntaxNode, walkSyntax } from './walk-syntax.ts';

/** One possible defect: in `file` the source [start, end) reads `becomes`; its whole expression is switched. */
export interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly mutator: string;
  /** What is switched as one: the expression itself, or the whole chain of `?.` around it. */
  readonly start: number;
  readonly end: number;
  readonly original: string;
  readonly becomes: string;
  /** Stays the same while other places of the file change: file, mutator, line's text, how many-eth there. */
  readonly key: string;
}

/** Types, imports and sentences are no behaviour: a sentence is held by the tests of words. */
const isPassedOver = (node: SyntaxNode): boolean => {
  if (/^(TS(?!AsExpression|NonNull|Satisfies)|Import|Export(Named|All)Declaration$)/.test(node.type))
    return child(node, 'declaration') === undefined;
  const callee = child(node, 'callee');
  const name = typeof callee?.['name'] === 'string' ? callee['name'] : '';
  return name === 'text' || (node.type === 'NewExpression' && name.endsWith('Error'));
};

/** An expression inside `a?.b.c` must be switched with the whole chain, or the chain no longer ends early. */
const switchedWith = (node: SyntaxNode, parents: readonly SyntaxNode[]): SyntaxNode => {
  let whole = node;
  for (const parent of parents.toReversed()) {
    if (parent.type === 'ChainExpression') return parent;
    const isLink = child(parent, 'object') === whole || child(parent, 'callee') === whole;
    if (!isLink && parent.type !== 'TSNonNullExpression') return node;
    whole = parent;
  }
  return node;
};

/** Every mutant of one file, in the order of the source. */
export const findMutants = (file: string, source: string): Mutant[] => {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new SyntaxError(`${file}: ${errors[0]?.message}`);
  const mutants: Mutant[] = [];
  const seen = new Map<string, number>();
  walkSyntax(program as unknown as SyntaxNode, [], (node, parents) => {
    if (isPassedOver(node)) return false;
    for (const change of changesAt(source, node, parents)) {
      const whole = switchedWith(node, parents);
      const line = source.slice(0, change.start).split('\n').length;
      const place = [file, change.mutator, source.split('\n')[line - 1]?.trim(), change.becomes].join('\0');
      const nth = (seen.get(place) ?? 0) + 1;
      seen.set(place, nth);
      mutants.push({
        file,
        line,
        mutator: change.mutator,
        start: whole.start,
        end: whole.end,
        original: source.slice(whole.start, whole.end),
        becomes:
          source.slice(whole.start, change.start) + change.becomes + source.slice(change.end, whole.end),
        key: `${place}\0${nth}`,
      });
    }
    return true;
  });
  return mutants;
};

/**
 * A random sample under a seed, sorted by place. Which mutants it takes depends on each one's own text alone,
 * so that a change elsewhere leaves the rest of the sample as it was.
 */
export const sampleMutants = (mutants: readonly Mutant[], size: number, seed: number): Mutant[] => {
  const rank = ({ key }: Mutant): string => createHash('sha256').update(`${seed}\0${key}`).digest('hex');
  return mutants
    .map((mutant) => ({ mutant, rank: rank(mutant) }))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, size)
    .map(({ mutant }) => mutant)
    .toSorted((a, b) => (a.file === b.file ? a.start - b.start : a.file < b.file ? -1 : 1));
};
