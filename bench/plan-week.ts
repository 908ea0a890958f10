import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHighsSolver } from '../src/engine/highs-solver.ts';
import { createParallelMap } from '../src/engine/parallel-map.ts';
import { makeDemo } from '../src/planning/make-demo.ts';
import { planWeek } from '../src/planning/plan-week.ts';
import type { Ports } from '../src/planning/ports.ts';
import { createWorkspace } from '../src/store/create-workspace.ts';

/**
 * Where does the time of a week's plan go? The demo line's week is planned twice in one process: the first time fits
 * the forecasts, the second takes them up again, as every later plan does. Of the second: wall and CPU seconds (all
 * threads) from each stage's start to the next one's. Nothing but the forecasts is taken up again.
 *
 * node bench/plan-week.ts [threads] [days of history]
 */

const [threads, days] = [process.argv[2], process.argv[3]].map((word) =>
  word === undefined ? undefined : Number(word),
);
const root = join(import.meta.dirname, '..');
const folder = await mkdtemp(join(tmpdir(), 'huawu-plan-'));
const workspace = await createWorkspace(join(folder, 'line'), { modelsFrom: join(root, 'models') });
const settings = JSON.parse(await readFile(join(root, 'data/demo.json'), 'utf8')) as object;
await makeDemo(workspace.store, days === undefined ? settings : { ...settings, days });
const solver = createHighsSolver();
const parallel = createParallelMap(threads);

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
interface Mark {
  readonly stage: string;
  readonly wall: number;
  readonly cpu: number;
}
const marks: Mark[] = [];
const ports: Ports = {
  store: workspace.store,
  models: workspace.models,
  solver,
  parallel,
  nowMillis: Date.UTC(2026, 10, 23),
  progress: (_, stage) => {
    marks.push({ stage: stage ?? '', wall: performance.now() / 1000, cpu: cpuSeconds() });
  },
  shouldStop: () => false,
  saveHotline: () => Promise.resolve(),
};

try {
  await planWeek(ports, { seed: 1 });
  marks.length = 0;
  ports.progress(0, 'history');
  const plan = await planWeek(ports, { seed: 1 });
  const last = marks.at(-1);
  const first = marks[0];
  const row = (stage: string, wall: number, cpu: number): void =>
    console.log(
      `${stage.padEnd(12)} ${wall.toFixed(2).padStart(7)} s wall ${cpu.toFixed(2).padStart(7)} s CPU`,
    );
  for (const [i, mark] of marks.slice(0, -1).entries()) {
    const next = marks[i + 1] ?? mark;
    row(mark.stage, next.wall - mark.wall, next.cpu - mark.cpu);
  }
  if (first !== undefined && last !== undefined) row('all', last.wall - first.wall, last.cpu - first.cpu);
  console.log(`plan ${plan.id}: ${plan.total.requiredOperatorHours} operator-hours needed`);
} finally {
  await solver.close();
  await parallel.close();
  await workspace.close();
  await rm(folder, { recursive: true, force: true });
}
