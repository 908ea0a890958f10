import type { AskedJob, RequestsByKind } from '../contract/http/job-requests.ts';
import type { JobKind } from '../contract/http/job.ts';
import { fileUnpacker } from '../engine/file-unpacker.ts';
import { createHighsSolver } from '../engine/highs-solver.ts';
import { createParallelMap } from '../engine/parallel-map.ts';
import { programEdition } from '../engine/program-edition.ts';
import { compareLevers } from '../planning/compare-levers.ts';
import { compareWeek } from '../planning/compare-week.ts';
import { divertPlan } from '../planning/divert-plan.ts';
import { explainRequirement } from '../planning/explain-requirement.ts';
import { forecastByTopic } from '../planning/forecast-by-topic.ts';
import { forecastDays } from '../planning/forecast-days.ts';
import { makeRoster } from '../planning/make-roster.ts';
import { measureAccuracy } from '../planning/measure-accuracy.ts';
import { planWeek } from '../planning/plan-week.ts';
import type { Ports, Store } from '../planning/ports.ts';
import { repairRoster } from '../planning/repair-roster.ts';
import { outlookLine } from '../planning/run-outlook.ts';
import { runScenario } from '../planning/run-scenario.ts';
import { openStore } from '../store/open-store.ts';
import type { OpenTasks, TaskAnswer } from './job-queue.ts';
import { overviewLine } from './overview-line.ts';
import type { TaskPlace } from './task-thread.ts';

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

/** The stores of the hotlines worked for recently. */
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

/** Does what an order asks for. A plan is stored under a name made of its content, so twice is as good as once. */
const performJob = <Kind extends JobKind>(
  ports: Ports,
  { kind, request }: AskedJob<Kind>,
): Promise<TaskAnswer> => work[kind](ports, request);

const asJson = async (document: Promise<unknown>): Promise<TaskAnswer> => ({
  json: JSON.stringify(await document),
});

type Work = {
  readonly [Kind in JobKind]: (ports: Ports, request: RequestsByKind[Kind]) => Promise<TaskAnswer>;
};

const work: Work = {
  plan: async (ports, request) => ({ path: `/plans/${(await planWeek(ports, request)).id}` }),
  forecast: (ports, request) => asJson(forecastDays(ports, request)),
  topics: (ports, request) => asJson(forecastByTopic(ports, request)),
  outlook: (ports, request) => asJson(outlookLine(ports, request)),
  accuracy: (ports, request) => asJson(measureAccuracy(ports, request)),
  divert: (ports, request) => asJson(divertPlan(ports, request)),
  levers: (ports, request) => asJson(compareLevers(ports, request)),
  requirement: (ports, request) => asJson(explainRequirement(ports, request)),
  simulate: (ports, request) => asJson(runScenario(ports, request)),
  roster: async (ports, request) => ({ path: `/rosters/${(await makeRoster(ports, request)).id}` }),
  repair: (ports, request) => asJson(repairRoster(ports, request)),
  overview: (ports) => asJson(overviewLine(ports)),
  compare: (ports, request) => asJson(compareWeek(ports, request)),
};
