import { cliFinding } from '../cli-findings.ts';
import { Option, type Command } from 'commander';
import type { ServedWorkspace } from '../../http/serve-workspace.ts';
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
  readonly publicUrl?: string;
  readonly trustedProxy?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly browser?: boolean;
}

export const addServeOptions = (command: Command): Command =>
  command
    .option('--host <address>', help('address-of-this-machine'))
    .addOption(
      new Option('--port <n>', help('default-12345-0-any-free')).argParser(
        numberOption({ min: 0, max: 65_535, whole: true }),
      ),
    )
    .option('--public-url <url>', help('address-that-browsers-open'))
    .option('--trusted-proxy <addresses>', help('address-of-the-reverse-proxy'))
    .option('--tls-cert <file>', help('file-of-the-certificate'))
    .option('--tls-key <file>', help('file-of-its-private-key'))
    .option('--browser', help('open-the-page-in-this'));

export const addServeCommand = (program: Command, run: CommandRunner): void => {
  addServeOptions(program.command('serve').summary(help('web-app-and-api-on'))).action(
    run((context, options: ServeCommandOptions) => serveUntilInterrupted(context, options)),
  );
};

/** Serves until the user interrupts; then finishes in order. `meanwhile` begins once browsers can get in. */
export const serveUntilInterrupted = async (
  context: CliContext,
  options: ServeCommandOptions,
  meanwhile?: (server: ServedWorkspace) => Promise<void>,
): Promise<void> => {
  const { serveWorkspace } = await import('../../http/serve-workspace.ts');
  const { browser: _, ...given } = options;
  const { settings } = await settingsOf(context, given);
  const server = await serveWorkspace({ folder: context.workspace, settings });
  const { setUpCode, noAdministrator } = server;
  // What is to be opened stands last.
  context.notice(untilCtrlC);
  if (settings.signIn === 'on') {
    const url = settings.publicUrl === '' ? server.url : settings.publicUrl;
    const said = cliFinding('serving-signed-in', { url, code: setUpCode ?? null });
    const code = setUpCode === undefined ? {} : { setUpCode };
    context.answer({ document: 'serve', url, address: url, ...code }, () => context.say(said));
    if (noAdministrator !== undefined) context.notice(cliFinding('no-administrator', noAdministrator));
  } else await tellAddress(context, options, { url: server.url, address: server.openingAddress() });
  const interrupted = untilInterrupted(context.terminal);
  try {
    await Promise.race([meanwhile?.(server), interrupted]);
    await interrupted;
  } finally {
    await server.close();
  }
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
