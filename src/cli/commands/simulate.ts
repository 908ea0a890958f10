import { cliFinding } from '../cli-findings.ts';
import { Option, type Command } from 'commander';
import { simulateRequestSchema } from '../../contract/http/job-requests.ts';
import { UsageError } from '../../kernel/errors.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help } from '../option-values.ts';
import { namingFile } from '../input-file.ts';
import { remarkMadeUp, remarkUnusual } from '../../render/answer.ts';
import { requestOptions } from '../../words/help.ts';
import { askWorkspace } from '../with-workspace.ts';
import { addRequestOptions, requestOf } from '../request-options.ts';

interface SimulateOptions {
  readonly plan?: string;
  readonly scenario?: string;
  readonly model?: string;
  readonly replications?: number;
}

export const addSimulateCommand = (program: Command, run: CommandRunner): void => {
  const command = program.command('simulate').summary(help('what-if-scenario-against'));
  addRequestOptions(command, simulateRequestSchema, requestOptions.simulate)
    .option('--scenario <file>', help('json-more-calls-fewer-operators'))
    .addOption(new Option('--model <file>', help('bare-model')).conflicts(['plan', 'scenario']))
    .action(run(answerSimulate));
};

const answerSimulate = async (context: CliContext, options: SimulateOptions): Promise<void> => {
  const { replications } = options;
  if (options.model !== undefined) return simulateBareModel(context, options.model, replications);
  if (options.scenario === undefined) throw new UsageError(cliFinding('give-scenario-or-model'));
  const { scenarioSchema } = await import('../../contract/models/scenario-model.ts');
  const { readJsonInput } = await import('../json-input.ts');
  const scenario = await readJsonInput(scenarioSchema, options.scenario);
  const request = requestOf(simulateRequestSchema, context, { ...options, scenario });
  const { runScenario } = await import('../../planning/run-scenario.ts');
  const { document, names, madeUp } = await askWorkspace(context, (ports) => runScenario(ports, request));
  const { simulateText } = await import('../../render/documents/effect-text.ts');
  context.answer(document, () =>
    remarkMadeUp(
      remarkUnusual(simulateText(document, names, context.lang), document, context.lang),
      madeUp,
      context.lang,
    ),
  );
};

const usualReplications = 100;

const simulateBareModel = async (
  context: CliContext,
  file: string,
  replications = usualReplications,
): Promise<void> => {
  const { z } = await import('zod');
  const { readJsonInput } = await import('../json-input.ts');
  const document = await readJsonInput(z.unknown(), file);
  const { parseSimulationModel } = await import('../../queueing/simulator/simulation-model.ts');
  const { simulateModelOnThreads } = await import('../../queueing/simulator/simulate-model.ts');
  const { createParallelMap } = await import('../../engine/parallel-map.ts');
  const { showProgress } = await import('../show-progress.ts');
  const model = namingFile(file, () => parseSimulationModel(document));
  const parallel = createParallelMap();
  try {
    const measured = await simulateModelOnThreads(
      model,
      { replications, seed: context.seed, progress: showProgress(context.terminal, context.lang) },
      parallel,
    );
    const { modelSimulationText } = await import('../../render/documents/requirement-answers.ts');
    const { namesOfModel } = await import('../../render/documents/requirement-answers.ts');
    context.answer(measured, () => modelSimulationText(measured, namesOfModel(model), context.lang));
  } finally {
    await parallel.close();
  }
};
