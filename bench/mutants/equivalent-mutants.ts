import type { Mutant } from './find-mutants.ts';

/** A mutant that no test can find, since the program still does the same, and why. */
interface Equivalent {
  readonly file: string;
  /** The line of the source, without its indentation. */
  readonly line: string;
  readonly becomes: string;
  readonly why: string;
}

/** Survivors that were looked at and found to be the same program: they are not tried, and count as not killed. */
export const equivalentMutants: readonly Equivalent[] = [
  {
    file: 'src/staffing/staffing-request.ts',
    line: 'if (!(usual > 0) || !(operators > 0)) return operators;',
    becomes: '!(usual > 0) && !(operators > 0)',
    why: 'saves draws only: with no chance of being away all turn up, and of nobody nobody does',
  },
  {
    file: 'src/staffing/staffing-request.ts',
    line: 'if (found?.block === block && found.chance === chance) return found;',
    becomes: 'false',
    why: 'saves draws only: a duty drawn again has the same stream of its own, from its beginning',
  },
  {
    file: 'src/staffing/search-mix.ts',
    line: 'for (let k = 0; k < targets.tierConnection.length; k += 1)',
    becomes: 'k <= targets.tierConnection.length',
    why: 'beyond the last tier there is no target, and what has none is passed over',
  },
  {
    file: 'src/ingest/series/series-csv.ts',
    line: 'if (match === null || (zoned && match[7] !== undefined)) return undefined;',
    becomes: 'true',
    why: 'saves time only: the reader of all other forms finds the same time',
  },
  {
    file: 'src/scheduling/solve-cover.ts',
    line: 'Map.groupBy(tours, ({ type, start }) => type * problem.slots + start);',
    becomes: 'type / problem.slots',
    why: 'a type over the slots is a fraction: types and starts are still told apart',
  },
  {
    file: 'src/queueing/tier-state.ts',
    line: 'sum += (loadMoved[r] ?? 0) * (viewPart[q * loadMoved.length + r] ?? 0);',
    becomes: 'sum -= (loadMoved[r] ?? 0) * (viewPart[q * loadMoved.length + r] ?? 0)',
    why: 'how far, not whither: the sum is taken without its sign',
  },
  {
    file: 'src/queueing/judge-interval.ts',
    line: 'for (let k = 0; k < mean.state.operators.length; k += 1)',
    becomes: 'k <= mean.state.operators.length',
    why: 'beyond the last tier the array of rates has no place, and takes nothing',
  },
];

/** Why a mutant is the same program; undefined where nobody said so. */
export const whyEquivalent = ({ key }: Mutant): string | undefined =>
  equivalentMutants.find(({ file, line, becomes }) => {
    const [ownFile, , ownLine, ownBecomes] = key.split('\0');
    return file === ownFile && line === ownLine && becomes === ownBecomes;
  })?.why;
