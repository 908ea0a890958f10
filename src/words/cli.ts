import type { CliFindings, CliProblems, NumberRange, WrongUsage } from '../cli/cli-findings.ts';
import type { ProblemSentences, Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';

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
  'commander.invalidArgument': '{0} 的值「{1}」不对',
  'commander.conflictingOption': '{0} 不能与 {1} 同时使用',
  'commander.help': '请给出命令',
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

/** What commands answer in a sentence, and what is wrong with how they were called. */
export const cliSentences: Sentences<CliFindings> = {
  'making-demo': {
    'zh-CN': '正在生成演示热线（虚构数据，两年话务）……',
    en: 'making up the demo hotline (two years of made-up traffic) ...',
  },
  'worker-ready': {
    'zh-CN': '话务工作进程已就绪；按 Ctrl+C 结束。',
    en: 'The worker is ready; Ctrl+C ends it.',
  },
  'worker-needs-postgres': {
    'zh-CN': 'huawu worker 需要 PostgreSQL：请用 --store postgres://… 或在 settings.json 里写 store',
    en: 'huawu worker needs PostgreSQL: give --store postgres://... or set store in settings.json',
  },
  'give-factor-or-calls': {
    'zh-CN': '请给出 --factor 或 --calls 之一',
    en: 'Give one of --factor and --calls',
  },
  'give-from-and-to': {
    'zh-CN': '--from 和 --to 要一起给出',
    en: '--from and --to go together',
  },
  'change-noted': {
    'zh-CN': ({ id }) => `已记下第 ${id} 条修改`,
    en: ({ id }) => `Change ${id} is noted`,
  },
  'no-such-change': {
    'zh-CN': ({ given }) => `没有第 ${given} 条修改`,
    en: ({ given }) => `There is no change ${given}`,
  },
  'change-taken-back': {
    'zh-CN': ({ id }) => `已撤销第 ${id} 条修改`,
    en: ({ id }) => `Change ${id} is taken back`,
  },
  'one-number-of-test-calls': {
    'zh-CN': '用 --connected 时请给出一个不小于它的 --test-calls，如 --connected 5 --test-calls 17',
    en: 'With --connected give one number of --test-calls, no less than it, such as --connected 5 --test-calls 17',
  },
  'name-both-columns': {
    'zh-CN': '用 --input 时请用 --calls-column 和 --met-column 写明来电列与时限内接听列',
    en: 'With --input, name the columns of calls and of those answered in time by --calls-column and --met-column',
  },
  'weeks-or-dates': {
    'zh-CN': '周数，或用逗号隔开的日期，如 2026-11-02,2026-11-09',
    en: 'a number of weeks, or dates such as 2026-11-02,2026-11-09',
  },
  'give-load-or-table': {
    'zh-CN': '请给出 --calls-per-hour、--aht 和 --operators，或用 --input 给出一张表',
    en: 'Give --calls-per-hour, --aht and --operators, or a table with --input',
  },
  'load-beyond-limit': {
    'zh-CN': ({ erlangs, most }) =>
      `平均同时有 ${erlangs.toPrecision(3)} 个通话，最多只算到 ${most}；请检查 --calls-per-hour 和 --aht 的单位`,
    en: ({ erlangs, most }) =>
      `That is ${erlangs.toPrecision(3)} calls at once on average, and ${most} is the most: check the units of --calls-per-hour and --aht`,
  },
  'patience-beyond-limit': {
    'zh-CN': ({ handleTimes }) => `--patience 超过处理时长的 ${handleTimes} 倍；无人放弃请写 inf`,
    en: ({ handleTimes }) =>
      `--patience is over ${handleTimes} handle times: write inf where nobody hangs up`,
  },
  restored: {
    'zh-CN': ({ folder, rows }) => `已恢复到 ${folder}（${rows} 行与 models/），并已核对`,
    en: ({ folder, rows }, { counted }) =>
      `Restored into ${folder} (${counted(rows, 'row')} and models/), checked`,
  },
  'only-with-levers': {
    'zh-CN': '--recover 和 --budget 只能与 --levers 一起使用',
    en: '--recover and --budget belong to --levers',
  },
  'give-scenario-or-model': {
    'zh-CN': '请用 --scenario 给出情景文件，或用 --model 给出模型',
    en: 'Give a scenario file with --scenario, or a model with --model',
  },
  'date-and-time': {
    'zh-CN': '日期和时刻，如 2026-11-24T10:30',
    en: 'a date and time such as 2026-11-24T10:30',
  },
  'only-with-model': {
    'zh-CN':
      '--connection-rate、--service-level、--threshold、--replications 只用于 --model；计划的目标写在 models/targets.json',
    en: '--connection-rate, --service-level, --threshold and --replications go with --model; a plan has its targets in models/targets.json',
  },
  'no-such-preset': {
    'zh-CN': ({ preset, names }, { list }) => `没有名为「${preset}」的映射预设；可用：${list(names)}`,
    en: ({ preset, names }, { list }) => `there is no preset "${preset}"; there are: ${list(names)}`,
  },
  'nothing-to-mend': {
    'zh-CN': ({ place }) => `${place}：没有需要修复的记录`,
    en: ({ place }) => `${place}: nothing to mend`,
  },
  'rows-to-mend': {
    'zh-CN': ({ place, rows }) => `${place}：有 ${rows} 行需要修复`,
    en: ({ place, rows }, { counted }) => `${place}: ${counted(rows, 'row')} to mend`,
  },
  'rows-mended': {
    'zh-CN': ({ place, rows }) => `${place}：已修复 ${rows} 行`,
    en: ({ place, rows }, { counted }) => `${place}: ${counted(rows, 'row')} mended`,
  },
  'share-or-percentage': {
    'zh-CN': '0–1 的数，或百分数',
    en: 'a number from 0 to 1, or a percentage',
  },
  'give-all-three': {
    'zh-CN': '--solved、--partly 与 --effect 须一起给出',
    en: 'Give --solved, --partly and --effect together',
  },
  'not-running': {
    'zh-CN': '这个工作区的网页没有在运行，请先运行 huawu start 或 huawu serve',
    en: 'The web app of this workspace does not run: start it with huawu start or huawu serve',
  },
  'ctrl-c-ends-it': {
    'zh-CN': '按 Ctrl+C 结束。',
    en: 'Ctrl+C ends it.',
  },
  serving: {
    'zh-CN': ({ url, address }) =>
      `话务已在 ${url} 运行。请用浏览器打开这个网址（只能用一次，15 分钟内有效）：\n  ${address}\n此后该浏览器可直接打开 ${url}；换一个浏览器时，运行 huawu open 取得新的网址。`,
    en: ({ url, address }) =>
      `Huawu runs at ${url}. Open this address in a browser (good once, for 15 minutes):\n  ${address}\nFrom then on that browser may open ${url} itself; for another, huawu open prints a fresh address.`,
  },
  'report-written': {
    'zh-CN': ({ id, week, out }) => `计划 ${id}（${week}）已写入 ${out}`,
    en: ({ id, week, out }) => `Plan ${id} (${week}) written to ${out}`,
  },
  'unknown-report-ending': {
    'zh-CN': '--out 的文件名应以 .html、.xlsx、.zip 或 .csv 结尾',
    en: 'The name given to --out must end in .html, .xlsx, .zip or .csv',
  },
  'page-only-of-html': {
    'zh-CN': '--page 只用于 .html 文件',
    en: '--page goes with an .html file only',
  },
  'table-with-csv': {
    'zh-CN': ({ tables }, { list }) =>
      `.csv 文件只装一张表，请用 --table 指明：${list(tables)}；要全部表格请用 .zip`,
    en: ({ tables }, { list }) =>
      `A .csv file holds one table: name it by --table (${list(tables)}), or take all of them as .zip`,
  },
  'unknown-roster-ending': {
    'zh-CN': '--out 的文件名应以 .xlsx、.csv、.ics 或 .html 结尾',
    en: 'The name given to --out must end in .xlsx, .csv, .ics or .html',
  },
  'one-roster-question': {
    'zh-CN': '--repair、--swap、--check、--publish、--changes 和 --show 每次只用一个',
    en: 'Use one of --repair, --swap, --check, --publish, --changes and --show at a time',
  },
  'no-such-cycle': {
    'zh-CN': ({ said, known }, { list }) =>
      `没有轮班「${said}」，可用：四班三运转、五班三运转、做二休二（${list(known)}）`,
    en: ({ said, known }, { list }) => `There is no rotation "${said}"; known: ${list(known)}`,
  },
  'not-a-duty': {
    'zh-CN': ({ said }) => `看不懂「${said}」，写成 工号@日期，如 A01@2026-11-25`,
    en: ({ said }) => `Cannot read "${said}": write OPERATOR@DATE, such as A01@2026-11-25`,
  },
  'not-a-pin': {
    'zh-CN': ({ said }) => `看不懂「${said}」，写成 工号@日期=班次，如 A01@2026-11-25=early；休息写 off`,
    en: ({ said }) =>
      `Cannot read "${said}": write OPERATOR@DATE=SHIFT, such as A01@2026-11-25=early, or =off`,
  },
  'hours-written': {
    'zh-CN': ({ shown }, { say }) => `已写入 models/hotline.json：${say(shown)}`,
    en: ({ shown }, { say }) => `Written to models/hotline.json: ${say(shown)}`,
  },
  'hours-learnt': {
    'zh-CN': ({ shown }, { say }) =>
      `models/hotline.json 未写明开放时间，从数据学得：${say(shown)}\n写入：huawu hours --keep`,
    en: ({ shown }, { say }) =>
      `models/hotline.json states no opening hours; learnt from the data: ${say(shown)}\nTo write them there: huawu hours --keep`,
  },
  'hours-stated': {
    'zh-CN': ({ inUse, shown }, { say }) =>
      `models/hotline.json 写明：${say(inUse)}\n数据显示：${say(shown)}\n以数据为准写入：huawu hours --keep`,
    en: ({ inUse, shown }, { say }) =>
      `Stated in models/hotline.json: ${say(inUse)}\nThe data show: ${say(shown)}\nTo write what the data show: huawu hours --keep`,
  },
  'no-such-schema': {
    'zh-CN': ({ name, known }, { list }) => `没有名为 ${name} 的结构；可用：${list(known)}`,
    en: ({ name, known }, { list }) => `There is no schema ${name}. Known: ${list(known)}`,
  },
  'backed-up': {
    'zh-CN': ({ out, rows }) => `已备份到 ${out}（${rows} 行与 models/），并已核对`,
    en: ({ out, rows }, { counted }) =>
      `Backed up into ${out} (${counted(rows, 'row')} and models/), checked`,
  },
  'nothing-to-plan': {
    'zh-CN': '工作区里还没有话务数据，请先运行 huawu ingest traffic 文件',
    en: 'The workspace holds no traffic yet: run huawu ingest traffic FILE first',
  },
  'only-with-band': {
    'zh-CN': '--confidence 和 --test-calls 只能与 --band 一起用',
    en: '--confidence and --test-calls only go with --band',
  },
  'no-calendar-of-holidays': {
    'zh-CN':
      '没有节假日日历：预测会把节假日当作平常日。可用 --country 指定国家，或在 models/calendar.json 里写明节假日。',
    en: 'There is no calendar of holidays, which are forecast as ordinary days: name a country with --country, or write them into models/calendar.json.',
  },
  'no-hotline-passes': {
    'zh-CN': '没有热线符合这些条件',
    en: 'No hotline passes these filters',
  },
  'hotline-goes-alone': {
    'zh-CN': '--hotline 不能与 --by、--traffic、--at-risk、--period、--out 同用',
    en: '--hotline goes without --by, --traffic, --at-risk, --period and --out',
  },
  moved: {
    'zh-CN': ({ rows, place, folder, leftAt }) =>
      `已把 ${rows} 行移到 ${place}，逐行核对一致；工作区 ${folder} 现在使用它。原数据仍在 ${leftAt}，已不再接受写入，确认无误后可自行删除；仍在使用它的服务请先停下，再在新的地点启动。`,
    en: ({ rows, place, folder, leftAt }, { counted }) =>
      `Moved ${counted(rows, 'row')} to ${place}, equal row for row; the workspace ${folder} uses them now. The old ones are still at ${leftAt} and take no more writes: delete them when you are sure, and stop a server that still uses them and start it at the new place.`,
  },
  'environment-outranks': {
    'zh-CN': '注意：环境变量 HUAWU_STORE 优先于 settings.json，请一并修改。',
    en: 'Mind: the environment variable HUAWU_STORE outranks settings.json; change it too.',
  },
  'address-in-part': {
    'zh-CN': '--to 看起来是一个地址，但不完整：请写 postgres://用户:密码@主机:端口/数据库，或者一个文件夹',
    en: '--to looks like an address but is not a whole one: write postgres://user:password@host:port/database, or a folder',
  },
  'structure-up-to-date': {
    'zh-CN': ({ place, to }) => `${place}：结构已是最新（${to}）`,
    en: ({ place, to }) => `${place}: the structure is up to date (${to})`,
  },
  'structure-updated': {
    'zh-CN': ({ place, from, to }) => `${place}：结构已从 ${from ?? '空'} 升级到 ${to}`,
    en: ({ place, from, to }) => `${place}: structure updated from ${from ?? 'empty'} to ${to}`,
  },
  'row-goes': {
    'zh-CN': ({ table, key, columns }, { list }) => `${table} ${key}: ${list(columns)} — 整行删去`,
    en: ({ table, key, columns }, { list }) => `${table} ${key}: ${list(columns)} — the row goes`,
  },
  'made-absent': {
    'zh-CN': ({ table, key, columns }, { list }) => `${table} ${key}: ${list(columns)} — 改为缺失`,
    en: ({ table, key, columns }, { list }) => `${table} ${key}: ${list(columns)} — made absent`,
  },
  'rows-left-out': {
    'zh-CN': ({ rows, file }) => `有 ${rows} 行未导入，已写入 ${file}`,
    en: ({ rows, file }, { counted, plural }) =>
      `${counted(rows, 'row')} ${plural(rows, 'was', 'were')} left out and ${plural(rows, 'is', 'are')} in ${file}`,
  },
  'bad-unit-option': {
    'zh-CN': ({ fields, units, given }, { list }) =>
      `--unit 写作 字段=单位，字段为 ${list(fields)}，单位为 ${list(units)}；读到「${given}」`,
    en: ({ fields, units, given }, { list }) =>
      `--unit wants field=unit, a field of ${list(fields)} and a unit of ${list(units)}; found "${given}"`,
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
  targets.json  接通率、时限内接通率、占用率等目标
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
Then bring in traffic: huawu ingest traffic FILE (--preset for usual exports, see models/presets)
and plan: huawu plan`,
  },
  'a-date': {
    'zh-CN': '日期，如 2026-11-23',
    en: 'a date such as 2026-11-23',
  },
  'an-iso-week': {
    'zh-CN': '存在的 ISO 周次，如 2026-W48',
    en: 'an ISO week that exists, such as 2026-W48',
  },
  'a-clock-time': {
    'zh-CN': '时刻 HH:MM，如 08:30',
    en: 'a clock time HH:MM such as 08:30',
  },
  'a-number': {
    'zh-CN': ({ range }, speech) => numberInChinese(range, speech),
    en: ({ range }) => numberInEnglish(range),
  },
  'wrong-usage': {
    'zh-CN': usageInChinese,
    en: usageInEnglish,
  },
  'disk-free': {
    'zh-CN': ({ gigabytes }, { number }) => `可用 ${number(gigabytes)} GB`,
    en: ({ gigabytes }, { number }) => `${number(gigabytes)} GB free`,
  },
  'store-found': {
    'zh-CN': ({ place, schema, isSound }) => `${place}（结构 ${schema}，${isSound ? '完整' : '有坏值'}）`,
    en: ({ place, schema, isSound }) => `${place} (schema ${schema}, ${isSound ? 'sound' : 'not sound'})`,
  },
  'port-free': {
    'zh-CN': ({ port }) => `${port} 空闲`,
    en: ({ port }) => `${port} is free`,
  },
  'calendar-until': {
    'zh-CN': ({ country, until }) => `${country ?? '无'}，${until === null ? '不限年份' : `至 ${until}`}`,
    en: ({ country, until }) => `${country ?? 'none'}, ${until === null ? 'any year' : `until ${until}`}`,
  },
};

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
  'file-not-readable': {
    message: {
      'zh-CN': ({ reason }) => becauseInChinese('无法读取这个文件', reason),
      en: ({ reason }) => becauseInEnglish('this file cannot be read', reason),
    },
    remedy: {
      'zh-CN': '请检查文件名、所在文件夹和读取权限。',
      en: 'Check its name and folder, and that you may read it.',
    },
  },
  'file-not-writable': {
    message: {
      'zh-CN': ({ reason }) => becauseInChinese('无法写入这个文件', reason),
      en: ({ reason }) => becauseInEnglish('this file cannot be written', reason),
    },
    remedy: {
      'zh-CN': '请检查文件夹是否存在、是否有写权限。',
      en: 'Check that the folder exists and that you may write there.',
    },
  },
  'file-changed-meanwhile': {
    message: { 'zh-CN': '读取时文件被其他程序改动', en: 'the file was changed while it was read' },
    remedy: {
      'zh-CN': '等导出或复制完成后再导入；没有写入任何数据。',
      en: 'Bring it in again once it is exported or copied in full; nothing was stored.',
    },
  },
  'unknown-country': {
    message: { 'zh-CN': '没有这个国家的日历', en: 'no calendar is known of this country' },
    remedy: {
      'zh-CN': '用 ISO 国家代码，如 CN、US、DE；假日特殊的请另用 --holidays 或 models/calendar.json 给出。',
      en: 'Use an ISO country code such as CN, US or DE; give holidays of your own with --holidays or models/calendar.json.',
    },
  },
  usage: {
    message: { 'zh-CN': ({ usage }, { say }) => say(usage), en: ({ usage }, { say }) => say(usage) },
    remedy: {
      'zh-CN': '用法见 huawu --help 或 huawu 命令 --help。',
      en: 'See huawu --help or huawu COMMAND --help.',
    },
  },
  'hard-rule': {
    message: { 'zh-CN': ({ clash }, { say }) => say(clash), en: ({ clash }, { say }) => say(clash) },
    remedy: { 'zh-CN': '请放宽这条规则，或给它定一个价格。', en: 'Loosen this rule, or give it a price.' },
  },
  cancelled: {
    message: {
      'zh-CN': '已按要求中止，没有任何内容只写了一半',
      en: 'stopped as asked; nothing is half-written',
    },
    remedy: { 'zh-CN': '需要时请重新运行。', en: 'Run it again when needed.' },
  },
  internal: {
    message: {
      'zh-CN': ({ error }) => `程序内部出错：${error}`,
      en: ({ error }) => `something went wrong inside: ${error}`,
    },
    remedy: {
      'zh-CN': '设置环境变量 HUAWU_DEBUG=1 再运行可看到出错位置；请连同命令一起报告。',
      en: 'Run it again with HUAWU_DEBUG=1 to see where; please report that together with the command.',
    },
  },
  'check-failed': {
    message: {
      'zh-CN': ({ error }) => `无法检查：${error}`,
      en: ({ error }) => `this cannot be checked: ${error}`,
    },
    remedy: {
      'zh-CN': '请先改正上面的问题，再运行一次。',
      en: 'Correct what is wrong above, then run it again.',
    },
  },
  'old-node': {
    message: {
      'zh-CN': ({ wanted }) => `需要 Node ${wanted} 或更新`,
      en: ({ wanted }) => `Node ${wanted} or newer is needed`,
    },
    remedy: {
      'zh-CN': '请用 npx huawu 运行，它会使用随包安装的 Node。',
      en: 'Run it as npx huawu, which uses the Node that was installed with it.',
    },
  },
  'folder-not-writable': {
    message: { 'zh-CN': '工作区文件夹无法写入', en: 'the workspace folder cannot be written' },
    remedy: {
      'zh-CN': '请检查它是否存在、是否有写权限。',
      en: 'Check that it exists and that you may write to it.',
    },
  },
  'folder-open-to-others': {
    message: {
      'zh-CN': '本机的其他用户可以查看工作区文件夹',
      en: 'other accounts of this machine may look into the workspace folder',
    },
    remedy: {
      'zh-CN': ({ folder }) => `请运行 chmod 700 ${folder}`,
      en: ({ folder }) => `Run chmod 700 ${folder}.`,
    },
  },
  'little-disk': {
    message: { 'zh-CN': '磁盘空间不足', en: 'there is little room left on the disk' },
    remedy: { 'zh-CN': '请至少腾出 2 GB。', en: 'Free at least 2 GB.' },
  },
  'numbers-not-finite': {
    message: {
      'zh-CN': ({ rows, first }) => `有 ${rows} 行记录含有不是有限数的值（NaN 或无穷大），第一处：${first}`,
      en: ({ rows, first }, { counted, plural }) =>
        `${counted(rows, 'record')} ${plural(rows, 'holds', 'hold')} a number that is none (NaN or infinite), the first: ${first}`,
    },
    remedy: {
      'zh-CN': '运行 huawu mend --dry-run 查看，再运行 huawu mend 修复；之后备份和迁移即可进行。',
      en: 'Look with huawu mend --dry-run, then run huawu mend; backups and moves work again afterwards.',
    },
  },
  'beyond-loopback': {
    message: {
      'zh-CN': ({ refused }, { say }) => say(refused),
      en: ({ refused }, { say }) => say(refused),
    },
    remedy: { 'zh-CN': '请把 host 设为 127.0.0.1。', en: 'Set host to 127.0.0.1.' },
  },
  'port-taken': {
    message: {
      'zh-CN': ({ port, error }) => `端口 ${port} 不能使用（${error}），可能话务已在运行`,
      en: ({ port, error }) => `port ${port} cannot be used (${error}); Huawu may be running already`,
    },
    remedy: {
      'zh-CN': '若不是，请用 --port 另选一个。',
      en: 'If it is not, choose another with --port.',
    },
  },
  'calendar-ends': {
    message: { 'zh-CN': ({ notice }, { say }) => say(notice), en: ({ notice }, { say }) => say(notice) },
    remedy: {
      'zh-CN': '请把那一年的放假安排写入 models/calendar.json。',
      en: "Write that year's days off into models/calendar.json.",
    },
  },
};
