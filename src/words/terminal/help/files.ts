import type { Label } from '../../sentences.ts';

/** Help of the commands that make a workspace and take files in. */
export const filesHelp = {
  'make-up-a-hotline': {
    'zh-CN': '生成演示热线，跑完全部主要步骤，打印计划',
    en: 'make up a hotline, run the whole main job on it, print the plan',
  },
  'todays-calls-as-they-come': {
    'zh-CN': '用演示交换机播放今天的来电（Asterisk queue_log），同时打开网页服务',
    en: "play today's calls on a made-up switchboard (an Asterisk queue_log), and serve the page",
  },
  'times-as-fast': {
    'zh-CN': '今天已过去的部分按时钟的多少倍播放；默认 300',
    en: 'how much faster than the clock the day so far is played; default: 300',
  },
  'folder-of-the-queue-log': {
    'zh-CN': 'queue_log 所在文件夹；默认工作区里的 switchboard',
    en: 'folder of the queue_log; default: switchboard in the workspace',
  },
  'write-what-has-happened-and-end': {
    'zh-CN': '一次写完今天到现在的来电，然后结束',
    en: "write the day's calls so far at once, and end",
  },
  'iana-zone-of-the-hotline': { 'zh-CN': '热线所在的 IANA 时区', en: 'IANA zone of the hotline' },
  'iso-country-whose-calendar-applies': {
    'zh-CN': '采用哪个国家的日历（ISO 代码）',
    en: 'ISO country whose calendar applies',
  },
  'sqlite-or-postgres-address': {
    'zh-CN': 'sqlite，或 postgres://用户:密码@主机:端口/数据库',
    en: 'sqlite, or postgres://user:password@host:port/database',
  },
  'which-shared-hotline-this-is': {
    'zh-CN': '共用数据库中的哪一条热线；默认 main',
    en: 'which hotline of a shared database this is; default: main',
  },
  'make-a-workspace-folder': {
    'zh-CN': '新建工作区文件夹：一个数据库，以及供修改的 models/ 副本',
    en: 'make a workspace folder: a database, and copies of models/ to edit',
  },
  'known-export': {
    'zh-CN': '已知的导出格式，或工作区 models/presets/ 下的映射文件；none 表示只按列名识别',
    en: 'a known export, or a map file under the workspace’s models/presets/; none: by headings alone',
  },
  'file-to-fill': {
    'zh-CN': '供填写后导入的文件，附各列说明和例子',
    en: 'a file to fill in and import, with remarks on each column and examples',
  },
  'what-the-file': { 'zh-CN': '文件用来装什么', en: 'what the file is to hold' },
  'overwrite-the-file': { 'zh-CN': '覆盖已有的同名文件', en: 'overwrite a file of this name' },
  'xlsx-or-csv': {
    'zh-CN': '.xlsx 或 .csv；默认 huawu-KIND.xlsx',
    en: '.xlsx or .csv; default: huawu-KIND.xlsx',
  },
  'which-column-is-which-field': {
    'zh-CN': '哪一列是哪个字段；写成“列名+列名”则把数相加',
    en: 'which column is which field; HEADING+HEADING adds figures up',
  },
  'file-has-no-row': {
    'zh-CN': '文件没有列名行：各列从 1 起编号',
    en: 'the file has no row of headings: its columns are numbered from 1',
  },
  'json-that-names-the-columns': {
    'zh-CN': '说明各列含义的 JSON（见 docs/zh/reference/data-formats.md）',
    en: 'JSON that names the columns (docs/en/reference/data-formats.md)',
  },
  'problems-file': {
    'zh-CN': '问题文件；默认 problems.csv，已有时为 problems-2.csv 等；试读时不写',
    en: 'the problems file; default: problems.csv (problems-2.csv where that is there), none with --dry-run',
  },
  'what-the-files-hold': { 'zh-CN': '文件里是什么数据', en: 'what the files hold' },
  'csv-also-gzip-or-xlsx': { 'zh-CN': 'CSV（可用 gzip 压缩）或 XLSX', en: 'CSV (also gzip) or XLSX' },
  'take-files-into-the-workspace': {
    'zh-CN': '把文件导入工作区：要么全部，要么一点也不',
    en: 'take files into the workspace, wholly or not at all',
  },
  command: {
    'zh-CN': '命令名，或 hotline 等模型文件名，或 model（排队模型）',
    en: 'a command, a model file such as hotline, or model (a bare queueing model)',
  },
  'json-schema-of-a-commands': {
    'zh-CN': '命令的 --json 输出、models/ 下文件或 --model 文件的 JSON Schema',
    en: 'JSON Schema of a command’s --json output, of a file under models/, or of a --model file',
  },
  'unit-of-a-duration': {
    'zh-CN': '时长的单位：seconds（秒）、ms（毫秒）、minutes（分钟）、hours（小时）、mm:ss 或 hh:mm',
    en: 'unit of a duration: seconds, ms, minutes, hours, mm:ss or hh:mm',
  },
} as const satisfies Readonly<Record<string, Label>>;
