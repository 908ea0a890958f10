import { fileUnpacker } from '../engine/file-unpacker.ts';
import { createHighsSolver } from '../engine/highs-solver.ts';
import { createParallelMap } from '../engine/parallel-map.ts';
import { programEdition } from '../engine/program-edition.ts';
import type { Ports, Store } from '../planning/ports.ts';
import { openStore } from '../store/open-store.ts';
import type { OpenTasks } from './job-queue.ts';
import { performJob } from './perform-job.ts';
import type { TaskPlace } from './task-place.ts';

/** Hotlines whose stores stay open; a worker of a bureau meets hundreds. */
const keptOpen = 4;

const notHere = (): Promise<never> => Promise.reject(new Error('a job does not change model files'));

/** The product's own tasks, for a task thread. */
export const openTasks = async (data: unknown): Promise<OpenTasks> => {
  const { threads, ...place } = data as TaskPlace;
  const solver = createHighsSolver();
  const parallel = createParallelMap(threads === 0 ? undefined : threads);
  const stores = createStores(place);
  const program = programEdition();
  return {
    run: async (task, progress, shouldStop) => {
      const { hotline, models, actor, nowMillis } = task;
      const store = await stores.of(hotline);
      const ports: Ports = {
        store: store.by(actor),
        models,
        solver,
        unpacker: fileUnpacker,
        parallel,
        program,
        nowMillis,
        progress,
        shouldStop,
        saveHotline: notHere,
      };
      return performJob(ports, task);
    },
    close: async () => {
      await Promise.all([solver.close(), parallel.close()]);
      await stores.close();
    },
  };
};

/** The stores of the hotlines worked for of late. */
const createStores = (place: Omit<TaskPlace, 'threads'>) => {
  const open = new Map<string, Store>();
  const of = async (hotline: string): Promise<Store> => {
    const store = open.get(hotline) ?? (await openStore({ ...place, hotline }, { connections: 2 }));
    open.delete(hotline);
    open.set(hotline, store);
    for (const [name, oldest] of open) {
      if (open.size <= keptOpen) break;
      open.delete(name);
      await oldest.close();
    }
    return store;
  };
  const close = async (): Promise<void> => {
    for (const store of open.values()) await store.close();
  };
  return { of, close };
};
