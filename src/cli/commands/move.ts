import type { Command } from 'commander';
import { isPostgresAddress } from '../../contract/settings.ts';
import { UsageError } from '../../kernel/errors.ts';
import { text } from '../../kernel/text.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { rowsIn } from '../rows-text.ts';
import { settingsOf } from '../settings-of.ts';

export const addMoveCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('move')
    .summary('move the workspace’s records to PostgreSQL, or from there into a folder, row for row')
    .requiredOption('--to <place>', 'postgres://user:password@host:port/database, or a folder')
    .option('--replace', 'overwrite what stands there of this hotline')
    .action(run(answerMove));
};

const answerMove = async (
  context: CliContext,
  options: { readonly to: string; readonly replace?: boolean },
): Promise<void> => {
  // Not repeated in the message: a mistyped address may hold a password.
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(options.to) && !isPostgresAddress(options.to))
    throw new UsageError(notAnAddress);
  const { moveWorkspace } = await import('../../store/move-workspace.ts');
  const { requireWorkspace } = await import('../../store/open-workspace.ts');
  const { settings, sources } = await settingsOf(context);
  requireWorkspace(context.workspace, settings.store);
  const from = { folder: context.workspace, store: settings.store, hotline: settings.hotline };
  const { folder, place, tables, leftAt } = await moveWorkspace(from, options.to, {
    replace: options.replace === true,
  });
  const rows = rowsIn(tables);
  const said = text(
    `已把 ${rows} 行移到 ${place}，逐行核对一致；工作区 ${folder} 现在使用它。原数据仍在 ${leftAt}，已不再接受写入，确认无误后可自行删除；仍在使用它的 server 请停下，在新的地点重新启动。`,
    `Moved ${rows} rows to ${place}, equal row for row; the workspace ${folder} uses them now. The old ones are still at ${leftAt} and take no more writes: delete them when you are sure, and stop a server that still uses them and start it at the new place.`,
  );
  context.answer({ document: 'move', folder, place, rows, leftAt, tables }, () => said[context.lang]);
  if (sources.store === 'environment')
    context.notice(
      text(
        '注意：环境变量 HUAWU_STORE 优先于 settings.json，请一并修改。',
        'Mind: the environment variable HUAWU_STORE outranks settings.json; change it too.',
      )[context.lang],
    );
};

const notAnAddress = text(
  '--to 看起来是一个地址，但不完整：请写 postgres://用户:密码@主机:端口/数据库，或者一个文件夹',
  '--to looks like an address but is not a whole one: write postgres://user:password@host:port/database, or a folder',
);
