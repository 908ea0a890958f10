import { audienceFinding } from '../../contract/contract-findings.ts';
import type {
  Basis,
  DivertDocument,
  LeversDocument,
  SimulateDocument,
} from '../../contract/documents/effect-documents.ts';
import { inLanguage, type Language, type Text } from '../../kernel/text.ts';
import { figuresOf, shownDifference } from '../../words/figures.ts';
import { messages } from '../../words/messages.ts';
import { spoken } from '../../words/phrases.ts';
import { speak } from '../../words/speak.ts';
import { nothingToClose } from '../../contract/shortages.ts';
import { type Column, figureText, headed, type Kind } from '../table.ts';
import { terminalRows } from '../terminal-table.ts';
import { type MergedSpan, mergeSpans } from '../week-tables.ts';
import { bullets, paragraphs } from './paragraphs.ts';

const effectWords = messages('terminal-effect');

type Effect = DivertDocument['before'];

/** What people call a queue, by its key; keys that are missing are reported as they are. */
type QueueNames = ReadonlyMap<string, string>;

/** When and in which queue the worst interval is: '11-29 22:30 综合'; empty where there is none. */
const worstPlace = ({ worstInterval, worstIntervalQueue }: Effect, names: QueueNames): string => {
  if (worstInterval === null) return '';
  const queue = worstIntervalQueue ?? '';
  return `${worstInterval.slice(5, 16).replace('T', ' ')} ${names.get(queue) ?? queue}`.trim();
};

/** Where the worst interval of each column is, a place told once. */
const worstPlaces = (
  columns: readonly (readonly [Text, Effect])[],
  names: QueueNames,
  language: Language,
): string => {
  const words = spoken(effectWords, language);
  const places = Map.groupBy(columns, ([, effect]) => worstPlace(effect, names));
  places.delete('');
  if (places.size === 0) return '';
  const told = [...places].map(([place, own]) => {
    const columnNames = own.map(([name]) => inLanguage(name, language));
    if (places.size === 1) return place;
    return words.placeOf({ place, columns: speak(language, 'terminal').list(columnNames) });
  });
  return `${words.worstInterval}${told.join(words.betweenPlaces)}`;
};

type EffectRow = readonly [name: Text, kind: Kind, figure: (effect: Effect) => number | null];

/** A message with the seconds within which a call counts as answered in time. */
const inTime = ({ answerTimeThresholdSeconds: seconds }: Basis): Text => ({
  'zh-CN': effectWords.serviceLevel['zh-CN']({ seconds }),
  en: effectWords.serviceLevel.en({ seconds }),
});

/** Rows of an effect table: name, kind and the figure. */
const rowsOf = (basis: Basis): readonly EffectRow[] => [
  [effectWords.offered, 'calls', (e) => e.offered],
  [effectWords.connectionRate, 'share', (e) => e.connectionRate],
  [inTime(basis), 'share', (e) => e.serviceLevel],
  [effectWords.worstServiceLevel, 'share', (e) => e.worstIntervalServiceLevel],
  [effectWords.averageSpeedOfAnswer, 'seconds', (e) => e.averageSpeedOfAnswerSeconds],
  [effectWords.occupancy, 'share', (e) => e.occupancy],
  [effectWords.abandoned, 'calls', (e) => e.abandoned],
  [effectWords.blocked, 'calls', (e) => e.blocked],
  [effectWords.callersDiverted, 'calls', (e) => e.callersDiverted],
];

const effectTable = (
  basis: Basis,
  columns: readonly (readonly [Text, Effect])[],
  names: QueueNames,
  language: Language,
): string =>
  [
    terminalRows(language, rowsOf(basis), [
      ['', 'text', ([name]) => inLanguage(name, language)],
      ...columns.map(([name, effect]): Column<EffectRow> => [
        inLanguage(name, language),
        'number',
        ([, kind, figure]) => figureText(figure(effect), kind, language),
      ]),
    ]),
    worstPlaces(columns, names, language),
  ]
    .filter((part) => part !== '')
    .join('\n');

const withPrompts = (document: DivertDocument): readonly (readonly [Text, Effect])[] => [
  [effectWords.with, document.after],
  [effectWords.halfTakeUp, document.halfTakeUp],
  [effectWords.doubleTakeUp, document.doubleTakeUp],
];

/** Prompts, their effect, and the same at half and double the take-up. */
export const divertText = (document: DivertDocument, names: QueueNames, language: Language): string => {
  const words = spoken(effectWords, language);
  const { list, say } = speak(language, 'terminal');
  const byWait = document.prompts.some(({ waitAboveSeconds = 0 }) => waitAboveSeconds > 0);
  const audience: Column<MergedSpan> = [
    words.playedTo,
    'text',
    ({ waitAboveSeconds }) => say(audienceFinding(waitAboveSeconds)),
  ];
  const prompts = terminalRows(language, mergeSpans(document.prompts), [
    [words.date, 'date', ({ date }) => date],
    [words.hours, 'time', ({ from, to }) => `${from}–${to}`],
    [words.queue, 'text', ({ queues }) => list(queues.map((queue) => names.get(queue) ?? queue))],
    [words.prompt, 'text', ({ name }) => inLanguage(name, language)],
    ...(byWait ? [audience] : []),
    [words.diverted, 'calls', ({ callersDiverted }) => callersDiverted],
  ]);
  return paragraphs([
    `${words.plan} ${document.plan}\n${speak(language, 'terminal').say(document.basis.told)}`,
    document.prompts.length === 0 ? words.noPromptIsNeeded : prompts,
    effectTable(
      document.basis,
      [
        [effectWords.without, document.before],
        ...(document.prompts.length === 0 ? [] : withPrompts(document)),
      ],
      names,
      language,
    ),
    words.operatorHoursSavedNet({ hours: figuresOf(language).decimal(document.operatorHoursSavedNet) }),
    terminalRows(language, document.sensitivities, [
      [words.if, 'text', ({ name }) => say(name)],
      [
        inLanguage(inTime(document.basis), language),
        'share',
        ({ effect }) => against(document.after.serviceLevel, effect.serviceLevel, language),
      ],
      [
        words.connectionRateColumn,
        'share',
        ({ effect }) => against(document.after.connectionRate, effect.connectionRate, language),
      ],
      [words.callersDivertedColumn, 'calls', ({ effect }) => effect.callersDiverted],
    ]),
    document.fragile ? words.fragile : '',
    bullets(document.reasons, language),
    bullets(document.assumptions, language),
  ]);
};

/** A rate, and by how many points it differs from the one in the table above. */
const against = (as: number | null, rate: number | null, language: Language): string => {
  const { percent, points } = figuresOf(language);
  if (as === null || rate === null) return percent(rate);
  return `${percent(rate)} (${points(shownDifference(as, rate))})`;
};

/** Where a simulated week's first callers ended: the parts sum to the whole. */
const callersText = (callers: Callers, language: Language): string =>
  terminalRows(language, ends, [
    [spoken(effectWords, language).whereFirstCallersEnded, 'text', ([, name]) => inLanguage(name, language)],
    [figuresOf(language).count(callers.first), 'calls', ([key]) => callers[key]],
  ]);

type Callers = NonNullable<SimulateDocument['proof']>['callers'];
const ends: readonly (readonly [keyof Callers, Text])[] = [
  ['settledByOperator', effectWords.answered],
  ['gaveUpAfterAbandoning', effectWords.gaveUpAfterAbandoning],
  ['gaveUpAfterBlocking', effectWords.gaveUpAfterBlocking],
  ['settledOnline', effectWords.servedOnline],
  ['divertedForGood', effectWords.divertedForGood],
  ['stillOpen', effectWords.stillOpen],
];

/** A scenario beside the plan as it is. */
export const simulateText = (document: SimulateDocument, names: QueueNames, language: Language): string => {
  const words = spoken(effectWords, language);
  const { proof } = document;
  const range = ([estimate, half]: readonly [number, number]): string =>
    [estimate, half].map((share) => figuresOf(language).percent(share)).join(' ± ');
  return paragraphs([
    `${words.plan} ${document.plan} · ${words.scenario} ${document.scenario}\n${speak(language, 'terminal').say(document.basis.told)}`,
    effectTable(
      document.basis,
      [
        [effectWords.asPlanned, document.baseline],
        [effectWords.scenario, document.outcome],
      ],
      names,
      language,
    ),
    proof === null
      ? ''
      : words.simulated({
          replications: proof.replications,
          seconds: document.basis.answerTimeThresholdSeconds,
          connectionRate: range(proof.connectionRate),
          serviceLevel: range(proof.serviceLevel),
        }),
    proof === null ? '' : callersText(proof.callers, language),
    bullets(document.assumptions, language),
  ]);
};

type Lever = LeversDocument['levers'][number];
type Row = Pick<
  Lever,
  'reachesTarget' | 'cost' | 'recoveredCallers' | 'costPerRecovered' | 'callsShort' | 'effect'
> & { readonly name: string; readonly amount: string };

/** The same target by every lever, and the best mix; where there is no gap to close, a sentence that says so. */
export const leversText = (document: LeversDocument, language: Language): string => {
  const words = spoken(messages('terminal-levers'), language);
  const { before, levers, mix } = document;
  const { say } = speak(language, 'terminal');
  const heading = `${words.plan} ${document.plan}\n${say(document.basis.told)}`;
  if (nothingToClose(document)) return paragraphs([heading, bullets(document.reasons, language)]);
  const { count, percent } = figuresOf(language);
  const short = words.callsShortOfThe({
    callsShortBefore: count(document.callsShortBefore),
    callsShortTarget: count(document.callsShortTarget),
    connectionRate: percent(before.connectionRate),
    seconds: document.basis.answerTimeThresholdSeconds,
    serviceLevel: percent(before.serviceLevel),
  });
  const together: Row[] =
    mix === null
      ? []
      : [
          {
            ...mix,
            name: words.bestMixFound,
            reachesTarget: mix.callsShort <= document.callsShortTarget,
            amount: words.mostCallersRecoveredWithin({ budget: count(mix.budget) }),
          },
        ];
  const table = terminalRows<Row>(
    language,
    [...levers.map((row) => ({ ...row, name: say(row.name), amount: say(row.amount) })), ...together],
    headed<Row>(words.heads.toSpliced(7, 0, inLanguage(inTime(document.basis), language)), [
      ['text', ({ name }) => name],
      ['text', ({ reachesTarget }) => (reachesTarget ? words.yes : words.no)],
      ['number:0', ({ cost }) => cost],
      ['calls', ({ recoveredCallers }) => recoveredCallers],
      ['number', ({ costPerRecovered }) => costPerRecovered],
      ['calls', ({ callsShort }) => callsShort],
      ['share', ({ effect }) => effect.connectionRate],
      ['share', ({ effect }) => effect.serviceLevel],
      ['text', ({ amount }) => amount],
    ]),
  );
  return paragraphs([
    heading,
    short,
    table,
    bullets([...document.reasons, ...document.assumptions], language),
  ]);
};
