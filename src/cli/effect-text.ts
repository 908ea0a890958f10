import type { Sayable } from '../kernel/finding.ts';
import type { DivertDocument } from '../contract/documents/divert-document.ts';
import type { SimulateDocument } from '../contract/documents/simulate-document.ts';
import { audienceTold } from '../contract/documents/audience-told.ts';
import { shownDifference } from '../kernel/shown-difference.ts';
import { text, type Language, type Text } from '../kernel/text.ts';
import { decimal, percent, whole } from '../report/format.ts';
import { mergeSpans } from '../report/merge-spans.ts';
import { textTable } from '../report/text-table.ts';
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
  const english = language === 'en';
  const places = Map.groupBy(columns, ([, effect]) => worstPlace(effect, names));
  places.delete('');
  if (places.size === 0) return '';
  const told = [...places].map(([place, own]) => {
    const columnNames = own.map(([name]) => name[language]);
    if (places.size === 1) return place;
    return english ? `${place} (${columnNames.join(', ')})` : `${place}（${columnNames.join('、')}）`;
  });
  return `${english ? 'Worst interval: ' : '最差时段：'}${told.join(english ? '; ' : '；')}`;
};

/** Rows of an effect table: name, and the figure as it is read. */
const rows: readonly (readonly [Text, (effect: Effect) => string])[] = [
  [text('人工请求量', 'Offered'), (e) => whole(e.offered)],
  [text('接通率', 'Connection rate'), (e) => percent(e.connectionRate)],
  [text('时限内接通率', 'Answered within the threshold'), (e) => percent(e.serviceLevel)],
  [
    text('最差时段的时限内接通率', 'The same in the worst interval'),
    (e) => percent(e.worstIntervalServiceLevel),
  ],
  [text('平均应答时长（秒）', 'Average speed of answer, s'), (e) => decimal(e.averageSpeedOfAnswerSeconds)],
  [text('占用率', 'Occupancy'), (e) => percent(e.occupancy)],
  [text('放弃', 'Abandoned'), (e) => whole(e.abandoned)],
  [text('遇忙', 'Blocked'), (e) => whole(e.blocked)],
  [text('分流来电', 'Callers diverted'), (e) => whole(e.callersDiverted)],
];

const effectTable = (
  columns: readonly (readonly [Text, Effect])[],
  names: QueueNames,
  language: Language,
): string =>
  [
    textTable(
      ['', ...columns.map(([name]) => name[language])],
      rows.map(([name, figure]) => [name[language], ...columns.map(([, effect]) => figure(effect))]),
    ),
    worstPlaces(columns, names, language),
  ]
    .filter((part) => part !== '')
    .join('\n');

const bullets = (lines: readonly Sayable[], language: Language): string =>
  lines.map((line) => `· ${speak(language, 'terminal').say(line)}`).join('\n');

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n\n');

const withPrompts = (document: DivertDocument): readonly (readonly [Text, Effect])[] => [
  [text('播放', 'with'), document.after],
  [text('采纳减半', 'half take-up'), document.halfTakeUp],
  [text('采纳加倍', 'double take-up'), document.doubleTakeUp],
];

/** Prompts, their effect, and the same at half and double the take-up. */
export const divertText = (document: DivertDocument, names: QueueNames, language: Language): string => {
  const english = language === 'en';
  const byWait = document.prompts.some(({ waitAboveSeconds = 0 }) => waitAboveSeconds > 0);
  const prompts = mergeSpans(document.prompts).map((p) => [
    p.date,
    `${p.from}–${p.to}`,
    p.queues.map((queue) => names.get(queue) ?? queue).join(english ? ', ' : '、'),
    p.name[language],
    ...(byWait ? [audienceTold(p.waitAboveSeconds)[language]] : []),
    whole(p.callersDiverted),
  ]);
  const heads = english ? ['date', 'hours', 'queue', 'prompt'] : ['日期', '时段', '队列', '提示'];
  return joined([
    `${english ? 'Plan' : '计划'} ${document.plan}\n${speak(language, 'terminal').say(document.basis.told)}`,
    prompts.length === 0
      ? english
        ? 'No prompt is needed.'
        : '不需要分流提示。'
      : textTable(
          [...heads, ...(byWait ? [english ? 'played to' : '播放对象'] : []), english ? 'diverted' : '分流'],
          prompts,
        ),
    effectTable(
      [[text('不播放', 'without'), document.before], ...(prompts.length === 0 ? [] : withPrompts(document))],
      names,
      language,
    ),
    english
      ? `Operator-hours saved, net of online work: ${decimal(document.operatorHoursSavedNet)}`
      : `净节省座席工时（已扣除线上处理）：${decimal(document.operatorHoursSavedNet)}`,
    textTable(
      english
        ? ['if', 'within the threshold', 'connection rate', 'diverted']
        : ['如果', '时限内接通率', '接通率', '分流来电'],
      document.sensitivities.map(({ name, effect }) => [
        speak(language, 'terminal').say(name),
        against(document.after.serviceLevel, effect.serviceLevel),
        against(document.after.connectionRate, effect.connectionRate),
        whole(effect.callersDiverted),
      ]),
    ),
    document.fragile
      ? text(
          '不稳固：采纳率若只有一半，这些提示带来的改善大部分消失。',
          'Fragile: at half the take-up most of what these prompts bring is gone.',
        )[language]
      : '',
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
    [text('首次来电的去向（每周）', 'Where first callers ended, per week')[language], whole(callers.first)],
    ends.map(([key, name]) => [name[language], whole(callers[key])]),
  );

type Callers = NonNullable<SimulateDocument['proof']>['callers'];
const ends: readonly (readonly [keyof Callers, Text])[] = [
  ['settledByOperator', text('座席接通', 'Answered')],
  ['gaveUpAfterAbandoning', text('放弃后不再来电', 'Gave up after hanging up')],
  ['gaveUpAfterBlocking', text('遇忙后不再来电', 'Gave up after a busy line')],
  ['settledOnline', text('线上办成', 'Served online')],
  ['divertedForGood', text('错峰后未再来电', 'Sent off-peak, never back')],
  ['stillOpen', text('期末未了', 'Still open at the end')],
];

/** A scenario beside the plan as it is. */
export const simulateText = (document: SimulateDocument, names: QueueNames, language: Language): string => {
  const english = language === 'en';
  const { proof } = document;
  const range = ([estimate, half]: readonly [number, number]): string =>
    `${percent(estimate)} ± ${percent(half)}`;
  return joined([
    `${english ? 'Plan' : '计划'} ${document.plan} · ${english ? 'scenario' : '情景'} ${document.scenario}\n${speak(language, 'terminal').say(document.basis.told)}`,
    effectTable(
      [
        [text('原计划', 'as planned'), document.baseline],
        [text('情景', 'scenario'), document.outcome],
      ],
      names,
      language,
    ),
    proof === null
      ? ''
      : english
        ? `Simulated ${proof.replications} times: connection rate ${range(proof.connectionRate)}, within the threshold ${range(proof.serviceLevel)}`
        : `模拟 ${proof.replications} 次：接通率 ${range(proof.connectionRate)}，时限内接通率 ${range(proof.serviceLevel)}`,
    proof === null ? '' : callersText(proof.callers, language),
    bullets(document.assumptions, language),
  ]);
};
