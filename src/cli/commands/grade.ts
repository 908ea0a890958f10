import type { Command } from 'commander';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { withWorkspace } from '../with-workspace.ts';
import { help } from '../help-words.ts';

export const addGradeCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('grade')
    .summary(help('which-tier-each-operators-own'))
    .option('--all', help('every-operator-with-reasons'))
    .option('--free-seats', help('let-tiers-grow-and-shrink'))
    .action(run(answerGrade));
};

interface GradeOptions {
  readonly all?: boolean;
  readonly freeSeats?: boolean;
}

const answerGrade = async (context: CliContext, { all, freeSeats }: GradeOptions): Promise<void> => {
  const { gradeFromStore } = await import('../../planning/grade-operators.ts');
  const document = await withWorkspace(context, (ports) =>
    gradeFromStore(ports, freeSeats === undefined ? {} : { freeSeats }),
  );
  const { gradeText } = await import('../../render/documents/grade-text.ts');
  context.answer(document, () => gradeText(document, context.lang, all === true));
};
