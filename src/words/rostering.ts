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
import { type Language, languages } from '../kernel/text.ts';
import type { RosterFindings, RosterProblems } from '../planning/roster/roster-findings.ts';
import { filledWith, messageFilledWith, messages, wordsIn } from './messages.ts';
import { planNamed, type Speech } from './speech.ts';
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

const { parts, ...said } = messages('roster');
const rosterProblemsSaid = messages('roster-problems');

/** A rule in words; its own numbers go with its code. */
const ruleIn = ({ rule }: { readonly rule: LabourRule }, speech: Speech): string => {
  const wording = ruleSentences[rule.rule][speech.language];
  return typeof wording === 'string' ? wording : wording(rule as never, speech);
};

/** Broken rules named one by one, and people of each. */
const mostBroken = 5;
const mostNamed = 6;

/** Broken rules, each with whom it breaks for. */
const brokenRules = ({ rules }: RosterFindings['change-breaks-rules']) => ({
  rules: rules.slice(0, mostBroken).map(({ rule, operators }) => ({
    rule,
    operators: operators.slice(0, mostNamed),
    more: operators.length > mostNamed,
  })),
  all: rules.reduce((sum, { times }) => sum + times, 0),
  more: rules.length > mostBroken,
});

/** What rosters have to say. */
export const rosterSentences: Sentences<RosterFindings> = {
  ...said,
  'labour-rule': { 'zh-CN': ruleIn, en: ruleIn },
  'plan-repeated': filledWith(said['plan-repeated'], ({ week, weeks: [first = '', last = ''] }) => ({
    week,
    first,
    last,
  })),
  'contract-hours-left': filledWith(said['contract-hours-left'], ({ tiers = [], ...hours }, speech) => ({
    ...hours,
    byTier:
      tiers.length < 2
        ? null
        : speech.list(tiers.map(({ tier, left }) => `${speech.name(tier)} ${speech.whole(left)}`)),
  })),
  'plan-behind': filledWith(said['plan-behind'], ({ plan, state, changed, newer }, speech) => {
    const { language, audience } = speech;
    const inputs = changed.map((input) => planInputNames[input]);
    return {
      plan: planNamed(plan, audience),
      why: [
        ...(state === 'approved' || state === 'published'
          ? []
          : [parts.planState[language]({ state: planStateNames[state] })]),
        ...(changed.length === 0 ? [] : [parts.planChanged[language]({ changed: inputs })]),
        ...(newer === null ? [] : [wordsIn(parts.planNewer, { newer }, speech)]),
      ],
    };
  }),
  'cycle-teams': filledWith(said['cycle-teams'], (teams) => ({ ...teams, cycle: saidCycle(teams.cycle) })),
  'swap-breaks-rules': filledWith(said['swap-breaks-rules'], brokenRules),
  'change-breaks-rules': filledWith(said['change-breaks-rules'], brokenRules),
  'publish-breaks-rules': filledWith(said['publish-breaks-rules'], brokenRules),
};

/** What is wrong with what a roster is asked, and what to do. */
export const rosterProblems: ProblemSentences<RosterProblems> = {
  ...rosterProblemsSaid,
  'roster-changed': messageFilledWith(rosterProblemsSaid['roster-changed'], ({ why, by, moves }, speech) => ({
    moves: moves.map(({ illFrom, ...move }) =>
      wordsIn(parts.move, { ...move, ill: illFrom !== undefined }, speech),
    ),
    said: [by, why].filter((one) => one !== null && one !== '').join(speech.language === 'en' ? ': ' : '：'),
  })),
};

type RuleSentences = { readonly [Code in LabourRuleCode]: Sentence<LabourRuleOf<Code>> };

const rules = messages('labour-rules');

/** Each labour rule by name and numbers. */
const ruleSentences: RuleSentences = {
  ...rules,
  'forbidden-sequence': filledWith(rules['forbidden-sequence'], ({ pairs }) => ({
    pairs: pairs.map((pair) => pair.join('→')),
  })),
};

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
export const readCycle = (text: string): string | undefined => {
  const named = cycleNames.find(
    (name) => name === text.trim() || Object.values(names[name]).includes(text.trim()),
  );
  if (named !== undefined) return named;
  const read = new Map(
    cycleDays.flatMap((day) =>
      [...Object.values(letters[day]).join('')].map((letter) => [letter, cycleLetters[day]] as const),
    ),
  );
  const days = [...text.toUpperCase().replaceAll(/[\s,，、·-]/g, '')].map(
    (letter) => read.get(letter) ?? '?',
  );
  return cycleText.test(days.join('')) ? days.join('') : undefined;
};
