import type { CommanderError } from 'commander';
import { text, type Text } from '../kernel/text.ts';

/** Parts the two languages of a hint that the argument parser carries along in its one message. */
const languageMark = '\u0000';

/** What an option's value should have been, in both languages, as one message for the argument parser. */
export const hintInBoth = (hint: Text): string => `${hint.en}${languageMark}${hint['zh-CN']}`;

/** Chinese for what the argument parser says, by its error code; {0}, {1} take the options or values named. */
const chinese: Readonly<Record<string, string>> = {
  'commander.unknownOption': '不认识的选项 {0}',
  'commander.unknownCommand': '不认识的命令 {0}',
  'commander.missingArgument': '缺少参数 {0}',
  'commander.optionMissingArgument': '选项 {0} 后面缺少值',
  'commander.missingMandatoryOptionValue': '缺少必需的选项 {0}',
  'commander.excessArguments': '参数太多',
  'commander.invalidArgument': '{0} 的值「{1}」不对',
  'commander.conflictingOption': '{0} 不能与 {1} 同时使用',
  'commander.help': '请给出命令',
};

/** A usage error of the argument parser in both languages, with its hint on what would be right. */
export const usageText = (error: CommanderError): Text => {
  const [told = '', hint] = error.message.replace(/^error: /, '').split(languageMark);
  const english = told.replace('(outputHelp)', 'no command given').replaceAll(/\s*\n\s*/g, ' ');
  const names = [...english.matchAll(/'([^']*)'/g)].map((match) => match[1] ?? '');
  // Of a wrong argument the value is named first, of a wrong option the option.
  if (english.startsWith('command-argument')) names.reverse();
  const words = chinese[error.code] ?? `用法不对：${english}`;
  const said = words.replaceAll(/\{(\d)\}/g, (_, at: string) => names[Number(at)] ?? '');
  const hints = [hint, choicesOf(english), suggestionOf(english)].filter((part) => part !== undefined);
  return text([said, ...hints].join('；'), english.replace(/\.$/, ''));
};

const choicesOf = (english: string): string | undefined => {
  const choices = /Allowed choices are (.*)\.$/.exec(english)?.[1];
  return choices === undefined ? undefined : `可用：${choices.split(', ').join('、')}`;
};

const suggestionOf = (english: string): string | undefined => {
  const near = /\(Did you mean (?:one of )?([^?]*)\?\)/.exec(english)?.[1];
  return near === undefined ? undefined : `是不是 ${near.split(', ').join('、')}`;
};
