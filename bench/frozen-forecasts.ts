/**
 * The forecasts that are kept with plans, scored as the page of accuracy does, beside a backtest of the same origins: on
 * the demo's two years, as if each of the last weeks had been planned on its Monday.
 *
 *   node bench/frozen-forecasts.ts [WEEKS]     26 where it is left out; about two minutes of processor time
 *
 * Prints each queue's figures of both and the largest difference; the exit code is 1 where one is above 0.000001.
 */
import type { PlanDocument } from '../src/contract/documents/plan-document.ts';
import { addDays, weekOf } from '../src/kernel/time.ts';
import { storedForecasts, scoreFrozenForecasts } from '../src/planning/measure-accuracy.ts';
import { freezeForecast, frozenDays, frozenRuns } from '../src/planning/forecasts/forecast-week.ts';
import { workspaceSeries } from '../src/planning/forecasts/workspace-series.ts';
import { lineHistory } from '../src/planning/history/line-history.ts';
import { backtestSeries } from '../src/planning/run-backtest.ts';
import { demoWorkspace } from '../tests/support/demo-workspace.ts';

const weeks = Number(process.argv[2] ?? '26');
const seed = 1;
const lastMonday = '2026-11-16';

const { ports, close } = await demoWorkspace();
const origins = Array.from({ length: weeks }, (_, i) => addDays(lastMonday, -7 * (weeks - 1 - i)));
for (const origin of origins) {
  const line = await lineHistory(ports, { before: origin });
  const plan = { id: origin, week: weekOf(origin), createdAt: origin, hotline: { madeUp: false } };
  await ports.store.savePlan(
    plan as PlanDocument,
    undefined,
    await freezeForecast(ports, line, origin, seed),
  );
}
const series = await workspaceSeries(ports);
const kept = await storedForecasts(ports.store, (bytes) => frozenRuns(bytes, series));
const frozen = scoreFrozenForecasts(kept, ports.models.hotline);
const { document } = backtestSeries(series, { origins, horizonDays: frozenDays, seed });
let most = frozen === null || frozen.forecasts !== weeks ? Infinity : 0;
for (const own of document.queues) {
  const found = frozen?.parts.find(({ queue }) => queue === own.queue);
  const pairs: [string, number | null | undefined, number | null][] = [
    ['wape', found?.wape, own.wape],
    ['bias', found?.bias, own.bias],
    ['coverage80', found?.coverage80, own.coverage80],
    ...own.rivals.map(
      ({ method, wape }) =>
        [method, found?.rivals.find((rival) => rival.method === method)?.wape, wape] as [
          string,
          number | null | undefined,
          number | null,
        ],
    ),
  ];
  for (const [name, kept, again] of pairs) {
    most = Math.max(most, Math.abs((kept ?? NaN) - (again ?? NaN)) || 0, kept === undefined ? Infinity : 0);
    console.log(`${own.queue}\t${name}\tkept ${String(kept)}\tbacktest ${String(again)}`);
  }
}
console.log(
  `${weeks} weeks, ${String(frozen?.parts[0]?.scoredIntervals)} intervals; trend ${JSON.stringify(frozen?.trend)}`,
);
console.log(`largest difference ${most}`);
const { user, system } = process.cpuUsage();
console.log(`processor time ${((user + system) / 1e6).toFixed(0)} s`);
await close();
process.exitCode = most < 1e-6 ? 0 : 1;
