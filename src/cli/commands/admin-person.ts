import { isatty } from 'node:tty';
import type { Command } from 'commander';
import { UsageError } from '../../kernel/errors.ts';
import { localUser } from '../../store/audit-log.ts';
import type { Database } from '../../store/database.ts';
import type { PersonExport } from '../../store/export-person.ts';
import type { CliContext } from '../cli-context.ts';
import { cliFinding } from '../cli-findings.ts';
import type { CommandRunner } from '../command-runner.ts';
import { help } from '../help-words.ts';
import { settingsOf } from '../settings-of.ts';

/** What people may ask for: what is kept of them, and that it goes. */
export const addPersonCommands = (admin: Command, run: CommandRunner): void => {
  const person = (name: string, summary: string): Command =>
    admin.command(name).summary(summary).argument('<person>', help('operator-as-the-records-have'));
  person('export-person', help('everything-that-is-kept'))
    .option('--out <file>', help('file-write-left'))
    .action(run(answerExport));
  person('erase-person', help('erase-somebody'))
    .option('--yes', help('without-asking'))
    .action(run(answerErase));
};

const withDatabase = async <Answer>(
  context: CliContext,
  work: (database: Database, hotline: string) => Promise<Answer>,
): Promise<Answer> => {
  const { openDatabase } = await import('../../store/open-store.ts');
  const { requireWorkspace } = await import('../../store/open-workspace.ts');
  const { settings } = await settingsOf(context);
  requireWorkspace(context.workspace, settings.store);
  const database = await openDatabase({ folder: context.workspace, ...settings });
  try {
    return await work(database, settings.hotline);
  } finally {
    await database.close();
  }
};

const answerExport = async (
  context: CliContext,
  { out }: { readonly out?: string },
  [person = '']: readonly string[],
): Promise<void> => {
  const { exportPerson } = await import('../../store/export-person.ts');
  const kept = await withDatabase(context, (database, hotline) => exportPerson(database, hotline, person));
  const document = { document: 'admin-person', ...kept };
  const json = JSON.stringify(document, null, 2);
  if (out === undefined) {
    context.answer(document, () => json);
    return;
  }
  const { writeOutput } = await import('../input-file.ts');
  await writeOutput(out, `${json}\n`, 0o600);
  context.answer(document, () => context.say(cliFinding('person-exported', { person, file: out })));
};

const rowsOf = ({ lines, sessions, tokens }: PersonExport): number =>
  lines.flatMap(({ records }) => Object.values(records)).reduce((sum, rows) => sum + rows.length, 0) +
  sessions.length +
  tokens.length;

const answerErase = async (
  context: CliContext,
  { yes }: { readonly yes?: boolean },
  [person = '']: readonly string[],
): Promise<void> => {
  const { exportPerson } = await import('../../store/export-person.ts');
  const { erasePerson } = await import('../../store/erase-person.ts');
  const { newId } = await import('../../access/secrets.ts');
  const erased = await withDatabase(context, async (database, hotline) => {
    if (yes !== true && !(await isSure(context, person, await exportPerson(database, hotline, person))))
      throw new UsageError(cliFinding('person-not-erased'));
    const author = { actor: localUser, now: context.terminal.nowMillis };
    return erasePerson(database, hotline, author, person, `erased-${newId()}`);
  });
  const sum = (rows: Readonly<Record<string, number>>): number =>
    Object.values(rows).reduce((total, each) => total + each, 0);
  const said = cliFinding('person-erased', {
    pseudonym: erased.pseudonym,
    removed: sum(erased.removed),
    rewritten: sum(erased.rewritten),
  });
  context.answer({ document: 'admin-person-erased', ...erased }, () => context.say(said));
};

/** Asked at a terminal alone: what is piped in confirms nothing. */
const isSure = async (context: CliContext, person: string, kept: PersonExport): Promise<boolean> => {
  if (!isatty(0) || !context.terminal.interactive) throw new UsageError(cliFinding('person-erase-wants-yes'));
  const { readLine } = await import('../read-secret.ts');
  context.notice(cliFinding('person-erase-asks', { person, rows: rowsOf(kept) }));
  return (await readLine()).trim() === person;
};
