import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { lastWords } from './last-words.ts';

/** How much the process may use, counted from its start. */
export interface WatchdogData {
  readonly cpuMillis: number;
  readonly memoryBytes: number;
}

const { cpuMillis, memoryBytes } = workerData as WatchdogData;

const end = (why: string): void => {
  writeSync(2, `${why}\n`);
  process.kill(process.pid, 'SIGKILL');
};

// The thread that reads cannot look at the clock; neither V8's own limit nor a thread's counts what lies outside the heap.
setInterval(() => {
  const { user, system } = process.cpuUsage();
  if ((user + system) / 1000 > cpuMillis) end(lastWords.time);
  else if (process.memoryUsage.rss() > memoryBytes) end(lastWords.memory);
}, 20);
