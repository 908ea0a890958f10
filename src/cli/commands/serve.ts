import { Option, type Command } from 'commander';
import { text } from '../../kernel/text.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { numberOption } from '../option-values.ts';
import { settingsOf } from '../settings-of.ts';
import { untilInterrupted } from '../until-interrupted.ts';

export interface ServeCommandOptions {
  readonly host?: string;
  readonly port?: number;
}

export const addServeOptions = (command: Command): Command =>
  command
    .option('--host <address>', 'address of this machine; default: 127.0.0.1')
    .addOption(
      new Option('--port <n>', 'default: 12345; 0: any free port').argParser(
        numberOption({ min: 0, max: 65_535, whole: true }),
      ),
    );

export const addServeCommand = (program: Command, run: CommandRunner): void => {
  addServeOptions(program.command('serve').summary('the web app and API on this machine')).action(
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
  tellAddress(context, { url: server.url, address: server.openingAddress() });
  context.notice(untilCtrlC[context.lang]);
  await untilInterrupted(context.terminal);
  await server.close();
};

const untilCtrlC = text('按 Ctrl+C 结束。', 'Ctrl+C ends it.');

/** How a browser gets in: only whoever sees this terminal, or may read the workspace, can. */
export const tellAddress = (
  context: CliContext,
  { url, address }: { readonly url: string; readonly address: string },
): void => {
  const said = text(
    `话务已在 ${url} 运行。请用浏览器打开这个网址（只能用一次，15 分钟内有效）：\n  ${address}\n此后该浏览器可直接打开 ${url}；换一个浏览器时，运行 huawu open 取得新的网址。`,
    `Huawu runs at ${url}. Open this address in a browser (good once, for 15 minutes):\n  ${address}\nFrom then on that browser may open ${url} itself; for another, huawu open prints a fresh address.`,
  );
  context.answer({ document: 'serve', url, address }, () => said[context.lang]);
};
