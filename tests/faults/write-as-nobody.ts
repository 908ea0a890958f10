import { spawn } from 'node:child_process';
import { chmod, copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Rules with which a process that is not root may not write to the store in a folder. Root may write anywhere; the
 * process has loaded all modules before, since another user may not reach them.
 */
export const writeAsNobody = async (at: string): Promise<readonly string[]> => {
  const copy = await mkdtemp(join(tmpdir(), 'huawu-faults-'));
  await copyFile(join(at, 'huawu.db'), join(copy, 'huawu.db'));
  await chmod(join(copy, 'huawu.db'), 0o644);
  const script = `import { openStore } from ${JSON.stringify(new URL('../../src/store/open-store.ts', import.meta.url).href)};
    await openStore({ folder: ${JSON.stringify(copy)} }).then((s) => s.close());
    if (process.getuid?.() === 0) { process.setgroups([]); process.setgid(65_534); process.setuid(65_534); }
    const said = await openStore({ folder: ${JSON.stringify(at)} }).then(async (s) => s.write('traffic', [{ queue: 'q', startMillis: 0, intervalMinutes: 30, offered: 1 }])).then(() => ['written'], (e) => (e.problems ?? [{ rule: String(e) }]).map((p) => p.rule));
    process.stdout.write(JSON.stringify(said));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  await rm(copy, { recursive: true, force: true });
  return JSON.parse(out) as readonly string[];
};
