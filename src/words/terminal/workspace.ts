import { minutesAndSeconds, phrase, phrases } from '../phrases.ts';

/** Many lines at a glance. */
export const lineWords = phrases({
  heads: {
    'zh-CN': [
      '代号',
      '热线',
      '数据截至',
      '下周',
      '计划',
      '风险天数',
      '缺口工时',
      '预计接通率',
      '最可能的冷热等级',
      '预测误差',
      '预测偏差',
    ],
    en: [
      'key',
      'line',
      'data until',
      'week',
      'plan',
      'days at risk',
      'hours short',
      'connection rate',
      'likeliest band',
      'forecast error',
      'forecast bias',
    ],
  },
  decide: { 'zh-CN': '待决定', en: 'To be decided' },
  notYet: {
    'zh-CN': '尚未计算，请用 huawu lines --refresh',
    en: 'not worked out yet: huawu lines --refresh',
  },
});

/** Settings and checks. */
export const doctorWords = phrases({
  default: { 'zh-CN': '默认', en: 'default' },
  file: { 'zh-CN': 'settings.json', en: 'settings.json' },
  environment: { 'zh-CN': '环境变量', en: 'environment' },
  option: { 'zh-CN': '命令选项', en: 'option' },
  version: { 'zh-CN': '程序版本', en: 'version' },
  node: { 'zh-CN': 'Node 版本', en: 'Node' },
  folder: { 'zh-CN': '工作区文件夹', en: 'workspace folder' },
  disk: { 'zh-CN': '磁盘空间', en: 'disk' },
  models: { 'zh-CN': '模型文件', en: 'model files' },
  store: { 'zh-CN': '数据存储', en: 'store' },
  log: { 'zh-CN': '变更记录', en: 'log of changes' },
  accounts: { 'zh-CN': '登录账号', en: 'accounts' },
  address: { 'zh-CN': '监听地址', en: 'address' },
  port: { 'zh-CN': '端口', en: 'port' },
  calendar: { 'zh-CN': '节假日历', en: 'calendar' },
  feeds: { 'zh-CN': '实时数据源', en: 'live feeds' },
  settings: { 'zh-CN': '设置', en: 'Settings' },
  checks: { 'zh-CN': '检查', en: 'Checks' },
});

/** Words of the list of feeds. */
export const feedWords = phrases({
  heads: {
    'zh-CN': ['名称', '类型', '状态', '自', '已读', '已存', '未知', '拒绝', '说明'],
    en: ['name', 'kind', 'state', 'since', 'read', 'stored', 'unknown', 'refused', 'note'],
  },
  new: { 'zh-CN': '未开始', en: 'new' },
  live: { 'zh-CN': '实时', en: 'live' },
  late: { 'zh-CN': '滞后', en: 'late' },
  broken: { 'zh-CN': '中断', en: 'broken' },
  mending: { 'zh-CN': '补读中', en: 'catching up' },
  tested: {
    'zh-CN': '读到 {read} 行：可用 {stored}，未知事件 {unknown}，拒绝 {refused}',
    en: '{read} lines: {stored} understood, {unknown} of unknown events, {refused} refused',
  },
  testedQueue: { 'zh-CN': '  {queue} → {as}：{calls} 通', en: '  {queue} → {as}: {calls} calls' },
  noQueue: { 'zh-CN': '（未对应，请用 --queue 指定）', en: '(none: name it with --queue)' },
  ran: {
    'zh-CN':
      '{feed}：读到 {read}，存储 {stored}，重复 {repeated}，未知 {unknown}，拒绝 {refused}；共 {intervals} 个时段',
    en: '{feed}: {read} read, {stored} stored, {repeated} repeated, {unknown} unknown, {refused} refused; {intervals} intervals',
  },
});

/** Changes that planners made by hand. */
export const overruleWords = phrases({
  heads: {
    'zh-CN': ['编号', '日期', '时段', '队列', '修改', '理由', '修改人'],
    en: ['id', 'date', 'hours', 'queue', 'change', 'reason', 'author'],
  },
});

/** What an ingest did. */
export const ingestWords = phrases({
  file: { 'zh-CN': '文件', en: 'file' },
  encoding: { 'zh-CN': '编码', en: 'encoding' },
  rows: { 'zh-CN': '行数', en: 'rows' },
  accepted: { 'zh-CN': '接受', en: 'accepted' },
  rejected: { 'zh-CN': '拒绝', en: 'rejected' },
  duplicates: { 'zh-CN': '重复', en: 'duplicates' },
  dropped: { 'zh-CN': '略去', en: 'dropped' },
  stored: {
    'zh-CN': '已写入：新增 {added}，更改 {changed}，不变 {unchanged}',
    en: 'Stored: {added} added, {changed} changed, {unchanged} as they were',
  },
  dryRun: { 'zh-CN': '试读：未写入任何内容', en: 'Dry run: nothing was stored' },
  dates: { 'zh-CN': '日期：{dates}', en: 'Dates: {dates}' },
  queues: { 'zh-CN': '队列：{queues}', en: 'Queues: {queues}' },
  durations: { 'zh-CN': '时长：{durations}', en: 'Durations: {durations}' },
  measured: phrase<{
    queue: string;
    callsPerDay: number;
    handleSeconds: number | null;
    waitSeconds: number | null;
  }>({
    'zh-CN': ({ queue, callsPerDay, handleSeconds, waitSeconds }, { whole }) =>
      `${queue}：平均每天 ${whole(callsPerDay)} 通${handleSeconds === null ? '' : `，每通处理 ${minutesAndSeconds(handleSeconds, 'zh-CN')}`}${waitSeconds === null ? '' : `，等待 ${minutesAndSeconds(waitSeconds, 'zh-CN')}`}`,
    en: ({ queue, callsPerDay, handleSeconds, waitSeconds }, { whole, plural }) =>
      `${queue}: ${whole(callsPerDay)} ${plural(Math.round(callsPerDay), 'call', 'calls')} a day on average${handleSeconds === null ? '' : `, handled in ${minutesAndSeconds(handleSeconds, 'en')} per call`}${waitSeconds === null ? '' : `, ${minutesAndSeconds(waitSeconds, 'en')} waited`}`,
  }),
  gap: phrase<{ queue: string; from: string; to: string; intervals: number; taken: 'zero' | 'gap' }>({
    'zh-CN': ({ queue, from, to, intervals, taken }) =>
      `${queue}：${from} 至 ${to} 没有数据（${intervals} 个时段），按${taken === 'zero' ? '零来电' : '缺失'}处理`,
    en: ({ queue, from, to, intervals, taken }, { counted }) =>
      `${queue}: no rows from ${from} to ${to} (${counted(intervals, 'interval')}), taken as ${taken === 'zero' ? 'no calls' : 'missing'}`,
  }),
  andMore: { 'zh-CN': '……另有 {more} 处', en: '… and {more} more' },
  readAsSeconds: { 'zh-CN': '按秒读', en: 'read as seconds' },
  readAsMinutes: { 'zh-CN': '按分钟读', en: 'read as minutes' },
  readAsHours: { 'zh-CN': '按小时读', en: 'read as hours' },
  readAsDays: { 'zh-CN': '按天读（一天为 1）', en: 'read as days' },
  readAsMilliseconds: { 'zh-CN': '按毫秒读', en: 'read as milliseconds' },
  readAsClock: { 'zh-CN': '按时分秒读（1:02:03）', en: 'read as h:mm:ss' },
  readAsClockHours: { 'zh-CN': '按时分读（8:30）', en: 'read as h:mm' },
});

/** Before a problem, by its weight. */
export const problemLinesWords = phrases({
  error: { 'zh-CN': '', en: '' },
  warning: { 'zh-CN': '注意：', en: 'Warning: ' },
  notice: { 'zh-CN': '提示：', en: 'Note: ' },
});
