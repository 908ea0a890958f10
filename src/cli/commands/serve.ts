import { cliFinding } from '../cli-findings.ts';
import { Option, type Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { openInBrowser } from '../open-browser.ts';
import { numberOption } from '../option-values.ts';
import { settingsOf } from '../settings-of.ts';
import { untilInterrupted } from '../until-interrupted.ts';
import { help } from '../help-words.ts';

export interface ServeCommandOptions {
  readonly host?: string;
  readonly port?: number;
  readonly browser?: boolean;
}

export const addServeOptions = (command: Command): Command =>
  command
    .option('--host <address>', help('address of this machine; default: 127.0.0.1'))
    .addOption(
      new Option('--port <n>', help('default: 12345; 0: any free port')).argParser(
        numberOption({ min: 0, max: 65_535, whole: true }),
      ),
    )
    .option('--browser', help('open the page in this machine’s browser'));

export const addServeCommand = (program: Command, run: CommandRunner): void => {
  addServeOptions(program.command('serve').summary(help('the web app and API on this machine'))).action(
    run(serveUntilInterrupted),
  );
};

/** Serves until the user interrupts; then finishes in order. */
export const serveUntilInterrupted = async (
  context: CliContext,
  options: ServeCommandOptions,
): Promise<void> => {
  const { serveWorkspace } = await import('../../http/serve-workspace.ts');
  const { settings } = await settingsOf(context, {
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  const server = await serveWorkspace({ folder: context.workspace, settings });
  await tellAddress(context, options, { url: server.url, address: server.openingAddress() });
  context.notice(untilCtrlC);
  await untilInterrupted(context.terminal);
  await server.close();
};

const untilCtrlC = cliFinding('ctrl-c-ends-it');

/** How a browser gets in: only whoever sees this terminal, or may read the workspace, can. */
export const tellAddress = async (
  context: CliContext,
  { browser = false }: ServeCommandOptions,
  { url, address }: { readonly url: string; readonly address: string },
): Promise<void> => {
  const said = cliFinding('serving', { url, address });
  context.answer({ document: 'serve', url, address }, () => context.say(said));
  if (browser) await openInBrowser(context.workspace, address);
};
