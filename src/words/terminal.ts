import type { Sayable } from '../kernel/finding.ts';
import { messages } from './messages.ts';
import { minutesAndSeconds, phrase, phrases } from './phrases.ts';

/** One operator more or less, and what rates cost. */
export const requirementWords = phrases({
  ...messages('terminal-requirement'),
  effectsTitle: phrase<{ plan: string; at: string; isWeakest: boolean }>({
    'zh-CN': ({ plan, at, isWeakest }) =>
      `计划 ${plan}，${at}${isWeakest ? '（最薄弱的时段）' : ''}：增减座席的影响`,
    en: ({ plan, at, isWeakest }) =>
      `Plan ${plan}, ${at}${isWeakest ? ' (the weakest interval)' : ''}: operators more or fewer`,
  }),
});

/** Operators and the tiers that their figures speak for. */
export const gradeWords = phrases({
  ...messages('terminal-grade'),
  heading: phrase<{ operators: number; moving: number; isMadeUp: boolean }>({
    'zh-CN': ({ operators, moving, isMadeUp }) =>
      `共 ${operators} 名座席，建议调整 ${moving} 名${isMadeUp ? '（虚构数据）' : ''}`,
    en: ({ operators, moving, isMadeUp }, { counted }) =>
      `${counted(operators, 'operator')} graded, ${moving} would move${isMadeUp ? ' (made up)' : ''}`,
  }),
});

/** What an ingest did. */
export const ingestWords = phrases({
  ...messages('terminal-ingest'),
  measured: phrase<{
    queue: string;
    callsPerDay: number;
    handleSeconds: number | null;
    waitSeconds: number | null;
  }>({
    'zh-CN': ({ queue, callsPerDay, handleSeconds, waitSeconds }, { whole }) =>
      `${queue}：平均每天 ${whole(callsPerDay)} 通${handleSeconds === null ? '' : `，平均处理 ${minutesAndSeconds(handleSeconds, 'zh-CN')}`}${waitSeconds === null ? '' : `，等待 ${minutesAndSeconds(waitSeconds, 'zh-CN')}`}`,
    en: ({ queue, callsPerDay, handleSeconds, waitSeconds }, { whole, plural }) =>
      `${queue}: ${whole(callsPerDay)} ${plural(Math.round(callsPerDay), 'call', 'calls')} a day on average${handleSeconds === null ? '' : `, handled in ${minutesAndSeconds(handleSeconds, 'en')} per call`}${waitSeconds === null ? '' : `, ${minutesAndSeconds(waitSeconds, 'en')} waited`}`,
  }),
  gap: phrase<{ queue: string; from: string; to: string; intervals: number; taken: 'zero' | 'gap' }>({
    'zh-CN': ({ queue, from, to, intervals, taken }) =>
      `${queue}：${from} 至 ${to} 没有数据（${intervals} 个时段），按${taken === 'zero' ? '零来电' : '缺失'}处理`,
    en: ({ queue, from, to, intervals, taken }, { counted }) =>
      `${queue}: no rows from ${from} to ${to} (${counted(intervals, 'interval')}), taken as ${taken === 'zero' ? 'no calls' : 'missing'}`,
  }),
});

/** Rosters at the terminal, on the wall sheet and in workbooks. */
export const rosterWords = phrases({
  ...messages('terminal-roster'),
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
      `${v.from} 至 ${v.to} 排班表${v.isMadeUp ? '（虚构数据）' : ''}：${v.people} 人、${v.duties} 个班，${v.missing === 0 ? '班次无空缺' : `缺 ${v.missing} 个班`}；规则：${v.rules}；${v.isPublished ? '已发布' : '草稿'}`,
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
  swap: phrase<{ allowed: boolean; taken: boolean; cost: string }>({
    'zh-CN': ({ allowed, taken, cost }) =>
      `${allowed ? (taken ? '已换班' : '可以换班') : '不能换班'}，代价变化 ${cost}`,
    en: ({ allowed, taken, cost }) =>
      `${allowed ? (taken ? 'Swapped' : 'The swap is allowed') : 'The swap is not allowed'}; cost changes by ${cost}`,
  }),
  published: phrase<{
    roster: string;
    from: string;
    to: string;
    superseded: readonly string[];
    notices?: readonly Sayable[] | undefined;
  }>({
    'zh-CN': ({ roster, from, to, superseded, notices = [] }, { list, say }) =>
      [
        `已发布 ${roster}（${from} 至 ${to}）${superseded.length === 0 ? '' : `，替换 ${list(superseded)}`}`,
        ...notices.map(say),
      ].join('\n'),
    en: ({ roster, from, to, superseded, notices = [] }, { list, say }) =>
      [
        `Published ${roster} (${from} to ${to})${superseded.length === 0 ? '' : `, in the place of ${list(superseded)}`}`,
        ...notices.map(say),
      ].join('\n'),
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
      `${v.from} 至 ${v.to}，${v.duties} 个班：违反硬性规则 ${v.hard} 处，其他规则 ${v.priced} 处，缺 ${v.missing} 个班`,
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

/** What a band takes by the number of test calls, and what a sample says. */
export const bandsWords = phrases({
  ...messages('terminal-bands'),
  rule: phrase<{ monitor: string; attempts: number; seconds: number; hotFrom: number }>({
    'zh-CN': ({ monitor, attempts, seconds, hotFrom }, { percent }) =>
      `${monitor}：${attempts === 1 ? '只拨一次' : `每次最多拨 ${attempts} 次`}、每次最多等 ${seconds} 秒；接通率 ${percent(hotFrom, 0)} 起为“热线”档`,
    en: ({ monitor, attempts, seconds, hotFrom }, { percent }) =>
      `${monitor}: ${attempts === 1 ? 'one attempt' : `up to ${attempts} attempts`} of at most ${seconds} s${attempts === 1 ? '' : ' each'}; hot from ${percent(hotFrom, 0)}`,
  }),
  sample: phrase<{
    connected: number;
    testCalls: number;
    seen: string;
    band: string;
    range: string;
    hotlines: number;
    drawn: string;
  }>({
    'zh-CN': ({ connected, testCalls, seen, band, range, hotlines, drawn }) =>
      `${testCalls} 次拨测接通 ${connected} 次：${seen}，${band}；95% 区间 ${range}。与${hotlines === 0 ? ' 2019 年公布的 344 条热线' : `本工作区的 ${hotlines} 条热线`}合并估计，真实接通率为 ${drawn}。`,
    en: ({ connected, testCalls, seen, band, range, hotlines, drawn }, { counted }) =>
      `${connected} of ${counted(testCalls, 'test call')}: ${seen}, ${band}; 95% interval ${range}. Beside ${hotlines === 0 ? 'the 344 hotlines of the published 2019 monitoring' : `the ${counted(hotlines, 'hotline')} of this workspace`} the true rate is put at ${drawn}.`,
  }),
});
