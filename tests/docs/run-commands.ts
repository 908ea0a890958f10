import { spawnSync } from 'node:child_process';
import { root } from './markdown.ts';
import type { ShownCommand } from './command-lines.ts';

/** What waits for somebody and does not end by itself. */
const endless = new Set(['serve', 'start', 'worker']);

export const runsByItself = ({ words }: ShownCommand): boolean =>
  !endless.has(words[0] ?? '') || words.includes('--once');

const plain = (line: string): string => line.replaceAll(/\s+/g, ' ').trim();

/** Runs a command as it stands in a folder: what is wrong with it, and lines that it was to print and did not. */
export const faultsOf = (folder: string, { words, output }: ShownCommand): string[] => {
  const { HUAWU_WORKSPACE: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [`${root}src/cli/main.ts`, ...words], {
    cwd: folder,
    encoding: 'utf8',
    env,
  });
  const said = new Set(`${stdout}\n${stderr}`.split('\n').map(plain));
  const command = `huawu ${words.join(' ')}`;
  return [
    ...(status === 0 ? [] : [`${command}: exit code ${status}\n${stderr}`]),
    ...output
      .map(plain)
      .filter((line) => ![...said].some((each) => each.startsWith(line)))
      .map((line) => `${command} does not print: ${line}`),
  ];
};
