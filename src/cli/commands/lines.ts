import type { Command } from 'commander';
import type { LineEntry } from '../../contract/documents/line-overview.ts';
import { BadInputError } from '../../kernel/errors.ts';
import type { WorkspaceLine } from '../../store/workspace-lines.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help } from '../option-values.ts';
import { settingsOf } from '../settings-of.ts';
import { withWorkspace } from '../with-workspace.ts';

interface LinesOptions {
  readonly refresh?: boolean;
  readonly atRisk?: boolean;
}

export const addLinesCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('lines')
    .summary(help('workspaces-hotlines-at-a-glance'))
    .option('--refresh', help('work-every-line-out-anew'))
    .option('--at-risk', help('those-with-most-days-at'))
    .action(run(answerLines));
};

const answerLines = async (context: CliContext, { refresh, atRisk }: LinesOptions): Promise<void> => {
  const { workspaceLines } = await import('../../store/workspace-lines.ts');
  const { lineName } = await import('../../store/workspace-lines.ts');
  const { riskiestLines } = await import('../../render/line-overview.ts');
  const { linesText } = await import('../../render/lines-text.ts');
  const { settings } = await settingsOf(context);
  const all = await workspaceLines(context.workspace, settings.hotline);
  if (refresh === true) for (const line of all) await workOut(context, line);
  const kept = await withWorkspace(context, ({ store }) => store.overviews());
  const entries = await Promise.all(
    all.map(async (each, i): Promise<LineEntry> => ({
      line: each.line,
      home: i === 0,
      name: await lineName(each),
      role: null,
      overview: kept.get(each.line) ?? null,
    })),
  );
  const lines = atRisk === true ? riskiestLines(entries) : entries;
  context.answer({ document: 'lines', lines }, () => linesText(lines, context.lang));
};

/** One line after the other; what is wrong with one of them keeps nobody from the rest. */
const workOut = async (context: CliContext, { line, folder }: WorkspaceLine): Promise<void> => {
  const { keepUnreadable, overviewLine } = await import('../../jobs/overview-line.ts');
  try {
    await withWorkspace({ ...context, workspace: folder }, overviewLine);
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error;
    const { openStore } = await import('../../store/open-store.ts');
    const { lineName } = await import('../../store/workspace-lines.ts');
    const { settings } = await settingsOf({ ...context, workspace: folder });
    const store = await openStore({ ...settings, folder }, { create: true });
    const name = await lineName({ line, folder });
    await keepUnreadable(store, name, error, context.terminal.nowMillis());
    await store.close();
  }
};
