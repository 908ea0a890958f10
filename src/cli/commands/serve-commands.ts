import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { isPostgresAddress } from '../../contract/settings.ts';
import type { ServedWorkspace } from '../../http/serve.ts';
import { UsageError } from '../../kernel/errors.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { cliFinding } from '../cli-findings.ts';
import { help, numberOption } from '../option-values.ts';
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
  /** The page that is opened first; left out: that of the week. */
  readonly page?: string;
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
  const { browser: _, page: _page, ...given } = options;
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
  } else {
    const address = `${server.openingAddress()}${options.page === undefined ? '' : `#/${options.page}`}`;
    await printAddress(context, options, { url: server.url, address });
  }
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

interface WorkerCommandOptions {
  readonly store?: string;
  readonly threads?: number;
  readonly metricsPort?: number;
}

export const addWorkerCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('worker')
    .summary(help('do-the-jobs'))
    .option('--store <address>', help('postgres-address-or-default'))
    .addOption(
      new Option('--threads <n>', help('threads-for-one-job')).argParser(
        numberOption({ min: 0, max: 256, whole: true }),
      ),
    )
    .addOption(
      new Option('--metrics-port <n>', help('answers-metrics-and-health-live')).argParser(
        numberOption({ min: 0, max: 65_535, whole: true }),
      ),
    )
    .action(run(workUntilInterrupted));
};

/** Does jobs until the user interrupts; a job that runs then is handed back. */
const workUntilInterrupted = async (context: CliContext, options: WorkerCommandOptions): Promise<void> => {
  const { metricsPort, ...given } = options;
  const { settings } = await settingsOf(context, given);
  if (!isPostgresAddress(settings.store)) throw new UsageError(needsPostgres);
  const { startWorker } = await import('../../http/start-worker.ts');
  const worker = await startWorker({
    folder: context.workspace,
    settings,
    ...(metricsPort === undefined ? {} : { metricsPort }),
  });
  const said = cliFinding('worker-ready');
  context.answer({ document: 'worker', metrics: worker.metricsUrl }, () => context.say(said));
  await untilInterrupted(context.terminal);
  await worker.close();
};

const needsPostgres = cliFinding('worker-needs-postgres');
