import { Argument, type Command } from 'commander';
import { maintenanceSchema, type Maintenance } from '../../contract/maintenance.ts';
import { parseDocument } from '../../contract/parse-document.ts';
import type { CliContext } from '../cli-context.ts';
import { cliFinding } from '../cli-findings.ts';
import type { CommandRunner } from '../command-runner.ts';
import { help } from '../help-words.ts';
import { withWorkspace } from '../with-workspace.ts';

export const addMaintenanceCommand = (admin: Command, run: CommandRunner): void => {
  admin
    .command('maintenance')
    .summary(help('maintenance-reads-alone'))
    .addArgument(new Argument('<state>', help('on-or-off')).choices(['on', 'off']))
    .option('--message <words>', help('what-people-are-told'))
    .action(run(answerMaintenance));
};

const answerMaintenance = async (
  context: CliContext,
  { message }: { readonly message?: string },
  [state]: readonly string[],
): Promise<void> => {
  const since = new Date(context.terminal.nowMillis()).toISOString();
  const maintenance: Maintenance | null =
    state === 'on' ? parseDocument(maintenanceSchema, { since, message: message ?? null }) : null;
  await withWorkspace(context, ({ store }) => store.setMaintenance(maintenance));
  const said = cliFinding(maintenance === null ? 'maintenance-off' : 'maintenance-on');
  context.answer({ document: 'admin-maintenance', maintenance }, () => context.say(said));
};
