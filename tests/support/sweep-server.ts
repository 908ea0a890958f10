/** Takes away what a PostgreSQL server of the tests leaves: node sweep-server.ts FOLDER [PID], once that process has ended. */
import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

const [folder = '', pid] = process.argv.slice(2);

const hasEnded = (): boolean => {
  if (pid === undefined) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch {
    return true;
  }
};

// Ten seconds at most: a server that nobody has asked for its end code still has its number.
for (let turn = 0; turn < 100 && !hasEnded(); turn += 1) await pause(100);
await rm(folder, { recursive: true, force: true, maxRetries: 5 });
