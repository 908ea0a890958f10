import { cliFinding } from '../cli-findings.ts';
import type { Command } from 'commander';
import type { HoursDocument } from '../../contract/documents/hours-document.ts';
import { weeklyHours } from '../../kernel/time-window.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help } from '../option-values.ts';
import { withWorkspace } from '../with-workspace.ts';

export const addHoursCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('hours')
    .summary(help('when-the-line-is-open'))
    .option('--keep', help('write-the-hours'))
    .action(run(answerHours));
};

const answerHours = async (context: CliContext, { keep }: { readonly keep?: boolean }): Promise<void> => {
  const { lineHours } = await import('../../planning/line-hours.ts');
  const document = await withWorkspace(context, (ports) => lineHours(ports, { keep: keep === true }));
  context.answer(document, () => context.say(hoursFinding(document)));
};

const hoursFinding = ({ source, week, learnt, kept }: HoursDocument) => {
  const [inUse, shown] = [weeklyHours(week), weeklyHours(learnt)];
  if (kept) return cliFinding('hours-written', { shown });
  return source === 'learnt'
    ? cliFinding('hours-learnt', { shown })
    : cliFinding('hours-stated', { inUse, shown });
};
