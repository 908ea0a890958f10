import { parseArgs } from 'node:util';
import { createParallelMap } from '../src/engine/parallel-map.ts';
import { makePlan } from '../src/planning/week/make-plan.ts';
import type { PlanRequest } from '../src/contract/http/job-requests.ts';
import type { Ports } from '../src/planning/ports.ts';
import { demoWorkspace } from '../tests/support/demo-workspace.ts';

/**
 * Where does the time of a week's plan go? The demo line's week is planned twice in one process: the first time fits
 * the forecasts, the second takes them up again, as every later plan does. Of the second: wall and CPU seconds (all
 * threads) from each stage's start to the next one's. Nothing but the forecasts is taken up again: plans are not stored,
 * since a week's shifts would start from those of its plan before. Then the same of two what-ifs, each after that plan:
 * a later latest start, which needs the same operators at the same prices, and longer calls, which need others.
 *
 * node bench/plan-week.ts [threads] [days of history]
 */

const { positionals } = parseArgs({ allowPositionals: true });
if (positionals.length > 2 || !positionals.every((word) => /^[1-9]\d*$/.test(word))) {
  process.stderr.write('usage: node bench/plan-week.ts [threads] [days of history]\n');
  process.exit(2);
}
const [threads, days] = positionals.map(Number);
const workspace = await demoWorkspace(days, createParallelMap(threads));

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
  ...workspace.ports,
  program: 'bench',
  progress: (_, stage) => {
    marks.push({ stage: stage ?? '', wall: performance.now() / 1000, cpu: cpuSeconds() });
  },
};

const row = (stage: string, wall: number, cpu: number): void =>
  console.log(
    `${stage.padEnd(12)} ${wall.toFixed(2).padStart(7)} s wall ${cpu.toFixed(2).padStart(7)} s CPU`,
  );

const tell = async (title: string, request: PlanRequest): Promise<void> => {
  marks.length = 0;
  ports.progress(0, 'history');
  const { plan } = await makePlan(ports, request);
  console.log(`${title}: plan ${plan.id}, ${plan.total.requiredOperatorHours} operator-hours needed`);
  for (const [i, mark] of marks.slice(0, -1).entries()) {
    const next = marks[i + 1] ?? mark;
    row(mark.stage, next.wall - mark.wall, next.cpu - mark.cpu);
  }
  const [first, last] = [marks[0], marks.at(-1)];
  if (first !== undefined && last !== undefined) row('all', last.wall - first.wall, last.cpu - first.cpu);
};

try {
  await makePlan(workspace.ports, { seed: 1 });
  await tell('a plan', { seed: 1 });
  await tell('a later latest start', { seed: 1, latestStart: ['late=17:00'] });
  await tell('calls longer by 10 s', { seed: 1, handleTimeSeconds: 10 });
} finally {
  await workspace.close();
}
