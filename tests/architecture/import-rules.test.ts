import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkArchitecture, type Violation } from './check-architecture.ts';

const root = new URL('../../', import.meta.url).pathname;
const sources = Object.fromEntries(
  globSync('src/**/*.{ts,tsx}', { cwd: root }).map((path) => [
    path.replaceAll('\\', '/'),
    readFileSync(`${root}${path}`, 'utf8'),
  ]),
);

const rulesOf = (files: Record<string, string>): string[] =>
  checkArchitecture(files).map((v: Violation) => `${v.rule} ${v.file}`);

describe('the import rules', () => {
  test('hold in the source', () => {
    expect(Object.keys(sources).length).toBeGreaterThan(100);
    expect(checkArchitecture(sources)).toEqual([]);
  });
});

/** A small source that is in order: every planted fault below starts from it. */
const sound = {
  'src/kernel/time.ts': `export const zone = 'UTC'; export interface Day { date: string }`,
  'src/contract/plan.ts': `import { zone } from '../kernel/time.ts'; export const plan = zone;`,
  'src/ingest/read.ts': `export interface Row { calls: number } export const read = 1;`,
  'src/queueing/project.ts': `import type { Row } from '../ingest/read.ts'; export const project = (row: Row) => row;`,
  'src/queueing/erlang.ts': `export const erlang = 1;`,
  'src/staffing/required.ts': `import { project } from '../queueing/project.ts'; export const required = project;`,
  'src/planning/plan-week.ts': `import { required } from '../staffing/required.ts'; export const planWeek = required;`,
  'src/store/open.ts': `import { planWeek } from '../planning/plan-week.ts'; import fs from 'node:fs'; export const open = [planWeek, fs, Date.now()];`,
  'src/web/page.tsx': `import { erlang } from '../queueing/erlang.ts'; export const Page = () => <p>{erlang}</p>;`,
};

describe('a planted fault is found', () => {
  test('none in the sound source', () => {
    expect(rulesOf(sound)).toEqual([]);
  });

  test('none in a table that is only read', () => {
    const table = `const words: ReadonlySet<string> = new Set(['a']); const none: readonly string[] = [];`;
    expect(
      rulesOf({ ...sound, 'src/kernel/words.ts': `${table} export const found = [words, none];` }),
    ).toEqual([]);
  });

  const planted: readonly (readonly [string, Record<string, string>, string])[] = [
    [
      'kernel importing ours',
      { 'src/kernel/bad.ts': `import { plan } from '../contract/plan.ts'; export const bad = plan;` },
      'import src/kernel/bad.ts',
    ],
    [
      'kernel importing a type of ours',
      { 'src/kernel/bad.ts': `import type { Row } from '../ingest/read.ts'; export type Bad = Row;` },
      'import src/kernel/bad.ts',
    ],
    [
      'a stage calling an earlier one',
      { 'src/staffing/bad.ts': `import { read } from '../ingest/read.ts'; export const bad = read;` },
      'import src/staffing/bad.ts',
    ],
    [
      'a stage calling an earlier one among types',
      {
        'src/staffing/bad.ts': `import { type Row, read } from '../ingest/read.ts'; export const bad: Row[] = [read];`,
      },
      'import src/staffing/bad.ts',
    ],
    [
      'a stage handing on an earlier one',
      { 'src/staffing/bad.ts': `export { read } from '../ingest/read.ts'; export const more = 1;` },
      'import src/staffing/bad.ts',
    ],
    [
      'a stage loading an earlier one later',
      { 'src/staffing/bad.ts': `export const bad = () => import('../ingest/read.ts');` },
      'import src/staffing/bad.ts',
    ],
    [
      'an earlier stage knowing a later one',
      {
        'src/ingest/bad.ts': `import type { required } from '../staffing/required.ts'; export type Bad = typeof required;`,
      },
      'import src/ingest/bad.ts',
    ],
    [
      'another file of queueing called by value',
      { 'src/staffing/bad.ts': `import { erlang } from '../queueing/erlang.ts'; export const bad = erlang;` },
      'import src/staffing/bad.ts',
    ],
    [
      'a file of a folder reached past its door',
      {
        'src/jobs/claim.ts': `export const claim = 1;`,
        'src/cli/bad.ts': `import { claim } from '../jobs/claim.ts'; export const bad = claim;`,
      },
      'door src/cli/bad.ts',
    ],
    [
      'a type of a folder reached past its door',
      {
        'src/rostering/search/tabu.ts': `export interface Tabu { moves: number }`,
        'src/planning/bad.ts': `import type { Tabu } from '../rostering/search/tabu.ts'; export type Bad = Tabu;`,
      },
      'door src/planning/bad.ts',
    ],
    [
      'planning reckoning by what is shown',
      {
        'src/render/shown.ts': `export const shown = 1;`,
        'src/planning/bad.ts': `import { shown } from '../render/shown.ts'; export const bad = shown;`,
      },
      'import src/planning/bad.ts',
    ],
    [
      'contract calling project',
      {
        'src/contract/bad.ts': `import { project } from '../queueing/project.ts'; export const bad = project;`,
      },
      'import src/contract/bad.ts',
    ],
    [
      'planning opening the store',
      { 'src/planning/bad.ts': `import { open } from '../store/open.ts'; export const bad = open;` },
      'import src/planning/bad.ts',
    ],
    [
      'the page reaching planning',
      {
        'src/web/bad.tsx': `import { planWeek } from '../planning/plan-week.ts'; export const bad = planWeek;`,
      },
      'import src/web/bad.tsx',
    ],
    [
      'source importing a test',
      { 'src/store/bad.ts': `import { made } from '../../tests/made.ts'; export const bad = made;` },
      'import src/store/bad.ts',
    ],
    [
      'a file in a folder without rules',
      { 'src/misplaced/x.ts': `import { zone } from '../kernel/time.ts'; export const x = zone;` },
      'import src/misplaced/x.ts',
    ],
    [
      'an import of a file that is not there',
      { 'src/kernel/bad.ts': `import { a } from './gone.ts'; export const bad = a;` },
      'missing-file src/kernel/bad.ts',
    ],
    [
      'a stage calling a later one’s public file',
      {
        'src/staffing/require-operators.ts': `export const requireOperators = 1;`,
        'src/queueing/bad.ts': `import { requireOperators } from '../staffing/require-operators.ts'; export const bad = requireOperators;`,
      },
      'import src/queueing/bad.ts',
    ],
    [
      'a room of planning taking from one above it',
      {
        'src/planning/week/make-plan.ts': `export const makePlan = 1;`,
        'src/planning/operation/bad.ts': `import { makePlan } from '../week/make-plan.ts'; export const bad = makePlan;`,
      },
      'upward src/planning/operation/bad.ts',
    ],
    [
      'a room of planning knowing a type of one above it',
      {
        'src/planning/week/make-plan.ts': `export interface Plan { id: string }`,
        'src/planning/history/bad.ts': `import type { Plan } from '../week/make-plan.ts'; export type Bad = Plan;`,
      },
      'upward src/planning/history/bad.ts',
    ],
    [
      'a room of planning knowing a use case',
      {
        'src/planning/league/bad.ts': `import { planWeek } from '../plan-week.ts'; export const bad = planWeek;`,
      },
      'upward src/planning/league/bad.ts',
    ],
    [
      'a use case calling another',
      {
        'src/planning/compare-week.ts': `import { planWeek } from './plan-week.ts'; export const compareWeek = planWeek;`,
      },
      'upward src/planning/compare-week.ts',
    ],
    [
      'a use case that planning’s ground knows',
      {
        'src/planning/ports.ts': `import type { planWeek } from './plan-week.ts'; export type Ports = typeof planWeek;`,
      },
      'upward src/planning/ports.ts',
    ],
    [
      'a room of planning that has no floor',
      {
        'src/planning/history/read.ts': `export const read = 1;`,
        'src/planning/attic/bad.ts': `import { read } from '../history/read.ts'; export const bad = read;`,
      },
      'upward src/planning/attic/bad.ts',
    ],
    [
      'a room of ingest taking from one above it',
      {
        'src/ingest/rows/read-row.ts': `export const readRow = 1;`,
        'src/ingest/tables/bad.ts': `import { readRow } from '../rows/read-row.ts'; export const bad = readRow;`,
      },
      'upward src/ingest/tables/bad.ts',
    ],
    [
      'the ground of ingest knowing a room',
      {
        'src/ingest/columns/fields.ts': `export interface Field { name: string }`,
        'src/ingest/ingested.ts': `import type { Field } from './columns/fields.ts'; export type Bad = Field;`,
      },
      'upward src/ingest/ingested.ts',
    ],
    [
      'a stage keeping a variable',
      { 'src/staffing/bad.ts': `let last = 0; export const bad = () => (last += 1);` },
      'kept-state src/staffing/bad.ts',
    ],
    [
      'a stage keeping an array to write to',
      { 'src/queueing/bad.ts': `const scratch = new Float64Array(8); export const bad = () => scratch;` },
      'kept-state src/queueing/bad.ts',
    ],
    [
      'a stage keeping a map in an object',
      { 'src/render/bad.ts': `export const kept = { known: new Map() };` },
      'kept-state src/render/bad.ts',
    ],
    [
      'a circle of types',
      {
        'src/kernel/a.ts': `import type { B } from './b.ts'; export interface A { b: B }`,
        'src/kernel/b.ts': `import type { A } from './a.ts'; export interface B { a: A }`,
      },
      'cycle src/kernel/a.ts',
    ],
    [
      'a cycle',
      {
        'src/kernel/a.ts': `import { b } from './b.ts'; export const a = b;`,
        'src/kernel/b.ts': `import { c } from './c.ts'; export const b = c;`,
        'src/kernel/c.ts': `import { a } from './a.ts'; export const c = a;`,
      },
      'cycle src/kernel/a.ts',
    ],
    [
      'the clock in a pure folder',
      { 'src/kernel/bad.ts': `export const bad = () => Date.now();` },
      'impure src/kernel/bad.ts',
    ],
    [
      'the date of today in a pure folder',
      { 'src/render/bad.ts': `export const bad = () => new Date();` },
      'impure src/render/bad.ts',
    ],
    [
      'chance in a pure folder',
      { 'src/demo/bad.ts': `export const bad = () => Math.random();` },
      'impure src/demo/bad.ts',
    ],
    [
      'chance by another spelling',
      { 'src/demo/bad.ts': `export const bad = Math['random'];` },
      'impure src/demo/bad.ts',
    ],
    [
      'the environment in a pure folder',
      { 'src/contract/bad.ts': `export const bad = process.env.HOME;` },
      'impure src/contract/bad.ts',
    ],
    [
      'files in a pure folder',
      { 'src/ingest/bad.ts': `import { readFileSync } from 'node:fs'; export const bad = readFileSync;` },
      'node-module src/ingest/bad.ts',
    ],
    [
      'files on the page',
      { 'src/web/bad.ts': `import { readFileSync } from 'node:fs'; export const bad = readFileSync;` },
      'node-module src/web/bad.ts',
    ],
    [
      'a default export',
      { 'src/kernel/bad.ts': `const bad = 1; export default bad;` },
      'default-export src/kernel/bad.ts',
    ],
    [
      'a default export by name',
      { 'src/kernel/bad.ts': `const bad = 1; export { bad as default };` },
      'default-export src/kernel/bad.ts',
    ],
    ['a barrel', { 'src/kernel/all.ts': `export * from './time.ts';` }, 'barrel src/kernel/all.ts'],
    ['an index file', { 'src/kernel/index.ts': `export const a = 1;` }, 'barrel src/kernel/index.ts'],
    [
      'a drawer for everything',
      { 'src/kernel/time-utils.ts': `export const a = 1;` },
      'name src/kernel/time-utils.ts',
    ],
  ];
  test.each(planted)('%s', (_, fault, expected) => {
    expect(rulesOf({ ...sound, ...fault })).toEqual([expected]);
  });

  test('words in comments and strings are no fault', () => {
    const harmless = `// import { x } from '../store/open.ts'; Math.random()\nexport const said = "Date.now() from '../store/open.ts'";`;
    expect(rulesOf({ ...sound, 'src/kernel/fine.ts': harmless })).toEqual([]);
  });

  test('what an earlier stage is for, and rooms below, are no fault', () => {
    const files = {
      'src/staffing/require-operators.ts': `export const requireOperators = 1;`,
      'src/monitoring/fine.ts': `import { requireOperators } from '../staffing/require-operators.ts'; export const fine = requireOperators;`,
      'src/planning/history/read.ts': `export const read = 1;`,
      'src/planning/week/fine.ts': `import { read } from '../history/read.ts'; export const fine = read;`,
      'src/planning/rank.ts': `import { fine } from './week/fine.ts'; export const rank = fine;`,
    };
    expect(rulesOf({ ...sound, ...files })).toEqual([]);
  });

  test('types of an earlier stage and of the store’s clock are no fault where allowed', () => {
    const files = {
      'src/staffing/fine.ts': `import type { Row } from '../ingest/read.ts'; import { type Row as R } from '../ingest/read.ts'; export type Fine = Row | R;`,
      'src/kernel/fine.ts': `export const fine = new Date(0).toISOString();`,
    };
    expect(rulesOf({ ...sound, ...files })).toEqual([]);
  });
});

describe('families', () => {
  /** The files of a family's members, and the one that names each of them. */
  const families = [
    { members: /^src\/cli\/commands\//, registry: 'src/cli/run-cli.ts' },
    { members: /^src\/rostering\/rules\/.*-rules\.ts$/, registry: 'src/rostering/rules/rule-units.ts' },
    { members: /^src\/diversion\/levers\/.*-levers?\.ts$/, registry: 'src/planning/compare-levers.ts' },
    {
      members: /^src\/forecast\/methods\/(?!forecast-method)/,
      registry: 'src/forecast/forecast-queues.ts',
    },
    { members: /^src\/web\/.*-page\.tsx$/, registry: 'src/web/main.tsx' },
  ];

  test.each(families)('each member is a file that $registry names', ({ members, registry }) => {
    const files = Object.keys(sources).filter((file) => members.test(file));
    expect(files.length).toBeGreaterThan(3);
    const named = sources[registry] ?? '';
    expect(files.filter((file) => !named.includes(`/${file.split('/').at(-1)}'`))).toEqual([]);
  });
});
