import type { Language, Text } from '../kernel/text.ts';
import type { RosterFindings, RosterProblems } from '../planning/roster/roster-findings.ts';
import { figuresOf } from './figures.ts';
import { labourRuleSentence } from './labour-rules.ts';
import { saidCycle } from './roster-cycles.ts';
import type { ProblemSentences, Sentences } from './sentences.ts';

/** What rosters have to say. */
export const rosterSentences: Sentences<RosterFindings> = {
  'labour-rule': labourRuleSentence,
  'one-shift-a-day': { 'zh-CN': '每人每天至多一个班', en: 'one shift a day' },
  'tier-not-held': { 'zh-CN': '只上本人可以担任的等级', en: 'only tiers that a person may serve' },
  'rules-clash': {
    'zh-CN': ({ operator, from, to, rules, waysOut }, { say, list, number }) =>
      `${operator} 在 ${from} 至 ${to} 无法同时满足：${rules
        .map(({ rule, dates }) => `${say(rule)}${dates.length === 0 ? '' : `（${list(dates)}）`}`)
        .join('；')}。可以放宽：${list(
        waysOut.map(
          ({ rule, date, units }) =>
            `${say(rule)}${date === null ? ` ${number(units)} 次` : ` ${date} 一天`}`,
        ),
      )}`,
    en: ({ operator, from, to, rules, waysOut }, { say, list, number }) =>
      `${operator} cannot keep all of these from ${from} to ${to}: ${rules
        .map(({ rule, dates }) => `${say(rule)}${dates.length === 0 ? '' : ` (${list(dates)})`}`)
        .join('; ')}. Ways out: ${list(
        waysOut.map(
          ({ rule, date, units }) =>
            `relax "${say(rule)}" ${date === null ? `by ${number(units)}` : `on ${date}`}`,
        ),
      )}`,
  },
  'leave-asked': {
    'zh-CN': ({ operator, tier, days }, { name }) =>
      `${operator}${tier === null ? '' : `（${name(tier)}）`}申请休假：${days
        .map(
          ({ date, onDuty, moreAway }) =>
            `${figuresOf('zh-CN').day(date)} ${onDuty ? (moreAway > 0 ? `同级还可休 ${moreAway} 人` : '同级已无人可替，准假会缺岗') : '本来就休'}`,
        )
        .join('；')}`,
    en: ({ operator, tier, days }, { name, counted }) =>
      `${operator}${tier === null ? '' : ` (${name(tier)})`} asks for leave: ${days
        .map(
          ({ date, onDuty, moreAway }) =>
            `${figuresOf('en').day(date)} ${onDuty ? (moreAway > 0 ? `${counted(moreAway, 'more of the tier', 'more of the tier')} can be away` : 'nobody of the tier can stand in: a duty would stay open') : 'is a day off anyway'}`,
        )
        .join('; ')}`,
  },
  'plan-repeated': {
    'zh-CN': ({ week, weeks }) =>
      `${weeks[0]} 至 ${weeks[1]} 没有自己的周计划，沿用 ${week} 同一星期几的班次`,
    en: ({ week, weeks }) =>
      `${weeks[0]} to ${weeks[1]} have no plan of their own: the shifts of ${week} are repeated by weekday`,
  },
  'leave-known-by-name': {
    'zh-CN': ({ shares }, { list, name, shortPercent }) =>
      `请假已按人记录，计划中为休假预留的份额从班次中扣除：${list(shares.map(({ tier, share }) => `${name(tier)} ${shortPercent(share)}`))}`,
    en: ({ shares }, { list, name, shortPercent }) =>
      `Leave is known by name, so the share that the plan keeps for it is taken off its shifts: ${list(shares.map(({ tier, share }) => `${name(tier)} ${shortPercent(share)}`))}`,
  },
  'starts-within-kind': {
    'zh-CN': '规则按每种班最早的上班和最晚的下班时间检查，班内各人的上班时间逐日分配',
    en: 'Rules are held to the earliest start and latest end of each kind of shift; who starts when is settled day by day',
  },
  'operators-without-tier': {
    'zh-CN': ({ operators }, { list }) => `以下座席没有等级，未排班：${list(operators)}`,
    en: ({ operators }, { list }) => `Operators without a tier are not rostered: ${list(operators)}`,
  },
  'absences-in-projection': {
    'zh-CN': '推算的接通率已按情景逐人抽取临时缺勤',
    en: 'The projected connection rate has absences on the day drawn operator by operator',
  },
  'cycle-teams': {
    'zh-CN': ({ cycle, teams, inTeams, mobile }) =>
      `${saidCycle(cycle)['zh-CN']}：每级 ${teams} 个班组，共 ${inTeams} 人；机动 ${mobile} 人补足其余班次`,
    en: ({ cycle, teams, inTeams, mobile }) =>
      `${saidCycle(cycle).en}: ${teams} teams a tier, ${inTeams} operators in all; ${mobile} in the mobile team fill the gap`,
  },
  'no-roster-yet': {
    'zh-CN': (_, { audience }) => `还没有排班表${audience === 'terminal' ? '，请先运行 huawu roster' : ''}`,
    en: (_, { audience }) =>
      `There is no roster yet${audience === 'terminal' ? ': run huawu roster first' : ''}`,
  },
  'no-such-roster': {
    'zh-CN': ({ id }) => `没有排班表“${id}”`,
    en: ({ id }) => `There is no roster "${id}"`,
  },
  'no-draft-to-publish': {
    'zh-CN': '没有待发布的排班表',
    en: 'There is no draft to publish',
  },
  'no-such-rules': {
    'zh-CN': ({ rules, known }, { list }) =>
      known.length === 0
        ? '工作区没有用工规则：请把产品 models/labour-rules 文件夹复制到工作区的 models 下'
        : `没有用工规则“${rules}”，可用的有：${list(known)}`,
    en: ({ rules, known }, { list }) =>
      known.length === 0
        ? "The workspace has no labour rules: copy the product's models/labour-rules into its models folder"
        : `There are no labour rules "${rules}"; known: ${list(known)}`,
  },
  'no-such-candidate': {
    'zh-CN': ({ candidates }) => `没有这个人选：共 ${candidates} 个`,
    en: ({ candidates }) => `There is no such candidate: ${candidates} are listed`,
  },
  'swap-breaks-rules': {
    'zh-CN': ({ rules }, { list, say }) => `换班会违反：${list(rules.map(say))}`,
    en: ({ rules }, { list, say }) => `The swap would break: ${list(rules.map(say))}`,
  },
  'change-breaks-rules': {
    'zh-CN': ({ rules }, { list, say }) => `这样改动会违反：${list(rules.map(say))}`,
    en: ({ rules }, { list, say }) => `The change would break: ${list(rules.map(say))}`,
  },
  'publish-breaks-rules': {
    'zh-CN': ({ rules }, { list, say }) =>
      `排班表违反 ${rules.length} 处硬性规则：${list(rules.slice(0, 5).map(say))}${rules.length > 5 ? ' 等' : ''}`,
    en: ({ rules }, { list, say }) =>
      `The roster breaks hard rules ${rules.length} times: ${list(rules.slice(0, 5).map(say))}${rules.length > 5 ? ' and more' : ''}`,
  },
};

type Move = RosterProblems['roster-changed']['moves'][number];

/** Whose day became what. */
const moveSaid = (
  { operator, date, before, after }: Move,
  name: (text: Text) => string,
  language: Language,
  off: string,
): string =>
  `${operator} ${figuresOf(language).day(date)} ${before === null ? off : name(before)}→${after === null ? off : name(after)}`;

/** What is wrong with what a roster is asked, and what to do. */
export const rosterProblems: ProblemSentences<RosterProblems> = {
  'roster-without-operators': {
    message: { 'zh-CN': '没有座席名单，无法排班', en: 'there are no operators to roster' },
    remedy: {
      'zh-CN': '先导入座席名单：huawu ingest operators 文件',
      en: 'import them first: huawu ingest operators FILE',
    },
  },
  'demand-without-skilled': {
    message: {
      'zh-CN': ({ tier }, { name }) => `“${name(tier)}”有班次，但名单上没有人可以担任`,
      en: ({ tier }, { name }) => `"${name(tier)}" has duties, but nobody on the list may serve it`,
    },
    remedy: {
      'zh-CN': '在座席名单中写明该等级的人员（tier），或补上其技能',
      en: "name the tier's people in the operators' file (tier), or give others the skills",
    },
  },
  'operator-without-hours': {
    message: { 'zh-CN': '没有合同工时', en: 'has no contract hours' },
    remedy: {
      'zh-CN': '在座席名单中填写 contract_hours（每周小时数）',
      en: "give contract_hours (hours a week) in the operators' file",
    },
  },
  'operator-not-known': {
    message: { 'zh-CN': '名单上没有这名座席', en: 'is not on the list of operators' },
    remedy: { 'zh-CN': '核对工号', en: "check the operator's number" },
  },
  'no-duty-to-replace': {
    message: { 'zh-CN': '这一天没有班，不需要顶班', en: 'has no duty on that day: nobody need step in' },
    remedy: {
      'zh-CN': ({ from, to }) => `核对工号和日期（排班表为 ${from} 至 ${to}）`,
      en: ({ from, to }) => `check the number and the date (the roster is of ${from} to ${to})`,
    },
  },
  'duty-over-by-then': {
    message: {
      'zh-CN': '此时这个班已经结束，不需要顶班',
      en: 'comes after the end of the duty: nobody need step in',
    },
    remedy: {
      'zh-CN': ({ end }) => `写 ${end} 之前的时刻`,
      en: ({ end }) => `give a time before ${end}`,
    },
  },
  'swap-with-oneself': {
    message: { 'zh-CN': '同一个人不能与自己换班', en: 'a person cannot swap with themselves' },
    remedy: { 'zh-CN': '写明另一名座席', en: 'name another operator' },
  },
  'published-already': {
    message: {
      'zh-CN': ({ from, to }) => `${from} 至 ${to} 的排班已发布`,
      en: ({ from, to }) => `the roster of ${from} to ${to} is published already`,
    },
    remedy: {
      'zh-CN': (_, { audience }) =>
        audience === 'page'
          ? '写明理由后才能替换；小改动请在已发布的排班表上改'
          : '用 --supersede 说明理由后才能替换；小改动用 --repair 或 --swap',
      en: (_, { audience }) =>
        audience === 'page'
          ? 'give the reason to replace it; make small changes in the published one'
          : 'give --supersede with a reason to replace it; for small changes use --repair or --swap',
    },
  },
  'published-wants-reason': {
    message: { 'zh-CN': '这份排班已发布，改动要写明理由', en: 'is published: a change wants a reason' },
    remedy: {
      'zh-CN': '写明理由（why），与改动一起保存',
      en: 'give the reason (why); it is kept with the change',
    },
  },
  'broken-rules-want-reason': {
    message: {
      'zh-CN': '违反硬性规则的改动要写明理由',
      en: 'a change that breaks hard rules wants a reason',
    },
    remedy: {
      'zh-CN': '写明理由（why），与改动一起保存',
      en: 'give the reason (why); it is kept with the change',
    },
  },
  'roster-changed': {
    message: {
      'zh-CN': ({ why, by, moves }, { audience, list, name }) => {
        const what =
          moves.length === 0 ? '发布' : list(moves.map((move) => moveSaid(move, name, 'zh-CN', '休')));
        const said = [by, why].filter((one) => one !== null && one !== '').join('：');
        return `${audience === 'page' ? '' : '已被他人改动：'}${what}${said === '' ? '' : `（${said}）`}`;
      },
      en: ({ why, by, moves }, { audience, list, name }) => {
        const what =
          moves.length === 0 ? 'published' : list(moves.map((move) => moveSaid(move, name, 'en', 'off')));
        const said = [by, why].filter((one) => one !== null && one !== '').join(': ');
        return `${audience === 'page' ? '' : 'changed meanwhile: '}${what}${said === '' ? '' : ` (${said})`}`;
      },
    },
    remedy: {
      'zh-CN': '看过这些改动，再决定是否照旧改动',
      en: 'look at these changes, then ask again if yours still holds',
    },
  },
  'date-outside-roster': {
    message: {
      'zh-CN': ({ from, to }) => `不在排班表 ${from} 至 ${to} 之内`,
      en: ({ from, to }) => `lies outside the roster of ${from} to ${to}`,
    },
    remedy: { 'zh-CN': '改为其中的日期', en: 'give a date within it' },
  },
  'shift-not-known': {
    message: { 'zh-CN': '没有这个班次', en: 'is no shift of the roster' },
    remedy: {
      'zh-CN': ({ known }, { list }) => `可用的有：${list(known)}`,
      en: ({ known }, { list }) => `known: ${list(known)}`,
    },
  },
};
