import { unnamedHotline } from '../../src/words/planning.ts';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileUnpacker } from '../../src/engine/file-unpacker.ts';
import { createHighsSolver } from '../../src/engine/highs-solver.ts';
import { createParallelMap } from '../../src/engine/parallel-map.ts';
import { makeDemo } from '../../src/planning/make-demo.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { saveHotline } from '../../src/store/workspace-models.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { shrinkModels, type SmallerLine } from './shrink-models.ts';

const root = join(import.meta.dirname, '../..');

export interface DemoWorkspace {
  readonly folder: string;
  readonly ports: Ports;
  readonly close: () => Promise<void>;
}

/** The demo's settings without what is to come on it: a plan of its next week is that of an ordinary one. */
export const demoSettings = async (): Promise<DemoSettingsRead> => {
  const settings = JSON.parse(await readFile(join(root, 'data/demo.json'), 'utf8')) as DemoSettingsRead;
  return { ...settings, events: settings.events.filter(({ date }) => date <= settings.lastDate) };
};

interface DemoSettingsRead {
  readonly lastDate: string;
  readonly events: readonly { readonly date: string }[];
  readonly queues: readonly { readonly callsPerDay: number }[];
  readonly tiers: readonly { readonly operators: number }[];
}

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
  const own = {
    ...(await demoSettings()),
    ...(days === undefined ? {} : { days }),
    ...(smaller?.hourly === true ? { intervalMinutes: 60 } : {}),
  };
  await makeDemo(created.store, own);
  await created.close();
  if (smaller !== undefined) await shrinkModels(join(line, 'models'), smaller);
  return openPorts(line, { parallel, remove: folder });
};

/** The ports of the use cases on a workspace that is there: at a Monday, one thread; closed, `remove` goes as well. */
export const openPorts = async (
  place: string,
  { remove, parallel = createParallelMap(1), ...more }: PortsOptions = {},
): Promise<DemoWorkspace> => {
  const workspace = await openWorkspace(place);
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
    ...more,
  };
  const close = async (): Promise<void> => {
    await solver.close();
    await parallel.close();
    await workspace.close();
    if (remove !== undefined) await rm(remove, { recursive: true, force: true });
  };
  return { folder: workspace.folder, ports, close };
};

interface PortsOptions extends Partial<Pick<Ports, 'nowMillis' | 'program'>> {
  readonly parallel?: ReturnType<typeof createParallelMap>;
  readonly remove?: string;
}
