import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** What opens a file in the program that the user has chosen for its kind. */
const openers: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: 'open', win32: 'explorer.exe' };

/**
 * Opens a one-time address in this machine's browser, by way of a file that only the workspace's owner may read: what a
 * program is started with can be seen by every account of the machine. Nothing happens where no browser is found; the
 * address has been told.
 */
export const openInBrowser = async (folder: string, address: string): Promise<void> => {
  const file = join(resolve(folder), 'open.html');
  const url = encodeURI(address);
  await writeFile(
    file,
    `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${url}"><a href="${url}">${url}</a>\n`,
    { mode: 0o600 },
  );
  const opener = spawn(openers[process.platform] ?? 'xdg-open', [file], { stdio: 'ignore', detached: true });
  opener.on('error', () => {});
  opener.unref();
};
