import { CommanderError } from 'commander';
import { BadInputError, CancelledError, NoAnswerError, UsageError, type Problem } from '../kernel/errors.ts';
import type { Sayable } from '../kernel/finding.ts';
import { text } from '../kernel/text.ts';
import { inEveryLanguage } from '../words/speak.ts';
import { explainFileError } from '../store/file-problems.ts';
import { usageText } from './usage-text.ts';

/** How a command ended badly: what a program sees (exit code, `--json` document) and what a person reads. */
export interface Failure {
  readonly exitCode: 1 | 2 | 3 | 4;
  readonly error: 'bad-input' | 'usage' | 'no-answer' | 'cancelled' | 'internal';
  readonly problems: readonly Problem[];
}

/** The one table from what was thrown to exit code. */
export const failureOf = (thrown: unknown): Failure => {
  if (thrown instanceof CommanderError)
    return { exitCode: 2, error: 'usage', problems: [usageProblem(usageText(thrown))] };
  if (thrown instanceof UsageError)
    return { exitCode: 2, error: 'usage', problems: [usageProblem(thrown.said)] };
  if (thrown instanceof BadInputError) return { exitCode: 3, error: 'bad-input', problems: thrown.problems };
  if (thrown instanceof NoAnswerError)
    return { exitCode: 4, error: 'no-answer', problems: thrown.clashingRules.map(hardRule) };
  if (thrown instanceof CancelledError) return { exitCode: 1, error: 'cancelled', problems: [cancelled] };
  const refused = explainFileError(thrown);
  if (refused !== undefined) return { exitCode: 3, error: 'bad-input', problems: [refused] };
  return { exitCode: 1, error: 'internal', problems: [internalProblem(thrown)] };
};

const usageProblem = (said: Sayable): Problem => ({
  rule: 'usage',
  severity: 'error',
  message: inEveryLanguage(said, 'terminal'),
  remedy: text('用法见 huawu --help 或 huawu 命令 --help。', 'See huawu --help or huawu COMMAND --help.'),
});

const hardRule = (said: Sayable): Problem => ({
  rule: 'hard-rule',
  severity: 'error',
  message: inEveryLanguage(said, 'terminal'),
  remedy: text('请放宽这条规则，或把它改为可按价放宽。', 'Loosen this rule, or give it a price.'),
});

const cancelled: Problem = {
  rule: 'cancelled',
  severity: 'error',
  message: text('已按要求中止，没有任何内容只写了一半', 'stopped as asked; nothing is half-written'),
  remedy: text('需要时请重新运行。', 'Run it again when needed.'),
};

const internalProblem = (thrown: unknown): Problem => {
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    rule: 'internal',
    severity: 'error',
    message: text(`程序内部出错：${said}`, `something went wrong inside: ${said}`),
    remedy: text(
      '设置环境变量 HUAWU_DEBUG=1 再运行可看到出错位置；请连同命令一起报告。',
      'Run it again with HUAWU_DEBUG=1 to see where; please report that together with the command.',
    ),
  };
};
