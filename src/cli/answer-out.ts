import { extname } from 'node:path';
import { Option } from 'commander';
import type { Answer } from '../render/answer.ts';
import type { CliContext } from './cli-context.ts';
import { help, invalid } from './option-values.ts';
import { cliFinding } from './cli-findings.ts';
import { writeOutput } from './input-file.ts';

const endings = ['.html', '.xlsx', '.zip'] as const;

/** `--out`: the answer as a file too. */
export const answerOutOption = (): Option =>
  new Option('--out <file>', help('also-write-ending')).argParser((value) => {
    if (!namesAnswer(value)) throw invalid(cliFinding('unknown-answer-ending', { endings }));
    return value;
  });

/** Whether an answer can be written under a name. */
export const namesAnswer = (file: string): boolean => endingOf(file) !== undefined;

const endingOf = (file: string): (typeof endings)[number] | undefined =>
  endings.find((ending) => ending === extname(file).toLowerCase());

/** Prints an answer, and writes it where `--out` names a file that an answer can be. */
export const writeAnswer = async (
  context: CliContext,
  document: unknown,
  answer: Answer,
  out?: string,
): Promise<void> => {
  const ending = out === undefined ? undefined : endingOf(out);
  if (out !== undefined && ending !== undefined) {
    const { answerFile } = await import('../render/answer-file.ts');
    await writeOutput(out, await answerFile(answer, formatOf[ending], context.lang));
  }
  const { answerText } = await import('../render/answer.ts');
  context.answer(document, () => answerText(answer, context.lang));
};

const formatOf = { '.html': 'html', '.xlsx': 'xlsx', '.zip': 'zip' } as const;
