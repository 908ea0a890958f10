import { unnamedHotline } from '../../words/planning.ts';
import { cliFinding } from '../cli-findings.ts';
import type { Command } from 'commander';
import { join } from 'node:path';
import { settingsFileName, type Settings } from '../../contract/settings.ts';
import { countryOfLine } from '../check-country.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { productFolder } from '../product-folders.ts';
import { settingsOf } from '../settings-of.ts';
import { help } from '../help-words.ts';

export const addInitCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('init')
    .summary(help('make-a-workspace-folder'))
    .option('--timezone <zone>', help('iana-zone-of-the-hotline'))
    .option('--country <code>', help('iso-country-whose-calendar-applies'))
    .option('--store <address>', help('sqlite-or-postgres-address'))
    .option('--hotline <name>', help('which-shared-hotline-this-is'))
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
  if (calendar === null) context.notice(noCalendar);
  context.answer({ document: 'init', folder, zone, country: calendar }, () =>
    context.say(
      cliFinding('workspace-made', { folder, models: join(folder, 'models'), zone, country: calendar }),
    ),
  );
};

const noCalendar = cliFinding('no-calendar-of-holidays');
