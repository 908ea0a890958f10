import { describeProblem } from '../kernel/errors.ts';
import type { Ports } from '../planning/ports.ts';
import type { CliContext } from './cli-context.ts';
import { settingsOf } from './settings-of.ts';

/** Opens the workspace, gives its ports to the work, and closes everything whatever comes of it. */
export const withWorkspace = async <Answer>(
  context: CliContext,
  work: (ports: Ports) => Promise<Answer>,
): Promise<Answer> => {
  const { openWorkspace } = await import('../store/open-workspace.ts');
  const { createPorts } = await import('./create-ports.ts');
  const { showProgress } = await import('./show-progress.ts');
  const { recordsMoved } = await import('../store/moved-away.ts');
  const { settings } = await settingsOf(context);
  const workspace = await openWorkspace(context.workspace, settings);
  const ports = createPorts(workspace, {
    threads: settings.threads,
    nowMillis: context.terminal.nowMillis(),
    progress: showProgress(context.terminal, context.lang),
    signal: context.terminal.signal,
  });
  try {
    const place = await workspace.store.movedTo();
    if (place !== undefined) context.notice(describeProblem(recordsMoved(place), context.lang));
    return await work(ports);
  } finally {
    await ports.close();
    await workspace.close();
  }
};
