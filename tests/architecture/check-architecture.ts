import { posix } from 'node:path';
import { readModule, type ModuleFacts, type ModuleImport } from './read-module.ts';

export interface Violation {
  readonly file: string;
  readonly rule:
    | 'import'
    | 'door'
    | 'upward'
    | 'cycle'
    | 'impure'
    | 'kept-state'
    | 'node-module'
    | 'default-export'
    | 'barrel'
    | 'name'
    | 'missing-file';
  readonly detail: string;
}

/** Stages in the order in which data flows. A later one may know an earlier one's types and call its public files. */
const stages = [
  'ingest',
  'forecast',
  'queueing',
  'staffing',
  'scheduling',
  'rostering',
  'diversion',
  'monitoring',
  'intraday',
  'render',
] as const;
const ground = ['kernel', 'contract'];
/** Folders that touch no file, clock, network, environment or global chance. */
const pureFolders: readonly string[] = [...ground, 'demo', ...stages];
const withoutSideEffects: readonly string[] = [...pureFolders, 'words'];
/** Files of a stage that later stages call: what it is for. `project()` is everybody's. */
const projectFile = 'src/queueing/project.ts';
const publicFiles: Readonly<Record<string, readonly string[]>> = {
  queueing: [projectFile, 'src/queueing/staffing-run.ts', 'src/queueing/simulator/model-rates.ts'],
  staffing: ['src/staffing/require-operators.ts'],
  // Nobody is proposed for an hour that the roster's own evaluator forbids.
  rostering: ['src/rostering/evaluate/evaluate-roster.ts'],
};

/** What folders name of themselves to others: the rest is their own, by value and by type. */
const doors: Readonly<Record<string, readonly string[]>> = {
  demo: ['demo-settings', 'generate-demo', 'switchboard-day', 'switchboard-events', 'genesys-cloud'],
  queueing: [
    'project',
    'staffing-run',
    'judge-interval',
    'erlang',
    'erlang-table',
    'simulator/simulation-model',
    'simulator/simulate-model',
    'simulator/simulate-plan',
    'simulator/plan-rates',
    'simulator/model-rates',
    'queueing-problems',
  ],
  scheduling: [
    'cover-by-shifts',
    'cover-request',
    'draw-roster-attendance',
    'place-deferrable',
    'ready-operators',
    'scheduling-findings',
  ],
  rostering: [
    'roster-problem',
    'roster-model',
    'search/solve-roster',
    'search/roster-state',
    'evaluate/evaluate-roster',
    'change/standing-roster',
    'line/line-finder',
    'find-clashes',
  ],
  engine: [
    'highs-solver',
    'parallel-map',
    'packed-error',
    'file-unpacker',
    'read-settings',
    'program-edition',
    'embed-fonts',
  ],
  feeds: ['feeds', 'alarms', 'feed-state', 'feed-findings'],
  jobs: ['job-queue', 'local-jobs', 'shared-jobs', 'work-on-jobs', 'task-thread', 'overview-line'],
};

/**
 * Rooms of a folder from the ground up: a room may know those before it and the ground. Planning's use cases, which are
 * the folder's own files, may know every room but not one another; the own files of ingest are its ground.
 */
const roomsOf: Readonly<Record<string, readonly string[]>> = {
  planning: [
    'history',
    'operation',
    'forecasts',
    'band',
    'week',
    'diversion',
    'comparison',
    'league',
    'roster',
    'day',
  ],
  ingest: ['cells', 'findings', 'tables', 'columns', 'rows', 'series', 'kinds'],
};
const planningGround: readonly string[] = ['src/planning/ports.ts', 'src/planning/planning-findings.ts'];

interface Allowed {
  readonly value: readonly string[];
  readonly type: readonly string[];
}

/** Folders in front of the stages, each of which may know those before it. */
const front = ['planning', 'access', 'engine', 'store', 'feeds', 'jobs', 'http', 'cli'];

const allowedOf = (folder: string): Allowed => {
  const both = (folders: readonly string[]): Allowed => ({ value: folders, type: folders });
  const stage = stages.findIndex((name) => name === folder);
  // What is shown is said: this stage calls the words.
  if (folder === 'render')
    return { value: [...ground, 'words'], type: [...ground, 'words', ...stages.slice(0, stage)] };
  if (stage >= 0) return { value: ground, type: [...ground, ...stages.slice(0, stage)] };
  switch (folder) {
    case 'kernel':
      return both([]);
    case 'contract':
      return both(['kernel']);
    case 'demo':
      return both(ground);
    // The sentences know what there is to say: the tables of findings of whoever finds something.
    // What other programs call: the stages and, for a table of calls, its use case.
    case 'library':
      return both([...pureFolders, 'words', 'planning']);
    case 'words':
      return { value: ground, type: [...pureFolders, ...front] };
    case 'planning':
      // What is shown is worked out before it is shown.
      return both(pureFolders.filter((name) => name !== 'render'));
    case 'web':
      return both([...pureFolders, 'words']);
    case 'access':
      return both([...ground, 'planning']);
    case 'engine':
      return both([...pureFolders, 'planning']);
    case 'store':
      return both([...pureFolders, 'planning', 'access']);
    case 'feeds':
    case 'jobs':
    case 'http':
    case 'cli':
      return both([...pureFolders, 'words', ...front.slice(0, front.indexOf(folder))]);
    default:
      return both([]);
  }
};

/**
 * What breaks the map of the source (src/ as `{path: text}`, paths such as src/kernel/time.ts). Empty when all
 * is in order.
 */
export const checkArchitecture = (files: Readonly<Record<string, string>>): readonly Violation[] => {
  const modules = new Map(Object.entries(files).map(([path, source]) => [path, readModule(path, source)]));
  return [
    ...[...modules].flatMap(([path, facts]) => [
      ...checkImports(path, facts, modules),
      ...checkPurity(path, facts),
      ...checkShape(path, facts),
    ]),
    ...findCycles(modules),
  ];
};

const folderOf = (path: string): string => path.split('/')[1] ?? '';

const isTooling = (path: string): boolean => path.endsWith('.config.ts');

const resolveImport = (from: string, { specifier }: ModuleImport): string | undefined =>
  specifier.startsWith('.') ? posix.normalize(posix.join(posix.dirname(from), specifier)) : undefined;

const checkImports = (
  path: string,
  { imports }: ModuleFacts,
  modules: ReadonlyMap<string, ModuleFacts>,
): Violation[] => {
  const own = folderOf(path);
  const allowed = allowedOf(own);
  return imports.flatMap((found): Violation[] => {
    const target = resolveImport(path, found);
    if (target === undefined || isTooling(path)) return [];
    const isSource = /\.tsx?$/.test(target) && target.startsWith('src/');
    if (isSource && !modules.has(target)) return [{ file: path, rule: 'missing-file', detail: target }];
    const folder = folderOf(target);
    const kind = found.kind === 'type' ? 'type' : 'value';
    const fits = folder === own || allowed[kind].includes(folder) || isPublic(own, target);
    if (!fits || !target.startsWith('src/'))
      return [{ file: path, rule: 'import', detail: `${found.kind} ${target}` }];
    const door = folder === own ? undefined : doors[folder];
    const named = target.replace(/^src\/[^/]+\//, '').replace(/\.tsx?$/, '');
    if (door?.includes(named) === false) return [{ file: path, rule: 'door', detail: target }];
    return runsUp(path, target) ? [{ file: path, rule: 'upward', detail: target }] : [];
  });
};

/** A later stage calling what an earlier one is for. */
const isPublic = (own: string, target: string): boolean => {
  const [from, to] = [own, folderOf(target)].map((folder) => stages.findIndex((name) => name === folder));
  if (target === projectFile) return pureFolders.includes(own) && !ground.includes(own);
  return (from ?? -1) > (to ?? -1) && (publicFiles[folderOf(target)]?.includes(target) ?? false);
};

/** How high a file stands in its folder: the ground, the rooms in order, use cases; below all where the room has no floor. */
const floorOf = (path: string): number => {
  const [, folder = '', room = '', file] = path.split('/');
  const rooms = roomsOf[folder] ?? [];
  if (file === undefined) return folder === 'planning' && !planningGround.includes(path) ? rooms.length : -1;
  const floor = rooms.indexOf(room);
  return floor < 0 ? -2 : floor;
};

/** An arrow within a folder of rooms, by value or by type, that does not run down; rooms know their own files. */
const runsUp = (path: string, target: string): boolean => {
  const rooms = roomsOf[folderOf(path)];
  if (rooms === undefined || folderOf(target) !== folderOf(path)) return false;
  const [from, to] = [floorOf(path), floorOf(target)];
  return from < to || (from === to && from === rooms.length);
};

/** What a thread keeps of the roster that it works on, by the roster's number. */
const keptByThreads: readonly string[] = [
  'src/rostering/columns/price-lines.ts',
  'src/rostering/search/roster-search.ts',
];
const checkPurity = (path: string, { imports, impureUses, keptState }: ModuleFacts): Violation[] => {
  const folder = folderOf(path);
  const mayKeep = !pureFolders.includes(folder) || keptByThreads.includes(path);
  const pure = withoutSideEffects.includes(folder);
  const inBrowser = folder === 'web' && !isTooling(path);
  return [
    ...(pure ? impureUses.map((detail): Violation => ({ file: path, rule: 'impure', detail })) : []),
    ...(mayKeep ? [] : keptState.map((detail): Violation => ({ file: path, rule: 'kept-state', detail }))),
    ...(pure || inBrowser
      ? imports
          .filter(({ specifier }) => specifier.startsWith('node:'))
          .map(({ specifier }): Violation => ({ file: path, rule: 'node-module', detail: specifier }))
      : []),
  ];
};

const forbiddenWords = new Set(['util', 'utils', 'common', 'helper', 'helpers', 'manager', 'misc']);

const checkShape = (path: string, facts: ModuleFacts): Violation[] => {
  const found: Violation[] = [];
  const words = path.replace(/\.tsx?$/, '').split(/[/\-.]/);
  for (const word of words)
    if (forbiddenWords.has(word)) found.push({ file: path, rule: 'name', detail: word });
  if (/(^|\/)index\.tsx?$/.test(path) || facts.onlyReexports)
    found.push({ file: path, rule: 'barrel', detail: 'hands on other modules' });
  if (facts.hasDefaultExport && !isTooling(path))
    found.push({ file: path, rule: 'default-export', detail: 'export default' });
  return found;
};

/** Circles of imports, those of types alone included. Each is told once, from its first file by name. */
const findCycles = (modules: ReadonlyMap<string, ModuleFacts>): Violation[] => {
  const state = new Map<string, 'open' | 'done'>();
  const trail: string[] = [];
  const found = new Map<string, Violation>();
  const visit = (path: string): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      const cycle = trail.slice(trail.indexOf(path));
      const first = cycle.toSorted()[0] ?? path;
      const detail = [...cycle, path].join(' → ');
      found.set(cycle.toSorted().join(' '), { file: first, rule: 'cycle', detail });
      return;
    }
    state.set(path, 'open');
    trail.push(path);
    for (const next of modules.get(path)?.imports ?? []) {
      // What is loaded later may lead back to who loads it: a page opens another.
      const target = next.kind === 'dynamic' ? undefined : resolveImport(path, next);
      if (target !== undefined && modules.has(target)) visit(target);
    }
    trail.pop();
    state.set(path, 'done');
  };
  for (const path of [...modules.keys()].sort()) visit(path);
  return [...found.values()];
};
