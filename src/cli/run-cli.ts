import { CommanderError } from 'commander';
import type { Terminal } from './cli-context.ts';
import { createProgram } from './program.ts';
import { languageOf, reportFailure } from './report-failure.ts';

/** Runs one command line (without node and script) and answers its exit code. */
export const runCli = async (
  args: readonly string[],
  terminal: Terminal,
  version: string,
): Promise<number> => {
  try {
    let code = 0;
    const ending = { ...terminal, endWith: (wanted: 3): number => (code = wanted) };
    await createProgram(ending, version, languageOf(args)).parseAsync([...args], {
      from: 'user',
    });
    return code;
  } catch (thrown) {
    // --help and --version leave by an exception too.
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0;
    return reportFailure(thrown, args, terminal);
  }
};
