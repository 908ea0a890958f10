import type { Sayable } from '../kernel/finding.ts';
import type { Language, Text } from '../kernel/text.ts';
import type { Band } from '../monitoring/bands.ts';
import type { PlanningFindings, TopicYear, UnlistedQueues } from '../planning/planning-findings.ts';
import { nameIn } from './figures.ts';
import { filledWith, messages } from './messages.ts';
import type { Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';

/** What a line is called whose people have brought their traffic in and not named it yet. */
export const unnamedHotline: Text = messages('planning').unnamedHotline;

const comparison = messages('comparison');
const said = messages('planning-phrases');
const records = messages('records');
const topics = messages('topics');

const comparisonSentences = {
  ...comparison,
  'test-calls-beside-traffic': filledWith(comparison['test-calls-beside-traffic'], (found) => ({
    ...found,
    share: found.connected / found.testCalls,
  })),
  'replayed-with-actual': filledWith(comparison['replayed-with-actual'], ({ projected, actual, luck }) => ({
    projected,
    actual,
    apart: 100 * Math.abs(actual - projected),
    isLuck: luck !== null && Math.abs(actual - projected) <= luck,
    luck: luck === null ? null : 100 * luck,
  })),
} satisfies Partial<Sentences<PlanningFindings>>;

/** What use cases have to say of records and assumptions. */
const recordsSentences = {
  ...records,
  storm: filledWith(records.storm, ({ factor, ...rest }) => ({ ...rest, more: factor - 1 })),
  'queues-not-in-models': filledWith(records['queues-not-in-models'], (queues, speech) => ({
    what: unlistedQueues.message[speech.language](queues, speech),
    remedy: unlistedQueues.remedy[speech.language](queues, speech),
  })),
  'events-taken-in': filledWith(records['events-taken-in'], ({ count, events }, { language }) => ({
    count,
    events: events.map(
      ({ date, end, label }) => `${date}${end === date ? '' : `–${end}`} ${nameIn(label, language)}`,
    ),
    more: Math.max(0, count - events.length),
  })),
  'day-changed-by-hand': filledWith(records['day-changed-by-hand'], (day) => ({
    ...day,
    change: day.after / day.before - 1,
  })),
  'cause-values-assumed': filledWith(records['cause-values-assumed'], ({ causes }, { language }) => ({
    causes: causes.map(assumedValue(language)),
  })),
  'shifts-from-earlier-plan': filledWith(records['shifts-from-earlier-plan'], (shifts) => ({
    ...shifts,
    all: shifts.kept + shifts.removed,
  })),
} satisfies Partial<Sentences<PlanningFindings>>;

const season = <Values extends { readonly topic: string; readonly years: readonly TopicYear[] }>(
  values: Values,
  speech: Speech,
) => ({
  ...values,
  topic: topicName(values.topic, speech.language),
  years: values.years.map((year) =>
    said.topicYear[speech.language](
      {
        ...year,
        before: aDay(year.before, speech),
        after: aDay(year.after, speech),
        weeks: Math.max(1, Math.round((Date.parse(year.to) - Date.parse(year.from)) / 604_800_000)),
      },
      speech,
    ),
  ),
});

/** Demands of a day without idle digits. */
const aDay = (value: number, { number }: Speech): string => number(value, value < 10 ? 1 : 0);

const named = <Values extends { readonly topic: string }>(values: Values, { language }: Speech): Values => ({
  ...values,
  topic: topicName(values.topic, language),
});

const topicSentences = {
  ...topics,
  'topic-season-ahead': filledWith(topics['topic-season-ahead'], (ahead, speech) => ({
    ...season(ahead, speech),
    daysAhead: Math.max(0, ahead.daysAhead),
  })),
  'topic-season-late': filledWith(topics['topic-season-late'], season),
  'topic-season-begun': filledWith(topics['topic-season-begun'], (begun, speech) => ({
    ...season(begun, speech),
    running: {
      from: begun.running.from,
      before: aDay(begun.running.before, speech),
      after: aDay(begun.running.after, speech),
    },
  })),
  'topic-rises-now': filledWith(topics['topic-rises-now'], named),
  'topic-ended': filledWith(topics['topic-ended'], named),
  'topics-pooled': filledWith(topics['topics-pooled'], (pooled, { language }) => ({
    ...pooled,
    name: topicName('*', language),
  })),
  'topics-far-from-line': filledWith(topics['topics-far-from-line'], ({ calls, line }) => ({
    calls,
    line,
    apart: Math.abs(calls / line - 1),
  })),
} satisfies Partial<Sentences<PlanningFindings>>;

/** What use cases find, in sentences, by subject. */
export const planningSentences: Sentences<PlanningFindings> = {
  ...messages('levers'),
  ...messages('requirement'),
  ...messages('band'),
  ...messages('prompts'),
  ...comparisonSentences,
  ...recordsSentences,
  ...topicSentences,
};

/** A band as sentences name it. */
export const bandNames: Readonly<Record<Band, Text>> = messages('band-names');

/** Queues named one by one; a bureau's file may bring hundreds. */
const mostNamed = 8;

const unlistedValues = ({ queues, pattern, tier }: UnlistedQueues) => ({
  queues: queues.slice(0, mostNamed),
  all: queues.length,
  more: Math.max(0, queues.length - mostNamed),
  pattern: pattern ?? '',
  tier: tier ?? '',
});

/** Queues that have traffic and are not in the models: how they are planned, and what to do if that does not fit. */
export const unlistedQueues = {
  message: filledWith(said.unlisted.message, unlistedValues),
  remedy: filledWith(said.unlisted.remedy, unlistedValues),
};

/** What goes with a made-up line once own traffic takes its place, and what stays. */
export const madeUpGoes = said.madeUpGoes;

/** A value of a cause as its file has it: no more digits than it needs. */
export const causeValue = (value: number): string => String(Number(value.toPrecision(6)));

/** A value that is assumed of a cause: 'rain mm = 20'. */
export const assumedValue =
  (language: Language) =>
  ({ value, ...cause }: { cause: string; date: string | null; value: number }): string =>
    `${said.causeOfDay[language](cause)} = ${causeValue(value)}`;

/** A topic as it is read: levels apart, those that are forecast together by what they are. */
export const topicName = (topic: string, language: Language): string =>
  topic === '*' ? said.other[language] : topic.split('/').join(' / ');

/** Whether what is at the top of an answer is an assumption, not a doubtful figure. */
export const isAssumedShape = (said: Sayable): boolean => 'code' in said && said.code === 'shape-assumed';

/** Whether it says that a day was changed by hand by more than half. */
export const isChangedByHand = (said: Sayable): boolean =>
  'code' in said && (said.code === 'day-changed-by-hand' || said.code === 'event-changes-day');
