import type { AuditAction, DiaryNote } from '../contract/documents/audit-document.ts';
import type { Label } from './sentences.ts';

/** What was done, as the log of changes tells it. */
export const auditActionWords: Readonly<Record<AuditAction, Label>> = {
  'plan-made': { 'zh-CN': '做计划', en: 'plan made' },
  'plan-named': { 'zh-CN': '计划改名', en: 'plan named' },
  'plan-state': { 'zh-CN': '计划状态', en: "plan's state changed" },
  'plan-noted': { 'zh-CN': '计划备注', en: 'note on a plan' },
  'plan-removed': { 'zh-CN': '删除计划', en: 'plan removed' },
  'overrule-added': { 'zh-CN': '添加预测调整', en: 'forecast adjusted' },
  'overrule-removed': { 'zh-CN': '撤销预测调整', en: 'adjustment taken back' },
  'roster-made': { 'zh-CN': '排班', en: 'roster made' },
  'roster-changed': { 'zh-CN': '改动排班', en: 'roster changed' },
  'roster-published': { 'zh-CN': '发布排班', en: 'roster published' },
  'feed-changed': { 'zh-CN': '更改数据源', en: 'feed changed' },
  'records-written': { 'zh-CN': '导入数据', en: 'records imported' },
  'made-up-replaced': { 'zh-CN': '以自有数据替换演示热线', en: 'made-up line replaced by own data' },
  'event-changed': { 'zh-CN': '改动事件', en: 'event changed' },
  'diary-changed': { 'zh-CN': '改动记事', en: 'diary changed' },
  'models-changed': { 'zh-CN': '改动设置', en: 'settings changed' },
  'records-mended': { 'zh-CN': '修复数据', en: 'records mended' },
  restored: { 'zh-CN': '由备份恢复', en: 'restored from a backup' },
  moved: { 'zh-CN': '迁移数据', en: 'records moved' },
  'log-shortened': { 'zh-CN': '清理较早的记录', en: 'older entries let go' },
  'people-changed': { 'zh-CN': '改动用户', en: 'accounts changed' },
  'person-erased': { 'zh-CN': '抹除个人数据', en: 'personal data erased' },
  'maintenance-switched': { 'zh-CN': '切换维护状态', en: 'maintenance begun or ended' },
};

/** Names of the figures that stand before and after; one without a name here stands as it is. */
export const auditSideWords: Readonly<Record<string, Label>> = {
  added: { 'zh-CN': '新增', en: 'added' },
  calls: { 'zh-CN': '来电', en: 'calls' },
  closed: { 'zh-CN': '停用', en: 'closed' },
  changed: { 'zh-CN': '改动', en: 'changed' },
  date: { 'zh-CN': '日期', en: 'date' },
  days: { 'zh-CN': '改动人天', en: 'days of shifts changed' },
  effect: { 'zh-CN': '影响', en: 'effect' },
  end: { 'zh-CN': '止', en: 'until' },
  entries: { 'zh-CN': '条数', en: 'entries' },
  entry: { 'zh-CN': '末条', en: 'last entry' },
  factor: { 'zh-CN': '倍数', en: 'times' },
  from: { 'zh-CN': '起', en: 'from' },
  kind: { 'zh-CN': '类别', en: 'kind' },
  last: { 'zh-CN': '末条', en: 'last entry' },
  maintenance: { 'zh-CN': '维护', en: 'maintenance' },
  name: { 'zh-CN': '名称', en: 'name' },
  notes: { 'zh-CN': '备注数', en: 'notes' },
  openid: { 'zh-CN': '绑定统一登录', en: 'tied to a provider' },
  password: { 'zh-CN': '密码', en: 'password' },
  queue: { 'zh-CN': '队列', en: 'queue' },
  digests: { 'zh-CN': '所改条目及其现文印记', en: 'entries rewritten, with the mark of what they say now' },
  reason: { 'zh-CN': '理由', en: 'reason' },
  revision: { 'zh-CN': '版次', en: 'revision' },
  role: { 'zh-CN': '角色', en: 'role' },
  rows: { 'zh-CN': '行数', en: 'rows' },
  scope: { 'zh-CN': '权限', en: 'scope' },
  seal: { 'zh-CN': '印记', en: 'seal' },
  state: { 'zh-CN': '状态', en: 'state' },
  store: { 'zh-CN': '存储', en: 'store' },
  to: { 'zh-CN': '止', en: 'to' },
  version: { 'zh-CN': '版本', en: 'version' },
  week: { 'zh-CN': '周', en: 'week' },
};

/** Headings of the log, and who somebody without an account is. */
export const auditHeads: Readonly<
  Record<'number' | 'at' | 'who' | 'what' | 'subject' | 'before' | 'after', Label>
> = {
  number: { 'zh-CN': '编号', en: 'Number' },
  at: { 'zh-CN': '时间', en: 'When' },
  who: { 'zh-CN': '谁', en: 'Who' },
  what: { 'zh-CN': '做了什么', en: 'What' },
  subject: { 'zh-CN': '对象', en: 'Of what' },
  before: { 'zh-CN': '改前', en: 'Before' },
  after: { 'zh-CN': '改后', en: 'After' },
};

export const actorKindWords: Readonly<Record<'person' | 'program' | 'local', Label>> = {
  person: { 'zh-CN': '用户', en: 'person' },
  program: { 'zh-CN': '程序', en: 'program' },
  local: { 'zh-CN': '本机用户', en: 'user of this machine' },
};

/** Yes and no, and that a password is another one. */
export const auditValueWords: Readonly<Record<string, Label>> = {
  true: { 'zh-CN': '是', en: 'yes' },
  false: { 'zh-CN': '否', en: 'no' },
  changed: { 'zh-CN': '已更换', en: 'changed' },
};

/** Of whom an entry about accounts is, and where they were signed in. */
export const auditPeopleWords: Readonly<Record<'everybody' | 'token' | 'session' | 'sessions', Label>> = {
  everybody: { 'zh-CN': '所有人', en: 'everybody' },
  token: { 'zh-CN': '程序令牌“{name}”', en: 'the token “{name}”' },
  session: { 'zh-CN': '登录着 1 处', en: 'signed in at one place' },
  sessions: { 'zh-CN': '登录着 {n} 处', en: 'signed in at {n} places' },
};

/** What the log proves, for the terminal. */
export const auditStandingWords: Readonly<Record<'sound' | 'broken', Label>> = {
  sound: {
    'zh-CN': '记录完整：共 {entries} 条，从第 {first} 条起；末条印记 {seal}。',
    en: 'The log is whole: {entries} entries from number {first} on; seal of the last {seal}.',
  },
  broken: {
    'zh-CN': '记录不完整：有 {breaks} 处与当初写下的不符，详见 huawu doctor。',
    en: 'The log is not what was once written at {breaks} places: see huawu doctor.',
  },
};

/** Stands between the figures of one side. */
export const sideSeparator: Label = { 'zh-CN': '，', en: ', ' };

/** What can have happened on a day. */
export const diaryKindWords: Readonly<Record<DiaryNote['kind'], Label>> = {
  weather: { 'zh-CN': '天气', en: 'Weather' },
  outage: { 'zh-CN': '系统故障', en: 'Outage' },
  campaign: { 'zh-CN': '宣传活动', en: 'Campaign' },
  policy: { 'zh-CN': '政策发布', en: 'New rules' },
  other: { 'zh-CN': '其他', en: 'Other' },
};

export const diaryUseWords = {
  used: { 'zh-CN': '用于预测', en: 'used by forecasts' },
} as const satisfies Readonly<Record<string, Label>>;

/** Headings of what the terminal lists. */
export const diaryHeads = {
  'zh-CN': ['编号', '日期', '类别', '内容', '预测', '谁'],
  en: ['id', 'date', 'kind', 'note', 'forecasts', 'who'],
} as const;

/** Headings of the list of earlier versions. */
export const earlierModelHeads = {
  'zh-CN': ['编号', '设置', '用到何时', '由谁改掉', '恢复后的变化（现在 → 那时）'],
  en: ['id', 'settings', 'stood until', 'changed by', 'what bringing it back changes (now → then)'],
} as const;

export const earlierModelWords = {
  same: { 'zh-CN': '与现在相同', en: 'the same as now' },
  change: { 'zh-CN': '{where}：{now} → {was}', en: '{where}: {now} → {was}' },
  between: { 'zh-CN': '；', en: '; ' },
  more: { 'zh-CN': '另有 {n} 处', en: '{n} more' },
  absent: { 'zh-CN': '（无）', en: '(none)' },
} as const satisfies Readonly<Record<string, Label>>;
