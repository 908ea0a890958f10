/**
 * One command in a process of its own, which others kill: node act.ts '["--workspace", "w", "ingest", ...]', or
 * `save-plan`, `keep-result` or `act-on-day` in the place of a command (what plan, forecast and day do at their
 * end). Says `ready` when all modules are loaded, `done` when the command has
 * acknowledged its work.
 */
import { writeSync } from 'node:fs';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { readSettings } from '../../src/engine/read-settings.ts';
import '../../src/cli/create-ports.ts';
import '../../src/planning/ingest-files.ts';
import '../../src/store/migrate-workspace.ts';
import '../../src/store/move-workspace.ts';
import { openStore } from '../../src/store/open-store.ts';
import '../../src/store/open-workspace.ts';
import '../../src/store/restore-workspace.ts';
import { dayActionOf } from './day-action-of.ts';

const args = JSON.parse(process.argv[2] ?? '[]') as readonly string[];
const [, folder = '', command = ''] = args;

const writeDirectly = async (): Promise<number> => {
  const { settings } = await readSettings(folder, {});
  const store = await openStore({ folder, ...settings });
  const plan = { id: 'kept', week: '2026-W11', createdAt: 'x', hotline: { madeUp: false } };
  const world = Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * 7) % 256);
  if (command === 'act-on-day') {
    const roster = await store.roster('r1');
    if (roster === undefined) throw new Error('the ground has no roster');
    const date = '2026-01-06';
    const revision = (await store.dayActions(date)).reduce((sum, { steps }) => sum + steps.length, 0);
    const document = { ...roster, long: 'x'.repeat(500_000) } as RosterDocument;
    const change = { at: 'z', roster: 'r1', why: '', moves: [] };
    const taken = { document, change, revision: roster.revision };
    await store.actOnDay({ date, revision, acts: [{ entry: dayActionOf('A01') }], roster: taken });
  } else if (command === 'keep-result') await store.cache('forecast', world);
  else await store.savePlan({ ...plan, long: 'x'.repeat(500_000) } as unknown as PlanDocument, world);
  await store.close();
  return 0;
};

const terminal = {
  out: () => {},
  err: (said: string) => process.stderr.write(said),
  interactive: false,
  nowMillis: () => Date.parse('2026-11-24T08:00:00Z'),
  signal: new AbortController().signal,
};

writeSync(1, 'ready\n');
const direct = ['save-plan', 'keep-result', 'act-on-day'].includes(command);
const code = direct ? await writeDirectly() : await runCli(args, terminal, '0.0.0-test');
if (code === 0) writeSync(1, 'done\n');
process.exitCode = code;
