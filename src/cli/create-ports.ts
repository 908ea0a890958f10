import { fileUnpacker } from '../engine/file-unpacker.ts';
import { createHighsSolver } from '../engine/highs-solver.ts';
import { createParallelMap } from '../engine/parallel-map.ts';
import { programEdition } from '../engine/program-edition.ts';
import type { Progress, ShouldStop } from '../kernel/ports.ts';
import type { Ports } from '../planning/ports.ts';
import type { Workspace } from '../store/open-workspace.ts';
import { unnamedHotline } from '../words/planning.ts';
import { saveHotline } from '../store/workspace-models.ts';

interface PortsWish {
  /** 0: as many as the machine has cores. */
  readonly threads: number;
  readonly nowMillis: number;
  readonly progress: Progress;
  readonly shouldStop: ShouldStop;
  readonly finishing?: (() => void) | undefined;
}

/** All that a use case needs, on this machine: the workspace's store and models, HiGHS, threads. */
export const createPorts = (
  workspace: Pick<Workspace, 'store' | 'models' | 'folder'>,
  { threads, nowMillis, progress, shouldStop, finishing }: PortsWish,
): Ports & { close(): Promise<void> } => {
  const solver = createHighsSolver();
  const parallel = createParallelMap(threads === 0 ? undefined : threads);
  return {
    store: workspace.store,
    models: workspace.models,
    solver,
    unpacker: fileUnpacker,
    parallel,
    program: programEdition(),
    nowMillis,
    progress,
    shouldStop,
    ...(finishing === undefined ? {} : { finishing }),
    saveHotline: (hotline) => saveHotline(workspace.folder, { name: unnamedHotline, ...hotline }),
    close: async () => {
      await solver.close();
      await parallel.close();
    },
  };
};
