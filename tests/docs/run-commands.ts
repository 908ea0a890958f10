import { spawnSync } from 'node:child_process';
import { root } from './markdown.ts';
import type { ShownCommand } from './command-lines.ts';

/** What waits for somebody and does not end by itself. */
const endless = new Set(['serve', 'start', 'worker']);

export const runsByItself = ({ words }: ShownCommand): boolean =>
  words.includes('--once') || !(endless.has(words[0] ?? '') || words.includes('--live'));

const plain = (line: string): string => line.replaceAll(/\s+/g, ' ').trim();

/** A line without its figures: two of one shape say the same of other figures. */
const shapeOf = (line: string): string => line.replaceAll(/\d[\d.,]*/g, '#');

/** A line that a command was to print and did not, and what it printed in its place where only figures differ. */
export interface OutdatedLine {
  readonly shown: string;
  readonly printed?: string;
}

export interface TriedCommand {
  readonly faults: readonly string[];
  readonly outdated: readonly OutdatedLine[];
}

/** The one line printed that says the same of other figures, no longer than what is shown. */
const inItsPlace = (shown: string, said: readonly string[]): Pick<OutdatedLine, 'printed'> => {
  const shape = shapeOf(plain(shown));
  const words = plain(shown).split(' ').length;
  const alike = new Set(
    said
      .filter((each) => shapeOf(plain(each)).startsWith(shape))
      .map((each) => new RegExp(`^(?:\\s*\\S+){${words}}`).exec(each)?.[0] ?? each),
  );
  const [printed] = alike;
  return printed === undefined || alike.size > 1 ? {} : { printed };
};

/** Runs a command as it stands in a folder: what is wrong with it, and lines that it was to print and did not. */
export const tryShown = (folder: string, { words, output }: ShownCommand): TriedCommand => {
  const { HUAWU_WORKSPACE: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [`${root}src/cli/main.ts`, ...words], {
    cwd: folder,
    encoding: 'utf8',
    env,
  });
  const said = `${stdout}\n${stderr}`.split('\n');
  const command = `huawu ${words.join(' ')}`;
  const outdated = output
    .filter((line) => !said.some((each) => plain(each).startsWith(plain(line))))
    .map((shown) => ({ shown, ...inItsPlace(shown, said) }));
  return {
    faults: [
      ...(status === 0 ? [] : [`${command}: exit code ${status}\n${stderr}`]),
      ...outdated.map(
        ({ shown, printed }) =>
          `${command} does not print: ${plain(shown)}${printed === undefined ? '' : `\n          but: ${plain(printed)}`}`,
      ),
    ],
    outdated,
  };
};
