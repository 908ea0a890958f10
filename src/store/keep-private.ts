import { chmodSync, existsSync, statSync } from 'node:fs';

/**
 * Takes from everybody but the owner the right to read or write a file or folder: records and the keys to them are
 * nobody else's on a shared machine. Left as it is where somebody else owns it, and on Windows, whose folders have rights
 * of another kind.
 */
export const keepPrivate = (path: string): void => {
  if (process.platform === 'win32' || !existsSync(path)) return;
  const { mode, uid } = statSync(path);
  if ((mode & 0o077) !== 0 && uid === process.getuid?.()) chmodSync(path, mode & 0o700);
};

/** True where others than the owner may read a file or look into a folder. */
export const isOpenToOthers = (path: string): boolean =>
  process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
