import type { CommanderError } from 'commander';
import { text, type Text } from '../kernel/text.ts';

/** Chinese for what the argument parser says, by its error code; `{}` takes the option or value named. */
const chinese: Readonly<Record<string, string>> = {
  'commander.unknownOption': '不认识的选项 {}',
  'commander.unknownCommand': '不认识的命令 {}',
  'commander.missingArgument': '缺少参数 {}',
  'commander.optionMissingArgument': '选项 {} 后面缺少值',
  'commander.missingMandatoryOptionValue': '缺少必需的选项 {}',
  'commander.excessArguments': '参数太多',
  'commander.invalidArgument': '选项或参数的值不对:{}',
  'commander.conflictingOption': '这些选项不能同时使用:{}',
  'commander.help': '请给出命令',
};

/** A usage error of the argument parser in both languages. */
export const usageText = (error: CommanderError): Text => {
  const english = error.message.replace(/^error: /, '').replace('(outputHelp)', 'no command given');
  const named = [...english.matchAll(/'([^']+)'/g)].map((match) => match[1]).join('、');
  const words = chinese[error.code] ?? '用法不对:{}';
  return text(words.replace('{}', named === '' ? english : named), english);
};
