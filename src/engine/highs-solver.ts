import { Worker } from 'node:worker_threads';
import type { LinearProgramme, Solver, SolverAnswer, SolverLimits } from '../kernel/ports.ts';
import type { HighsReply, HighsRequest } from './highs-worker.ts';

interface Waiting {
  readonly resolve: (answer: SolverAnswer) => void;
  readonly reject: (error: Error) => void;
}

const failedAnswer: SolverAnswer = {
  status: 'none',
  x: new Float64Array(0),
  objective: Number.NaN,
  bound: -Infinity,
};

/**
 * The kernel's Solver on HiGHS (WebAssembly) in a worker thread of its own, so that a long solve blocks
 * nobody and its memory goes with the thread. Requests are answered in order. The same programme under the
 * same limits gives the same answer as long as only `gap` and `nodes` limit it. A thread that dies of a
 * programme (out of memory) answers `none` and is replaced. An idle solver does not keep the process alive;
 * `close` ends the thread, and refuses what is still waiting.
 */
export const createHighsSolver = (): Solver & { close(): Promise<void> } => {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let nextId = 0;
  let closed = false;

  const settleAll = (act: (one: Waiting) => void): void => {
    for (const one of waiting.values()) act(one);
    waiting.clear();
  };
  const start = (): Worker => {
    const started = new Worker(new URL('./highs-worker.ts', import.meta.url));
    started.on('message', (reply: HighsReply) => {
      const one = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (waiting.size === 0) started.unref();
      if (reply.answer !== undefined) one?.resolve(reply.answer);
      else one?.reject(new Error(`the solver refused the programme: ${reply.failure ?? ''}`));
    });
    // Without a listener an error (out of memory) would end the process; 'exit' follows and settles it.
    started.on('error', () => undefined);
    started.on('exit', () => {
      if (worker === started) worker = undefined;
      settleAll((one) => one.resolve(failedAnswer));
    });
    return started;
  };
  const solve = (programme: LinearProgramme, limits: SolverLimits): Promise<SolverAnswer> => {
    if (closed) return Promise.reject(new Error('the solver is closed'));
    const active = (worker ??= start());
    const id = nextId;
    nextId += 1;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      active.ref();
      const request: HighsRequest = { id, programme, limits };
      active.postMessage(request, []);
    });
  };
  const close = async (): Promise<void> => {
    closed = true;
    settleAll((one) => one.reject(new Error('the solver is closed')));
    await worker?.terminate();
    worker = undefined;
  };
  return { solve, close };
};
