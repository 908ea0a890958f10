import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJsonDocument } from '../contract/parse-document.ts';
import { writeJsonFile } from '../store/write-json-file.ts';
import { newSecret, sameSecret } from '../access/secrets.ts';
import { openPath, proofFor } from './access.ts';

/** The file of a workspace, for its owner alone, from which programs take the token and where the server is. */
export const accessFileName = 'access.json';

const accessSchema = z.strictObject({
  token: z.string().min(32).max(200),
  /** Of the server that was started last. */
  url: z.string().nullable(),
});
export type AccessFile = z.output<typeof accessSchema>;

/** Undefined where no server was ever started there. Throws `BadInputError` where the file is not what it should be. */
export const readAccess = async (folder: string): Promise<AccessFile | undefined> => {
  const file = join(folder, accessFileName);
  const content = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  return content === undefined ? undefined : parseJsonDocument(accessSchema, content, file);
};

/** The workspace's token, made at the first start; to have another, the file is deleted. */
export const tokenOf = async (folder: string): Promise<string> => {
  const known = await readAccess(folder);
  if (known !== undefined) return known.token;
  const token = newSecret();
  await writeAccess(folder, { token, url: null });
  return token;
};

export const writeAccess = (folder: string, access: AccessFile): Promise<void> =>
  writeJsonFile(join(folder, accessFileName), access);

/**
 * True where a server of this workspace answers at the address. It is asked for a proof that it knows the token; the
 * token itself is not sent, since the port may be another account's by now.
 */
export const answersAt = async ({ url, token }: AccessFile): Promise<boolean> => {
  // Never another machine, whatever the file says.
  if (url === null || !/^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d+$/.test(url)) return false;
  const asked = randomBytes(16).toString('base64url');
  const signal = AbortSignal.timeout(2_000);
  const proof = await fetch(`${url}${openPath}?proof=${asked}`, { signal, redirect: 'error' })
    .then((answer) => answer.text())
    .catch(() => '');
  return sameSecret(proof, proofFor(token, asked));
};
