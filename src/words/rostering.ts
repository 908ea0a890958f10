import type { LabourRule, LabourRuleCode, LabourRuleOf } from '../contract/models/labour-rules-model.ts';
import type { PlanInput } from '../contract/plan-life.ts';
import {
  type CycleDay,
  cycleDays,
  cycleLetters,
  type CycleName,
  cycleNames,
  cycleText,
  isCycleName,
  rosterCycle,
} from '../contract/roster-cycles.ts';
import { type Language, languages, type Text } from '../kernel/text.ts';
import type { RosterFindings, RosterProblems } from '../planning/roster/roster-findings.ts';
import { figuresOf } from './figures.ts';
import { messages } from './messages.ts';
import { planNamed } from './speech.ts';
import type { Label, ProblemSentences, Sentence, Sentences } from './sentences.ts';

const life = messages('page-plan-life');

/** What a plan rests on, by name. */
export const planInputNames: Readonly<Record<PlanInput, Label>> = {
  ...messages('model-titles'),
  events: life['life.events'],
  overrules: life['life.overrules'],
  records: life['life.records'],
};

const planStateNames = messages('plan-state');

const rosterProblemsSaid = messages('roster-problems');

/** A rule in words; its own numbers go with its code. */
const labourRuleSentence: Sentence<{ readonly rule: LabourRule }> = {
  'zh-CN': ({ rule }, speech) => worded(ruleSentences[rule.rule]['zh-CN'], rule, speech),
  en: ({ rule }, speech) => worded(ruleSentences[rule.rule].en, rule, speech),
};

/** What rosters have to say. */
export const rosterSentences: Sentences<RosterFindings> = {
  ...messages('roster'),
  'labour-rule': labourRuleSentence,
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
            `${figuresOf('zh-CN').day(date)} ${onDuty ? (moreAway > 0 ? `同级还可休 ${moreAway} 人` : '同级已无人可替，准假将缺岗') : '本来就休'}`,
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
  'carried-over': {
    'zh-CN': ({ ill, changed, lost }, { list }) =>
      `沿用已发布排班表：病假 ${ill} 人次，换班、顶班、固定与手工改动 ${changed} 天${lost.length === 0 ? '' : `；未能保留（班次已无，或与硬性规则冲突）：${list(lost.map((one) => `${one.operator} ${one.date}`))}`}。`,
    en: ({ ill, changed, lost }, { list, counted }) =>
      `Kept from the published roster: ${counted(ill, 'day of illness', 'days of illness')}, ${counted(changed, 'day')} swapped, stood in for, pinned or changed by hand${lost.length === 0 ? '' : `; not kept, as the shift is gone or a hard rule would break: ${list(lost.map((one) => `${one.operator} ${one.date}`))}`}.`,
  },
  'plan-repeated': {
    'zh-CN': ({ week, weeks }) => `${weeks[0]} 至 ${weeks[1]} 没有周计划，沿用 ${week} 同一星期几的班次`,
    en: ({ week, weeks }) =>
      `${weeks[0]} to ${weeks[1]} have no plan of their own: the shifts of ${week} are repeated by weekday`,
  },
  'leave-known-by-name': {
    'zh-CN': ({ shares }, { list, name, shortPercent }) =>
      `请假已按人记录，计划中为休假预留的份额已从班次中扣除：${list(shares.map(({ tier, share }) => `${name(tier)} ${shortPercent(share)}`))}`,
    en: ({ shares }, { list, name, shortPercent }) =>
      `Leave is known by name, so the share that the plan keeps for it is taken off its shifts: ${list(shares.map(({ tier, share }) => `${name(tier)} ${shortPercent(share)}`))}`,
  },
  'plan-behind': {
    'zh-CN': ({ plan, state, changed, newer }, { list, audience }) =>
      `计划 ${planNamed(plan, audience)}：${[
        ...(state === 'approved' || state === 'published'
          ? []
          : [`${planStateNames[state]['zh-CN']}，尚未批准`]),
        ...(changed.length === 0
          ? []
          : [`制定之后${list(changed.map((input) => planInputNames[input]['zh-CN']))}有改动`]),
        ...(newer === null ? [] : [`本周现行计划已是${audience === 'page' ? '另一份' : ` ${newer}`}`]),
      ].join('；')}`,
    en: ({ plan, state, changed, newer }, { list, audience }) =>
      `Plan ${audience === 'page' ? 'of ' : ''}${planNamed(plan, audience)}: ${[
        ...(state === 'approved' || state === 'published'
          ? []
          : [`${planStateNames[state].en}, not approved`]),
        ...(changed.length === 0
          ? []
          : [
              `changed since it was made: ${list(changed.map((input) => planInputNames[input].en.toLowerCase()))}`,
            ]),
        ...(newer === null ? [] : [`the week's plan by now is ${audience === 'page' ? 'another' : newer}`]),
      ].join('; ')}`,
  },
  'cycle-teams': {
    'zh-CN': ({ cycle, teams, inTeams, mobile }) =>
      `${saidCycle(cycle)['zh-CN']}：每级 ${teams} 个班组，共 ${inTeams} 人；机动 ${mobile} 人补足其余班次`,
    en: ({ cycle, teams, inTeams, mobile }) =>
      `${saidCycle(cycle).en}: ${teams} teams a tier, ${inTeams} operators in all; ${mobile} in the mobile team fill the gap`,
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
  { operator, date, before, after, illFrom }: Move,
  name: (text: Text) => string,
  language: Language,
): string => {
  const { off, ill } = notOnDuty[language];
  const is = illFrom === undefined ? off : ill;
  return `${operator} ${figuresOf(language).day(date)} ${before === null ? off : name(before)}→${after === null ? is : name(after)}`;
};

const notOnDuty = { 'zh-CN': { off: '休', ill: '病假' }, en: { off: 'off', ill: 'ill' } };

/** What is wrong with what a roster is asked, and what to do. */
export const rosterProblems: ProblemSentences<RosterProblems> = {
  ...rosterProblemsSaid,
  'roster-changed': {
    ...rosterProblemsSaid['roster-changed'],
    message: {
      'zh-CN': ({ why, by, moves }, { audience, list, name }) => {
        const what = moves.length === 0 ? '发布' : list(moves.map((move) => moveSaid(move, name, 'zh-CN')));
        const said = [by, why].filter((one) => one !== null && one !== '').join('：');
        return `${audience === 'page' ? '' : '其间已改动：'}${what}${said === '' ? '' : `（${said}）`}`;
      },
      en: ({ why, by, moves }, { audience, list, name }) => {
        const what = moves.length === 0 ? 'published' : list(moves.map((move) => moveSaid(move, name, 'en')));
        const said = [by, why].filter((one) => one !== null && one !== '').join(': ');
        return `${audience === 'page' ? '' : 'changed meanwhile: '}${what}${said === '' ? '' : ` (${said})`}`;
      },
    },
  },
};

type RuleSentences = { readonly [Code in LabourRuleCode]: Sentence<LabourRuleOf<Code>> };

/** Least and most hours, whichever there are. */
const boundsInChinese = ({
  least,
  most,
}: {
  readonly least?: number | undefined;
  readonly most?: number | undefined;
}): string =>
  [...(least === undefined ? [] : [`至少 ${least}`]), ...(most === undefined ? [] : [`至多 ${most}`])].join(
    '、',
  );
const boundsInEnglish = ({
  least,
  most,
}: {
  readonly least?: number | undefined;
  readonly most?: number | undefined;
}): string =>
  [
    ...(least === undefined ? [] : [`at least ${least}`]),
    ...(most === undefined ? [] : [`at most ${most}`]),
  ].join(', ');

/** Each labour rule by name and numbers. */
const ruleSentences: RuleSentences = {
  ...messages('labour-rules'),
  'forbidden-sequence': {
    'zh-CN': ({ pairs }, { list }) => `不得连排：${list(pairs.map((pair) => pair.join('→')))}`,
    en: ({ pairs }, { list }) => `not on consecutive days: ${list(pairs.map((pair) => pair.join('→')))}`,
  },
  'hours-a-week': {
    'zh-CN': (rule) => `每周工时${boundsInChinese(rule)} 小时（按合同折算）`,
    en: (rule) => `${boundsInEnglish(rule)} hours a week (in proportion to the contract)`,
  },
  'hours-in-period': {
    'zh-CN': (rule) => `本期工时${boundsInChinese(rule)} 小时（按合同折算）`,
    en: (rule) => `${boundsInEnglish(rule)} hours in the period (in proportion to the contract)`,
  },
};

const worded = <Values>(
  wording: string | ((values: never, speech: Values) => string),
  rule: LabourRule,
  speech: Values,
): string => (typeof wording === 'string' ? wording : wording(rule as never, speech));

/** What rotations are called. */
const names: Readonly<Record<CycleName, Label>> = messages('cycle-names');

/** Letters of a rotation's days; the first is what is shown, all are read. */
const letters: Readonly<Record<CycleDay, Label>> = messages('cycle-letters');

/** A rotation's name, or its days as letters. */
export const saidCycle = (cycle: string): Label => {
  if (isCycleName(cycle)) return names[cycle];
  const { pattern } = rosterCycle(cycle);
  const inLetters = (language: Language): string =>
    pattern.map((day) => [...letters[day][language]][0] ?? cycleLetters[day]).join('');
  return Object.fromEntries(languages.map((language) => [language, inLetters(language)])) as Label;
};

/** A rotation as it was said: by name, or day by day in letters of either language; undefined where it is none. */
export const readCycle = (said: string): string | undefined => {
  const named = cycleNames.find(
    (name) => name === said.trim() || Object.values(names[name]).includes(said.trim()),
  );
  if (named !== undefined) return named;
  const read = new Map(
    cycleDays.flatMap((day) =>
      [...Object.values(letters[day]).join('')].map((letter) => [letter, cycleLetters[day]] as const),
    ),
  );
  const days = [...said.toUpperCase().replaceAll(/[\s,，、·-]/g, '')].map(
    (letter) => read.get(letter) ?? '?',
  );
  return cycleText.test(days.join('')) ? days.join('') : undefined;
};
