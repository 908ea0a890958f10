import { fileUnpacker } from '../../src/engine/file-unpacker.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import { tiersSchema } from '../../src/contract/models/tiers-model.ts';
import { createHighsSolver } from '../../src/engine/highs-solver.ts';
import { createParallelMap } from '../../src/engine/parallel-map.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import type { TrafficRecord } from '../../src/kernel/records.ts';
import type { Models, Ports } from '../../src/planning/ports.ts';
import { makePlan } from '../../src/planning/week/make-plan.ts';
import type { PlannedOperation } from '../../src/planning/operation/planned-operation.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';

const root = join(import.meta.dirname, '../..');
/** Midnight of Monday 7 September 2026 in Shanghai: twelve weeks before the week that is planned. */
const firstMidnight = Date.parse('2026-09-07T00:00:00+08:00');
const days = 84;
const halfHour = 1_800_000;

export interface MadeUpQueue {
  readonly queue: string;
  readonly callsPerDay: number;
  readonly handleSeconds: number;
  readonly patienceSeconds: number;
  readonly priority?: number;
}

/** A line of one's own making: what calls it, who answers it. */
export interface MadeUpLine {
  readonly name: string;
  readonly queues: readonly MadeUpQueue[];
  /** As in models/tiers.json, without what is the same for all. */
  readonly tiers: readonly {
    readonly tier: string;
    readonly queues: readonly (readonly [queue: string, preference: number])[];
    readonly costPerHour?: number;
    readonly shrinkage?: unknown;
  }[];
  readonly trunks?: number;
  /** Closed at night and on Sundays: nobody calls, and nothing is recorded, but from 8 to 20 o'clock. */
  readonly closes?: boolean;
}

/** Share of a day's calls in each half-hour: quiet nights, two peaks. */
const shape = ((): Float64Array => {
  const raw = Float64Array.from(
    { length: 48 },
    (_, i) => 0.05 + Math.exp(-(((i - 20) / 3.5) ** 2)) + 0.9 * Math.exp(-(((i - 31) / 4) ** 2)),
  );
  const mass = raw.reduce((a, b) => a + b, 0);
  return raw.map((part) => part / mass);
})();

/** Half-hours of a queue: days that differ, counts that scatter a little more than Poisson, few calls lost. */
const trafficOf = (own: MadeUpQueue, seed: number, closes: boolean): TrafficRecord[] => {
  const random = seededRandom(seed);
  return Array.from({ length: days }, (_, day) => Math.exp(0.08 * random.normal()) * (day % 7 > 4 ? 0.6 : 1))
    .flatMap((level) => Array.from(shape, (part) => level * part * own.callsPerDay))
    .map((mean, i) => {
      const offered = random.poisson(mean * 0.02 * random.gamma(50));
      const waitSecondsTotal = 9 * offered * random.uniform();
      const abandoned = Math.min(offered, random.poisson(waitSecondsTotal / own.patienceSeconds));
      const answered = offered - abandoned;
      return {
        queue: own.queue,
        startMillis: firstMidnight + i * halfHour,
        intervalMinutes: 30,
        offered,
        answered,
        abandoned,
        waitSecondsTotal,
        handleSecondsTotal: answered === 0 ? 0 : own.handleSeconds * random.gamma(answered),
      };
    })
    .filter((_, i) => !closes || (Math.floor(i / 48) % 7 < 6 && i % 48 >= 16 && i % 48 < 40));
};

const nameOf = (name: string) => ({ 'zh-CN': name, en: name });

const modelsOf = (shipped: Models, line: MadeUpLine): Models => ({
  ...shipped,
  hotline: {
    ...shipped.hotline,
    trunks: line.trunks ?? null,
    ...(line.closes === true
      ? {
          openingHours: Array.from({ length: 7 }, (_, weekday) =>
            weekday < 6 ? { from: '08:00', to: '20:00' } : null,
          ),
        }
      : {}),
    queues: line.queues.map(({ queue, priority, handleSeconds, patienceSeconds }) => ({
      queue,
      name: nameOf(queue),
      priority: priority ?? 1,
      neverDivert: true,
      smartVoiceShare: 0,
      assumedHandleTimeSeconds: handleSeconds,
      assumedPatienceSeconds: patienceSeconds,
    })),
  },
  tiers: tiersSchema.parse({
    tiers: line.tiers.map(({ tier, queues, costPerHour, shrinkage }) => ({
      tier,
      name: nameOf(tier),
      queues: queues.map(([queue, preference]) => ({ queue, preference })),
      connectionTarget: null,
      costPerHour: costPerHour ?? 40,
      shrinkage: shrinkage ?? 0,
    })),
  }),
});

/**
 * The line's next week as it is planned from twelve weeks of its traffic and what else is stored beforehand, with the
 * operation that it plans.
 */
export const planMadeUpLine = async (
  line: MadeUpLine,
  seed: number,
  store: (workspace: Ports['store']) => Promise<unknown> = () => Promise.resolve(),
): Promise<{ readonly plan: PlanDocument; readonly planned: PlannedOperation }> => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-made-up-'));
  const workspace = await createWorkspace(join(folder, 'line'), { modelsFrom: join(root, 'models') });
  const [solver, parallel] = [createHighsSolver(), createParallelMap(1)];
  try {
    for (const [q, queue] of line.queues.entries())
      await workspace.store.write('traffic', trafficOf(queue, 100 * seed + q, line.closes === true));
    await store(workspace.store);
    const ports: Ports = {
      store: workspace.store,
      models: modelsOf(workspace.models, line),
      solver,
      unpacker: fileUnpacker,
      parallel,
      nowMillis: firstMidnight + days * 86_400_000,
      progress: () => undefined,
      shouldStop: () => false,
      saveHotline: () => Promise.resolve(),
    };
    return await makePlan(ports, { seed: 1 });
  } finally {
    await solver.close();
    await parallel.close();
    await workspace.close();
    await rm(folder, { recursive: true, force: true });
  }
};
