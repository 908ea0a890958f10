import { createHash } from 'node:crypto';
import { CancelledError } from '../../src/kernel/errors.ts';
import type { OpenTasks } from '../../src/jobs/job-queue.ts';
import { fileUnpacker } from '../../src/engine/file-unpacker.ts';
import { buildDemand } from '../../src/planning/forecasts/build-demand.ts';
import { buildPolicy } from '../../src/planning/operation/planned-operation.ts';
import { forecastWeek, type WeekForecastOptions } from '../../src/planning/forecasts/forecast-week.ts';
import { lineHistory } from '../../src/planning/history/line-history.ts';
import { openIntervals, weekHorizon } from '../../src/planning/operation/week-horizon.ts';
import type { Models, Ports, Store } from '../../src/planning/ports.ts';
import { requireOperators } from '../../src/staffing/require-operators.ts';
import { openStore } from '../../src/store/open-store.ts';

/** What one hotline's job is asked for. */
export interface NationalRequest {
  readonly week: string;
  readonly seed: number;
  /** Futures, of the 100 that are forecast, that operators are required for. */
  readonly pathLimit: number;
  readonly method: WeekForecastOptions['method'];
}

/** What came of one hotline. `digest` names every number of the forecast and the requirement, to the last bit. */
export interface NationalAnswer {
  readonly hotline: string;
  readonly digest: string;
  readonly calls: number;
  readonly operatorHours: number;
}

const pathCount = 100;

/**
 * The stages of a plan that every hotline of a country needs each week, through the product's own functions: history
 * from the store, forecast of five queues with every method tried and 100 sample paths (kept in the store), handle time
 * and patience, operators per tier and half-hour for the targets under some of those futures. Shifts, prompts and the
 * simulation that proves a plan are left out.
 */
const planLightly = async (
  ports: Ports,
  { week: name, seed, pathLimit, method }: NationalRequest,
  hotline: string,
) => {
  const { zone, intervalMinutes, trunks } = ports.models.hotline;
  const week = weekHorizon(name, zone, intervalMinutes);
  const line = await lineHistory(ports, { before: week.firstDate });
  const { models, history } = line;
  ports.progress(0.1, 'forecast');
  const forecast = await forecastWeek(ports, line, week, { seed, method, pathCount });
  if (ports.shouldStop()) throw new CancelledError();
  ports.progress(0.7, 'requirement');
  const { demand } = buildDemand(models, history, forecast, week);
  const { tiers } = requireOperators({
    demand,
    policy: buildPolicy(models.hotline, models.tiers, models.prompts),
    tiers: models.tiers.tiers,
    targets: models.targets,
    trunks: trunks ?? Infinity,
    pathLimit,
    open: openIntervals(models, week, demand),
    shouldStop: ports.shouldStop,
  });
  const digest = createHash('sha256');
  for (const { freshMean, ratePaths } of demand.queues)
    for (const values of [freshMean, ratePaths])
      digest.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  for (const { operators } of tiers) digest.update(new Uint8Array(operators.buffer));
  const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
  const answer: NationalAnswer = {
    hotline,
    digest: digest.digest('hex').slice(0, 32),
    calls: Math.round(sum(demand.queues.map(({ freshMean }) => sum(freshMean)))),
    operatorHours: sum(tiers.map(({ operators }) => sum(operators))) / 2,
  };
  return answer;
};

const notUsed = (): never => {
  throw new Error('the light plan needs neither solver nor threads');
};

const portsOf = (
  store: Store,
  models: Models,
  given: Pick<Ports, 'nowMillis' | 'progress' | 'shouldStop'>,
): Ports => ({
  store,
  models,
  solver: { solve: notUsed },
  parallel: notUsed,
  unpacker: fileUnpacker,
  saveHotline: notUsed,
  ...given,
});

/** The dry run's tasks, for a task thread; `data` is the database's address. */
export const openTasks = async (data: unknown): Promise<OpenTasks> => ({
  run: async ({ hotline, models, request, nowMillis }, progress, shouldStop) => {
    const store = await openStore({ folder: '.', store: String(data), hotline }, { connections: 1 });
    try {
      const ports = portsOf(store, models, { nowMillis, progress, shouldStop });
      return { json: JSON.stringify(await planLightly(ports, request as NationalRequest, hotline)) };
    } finally {
      await store.close();
    }
  },
  close: async () => {},
});

export const nationalTasksUrl = import.meta.url;
