import { phrases } from '../phrases.ts';
import type { Label } from '../sentences.ts';
import { feedHelp } from '../feeds.ts';
import { adminHelp } from './help/admin.ts';
import { filesHelp } from './help/files.ts';
import { monitoringHelp } from './help/monitoring.ts';
import { planningHelp } from './help/planning.ts';
import { optionHelp } from './help/requests.ts';
import { rosteringHelp } from './help/rostering.ts';
import { runningHelp } from './help/running.ts';
import { sharedHelp } from './help/shared.ts';

/** What commands are declared with, by its key. */
const commandHelp = {
  ...adminHelp,
  ...feedHelp,
  ...filesHelp,
  ...monitoringHelp,
  ...planningHelp,
  ...rosteringHelp,
  ...runningHelp,
  ...sharedHelp,
};
export type HelpKey = keyof typeof commandHelp;

/** Every description that --help prints, by its key. */
export const helpWords: Readonly<Record<string, Label>> = { ...optionHelp, ...commandHelp };

/** Titles of the parts of --help, by how the argument parser writes them. */
export const helpTitles: Readonly<Record<string, Label>> = {
  'Usage:': { 'zh-CN': '用法：', en: 'Usage:' },
  'Arguments:': { 'zh-CN': '参数：', en: 'Arguments:' },
  'Options:': { 'zh-CN': '选项：', en: 'Options:' },
  'Global Options:': { 'zh-CN': '通用选项：', en: 'Global Options:' },
  'Commands:': { 'zh-CN': '命令：', en: 'Commands:' },
};

/** What --help adds to an option or argument, and below all. */
export const helpFacts = phrases({
  choices: { 'zh-CN': '可用：{choices}', en: 'choices: {choices}' },
  default: { 'zh-CN': '默认：{value}', en: 'default: {value}' },
  environment: { 'zh-CN': '环境变量：{variable}', en: 'env: {variable}' },
  described: { 'zh-CN': '{description}（{facts}）', en: '{description} ({facts})' },
  between: { 'zh-CN': '；', en: ', ' },
  exitCodes: {
    'zh-CN': `
退出码：
  0  完成
  1  中止或内部错误
  2  用法不对
  3  输入的数据或文件有问题（逐条列出）
  4  硬性规则下没有答案（列出相互冲突的规则）

In English: add --lang en`,
    en: `
Exit codes:
  0  done
  1  stopped, or an error inside
  2  wrong usage
  3  bad input: every problem is told
  4  no answer under the rules marked hard: the clashing ones are told`,
  },
});
