import { runCli } from '../../src/cli/run-cli.ts';

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, with a terminal that remembers. */
export const runCommand = async (
  args: readonly string[],
  {
    signal = new AbortController().signal,
    now = Date.parse('2026-11-24T08:00:00Z'),
  }: { signal?: AbortSignal; now?: number } = {},
): Promise<Said> => {
  let out = '';
  let err = '';
  const code = await runCli(
    args,
    {
      out: (chunk) => (out += chunk),
      err: (chunk) => (err += chunk),
      interactive: false,
      nowMillis: () => now,
      signal,
    },
    '0.0.0-test',
  );
  return { code, out, err };
};
