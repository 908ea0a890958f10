import type { CliProblems } from '../cli/cli-findings.ts';
import { administratorAgain, noAdministratorLeft } from './access.ts';
import type { ProblemSentences } from './sentences.ts';

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
  'log-broken': {
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
    remedy: {
      'zh-CN': '数据库在程序之外被改动过。请与较早的备份或导出（huawu audit --out）对照，查清是谁所为。',
      en: 'The database was changed from outside the program. Hold it against an earlier backup or export (huawu audit --out) and find out who did it.',
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
  'database-to-update': {
    message: {
      'zh-CN': ({ found }) => `数据库由较早的版本写入（结构 ${found}）`,
      en: ({ found }) => `the database was written by an earlier version (schema ${found})`,
    },
    remedy: {
      'zh-CN': '请先备份工作区；下一条命令打开它时自动升级，此后较早的版本不能再打开。',
      en: 'Keep a copy of the workspace; the next command that opens it brings it up to date, and earlier versions cannot open it any more.',
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
  'work-cut-off': {
    message: {
      'zh-CN': '有一条命令在这里中途中断，或仍在运行',
      en: 'a command was cut off here, or is still at work',
    },
    remedy: {
      'zh-CN': '下一条打开工作区的命令（如 huawu plans list）会把它补完或撤回，并说明是哪一种。',
      en: 'The next command that opens the workspace (huawu plans list, say) completes it or undoes it, and says which.',
    },
  },
  'file-in-the-way': {
    message: {
      'zh-CN': '已有同名文件，没有覆盖',
      en: 'a file of this name is there already and was left as it is',
    },
    remedy: {
      'zh-CN': '请换一个文件名，或加上 --replace 覆盖它',
      en: 'choose another name, or overwrite it with --replace',
    },
  },
  'folder-holds-others': {
    message: {
      'zh-CN': '这个文件夹里已有其他内容，不能在这里建立演示热线',
      en: 'this folder holds other things: the made-up hotline needs a new or an empty one',
    },
    remedy: {
      'zh-CN': '请用 --workspace 指定新文件夹；要在这里建立自己的热线，请用 huawu init。',
      en: 'Name a new folder with --workspace; for a hotline of your own here use huawu init.',
    },
  },
  'problems-file-in-the-way': {
    message: {
      'zh-CN': '已有同名文件，且不是以前的问题文件，没有覆盖；什么也没有导入',
      en: 'a file of this name is there already and is no earlier problems file: it was left as it is, and nothing was stored',
    },
    remedy: {
      'zh-CN': '请用 --problems-out 换一个文件名。',
      en: 'Give another name with --problems-out.',
    },
  },
  'texts-not-writable': {
    message: {
      'zh-CN': ({ rows, first }) =>
        `有 ${rows} 行记录的文字中含有不可用的字符（控制字符或残缺字符），第一处：${first}`,
      en: ({ rows, first }, { counted, plural }) =>
        `${counted(rows, 'record')} ${plural(rows, 'has', 'have')} characters in a text that no text may have (controls or halves of characters), the first: ${first}`,
    },
    remedy: {
      'zh-CN': '运行 huawu mend --dry-run 查看，再运行 huawu mend 换掉；之后即可迁移到 PostgreSQL。',
      en: 'Look with huawu mend --dry-run, then run huawu mend; the records can be moved to PostgreSQL afterwards.',
    },
  },
  'beyond-loopback': {
    message: {
      'zh-CN': ({ refused }, { say }) => say(refused),
      en: ({ refused }, { say }) => say(refused),
    },
    remedy: { 'zh-CN': '请把 host 设为 127.0.0.1。', en: 'Set host to 127.0.0.1.' },
  },
  'administrator-missing': { message: noAdministratorLeft, remedy: administratorAgain },
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
