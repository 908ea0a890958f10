import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../tests/docs/markdown.ts';

/** What was started and does not end by itself. */
export interface Running {
  readonly words: readonly string[];
  /** Stops it as Ctrl+C does; what went wrong. */
  stop(): Promise<string[]>;
}

/** A certificate as a page names it, for who serves with one. */
const makeCertificate = (folder: string): void => {
  const about = ['-subj', '/CN=huawu.example.org', '-days', '2'];
  const files = ['-keyout', join(folder, 'huawu.key'), '-out', join(folder, 'huawu.pem')];
  spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...about, ...files]);
};

/**
 * Starts what does not end by itself, and answers when it says how to reach or to end it. A port that the command does not
 * name is any free one.
 */
export const standsUp = (folder: string, words: readonly string[]): Promise<Running | string> =>
  new Promise((resolve) => {
    if (words.includes('--tls-cert')) makeCertificate(folder);
    const command = `huawu ${words.join(' ')}`;
    const child = spawn(process.execPath, [`${root}src/cli/main.ts`, ...words], {
      cwd: folder,
      env: { ...process.env, HUAWU_PORT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise<number | null>((end) => child.once('close', end));
    const late = setTimeout(() => child.kill('SIGKILL'), 300_000);
    let said = '';
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      if (!/https?:\/\/|Ctrl\+C/.test(said)) return;
      clearTimeout(late);
      resolve({
        words,
        stop: async () => {
          child.kill('SIGINT');
          const code = await ended;
          return code === 0 || code === 1 ? [] : [`${command}: exit code ${code}\n${said}`];
        },
      });
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    void ended.then((code) => resolve(`${command}: is not there, exit code ${code}\n${said}`));
  });
