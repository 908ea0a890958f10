import { cliFinding } from '../cli-findings.ts';
import { Option, type Command } from 'commander';
import { requirementRequestSchema } from '../../contract/http/job-requests.ts';
import { UsageError } from '../../kernel/errors.ts';
import { answerOutOption, writeAnswer } from '../answer-out.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help, invalid, numberOption } from '../option-values.ts';
import { namingFile } from '../input-file.ts';
import { requestOptions } from '../../words/help.ts';
import { addRequestOptions, requestOf } from '../request-options.ts';
import { askWorkspace } from '../with-workspace.ts';

interface RequireOptions {
  readonly model?: string;
  readonly connectionRate?: number;
  readonly serviceLevel?: number;
  readonly threshold?: number;
  readonly replications?: number;
  readonly out?: string;
}

/** What only a bare model is asked. */
const modelOnly = ['connectionRate', 'serviceLevel', 'threshold', 'replications'] as const;

export const addRequireCommand = (program: Command, run: CommandRunner): void => {
  addRequestOptions(
    program.command('require').summary(help('what-it-would-take')),
    requirementRequestSchema,
    requestOptions.requirement,
    { at: { read: timeOption } },
  )
    .addOption(
      new Option('--model <file>', help('bare-model-for-least-operators')).conflicts([
        'plan',
        'at',
        'tier',
        'curve',
      ]),
    )
    .addOption(new Option('--connection-rate <share>', help('share-of-calls-answered')).argParser(share))
    .addOption(
      new Option('--service-level <share>', help('share-answered-within-the-threshold')).argParser(share),
    )
    .addOption(
      new Option('--threshold <seconds>', help('what-answered-in-time-means')).argParser(
        numberOption({ min: 0, max: 86_400 }),
      ),
    )
    .addOption(
      new Option('--replications <n>', help('simulations-behind-each-step')).argParser(
        numberOption({ min: 10, max: 10_000, whole: true }),
      ),
    )
    .addOption(answerOutOption().conflicts('model'))
    .action(run(answerRequire));
};

const share = numberOption({ min: 0, max: 0.999 });

const timeOption = (value: string): string => {
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}$/.test(value)) throw invalid(cliFinding('date-and-time'));
  return value;
};

const answerRequire = async (context: CliContext, options: RequireOptions): Promise<void> => {
  if (options.model !== undefined) return answerMix(context, options.model, options);
  if (modelOnly.some((option) => options[option] !== undefined))
    throw new UsageError(cliFinding('only-with-model'));
  const { explainRequirement } = await import('../../planning/explain-requirement.ts');
  const request = requestOf(requirementRequestSchema, context, options);
  const { document, madeUp } = await askWorkspace(context, (ports) => explainRequirement(ports, request));
  const { requirementAnswer } = await import('../../render/documents/requirement-answers.ts');
  await writeAnswer(context, document, requirementAnswer(document, context.lang, madeUp), options.out);
};

const answerMix = async (context: CliContext, file: string, options: RequireOptions): Promise<void> => {
  const { z } = await import('zod');
  const { readJsonInput } = await import('../json-input.ts');
  const document = await readJsonInput(z.unknown(), file);
  const { parseSimulationModel } = await import('../../queueing/simulator/simulation-model.ts');
  const { mixOfModel } = await import('../../staffing/mix-of-model.ts');
  const { createParallelMap } = await import('../../engine/parallel-map.ts');
  const model = namingFile(file, () => parseSimulationModel(document));
  const parallel = createParallelMap();
  try {
    const found = await mixOfModel(
      {
        model,
        connectionRate: options.connectionRate ?? 0.9,
        serviceLevel: options.serviceLevel ?? null,
        thresholdSeconds: options.threshold ?? 15,
        replications: options.replications ?? 40,
        seed: context.seed,
      },
      parallel,
    );
    const { mixText } = await import('../../render/documents/requirement-answers.ts');
    const { namesOfModel } = await import('../../render/documents/requirement-answers.ts');
    context.answer(found, () => mixText(found, namesOfModel(model), context.lang));
  } finally {
    await parallel.close();
  }
};
