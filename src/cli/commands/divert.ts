import { cliFinding } from '../cli-findings.ts';
import { Option, type Command } from 'commander';
import { UsageError } from '../../kernel/errors.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { writeOutput } from '../input-file.ts';
import { remarkMadeUp } from '../made-up-remark.ts';
import { numberOption, planNamed } from '../option-values.ts';
import { queueNamesOf } from '../queue-names.ts';
import { withWorkspace } from '../with-workspace.ts';

interface DivertOptions {
  readonly plan?: string;
  readonly aim?: 'fewest-diverted' | 'best-for-roster';
  readonly asOf?: string;
  readonly out?: string;
  readonly roster?: 'planned' | 'seen';
  readonly levers?: boolean;
  readonly recover?: number;
  readonly budget?: number;
  readonly offerAbove?: number;
  readonly patienceFactor?: number;
}

export const addDivertCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('divert')
    .summary('prompts for a plan’s peaks, and what they do')
    .option('--plan <id>', 'default: the latest, of the week that was planned last')
    .addOption(
      new Option(
        '--aim <aim>',
        'divert as few callers as the target allows, or get the most from the roster',
      ).choices(['fewest-diverted', 'best-for-roster']),
    )
    .option(
      '--as-of <time>',
      'what to play now: date and time (2026-11-24T10:30) until which calls are known',
    )
    .addOption(
      new Option(
        '--roster <roster>',
        'the plan’s shifts, or the operators on duty in the four weeks before it (default: planned)',
      ).choices(['planned', 'seen']),
    )
    .addOption(
      new Option(
        '--levers',
        'the same target by prompts, callbacks, overtime, later starts, smart voice and direct answers: a table of costs',
      ).conflicts(['aim', 'asOf', 'out']),
    )
    .addOption(
      new Option(
        '--recover <share>',
        'with --levers: share (0–1) of the calls short of the targets to mend; default: as many as prompts mend',
      ).argParser(numberOption({ min: 0, max: 1 })),
    )
    .addOption(
      new Option('--budget <money>', 'with --levers: the best mix for it').argParser(
        numberOption({ min: 0, max: 1e9 }),
      ),
    )
    .addOption(
      new Option(
        '--offer-above <seconds>',
        'play prompts only to callers who would wait longer (0: to everyone); default: as the catalogue says',
      )
        .argParser(numberOption({ min: 0, max: 86_400 }))
        .conflicts('levers'),
    )
    .addOption(
      new Option(
        '--patience-factor <x>',
        'how many times as long those who hear a prompt and stay will wait; default: as the catalogue says',
      )
        .argParser(numberOption({ min: 0.01, max: 20 }))
        .conflicts('levers'),
    )
    .option('--out <file>', 'also write a CSV sheet for the switchboard')
    .action(run(answerDivert));
};

const answerDivert = async (context: CliContext, options: DivertOptions): Promise<void> => {
  if (options.levers === true) return answerLevers(context, options);
  if (options.recover !== undefined || options.budget !== undefined)
    throw new UsageError(cliFinding('only-with-levers'));
  const { divertPlan } = await import('../../planning/divert-plan.ts');
  const { out, plan: named, aim, asOf, roster, offerAbove, patienceFactor } = options;
  const request = {
    ...(aim === undefined ? {} : { aim }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(roster === undefined ? {} : { roster }),
    ...(offerAbove === undefined ? {} : { offeredTo: { waitAboveSeconds: offerAbove } }),
    ...(patienceFactor === undefined ? {} : { patienceFactor }),
  };
  const plan = planNamed(named);
  const { document, names, madeUp } = await withWorkspace(context, async (ports) => ({
    document: await divertPlan(ports, {
      seed: context.seed,
      ...request,
      ...(plan === undefined ? {} : { plan }),
    }),
    names: queueNamesOf(ports.models.hotline.queues, context.lang),
    madeUp: ports.models.hotline.madeUp,
  }));
  if (out !== undefined) {
    const { sheetOfSpans } = await import('../../report/switchboard-sheet.ts');
    await writeOutput(out, sheetOfSpans(document.prompts, names, context.lang));
  }
  const { divertText } = await import('../effect-text.ts');
  context.answer(document, () =>
    remarkMadeUp(divertText(document, names, context.lang), madeUp, context.lang),
  );
};

const answerLevers = async (context: CliContext, options: DivertOptions): Promise<void> => {
  const { compareLevers } = await import('../../planning/compare-levers.ts');
  const { plan: named, roster, recover, budget } = options;
  const plan = planNamed(named);
  const document = await withWorkspace(context, (ports) =>
    compareLevers(ports, {
      ...(plan === undefined ? {} : { plan }),
      ...(roster === undefined ? {} : { roster }),
      ...(recover === undefined ? {} : { recover }),
      ...(budget === undefined ? {} : { budget }),
    }),
  );
  const { leversText } = await import('../levers-text.ts');
  context.answer(document, () => leversText(document, context.lang));
};
