import { join } from 'node:path';
import { Option, type Command } from 'commander';
import type { EarlierModel } from '../../contract/documents/audit-document.ts';
import { modelNameSchema, type ModelName } from '../../contract/http/model-name.ts';
import { UsageError } from '../../kernel/errors.ts';
import type { Models, Store } from '../../planning/ports.ts';
import { cliFinding } from '../cli-findings.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help } from '../help-words.ts';
import { listByDefault } from '../option-values.ts';
import { withWorkspace } from '../with-workspace.ts';

export const addSettingsCommand = (program: Command, run: CommandRunner): void => {
  const settings = program.command('settings').summary(help('earlier-versions-of-the-settings'));
  listByDefault(settings, help('list-the-earlier-versions'))
    .addOption(new Option('--model <name>', help('only-of-this-model')).choices(modelNameSchema.options))
    .action(run(answerList));
  settings
    .command('bring-back')
    .summary(help('put-an-earlier-version'))
    .argument('<id>', help('its-number-in-the-list'))
    .action(run(answerBringBack));
};

/** Each version beside the model as it stands now. */
const besideNow = async (
  versions: readonly EarlierModel[],
  models: Models,
): Promise<readonly { readonly version: EarlierModel; readonly now: unknown }[]> => {
  const { documentOf } = await import('../../http/model-files.ts');
  return versions.map((version) => ({ version, now: documentOf(models, version.model) }));
};

const answerList = async (context: CliContext, { model }: { readonly model?: ModelName }): Promise<void> => {
  const { versions, shown } = await withWorkspace(context, async ({ store, models }) => {
    const versions = await store.earlierModels(model);
    return { versions, shown: await besideNow(versions, models) };
  });
  const { earlierModelsText } = await import('../../render/log-text.ts');
  context.answer({ document: 'settings', versions }, () => earlierModelsText(shown, context.lang));
};

const versionOf = async (store: Store, given: string): Promise<EarlierModel> => {
  const version = (await store.earlierModels()).find(({ id }) => String(id) === given);
  if (version === undefined) throw new UsageError(cliFinding('no-such-version', { given }));
  return version;
};

const answerBringBack = async (
  context: CliContext,
  _: object,
  [given = '']: readonly string[],
): Promise<void> => {
  const { openModelFiles } = await import('../../http/model-files.ts');
  const version = await withWorkspace(context, async ({ store }) => {
    const version = await versionOf(store, given);
    await openModelFiles(join(context.workspace, 'models')).write(version.model, version.document, {
      store,
      versions: [],
    });
    return version;
  });
  context.answer({ document: 'settings-brought-back', version }, () =>
    context.say(cliFinding('version-brought-back', { id: version.id, model: version.model })),
  );
};
