import { noFigure } from '../../words/figures.ts';
import { spoken } from '../../words/phrases.ts';
import { messages } from '../../words/messages.ts';
import { cliFinding } from '../cli-findings.ts';
import { Option, type Command } from 'commander';
import { UsageError } from '../../kernel/errors.ts';
import { clockTime } from '../../kernel/time-window.ts';
import { mostOverruledCalls } from '../../contract/documents/overrule-schema.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { dateOption, help, listByDefault, numberOption, invalid } from '../option-values.ts';
import { withWorkspace } from '../with-workspace.ts';

export const addOverruleCommand = (program: Command, run: CommandRunner): void => {
  const overrule = program.command('overrule').summary(help('change-the-forecast'));
  overrule
    .command('add')
    .summary(help('add-a-change'))
    .addOption(new Option('--date <date>', help('day-to-change')).argParser(dateOption).makeOptionMandatory())
    .option('--queue <queue>', help('default-every-queue'))
    .addOption(new Option('--from <time>', help('hh-mm-default-the-whole')).argParser(clockOption))
    .addOption(new Option('--to <time>', help('hh-mm')).argParser(clockOption))
    .addOption(
      new Option('--factor <n>', help('times-as-many-calls')).argParser(numberOption({ min: 0, max: 20 })),
    )
    .addOption(
      new Option('--calls <n>', help('so-many-calls'))
        .argParser(numberOption({ min: 0, max: mostOverruledCalls }))
        .conflicts('factor'),
    )
    .requiredOption('--reason <words>', help('why-it-is-changed'))
    .option('--author <name>', help('who-changes'), 'planner')
    .option('--yes', help('although-more-than-half'))
    .action(run(answerAdd));
  listByDefault(overrule, help('list-the-changes')).action(run(answerList));
  overrule
    .command('remove')
    .summary(help('take-a-change-back'))
    .argument('<id>', help('its-number-in-the-list'))
    .action(run(answerRemove));
};

interface AddOptions {
  readonly date: string;
  readonly queue?: string;
  readonly from?: string;
  readonly to?: string;
  readonly factor?: number;
  readonly calls?: number;
  readonly reason: string;
  readonly author: string;
  readonly yes?: boolean;
}

const answerAdd = async (context: CliContext, options: AddOptions): Promise<void> => {
  if ((options.factor === undefined) === (options.calls === undefined))
    throw new UsageError(cliFinding('give-factor-or-calls'));
  if ((options.from === undefined) !== (options.to === undefined))
    throw new UsageError(cliFinding('give-from-and-to'));
  const { wantedOverruleSchema } = await import('../../contract/documents/overrule-schema.ts');
  const { parseDocument } = await import('../../contract/parse-document.ts');
  const overrule = parseDocument(wantedOverruleSchema, {
    queue: options.queue ?? null,
    date: options.date,
    from: options.from ?? null,
    to: options.to ?? null,
    factor: options.factor ?? null,
    calls: options.calls ?? null,
    reason: options.reason,
    author: options.author,
  });
  const { refuseLargeChange } = await import('../../planning/refuse-large-change.ts');
  const { queueNamed } = await import('../../planning/history/effective-models.ts');
  const { id, added } = await withWorkspace(context, async ({ store, models }) => {
    const known = [
      ...new Set([
        ...models.hotline.queues.map((q) => q.queue),
        ...(await store.trafficSummary()).map((q) => q.queue),
      ]),
    ];
    const queue = overrule.queue === null ? null : queueNamed(overrule.queue, known, models.hotline.queues);
    const added = { ...overrule, queue };
    await refuseLargeChange(store, added, options.yes === true);
    return { id: await store.addOverrule(added), added };
  });
  const said = cliFinding('change-noted', { id });
  context.answer({ document: 'overrule', id, ...added }, () => context.say(said));
};

const answerList = async (context: CliContext): Promise<void> => {
  const overrules = await withWorkspace(context, ({ store }) => store.overrules());
  const { terminalRows } = await import('../../render/terminal-table.ts');
  const { headed } = await import('../../render/table.ts');
  context.answer({ document: 'overrules', overrules }, () =>
    terminalRows(
      context.lang,
      overrules,
      headed<(typeof overrules)[number]>(spoken(messages('terminal-overrule'), context.lang).heads, [
        ['number:0', ({ id }) => id],
        ['date', ({ date }) => date],
        ['time', ({ from, to }) => (from === null ? noFigure : `${from}–${to ?? ''}`)],
        ['text', ({ queue }) => queue ?? noFigure],
        ['number', ({ factor, calls }) => (factor === null ? String(calls) : `× ${factor}`)],
        ['text', ({ reason }) => reason],
        ['text', ({ author }) => author],
      ]),
    ),
  );
};

const answerRemove = async (context: CliContext, _: object, [value]: readonly string[]): Promise<void> => {
  const id = Number(value);
  const removed = await withWorkspace(context, ({ store }) => store.removeOverrule(id));
  if (!removed) throw new UsageError(cliFinding('no-such-change', { given: value ?? '' }));
  const said = cliFinding('change-taken-back', { id });
  context.answer({ document: 'overrule-removed', id }, () => context.say(said));
};

const clockOption = (value: string): string => {
  if (!clockTime.test(value)) throw invalid(cliFinding('a-clock-time'));
  return value;
};
