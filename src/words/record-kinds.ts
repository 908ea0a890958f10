import type { FileColumn } from '../kernel/record-fields.ts';
import type { FileKind, RecordKind, recordKinds } from '../kernel/records.ts';
import type { Label } from './sentences.ts';
import { messages } from './messages.ts';

/** What the page calls each kind of file. */
export const fileKindWords = messages('file-kind') satisfies Readonly<Record<`kind.${FileKind}`, Label>>;

/** The canonical columns of each kind, as types. */
type ColumnsOfKind = {
  readonly [Kind in RecordKind]: FileColumn<(typeof recordKinds)[Kind]['fields']>;
};

type Column = ColumnsOfKind[keyof ColumnsOfKind];

/** The columns of every kind of file, as the page names them: one without a name does not compile. */
export const fieldWords = messages('field') satisfies Readonly<Record<`field.${Column}`, Label>>;

/** What a cell of an example holds: a figure, a date or time, or words in either language; null for none. */
type Example = number | string | Label | null;

const { general, weekdays, hotline, app, rain, heating, housing, property, ownModel, yes, no } =
  messages('record-kinds');

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
    name: [null, null],
  },
  requests: {
    operator: ['A01', 'A02'],
    date: ['2026-11-23', '2026-11-24'],
    wants: [
      { 'zh-CN': '休', en: 'off' },
      { 'zh-CN': '不上夜班', en: 'not night' },
    ],
    weight: [2, 1],
    name: [null, null],
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
    name: [null, null],
  },
};
