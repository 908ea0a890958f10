import { Option, type Command } from 'commander';
import {
  diaryKinds,
  diaryNoteSchema,
  type StoredDiaryNote,
} from '../../contract/documents/audit-document.ts';
import { parseDocument } from '../../contract/parse-document.ts';
import { UsageError } from '../../kernel/errors.ts';
import type { Store } from '../../planning/ports.ts';
import { cliFinding } from '../cli-findings.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help } from '../help-words.ts';
import { dateOption, listByDefault } from '../option-values.ts';
import { withWorkspace } from '../with-workspace.ts';

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

const noteOf = async (store: Store, given: string): Promise<StoredDiaryNote> => {
  const note = (await store.diary()).find(({ id }) => String(id) === given);
  if (note === undefined) throw new UsageError(cliFinding('no-such-note', { given }));
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

const answerChange = async (
  context: CliContext,
  options: NoteOptions,
  [given = '']: readonly string[],
): Promise<void> => {
  const stored = await withWorkspace(context, async ({ store }) => {
    const { id, version, date, kind, text, event } = await noteOf(store, given);
    const note = parseDocument(diaryNoteSchema, { date, kind, text, event, ...options });
    await store.changeDiaryNote(id, note, version);
    return noteOf(store, given);
  });
  await tell(context, stored);
};

const answerRemove = async (
  context: CliContext,
  _: object,
  [given = '']: readonly string[],
): Promise<void> => {
  const id = await withWorkspace(context, async ({ store }) => {
    const note = await noteOf(store, given);
    await store.changeDiaryNote(note.id, null, note.version);
    return note.id;
  });
  context.answer({ document: 'diary-removed', id }, () => context.say(cliFinding('note-removed', { id })));
};
