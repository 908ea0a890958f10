import type { HotlineModel } from '../contract/models/hotline-model.ts';
import { BadInputError } from '../kernel/errors.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import type { Ports } from '../planning/ports.ts';
import { describeProblem } from '../words/problems.ts';
import type { CliContext, Terminal } from './cli-context.ts';
import { settingsOf } from './settings-of.ts';

/**
 * Opens the workspace, gives its ports to the work, and closes everything whatever comes of it. Records that were moved
 * away from there are reported, once.
 */
export const withWorkspace = async <Answer>(
  context: CliContext,
  work: (ports: Ports) => Promise<Answer>,
): Promise<Answer> => {
  const { openWorkspace } = await import('../store/open-workspace.ts');
  const { createPorts } = await import('./create-ports.ts');
  const { showProgress } = await import('./show-progress.ts');
  const { movedRule, recordsMoved } = await import('../store/facts.ts');
  const { settings } = await settingsOf(context);
  const workspace = await openWorkspace(context.workspace, {
    ...settings,
    now: context.terminal.nowMillis,
    warn: (problem) => context.notice(describeProblem(problem, context.lang, 'terminal')),
  });
  const ports = createPorts(workspace, {
    threads: settings.threads,
    nowMillis: context.terminal.nowMillis(),
    progress: showProgress(context.terminal, context.lang),
    shouldStop: context.terminal.shouldStop ?? (() => context.terminal.signal.aborted),
    finishing: context.terminal.finishing,
  });
  let untold: string | undefined;
  try {
    untold = await workspace.store.movedTo();
    return await work(ports);
  } catch (error) {
    // A refused write says the same itself.
    if (error instanceof BadInputError && error.problems.some(({ rule }) => rule === movedRule))
      untold = undefined;
    throw error;
  } finally {
    if (untold !== undefined) context.notice(describeProblem(recordsMoved(untold), context.lang, 'terminal'));
    await ports.close();
    await workspace.close();
  }
};

/** Serves until the user interrupts: what comes after it ends the command in order. */
export const untilInterrupted = async ({ signal, serving }: Terminal): Promise<void> => {
  serving?.();
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
};

/** What a use case answers, with what its text says of the line: the queues' names, and whether its data are made up. */
export const askWorkspace = <Document>(context: CliContext, ask: (ports: Ports) => Promise<Document>) =>
  withWorkspace(context, async (ports) => {
    const { queues, madeUp } = ports.models.hotline;
    return { document: await ask(ports), names: queueNamesOf(queues, context.lang), madeUp };
  });

/** What people call the hotline's queues, by key. */
export const queueNamesOf = (
  queues: HotlineModel['queues'],
  language: Language,
): ReadonlyMap<string, string> =>
  new Map(queues.map(({ queue, name }) => [queue, inLanguage(name, language)]));
