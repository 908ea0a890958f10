import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { ServedWorkspace } from '../../http/serve-workspace.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help, numberOption } from '../option-values.ts';
import { cliFinding } from '../cli-findings.ts';
import { settingsOf } from '../settings-of.ts';
import { untilInterrupted } from '../with-workspace.ts';

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
  } else await printAddress(context, options, { url: server.url, address: server.openingAddress() });
  const interrupted = untilInterrupted(context.terminal);
  try {
    await Promise.race([meanwhile?.(server), interrupted]);
    await interrupted;
  } finally {
    await server.close();
  }
};

const untilCtrlC = cliFinding('ctrl-c-ends-it');

/** How a browser gets in: only somebody who sees this terminal, or may read the workspace, can. */
export const printAddress = async (
  context: CliContext,
  { browser = false }: ServeCommandOptions,
  { url, address }: { readonly url: string; readonly address: string },
): Promise<void> => {
  const said = cliFinding('serving', { url, address });
  context.answer({ document: 'serve', url, address }, () => context.say(said));
  if (browser) await openInBrowser(context.workspace, address);
};

/** What opens a file in the program that the user has chosen for its kind. */
const openers: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: 'open', win32: 'explorer.exe' };

/**
 * Opens a one-time address in this machine's browser, by way of a file that only the workspace's owner may read: what a
 * program is started with can be seen by every account of the machine. Nothing happens where no browser is found; the
 * address has been reported.
 */
export const openInBrowser = async (folder: string, address: string): Promise<void> => {
  const file = join(resolve(folder), 'open.html');
  const url = encodeURI(address);
  await writeFile(
    file,
    `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${url}"><a href="${url}">${url}</a>\n`,
    { mode: 0o600 },
  );
  const opener = spawn(openers[process.platform] ?? 'xdg-open', [file], { stdio: 'ignore', detached: true });
  opener.on('error', () => {});
  opener.unref();
};
