import { parseSync } from 'vite';
import type { Mutant } from './find-mutants.ts';
import { child, type SyntaxNode, walkSyntax } from './walk-syntax.ts';

interface Wrapping {
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly after: string;
}

const switchOf = (mutant: Mutant, id: number): Wrapping =>
  mutant.mutator === 'BlockStatement'
    ? { start: mutant.start + 1, end: mutant.end - 1, before: `if(!__mutant(${id})){`, after: '}' }
    : {
        start: mutant.start,
        end: mutant.end,
        before: `(__mutant(${id})?(${mutant.becomes}):(`,
        after: '))',
      };

/** A loop counts its rounds, so that one which no longer ends is stopped by a count and not by a clock. */
const countingLoops = (program: SyntaxNode): Wrapping[] => {
  const wrappings: Wrapping[] = [];
  walkSyntax(program, [], (node) => {
    const body = /^(For|While|DoWhile)/.test(node.type) ? child(node, 'body') : undefined;
    if (body?.type === 'BlockStatement')
      wrappings.push({ start: body.start + 1, end: body.end - 1, before: '__round();', after: '' });
    else if (body !== undefined)
      wrappings.push({ start: body.start, end: body.end, before: '{__round();', after: '}' });
    return true;
  });
  return wrappings;
};

const wrap = (source: string, wrappings: readonly Wrapping[]): string => {
  const outerFirst = wrappings.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const open: Wrapping[] = [];
  let made = '';
  let at = 0;
  const closeUntil = (until: number): void => {
    for (let last = open.at(-1); last !== undefined && last.end <= until; last = open.at(-1)) {
      made += source.slice(at, last.end) + last.after;
      at = last.end;
      open.pop();
    }
  };
  for (const wrapping of outerFirst) {
    closeUntil(wrapping.start);
    made += source.slice(at, wrapping.start) + wrapping.before;
    at = wrapping.start;
    open.push(wrapping);
  }
  closeUntil(Number.POSITIVE_INFINITY);
  return made + source.slice(at);
};

/**
 * A file with mutants compiled in, each behind a switch: `__mutant(id)` says whether that one is on. So one
 * process tries many without reading or writing a file. `ids` are the numbers under which the switch knows them.
 */
export const switchMutants = (file: string, source: string, mutants: ReadonlyMap<number, Mutant>): string => {
  const program = parseSync(file, source).program as unknown as SyntaxNode;
  return wrap(source, [
    ...countingLoops(program),
    ...[...mutants].map(([id, mutant]) => switchOf(mutant, id)),
  ]);
};
