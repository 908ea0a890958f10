import type { AccessFindings } from '../access/access-findings.ts';
import type { NoAdministrator } from '../access/openid.ts';
import type { CliFindings, CliProblems, NumberRange, WrongUsage } from '../cli/cli-findings.ts';
import type { SettingsProblems } from '../engine/read-settings.ts';
import type { FeedFindings, FeedProblems } from '../feeds/feed-findings.ts';
import type { HttpFindings, HttpProblems } from '../http/http-findings.ts';
import { shownValue } from '../kernel/errors.ts';
import type { Change } from '../kernel/merge-edits.ts';
import type { Language } from '../kernel/text.ts';
import type { StoreProblems } from '../store/store-problems.ts';
import { openIdRefusals } from './page-accounts.ts';
import { nameFields } from './ingest.ts';
import { seriesProblems } from './ingest-problems.ts';
import { messages } from './messages.ts';
import { modelTitles } from './model-paths.ts';
import { fieldWords } from './record-kinds.ts';
import type { ProblemSentences, Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';

// On the page they come with the views that say them.
nameFields(fieldWords);

/** What is said of feeds. */
const feedSentences: Sentences<FeedFindings> = messages('feed');

/** Why somebody is not let in, or an account not changed. What is said at the door is the same for every account. */
const accessSentences: Sentences<AccessFindings> = { ...messages('access'), ...openIdRefusals };

/** Those who hold a queue, where they have names. */
const holding = (
  holders: readonly { readonly name: string; readonly jobs: number }[],
  say: (name: string, jobs: number) => string,
): readonly string[] => holders.filter(({ name }) => name !== '').map(({ name, jobs }) => say(name, jobs));

/** What the HTTP layer refuses. */
const httpSentences: Sentences<HttpFindings> = {
  ...messages('http'),
  'too-many-jobs': {
    'zh-CN': ({ own, holders }, { list }) => {
      if (own) return '您排队的任务已很多，请等待完成，或取消一些';
      const who = holding(holders, (name, jobs) => `${name} ${jobs} 项`);
      return `排队的任务过多${who.length === 0 ? '' : `（${list(who)}）`}，请等前面的任务完成`;
    },
    en: ({ own, holders }, { list }) => {
      if (own) return 'Many of your jobs are waiting already: let them finish, or cancel some';
      const who = holding(holders, (name, jobs) => `${name} ${jobs}`);
      return `Too many jobs are waiting${who.length === 0 ? '' : ` (${list(who)})`}: let the earlier ones finish`;
    },
  },
};

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

/** Chinese of what the argument parser refuses, by its error code; {0}, {1} take the options or values named. */
const refusedInChinese: Readonly<Record<string, string>> = {
  'commander.unknownOption': '无法识别的选项 {0}',
  'commander.unknownCommand': '无法识别的命令 {0}',
  'commander.missingArgument': '缺少参数 {0}',
  'commander.optionMissingArgument': '选项 {0} 后面缺少值',
  'commander.missingMandatoryOptionValue': '缺少必需的选项 {0}',
  'commander.excessArguments': '参数太多',
  'commander.invalidArgument': '{0} 的值“{1}”不对',
  'commander.conflictingOption': '{0} 不能与 {1} 同时使用',
  'commander.help': '请给出命令',
};

/** What commands answer in a sentence, and what is wrong with how they were called. */
const cliSentences: Sentences<CliFindings> = {
  ...messages('cli'),
  'no-administrator': {
    'zh-CN': (missing) => `注意：${noAdministratorLeft['zh-CN']}。${administratorAgain['zh-CN'](missing)}`,
    en: (missing) => `Mind: ${noAdministratorLeft.en}. ${administratorAgain.en(missing)}`,
  },
  'version-brought-back': {
    'zh-CN': ({ id, model }) => `“${modelTitles[model]['zh-CN']}”已恢复为第 ${id} 版；换下的版本也已保留`,
    en: ({ id, model }) =>
      `${modelTitles[model].en}: version ${id} is back; what it replaced is kept as well`,
  },
  'load-beyond-limit': {
    'zh-CN': ({ erlangs, most }) =>
      `平均同时有 ${erlangs.toPrecision(3)} 个通话，最多可算 ${most}；请检查 --calls-per-hour 和 --aht 的单位`,
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
  'workspace-made': {
    'zh-CN': ({
      folder,
      models,
      zone,
      country,
    }) => `工作区已建好：${folder}（时区 ${zone}，日历 ${country ?? '无'}）
接下来修改 ${models} 下的文件：
  hotline.json  名称、开放时间、队列、中继数、应答时限
  tiers.json    座席等级、接听的队列、每小时成本、缩减率
  shifts.json   班次、休息、缺人与多人的单价
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

/** That nobody can let others in any more, and what to do: the same when a server starts and when it is examined. */
const { noAdministratorLeft, administratorAgain: again } = messages('access-people');
const administratorAgain = {
  'zh-CN': ({ user, why }: NoAdministrator): string => again['zh-CN']({ user: user ?? '', why }),
  en: ({ user, why }: NoAdministrator): string => again.en({ user: user ?? '', why }),
} as const;

/**
 * What only the terminal and the HTTP layer say, and what is wrong with a store, a bare series or an installation: the
 * page is built without it (src/web/vite.config.ts), since answers bring the sentences of their problems along.
 */
export const doorSentences = { ...accessSentences, ...cliSentences, ...feedSentences, ...httpSentences };

/** What is wrong with an installation's settings, and what to do. */
const settingsProblems: ProblemSentences<SettingsProblems> = messages('settings-problems');

const { silent, ...feedProblemsSaid } = messages('feed-problems');

const silentIn =
  (language: Language) =>
  ({ unit, count }: FeedProblems['feed-silent'], speech: Speech): string =>
    feedProblemsSaid['feed-silent'].message[language](
      { span: silent[unit][language]({ count }, speech) },
      speech,
    );

/** Why a feed does not bring what it should, and what to do. */
const feedProblems: ProblemSentences<FeedProblems> = {
  ...feedProblemsSaid,
  'feed-silent': {
    ...feedProblemsSaid['feed-silent'],
    message: { 'zh-CN': silentIn('zh-CN'), en: silentIn('en') },
  },
};

const storeProblemsSaid = messages('store-problems');

/** What is wrong with a store, its place, or the models beside it, and what to do. */
const storeProblems: ProblemSentences<StoreProblems> = {
  ...storeProblemsSaid,
  'hotline-not-here': {
    ...storeProblemsSaid['hotline-not-here'],
    remedy: {
      'zh-CN': ({ held }, { list }) =>
        held.length === 0
          ? '请检查数据库地址；要在其中新建热线，请用 huawu init 或 huawu move。'
          : `请检查设置 hotline；库中已有：${list(held.slice(0, 5))}${held.length > 5 ? '等' : ''}。`,
      en: ({ held }, { list }) =>
        held.length === 0
          ? 'Check the address of the database; to make the hotline in it, use huawu init or huawu move.'
          : `Check the setting hotline; it holds: ${list(held.slice(0, 5))}${held.length > 5 ? ' and others' : ''}.`,
    },
  },
  'plan-step-not-allowed': {
    message: {
      'zh-CN': ({ state }) => `计划状态为“${planStateWords[state]['zh-CN']}”，不能执行此步骤`,
      en: ({ state }) =>
        `the plan's state is ${planStateWords[state].en}: this step does not lead on from there`,
    },
    remedy: {
      'zh-CN': ({ from }) =>
        `此步骤只适用于：${from.map((one) => planStateWords[one]['zh-CN']).join('、')}。`,
      en: ({ from }) =>
        `It is for plans whose state is ${from.map((one) => planStateWords[one].en).join(' or ')}.`,
    },
  },
  'published-plans-lost': {
    ...storeProblemsSaid['published-plans-lost'],
    message: {
      'zh-CN': ({ plans }, { list }) =>
        `这里有 ${plans.length} 份已发布的计划，备份中没有或不同：${list(plans)}`,
      en: ({ plans }, { counted, list }) =>
        `${counted(plans.length, 'published plan')} here would be lost, which the backup does not hold as ${plans.length === 1 ? 'it stands' : 'they stand'}: ${list(plans)}`,
    },
  },
  'plan-changed-meanwhile': {
    ...storeProblemsSaid['plan-changed-meanwhile'],
    message: {
      'zh-CN': ({ state, name, by, notes }) =>
        `您查看后，${by === '' ? '有人' : by}改过这份计划：状态为“${planStateWords[state]['zh-CN']}”${name === '' ? '' : `，名称是“${name}”`}${notes.map((note) => `；${note.by === '' ? '备注' : `${note.by}备注`}：${note.text}`).join('')}`,
      en: ({ state, name, by, notes }) =>
        `${by === '' ? 'somebody' : by} changed this plan after you looked at it: it is ${planStateWords[state].en} now${name === '' ? '' : `, called ${name}`}${notes.map((note) => `; ${note.by === '' ? 'a note' : `${note.by} noted`}: ${note.text}`).join('')}`,
    },
  },
  'model-changed-meanwhile': {
    ...storeProblemsSaid['model-changed-meanwhile'],
    message: {
      'zh-CN': ({ changes }, { list }) =>
        `您查看后，这份设置又有改动${changes === null ? '' : `：${list(changes.map(changeSaid))}`}`,
      en: ({ changes }, { list }) =>
        `these settings were changed after you looked at them${changes === null ? '' : `: ${list(changes.map(changeSaid))}`}`,
    },
  },
};

/** What is wrong with what a request brings along, and what to do. */
const httpProblems: ProblemSentences<HttpProblems> = messages('http-problems');

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
const cliProblems: ProblemSentences<CliProblems> = {
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
  'administrator-missing': { message: noAdministratorLeft, remedy: administratorAgain },
};

export const doorProblems = {
  ...cliProblems,
  ...feedProblems,
  ...httpProblems,
  ...storeProblems,
  ...seriesProblems,
  ...settingsProblems,
};

const planStateWords = messages('plan-state');

/** A field by its path, with what it says by now. */
const changeSaid = ({ path, before, after }: Change): string =>
  `${path.join('.')} ${shownValue(before)} → ${shownValue(after)}`;
