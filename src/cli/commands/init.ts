import { unnamedHotline } from '../../words/planning.ts';
import type { Command } from 'commander';
import { join } from 'node:path';
import { settingsFileName, type Settings } from '../../contract/settings.ts';
import { text, type Text } from '../../kernel/text.ts';
import { countryOfLine } from '../check-country.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { productFolder } from '../product-folders.ts';
import { settingsOf } from '../settings-of.ts';

export const addInitCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('init')
    .summary('make a workspace folder: a database, and copies of models/ to edit')
    .option('--timezone <zone>', 'IANA zone of the hotline')
    .option('--country <code>', 'ISO country whose calendar applies')
    .option('--store <address>', 'sqlite, or postgres://user:password@host:port/database')
    .option('--hotline <name>', 'which hotline of a shared database this is; default: main')
    .action(run(answerInit));
};

interface InitOptions {
  readonly timezone?: string;
  readonly country?: string;
  readonly store?: string;
  readonly hotline?: string;
}

/** Only the owner may read them: the address of a database holds its password. */
const keepSettings = async (folder: string, settings: Partial<Settings>): Promise<void> => {
  const { readFile, writeFile } = await import('node:fs/promises');
  const file = join(folder, settingsFileName);
  const before = JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as object;
  await writeFile(file, `${JSON.stringify({ ...before, ...settings }, null, 2)}\n`, { mode: 0o600 });
};

const answerInit = async (context: CliContext, options: InitOptions): Promise<void> => {
  const { store, hotline } = options;
  const { settings } = await settingsOf(context, {
    ...(store === undefined ? {} : { store }),
    ...(hotline === undefined ? {} : { hotline }),
  });
  const country = await countryOfLine(options.country, options.timezone);
  const { createWorkspace } = await import('../../store/create-workspace.ts');
  const workspace = await createWorkspace(context.workspace, {
    modelsFrom: productFolder('models'),
    real: { name: unnamedHotline },
    store: settings.store,
    hotline: settings.hotline,
    ...(options.timezone === undefined ? {} : { zone: options.timezone }),
    ...(country === undefined ? {} : { country }),
  });
  const { folder, models } = workspace;
  await workspace.close();
  if (store !== undefined || hotline !== undefined)
    await keepSettings(folder, { store: settings.store, hotline: settings.hotline });
  const { zone, country: calendar } = models.hotline;
  if (calendar === null) context.notice(noCalendar[context.lang]);
  context.answer(
    { document: 'init', folder, zone, country: calendar },
    () => nextSteps(folder, zone, calendar)[context.lang],
  );
};

const noCalendar = text(
  '没有节假日日历：预测会把节假日当作平常日。可用 --country 指定国家，或在 models/calendar.json 里写明节假日。',
  'There is no calendar of holidays, which are forecast as ordinary days: name a country with --country, or write them into models/calendar.json.',
);

const nextSteps = (folder: string, zone: string, country: string | null): Text =>
  text(
    `工作区已建好：${folder}（时区 ${zone}，日历 ${country ?? '无'}）
接下来修改 ${join(folder, 'models')} 下的文件：
  hotline.json  名称、开放时间、队列、中继数、应答时限
  tiers.json    座席等级、各接哪些队列、每小时成本、缩减率
  shifts.json   班型、休息、缺人与富余的价格
  targets.json  接通率、时限内接通率、占用率等目标
  prompts.json  分流提示、线上渠道及播放规则
然后导入话务：huawu ingest traffic 文件（交换机常用格式可加 --preset，见 models/presets）
再做计划：huawu plan`,
    `Workspace made: ${folder} (zone ${zone}, calendar ${country ?? 'none'})
Next, edit the files under ${join(folder, 'models')}:
  hotline.json  name, opening hours, queues, lines, answer-time threshold
  tiers.json    grades of operators, the queues of each, cost per hour, shrinkage
  shifts.json   shift templates, breaks, prices of missing and spare operators
  targets.json  connection rate, rate within the threshold, occupancy
  prompts.json  diversion prompts, online channels, rules for playing
Then bring in traffic: huawu ingest traffic FILE (--preset for usual exports, see models/presets)
and plan: huawu plan`,
  );
