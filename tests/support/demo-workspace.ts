import { unnamedHotline } from '../../src/words/planning.ts';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileUnpacker } from '../../src/engine/file-unpacker.ts';
import { createHighsSolver } from '../../src/engine/highs-solver.ts';
import { createParallelMap } from '../../src/engine/parallel-map.ts';
import { makeDemo } from '../../src/planning/make-demo.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { saveHotline } from '../../src/store/save-hotline.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { simplifyShifts } from './simplify-shifts.ts';

const root = join(import.meta.dirname, '../..');

export interface DemoWorkspace {
  readonly folder: string;
  readonly ports: Ports;
  readonly close: () => Promise<void>;
}

export interface SmallerLine {
  /** Traffic, plans and everything else by the hour. */
  readonly hourly?: boolean;
  /** A dozen shift patterns in place of the catalogue's thousands: they cover less well. */
  readonly fewShifts?: boolean;
}

/** Hours instead of half-hours, and few shifts, where asked for. */
const shrinkModels = async (models: string, { hourly, fewShifts }: SmallerLine): Promise<void> => {
  if (fewShifts === true) await simplifyShifts(join(models, 'shifts.json'));
  if (hourly !== true) return;
  const file = join(models, 'hotline.json');
  const hotline = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...hotline, intervalMinutes: 60 }));
};

/**
 * A workspace in a temporary folder with the demo's history, or as many `days` of it, and the ports of the use cases
 * over it. A smaller line's plans take a fraction of the demo's time.
 */
export const demoWorkspace = async (
  days?: number,
  parallel = createParallelMap(1),
  smaller?: SmallerLine,
): Promise<DemoWorkspace> => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-planning-'));
  const line = join(folder, 'line');
  const created = await createWorkspace(line, { modelsFrom: join(root, 'models') });
  const settings = JSON.parse(await readFile(join(root, 'data/demo.json'), 'utf8')) as object;
  const own = {
    ...settings,
    ...(days === undefined ? {} : { days }),
    ...(smaller?.hourly === true ? { intervalMinutes: 60 } : {}),
  };
  await makeDemo(created.store, own);
  await created.close();
  if (smaller !== undefined) await shrinkModels(join(line, 'models'), smaller);
  const workspace = await openWorkspace(line);
  const solver = createHighsSolver();
  const ports: Ports = {
    store: workspace.store,
    models: workspace.models,
    solver,
    unpacker: fileUnpacker,
    parallel,
    nowMillis: Date.UTC(2026, 10, 23),
    progress: () => undefined,
    shouldStop: () => false,
    saveHotline: (hotline) => saveHotline(workspace.folder, { name: unnamedHotline, ...hotline }),
  };
  const close = async (): Promise<void> => {
    await solver.close();
    await parallel.close();
    await workspace.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { folder: workspace.folder, ports, close };
};
