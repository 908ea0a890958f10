import { headings, type RecordField, type RecordFields, type RecordOf } from './record-fields.ts';

/**
 * Clean records: what ingest hands on and the store keeps, each specified once. A field stands here and in a migration
 * of the store; types, columns and reading follow. Times are instants (epoch milliseconds).
 */

/** The fields of a record, in their order. */
const heldFields = <Fields extends RecordFields>(fields: Fields): (keyof RecordOf<Fields> & string)[] =>
  Object.keys(fields).filter(
    (name): name is keyof RecordOf<Fields> & string => fields[name]?.only === undefined,
  );

/** A call in hand, or in a queue, for longer than a day was left open by the switchboard. */
const dayOfSeconds = 86_400;

// What several records have alike.
const keyText = { type: 'text', required: true, key: true } as const;
const hotline = { ...keyText, headings: headings.hotline } as const;
const queue = { ...keyText, headings: headings.queue } as const;
const queueOrEvery = { type: 'text', key: true, headings: headings.queue } as const;
const channel = { ...keyText, headings: 'channel 渠道 渠道名称 线上渠道' } as const;
const person = { ...keyText, person: true, headings: headings.person } as const;
/** Whose number it is; not kept. */
const nameBesideNumber = { type: 'text', only: 'file', headings: headings.operator.name } as const;
/** What tells records apart and a file may lack. */
const inferredName = { ...keyText, inferred: true } as const;
const startOfInterval = { ...keyText, type: 'time', column: 'start', headings: headings.start } as const;
const stepOfMinutes = {
  type: 'count',
  required: true,
  inferred: true,
  whole: true,
  headings: headings.traffic.intervalMinutes,
} as const;

/** One queue's traffic in one interval (docs/en/reference/data-formats.md). */
export const trafficFields = {
  queue,
  startMillis: startOfInterval,
  intervalMinutes: stepOfMinutes,
  offered: { type: 'count', required: true, headings: headings.traffic.offered },
  answered: { type: 'count', headings: headings.traffic.answered },
  abandoned: { type: 'count', headings: headings.traffic.abandoned },
  shortAbandoned: { type: 'count', headings: headings.traffic.shortAbandoned },
  blocked: { type: 'count', headings: headings.traffic.blocked },
  answeredInThreshold: { type: 'count', headings: headings.traffic.answeredInThreshold },
  waitSecondsTotal: { type: 'seconds', headings: headings.traffic.waitSecondsTotal },
  handleSecondsTotal: { type: 'seconds', headings: headings.traffic.handleSecondsTotal },
  waitSecondsMean: {
    type: 'seconds',
    only: 'file',
    meanOf: { total: 'waitSecondsTotal', over: ['answered', 'abandoned'] },
    headings: headings.traffic.waitSecondsMean,
  },
  handleSecondsMean: {
    type: 'seconds',
    only: 'file',
    meanOf: { total: 'handleSecondsTotal', over: ['answered'] },
    headings: headings.traffic.handleSecondsMean,
  },
  operators: { type: 'number', state: true, headings: headings.traffic.operators },
  /** Average speed of answer, and how long those waited who hung up: together they make the total. */
  waitSecondsMeanAnswered: {
    type: 'seconds',
    only: 'file',
    meanOf: { total: 'waitSecondsTotal', over: ['answered'] },
    headings: headings.traffic.waitSecondsMeanAnswered,
  },
  waitSecondsMeanAbandoned: {
    type: 'seconds',
    only: 'file',
    meanOf: { total: 'waitSecondsTotal', over: ['abandoned'] },
    headings: headings.traffic.waitSecondsMeanAbandoned,
  },
  /** Attempts known to repeat a failed one, where callers are known. */
  redials: { type: 'count', column: null },
} as const satisfies RecordFields;
export type TrafficRecord = RecordOf<typeof trafficFields>;

/** The figures of an interval, without its queue, start and length. */
export type TrafficMeasure = Exclude<keyof TrafficRecord, 'queue' | 'startMillis' | 'intervalMinutes'>;

export const trafficMeasures: readonly TrafficMeasure[] = heldFields(trafficFields).filter(
  (name) => name !== 'queue' && name !== 'startMillis' && name !== 'intervalMinutes',
);

/** Something for every measure. */
export const ofMeasures = <Value>(of: (measure: TrafficMeasure) => Value): Record<TrafficMeasure, Value> =>
  // every measure is among the entries
  Object.fromEntries(trafficMeasures.map((name) => [name, of(name)])) as Record<TrafficMeasure, Value>;

/** A call as switchboards export it: added up to traffic on the way in and kept nowhere. */
const callFields = {
  callId: { type: 'text', headings: headings.call.callId },
  queue: { type: 'text', required: true, headings: headings.queue },
  arrivedAt: { type: 'time', required: true, headings: headings.call.arrivedAt },
  waitSeconds: { type: 'seconds', required: true, most: dayOfSeconds, headings: headings.call.waitSeconds },
  outcome: { type: 'text', required: true, headings: headings.call.outcome },
  handleSeconds: { type: 'seconds', most: dayOfSeconds, headings: headings.call.handleSeconds },
  caller: { type: 'text', headings: headings.call.caller },
  channel: { type: 'text', headings: headings.call.channel },
  operator: { type: 'text', headings: headings.call.operator },
} as const satisfies RecordFields;

/** One call by which a monitor tried a hotline; indicators are its scores by name. */
const testCallFields = {
  hotline,
  placedAtMillis: {
    type: 'time',
    required: true,
    key: true,
    column: 'placed_at',
    headings: headings.testCall.placedAtMillis,
  },
  /** Tells apart test calls that a file dates alike (to the minute or the day): first 0, then 1. */
  ordinal: { type: 'count', required: true, key: true, whole: true, only: 'table' },
  connected: { type: 'truth', required: true, headings: headings.testCall.connected },
  secondsToOperator: { type: 'seconds', most: 3600, headings: headings.testCall.secondsToOperator },
  indicators: { type: 'figures', required: true, column: null },
} as const satisfies RecordFields;
export type TestCall = RecordOf<typeof testCallFields>;

/** A published result of monitoring. `period` is 2019, 2026-Q3 or 2026-11. */
const resultFields = {
  hotline,
  period: { type: 'text', required: true, key: true, headings: headings.result.period },
  testCalls: { type: 'count', whole: true, most: 1_000_000, headings: headings.result.testCalls },
  connected: { type: 'count', whole: true, headings: headings.result.connected },
  connectionRate: { type: 'share', headings: headings.result.connectionRate },
  meanSeconds: { type: 'seconds', most: 3600, headings: headings.result.meanSeconds },
  indicators: { type: 'figures', required: true, column: null },
  total: { type: 'number', range: [-Infinity, Infinity], headings: headings.result.total },
} as const satisfies RecordFields;
export type MonitoringResult = RecordOf<typeof resultFields>;

/** A hotline of the league, with what groups are made of. */
const hotlineFields = {
  hotline,
  /** First day on which the rest holds; left out: from the beginning. */
  validFrom: { type: 'date', key: true, headings: 'validfrom 生效日期 起始日期 自何时起 生效时间' },
  name: { type: 'text', required: true, headings: 'name 名称 热线全称 全称 hotlinename' },
  province: { type: 'text', headings: 'province 省份 省 所属省份' },
  region: { type: 'text', headings: 'region 区域 大区 地区 片区' },
  cityTier: { type: 'text', headings: 'citytier 城市等级 城市级别 城市类型 行政级别 tier' },
  roundTheClock: { type: 'truth', headings: 'roundtheclock 24小时服务 全天服务 是否24小时 7x24 247 allday' },
  onlineChannels: { type: 'count', headings: 'onlinechannels 线上渠道数 网络渠道数 在线渠道数 channels' },
  smartVoice: { type: 'truth', headings: 'smartvoice 智能语音 智能客服 是否智能语音' },
  enterpriseLine: { type: 'truth', headings: 'enterpriseline 企业专席 企业服务专线 企业专线' },
} as const satisfies RecordFields;
export type MonitoredHotline = RecordOf<typeof hotlineFields>;

/** What is known of an operator; figures that nobody has measured are left out, never 0. */
const operatorFields = {
  operator: { type: 'text', required: true, key: true, headings: headings.operator.operator },
  tier: { type: 'text', headings: headings.operator.tier },
  skills: { type: 'list', required: true, headings: headings.operator.skills },
  contractHours: { type: 'number', required: true, most: 168, headings: headings.operator.contractHours },
  handleTimeSeconds: {
    type: 'seconds',
    column: 'aht_seconds',
    most: 3600,
    headings: headings.operator.handleTimeSeconds,
  },
  qualityScore: { type: 'number', headings: headings.operator.qualityScore },
  firstContactResolution: { type: 'share', headings: headings.operator.firstContactResolution },
  monthsOfService: { type: 'number', most: 720, headings: headings.operator.monthsOfService },
  team: { type: 'text', headings: headings.operator.team },
  /** `standard` or `comprehensive`: hours accounted by day and week, or over a longer period (综合计算工时). */
  contract: { type: 'text', headings: headings.operator.contract },
  /** One of `hoursAccounts`: the period over which comprehensive hours are accounted. */
  hoursAccount: { type: 'text', headings: headings.operator.hoursAccount },
  nightExempt: {
    type: 'truth',
    headings: headings.operator.nightExempt,
    opposite: headings.operator.worksNights,
  },
  joined: { type: 'date', headings: headings.operator.joined },
  /** May work beside new operators. */
  senior: { type: 'truth', headings: headings.operator.senior },
  /** ISO weekdays that are never worked, Monday 1. */
  fixedDaysOff: { type: 'list', headings: headings.operator.fixedDaysOff },
  /** Carried from the months before: hours above the standard of the accounting period, negative where below. */
  hoursOverStandard: { type: 'number', range: [-3000, 3000], headings: headings.operator.hoursOverStandard },
  nightsWorked: { type: 'count', whole: true, most: 400, headings: headings.operator.nightsWorked },
  weekendsWorked: { type: 'count', whole: true, most: 400, headings: headings.operator.weekendsWorked },
  holidaysWorked: { type: 'count', whole: true, most: 400, headings: headings.operator.holidaysWorked },
  /** What people call them, beside the number. */
  name: { type: 'text', headings: headings.operator.name },
  /** Shifts that they may work, by key, template or name; left out: all. */
  shifts: { type: 'list', headings: headings.operator.shifts },
} as const satisfies RecordFields;
export type OperatorRecord = RecordOf<typeof operatorFields>;

/** An operator's days off duty, first and last included. Only what is approved binds a roster; `name` says whose number it is. */
const leaveFields = {
  operator: person,
  from: {
    type: 'date',
    required: true,
    key: true,
    headings: 'from 开始日期 请假开始 起始日期 开始 start startdate begin',
  },
  to: { type: 'date', required: true, headings: 'to 结束日期 请假结束 截止日期 结束 end enddate until' },
  /** `annual`, `sick`, `training` or `other`; annual where a file does not say. */
  kind: {
    type: 'text',
    required: true,
    inferred: true,
    headings: 'kind 请假类型 假别 类型 假种 type leavetype',
  },
  /** `approved`, `asked` or `refused`; approved where a file does not say. */
  state: {
    type: 'text',
    required: true,
    inferred: true,
    headings: 'state 审批状态 状态 是否批准 status approval',
  },
  name: nameBesideNumber,
} as const satisfies RecordFields;
export type LeaveRecord = RecordOf<typeof leaveFields>;

/** What an operator would like on a day: `off`, a shift, or `not SHIFT` to be spared it. */
const rosterRequestFields = {
  operator: person,
  date: { type: 'date', required: true, key: true, headings: 'date 日期 希望日期 day' },
  wants: { type: 'text', required: true, key: true, headings: 'wants 意愿 希望 申请班次 诉求 request wish' },
  /** How much it counts beside others; left out: 1. */
  weight: { type: 'number', most: 100, headings: 'weight 权重 重要程度 importance' },
  name: nameBesideNumber,
} as const satisfies RecordFields;
export type RosterRequestRecord = RecordOf<typeof rosterRequestFields>;

/** Who works when: an operator's shift of a day, `off` for a day off. Clock times are local HH:MM. */
const dutyFields = {
  operator: person,
  date: { type: 'date', required: true, key: true, headings: 'date 日期 排班日期 day' },
  shift: { type: 'text', required: true, headings: 'shift 班次 班次名称 班别 duty' },
  start: { type: 'text', headings: 'start 上班时间 开始时间 starttime from' },
  end: { type: 'text', headings: 'end 下班时间 结束时间 结束 endtime to' },
  tier: { type: 'text', headings: 'tier 座席等级 坐席等级 等级 grade level' },
  /** Stays when the rest is rostered again. */
  pinned: { type: 'truth', headings: 'pinned 固定 锁定 是否固定 fixed locked' },
  /** From when on they were ill: what stands before is worked, and no duty that is to be filled. */
  illFrom: { type: 'text', only: 'file', headings: 'illfrom 病假起 缺勤起 absentfrom sickfrom' },
  name: nameBesideNumber,
} as const satisfies RecordFields;
export type DutyRecord = RecordOf<typeof dutyFields>;

/** Operators of a tier that were there in an interval. */
const presenceFields = {
  tier: {
    type: 'text',
    required: true,
    key: true,
    headings: 'tier 座席等级 坐席等级 等级 班组 grade level team',
  },
  startMillis: startOfInterval,
  intervalMinutes: stepOfMinutes,
  operators: { type: 'number', required: true, most: 20_000, headings: headings.traffic.operators },
} as const satisfies RecordFields;
export type PresenceRecord = RecordOf<typeof presenceFields>;
/** The tier of those whom call records show with a call, of whatever tier they are: no fewer were on duty. */
export const seenWithCall = 'with-call';

/** An online channel: requests it takes per interval, operators' seconds for one, share that fails. */
const channelFields = {
  channel,
  capacityPerInterval: {
    type: 'number',
    required: true,
    most: 1_000_000,
    headings: 'capacityperinterval 每时段容量 容量 时段容量 capacity',
  },
  operatorSeconds: {
    type: 'seconds',
    required: true,
    most: 28_800,
    headings: '每单人工时长 operatortimearequest 人工处理秒数 每单人工秒数 人工时长 handleseconds',
  },
  failureShare: { type: 'share', required: true, headings: '失败率 未办结率 failurerate sharethatfails' },
} as const satisfies RecordFields;
export type ChannelRecord = RecordOf<typeof channelFields>;

/** Requests that a channel had from an instant on, and how many of them failed. */
const channelVolumeFields = {
  channel,
  startMillis: startOfInterval,
  requests: {
    type: 'count',
    required: true,
    most: 1_000_000,
    headings: 'requests 请求量 受理量 办理量 业务量 诉求量 volume count',
  },
  failed: { type: 'count', most: 1_000_000, headings: 'failed 失败量 未办结量 失败数 failures' },
} as const satisfies RecordFields;
export type ChannelVolume = RecordOf<typeof channelVolumeFields>;

/** A prompt that was played to a queue, from an instant to before another. */
const promptPlayedFields = {
  prompt: {
    type: 'text',
    required: true,
    key: true,
    headings: 'prompt 提示 提示语 语音提示 播报内容 提示编号 announcement message',
  },
  queue,
  startMillis: {
    type: 'time',
    required: true,
    key: true,
    column: 'start',
    headings: 'start 开始时间 播放开始 开始播放时间 起始时间 starttime from begin',
  },
  endMillis: {
    type: 'time',
    required: true,
    column: 'end',
    headings: 'end 结束时间 结束 播放结束 结束播放时间 停止时间 endtime to until',
  },
} as const satisfies RecordFields;
export type PromptPlayed = RecordOf<typeof promptPlayedFields>;

/** A planner's event: changes demand from `date` to `end`, then fades. */
const eventFields = {
  date: { type: 'date', required: true, key: true, headings: '日期 开始日期 开始 startdate start day from' },
  end: { type: 'date', headings: 'end 结束日期 截止日期 结束 enddate until to ends' },
  kind: { ...inferredName, headings: 'kind 类型 事件类型 类别 type category' },
  label: {
    type: 'text',
    required: true,
    key: true,
    headings: 'label 事件 名称 事件名称 活动 活动名称 事项 说明 event name description campaign occasion',
  },
  /** Expected factor minus 1 on the day's calls, e.g. 0.3 for +30 %; left out: learnt from past events of the kind. */
  expectedEffect: {
    type: 'share',
    range: [-1, 10],
    headings: 'expectedeffect 预计影响 影响幅度 预期影响 预计增幅 预计变化 预计增减 effect impact uplift',
  },
  decayDays: { type: 'number', headings: 'decaydays 衰减天数 影响天数 decay daystofade' },
  queue: queueOrEvery,
} as const satisfies RecordFields;
export type EventRecord = RecordOf<typeof eventFields>;

/** A forecast made elsewhere: calls of one queue in one interval or day, as a model foresaw them when it was issued. */
const outsideForecastFields = {
  model: { ...inferredName, headings: 'model 模型 模型名称 预测模型 方法 forecaster method' },
  queue,
  issuedMillis: {
    type: 'time',
    required: true,
    inferred: true,
    key: true,
    column: 'issued',
    headings: 'issued 发布时间 预测时间 出具时间 生成时间 发布日期 issuedat madeat createdat cutoff',
  },
  startMillis: {
    type: 'time',
    required: true,
    key: true,
    column: 'start',
    headings: 'start 开始时间 时段 统计时段 日期时间 日期 starttime intervalstart ds date time datetime',
  },
  intervalMinutes: stepOfMinutes,
  calls: {
    type: 'number',
    required: true,
    headings: '预测话务量 预测来电量 预测量 预测值 forecast yhat predicted prediction callsforeseen mean',
  },
  /** One in ten intervals is expected to have fewer, one in ten more. */
  q10: { type: 'number', headings: 'q10 下限 预测下限 10分位 lower lowerend yhatlower p10' },
  q90: { type: 'number', headings: 'q90 上限 预测上限 90分位 upper upperend yhatupper p90' },
} as const satisfies RecordFields;
export type OutsideForecastRecord = RecordOf<typeof outsideForecastFields>;

/** Something that may move calls, by the day: weather, bills sent, campaigns. */
const causeFields = {
  cause: {
    type: 'text',
    required: true,
    key: true,
    headings: 'cause 影响因素 因素 因素名称 driver regressor factor',
  },
  date: { type: 'date', required: true, key: true, headings: 'date 日期 day' },
  value: {
    type: 'number',
    required: true,
    range: [-Infinity, Infinity],
    headings: 'value 数值 取值 因素值 amount',
  },
  queue: queueOrEvery,
} as const satisfies RecordFields;
export type CauseRecord = RecordOf<typeof causeFields>;

/** Demands of a day (or of a week or month from it on) by topic; levels of a topic are parted by '/'. */
const topicFields = {
  topic: { type: 'text', required: true, key: true, headings: headings.topic.topic },
  subtopic: { type: 'text', only: 'file', headings: headings.topic.subtopic },
  date: { type: 'date', required: true, key: true, headings: headings.topic.date },
  queue: queueOrEvery,
  demands: { type: 'count', required: true, inferred: true, headings: headings.topic.demands },
  days: { type: 'count', required: true, column: null, whole: true },
} as const satisfies RecordFields;
export type TopicRecord = RecordOf<typeof topicFields>;

/** What can become of a call record; the last never asked for an operator. */
export const callOutcomes = ['answered', 'abandoned', 'blocked', 'ended_in_menu'] as const;
export type CallOutcome = (typeof callOutcomes)[number];

/**
 * How far a kind of record reaches: what forecasts rest on, operators required do, and what they do, plans. A plan for a
 * band requires operators by the forecast score, with its prompts; hours of leave change neither operators nor shifts.
 */
const bearings = ['nothing', 'plan', 'requirement', 'forecast'] as const;
type Bearing = (typeof bearings)[number];

/** How a kind of record comes in and is kept; anyone who takes, keeps or shows records of any kind goes by it. */
export interface RecordKindSpec {
  readonly fields: RecordFields;
  /** The kind of file that it comes in, as a planner names it. */
  readonly file: string;
  /** What the answer of `ingest` calls a file of it; left out: as the file. */
  readonly answeredAs?: string;
  /** Its table in the store, which has a step in its migrations; null: kept nowhere. */
  readonly table: string | null;
  /** Rows lie in the order of their key: spares an index where there are many. */
  readonly inKeyOrder?: true;
  /** The field of the key by whose years the table is parted. */
  readonly partedBy?: string;
  /** What no longer fits once these change. */
  readonly bearsOn: Bearing;
  /** A row without a queue is of every queue, whatever queue the command names. */
  readonly isOfEveryQueue?: true;
}

/** Every kind of record, in the order in which they are listed everywhere. */
export const recordKinds = {
  traffic: {
    fields: trafficFields,
    file: 'traffic',
    table: 'traffic',
    inKeyOrder: true,
    partedBy: 'startMillis',
    bearsOn: 'forecast',
  },
  calls: { fields: callFields, file: 'calls', table: null, bearsOn: 'forecast' },
  'test-calls': { fields: testCallFields, file: 'monitoring', table: 'testCalls', bearsOn: 'requirement' },
  results: { fields: resultFields, file: 'monitoring', table: 'monitoringResults', bearsOn: 'nothing' },
  hotlines: {
    fields: hotlineFields,
    file: 'monitoring',
    answeredAs: 'hotlines',
    table: 'hotlines',
    bearsOn: 'nothing',
  },
  operators: { fields: operatorFields, file: 'operators', table: 'operators', bearsOn: 'requirement' },
  presence: {
    fields: presenceFields,
    file: 'presence',
    table: 'presence',
    inKeyOrder: true,
    bearsOn: 'requirement',
  },
  channels: { fields: channelFields, file: 'channels', table: 'channels', bearsOn: 'nothing' },
  'channel-volumes': {
    fields: channelVolumeFields,
    file: 'channels',
    answeredAs: 'channel-volumes',
    table: 'channelVolumes',
    inKeyOrder: true,
    bearsOn: 'requirement',
  },
  prompts: { fields: promptPlayedFields, file: 'prompts', table: 'promptsPlayed', bearsOn: 'requirement' },
  events: { fields: eventFields, file: 'events', table: 'events', isOfEveryQueue: true, bearsOn: 'forecast' },
  causes: { fields: causeFields, file: 'causes', table: 'causes', isOfEveryQueue: true, bearsOn: 'forecast' },
  topics: { fields: topicFields, file: 'topics', table: 'topics', isOfEveryQueue: true, bearsOn: 'nothing' },
  forecasts: {
    fields: outsideForecastFields,
    file: 'forecasts',
    table: 'outsideForecasts',
    inKeyOrder: true,
    bearsOn: 'forecast',
  },
  leave: { fields: leaveFields, file: 'leave', table: 'leave', bearsOn: 'plan' },
  requests: { fields: rosterRequestFields, file: 'requests', table: 'rosterRequests', bearsOn: 'nothing' },
  roster: { fields: dutyFields, file: 'roster', table: 'duties', bearsOn: 'nothing' },
} as const satisfies Readonly<Record<string, RecordKindSpec>>;

export type RecordKind = keyof typeof recordKinds;
type SpecOf<Kind extends RecordKind> = (typeof recordKinds)[Kind];

/** A record of a kind. */
export type RecordOfKind<Kind extends RecordKind> = Kind extends RecordKind
  ? RecordOf<SpecOf<Kind>['fields']>
  : never;

/** Kinds that the store keeps. */
export type StoredKind = {
  [Kind in RecordKind]: SpecOf<Kind>['table'] extends string ? Kind : never;
}[RecordKind];

/** Kinds of which there are so many that the store is asked for those of a span. */
export type TimedKind = {
  [Kind in StoredKind]: 'startMillis' extends keyof SpecOf<Kind>['fields'] ? Kind : never;
}[StoredKind];

// the keys of the table above
export const recordKindNames = Object.keys(recordKinds) as readonly RecordKind[];

/** Whether forecasts, operators required or plans rest on a kind of record. */
export const doesBearOn = (kind: RecordKind, on: Exclude<Bearing, 'nothing'>): boolean =>
  bearings.indexOf(recordKinds[kind].bearsOn) >= bearings.indexOf(on);

/** Kinds that the store keeps, in the order of the table above. */
export const storedKinds = recordKindNames.filter(
  (kind): kind is StoredKind => recordKinds[kind].table !== null,
);

/** Kinds of file as a planner names them; which of several records a file has shows from its columns. */
export type FileKind = SpecOf<RecordKind>['file'];
export const fileKinds: readonly FileKind[] = [
  ...new Set(recordKindNames.map((kind) => recordKinds[kind].file)),
];

/** The kinds of record that a kind of file may have. */
export const recordKindsOfFile = (file: FileKind): readonly RecordKind[] =>
  recordKindNames.filter((kind) => recordKinds[kind].file === file);

/** The fields that say whose record one of a kind is; the list of operators itself has none. */
export const personFields = (kind: RecordKind): readonly string[] =>
  Object.entries<RecordField>(recordKinds[kind].fields).flatMap(([name, { person }]) =>
    person === true ? [name] : [],
  );

export const isOfPeople = (file: FileKind): boolean =>
  recordKindsOfFile(file).some((kind) => personFields(kind).length > 0);
