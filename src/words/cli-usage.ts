import type { NumberRange, WrongUsage } from '../cli/cli-findings.ts';
import type { Speech } from './speech.ts';

export const numberInChinese = (
  { min, max, open, openAbove, whole, infinite }: NumberRange,
  { list }: Speech,
): string => {
  const bounds = [
    ...(min === undefined ? [] : [open === true ? `大于 ${min}` : `不小于 ${min}`]),
    ...(max === undefined ? [] : [openAbove === true ? `小于 ${max}` : `不大于 ${max}`]),
  ];
  return `${bounds.length === 0 ? '' : `${list(bounds)} 的`}${whole === true ? '整数' : '数'}${infinite === true ? '，或 inf' : ''}`;
};

export const numberInEnglish = ({ min, max, open, openAbove, whole, infinite }: NumberRange): string => {
  const low = min === undefined ? '' : ` ${open === true ? 'above' : 'from'} ${min}`;
  const high = max === undefined ? '' : ` ${openAbove === true ? 'and below' : 'up to'} ${max}`;
  return `${whole === true ? 'a whole number' : 'a number'}${low}${high}${infinite === true ? ', or inf' : ''}`;
};

/** Chinese of what the argument parser refuses, by its error code; {0}, {1} take the options or values named. */
const refusedInChinese: Readonly<Record<string, string>> = {
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

export const usageInChinese = (
  { refused, parser, names, wanted, choices, near }: WrongUsage,
  { list, say }: Speech,
): string => {
  const words = refusedInChinese[refused] ?? `用法不对：${parser}`;
  return [
    words.replaceAll(/\{(\d)\}/g, (_, at: string) => names[Number(at)] ?? ''),
    ...(wanted === null ? [] : [`应为${say(wanted)}`]),
    ...(choices.length === 0 ? [] : [`可用：${list(choices)}`]),
    ...(near.length === 0 ? [] : [`是不是 ${list(near)}`]),
  ].join('；');
};

/** The parser speaks English itself; what it cannot know is added. */
export const usageInEnglish = ({ parser, wanted }: WrongUsage, { say }: Speech): string =>
  wanted === null ? parser : `${parser} Wanted: ${say(wanted)}`;
