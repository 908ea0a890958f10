import type { Command } from 'commander';
import { setTimeout as pause } from 'node:timers/promises';
import { dayRequestSchema } from '../../contract/http/job-requests.ts';
import { dayOptions } from '../../words/help.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help } from '../help-words.ts';
import { addRequestOptions, requestOf } from '../request-options.ts';
import { withWorkspace } from '../with-workspace.ts';

export const addDayCommand = (program: Command, run: CommandRunner): void => {
  addRequestOptions(
    program.command('day').summary(help('today-against-its-plan')),
    dayRequestSchema,
    dayOptions,
  )
    .option('--watch', help('again-with-every-row'))
    .action(run(answerDay));
};

/** How often it is looked whether there is anything new, milliseconds. */
const lookEvery = 2000;

const answerDay = async (
  context: CliContext,
  { watch, ...options }: { readonly watch?: boolean },
): Promise<void> => {
  const { describeDay } = await import('../../planning/describe-day.ts');
  const { dayText } = await import('../../render/documents/day-text.ts');
  const request = requestOf(dayRequestSchema, context, options);
  const { nowMillis, signal, serving } = context.terminal;
  await withWorkspace(context, async (ports) => {
    const minute = (): number => Math.floor(nowMillis() / 60_000);
    let seen = '';
    if (watch === true) serving?.();
    for (;;) {
      const version = `${await ports.store.dataHash()} ${minute()}`;
      if (version !== seen) {
        seen = version;
        const document = await describeDay({ ...ports, nowMillis: nowMillis() }, request);
        context.answer(document, () => dayText(document, context.lang));
      }
      if (watch !== true || signal.aborted) return;
      await pause(lookEvery, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
    }
  });
};
