import { createReadStream } from 'node:fs';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { ByteSource } from '../ingest/byte-source.ts';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import { text } from '../kernel/text.ts';

/** Text of a file that the user named. Throws `BadInputError` where it cannot be read. */
export const readInputText = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new BadInputError([unreadable(file, error)]);
  }
};

/** Adds the file's name to the problems that reading its content finds. */
export const namingFile = <Answer>(file: string, read: () => Answer): Answer => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error;
    throw new BadInputError(error.problems.map((problem) => ({ file, ...problem })));
  }
};

/** Files that the user named as streams; all that cannot be read are told at once. */
export const fileSources = async (files: readonly string[]): Promise<ByteSource[]> => {
  const problems: Problem[] = [];
  for (const file of files)
    try {
      if (!(await stat(file)).isFile()) problems.push(unreadable(file, new Error('not a file')));
    } catch (error) {
      problems.push(unreadable(file, error));
    }
  if (problems.length > 0) throw new BadInputError(problems);
  return files.map((file) => ({ name: file, chunks: createReadStream(file) }));
};

/** Writes a file whole or not at all. */
export const writeOutput = async (file: string, content: string | Uint8Array): Promise<void> => {
  const unfinished = `${file}.unfinished`;
  try {
    await writeFile(unfinished, content);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw new BadInputError([unwritable(file, error)]);
  }
};

const reason = (error: unknown): string => (error instanceof Error ? error.message.slice(0, 60) : '');

const unreadable = (file: string, error: unknown): Problem => ({
  rule: 'file-not-readable',
  severity: 'error',
  file,
  value: reason(error),
  message: text('无法读取这个文件', 'this file cannot be read'),
  remedy: text('请检查文件名和读取权限。', 'Check its name and that you may read it.'),
});

const unwritable = (file: string, error: unknown): Problem => ({
  rule: 'file-not-writable',
  severity: 'error',
  file,
  value: reason(error),
  message: text('无法写入这个文件', 'this file cannot be written'),
  remedy: text(
    '请检查文件夹是否存在、是否有写权限。',
    'Check that the folder exists and that you may write there.',
  ),
});
