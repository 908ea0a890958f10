import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { isPostgresAddress } from '../../contract/settings.ts';
import { unpackError } from '../../engine/packed-error.ts';
import type { ServedWorkspace } from '../../http/serve.ts';
import { isFinished, type JobRecord } from '../../jobs/job-queue.ts';
import { UsageError } from '../../kernel/errors.ts';
import { addDays, weekOf } from '../../kernel/time.ts';
import { shownPlan } from '../../planning/shown-plan.ts';
import { describeProblem } from '../../words/problems.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { cliFinding } from '../cli-findings.ts';
import { help, numberOption } from '../option-values.ts';
import { settingsOf } from '../settings-of.ts';
import { untilInterrupted, withWorkspace } from '../with-workspace.ts';

interface ServeCommandOptions {
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

const addServeOptions = (command: Command): Command =>
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
  // What is to be opened is last.
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
const printAddress = async (
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
const runningServer = async ({ workspace, terminal }: CliContext): Promise<FoundServer | undefined> => {
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

interface StartOptions extends ServeCommandOptions {
  readonly once?: boolean;
  readonly verbose?: boolean;
}

export const addStartCommand = (program: Command, run: CommandRunner): void => {
  addServeOptions(program.command('start'))
    .summary(help('everything-at-once'))
    .option('--once', help('print-the-plan-and-end'))
    .option('--verbose', help('print-the-whole-plan'))
    .action(run(answerStart));
};

/**
 * The first minute of a stranger: makes the demo hotline where there is no workspace, serves the app, plans the week after
 * the data while the page already stands, and prints its sentence. A user's own workspace without data is only served.
 * Where the workspace's server runs already, only a fresh address of it is printed.
 */
const answerStart = async (context: CliContext, options: StartOptions): Promise<void> => {
  const running = options.once === true ? undefined : await runningServer(context);
  if (running !== undefined) {
    await printAddress(context, options, running);
    return;
  }
  const { prepareDemo } = await import('../prepare-demo.ts');
  await prepareDemo(context);
  const isPlannable = await hasTraffic(context);
  if (options.once !== true)
    await serveUntilInterrupted(context, options, isPlannable ? planBeside(context, options) : undefined);
  else if (isPlannable) {
    const { planDemo, printPlan } = await import('./demo.ts');
    await printPlan(context, await planDemo(context), options.verbose);
  } else throw new UsageError(nothingToPlan);
};

/**
 * Plans the coming week as one of the server's jobs, so that the page shows how far it is; prints the plan once it is
 * there. With --json there is one document, the address: the plan is made all the same.
 */
const planBeside =
  (context: CliContext, { verbose = false }: StartOptions) =>
  async ({ order, watch }: ServedWorkspace): Promise<void> => {
    const { showProgress } = await import('../show-progress.ts');
    const show = showProgress(context.terminal, context.lang);
    const { id } = await order({ kind: 'plan', request: { seed: context.seed } });
    const { promise: end, resolve } = Promise.withResolvers<JobRecord>();
    const stop = watch(id, (job) => (isFinished(job) ? resolve(job) : show(job.done, job.step ?? undefined)));
    const { error, path } = await end;
    stop();
    show(1);
    // A line that cannot be planned yet is served all the same: what it lacks is brought in on the page.
    for (const problem of error?.problems ?? [])
      context.notice(describeProblem(problem, context.lang, 'terminal'));
    if (error !== null && error.problems === undefined) throw unpackError(error);
    const planId = path?.split('/').at(-1);
    if (planId === undefined) return;
    const plan = await withWorkspace(context, ({ store }) => shownPlan(store, planId));
    if (plan === undefined) return;
    if (plan.hotline.madeUp) await fillDemo(context, order, plan);
    if (context.json) return;
    const { renderPlanBrief, renderPlanText } = await import('../../render/plan-text.ts');
    context.answer(plan, () => `${(verbose ? renderPlanText : renderPlanBrief)(plan, context.lang)}\n`);
  };

/**
 * Has the demo's roster and the comparison of its last week made as well, one after the other behind the plan: their pages
 * have something to show when one first opens them. A roster that is there is left as it is.
 */
const fillDemo = async (
  context: CliContext,
  order: ServedWorkspace['order'],
  plan: PlanDocument,
): Promise<void> => {
  const { rosterRequestSchema } = await import('../../contract/http/roster-requests.ts');
  const { compareRequestSchema } = await import('../../contract/http/job-requests.ts');
  const { seed } = context;
  const rosters = await withWorkspace(context, ({ store }) => store.rosters());
  const request = rosterRequestSchema.parse({ from: plan.firstDate, weeks: 1, seed });
  // Nobody has asked for them: they give way to anyone who asks for something.
  const asNobody = { asks: true };
  if (rosters.length === 0) await order({ kind: 'roster', request }, asNobody);
  const week = weekOf(addDays(plan.firstDate, -7));
  await order({ kind: 'compare', request: compareRequestSchema.parse({ week, seed }) }, asNobody);
};

const hasTraffic = (context: CliContext): Promise<boolean> =>
  withWorkspace(context, async ({ store }) => (await store.trafficSummary()).length > 0);

const nothingToPlan = cliFinding('nothing-to-plan');
