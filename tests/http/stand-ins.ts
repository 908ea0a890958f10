import { tmpdir } from 'node:os';
import { pino } from 'pino';
import type { Services, UseCases } from '../../src/http/services.ts';
import { CancelledError } from '../../src/kernel/errors.ts';
import type { Ports } from '../../src/planning/ports.ts';

export const token = 'a-token-of-at-least-thirty-two-characters';

const unused = (): never => {
  throw new Error('not expected to be called');
};

/** Use cases that answer without doing any work; each test replaces those that it is about. */
export const standInUseCases: UseCases = {
  planWeek: unused,
  forecastDays: unused,
  runScenario: unused,
  divertPlan: unused,
  compareWeek: unused,
  rankHotlines: unused,
  guessFile: unused,
  ingestFile: unused,
  reportFile: unused,
};

/** Services over stand-ins. */
export const standInServices = (
  useCases: Partial<UseCases> = {},
  ports: Partial<Ports> = {},
  more: Partial<Services> = {},
): Services => ({
  useCases: { ...standInUseCases, ...useCases },
  modelFiles: { read: unused, write: unused },
  portsFor: async (progress, shouldStop) => ({ progress, shouldStop, ...ports }) as unknown as Ports,
  token,
  log: pino({ level: 'silent' }),
  publicFolder: tmpdir(),
  largestUploadBytes: 1000,
  ...more,
});

/** Work that goes on until it is told to stop. */
export const untilStopped = async (ports: Ports): Promise<never> => {
  for (let turn = 1; ; turn += 1) {
    ports.progress(Math.min(0.9, turn / 100), 'turning');
    if (ports.shouldStop()) throw new CancelledError();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
