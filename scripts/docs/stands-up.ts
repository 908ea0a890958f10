import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../tests/docs/markdown.ts';

/** A certificate as a page names it, for who serves with one. */
const makeCertificate = (folder: string): void => {
  const about = ['-subj', '/CN=huawu.example.org', '-days', '2'];
  const files = ['-keyout', join(folder, 'huawu.key'), '-out', join(folder, 'huawu.pem')];
  spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...about, ...files]);
};

/**
 * Starts what does not end by itself, waits until it says that it is there, and stops it as Ctrl+C does: what went wrong.
 * A port that the command does not name is any free one.
 */
export const standsUp = (folder: string, words: readonly string[]): Promise<string[]> =>
  new Promise((resolve) => {
    if (words.includes('--tls-cert')) makeCertificate(folder);
    const child = spawn(process.execPath, [`${root}src/cli/main.ts`, ...words], {
      cwd: folder,
      env: { ...process.env, HUAWU_PORT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    let isThere = false;
    const late = setTimeout(() => child.kill('SIGKILL'), 60_000);
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      if (isThere || !/https?:\/\//.test(said)) return;
      isThere = true;
      child.kill('SIGINT');
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('close', (code) => {
      clearTimeout(late);
      const command = `huawu ${words.join(' ')}`;
      if (!isThere) resolve([`${command}: is not there\n${said}`]);
      else resolve(code === 1 || code === 0 ? [] : [`${command}: exit code ${code}\n${said}`]);
    });
  });
