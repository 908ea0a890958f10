import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { localActor } from '../../src/kernel/actor.ts';
import type { JobQueue } from '../../src/jobs/job-queue.ts';
import { openSharedJobs } from '../../src/jobs/shared-jobs.ts';
import { openStore } from '../../src/store/open-store.ts';
import { readModels } from '../../src/store/workspace-models.ts';
import type { PlainDate } from '../../src/kernel/time.ts';
import { makeTraffic } from './make-traffic.ts';
import type { NationalAnswer, NationalRequest } from './tasks.ts';

export interface Country extends Omit<NationalRequest, 'seed'> {
  readonly address: string;
  readonly hotlines: number;
  readonly firstDate: PlainDate;
  readonly days: number;
  readonly largest?: number;
}

const nameOf = (index: number): string => `line-${String(index).padStart(3, '0')}`;
const models = await readModels(fileURLToPath(new URL('../../models', import.meta.url)));

/** Makes up every hotline's traffic and loads it; answers the rows. */
export const loadCountry = async ({ address, hotlines, ...line }: Country): Promise<number> => {
  let rows = 0;
  for (let index = 0; index < hotlines; index += 1) {
    const place = { folder: '.', store: address, hotline: nameOf(index) };
    const store = await openStore(place, { create: true, connections: 1 });
    rows += (await store.write('traffic', makeTraffic({ ...line, seed: index }))).added;
    await store.close();
  }
  return rows;
};

export interface Worker {
  readonly process: ChildProcess;
  /** Ends it in order. */
  stop(): Promise<void>;
  /** Most memory that it has held, bytes, and the processor time that it has used, seconds; Linux only. */
  usage(): Promise<{ readonly peakBytes: number; readonly cpuSeconds: number }>;
}

export const startWorker = async (address: string): Promise<Worker> => {
  const script = fileURLToPath(new URL('worker.ts', import.meta.url));
  const child = spawn(process.execPath, [script, address], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return {
    process: child,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
    usage: async () => {
      const about = (name: string): Promise<string> =>
        readFile(`/proc/${child.pid}/${name}`, 'utf8').catch(() => '');
      const kilobytes = /VmHWM:\s+(\d+) kB/.exec(await about('status'))?.[1] ?? Number.NaN;
      // Fields 14 and 15 of stat (proc(5)) count hundredths of a second; the second field may hold blanks.
      const fields = (await about('stat')).split(') ').at(-1)?.split(' ') ?? [];
      return {
        peakBytes: Number(kilobytes) * 1024,
        cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100,
      };
    },
  };
};

/**
 * Has every hotline of the country planned by whatever workers there are; answers in the order of the hotlines.
 * `onDone` hears how many are done. Throws where one fails for good.
 */
export const planCountry = async (
  { address, hotlines, week, pathLimit, method }: Country,
  onDone: (done: number) => void = () => undefined,
): Promise<NationalAnswer[]> => {
  const shared = await openSharedJobs({ address, now: Date.now, onError: () => undefined });
  const request: NationalRequest = { week, seed: 1, pathLimit, method };
  try {
    const ordered: { queue: JobQueue; id: string }[] = [];
    for (let index = 0; index < hotlines; index += 1) {
      const queue = shared.of(nameOf(index));
      const { id } = await queue.submit({
        kind: 'forecast',
        // The bench's own tasks read it, not the product's.
        request: request as never,
        models,
        actor: localActor,
        nowMillis: 0,
      });
      ordered.push({ queue, id });
    }
    const answers: NationalAnswer[] = [];
    for (const { queue, id } of ordered) {
      answers.push(await answerOf(queue, id));
      onDone(answers.length);
    }
    return answers;
  } finally {
    await shared.close();
  }
};

const answerOf = async (queue: JobQueue, id: string): Promise<NationalAnswer> => {
  for (;;) {
    const job = await queue.job(id);
    if (job?.state === 'failed') throw new Error(job.error?.message ?? 'failed');
    if (job?.state === 'done') return JSON.parse((await queue.answer(id)) ?? 'null') as NationalAnswer;
    await pause(100);
  }
};
