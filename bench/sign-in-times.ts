/**
 * Does the time of a refusal tell whether an account is there?
 *   node bench/sign-in-times.ts [--tries 200] [--seed 1] [--check]
 * So many tries to sign in, and to use a code, at a real server over HTTP, in a drawn order: under a name that nobody has,
 * with a wrong password, to an account without a password yet, to a closed one. Prints the median of each and how far it
 * lies from nobody's, in standard errors of the ranks (Mann and Whitney). With --check it fails beyond three and a half,
 * or where two answers differ in a letter.
 */
import { parseArgs } from 'node:util';
import { apart, measureSignInTimes, medianOf, strangers } from '../tests/support/sign-in-times.ts';

const { values: options } = parseArgs({
  options: {
    tries: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    check: { type: 'boolean', default: false },
  },
});
const measured = await measureSignInTimes(Number(options.tries), Number(options.seed));
let furthest = 0;
for (const way of ['passwords', 'codes'] as const)
  for (const kind of strangers) {
    const times = measured[way][kind];
    const z = apart(times, measured[way].nobody);
    if (kind !== 'nobody') furthest = Math.max(furthest, Math.abs(z));
    console.log(
      `${way.padEnd(9)} ${kind.padEnd(7)} ${times.length} tries: median ${medianOf(times).toFixed(2)} ms, ${z.toFixed(1)} standard errors from nobody's`,
    );
  }
console.log(`${measured.answers.size} different answers to two kinds of request`);
if (options.check && (furthest > 3.5 || measured.answers.size > 2)) process.exitCode = 1;
