/**
 * How long an answer on a day in progress takes with what can still be done, on the demo's line made so many times as
 * large, short of operators, with a published roster:
 *   node bench/day-actions.ts [--operators 500] [--folder FOLDER] [--at 12:00]
 * Prints wall-clock and processor seconds of the command `day`, the first time and with the next half-hour's rows. With a
 * folder the line is made there once and asked again the next time.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { planRequestSchema } from '../src/contract/http/job-requests.ts';
import { addDays, weekdayOf, weekOf } from '../src/kernel/time.ts';
import { makeDemo } from '../src/planning/make-demo.ts';
import { packOperation } from '../src/planning/operation/planned-operation.ts';
import { makePlan } from '../src/planning/week/make-plan.ts';
import { createWorkspace } from '../src/store/create-workspace.ts';
import { demoSettings, openPorts } from '../tests/support/demo-workspace.ts';
import { runCommand } from '../tests/support/run-command.ts';

const { values: options } = parseArgs({
  options: {
    operators: { type: 'string', default: '500' },
    folder: { type: 'string' },
    at: { type: 'string', default: '12:00' },
  },
});
/** Days of history, and how much busier the line is than its operators are used to. */
const [days, busier] = [120, 1.1];
const settings = await demoSettings();
const times = Number(options.operators) / settings.tiers.reduce((sum, { operators }) => sum + operators, 0);
const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'huawu-day-')));
const line = join(folder, 'line');
// The last Tuesday that is known to its end.
let date = addDays(settings.lastDate, -1);
while (weekdayOf(date) !== 1) date = addDays(date, -1);
const monday = addDays(date, -1);

/** The demo's people, and how many of them were ready when. */
interface DemoTiers {
  readonly tiers: readonly {
    readonly operators: number;
    readonly roster: readonly { readonly workday: number; readonly restDay: number }[];
  }[];
}

const huawu = async (...words: string[]): Promise<string> => {
  const { code, out, err } = await runCommand(['--workspace', line, '--lang', 'en', ...words]);
  if (code !== 0) throw new Error(err);
  return out;
};
const timed = async (what: string, ...words: string[]): Promise<string> => {
  const [began, used] = [performance.now(), process.cpuUsage()];
  const out = await huawu(...words);
  const { user, system } = process.cpuUsage(used);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${what}: ${seconds} s, ${((user + system) / 1e6).toFixed(1)} s of processors`);
  return out;
};
if (!existsSync(line)) {
  const created = await createWorkspace(line, { modelsFrom: join(import.meta.dirname, '../models') });
  await makeDemo(created.store, {
    ...settings,
    days,
    trunks: Math.ceil(times * (settings as unknown as { trunks: number }).trunks),
    queues: settings.queues.map((own) => ({ ...own, callsPerDay: busier * times * own.callsPerDay })),
    tiers: (settings as unknown as DemoTiers).tiers.map((own) => ({
      ...own,
      operators: Math.round(times * own.operators),
      roster: own.roster.map((part) => ({
        ...part,
        workday: Math.round(times * part.workday),
        restDay: Math.round(times * part.restDay),
      })),
    })),
  });
  await created.close();
  const { ports, close } = await openPorts(line, { nowMillis: Date.parse(`${monday}T00:00:00Z`) });
  const request = planRequestSchema.parse({ week: weekOf(date), seed: 1 });
  const { plan, planned } = await makePlan(ports, request, { prices: false });
  await ports.store.savePlan(plan, packOperation(planned));
  await close();
  await timed('roster', 'roster', '--from', monday, '--weeks', '1', '--seconds', '40');
  await huawu('roster', '--publish', '--break-hard-rules', '--why', 'bench');
}
for (const what of ['first', 'again', 'next row']) {
  const [hour, minute] = options.at.split(':').map(Number) as [number, number];
  const clock = what === 'next row' ? hour * 60 + minute + 30 : hour * 60 + minute;
  const at = `${String(Math.floor(clock / 60)).padStart(2, '0')}:${String(clock % 60).padStart(2, '0')}`;
  const { said, actions } = JSON.parse(
    await timed(`day, ${what}`, 'day', '--as-of', `${date}T${at}`, '--json'),
  ) as { said: unknown; actions: { kind: string; chosen: boolean }[] };
  console.log(
    `  ${JSON.stringify(said).slice(0, 160)}; ${actions.length} actions, chosen ${actions
      .filter(({ chosen }) => chosen)
      .map(({ kind }) => kind)
      .join(', ')}`,
  );
}
if (options.folder === undefined) await rm(folder, { recursive: true });
