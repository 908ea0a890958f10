import { cliFinding } from '../cli-findings.ts';
import type { Command } from 'commander';
import { UsageError } from '../../kernel/errors.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help } from '../option-values.ts';
import { settingsOf } from '../settings-of.ts';

export const addOpenCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('open')
    .summary(help('fresh-one-time-address'))
    .option('--token', help('print-the-token'))
    .action(run(answerOpen));
};

/** Prints how the workspace's running server is reached. Wrong usage where none runs. */
const answerOpen = async (context: CliContext, options: { readonly token?: boolean }): Promise<void> => {
  const running = await runningServer(context);
  if (running === undefined) throw new UsageError(notRunning);
  const { settings } = await settingsOf(context);
  if (options.token === true && settings.signIn === 'on') throw new UsageError(cliFinding('tokens-by-admin'));
  const { url, token, address } = running;
  if (options.token === true) context.answer({ document: 'open', url, token }, () => token);
  else context.answer({ document: 'open', url, address }, () => address);
};

const notRunning = cliFinding('not-running');

interface FoundServer {
  readonly url: string;
  readonly token: string;
  /** Lets one browser in, once. */
  readonly address: string;
}

/** The server of the workspace that runs on this machine already, whatever started it; undefined where none does. */
export const runningServer = async ({
  workspace,
  terminal,
}: CliContext): Promise<FoundServer | undefined> => {
  const { answersAt, openingAddress, readAccess } = await import('../../http/access.ts');
  const access = await readAccess(workspace);
  if (access === undefined || access.url === null || !(await answersAt(access))) return undefined;
  const { url, token } = access;
  return { url, token, address: openingAddress(url, access, terminal.nowMillis()) };
};
