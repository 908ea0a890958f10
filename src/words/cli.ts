import type { CliFindings, CliProblems, NumberRange, WrongUsage } from '../cli/cli-findings.ts';
import { administratorAgain, noAdministratorLeft } from './access.ts';
import { messages } from './messages.ts';
import { modelTitles } from './model-paths.ts';
import type { ProblemSentences, Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';

const usageInChinese = (
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
const usageInEnglish = ({ parser, wanted }: WrongUsage, { say }: Speech): string =>
  wanted === null ? parser : `${parser} Wanted: ${say(wanted)}`;

/** What commands answer in a sentence, and what is wrong with how they were called. */
export const cliSentences: Sentences<CliFindings> = {
  ...messages('cli'),
  'serving-signed-in': {
    'zh-CN': ({ url, code }) =>
      code === null
        ? `话务已在 ${url} 运行，请登录。`
        : `话务已在 ${url} 运行。还没有任何用户：请打开这个网址，用下面的邀请码设置管理员（只能用一次，重新启动后更换）：\n  ${code}`,
    en: ({ url, code }) =>
      code === null
        ? `Huawu runs at ${url}; sign in there.`
        : `Huawu runs at ${url}. Nobody has an account yet: open it and make the administrator with this code (good once; another at the next start):\n  ${code}`,
  },
  'no-administrator': {
    'zh-CN': (missing) => `注意：${noAdministratorLeft['zh-CN']}。${administratorAgain['zh-CN'](missing)}`,
    en: (missing) => `Mind: ${noAdministratorLeft.en}. ${administratorAgain.en(missing)}`,
  },
  'feeds-found': {
    'zh-CN': ({ feeds, live }) => (feeds === 0 ? '未设置' : `${feeds} 个，其中 ${live} 个实时`),
    en: ({ feeds, live }) => (feeds === 0 ? 'none' : `${feeds}, of which ${live} live`),
  },
  'version-brought-back': {
    'zh-CN': ({ id, model }) => `“${modelTitles[model]['zh-CN']}”已恢复为第 ${id} 版；换下的版本也留着`,
    en: ({ id, model }) =>
      `${modelTitles[model].en}: version ${id} is back; what it replaced is kept as well`,
  },
  'load-beyond-limit': {
    'zh-CN': ({ erlangs, most }) =>
      `平均同时有 ${erlangs.toPrecision(3)} 个通话，最多只算到 ${most}；请检查 --calls-per-hour 和 --aht 的单位`,
    en: ({ erlangs, most }) =>
      `That is ${erlangs.toPrecision(3)} calls at once on average, and ${most} is the most: check the units of --calls-per-hour and --aht`,
  },
  restored: {
    'zh-CN': ({ folder, rows, shared }) =>
      shared === null
        ? `已恢复到 ${folder}（${rows} 行与 models/），并已核对`
        : `已恢复：${rows} 行到 ${shared.place} 的热线 ${shared.hotline}，models/ 到 ${folder}，并已核对`,
    en: ({ folder, rows, shared }, { counted }) =>
      shared === null
        ? `Restored into ${folder} (${counted(rows, 'row')} and models/), checked`
        : `Restored ${counted(rows, 'row')} as the hotline ${shared.hotline} of ${shared.place}, and models/ into ${folder}, checked`,
  },
  'structure-updated': {
    'zh-CN': ({ place, from, to }) => `${place}：结构已从 ${from ?? '空'} 升级到 ${to}`,
    en: ({ place, from, to }) => `${place}: structure updated from ${from ?? 'empty'} to ${to}`,
  },
  'finished-broken-off': {
    'zh-CN': ({ work, given }) =>
      work === 'move'
        ? `上次 huawu move --to ${given} 中途中断；数据已全部移到，现已补完`
        : `上次 huawu restore ${given} 中途中断；数据已全部恢复，现已补完`,
    en: ({ work, given }) =>
      work === 'move'
        ? `An earlier huawu move --to ${given} was cut off after all records were there; it has been completed now`
        : `An earlier huawu restore ${given} was cut off after all records were in; it has been completed now`,
  },
  'took-back-broken-off': {
    'zh-CN': ({ work, given }) =>
      ({
        init: '上次 huawu init 中途中断，已撤回，未留下任何内容；请重新运行 huawu init',
        restore: `上次 huawu restore ${given} 中途中断，已撤回，未改动任何内容；要恢复请重新运行它`,
        move: `上次 huawu move --to ${given} 中途中断，已撤回，数据仍在原处；要迁移请重新运行它`,
      })[work],
    en: ({ work, given }) =>
      ({
        init: 'An earlier huawu init was cut off and has been undone; nothing of it is left. Run huawu init again',
        restore: `An earlier huawu restore ${given} was cut off and has been undone; nothing was changed. Run it again to restore`,
        move: `An earlier huawu move --to ${given} was cut off and has been undone; the records are where they were. Run it again to move`,
      })[work],
  },
  'workspace-made': {
    'zh-CN': ({
      folder,
      models,
      zone,
      country,
    }) => `工作区已建好：${folder}（时区 ${zone}，日历 ${country ?? '无'}）
接下来修改 ${models} 下的文件：
  hotline.json  名称、开放时间、队列、中继数、应答时限
  tiers.json    座席等级、各接哪些队列、每小时成本、缩减率
  shifts.json   班型、休息、缺人与富余的价格
  targets.json  接通率、N 秒接通率、占用率等目标
  prompts.json  分流提示、线上渠道及播放规则
然后导入话务：huawu ingest traffic 文件（交换机常用格式可加 --preset，见 models/presets）
再做计划：huawu plan`,
    en: ({
      folder,
      models,
      zone,
      country,
    }) => `Workspace made: ${folder} (zone ${zone}, calendar ${country ?? 'none'})
Next, edit the files under ${models}:
  hotline.json  name, opening hours, queues, lines, answer-time threshold
  tiers.json    grades of operators, the queues of each, cost per hour, shrinkage
  shifts.json   shift templates, breaks, prices of missing and spare operators
  targets.json  connection rate, rate within the threshold, occupancy
  prompts.json  diversion prompts, online channels, rules for playing
Then import traffic: huawu ingest traffic FILE (--preset for usual exports, see models/presets)
and plan: huawu plan`,
  },
  'a-number': {
    'zh-CN': ({ range }, speech) => numberInChinese(range, speech),
    en: ({ range }) => numberInEnglish(range),
  },
  'wrong-usage': {
    'zh-CN': usageInChinese,
    en: usageInEnglish,
  },
  'program-version': {
    'zh-CN': ({ version, schema, found }) =>
      `话务 ${version}，${found === undefined ? `数据结构 ${schema}` : `数据库结构 ${found}，本程序 ${schema}`}`,
    en: ({ version, schema, found }) =>
      `Huawu ${version}, ${found === undefined ? `schema ${schema}` : `the database has schema ${found}, this program ${schema}`}`,
  },
  'store-found': {
    'zh-CN': ({ place, schema, isSound }) => `${place}（结构 ${schema}，${isSound ? '完整' : '有坏值'}）`,
    en: ({ place, schema, isSound }) => `${place} (schema ${schema}, ${isSound ? 'sound' : 'not sound'})`,
  },
  'log-found': {
    'zh-CN': ({ entries, seal }) => (entries === 0 ? '尚无记录' : `${entries} 条，末条印记 ${seal}`),
    en: ({ entries, seal }, { counted }) =>
      entries === 0 ? 'nothing yet' : `${counted(entries, 'entry', 'entries')}, the last one's seal ${seal}`,
  },
  'calendar-until': {
    'zh-CN': ({ country, until }) => `${country ?? '无'}，${until === null ? '不限年份' : `至 ${until}`}`,
    en: ({ country, until }) => `${country ?? 'none'}, ${until === null ? 'any year' : `until ${until}`}`,
  },
};

const numberInChinese = (
  { min, max, open, openAbove, whole, infinite }: NumberRange,
  { list }: Speech,
): string => {
  const bounds = [
    ...(min === undefined ? [] : [open === true ? `大于 ${min}` : `不小于 ${min}`]),
    ...(max === undefined ? [] : [openAbove === true ? `小于 ${max}` : `不大于 ${max}`]),
  ];
  return `${bounds.length === 0 ? '' : `${list(bounds)} 的`}${whole === true ? '整数' : '数'}${infinite === true ? '，或 inf' : ''}`;
};

const numberInEnglish = ({ min, max, open, openAbove, whole, infinite }: NumberRange): string => {
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
  'commander.invalidArgument': '{0} 的值“{1}”不对',
  'commander.conflictingOption': '{0} 不能与 {1} 同时使用',
  'commander.help': '请给出命令',
};

const cliProblemsSaid = messages('cli-problems');

/** What an operating system's error code means, for people. */
const reasonsInChinese: Readonly<Record<string, string>> = {
  ENOENT: '没有这个文件或文件夹',
  ENOTDIR: '路径中有一段不是文件夹',
  EISDIR: '这是文件夹，不是文件',
  socket: '这是套接字，不是文件',
  'block device': '这是整块磁盘，不是文件',
  EACCES: '没有权限',
  EPERM: '没有权限',
  EROFS: '磁盘只读',
  ENOSPC: '磁盘已满',
  EBUSY: '文件正被其他程序占用',
};
const reasonsInEnglish: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'this is a folder, not a file',
  socket: 'this is a socket, not a file',
  'block device': 'this is a whole disk, not a file',
  EACCES: 'you are not allowed to',
  EPERM: 'you are not allowed to',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EBUSY: 'another program holds the file',
};

/** What is wrong, and why where the system says so; an unknown reason stands under the system's own code. */
const becauseInChinese = (wrong: string, reason: string): string =>
  reason === '' ? wrong : `${wrong}：${reasonsInChinese[reason] ?? reason}`;
const becauseInEnglish = (wrong: string, reason: string): string =>
  reason === '' ? wrong : `${wrong}: ${reasonsInEnglish[reason] ?? reason}`;

/** What goes wrong in front of the use cases, and what to do. */
export const cliProblems: ProblemSentences<CliProblems> = {
  ...cliProblemsSaid,
  'file-not-readable': {
    ...cliProblemsSaid['file-not-readable'],
    message: {
      'zh-CN': ({ reason }) => becauseInChinese('无法读取这个文件', reason),
      en: ({ reason }) => becauseInEnglish('this file cannot be read', reason),
    },
  },
  'file-not-writable': {
    ...cliProblemsSaid['file-not-writable'],
    message: {
      'zh-CN': ({ reason }) => becauseInChinese('无法写入这个文件', reason),
      en: ({ reason }) => becauseInEnglish('this file cannot be written', reason),
    },
  },
  'log-broken': {
    ...cliProblemsSaid['log-broken'],
    message: {
      'zh-CN': ({ kind, number, entries }) =>
        kind === 'removed'
          ? `变更记录从第 ${number} 条起缺少 ${entries} 条`
          : kind === 'altered'
            ? `变更记录第 ${number} 条被改动过`
            : `变更记录中第 ${number} 条是后来插入的`,
      en: ({ kind, number, entries }) =>
        kind === 'removed'
          ? `${entries} ${entries === 1 ? 'entry is' : 'entries are'} missing from the log of changes, from number ${number} on`
          : kind === 'altered'
            ? `entry ${number} of the log of changes was altered`
            : `entry ${number} of the log of changes was put in from outside`,
    },
  },
  usage: {
    ...cliProblemsSaid.usage,
    message: { 'zh-CN': ({ usage }, { say }) => say(usage), en: ({ usage }, { say }) => say(usage) },
  },
  'hard-rule': {
    ...cliProblemsSaid['hard-rule'],
    message: { 'zh-CN': ({ clash }, { say }) => say(clash), en: ({ clash }, { say }) => say(clash) },
  },
  'beyond-loopback': {
    ...cliProblemsSaid['beyond-loopback'],
    message: {
      'zh-CN': ({ refused }, { say }) => say(refused),
      en: ({ refused }, { say }) => say(refused),
    },
  },
  'administrator-missing': { message: noAdministratorLeft, remedy: administratorAgain },
  'calendar-ends': {
    ...cliProblemsSaid['calendar-ends'],
    message: { 'zh-CN': ({ notice }, { say }) => say(notice), en: ({ notice }, { say }) => say(notice) },
  },
};
