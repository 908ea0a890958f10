import type { Label } from '../../sentences.ts';

/** Help of the commands that run, keep and move a workspace. */
export const runningHelp = {
  'address-of-this-machine': {
    'zh-CN': '本机地址；默认 127.0.0.1',
    en: 'address of this machine; default: 127.0.0.1',
  },
  'default-12345-0-any-free': {
    'zh-CN': '端口，默认 12345；0 为任意空闲端口',
    en: 'default: 12345; 0: any free port',
  },
  'fresh-one-time-address': {
    'zh-CN': '取得网页的一次性新网址；或取得程序所用的令牌',
    en: 'a fresh one-time address of the running web app; the token for programs',
  },
  'print-the-token': {
    'zh-CN': '打印令牌，供调用接口的程序使用',
    en: 'print the token, for programs that call the API',
  },
  'open-the-page-in-this': {
    'zh-CN': '在本机浏览器中打开网页',
    en: 'open the page in this machine’s browser',
  },
  'workspaces-hotlines-at-a-glance': {
    'zh-CN': '工作区各热线一览：下周风险、预测准确度、冷热等级、待决定的事',
    en: "the workspace's hotlines at a glance: next week's risk, accuracy, band, what is to be decided",
  },
  'work-every-line-out-anew': {
    'zh-CN': '重新计算每条热线并保存',
    en: 'work every line out anew and keep it',
  },
  'those-with-most-days-at': {
    'zh-CN': '风险天数多的排在前面',
    en: 'those with most days at risk first',
  },
  'take-no-copy': {
    'zh-CN': '升级前不为 PostgreSQL 数据库留副本',
    en: 'take no copy of a PostgreSQL database before',
  },
  'print-the-plan-and-end': { 'zh-CN': '打印计划后结束', en: 'print the plan and end' },
  'print-the-whole-plan': {
    'zh-CN': '打印整份计划：各等级、工时、仿真验证、提示和假设',
    en: 'print the whole plan: tiers, hours, simulation, notices and assumptions',
  },
  'print-the-whole-plan-and-roster': {
    'zh-CN': '打印整份计划，以及每个人的班',
    en: "print the whole plan and everybody's shifts",
  },
  'everything-at-once': {
    'zh-CN': '一步到位：没有工作区时建演示热线，做一份计划，打开网页',
    en: 'everything at once: the demo hotline where there is no workspace, a plan, the web app',
  },
  'web-app-and-api-on': {
    'zh-CN': '在本机运行网页与 API',
    en: 'the web app and API on this machine',
  },
  'postgres-address-or-default': {
    'zh-CN': 'postgres://用户:密码@主机:端口/数据库；默认取自设置',
    en: 'postgres://user:password@host:port/database; default: from the settings',
  },
  'threads-for-one-job': {
    'zh-CN': '每个任务的线程数；0 为处理器核数',
    en: 'threads for one job; 0: as many as there are cores',
  },
  'answers-metrics-and-health-live': {
    'zh-CN': '在 127.0.0.1 上应答 /metrics 与 /health/live 的端口；0 为任意空闲端口',
    en: 'answers /metrics and /health/live on 127.0.0.1; 0: any free port',
  },
  'do-the-jobs': {
    'zh-CN': '在本机或别的机器上执行 PostgreSQL 数据库里的任务',
    en: 'do the jobs of a PostgreSQL database, on this or another machine',
  },
  'who-changed-what-and-when': {
    'zh-CN': '谁在何时改了什么；这份记录是否完整',
    en: 'who changed what and when; whether that log is whole',
  },
  'changes-from-this-day-on': {
    'zh-CN': '从这一天起的变更（UTC）',
    en: 'changes from this day on (UTC)',
  },
  'changes-up-to-this-day': {
    'zh-CN': '到这一天为止的变更（UTC）',
    en: 'changes up to this day (UTC)',
  },
  'at-most-so-many': { 'zh-CN': '最多列出的条数，取最近的', en: 'at most so many, the latest' },
  'also-write-them': {
    'zh-CN': '另写入文件：.csv 或 .json',
    en: 'also write them: .csv or .json',
  },
  'let-entries-older-than-so': {
    'zh-CN': '清理早于若干天的记录；记录中会写明这次清理',
    en: 'let entries older than so many days go; the log says so itself',
  },
  'settings-in-force-and-where': {
    'zh-CN': '当前生效的设置及其来源；它们所依赖的一切是否正常',
    en: 'the settings in force and where they come from; whether all that they rest on is in order',
  },
  'file-write-existing': {
    'zh-CN': '要写的文件；已存在则拒绝',
    en: 'the file to write; an existing one is refused',
  },
  'write-the-workspace': {
    'zh-CN': '把工作区在某一刻的全部内容写入一个文件，其间一切照常运行',
    en: 'write the workspace, as of one moment, into one file while everything goes on',
  },
  'take-numbers-that-are-none': {
    'zh-CN': '清除 doctor 在记录中查出的坏值：NaN、无穷大，以及文字里的控制字符',
    en: 'clear what doctor found unsound in the records: numbers that are none (NaN, infinite) and control characters in texts',
  },
  'list-the-rows': { 'zh-CN': '只列出这些行，不改动', en: 'list the rows, change nothing' },
  'bring-the-databases-structure-up': {
    'zh-CN': '把数据库结构升级到本版本：要么全部，要么一点也不',
    en: 'bring the database’s structure up to this version, wholly or not at all',
  },
  'postgres-address-or-folder': {
    'zh-CN': 'postgres://用户:密码@主机:端口/数据库,或一个文件夹',
    en: 'postgres://user:password@host:port/database, or a folder',
  },
  'overwrite-what-stands-there': {
    'zh-CN': '覆盖那里已有的这条热线的内容',
    en: 'overwrite what stands there of this hotline',
  },
  'move-the-workspaces-records': {
    'zh-CN': '把工作区的记录逐行迁到 PostgreSQL，或从那里迁到文件夹',
    en: 'move the workspace’s records to PostgreSQL, or from there into a folder, row for row',
  },
  'with-replace': {
    'zh-CN': '与 --replace 同用：会失去已发布的计划时也照做',
    en: 'with --replace: also where published plans are lost',
  },
  'overwrite-all-that-an-existing': {
    'zh-CN': '覆盖现有工作区的全部内容',
    en: 'overwrite all that an existing workspace holds',
  },
  'written-by-huawu-backup': { 'zh-CN': '由 huawu backup 写出的文件', en: 'written by huawu backup' },
  'which-shared-hotline-it-becomes': {
    'zh-CN': '在共用数据库里作为哪条热线；默认按设置，没有设置则按备份',
    en: 'which hotline of a shared database it becomes; default: as the settings or else the backup say',
  },
  'make-the-workspace-what': {
    'zh-CN': '把工作区恢复成备份中的样子',
    en: 'make the workspace what a backup holds',
  },
} as const satisfies Readonly<Record<string, Label>>;
