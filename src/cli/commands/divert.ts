import { cliFinding } from '../cli-findings.ts';
import { Option, type Command } from 'commander';
import { divertRequestSchema, leversRequestSchema } from '../../contract/http/job-requests.ts';
import { UsageError } from '../../kernel/errors.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { writeOutput } from '../input-file.ts';
import { remarkMadeUp } from '../../render/documents/made-up-remark.ts';
import { remarkUnusual } from '../../render/documents/unusual-remark.ts';
import { numberOption } from '../option-values.ts';
import { addRequestOptions, requestOf } from '../request-options.ts';
import { queueNamesOf } from '../queue-names.ts';
import { withWorkspace } from '../with-workspace.ts';

interface DivertOptions {
  readonly out?: string;
  readonly levers?: boolean;
  readonly recover?: number;
  readonly budget?: number;
  readonly offerAbove?: number;
}

export const addDivertCommand = (program: Command, run: CommandRunner): void => {
  const command = program.command('divert').summary('prompts for a plan’s peaks, and what they do');
  addRequestOptions(command, divertRequestSchema, {
    plan: ['<id>', 'default: the latest, of the week that was planned last'],
    aim: ['<aim>', 'divert as few callers as the target allows, or get the most from the roster'],
    asOf: ['<time>', 'what to play now: date and time (2026-11-24T10:30) until which calls are known'],
    roster: [
      '<roster>',
      'the plan’s shifts, or the operators on duty in the four weeks before it (default: planned)',
    ],
  });
  command.addOption(
    new Option(
      '--levers',
      'the same target by prompts, callbacks, overtime, later starts, smart voice and direct answers: a table of costs',
    ).conflicts(['aim', 'asOf', 'out', 'offerAbove', 'patienceFactor']),
  );
  addRequestOptions(command, leversRequestSchema, {
    recover: [
      '<share>',
      'with --levers: share (0–1) of the calls short of the targets to mend; default: as many as prompts mend',
    ],
    budget: ['<money>', 'with --levers: the best mix for it'],
  });
  command.addOption(
    new Option(
      '--offer-above <seconds>',
      'play prompts only to callers who would wait longer (0: to everyone); default: as the catalogue says',
    ).argParser(numberOption({ min: 0, max: 86_400 })),
  );
  addRequestOptions(command, divertRequestSchema, {
    patienceFactor: [
      '<x>',
      'how many times as long those who hear a prompt and stay will wait; default: as the catalogue says',
    ],
  });
  command.option('--out <file>', 'also write a CSV sheet for the switchboard').action(run(answerDivert));
};

const answerDivert = async (context: CliContext, options: DivertOptions): Promise<void> => {
  if (options.levers === true) return answerLevers(context, options);
  if (options.recover !== undefined || options.budget !== undefined)
    throw new UsageError(cliFinding('only-with-levers'));
  const { divertPlan } = await import('../../planning/divert-plan.ts');
  const { out, offerAbove } = options;
  const offeredTo = offerAbove === undefined ? undefined : { waitAboveSeconds: offerAbove };
  const request = requestOf(divertRequestSchema, context, { ...options, offeredTo });
  const { document, names, madeUp } = await withWorkspace(context, async (ports) => ({
    document: await divertPlan(ports, request),
    names: queueNamesOf(ports.models.hotline.queues, context.lang),
    madeUp: ports.models.hotline.madeUp,
  }));
  if (out !== undefined) {
    const { sheetOfSpans } = await import('../../render/switchboard-sheet.ts');
    await writeOutput(out, sheetOfSpans(document.prompts, names, context.lang));
  }
  const { divertText } = await import('../../render/documents/effect-text.ts');
  context.answer(document, () =>
    remarkMadeUp(
      remarkUnusual(divertText(document, names, context.lang), document, context.lang),
      madeUp,
      context.lang,
    ),
  );
};

const answerLevers = async (context: CliContext, options: DivertOptions): Promise<void> => {
  const { compareLevers } = await import('../../planning/compare-levers.ts');
  const request = requestOf(leversRequestSchema, context, options);
  const document = await withWorkspace(context, (ports) => compareLevers(ports, request));
  const { leversText } = await import('../../render/documents/levers-text.ts');
  context.answer(document, () => remarkUnusual(leversText(document, context.lang), document, context.lang));
};
