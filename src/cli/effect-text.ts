import { spoken } from '../words/phrases.ts';
import { effectWords } from '../words/terminal/effect.ts';
import type { Sayable } from '../kernel/finding.ts';
import type { DivertDocument } from '../contract/documents/divert-document.ts';
import type { SimulateDocument } from '../contract/documents/simulate-document.ts';
import { audienceTold } from '../contract/documents/audience-told.ts';
import { shownDifference } from '../kernel/shown-difference.ts';
import { inLanguage, type Language, type Text } from '../kernel/text.ts';
import { decimal, percent, whole } from '../render/format.ts';
import { mergeSpans } from '../render/merge-spans.ts';
import { textTable } from '../render/text-table.ts';
import { speak } from '../words/speak.ts';

type Effect = DivertDocument['before'];

/** What people call a queue, by its key; keys that are missing are told as they are. */
export type QueueNames = ReadonlyMap<string, string>;

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

/** Rows of an effect table: name, and the figure as it is read. */
const rows: readonly (readonly [Text, (effect: Effect) => string])[] = [
  [effectWords.offered, (e) => whole(e.offered)],
  [effectWords.connectionRate, (e) => percent(e.connectionRate)],
  [effectWords.serviceLevel, (e) => percent(e.serviceLevel)],
  [effectWords.worstServiceLevel, (e) => percent(e.worstIntervalServiceLevel)],
  [effectWords.averageSpeedOfAnswer, (e) => decimal(e.averageSpeedOfAnswerSeconds)],
  [effectWords.occupancy, (e) => percent(e.occupancy)],
  [effectWords.abandoned, (e) => whole(e.abandoned)],
  [effectWords.blocked, (e) => whole(e.blocked)],
  [effectWords.callersDiverted, (e) => whole(e.callersDiverted)],
];

const effectTable = (
  columns: readonly (readonly [Text, Effect])[],
  names: QueueNames,
  language: Language,
): string =>
  [
    textTable(
      ['', ...columns.map(([name]) => inLanguage(name, language))],
      rows.map(([name, figure]) => [
        inLanguage(name, language),
        ...columns.map(([, effect]) => figure(effect)),
      ]),
    ),
    worstPlaces(columns, names, language),
  ]
    .filter((part) => part !== '')
    .join('\n');

const bullets = (lines: readonly Sayable[], language: Language): string =>
  lines.map((line) => `· ${speak(language, 'terminal').say(line)}`).join('\n');

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n\n');

const withPrompts = (document: DivertDocument): readonly (readonly [Text, Effect])[] => [
  [effectWords.with, document.after],
  [effectWords.halfTakeUp, document.halfTakeUp],
  [effectWords.doubleTakeUp, document.doubleTakeUp],
];

/** Prompts, their effect, and the same at half and double the take-up. */
export const divertText = (document: DivertDocument, names: QueueNames, language: Language): string => {
  const words = spoken(effectWords, language);
  const byWait = document.prompts.some(({ waitAboveSeconds = 0 }) => waitAboveSeconds > 0);
  const prompts = mergeSpans(document.prompts).map((p) => [
    p.date,
    `${p.from}–${p.to}`,
    speak(language, 'terminal').list(p.queues.map((queue) => names.get(queue) ?? queue)),
    inLanguage(p.name, language),
    ...(byWait ? [speak(language, 'terminal').say(audienceTold(p.waitAboveSeconds))] : []),
    whole(p.callersDiverted),
  ]);
  const heads = [words.date, words.hours, words.queue, words.prompt];
  return joined([
    `${words.plan} ${document.plan}\n${speak(language, 'terminal').say(document.basis.told)}`,
    prompts.length === 0
      ? words.noPromptIsNeeded
      : textTable([...heads, ...(byWait ? [words.playedTo] : []), words.diverted], prompts),
    effectTable(
      [[effectWords.without, document.before], ...(prompts.length === 0 ? [] : withPrompts(document))],
      names,
      language,
    ),
    words.operatorHoursSavedNet({ hours: decimal(document.operatorHoursSavedNet) }),
    textTable(
      [words.if, words.serviceLevelColumn, words.connectionRateColumn, words.callersDivertedColumn],
      document.sensitivities.map(({ name, effect }) => [
        speak(language, 'terminal').say(name),
        against(document.after.serviceLevel, effect.serviceLevel),
        against(document.after.connectionRate, effect.connectionRate),
        whole(effect.callersDiverted),
      ]),
    ),
    document.fragile ? words.fragile : '',
    bullets(document.reasons, language),
    bullets(document.assumptions, language),
  ]);
};

/** A rate, and by how many points it differs from the one in the table above. */
const against = (as: number | null, rate: number | null): string => {
  if (as === null || rate === null) return percent(rate);
  const change = shownDifference(as, rate);
  return `${percent(rate)} (${change < 0 ? '−' : '+'}${Math.abs(100 * change).toFixed(1)})`;
};

/** Where a simulated week's first callers ended: the parts sum to the whole. */
const callersText = (callers: Callers, language: Language): string =>
  textTable(
    [spoken(effectWords, language).whereFirstCallersEnded, whole(callers.first)],
    ends.map(([key, name]) => [inLanguage(name, language), whole(callers[key])]),
  );

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
    `${percent(estimate)} ± ${percent(half)}`;
  return joined([
    `${words.plan} ${document.plan} · ${words.scenario} ${document.scenario}\n${speak(language, 'terminal').say(document.basis.told)}`,
    effectTable(
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
          connectionRate: range(proof.connectionRate),
          serviceLevel: range(proof.serviceLevel),
        }),
    proof === null ? '' : callersText(proof.callers, language),
    bullets(document.assumptions, language),
  ]);
};
