import { join } from 'node:path';
import { type Command, Option } from 'commander';
import {
  type AuditEntry,
  diaryKinds,
  diaryNoteSchema,
  type EarlierModel,
  type StoredDiaryNote,
} from '../../contract/documents/audit-document.ts';
import { type ModelName, modelNameSchema } from '../../contract/http/model-name.ts';
import { parseDocument } from '../../contract/parse-document.ts';
import { UsageError } from '../../kernel/errors.ts';
import { dayMillis } from '../../kernel/time.ts';
import type { Models, Store } from '../../planning/ports.ts';
import type { ChangedRosters } from '../../render/log-text.ts';
import type { CliContext, CommandAnswer, CommandRunner } from '../cli-context.ts';
import { dateOption, help, listByDefault, numberOption } from '../option-values.ts';
import { cliFinding } from '../cli-findings.ts';
import { writeOutput } from '../input-file.ts';
import { withWorkspace } from '../with-workspace.ts';

export const addAuditCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('audit')
    .summary(help('who-changed-what-and-when'))
    .addOption(new Option('--from <date>', help('changes-from-this-day-on')).argParser(dateOption))
    .addOption(new Option('--to <date>', help('changes-up-to-this-day')).argParser(dateOption))
    .addOption(
      new Option('--last <number>', help('at-most-so-many')).argParser(
        numberOption({ min: 1, max: 1_000_000, whole: true }),
      ),
    )
    .option('--out <file>', help('also-write-them'))
    .addOption(
      new Option('--keep-days <number>', help('let-entries-older-than-so')).argParser(
        numberOption({ min: 1, max: 36_500, whole: true }),
      ),
    )
    .action(run(answerAudit));
};

/** Rosters of which entries tell a change, with all that became of each; those that have gone are left out. */
const changedRosters = async (
  store: Pick<Store, 'roster' | 'rosterChanges'>,
  entries: readonly AuditEntry[],
): Promise<ChangedRosters> => {
  const found = new Map<string, NonNullable<ReturnType<ChangedRosters['get']>>>();
  const changed = entries.filter(({ action }) => action === 'roster-changed');
  for (const subject of new Set(changed.map((entry) => entry.subject))) {
    const names = await store.roster(subject);
    if (names !== undefined) found.set(subject, { names, changes: await store.rosterChanges(subject) });
  }
  return found;
};

interface AuditOptions {
  readonly from?: string;
  readonly to?: string;
  readonly last?: number;
  readonly out?: string;
  readonly keepDays?: number;
}

const endings = ['csv', 'json'] as const;

const answerAudit = async (context: CliContext, options: AuditOptions): Promise<void> => {
  const { from, to, last, out, keepDays } = options;
  const ending = endings.find((known) => out?.toLowerCase().endsWith(`.${known}`));
  if (out !== undefined && ending === undefined) throw new UsageError(cliFinding('unknown-audit-ending'));
  const { entries, chain, known, rosters } = await withWorkspace(
    context,
    async ({ store, models, nowMillis }) => {
      if (keepDays !== undefined) await store.shortenAudit(nowMillis - keepDays * dayMillis);
      const found = await store.audit({
        ...(from === undefined ? {} : { fromMillis: Date.parse(from) }),
        ...(to === undefined ? {} : { toMillis: Date.parse(to) + dayMillis }),
        ...(last === undefined ? {} : { limit: last }),
      });
      return {
        entries: found,
        rosters: await changedRosters(store, found),
        chain: await store.auditChain(),
        // What has gone since is still called as it was.
        known: [models, ...(await store.earlierModels()).map(({ document }) => document)],
      };
    },
  );
  const document = { document: 'audit', entries, chain };
  const { auditCsv } = await import('../../render/log-text.ts');
  if (out !== undefined)
    await writeOutput(
      out,
      ending === 'csv'
        ? auditCsv(entries, context.lang, known, rosters)
        : `${JSON.stringify(document, null, 2)}\n`,
    );
  const { auditText } = await import('../../render/log-text.ts');
  context.answer(document, () => auditText(entries, chain, context.lang, known, rosters));
};

interface NoteOptions {
  readonly date?: string;
  readonly kind?: (typeof diaryKinds)[number];
  readonly text?: string;
  readonly event?: boolean;
}

export const addDiaryCommand = (program: Command, run: CommandRunner): void => {
  const diary = program.command('diary').summary(help('what-happened-on-days'));
  listByDefault(diary, help('list-the-notes')).action(run(answerList));
  const date = (): Option => new Option('--date <date>', help('day')).argParser(dateOption);
  const kind = (): Option => new Option('--kind <kind>', help('what-happened')).choices(diaryKinds);
  diary
    .command('add')
    .summary(help('note-what-happened-on'))
    .addOption(date().makeOptionMandatory())
    .addOption(kind().makeOptionMandatory())
    .requiredOption('--text <words>', help('what-happened-words'))
    .option('--event', help('let-forecasts-use-the-day'))
    .action(run(answerAdd));
  diary
    .command('change')
    .summary(help('change-a-note'))
    .argument('<id>', help('its-number-in-the-list'))
    .addOption(date())
    .addOption(kind())
    .option('--text <words>', help('what-happened-words'))
    .option('--event', help('let-forecasts-use-the-day'))
    .option('--no-event', help('forecasts-use-it-no-longer'))
    .action(run(answerChange));
  diary
    .command('remove')
    .summary(help('remove-a-note'))
    .argument('<id>', help('its-number-in-the-list'))
    .action(run(answerRemove));
};

const answerList = async (context: CliContext): Promise<void> => {
  const notes = await withWorkspace(context, ({ store }) => store.diary());
  const { diaryText } = await import('../../render/log-text.ts');
  context.answer({ document: 'diary', notes }, () => diaryText(notes, context.lang));
};

const noteOf = async (store: Store, value: string): Promise<StoredDiaryNote> => {
  const note = (await store.diary()).find(({ id }) => String(id) === value);
  if (note === undefined) throw new UsageError(cliFinding('no-such-note', { given: value }));
  return note;
};

const tell = async (context: CliContext, note: StoredDiaryNote): Promise<void> => {
  const { diaryText } = await import('../../render/log-text.ts');
  context.answer({ document: 'diary-note', ...note }, () => diaryText([note], context.lang));
};

const answerAdd = async (context: CliContext, options: NoteOptions): Promise<void> => {
  const note = parseDocument(diaryNoteSchema, options);
  const stored = await withWorkspace(context, async ({ store }) =>
    noteOf(store, String(await store.addDiaryNote(note))),
  );
  await tell(context, stored);
};

const answerChange: CommandAnswer<NoteOptions> = async (context, options, [value = '']) => {
  const stored = await withWorkspace(context, async ({ store }) => {
    const { id, version, date, kind, text, event } = await noteOf(store, value);
    const note = parseDocument(diaryNoteSchema, { date, kind, text, event, ...options });
    await store.changeDiaryNote(id, note, version);
    return noteOf(store, value);
  });
  await tell(context, stored);
};

const answerRemove: CommandAnswer = async (context, _, [value = '']) => {
  const id = await withWorkspace(context, async ({ store }) => {
    const note = await noteOf(store, value);
    await store.changeDiaryNote(note.id, null, note.version);
    return note.id;
  });
  context.answer({ document: 'diary-removed', id }, () => context.say(cliFinding('note-removed', { id })));
};

export const addSettingsCommand = (program: Command, run: CommandRunner): void => {
  const settings = program.command('settings').summary(help('earlier-versions-of-the-settings'));
  listByDefault(settings, help('list-the-earlier-versions'))
    .addOption(new Option('--model <name>', help('only-of-this-model')).choices(modelNameSchema.options))
    .action(run(answerVersions));
  settings
    .command('bring-back')
    .summary(help('put-an-earlier-version'))
    .argument('<id>', help('its-number-in-the-list'))
    .action(run(answerBringBack));
};

const besideNow = async (
  versions: readonly EarlierModel[],
  models: Models,
): Promise<readonly { readonly version: EarlierModel; readonly now: unknown }[]> => {
  const { documentOf } = await import('../../http/model-files.ts');
  return versions.map((version) => ({ version, now: documentOf(models, version.model) }));
};

const answerVersions: CommandAnswer<{ readonly model?: ModelName }> = async (context, { model }) => {
  const { versions, shown } = await withWorkspace(context, async ({ store, models }) => {
    const versions = await store.earlierModels(model);
    return { versions, shown: await besideNow(versions, models) };
  });
  const { earlierModelsText } = await import('../../render/log-text.ts');
  context.answer({ document: 'settings', versions }, () => earlierModelsText(shown, context.lang));
};

const versionOf = async (store: Store, value: string): Promise<EarlierModel> => {
  const version = (await store.earlierModels()).find(({ id }) => String(id) === value);
  if (version === undefined) throw new UsageError(cliFinding('no-such-version', { given: value }));
  return version;
};

const answerBringBack: CommandAnswer = async (context, _, [value = '']) => {
  const { openModelFiles } = await import('../../http/model-files.ts');
  const version = await withWorkspace(context, async ({ store }) => {
    const version = await versionOf(store, value);
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
