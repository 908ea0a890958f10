import { unnamedHotline } from '../../words/planning.ts';
import { cliFinding } from '../cli-findings.ts';
import type { Command } from 'commander';
import { join } from 'node:path';
import { countryOfLine } from '../check-country.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help } from '../option-values.ts';
import { productFolder } from '../product-folders.ts';
import { settingsOf } from '../settings-of.ts';

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
    ...(store === undefined && hotline === undefined
      ? {}
      : { settings: { store: settings.store, hotline: settings.hotline } }),
  });
  const { folder, models } = workspace;
  await workspace.close();
  const { zone, country: calendar } = models.hotline;
  if (calendar === null) context.notice(noCalendar);
  context.answer({ document: 'init', folder, zone, country: calendar }, () =>
    context.say(
      cliFinding('workspace-made', { folder, models: join(folder, 'models'), zone, country: calendar }),
    ),
  );
};

const noCalendar = cliFinding('no-calendar-of-holidays');
