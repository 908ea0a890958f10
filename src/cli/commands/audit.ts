import { Option, type Command } from 'commander';
import { UsageError } from '../../kernel/errors.ts';
import { cliFinding } from '../cli-findings.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { writeOutput } from '../input-file.ts';
import { dateOption, numberOption } from '../option-values.ts';
import { withWorkspace } from '../with-workspace.ts';
import { help } from '../help-words.ts';

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

interface AuditOptions {
  readonly from?: string;
  readonly to?: string;
  readonly last?: number;
  readonly out?: string;
  readonly keepDays?: number;
}

const dayMillis = 86_400_000;
const endings = ['csv', 'json'] as const;

const answerAudit = async (context: CliContext, options: AuditOptions): Promise<void> => {
  const { from, to, last, out, keepDays } = options;
  const ending = endings.find((known) => out?.toLowerCase().endsWith(`.${known}`));
  if (out !== undefined && ending === undefined) throw new UsageError(cliFinding('unknown-audit-ending'));
  const { entries, chain } = await withWorkspace(context, async ({ store, nowMillis }) => {
    if (keepDays !== undefined) await store.shortenAudit(nowMillis - keepDays * dayMillis);
    return {
      entries: await store.audit({
        ...(from === undefined ? {} : { fromMillis: Date.parse(from) }),
        ...(to === undefined ? {} : { toMillis: Date.parse(to) + dayMillis }),
        ...(last === undefined ? {} : { limit: last }),
      }),
      chain: await store.auditChain(),
    };
  });
  const document = { document: 'audit', entries, chain };
  const { auditCsv } = await import('../../render/log-text.ts');
  if (out !== undefined)
    await writeOutput(
      out,
      ending === 'csv' ? auditCsv(entries, context.lang) : `${JSON.stringify(document, null, 2)}\n`,
    );
  const { auditText } = await import('../../render/log-text.ts');
  context.answer(document, () => auditText(entries, chain, context.lang));
};
