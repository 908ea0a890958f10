/**
 * How many small defects do a stage's tests find? Changes one place of the stage at a time, as Stryker does, in
 * a random sample, and runs the tests that pass through it.
 *
 *   node bench/mutants.ts [--stage staffing] [--sample 60] [--seed 1] [--at src/staffing/x.ts:12] [--tests tests/staffing/x.test.ts]
 *
 * All seven stages where none is named; `--at` tries every mutant of a file or of one of its lines, `--tests`
 * on these tests instead of the stage's. Those known to be
 * the same program (mutants/equivalent-mutants.ts) are not tried and count as not killed. Exit code 1 where fewer
 * than 85 % of a stage's are killed.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { whyEquivalent } from './mutants/equivalent-mutants.ts';
import { findMutants, sampleMutants, type Mutant } from './mutants/find-mutants.ts';
import { tryMutants, type Trial } from './mutants/try-mutants.ts';

const inPlanning = (name: string): string => `tests/planning/${name}.test.ts`;

/** Where the tests of each stage lie: its own folder, and suites that stand over one stage alone. */
const testsOf: Readonly<Record<string, readonly string[]>> = {
  ingest: [
    'tests/ingest',
    ...['property/ingest', 'property/ingest-shapes', 'engine/read-workbook'].map(
      (name) => `tests/${name}.test.ts`,
    ),
  ],
  forecast: ['tests/forecast', 'tests/conformance/forecast-methods.test.ts'],
  queueing: ['tests/queueing', 'tests/simulator', 'tests/intraday/call-backs.test.ts'],
  staffing: [
    'tests/staffing',
    ...['explain-requirement', 'mix-of-model', 'recommended-mix', 'staff-for-band'].map(inPlanning),
  ],
  scheduling: ['tests/scheduling'],
  diversion: [
    'tests/diversion',
    ...['apply-scenario', 'divert-sensitivities'].map(inPlanning),
    'tests/web/scenario-on-a-plan.test.ts',
  ],
  monitoring: ['tests/monitoring'],
};
const leastKilled = 0.85;

const { values } = parseArgs({
  options: {
    stage: { type: 'string', default: Object.keys(testsOf).join(',') },
    sample: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    at: { type: 'string', multiple: true },
    tests: { type: 'string', multiple: true },
  },
});
const root = join(import.meta.dirname, '..');
const { at } = values;

const chosenOf = (stage: string): Mutant[] => {
  const all = globSync(`src/${stage}/**/*.ts`, { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
    .flatMap((file) => findMutants(file, readFileSync(join(root, file), 'utf8')));
  if (at === undefined) return sampleMutants(all, Number(values.sample), Number(values.seed));
  return all.filter(({ file, line }) => at.includes(file) || at.includes(`${file}:${line}`));
};

const brief = (source: string): string => source.replace(/\s+/g, ' ').slice(0, 160);
const change = ({ original, becomes }: Mutant): string =>
  `    - ${brief(original)}\n    + ${brief(becomes)}\n`;
const told = ({ mutant, fate, tests }: Trial): string =>
  `${fate}  ${mutant.file}:${mutant.line}  ${mutant.mutator}  (${tests} tests)\n${change(mutant)}`;
const same = (mutant: Mutant): string =>
  `the same program  ${mutant.file}:${mutant.line}  ${whyEquivalent(mutant)}\n${change(mutant)}`;

process.env['HUAWU_MUTANT_SEED'] = values.seed;
let allReached = true;
for (const stage of values.stage.split(',')) {
  const folders = testsOf[stage];
  if (folders === undefined) throw new Error(`no stage ${stage}: ${Object.keys(testsOf).join(', ')}`);
  const mutants = chosenOf(stage);
  const [equivalent, tried] = [true, false].map((is) =>
    mutants.filter((mutant) => (whyEquivalent(mutant) !== undefined) === is),
  ) as [Mutant[], Mutant[]];
  for (const mutant of equivalent) process.stdout.write(same(mutant));
  const began = performance.now();
  const trials = await tryMutants(values.tests ?? folders, tried, (trial) => {
    if (trial.fate !== 'killed') process.stdout.write(told(trial));
  });
  // One that does not end is told beside those that survive: a slow machine may be all there is to it.
  const killed = trials.filter(({ fate }) => fate === 'killed' || fate === 'timed out').length;
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  process.stdout.write(
    `${stage}: ${killed} of ${mutants.length} killed, ${((100 * killed) / mutants.length).toFixed(1)} %; ${equivalent.length} are the same program; in ${seconds} s\n\n`,
  );
  allReached &&= killed >= leastKilled * mutants.length;
}
process.exit(allReached ? 0 : 1);
