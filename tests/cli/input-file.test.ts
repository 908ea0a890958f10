import { execFileSync } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileSources, readInputTable, writeOutput } from '../../src/cli/input-file.ts';
import { refusal } from '../support/ingest-options.ts';
import { messageOf } from '../support/said.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();

describe.skipIf(process.platform === 'win32')('what is no plain file', () => {
  test('a pipe is read like a file', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
    const written = writeFile(pipe, 'start,offered\n2026-01-05 08:00,3\n');
    expect(await readInputTable(pipe)).toBe('start,offered\n2026-01-05 08:00,3\n');
    await written;
  });

  test('a folder and a socket are called what they are', async () => {
    const socket = join(folder, 'socket');
    const server = createServer().listen(socket);
    await new Promise((resolve) => server.once('listening', resolve));
    const problems = await refusal(fileSources([folder, socket]));
    server.close();
    expect(problems.map((problem) => [problem.file, messageOf(problem).en])).toEqual([
      [folder, 'this file cannot be read: this is a folder, not a file'],
      [socket, 'this file cannot be read: this is a socket, not a file'],
    ]);
  });
});

test('nothing that stands beside a file is touched when it is written', async () => {
  const own = join(folder, 'week.html.unfinished');
  await mkdir(own);
  await writeFile(join(own, 'thesis.txt'), 'precious');
  await writeOutput(join(folder, 'week.html'), 'page');
  expect(await readdir(own)).toEqual(['thesis.txt']);
});
