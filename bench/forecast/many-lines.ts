/**
 * How long do 344 lines of five queues take, two years of half-hours each (35,040 points), on the threads of
 * this machine, and does memory stay flat?
 *   node bench/forecast/many-lines.ts [--lines 12] [--threads 2]
 * A bounded number of lines is forecast for a week with 200 paths; the time of 344 follows by proportion.
 */
import { parseArgs } from 'node:util';
import { createParallelMap } from '../../src/engine/parallel-map.ts';
import type { LineAnswer, LineTask } from './many-lines-task.ts';

const { values: options } = parseArgs({
  options: { lines: { type: 'string', default: '12' }, threads: { type: 'string', default: '2' } },
});
const count = Number(options.lines);
const parallel = createParallelMap(Number(options.threads));
const task = { module: new URL('./many-lines-task.ts', import.meta.url).href, name: 'forecastLine' };
const tasks: LineTask[] = Array.from({ length: count }, (_, seed) => ({
  seed,
  queues: 5,
  days: 730,
  horizonDays: 7,
}));
const usage = process.cpuUsage();
const started = performance.now();
const answers = await parallel<LineAnswer>(task, tasks);
const seconds = (performance.now() - started) / 1000;
const used = process.cpuUsage(usage);
await parallel.close();
const memory = answers.map((a) => (a.residentBytes / 2 ** 20).toFixed(0));
console.log(`${count} lines on ${options.threads} threads: ${seconds.toFixed(1)} s,`);
console.log(`CPU ${((used.user + used.system) / 1e6 / (5 * count)).toFixed(2)} s per queue`);
const busy = (used.user + used.system) / 1e6 / Number(options.threads);
const inMinutes = (part: number): string => ((part * 344) / count / 60).toFixed(1);
console.log(`344 lines in proportion: ${inMinutes(seconds)} minutes by the clock,`);
console.log(`${inMinutes(busy)} minutes by CPU time where every thread has a core to itself`);
console.log(`resident MB line by line: ${memory.join(' ')}`);
