import type { IngestRequest } from '../../../contract/http/file-documents.ts';
import type {
  AccuracyRequest,
  BacktestRequest,
  BandsRequest,
  CompareRequest,
  DivertRequest,
  ForecastRequest,
  LeversRequest,
  OutlookRequest,
  PlanRequest,
  RankQuery,
  RateRequest,
  RequirementRequest,
  SimulateRequest,
  TopicsRequest,
} from '../../../contract/http/job-requests.ts';
import type { RosterRequest } from '../../../contract/http/roster-requests.ts';
import type { Label } from '../../sentences.ts';

/**
 * What --help says of the fields of requests: the terminal asks for each by an option of its name. A field without
 * words, or without those of a language, does not compile.
 */
export interface OptionWords extends Label {
  /** How its value is written: `<n>`; empty for a flag. */
  readonly argument: string;
  /** Its name in the terminal, where that is not the field's. */
  readonly flag?: string;
}

/** The option by which a field is asked for: --test-calls for testCalls, unless its words name another. */
export const optionName = (field: string, words?: Partial<OptionWords>): string =>
  `--${words?.flag ?? field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Words for all fields but the seed, which every command takes, and those that are asked in another way. */
type Asked<Request, Otherwise extends keyof Request = never> = Readonly<
  Record<Exclude<keyof Request, Otherwise | 'seed'>, OptionWords>
>;

const assumedCauses = {
  argument: '<values>',
  'zh-CN': '假设影响因素取这些值：名称=数值，或 名称@日期=数值，逗号分隔',
  en: 'what if causes had these values: NAME=VALUE or NAME@DATE=VALUE, parted by commas',
} as const satisfies OptionWords;

export const planOptions = {
  week: {
    argument: '<week>',
    'zh-CN': 'ISO 周次；默认为数据之后的一周',
    en: 'ISO week; default: the week after the data',
  },
  band: { argument: '<band>', 'zh-CN': '按冷热等级配置座席', en: 'staff for a temperature band' },
  confidence: {
    argument: '<share>',
    'zh-CN': '达到该等级的概率（默认 0.9）',
    en: 'chance of that band (default: 0.9)',
  },
  testCalls: { argument: '<n>', 'zh-CN': '下次监测的拨测次数', en: 'test calls of the next monitoring' },
  handleTimeFactor: {
    argument: '<factor>',
    'zh-CN': '如果处理时长是现在的几倍，例如 1.1',
    en: 'what if handle times were so many times as long: 1.1',
  },
  patienceFactor: {
    argument: '<factor>',
    'zh-CN': '如果来电人的耐心时长是现在的几倍',
    en: 'what if callers waited so many times as long',
  },
  redialFactor: {
    argument: '<factor>',
    'zh-CN': '如果打不通后重拨的人是现在的几倍',
    en: 'what if so many times as many failed callers dialled again',
  },
  shrinkageFactor: {
    argument: '<factor>',
    'zh-CN': '如果缩减率是现在的几倍',
    en: 'what if shrinkage were so many times as large',
  },
  handleTimeSeconds: {
    argument: '<seconds>',
    'zh-CN': '如果每通电话多（负数为少）处理几秒，例如 -30',
    en: 'what if every call took so many seconds more, or less: -30',
  },
  latestStart: {
    argument: '<shifts>',
    'zh-CN': '如果班次的最晚上班时间是：班次=HH:MM，例如 late=20:00',
    en: 'what if shifts could start until then: late=20:00',
  },
  addShift: {
    argument: '<shifts>',
    'zh-CN': '如果多一种班次，与已有的相同但在此时上班：班次@HH:MM，例如 late@18:00',
    en: 'what if there were a shift more, like one that there is, from then: late@18:00',
  },
  dropShift: {
    argument: '<shifts>',
    'zh-CN': '如果没有这种班次，例如 night',
    en: 'what if there were not this shift: night',
  },
  people: {
    argument: '<tiers>',
    'zh-CN': '如果某等级多（负数为少）几人，例如 general=-3',
    en: 'what if a tier had so many people more, or less: general=-3',
  },
  openingHours: {
    argument: '<hours>',
    'zh-CN': '如果这样开放：08:00-20:00，或按星期 6-7=09:00-17:00、7=closed',
    en: 'what if the line were open then: 08:00-20:00; by weekday 6-7=09:00-17:00, 7=closed',
  },
  cause: assumedCauses,
} as const satisfies Asked<PlanRequest, 'targets'>;

export const forecastOptions = {
  from: {
    argument: '<date>',
    'zh-CN': '第一天；默认为数据之后的一天',
    en: 'first day; default: the day after the data',
  },
  days: { argument: '<n>', 'zh-CN': '预测多少天', en: 'days to forecast' },
  cause: {
    ...assumedCauses,
    'zh-CN': `${assumedCauses['zh-CN']}（只用于工作区）`,
    en: `${assumedCauses.en} (of a workspace)`,
  },
} as const satisfies Asked<ForecastRequest, 'queue' | 'method'>;

export const outlookOptions = {
  by: { argument: '<period>', 'zh-CN': '按周或按月合计', en: 'weeks or months' },
  periods: { argument: '<n>', 'zh-CN': '预测多少周或多少月', en: 'weeks or months ahead' },
  growth: {
    argument: '<share>',
    'zh-CN': '假设的年增长率，例如 0.05（5%）；默认用历史中的增长',
    en: 'growth a year to be assumed: 0.05 is 5%; default: what the history shows',
  },
  from: {
    argument: '<date>',
    'zh-CN': '只用此前的数据；默认为数据之后的一天',
    en: 'uses what lies before it alone; default: the day after the data',
  },
} as const satisfies Asked<OutlookRequest, 'queue'>;

export const topicsOptions = {
  week: {
    argument: '<week>',
    'zh-CN': 'ISO 周次，例如要排的一周；单独列出，只用此前的数据',
    en: 'ISO week, such as the one to be planned: comes first, told apart, from what lies before it',
  },
  weeks: {
    argument: '<n>',
    'zh-CN': '预测多少周，从本周或所问的一周起',
    en: 'weeks ahead, the running one or the week asked for first',
  },
  from: {
    argument: '<date>',
    'zh-CN': '只用此前的数据；默认为分类数据之后的一天',
    en: 'uses what lies before it alone; default: the day after the last with topics',
  },
  queue: { argument: '<queue>', 'zh-CN': '队列；默认全部', en: 'default: every queue' },
  same: {
    argument: '<names>',
    'zh-CN': '改过名的类型：旧名=新名，逗号分隔，合为一类',
    en: 'topics that were renamed: OLD=NEW, parted by commas, counted as one',
  },
} as const satisfies Asked<TopicsRequest>;

export const rateOptions = {
  from: {
    argument: '<date>',
    'zh-CN': '第一天；默认为数据之后的一天',
    en: 'first day; default: the day after the data',
  },
  days: { argument: '<n>', 'zh-CN': '预测多少天', en: 'days to forecast' },
  queue: { argument: '<queue>', 'zh-CN': '队列；默认全部', en: 'default: every queue' },
} as const satisfies Asked<RateRequest>;

export const accuracyOptions = {
  weeks: {
    argument: '<n>',
    'zh-CN': '评分最近多少个整周；默认 4，给了 --since 则为此后各周（最多 26）',
    en: 'the last so many whole weeks are scored; default: 4, with --since all since then (26 at most)',
  },
  since: {
    argument: '<date>',
    'zh-CN': '只评这一天及以后的来电，例如座席等级调整之后',
    en: 'score only what came from this day on: since new tiers, say',
  },
  queue: { argument: '<queue>', 'zh-CN': '队列；默认全部', en: 'default: every queue' },
} as const satisfies Asked<AccuracyRequest>;

export const backtestOptions = {
  origins: {
    argument: '<origins>',
    'zh-CN': '最近多少个整周，或逐个给出起点日期',
    en: 'the last so many full weeks, or DATE,DATE,...',
  },
  gapDays: {
    argument: '<n>',
    'zh-CN': '起点与第一个计分日之间的天数',
    en: 'days between origin and first scored day',
  },
  horizonDays: { argument: '<n>', 'zh-CN': '计分的天数', en: 'days scored' },
} as const satisfies Asked<BacktestRequest, 'asOf' | 'method'>;

export const bandsOptions = {
  testCalls: { argument: '<n,n,...>', 'zh-CN': '拨测次数，可用逗号给出多个', en: 'numbers of test calls' },
  connected: {
    argument: '<k>',
    'zh-CN': '其中接通的次数（只给一个拨测次数时）',
    en: 'how many of one number of test calls got through',
  },
  plan: {
    argument: '<id>',
    'zh-CN': '按这份计划的那一周计算工时；latest 为最近一份',
    en: 'operator-hours for the week of this plan, or latest',
  },
} as const satisfies Asked<BandsRequest>;

export const divertOptions = {
  plan: {
    argument: '<id>',
    'zh-CN': '计划编号；默认取最近做过计划的那一周的最新一份',
    en: 'default: the latest, of the week that was planned last',
  },
  aim: {
    argument: '<aim>',
    'zh-CN': '在达标前提下分流最少，或充分用好现有班次',
    en: 'divert as few callers as the target allows, or get the most from the roster',
  },
  asOf: {
    argument: '<time>',
    'zh-CN': '此刻该播什么：来电已知到的日期时刻（2026-11-24T10:30）',
    en: 'what to play now: date and time (2026-11-24T10:30) until which calls are known',
  },
  roster: {
    argument: '<roster>',
    'zh-CN': '按计划的班次，或按此前四周实到的座席（默认按计划）',
    en: 'the plan’s shifts, or the operators on duty in the four weeks before it (default: planned)',
  },
  offeredTo: {
    flag: 'offer-above',
    argument: '<seconds>',
    'zh-CN': '只对预计等候超过这么多秒的来电人播放（0：所有人）；默认按提示目录',
    en: 'play prompts only to callers who would wait longer (0: to everyone); default: as the catalogue says',
  },
  patienceFactor: {
    argument: '<x>',
    'zh-CN': '听到提示而继续等的人，愿等的时间是原来的几倍；默认按提示目录',
    en: 'how many times as long those who hear a prompt and stay will wait; default: as the catalogue says',
  },
} as const satisfies Asked<DivertRequest>;

export const leversOptions = {
  recover: {
    argument: '<share>',
    'zh-CN': '与 --levers 合用：要补回未达标来电的多少（0–1）；默认与提示能补的相同',
    en: 'with --levers: share (0–1) of the calls short of the targets to mend; default: as many as prompts mend',
  },
  budget: {
    argument: '<money>',
    'zh-CN': '与 --levers 合用：这笔预算下挽回人数最多的组合',
    en: 'with --levers: the best mix for it',
  },
} as const satisfies Asked<LeversRequest, 'plan' | 'roster'>;

export const requirementOptions = {
  plan: {
    argument: '<id>',
    'zh-CN': '计划编号；默认取最近做过计划的那一周的最新一份',
    en: 'default: the latest, of the week that was planned last',
  },
  at: {
    argument: '<time>',
    'zh-CN': '要看的时段（2026-11-24T10:30）；默认为最薄弱的时段',
    en: 'local time within an interval of the plan (2026-11-24T10:30); default: the weakest',
  },
  tier: {
    argument: '<name>',
    'zh-CN': '只增减这个等级（键或名称）；默认逐个等级',
    en: 'the one tier to change, by key or name; default: each',
  },
  curve: {
    argument: '<rate>',
    'zh-CN': '对哪个比例计算 80%–99% 的代价（默认接通率）',
    en: 'which rate to price from 80% to 99% (default: connection-rate)',
  },
} as const satisfies Asked<RequirementRequest>;

export const simulateOptions = {
  plan: {
    argument: '<id>',
    'zh-CN': '计划编号；默认取最近做过计划的那一周的最新一份',
    en: 'default: the latest, of the week that was planned last',
  },
  replications: { argument: '<n>', 'zh-CN': '模拟多少遍', en: 'simulations of the plan or model' },
} as const satisfies Asked<SimulateRequest, 'scenario'>;

export const compareOptions = {
  week: { argument: '<week>', 'zh-CN': 'ISO 周次', en: 'ISO week' },
  period: { argument: '<period>', 'zh-CN': '2026、2026-Q3 或 2026-11', en: '2026, 2026-Q3 or 2026-11' },
} as const satisfies Asked<CompareRequest>;

export const ingestOptions = {
  encoding: {
    argument: '<name>',
    'zh-CN': '编码；默认由内容判断（UTF-8、GB18030、UTF-16）',
    en: 'default: recognised from the bytes (UTF-8, GB18030, UTF-16)',
  },
  sheet: {
    argument: '<name>',
    'zh-CN': '工作簿中的工作表；默认取第一张列齐全的表，及标题行与它相同的各表',
    en: 'sheet of a workbook; default: the first with the columns, and all alike',
  },
  zone: {
    flag: 'timezone',
    argument: '<zone>',
    'zh-CN': '文件中时间所在的时区；默认为热线的时区',
    en: 'zone of the wall clocks in the file; default: the hotline’s',
  },
  queue: {
    argument: '<queue>',
    'zh-CN': '文件没有队列列时，所有行所属的队列',
    en: 'queue of every row, where the file has no such column',
  },
  absent: {
    argument: '<meaning>',
    'zh-CN': '没有数据行的时段算什么：缺失、零或自动判断',
    en: 'what an interval without a row means',
  },
  attribution: {
    argument: '<when>',
    'zh-CN': '来电计入到达的时段还是结束的时段',
    en: 'whether calls are booked where they arrive or end',
  },
  dayShape: {
    argument: '<shape>',
    'zh-CN': '只有全天数的文件：按通常的日内分布摊到各时段',
    en: 'files of whole days: spread them over their hours by a usual shape',
  },
  skipBadRows: {
    argument: '',
    'zh-CN': '导入好的行，其余写入问题文件',
    en: 'take the good rows, write the rest to a problems file',
  },
  acceptUnusual: {
    argument: '',
    'zh-CN': '数值虽不寻常但属实，照样导入',
    en: 'import figures that calls can hardly have: they are true',
  },
  addHotlines: {
    argument: '',
    'zh-CN': '拨测结果：把名录里没有的热线加进名录',
    en: 'monitoring: add hotlines that the list does not have',
  },
  dryRun: { argument: '', 'zh-CN': '只试读并报告，不写入', en: 'read and report, store nothing' },
} as const satisfies Asked<IngestRequest, 'kind'>;

export const rankOptions = {
  period: {
    argument: '<period>',
    'zh-CN': '2019、2026-Q3 或 2026-11；默认为最近有结果的一期',
    en: '2019, 2026-Q3 or 2026-11; default: the latest with results',
  },
  province: { argument: '<name>', 'zh-CN': '只看这个省份', en: 'hotlines of this province only' },
  region: { argument: '<name>', 'zh-CN': '只看这个地区', en: 'hotlines of this region only' },
  cityTier: { argument: '<name>', 'zh-CN': '只看这个城市级别', en: 'hotlines of this city tier only' },
  roundTheClock: {
    argument: '<yes|no>',
    'zh-CN': '只看全天候服务的热线，或只看不是的',
    en: 'hotlines that are open round the clock, or that are not',
  },
  smartVoice: {
    argument: '<yes|no>',
    'zh-CN': '只看有智能语音的热线，或只看没有的',
    en: 'hotlines with smart voice, or without',
  },
  enterpriseLine: {
    argument: '<yes|no>',
    'zh-CN': '只看有企业专线的热线，或只看没有的',
    en: 'hotlines with an enterprise line, or without',
  },
  band: { argument: '<band>', 'zh-CN': '只看这一档', en: 'hotlines in this band only' },
  moved: {
    argument: '<how>',
    'zh-CN': '只看升档、降档或变化超出偶然的热线',
    en: 'hotlines that went up or down a band, or moved beyond chance',
  },
} as const satisfies Asked<RankQuery, 'basis'>;

export const rosterOptions = {
  from: {
    argument: '<date>',
    'zh-CN': '第一天；默认为最新计划那一周的第一天',
    en: 'first day; default: the first of the latest plan’s week',
  },
  weeks: { argument: '<n>', 'zh-CN': '排几周；默认 4', en: 'how many weeks; default: 4' },
  rules: {
    argument: '<profile>',
    'zh-CN': 'models/labour-rules 中的规则；默认按文件名取第一个',
    en: 'profile of models/labour-rules; default: the first by name',
  },
  effort: { argument: '<n>', 'zh-CN': '搜索轮数；默认 1', en: 'rounds of the search; default: 1' },
  seconds: {
    argument: '<n>',
    'zh-CN': '以秒数代替轮数作为限制：结果随机器而不同',
    en: 'time limit instead of rounds: the roster then depends on the machine',
  },
} as const satisfies Asked<RosterRequest, 'cycle' | 'pins'>;

const optionTables: Readonly<Record<string, Readonly<Record<string, OptionWords>>>> = {
  plan: planOptions,
  forecast: forecastOptions,
  outlook: outlookOptions,
  topics: topicsOptions,
  rate: rateOptions,
  accuracy: accuracyOptions,
  backtest: backtestOptions,
  bands: bandsOptions,
  divert: divertOptions,
  levers: leversOptions,
  requirement: requirementOptions,
  simulate: simulateOptions,
  compare: compareOptions,
  ingest: ingestOptions,
  rank: rankOptions,
  roster: rosterOptions,
};

/** All of them by key: the request's name and the field's. */
export const optionHelp: Readonly<Record<string, OptionWords>> = Object.fromEntries(
  Object.entries(optionTables).flatMap(([request, options]) =>
    Object.entries(options).map(([field, words]) => [`${request}.${field}`, words]),
  ),
);

const optionKeys = new Map(Object.entries(optionHelp).map(([key, words]) => [words, key]));

/** The key of words of a field. */
export const optionKey = (words: OptionWords): string => optionKeys.get(words) ?? words.en;
