import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { PlanSummary } from '../contract/http/workspace-document.ts';
import type { PlanLife } from '../contract/plan-life.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { figuresOf } from '../words/figures.ts';
import { messages } from '../words/messages.ts';
import { speak } from '../words/speak.ts';
import { remarksOf } from './answer.ts';
import { hoursTable } from './hours-table.ts';
import { planAccounts, planFigures, planHours, whatIfRequested } from './plan-changes.ts';
import { reportWords } from './report-words.ts';
import { weekScoreText } from './score-text.ts';
import { daysBeyondData, farDays, shortageOf } from '../contract/shortages.ts';
import { cellText, figureText, headed, type Kind, type Spread, type Table } from './table.ts';
import { terminalRows, terminalTable } from './terminal-table.ts';
import { weekAnswer } from './week-answer.ts';
import {
  dayTable,
  levelName,
  peakTable,
  planAssumed,
  planLists,
  planStanding,
  promptTable,
  proofTable,
  shiftsByKind,
  shortageTable,
  shortageTitle,
  transferTable,
} from './week-tables.ts';

/** Which plan it is, and the week in one sentence. */
export const renderPlanBrief = (plan: PlanDocument, language: Language): string =>
  [heading(plan, language), speak(language, 'terminal').say(weekAnswer(plan))].join('\n\n');

/** Rows of prompts in a summary. */
const promptsInSummary = 5;

/**
 * The plan on one screen of the terminal, at most 50 lines: the week's figures, how many are missing, each day with its
 * shifts, the first prompts, and what the rest would tell. Of a what-if the shifts make way for what it changes beside
 * `own`, the plan of its week.
 */
export const renderPlanSummary = (plan: PlanDocument, language: Language, before?: PlanDocument): string => {
  const words = reportWords(language);
  const shown = (table: Table): string => (table.rows.length === 0 ? '' : terminalTable(table, language));
  const prompts = promptTable(plan, language, false);
  const more = prompts.rows.length - promptsInSummary;
  const count = (lines: readonly unknown[]): string => figuresOf(language).count(lines.length);
  return [
    renderPlanBrief(plan, language),
    weekLines(plan, language),
    before === undefined ? '' : besideOwn(before, plan, language),
    shortageTitle(plan, language) ?? '',
    shown(
      dayTable(plan, language, ['date', 'required', 'scheduled', 'connectionRate', 'serviceLevel', 'band']),
    ),
    before === undefined ? shown(shiftsByKind(plan, language)) : '',
    [
      plan.prompts.length === 0
        ? `${words.prompts}${words.colon}${words.none}`
        : shown({ ...prompts, rows: prompts.rows.slice(0, promptsInSummary) }),
      ...(more > 0 ? [words.morePrompts({ count: more })] : []),
    ].join('\n'),
    words.moreOfPlan({
      relaxed: count(plan.relaxed),
      notices: count(plan.notices),
      assumptions: count(plan.assumptions),
    }),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
};

/**
 * The whole plan in the terminal: the week's figures and who is missing where, then what comes of each day, its
 * operators, shifts and prompts, a row a day in each, then the proof and the reasons. Tables fit 80 columns but for long
 * names. A what-if is shown beside `own`, the plan of its week.
 */
export const renderPlanText = (plan: PlanDocument, language: Language, before?: PlanDocument): string => {
  const words = reportWords(language);
  const shown = (table: Table): string => (table.rows.length === 0 ? '' : terminalTable(table, language));
  // Reasons of the forecast stand on the page: here they would bury the rest.
  const lists = planLists(plan, language).filter(({ title }) => title !== words.reasons);
  const list = ({ title, lines }: (typeof lists)[number]): string =>
    [title, ...lines.map((line) => `  · ${line}`)].join('\n');
  const isVariants = ({ title }: (typeof lists)[number]): boolean => title === words.variants;
  return [
    renderPlanBrief(plan, language),
    ...(before === undefined ? [] : [besideOwn(before, plan, language)]),
    weekLines(plan, language),
    shown({ ...shortageTable(plan, language), title: shortageTitle(plan, language) ?? '' }),
    shown(
      dayTable(plan, language, ['date', 'connectionRate', 'serviceLevel', 'band', 'bandChance', 'score']),
    ),
    shown(
      dayTable(plan, language, [
        'date',
        'weekday',
        'calls',
        'peak',
        'required',
        'scheduled',
        'seen',
        'dayKind',
      ]),
    ),
    shown(peakTable(plan, language)),
    shown(hoursTable([{ name: plan.week, steps: plan.total.hoursChain ?? [] }], language)),
    planHours(plan)
      .map((said) => `· ${speak(language, 'terminal').say(said)}`)
      .join('\n'),
    shown(shiftsByKind(plan, language)),
    plan.prompts.length === 0
      ? `${words.prompts}${words.colon}${words.none}`
      : shown(promptTable(plan, language, false)),
    shown(transferTable(plan, language)),
    ...lists.filter(isVariants).map(list),
    proofText(plan, language),
    ...lists.filter((own) => !isVariants(own)).map(list),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
};

/** A what-if beside the plan of its week, figure by figure, and where required hours that it saves went. */
const besideOwn = (before: PlanDocument, plan: PlanDocument, language: Language): string => {
  const { say } = speak(language, 'terminal');
  return [
    reportWords(language).besideOwn({ plan: before.id }),
    ...[...planFigures(before, plan), ...planAccounts(before, plan)].map((said) => `  · ${say(said)}`),
  ].join('\n');
};

const heading = (plan: PlanDocument, language: Language): string => {
  const words = reportWords(language);
  const gap = daysBeyondData(plan);
  return [
    ...remarksOf(plan, language, plan.hotline.madeUp),
    `${inLanguage(plan.hotline.name, language)} · ${words.title} ${plan.week} (${plan.firstDate} ${words.to} ${plan.days[6]?.date ?? ''})`,
    `${words.plan} ${plan.id} · ${words.history} ${plan.history.firstDate} ${words.to} ${plan.history.lastDate}`,
    ...[planStanding(plan, language) ?? []].flat(),
    ...[planAssumed(plan, language) ?? []].flat(),
    ...(gap >= farDays
      ? [words.marked({ words: words.farAhead({ days: gap, date: plan.history.lastDate }) })]
      : []),
  ].join('\n');
};

const proofText = (plan: PlanDocument, language: Language): string => {
  const { proof } = plan;
  if (proof === undefined || proof === null) return '';
  const words = reportWords(language);
  const { operatorHours } = proof.toppedUp;
  return [
    terminalTable(
      { ...proofTable(plan, language), title: words.proofTitle({ count: proof.replications }) },
      language,
    ),
    ...(operatorHours > 0 ? [`${words.toppedUp} ${figuresOf(language).count(operatorHours)}`] : []),
  ].join('\n');
};

/** The week in figures: what a planner looks for first. */
const weekLines = (plan: PlanDocument, language: Language): string => {
  const words = reportWords(language);
  const { total, monitoring, withoutPrompts } = plan;
  const joined = (...parts: readonly string[]): string => parts.join(words.semicolon);
  const spread = (name: string, kind: Kind, value: Spread): string =>
    `${name} ${cellText(value, kind, language)}`;
  const figure = (name: string, kind: Kind, value: number | null): string =>
    `${name} ${figureText(value, kind, language, total.currency)}`;
  const level = levelName(plan, words);
  const band = figure(
    words[monitoring.likeliestBand],
    'share:0',
    monitoring.bandChances[monitoring.likeliestBand],
  );
  return [
    ...(total.paidHours === undefined
      ? []
      : [
          joined(
            figure(words.paidHours, 'hours', total.paidHours),
            ...(total.wages === undefined
              ? []
              : [
                  figure(
                    total.pricesAssumed === true ? words.wagesAssumed : words.wages,
                    'money',
                    total.wages,
                  ),
                ]),
          ),
        ]),
    joined(spread(words.calls, 'calls', total.calls), figure(words.offered, 'calls', total.offered)),
    joined(
      spread(words.connectionRate, 'share', total.connectionRate),
      spread(level, 'share', total.serviceLevel),
    ),
    joined(
      figure(words.speedOfAnswer, 'seconds', total.averageSpeedOfAnswerSeconds),
      figure(words.occupancy, 'share', total.occupancy),
    ),
    joined(
      figure(words.required, 'hours', total.requiredOperatorHours),
      figure(words.scheduled, 'hours', total.scheduledOperatorHours),
      total.seenOperatorHours === null
        ? `${words.seenHours} ${words.notRecorded}`
        : figure(
            total.seenInCalls === true ? words.seenInCalls : words.seenHours,
            'hours',
            total.seenOperatorHours,
          ),
    ),
    ...grossLine(plan, language),
    `${words.testCalls({ count: monitoring.testCalls })}${words.colon}${joined(band, `${words.score} ${weekScoreText(monitoring, language)}`)}`,
    ...(withoutPrompts === null
      ? []
      : [
          `${words.withoutPrompts}${words.colon}${joined(
            figure(words.connectionRate, 'share', withoutPrompts.connectionRate),
            figure(level, 'share', withoutPrompts.serviceLevel),
          )}`,
        ]),
  ].join('\n');
};

/** A shortage, gross and net. */
const grossLine = (plan: PlanDocument, language: Language): string[] => {
  const { openHours, spare } = shortageOf(plan);
  if (openHours < 0.5) return [];
  const { count, signed } = figuresOf(language);
  const net = plan.total.scheduledOperatorHours - plan.total.requiredOperatorHours;
  return [
    reportWords(language).shortGross({ short: count(openHours), spare: count(spare), net: signed(net) }),
  ];
};

const planLifeHeads = messages('plan-life-heads');

const planStateWords = messages('plan-state');

const who = (by: string, language: Language): string =>
  by === '' ? messages('actor-kind').local[language] : by;

/** What a what-if was asked, by which it is called where nobody gave it a name. */
const askedText = (plan: PlanSummary, language: Language): string => {
  const asked = whatIfRequested(plan);
  return asked === undefined ? '' : speak(language, 'terminal').say(asked);
};

/** Every plan with its state, for the terminal. */
export const plansText = (plans: readonly PlanSummary[], language: Language): string =>
  terminalRows(
    language,
    plans,
    headed<PlanSummary>(planLifeHeads.plans[language], [
      ['text', ({ id }) => id],
      ['text', ({ week }) => week],
      ['text', ({ state }) => planStateWords[state][language]],
      ['text', (plan) => plan.name ?? askedText(plan, language)],
      ['text', ({ createdAt }) => createdAt],
    ]),
  );

/** What became of one plan: state, steps, notes. */
export const planLifeText = ({ plan, state, name, steps, notes }: PlanLife, language: Language): string => {
  const head = [plan, planStateWords[state][language], ...(name === null ? [] : [name])].join(' · ');
  const stepRows = terminalRows(
    language,
    steps,
    headed<PlanLife['steps'][number]>(planLifeHeads.steps[language], [
      ['text', ({ at }) => at],
      ['text', ({ by }) => who(by, language)],
      ['text', ({ to }) => planStateWords[to][language]],
      [
        'text',
        ({ reason, supersededBy }) => [reason, supersededBy].filter((one) => one !== null).join(' · '),
      ],
    ]),
  );
  const noteRows = terminalRows(
    language,
    notes,
    headed<PlanLife['notes'][number]>(planLifeHeads.notes[language], [
      ['text', ({ at }) => at],
      ['text', ({ by }) => who(by, language)],
      ['text', ({ text }) => text],
    ]),
  );
  return [head, ...(steps.length === 0 ? [] : [stepRows]), ...(notes.length === 0 ? [] : [noteRows])].join(
    '\n',
  );
};
