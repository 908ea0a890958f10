import type { FeedFindings, FeedProblems } from '../feeds/feed-findings.ts';
import type { Label, ProblemSentences, Sentences } from './sentences.ts';

/** Why a feed does not bring what it should, and what to do. */
export const feedProblems: ProblemSentences<FeedProblems> = {
  'feed-source-missing': {
    message: { 'zh-CN': ({ from }) => `找不到 ${from}`, en: ({ from }) => `${from} is not there` },
    remedy: {
      'zh-CN': '请检查路径、共享目录是否挂载；文件出现后会自动接着读取。',
      en: 'Check the path and whether the share is mounted; reading goes on by itself once it is there.',
    },
  },
  'feed-source-unreadable': {
    message: {
      'zh-CN': ({ from, code }) => `无法读取 ${from}（${code}）`,
      en: ({ from, code }) => `${from} cannot be read (${code})`,
    },
    remedy: {
      'zh-CN': '请给运行 huawu 的账户读取权限；之后会自动接着读取。',
      en: 'Let the account that runs huawu read it; reading then goes on by itself.',
    },
  },
  'feed-source-wrong': {
    message: {
      'zh-CN': ({ from, wants }) => `${from} 不是${wants === 'file' ? '文件' : '文件夹'}`,
      en: ({ from, wants }) => `${from} is not a ${wants}`,
    },
    remedy: {
      'zh-CN': '请用 huawu feed add 重新指定 --from。',
      en: 'Set another --from with huawu feed add.',
    },
  },
  'feed-silent': {
    message: {
      'zh-CN': ({ minutes }) => `已有 ${minutes} 分钟没有新事件，明显长于平时`,
      en: ({ minutes }) => `no event for ${minutes} minutes, far longer than usual`,
    },
    remedy: {
      'zh-CN': '请查看交换机是否仍在写入；若此时本就没有来电，则无需处理。',
      en: 'Look whether the switchboard still writes; if nobody calls at this time, nothing is to be done.',
    },
  },
  'feed-behind': {
    message: {
      'zh-CN': ({ megabytes }) => `正在补读，还剩约 ${megabytes} MB`,
      en: ({ megabytes }) => `catching up: about ${megabytes} MB to go`,
    },
    remedy: {
      'zh-CN': '无需处理，读完即恢复实时。',
      en: 'Nothing is to be done: it is live once that is read.',
    },
  },
  'feed-failed': {
    message: {
      'zh-CN': ({ error }) => `读到的内容未能存储：${error}`,
      en: ({ error }) => `what was read could not be stored: ${error}`,
    },
    remedy: {
      'zh-CN': '请用 huawu doctor 检查磁盘和数据库；没有丢失，恢复后会接着读取。',
      en: 'Check disk and database with huawu doctor; nothing is lost, and reading goes on after that.',
    },
  },
};

/** What is said of feeds beside that. */
export const feedSentences: Sentences<FeedFindings> = {
  'feed-added': {
    'zh-CN': ({ name }) =>
      `已设置数据源 ${name}；huawu serve 会持续读取，huawu feed run ${name} --once 读取一次`,
    en: ({ name }) =>
      `Feed ${name} is set up: huawu serve follows it, huawu feed run ${name} --once reads it once`,
  },
  'feed-removed': {
    'zh-CN': ({ name }) => `已移除数据源 ${name}，已导入的数据保留`,
    en: ({ name }) => `Feed ${name} is removed; what it brought stays`,
  },
  'feed-following': { 'zh-CN': '正在读取各数据源', en: 'Following the feeds' },
  'no-such-feed': {
    'zh-CN': ({ name, known }, { list }) =>
      `没有数据源 ${name}${known.length === 0 ? '' : `。现有：${list(known)}`}`,
    en: ({ name, known }, { list }) =>
      `There is no feed ${name}${known.length === 0 ? '' : `. There are: ${list(known)}`}`,
  },
  'no-feeds': {
    'zh-CN': '还没有可用的数据源：请先用 huawu feed add 设置',
    en: 'There is no feed for this yet: set one up with huawu feed add',
  },
  'feed-name-wrong': {
    'zh-CN': ({ name }) => `数据源名称 ${name} 不可用：请用小写字母、数字和连字符，不超过 40 个字符`,
    en: ({ name }) => `${name} cannot name a feed: use lower-case letters, digits and hyphens, 40 at most`,
  },
  'feed-wants-from': {
    'zh-CN': ({ kind }) => `${kind} 类数据源需用 --from 指定文件或文件夹`,
    en: ({ kind }) => `A feed of kind ${kind} needs --from, its file or folder`,
  },
  'feed-place-not-allowed': {
    'zh-CN': ({ folder }) =>
      `在网页或接口上只能读取 ${folder} 之下的位置；其他位置请在服务器上用 huawu feed add 设置`,
    en: ({ folder }) =>
      `Over HTTP a feed may only read below ${folder}; set up other places with huawu feed add on the server`,
  },
  'feed-not-pushed': {
    'zh-CN': ({ name }) => `数据源 ${name} 由系统自行读取，不接收推送`,
    en: ({ name }) => `Feed ${name} is read here and takes no rows that are pushed`,
  },
  'feed-to-name': {
    'zh-CN': ({ known }, { list }) => `有多个数据源，请指明其中一个：${list(known)}`,
    en: ({ known }, { list }) => `There are several feeds: name one of ${list(known)}`,
  },
  'queue-of-two-feeds': {
    'zh-CN': ({ queue, feed }) => `队列 ${queue} 已由数据源 ${feed} 提供`,
    en: ({ queue, feed }) => `Queue ${queue} comes from feed ${feed} already`,
  },
  'bad-queue-pair': {
    'zh-CN': ({ given }) => `--queue 应写作“交换机队列=本热线队列”，收到的是 ${given}`,
    en: ({ given }) => `--queue takes SWITCHQUEUE=QUEUE, not ${given}`,
  },
};

/** Help of `huawu feed`. */
export const feedHelp = {
  'live-feeds-of-a-switchboard': {
    'zh-CN': '实时数据源：交换机的来电自动导入',
    en: "live feeds: a switchboard's calls arrive by themselves",
  },
  'set-up-a-feed': { 'zh-CN': '设置或更改一个数据源', en: 'set up a feed, or change one' },
  'name-of-the-feed': { 'zh-CN': '数据源名称', en: 'name of the feed' },
  'kind-of-feed': {
    'zh-CN':
      '类型：queue-log 为 Asterisk 的 queue_log 文件，folder 为导出文件所在的文件夹，push 由其他程序推送',
    en: "kind: queue-log is Asterisk's file queue_log, folder one that exports are put into, push takes what programs send",
  },
  'file-or-folder-to-read': { 'zh-CN': '要读取的文件或文件夹', en: 'file or folder to read' },
  'switch-queue-is-queue': {
    'zh-CN': '交换机队列=本热线队列；可写多次，等号后留空表示不导入',
    en: "the switchboard's queue = the hotline's; several times; nothing after = leaves it out",
  },
  'zone-of-its-wall-clock': {
    'zh-CN': '其中不带时差的时间所在时区；默认为热线的时区',
    en: "zone of its times without an offset; default: the hotline's",
  },
  'how-late-events-come': {
    'zh-CN': '事件最多可迟到的小时数；默认 8',
    en: 'hours by which an event may be late; default: 8',
  },
  'where-handle-time-counts': {
    'zh-CN': '处理时长计入：arrival 来电所在时段，end 结束所在时段，spread 按实际占用分摊',
    en: 'handle time counts in the interval of: arrival, end, or spread over those that it lasted',
  },
  'list-the-feeds': { 'zh-CN': '列出数据源及其状态', en: 'list the feeds and how they stand' },
  'look-at-a-source': {
    'zh-CN': '试读数据源，不存储任何数据',
    en: 'look at its source and store nothing',
  },
  'remove-a-feed': { 'zh-CN': '移除数据源，已导入的数据保留', en: 'remove a feed; what it brought stays' },
  'read-feeds': { 'zh-CN': '读取数据源，直至按 Ctrl-C', en: 'read feeds, until Ctrl-C' },
  'read-once': { 'zh-CN': '读完现有内容即结束', en: 'read what is there and end' },
} as const satisfies Readonly<Record<string, Label>>;
