import type {
  BandsDocument,
  MixDocument,
  RequirementDocument,
} from '../../contract/documents/requirement-document.ts';
import { inLanguage, type Language, type Text } from '../../kernel/text.ts';
import type { ModelSimulation } from '../../queueing/simulator/simulate-model.ts';
import type { SimulationModel } from '../../queueing/simulator/simulation-model.ts';
import { figuresOf } from '../../words/figures.ts';
import { messages } from '../../words/messages.ts';
import { phrases, spoken } from '../../words/phrases.ts';
import { speak } from '../../words/speak.ts';
import { type Answer, remarksOf } from '../answer.ts';
import { reportWords } from '../report-words.ts';
import { type Cell, cellText, type Column, headed, type Kind, type Table, tableOf } from '../table.ts';
import { terminalRows } from '../terminal-table.ts';
import { priceLines } from '../week-tables.ts';
import { bullets } from './paragraphs.ts';

/** One operator more or less, and what rates cost. */
const requirementWords = phrases(messages('terminal-requirement'));

/** What a band takes by the number of test calls, and what a sample says. */
const bandsWords = phrases(messages('terminal-bands'));

/** One operator more or less, tier by tier, and what rates cost. */
export const requirementAnswer = (
  document: RequirementDocument,
  language: Language,
  madeUp = false,
): Answer => {
  const words = spoken(requirementWords, language);
  const at = document.at.replace('T', ' ');
  const title = words.effectsTitle({ plan: document.plan, at, isWeakest: document.atFrom === 'weakest' });
  type Row = { readonly name: Text } & RequirementDocument['tiers'][number]['effects'][number];
  const effects = tableOf<Row>(
    document.tiers.flatMap(({ name, effects: own }) => own.map((row) => ({ name, ...row }))),
    headed<Row>(words.effectHeads.toSpliced(4, 0, inTime(document, language)), [
      ['text', ({ name }) => inLanguage(name, language)],
      ['signed', ({ change }) => change],
      ['operators:1', ({ operators }) => operators],
      ['share', ({ connectionRate }) => connectionRate],
      ['share', ({ serviceLevel }) => serviceLevel],
      ['seconds', ({ averageSpeedOfAnswerSeconds }) => averageSpeedOfAnswerSeconds],
      ['share', ({ occupancy }) => occupancy],
      ['number', ({ abandoned }) => abandoned],
      ['number', ({ blocked }) => blocked],
      ['signed:1', ({ answeredMore }) => answeredMore],
    ]),
  );
  const notices = document.notices.map((said) => bullets([said], language));
  const curve = curveParts(document, language);
  const lines = document.prices === undefined ? [] : priceLines(document.prices, language);
  const prices = lines.length === 0 ? [] : [[reportWords(language).variants, ...lines].join('\n  · ')];
  return {
    title: words.title,
    remarks: remarksOf(document, language, madeUp),
    parts:
      curve.length === 0
        ? [[title, effects, ...prices, ...notices]]
        : [
            [title, effects],
            [...curve, ...prices, ...notices],
          ],
  };
};

const inTime = ({ answerTimeThresholdSeconds: seconds }: RequirementDocument, language: Language): string =>
  spoken(requirementWords, language).serviceLevel({ seconds });

const curveParts = (document: RequirementDocument, language: Language): (string | Table)[] => {
  const { curve } = document;
  if (curve === null) return [];
  const words = spoken(requirementWords, language);
  const measure = curve.measure === 'connection-rate' ? words.connectionRate : inTime(document, language);
  const required = figuresOf(language).count(curve.requiredOperatorHours);
  return [
    words.curveTitle({ measure, required }),
    tableOf(
      curve.points,
      headed<(typeof curve.points)[number]>(words.curveHeads, [
        ['share:0', ({ rate }) => rate],
        ['hours', ({ operatorHours }) => operatorHours],
        ['signed', ({ operatorHours }) => operatorHours - curve.requiredOperatorHours],
        ['text', ({ reached }) => (reached ? words.yes : words.no)],
      ]),
    ),
  ];
};

const bandNames = messages('terminal-band-names');

/** What hot takes, by the number of test calls; then what a sample says, where one was given. */
export const bandsAnswer = (document: BandsDocument, language: Language, madeUp: boolean): Answer => ({
  title: spoken(bandsWords, language).title,
  remarks: remarksOf({}, language, madeUp),
  parts: [
    ruleText(document, language),
    needsTable(document, language),
    ...(document.sample === null
      ? []
      : [sampleText(document.sample, language), chancesTable(document.sample, language)]),
    ...document.notices.map((notice) => speak(language, 'terminal').say(notice)),
  ],
});

const ruleText = ({ monitor, plan }: BandsDocument, language: Language): string => {
  const { attempts, longestWaitSeconds: seconds, hotFrom } = monitor;
  const words = spoken(bandsWords, language);
  const rule = words.rule({ monitor: inLanguage(monitor.name, language), attempts, seconds, hotFrom });
  return plan === null ? rule : `${rule}${words.operatorHoursOfBefore({ week: plan.week })}`;
};

const needsTable = ({ needs, monitor, plan }: BandsDocument, language: Language): Table => {
  const words = spoken(bandsWords, language);
  type Need = BandsDocument['needs'][number];
  type Row = Need & { readonly one: Need['chances'][number] };
  const attempt: Column<Row> = [words.perAttempt, 'share:2', ({ one }) => one.attemptRate];
  const hours: Column<Row> = [words.operatorHours, 'hours', ({ one }) => one.operatorHours];
  return tableOf<Row>(
    needs.flatMap((need) => need.chances.map((one) => ({ ...need, one }))),
    [
      [words.testCalls, 'calls', ({ testCalls }) => testCalls],
      [words.mustConnect, 'calls', ({ needed }) => needed],
      [words.mayFail, 'calls', ({ failuresAllowed }) => failuresAllowed],
      [words.chanceOfHot, 'share:0', ({ one }) => one.chance],
      [words.trueRateNeeded, 'share:2', ({ one }) => one.testRate],
      ...(monitor.attempts > 1 ? [attempt] : []),
      ...(plan === null ? [] : [hours]),
    ],
  );
};

type Sample = NonNullable<BandsDocument['sample']>;

const sampleText = (
  { connected, testCalls, rate, low, high, band, pooled }: Sample,
  language: Language,
): string => {
  const { percent } = figuresOf(language);
  return spoken(bandsWords, language).sample({
    connected,
    testCalls,
    seen: percent(rate, 2),
    band: bandNames[band][language],
    range: cellText({ low, high }, 'share:2', language),
    hotlines: pooled.hotlines,
    drawn: `${percent(pooled.rate)} (${cellText(pooled, 'share', language)})`,
  });
};

const chancesTable = ({ nextBandChances, pooled }: Sample, language: Language): Table => {
  const words = spoken(bandsWords, language);
  const order = ['hot', 'warm', 'cold', 'dead'] as const;
  type Row = readonly [name: string, chances: Sample['nextBandChances']];
  return tableOf<Row>(
    [
      [words.nextMonitoringIfThe, nextBandChances],
      [words.nextMonitoringBesideThe, pooled.nextBandChances],
      [words.trueRateBesideThe, pooled.trueBandChances],
    ],
    [
      [words.chanceOfTheBand, 'text', ([name]) => name],
      ...order.map((band): Column<Row> => [
        bandNames[band][language],
        'share',
        ([, chances]) => chances[band],
      ]),
    ],
  );
};

type HeldRate = NonNullable<MixDocument['classes'][number]['connectionRate']>;

/** The least mix of a bare model, what it was held against, and what one operator fewer does. */
export const mixText = (document: MixDocument, names: ModelNames, language: Language): string => {
  const words = spoken(messages('terminal-mix'), language);
  const ofClass = (c: number): string => numberAndName(c, names.classes);
  const ofPool = (p: number): string => numberAndName(p, names.pools);
  const rateColumns: readonly (readonly [Kind, (row: HeldRate) => Cell])[] = [
    ['share', ({ target }) => target],
    ['share', ({ simulated }) => simulated],
    ['share:2', ({ halfWidth }) => halfWidth],
    ['text', ({ holds }) => (holds === null ? words.undecided : holds ? words.holds : words.fails)],
  ];
  type Pool = MixDocument['pools'][number];
  type Design = readonly [name: string, hours: number];
  type Held = HeldRate & { readonly class: number; readonly measure: 'connectionRate' | 'serviceLevel' };
  type Fewer = MixDocument['oneFewer'][number];
  const held = document.classes.flatMap((row) =>
    (['connectionRate', 'serviceLevel'] as const).flatMap((measure): Held[] => {
      const rate = row[measure];
      return rate === null ? [] : [{ ...rate, class: row.class, measure }];
    }),
  );
  const { mix, pooled, dedicated } = document.byFormula;
  return [
    words.title,
    terminalRows(
      language,
      document.pools,
      headed<Pool>(words.pools, [
        ['text', ({ pool }) => ofPool(pool)],
        ['text', ({ staff }) => staffCell(staff)],
        ['hours:1', ({ operatorHours }) => operatorHours],
      ]),
    ),
    '',
    terminalRows<Design>(
      language,
      [
        [words.found, document.operatorHours],
        [words.formula, mix],
        [words.pooled, pooled],
        [words.dedicated, dedicated],
      ],
      headed<Design>(words.bounds, [
        ['text', ([name]) => name],
        ['hours:1', ([, hours]) => hours],
      ]),
    ),
    '',
    terminalRows(
      language,
      held,
      headed<Held>(words.classes, [
        ['text', (row) => ofClass(row.class)],
        ['text', ({ measure }) => words[measure]],
        ...rateColumns,
      ]),
    ),
    '',
    words.fewer,
    terminalRows(
      language,
      document.oneFewer,
      headed<Fewer>(words.fewerHeads, [
        ['text', ({ pool }) => ofPool(pool)],
        ['number:0', ({ interval }) => interval],
        ['text', (row) => ofClass(row.class)],
        ['text', ({ measure }) => words[measure]],
        ...rateColumns,
      ]),
    ),
    ...document.notices.map((said) => `· ${speak(language, 'terminal').say(said)}`),
  ].join('\n');
};

/** One figure where all intervals have the same. */
const staffCell = (staff: readonly number[]): string =>
  new Set(staff).size === 1 ? String(staff[0]) : staff.join(' ');

/** Measures of a bare model with the half width of their 95 % interval. */
export const modelSimulationText = (
  measured: ModelSimulation,
  names: ModelNames,
  language: Language,
): string => {
  const words = spoken(messages('terminal-model-simulation'), language);
  const table = (title: string, measures: ModelSimulation['all']): string =>
    terminalRows(
      language,
      Object.entries(measures),
      [
        [words.measure, 'text', ([measure]) => measure],
        [words.estimate, 'number', ([, value]) => value?.[0].toPrecision(6) ?? null],
        ['±', 'number', ([, value]) => value?.[1].toPrecision(2) ?? null],
      ],
      { title },
    );
  return [
    table(words.allCalls, measured.all),
    ...measured.per_class.map((m, i) => table(`${words.class} ${numberAndName(i, names.classes)}`, m)),
    ...measured.pools.map((m, i) => table(`${words.pool} ${numberAndName(i, names.pools)}`, m)),
  ].join('\n\n');
};

/** What a bare model's author calls its classes and pools; undefined where no name was given. */
interface ModelNames {
  readonly classes: readonly (string | undefined)[];
  readonly pools: readonly (string | undefined)[];
}

export const namesOfModel = ({ classes, pools }: SimulationModel): ModelNames => ({
  classes: classes.map(({ name }) => name),
  pools: pools.map(({ name }) => name),
});

/** Number as in the model's file (from 0), with the name where there is one: '0 general'. */
const numberAndName = (number: number, names: readonly (string | undefined)[]): string =>
  [String(number), names[number] ?? ''].join(' ').trim();
