/**
 * Takes away what a PostgreSQL server of the tests leaves when the process that started it is gone, by whatever means:
 * node sweep-server.ts FOLDER. Each line of its input is the number of the process that writes to the folder now, or
 * empty where there is none; the input's end is the end of whoever wrote it.
 */
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

const [folder = ''] = process.argv.slice(2);
let writing = 0;
for await (const line of createInterface({ input: process.stdin })) writing = Number(line);

/** False where that process is no more. */
const send = (signal: NodeJS.Signals | 0): boolean => {
  try {
    return process.kill(writing, signal);
  } catch {
    return false;
  }
};

if (writing > 0 && send('SIGQUIT')) for (let turn = 0; turn < 100 && send(0); turn += 1) await pause(100);
await rm(folder, { recursive: true, force: true, maxRetries: 5 });
