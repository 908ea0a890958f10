import { createProgram } from '../../src/cli/run-cli.ts';

/** The command line as a program to be looked at: its commands and options, in English; nothing is run and nothing printed. */
export const silentProgram = (): ReturnType<typeof createProgram> =>
  createProgram(
    {
      out: () => {},
      err: () => {},
      interactive: false,
      nowMillis: () => 0,
      signal: new AbortController().signal,
    },
    '0',
    'en',
  );
