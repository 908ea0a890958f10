/**
 * A bureau's home: how long the list of a country's lines takes to be answered from what is kept, and how long a round
 * takes that finds nothing changed.
 *
 *   node bench/lines.ts [LINES]
 *
 * Asked: at most 300 ms over HTTP for 344 lines (p95 of 40). Exit code 1 where it is missed.
 */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LineOverview, LinesDocument } from '../src/contract/documents/line-overview.ts';
import { apiRoot } from '../src/contract/http/api-root.ts';
import { settingsSchema } from '../src/contract/settings.ts';
import { serveWorkspace } from '../src/http/serve-workspace.ts';
import { inputsVersion } from '../src/planning/look-at-line.ts';
import { createWorkspace } from '../src/store/create-workspace.ts';

const count = Number(process.argv[2] ?? 344);
const askedMillis = 300;
const models = fileURLToPath(new URL('../models', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'huawu-lines-'));
const home = await createWorkspace(join(folder, 'bureau'), { modelsFrom: models });

const overviewOf = (i: number, restsOn: string): LineOverview => ({
  document: 'line-overview',
  name: { 'zh-CN': `第 ${i} 条热线`, en: `Line ${i}` },
  madeUp: true,
  computedAt: '2026-11-23T08:00:00.000Z',
  restsOn,
  lastDate: '2026-11-22',
  week: '2026-W48',
  plan: { id: `2026-W48-${i}`, state: 'draft' },
  risk: { days: i % 8, shortHours: i % 90, connectionRate: { mean: 0.9, q10: 0.85, q90: 0.95 } },
  band: { band: 'warm', chance: 0.7, hotChance: 0.3 },
  accuracy: { from: '2026-10-26', to: '2026-11-22', wape: 0.1, bias: -0.01 },
  decisions: [
    { page: 'plan', said: { code: 'decide-approve', values: { week: '2026-W48' } } },
    {
      page: 'plan',
      said: { code: 'decide-short', values: { hours: 12, intervals: 9, of: 336, peopleUsedUp: false } },
    },
    { page: 'divert', said: { code: 'decide-prompts', values: { prompts: 12, diverted: 800 } } },
  ],
  problem: null,
});

for (let i = 1; i < count; i += 1) {
  const line = `line-${i}`;
  const at = join(folder, 'bureau', 'lines', line);
  await mkdir(at, { recursive: true });
  await cp(models, join(at, 'models'), { recursive: true });
  const { store } = await home.another(line);
  await store.keepOverview(overviewOf(i, await inputsVersion({ store })));
}
await home.store.keepOverview(overviewOf(0, await inputsVersion({ store: home.store })));
await home.close();
await writeFile(join(folder, 'bureau', 'settings.json'), '{}');

const server = await serveWorkspace({
  folder: join(folder, 'bureau'),
  settings: settingsSchema.parse({ port: 0, logLevel: 'silent' }),
});
const millis: number[] = [];
let bytes = 0;
let seen = 0;
for (let i = 0; i < 40; i += 1) {
  const from = performance.now();
  const answer = await fetch(`${server.url}${apiRoot}/lines`, {
    headers: { authorization: `Bearer ${server.token}` },
  });
  const text = await answer.text();
  millis.push(performance.now() - from);
  bytes = text.length;
  seen = (JSON.parse(text) as LinesDocument).lines.filter(({ overview }) => overview !== null).length;
}
await server.close();
await rm(folder, { recursive: true });
const at = (share: number): number => millis.toSorted((a, b) => a - b)[Math.ceil(share * 40) - 1] ?? 0;
console.log(
  `${seen} lines, ${Math.round(bytes / 1024)} kB: first ${millis[0]?.toFixed(0)} ms, median ${at(0.5).toFixed(0)} ms, p95 ${at(0.95).toFixed(0)} ms (asked: ${askedMillis} ms)`,
);
process.exitCode = seen === count && at(0.95) <= askedMillis ? 0 : 1;
