import type { ColumnsOfKind, FieldType } from '../ingest/columns/fields.ts';
import type { FileKind, RecordKind } from '../kernel/records.ts';
import type { Label } from './sentences.ts';

/** What people call each kind of template. */
export const templateTitles: Readonly<Record<RecordKind, Label>> = {
  traffic: { 'zh-CN': '分时段话务', en: 'traffic by interval' },
  calls: { 'zh-CN': '通话明细', en: 'call records' },
  'test-calls': { 'zh-CN': '拨测明细', en: 'test calls' },
  results: { 'zh-CN': '监测结果', en: 'monitoring results' },
  hotlines: { 'zh-CN': '热线名录', en: 'hotlines' },
  operators: { 'zh-CN': '座席名册', en: 'operators' },
  presence: { 'zh-CN': '到岗人数', en: 'operators present' },
  channels: { 'zh-CN': '线上渠道', en: 'online channels' },
  'channel-volumes': { 'zh-CN': '渠道业务量', en: 'volumes of channels' },
  prompts: { 'zh-CN': '播放过的提示', en: 'prompts played' },
  events: { 'zh-CN': '事件', en: 'events' },
  causes: { 'zh-CN': '影响因素', en: 'causes of calls' },
  topics: { 'zh-CN': '诉求分类', en: 'demands by topic' },
  forecasts: { 'zh-CN': '外部预测', en: 'forecasts from outside' },
  leave: { 'zh-CN': '请假', en: 'leave' },
  requests: { 'zh-CN': '排班意愿', en: 'requests' },
  roster: { 'zh-CN': '排班表', en: 'roster' },
};

/** What the page calls each kind of file. */
export const fileKindWords = {
  'kind.traffic': { 'zh-CN': '时段话务', en: 'Traffic per interval' },
  'kind.calls': { 'zh-CN': '通话记录', en: 'Call records' },
  'kind.monitoring': { 'zh-CN': '监测数据', en: 'Monitoring' },
  'kind.operators': { 'zh-CN': '座席名单', en: 'Operators' },
  'kind.presence': { 'zh-CN': '实际到岗座席', en: 'Presence' },
  'kind.channels': { 'zh-CN': '线上渠道', en: 'Online channels' },
  'kind.prompts': { 'zh-CN': '已播提示', en: 'Prompts played' },
  'kind.events': { 'zh-CN': '事件', en: 'Events' },
  'kind.causes': { 'zh-CN': '影响因素', en: 'Causes of calls' },
  'kind.topics': { 'zh-CN': '诉求分类', en: 'Demands by topic' },
  'kind.forecasts': { 'zh-CN': '外部预测', en: 'Forecasts from outside' },
  'kind.leave': { 'zh-CN': '请假', en: 'Leave' },
  'kind.requests': { 'zh-CN': '排班意愿', en: 'Requests' },
  'kind.roster': { 'zh-CN': '排班表', en: 'Roster' },
} as const satisfies Readonly<Record<`kind.${FileKind}`, Label>>;

type Column = ColumnsOfKind[keyof ColumnsOfKind];

/** The columns of every kind of file, as the page names them: one without a name does not compile. */
export const fieldWords = {
  'field.queue': { 'zh-CN': '队列', en: 'queue' },
  'field.start': { 'zh-CN': '开始时间', en: 'start time' },
  'field.interval_minutes': { 'zh-CN': '时段分钟数', en: 'interval minutes' },
  'field.offered': { 'zh-CN': '人工请求量', en: 'offered' },
  'field.answered': { 'zh-CN': '接通', en: 'answered' },
  'field.abandoned': { 'zh-CN': '放弃', en: 'abandoned' },
  'field.short_abandoned': { 'zh-CN': '短放弃', en: 'short abandons' },
  'field.blocked': { 'zh-CN': '遇忙', en: 'blocked' },
  'field.answered_in_threshold': { 'zh-CN': 'N 秒内接通', en: 'answered in threshold' },
  'field.wait_seconds_total': { 'zh-CN': '等待总时长', en: 'total wait' },
  'field.handle_seconds_total': { 'zh-CN': '处理总时长', en: 'total handle time' },
  'field.wait_seconds_mean': { 'zh-CN': '平均等待时长', en: 'mean wait' },
  'field.wait_seconds_mean_answered': { 'zh-CN': '平均应答时长', en: 'average speed of answer' },
  'field.wait_seconds_mean_abandoned': { 'zh-CN': '放弃前平均等待', en: 'mean wait before hanging up' },
  'field.handle_seconds_mean': { 'zh-CN': '平均处理时长', en: 'mean handle time' },
  'field.operators': { 'zh-CN': '座席数', en: 'operators' },
  'field.call_id': { 'zh-CN': '通话编号', en: 'call id' },
  'field.arrived_at': { 'zh-CN': '来电时间', en: 'arrived at' },
  'field.wait_seconds': { 'zh-CN': '等待时长', en: 'wait' },
  'field.outcome': { 'zh-CN': '结果', en: 'outcome' },
  'field.handle_seconds': { 'zh-CN': '处理时长', en: 'handle time' },
  'field.caller': { 'zh-CN': '主叫（不保存）', en: 'caller (never stored)' },
  'field.operator': { 'zh-CN': '座席工号', en: 'operator' },
  'field.tier': { 'zh-CN': '座席等级', en: 'tier' },
  'field.date': { 'zh-CN': '日期', en: 'date' },
  'field.channel': { 'zh-CN': '渠道', en: 'channel' },
  'field.hotline': { 'zh-CN': '热线', en: 'hotline' },
  'field.placed_at': { 'zh-CN': '拨测时间', en: 'placed at' },
  'field.connected': { 'zh-CN': '接通', en: 'connected' },
  'field.seconds_to_operator': { 'zh-CN': '转人工时长', en: 'time to operator' },
  'field.period': { 'zh-CN': '期次', en: 'period' },
  'field.test_calls': { 'zh-CN': '拨测次数', en: 'test calls' },
  'field.connection_rate': { 'zh-CN': '接通率', en: 'connection rate' },
  'field.mean_seconds': { 'zh-CN': '平均转人工时长', en: 'mean time to operator' },
  'field.total': { 'zh-CN': '总分', en: 'total score' },
  'field.valid_from': { 'zh-CN': '生效日期', en: 'valid from' },
  'field.name': { 'zh-CN': '名称', en: 'name' },
  'field.province': { 'zh-CN': '省份', en: 'province' },
  'field.region': { 'zh-CN': '大区', en: 'region' },
  'field.city_tier': { 'zh-CN': '城市等级', en: 'city tier' },
  'field.round_the_clock': { 'zh-CN': '24 小时服务', en: 'round the clock' },
  'field.online_channels': { 'zh-CN': '线上渠道数', en: 'online channels' },
  'field.smart_voice': { 'zh-CN': '智能语音', en: 'smart voice' },
  'field.enterprise_line': { 'zh-CN': '企业专席', en: 'enterprise line' },
  'field.skills': { 'zh-CN': '技能', en: 'skills' },
  'field.contract_hours': { 'zh-CN': '合同工时', en: 'contract hours' },
  'field.aht_seconds': { 'zh-CN': '平均处理时长（秒）', en: 'mean handle time, seconds' },
  'field.quality_score': { 'zh-CN': '质检得分', en: 'quality score' },
  'field.first_contact_resolution': { 'zh-CN': '首次解决率', en: 'first-contact resolution' },
  'field.months_of_service': { 'zh-CN': '工龄（月）', en: 'months of service' },
  'field.team': { 'zh-CN': '班组', en: 'team' },
  'field.contract': { 'zh-CN': '工时制度', en: 'contract' },
  'field.hours_account': { 'zh-CN': '综合计算周期', en: 'accounting period' },
  'field.night_exempt': { 'zh-CN': '免夜班', en: 'no nights' },
  'field.joined': { 'zh-CN': '入职日期', en: 'joined' },
  'field.senior': { 'zh-CN': '资深', en: 'senior' },
  'field.fixed_days_off': { 'zh-CN': '固定休息日', en: 'fixed days off' },
  'field.hours_over_standard': { 'zh-CN': '结余工时', en: 'hours over standard' },
  'field.nights_worked': { 'zh-CN': '累计夜班', en: 'nights worked' },
  'field.weekends_worked': { 'zh-CN': '累计周末班', en: 'weekends worked' },
  'field.shifts': { 'zh-CN': '可上班次', en: 'shifts they may work' },
  'field.holidays_worked': { 'zh-CN': '累计节假日班', en: 'holidays worked' },
  'field.capacity_per_interval': { 'zh-CN': '每时段容量', en: 'capacity per interval' },
  'field.operator_seconds': { 'zh-CN': '每单人工时长', en: 'operator time a request' },
  'field.failure_share': { 'zh-CN': '未办结率', en: 'share that fails' },
  'field.requests': { 'zh-CN': '诉求量', en: 'requests' },
  'field.failed': { 'zh-CN': '未办结量', en: 'failed' },
  'field.prompt': { 'zh-CN': '提示', en: 'prompt' },
  'field.end': { 'zh-CN': '结束', en: 'end' },
  'field.kind': { 'zh-CN': '类型', en: 'kind' },
  'field.label': { 'zh-CN': '名称', en: 'label' },
  'field.expected_effect': { 'zh-CN': '预期影响', en: 'expected effect' },
  'field.decay_days': { 'zh-CN': '影响天数', en: 'days to fade' },
  'field.cause': { 'zh-CN': '影响因素', en: 'cause' },
  'field.value': { 'zh-CN': '数值', en: 'value' },
  'field.topic': { 'zh-CN': '诉求类型', en: 'topic' },
  'field.subtopic': { 'zh-CN': '二级分类', en: 'sub-topic' },
  'field.demands': { 'zh-CN': '诉求量', en: 'demands' },
  'field.model': { 'zh-CN': '模型', en: 'model' },
  'field.issued': { 'zh-CN': '发布时间', en: 'issued' },
  'field.calls': { 'zh-CN': '预测话务量', en: 'calls foreseen' },
  'field.q10': { 'zh-CN': '预测下限（10% 分位）', en: 'lower end (10% quantile)' },
  'field.q90': { 'zh-CN': '预测上限（90% 分位）', en: 'upper end (90% quantile)' },
  'field.from': { 'zh-CN': '开始日期', en: 'from' },
  'field.to': { 'zh-CN': '结束日期', en: 'to' },
  'field.state': { 'zh-CN': '审批状态', en: 'state' },
  'field.wants': { 'zh-CN': '意愿', en: 'wants' },
  'field.weight': { 'zh-CN': '权重', en: 'weight' },
  'field.shift': { 'zh-CN': '班次', en: 'shift' },
  'field.pinned': { 'zh-CN': '固定', en: 'pinned' },
  'field.ill_from': { 'zh-CN': '病假起', en: 'ill from' },
} as const satisfies Readonly<Record<`field.${Column}`, Label>>;

/** What a cell of an example holds: a figure, a date or time, or words in either language; null for none. */
type Example = number | string | Label | null;

const general: Label = { 'zh-CN': '综合', en: 'general' };
const weekdays: Label = { 'zh-CN': '周六/周日', en: '6;7' };
const hotline: Label = { 'zh-CN': '本市热线', en: 'our-hotline' };
const app: Label = { 'zh-CN': '小程序', en: 'app' };
const rain: Label = { 'zh-CN': '降雨毫米', en: 'rain mm' };
const heating: Label = { 'zh-CN': '供热', en: 'heating' };
const housing: Label = { 'zh-CN': '住房', en: 'housing' };
const property: Label = { 'zh-CN': '物业管理', en: 'property management' };
const ownModel: Label = { 'zh-CN': '自有模型', en: 'own-model' };
const yes: Label = { 'zh-CN': '是', en: 'yes' };
const no: Label = { 'zh-CN': '否', en: 'no' };

/** Rows that show how each column is filled: two a kind. */
export const templateExamples: {
  readonly [Kind in RecordKind]: Readonly<Record<ColumnsOfKind[Kind], readonly [Example, Example]>>;
} = {
  traffic: {
    queue: [general, general],
    start: ['2026-11-23T09:00', '2026-11-23T09:30'],
    interval_minutes: [30, 30],
    offered: [210, 225],
    answered: [198, 208],
    abandoned: [12, 17],
    short_abandoned: [3, 4],
    blocked: [0, 0],
    answered_in_threshold: [170, 171],
    wait_seconds_total: [2520, 3375],
    handle_seconds_total: [46_530, 48_880],
    wait_seconds_mean: [null, null],
    handle_seconds_mean: [null, null],
    operators: [31, 32],
    wait_seconds_mean_answered: [null, null],
    wait_seconds_mean_abandoned: [null, null],
  },
  calls: {
    call_id: ['1001', '1002'],
    queue: [general, general],
    arrived_at: ['2026-11-23T09:00', '2026-11-23T09:01'],
    wait_seconds: [8, 31],
    outcome: [
      { 'zh-CN': '接通', en: 'answered' },
      { 'zh-CN': '放弃', en: 'abandoned' },
    ],
    handle_seconds: [214, null],
    caller: [null, null],
    channel: [null, null],
    operator: ['A01', null],
  },
  'test-calls': {
    hotline: [hotline, hotline],
    placed_at: ['2026-11-23T09:00', '2026-11-23T15:00'],
    connected: [yes, no],
    seconds_to_operator: [12, null],
  },
  results: {
    hotline: [hotline, hotline],
    period: ['2025', '2026-Q3'],
    test_calls: [11, 11],
    connected: [10, 11],
    connection_rate: [null, null],
    mean_seconds: [12.4, 9.8],
    total: [82.5, 86.1],
  },
  hotlines: {
    hotline: [hotline, { 'zh-CN': '邻市热线', en: 'their-hotline' }],
    valid_from: [null, null],
    name: [
      { 'zh-CN': '本市政务服务热线', en: 'Our hotline' },
      { 'zh-CN': '邻市政务服务热线', en: 'Their hotline' },
    ],
    province: [
      { 'zh-CN': '东省', en: 'East' },
      { 'zh-CN': '东省', en: 'East' },
    ],
    region: [null, null],
    city_tier: [null, null],
    round_the_clock: [yes, no],
    online_channels: [3, 2],
    smart_voice: [yes, no],
    enterprise_line: [no, no],
  },
  operators: {
    operator: ['A01', 'A02'],
    tier: [general, general],
    skills: [general, general],
    contract_hours: [40, 20],
    aht_seconds: [230, 250],
    quality_score: [88, 91],
    first_contact_resolution: [0.74, 0.8],
    months_of_service: [14, 3],
    team: [
      { 'zh-CN': '一班', en: 'team 1' },
      { 'zh-CN': '二班', en: 'team 2' },
    ],
    contract: [
      { 'zh-CN': '标准工时', en: 'standard' },
      { 'zh-CN': '综合计算工时', en: 'comprehensive' },
    ],
    hours_account: [null, { 'zh-CN': '月', en: 'month' }],
    night_exempt: [no, yes],
    joined: ['2025-09-01', '2026-08-15'],
    senior: [yes, no],
    fixed_days_off: [weekdays, null],
    hours_over_standard: [0, -3.5],
    nights_worked: [2, 0],
    weekends_worked: [1, 0],
    holidays_worked: [0, 0],
    name: [
      { 'zh-CN': '王芳', en: 'Wang Fang' },
      { 'zh-CN': '李强', en: 'Li Qiang' },
    ],
    shifts: [null, { 'zh-CN': '早班/中班', en: 'early;late' }],
  },
  presence: {
    tier: [general, general],
    start: ['2026-11-23T09:00', '2026-11-23T09:30'],
    interval_minutes: [30, 30],
    operators: [24, 25],
  },
  channels: {
    channel: [app, { 'zh-CN': '网站', en: 'website' }],
    capacity_per_interval: [200, 100],
    operator_seconds: [30, 45],
    failure_share: [0.1, 0.2],
  },
  'channel-volumes': {
    channel: [app, app],
    start: ['2026-11-23T09:00', '2026-11-23T09:30'],
    requests: [20, 30],
    failed: [2, 3],
  },
  prompts: {
    prompt: ['online', 'call-back'],
    queue: [general, general],
    start: ['2026-11-23T09:00', '2026-11-23T10:00'],
    end: ['2026-11-23T10:00', '2026-11-23T11:30'],
  },
  events: {
    date: ['2026-11-15', '2026-12-01'],
    end: ['2026-11-20', null],
    kind: [
      { 'zh-CN': '供暖', en: 'heating' },
      { 'zh-CN': '停水', en: 'water cut' },
    ],
    label: [
      { 'zh-CN': '开始供暖', en: 'Onset of heating' },
      { 'zh-CN': '东区停水', en: 'Water cut in the east' },
    ],
    expected_effect: [0.3, null],
    decay_days: [3, null],
    queue: [null, null],
  },
  causes: {
    cause: [rain, rain],
    date: ['2026-11-23', '2026-11-24'],
    value: [0, 12.5],
    queue: [null, null],
  },
  topics: {
    topic: [heating, housing],
    subtopic: [null, property],
    date: ['2026-11-23', '2026-11-23'],
    queue: [null, null],
    demands: [312, 45],
  },
  forecasts: {
    model: [ownModel, ownModel],
    queue: [general, general],
    issued: ['2026-11-22T18:00', '2026-11-22T18:00'],
    start: ['2026-11-23T09:00', '2026-11-23T09:30'],
    interval_minutes: [30, 30],
    calls: [208.4, 221.7],
    q10: [186, 198],
    q90: [231, 246],
  },
  leave: {
    operator: ['A01', 'A02'],
    from: ['2026-11-23', '2026-11-26'],
    to: ['2026-11-24', '2026-11-26'],
    kind: [
      { 'zh-CN': '年假', en: 'annual' },
      { 'zh-CN': '病假', en: 'sick' },
    ],
    state: [
      { 'zh-CN': '已批准', en: 'approved' },
      { 'zh-CN': '已批准', en: 'approved' },
    ],
  },
  requests: {
    operator: ['A01', 'A02'],
    date: ['2026-11-23', '2026-11-24'],
    wants: [
      { 'zh-CN': '休', en: 'off' },
      { 'zh-CN': '不上夜班', en: 'not night' },
    ],
    weight: [2, 1],
  },
  roster: {
    operator: ['A01', 'A02'],
    date: ['2026-11-23', '2026-11-23'],
    shift: [
      { 'zh-CN': '早班', en: 'early' },
      { 'zh-CN': '休', en: 'off' },
    ],
    start: ['08:00', null],
    end: ['16:00', null],
    tier: [general, null],
    pinned: [yes, no],
    ill_from: [null, null],
  },
};

/** How a column is written, by what it holds. */
export const writtenAs: Readonly<Record<FieldType, Label>> = {
  text: { 'zh-CN': '文字', en: 'text' },
  list: { 'zh-CN': '几项之间用分号', en: 'several, parted by semicolons' },
  truth: { 'zh-CN': '是/否', en: 'yes or no' },
  count: { 'zh-CN': '不小于 0 的整数', en: 'whole number of at least 0' },
  number: { 'zh-CN': '数', en: 'number' },
  share: { 'zh-CN': '0–1 的小数或百分数（0.95、95%）', en: 'fraction of 0 to 1, or percent (0.95, 95%)' },
  seconds: { 'zh-CN': '秒，或写作 3:20、0:03:20', en: 'seconds, or mm:ss, h:mm:ss' },
  time: { 'zh-CN': '日期和时间：2026-11-23 09:00', en: 'date and time: 2026-11-23 09:00' },
  date: { 'zh-CN': '日期：2026-11-23', en: 'date: 2026-11-23' },
};

/** What is to be known of single columns beside that. */
export const templateNotes: Readonly<Partial<Record<ColumnsOfKind[RecordKind], Label>>> = {
  outcome: {
    'zh-CN': '接通、放弃、遇忙、菜单结束之一',
    en: 'one of answered, abandoned, blocked, ended_in_menu',
  },
  wait_seconds_total: { 'zh-CN': '接通与放弃来电的等待之和', en: 'summed over answered and abandoned calls' },
  handle_seconds_total: {
    'zh-CN': '通话、保持和话后整理之和',
    en: 'talk, hold and after-call work, summed over answered calls',
  },
  wait_seconds_mean: { 'zh-CN': '可代替等待总时长', en: 'in the place of the total' },
  handle_seconds_mean: { 'zh-CN': '可代替处理总时长', en: 'in the place of the total' },
  wait_seconds_mean_answered: {
    'zh-CN': '接通来电的平均等待；与放弃前平均等待一起代替等待总时长',
    en: 'of answered calls; with the next one in the place of the total wait',
  },
  wait_seconds_mean_abandoned: {
    'zh-CN': '放弃来电的平均等待；与平均应答时长一起代替等待总时长',
    en: 'of abandoned calls; with the one before in the place of the total wait',
  },
  interval_minutes: {
    'zh-CN': '每段的分钟数；空着则由开始时间推出',
    en: 'minutes; found from the starts where it is empty',
  },
  caller: { 'zh-CN': '只用来识别重拨，不保存', en: 'only tells redials, never stored' },
  period: { 'zh-CN': '2026、2026-Q3 或 2026-11', en: '2026, 2026-Q3 or 2026-11' },
  connection_rate: { 'zh-CN': '可代替拨测次数和接通次数', en: 'in the place of the two counts' },
  valid_from: {
    'zh-CN': '从这天起适用；空着为一直适用',
    en: 'first day on which the row holds; empty: from the beginning',
  },
  contract: { 'zh-CN': '标准工时或综合计算工时', en: 'standard or comprehensive' },
  hours_account: { 'zh-CN': '月、季、年之一', en: 'month, quarter or year' },
  shifts: { 'zh-CN': '可以上的班次；空着为都可以', en: 'shifts that they may work; empty: all' },
  expected_effect: { 'zh-CN': '0.3 或 30% 表示来电多 30%', en: '0.3 or 30% is 30% more calls' },
  issued: {
    'zh-CN': '预测是什么时候做出的；不得晚于所预测的时段',
    en: 'when the forecast was made; never later than what it is for',
  },
  state: { 'zh-CN': '已批准、申请中、已驳回之一', en: 'approved, asked or refused' },
  wants: { 'zh-CN': '休、班次名，或 不上某班', en: 'off, a shift, or not SHIFT' },
};

/** Words of a template beside its columns. */
export const templateWords = {
  title: { 'zh-CN': '导入模板', en: 'Template to bring data in' },
  about: { 'zh-CN': '用法', en: 'How to use' },
  data: { 'zh-CN': '数据', en: 'Data' },
  columns: { 'zh-CN': '列说明', en: 'Columns' },
  column: { 'zh-CN': '列名', en: 'Heading' },
  name: { 'zh-CN': '含义', en: 'Meaning' },
  needed: { 'zh-CN': '是否必填', en: 'Needed' },
  written: { 'zh-CN': '写法', en: 'Written as' },
  note: { 'zh-CN': '备注', en: 'Remarks' },
  example: { 'zh-CN': '例', en: 'Example' },
  yes: { 'zh-CN': '必填', en: 'needed' },
  no: { 'zh-CN': '可空', en: 'may be empty' },
  most: { 'zh-CN': '至多', en: 'at most' },
  use: {
    'zh-CN':
      '在“数据”表中填写，删去两行例子；不用的列可以删去或空着，列的次序不限。然后在“数据”页拖入，或用命令导入。',
    en: 'Fill in the sheet “Data” in the place of the two examples; columns that you do not use may be deleted or left empty, in any order. Then drop the file on the page Data, or bring it in by command.',
  },
} as const satisfies Readonly<Record<string, Label>>;
