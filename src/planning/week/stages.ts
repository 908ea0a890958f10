import { CancelledError } from '../../kernel/errors.ts';
import type { Ports } from '../ports.ts';

/** Between two stages: tells how far the work is, and hears whether to stop. */
export const step = async (ports: Ports, done: number, name: string): Promise<void> => {
  ports.progress(done, name);
  await new Promise((resolve) => setTimeout(resolve, 0));
  if (ports.shouldStop()) throw new CancelledError();
};

/** Work that goes on beside other work and is waited for later: its failure is told then, not before. */
export const alongside = <Answer>(work: Promise<Answer>): Promise<Answer> => {
  work.catch(() => undefined);
  return work;
};
