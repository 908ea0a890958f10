import type { Label } from '../sentences.ts';

/** Words of the page of settings. */
export const settingsWords = {
  'settings.views': { 'zh-CN': '设置的各部分', en: 'Parts of the settings' },
  'settings.calendar': { 'zh-CN': '日历与事件', en: 'Calendar and events' },
  'settings.shifts': { 'zh-CN': '班次', en: 'Shifts' },
  'settings.targets': { 'zh-CN': '目标', en: 'Targets' },
  'settings.hours': { 'zh-CN': '开放时间', en: 'Opening hours' },
  'settings.queues': { 'zh-CN': '队列', en: 'Queues' },
  'settings.expert': { 'zh-CN': '以 JSON 编辑', en: 'Edit as JSON' },
  'settings.clock': { 'zh-CN': '请写时刻，如 07:30。', en: 'Give a time such as 07:30.' },
  'settings.tiers': { 'zh-CN': '座席等级', en: 'Tiers' },
  'settings.tiersNote': {
    'zh-CN': '每个等级接哪些队列、成本、缩减率、要什么技能；出勤与人员数据里出现的等级可以直接添加。',
    en: 'Which queues each tier answers, what it costs, its shrinkage, the skills it asks for; tiers that presence or operators name are added from the data.',
  },
  'settings.prompts': { 'zh-CN': '分流提示', en: 'Prompts' },
  'settings.promptsNote': {
    'zh-CN': '高峰时可以播的提示、来电人会怎么做、线上渠道能受理多少，以及播放的规则。',
    en: 'What may be played at a peak, what callers do then, what online channels can take, and the rules for playing.',
  },
  'settings.levers': { 'zh-CN': '其他措施', en: 'Levers' },
  'settings.leversNote': {
    'zh-CN': '除提示以外缓解高峰的办法：最多做到多少、要多少钱。没有本地数据以前都是假设。',
    en: 'What else mends a peak, how far it can go and what it costs. Assumed until the line puts its own figures here.',
  },
  'settings.monitor': { 'zh-CN': '监测与评分', en: 'Monitoring' },
  'settings.monitorNote': {
    'zh-CN': '监测方怎样拨测、冷热等级的界限，以及评分表的指标与权重。',
    en: "How the monitor tests, where bands begin, and the scorecard's indicators and weights.",
  },
  'settings.rules': { 'zh-CN': '用工规则', en: 'Labour rules' },
  'settings.rulesNote': {
    'zh-CN': '排班要守的规则：必须守，或者可以不守但要付代价；没有另选时用第一套。',
    en: 'What rosters keep to: rules that may not be broken, and others at a price; the first set is used where none other is chosen.',
  },
  'settings.rulesInUse': { 'zh-CN': '默认', en: 'used by default' },
  'settings.addRule': { 'zh-CN': '添加一条规则', en: 'Add a rule' },
  'settings.line': { 'zh-CN': '热线信息', en: 'The line' },
  'settings.lineNote': {
    'zh-CN': '名称、时区与国家、线路、应答时限；队列与开放时间在各自的页上。',
    en: 'Name, time zone and country, trunk lines, answer-time threshold; queues and opening hours have pages of their own.',
  },
  'settings.changes': { 'zh-CN': '变更记录', en: 'Log of changes' },
  'changes.note': {
    'zh-CN': '谁在何时改了什么，新的在前。每打开一次本页，整份记录都会核对一遍。',
    en: 'Who changed what and when, the latest first. The whole log is checked each time this page is opened.',
  },
  'changes.whole': {
    'zh-CN': '记录完整：共 {n} 条，末条印记 {seal}。',
    en: 'The log is whole: {n} entries, seal of the last {seal}.',
  },
  'changes.broken': {
    'zh-CN': '记录有 {n} 处与当初写下的不符：有人绕过本程序改过数据。请告知管理员，并从备份核对。',
    en: 'Places where the log is not what was once written: {n}. The data were changed past this program: tell whoever runs it, and compare with a backup.',
  },
  'changes.none': { 'zh-CN': '还没有变更。', en: 'Nothing has been changed yet.' },
  'changes.earlier': { 'zh-CN': '更早的', en: 'Earlier ones' },
  'earlier.open': { 'zh-CN': '早先的版本', en: 'Earlier versions' },
  'earlier.title': { 'zh-CN': '早先的版本', en: 'Earlier versions' },
  'earlier.note': {
    'zh-CN': '每次保存都会留下换下的那一版，每项设置留最近 {n} 版。恢复只是把它填回表单，看过再保存。',
    en: 'Each save keeps what it replaced, the latest {n} of each of the settings. Bringing one back fills the form with it: look at it, then save.',
  },
  'earlier.none': { 'zh-CN': '还没有换下过版本。', en: 'Nothing has been replaced yet.' },
  'earlier.here': { 'zh-CN': '本机用户', en: 'whoever uses this machine' },
  'earlier.until': { 'zh-CN': '用到此时，之后由{who}改掉', en: 'Stood until then; changed by {who}' },
  'earlier.bringBack': { 'zh-CN': '恢复这一版', en: 'Bring this back' },
  'earlier.same': { 'zh-CN': '与现在相同。', en: 'The same as now.' },
  'earlier.differences': { 'zh-CN': '与现在的不同', en: 'What differs from now' },
  'earlier.now': { 'zh-CN': '现在', en: 'Now' },
  'earlier.then': { 'zh-CN': '那时', en: 'Then' },
  'settings.all': { 'zh-CN': 'JSON（专家）', en: 'JSON (experts)' },
} as const satisfies Readonly<Record<string, Label>>;
