import { phrase, phrases } from '../phrases.ts';

/** Rosters at the terminal, on the wall sheet and in workbooks. */
export const rosterWords = phrases({
  operator: { 'zh-CN': '工号', en: 'operator' },
  name: { 'zh-CN': '姓名', en: 'name' },
  tier: { 'zh-CN': '等级', en: 'tier' },
  team: { 'zh-CN': '班组', en: 'team' },
  date: { 'zh-CN': '日期', en: 'date' },
  shift: { 'zh-CN': '班次', en: 'shift' },
  start: { 'zh-CN': '上班时间', en: 'start' },
  end: { 'zh-CN': '下班时间', en: 'end' },
  pinned: { 'zh-CN': '固定', en: 'pinned' },
  illFrom: { 'zh-CN': '病假起', en: 'ill from' },
  illSince: phrase<{ from: string }>({
    'zh-CN': ({ from }) => `${from} 起病假`,
    en: ({ from }) => `ill from ${from}`,
  }),
  hours: { 'zh-CN': '工时', en: 'hours' },
  weekHours: { 'zh-CN': '本周工时', en: 'hours this week' },
  rest: { 'zh-CN': '前后休息（小时）', en: 'rest before / after, h' },
  wages: { 'zh-CN': '工资', en: 'wages' },
  nights: { 'zh-CN': '夜班', en: 'nights' },
  weekends: { 'zh-CN': '周末', en: 'weekends' },
  required: { 'zh-CN': '待排', en: 'to fill' },
  onDuty: { 'zh-CN': '在班', en: 'on duty' },
  missing: { 'zh-CN': '空缺', en: 'unfilled' },
  away: { 'zh-CN': '休假', en: 'away' },
  moreAway: { 'zh-CN': '还可准假', en: 'more may take leave' },
  short: { 'zh-CN': '距达标缺工时', en: 'hours short of targets' },
  rule: { 'zh-CN': '规则', en: 'rule' },
  times: { 'zh-CN': '处数', en: 'times' },
  units: { 'zh-CN': '数量', en: 'units' },
  cost: { 'zh-CN': '代价', en: 'cost' },
  who: { 'zh-CN': '涉及', en: 'who' },
  hard: { 'zh-CN': '必须遵守', en: 'hard' },
  week: { 'zh-CN': '周', en: 'week' },
  planned: { 'zh-CN': '计划接通率', en: 'planned rate' },
  projected: { 'zh-CN': '按排班接通率', en: 'rate as rostered' },
  serviceLevel: { 'zh-CN': 'N 秒接通率', en: 'service level' },
  callersMeet: { 'zh-CN': '其间接通率', en: 'rate meanwhile' },
  way: { 'zh-CN': '排法', en: 'way' },
  free: { 'zh-CN': '自由排班', en: 'free' },
  roster: { 'zh-CN': '排班表', en: 'roster' },
  isPublished: { 'zh-CN': '已发布', en: 'published' },
  hardBroken: { 'zh-CN': '违反硬性规则', en: 'hard rules broken' },
  openHours: { 'zh-CN': '缺岗工时', en: 'open hours' },
  unfair: { 'zh-CN': '分担不均', en: 'unfair shares' },
  mostNights: { 'zh-CN': '夜班最多', en: 'most nights' },
  mostWeekends: { 'zh-CN': '周末班最多', en: 'most weekend duties' },
  inTeams: { 'zh-CN': '轮班班组人数', en: 'people in teams' },
  off: { 'zh-CN': '休', en: 'off' },
  leave: { 'zh-CN': '假', en: 'A' },
  yes: { 'zh-CN': '是', en: 'yes' },
  sheet: { 'zh-CN': '排班表', en: 'Roster' },
  wallSheet: { 'zh-CN': '上墙表', en: 'Wall sheet' },
  moves: { 'zh-CN': '谁来顶', en: 'who steps in' },
  rulesBroken: { 'zh-CN': '违反的规则', en: 'rules broken' },
  about: { 'zh-CN': '说明', en: 'About' },
  none: { 'zh-CN': '无', en: 'none' },
  legend: { 'zh-CN': '班次', en: 'Shifts' },
  startsAt: { 'zh-CN': '（{span} 上班）', en: '(starts {span})' },
  timesInCells: {
    'zh-CN': '各人上下班时间以格内为准',
    en: 'from when to when each works stands in the cell',
  },
  weekdays: {
    'zh-CN': ['一', '二', '三', '四', '五', '六', '日'],
    en: ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'],
  },
  heading: phrase<{
    from: string;
    to: string;
    people: number;
    duties: number;
    missing: number;
    rules: string;
    isPublished: boolean;
    isMadeUp: boolean;
  }>({
    'zh-CN': (v) =>
      `${v.from} 至 ${v.to} 排班表${v.isMadeUp ? '（虚构数据）' : ''}：${v.people} 人、${v.duties} 个班，${v.missing === 0 ? '没有缺人的班' : `缺 ${v.missing} 个班`}；规则：${v.rules}；${v.isPublished ? '已发布' : '草稿'}`,
    en: (v, { counted }) =>
      `Roster ${v.from} to ${v.to}${v.isMadeUp ? ' (made up)' : ''}: ${counted(v.people, 'operator')}, ${counted(v.duties, 'duty', 'duties')}, ${v.missing === 0 ? 'none left open' : `${v.missing} left open`}; rules: ${v.rules}; ${v.isPublished ? 'published' : 'draft'}`,
  }),
  costs: phrase<{ total: number; bound: number | null; gap: number | null }>({
    'zh-CN': ({ total, bound, gap }, { number, percent }) =>
      `代价 ${number(total, 1)}${bound === null || gap === null ? '' : `，不可能低于 ${number(bound, 1)}（差距 ${percent(gap)}）`}`,
    en: ({ total, bound, gap }, { number, percent }) =>
      `Cost ${number(total, 1)}${bound === null || gap === null ? '' : `; no roster costs less than ${number(bound, 1)} (gap ${percent(gap)})`}`,
  }),
  absent: phrase<{ operator: string; date: string; shift: string; before: string; empty: string }>({
    'zh-CN': (v) =>
      `${v.operator} ${v.date} 缺勤（${v.shift}）：当天接通率原为 ${v.before}，无人顶班则为 ${v.empty}`,
    en: (v) =>
      `${v.operator} is absent on ${v.date} (${v.shift}): the day's connection rate was ${v.before}, and is ${v.empty} if nobody steps in`,
  }),
  move: phrase<{ operator: string; date: string; before: string; after: string }>({
    'zh-CN': (v) => `${v.operator} ${v.date} ${v.before}→${v.after}`,
    en: (v) => `${v.operator} ${v.date} ${v.before}→${v.after}`,
  }),
  taken: phrase<{ taken: number }>({
    'zh-CN': ({ taken }) => `已采用第 ${taken} 个人选`,
    en: ({ taken }) => `Candidate ${taken} was taken`,
  }),
  nobody: { 'zh-CN': '没有人可以顶班', en: 'Nobody can step in' },
  swap: phrase<{ allowed: boolean; taken: boolean; cost: string }>({
    'zh-CN': ({ allowed, taken, cost }) =>
      `${allowed ? (taken ? '已换班' : '可以换班') : '不能换班'}，代价变化 ${cost}`,
    en: ({ allowed, taken, cost }) =>
      `${allowed ? (taken ? 'Swapped' : 'The swap is allowed') : 'The swap is not allowed'}; cost changes by ${cost}`,
  }),
  published: phrase<{ roster: string; from: string; to: string; superseded: readonly string[] }>({
    'zh-CN': ({ roster, from, to, superseded }, { list }) =>
      `已发布 ${roster}（${from} 至 ${to}）${superseded.length === 0 ? '' : `，替换 ${list(superseded)}`}`,
    en: ({ roster, from, to, superseded }, { list }) =>
      `Published ${roster} (${from} to ${to})${superseded.length === 0 ? '' : `, in the place of ${list(superseded)}`}`,
  }),
  checked: phrase<{
    from: string;
    to: string;
    duties: number;
    hard: number;
    priced: number;
    missing: number;
  }>({
    'zh-CN': (v) =>
      `${v.from} 至 ${v.to}，${v.duties} 个班：违反必须遵守的规则 ${v.hard} 处，其他规则 ${v.priced} 处，缺 ${v.missing} 个班`,
    en: (v, { counted }) =>
      `${v.from} to ${v.to}, ${counted(v.duties, 'duty', 'duties')}: hard rules broken ${v.hard} times, others ${v.priced} times; ${v.missing} left open`,
  }),
  changes: phrase<{ at: string; roster: string; why: string; by: string }>({
    'zh-CN': ({ at, roster, why, by }) =>
      `${at} ${roster}${by === '' ? '' : ` ${by}`}${why === '' ? '' : `：${why}`}`,
    en: ({ at, roster, why, by }) =>
      `${at} ${roster}${by === '' ? '' : ` by ${by}`}${why === '' ? '' : `: ${why}`}`,
  }),
});
