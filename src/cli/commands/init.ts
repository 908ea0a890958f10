import type { Command } from 'commander';
import { text } from '../../kernel/text.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { productFolder } from '../product-folders.ts';

export const addInitCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('init')
    .summary('make a workspace folder: a database, and copies of models/ to edit')
    .option('--timezone <zone>', 'IANA zone of the hotline')
    .option('--country <code>', 'ISO country whose calendar applies')
    .action(run(answerInit));
};

const answerInit = async (
  context: CliContext,
  options: { readonly timezone?: string; readonly country?: string },
): Promise<void> => {
  const { createWorkspace } = await import('../../store/create-workspace.ts');
  const workspace = await createWorkspace(context.workspace, {
    modelsFrom: productFolder('models'),
    real: true,
    ...(options.timezone === undefined ? {} : { zone: options.timezone }),
    ...(options.country === undefined ? {} : { country: options.country }),
  });
  const { folder, models } = workspace;
  await workspace.close();
  const { zone, country } = models.hotline;
  const said = text(
    `工作区已建好:${folder}(时区 ${zone},日历 ${country ?? '无'})\n请先修改 models/ 下的文件,再用 huawu ingest traffic 文件 导入话务。`,
    `Workspace made: ${folder} (zone ${zone}, calendar ${country ?? 'none'})\nEdit the files under models/, then bring in traffic: huawu ingest traffic FILE.`,
  );
  context.answer({ document: 'init', folder, zone, country }, () => said[context.lang]);
};
