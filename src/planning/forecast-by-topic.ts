import type { TopicsRequest } from '../contract/http/job-requests.ts';
import type { TopicsDocument } from '../contract/documents/topics-document.ts';
import { forecastQueues } from '../forecast/forecast-queues.ts';
import { forecastTopics } from '../forecast/topics/forecast-topics.ts';
import { loadCalendar } from '../kernel/calendar-loading.ts';
import { BadInputError } from '../kernel/errors.ts';
import type { Sayable } from '../kernel/finding.ts';
import { dayTotal } from '../kernel/interval-series.ts';
import type { TopicRecord } from '../kernel/records.ts';
import { dayNumber, mondayOfWeek, type PlainDate } from '../kernel/time.ts';
import { describeTopics, weeksFrom, type TopicWeeks } from './forecasts/describe-topics.ts';
import type { ForecastSeries } from './forecasts/forecast-series.ts';
import { topicHistories, type TopicHistories } from './forecasts/topic-histories.ts';
import { earlyNotices, endedTopics } from './forecasts/topic-notices.ts';
import { workspaceSeries } from './forecasts/workspace-series.ts';
import { queueNamed } from './history/queue-named.ts';
import { planningFinding } from './planning-findings.ts';
import { planningProblem } from './planning-problems.ts';
import type { Ports } from './ports.ts';

/** Days of which topics must be known, and days over which their share of the calls is taken. */
const leastDays = 56;
const basisDays = 56;
/** Share by which topics and the line's own forecast may differ before it is told. */
const farApart = 0.1;
/** Days that may lie between the last known day and the first week that is told. */
const mostDaysBetween = 26 * 7;

type TopicPorts = Pick<Ports, 'store' | 'models'>;

/** The line's calls by day; undefined where it has none. */
const lineSeries = async (
  ports: TopicPorts,
  queue: string | undefined,
): Promise<ForecastSeries | undefined> =>
  (await ports.store.trafficSummary()).length === 0
    ? undefined
    : workspaceSeries(ports, { intervalMinutes: 1440, ...(queue === undefined ? {} : { queue }) });

const callsOf =
  (line: ForecastSeries | undefined) =>
  (day: number): number | undefined => {
    if (line === undefined) return undefined;
    let sum: number | undefined;
    for (const grid of line.queues.values()) {
      const at = day - dayNumber(grid.firstDate);
      const calls = at >= 0 && at < grid.dayCount ? dayTotal(grid, at) : Number.NaN;
      if (!Number.isNaN(calls)) sum = (sum ?? 0) + calls;
    }
    return sum;
  };

/** Names that stand for others: `old=new`. */
const namesOf = (same: readonly string[], records: readonly TopicRecord[]): ((topic: string) => string) => {
  const known = new Set(records.map(({ topic }) => topic));
  const names = new Map(
    same.map((said) => {
      const [old = '', name = ''] = said.split('=').map((part) => part.trim());
      if (old === '' || name === '' || !known.has(old))
        throw new BadInputError([planningProblem('same', 'not-a-topic-name', said)]);
      return [old, name] as const;
    }),
  );
  return (topic) => names.get(topic) ?? topic;
};

const historiesOf = async (
  ports: TopicPorts,
  { queue: asked, week, from, same = [] }: TopicsRequest,
): Promise<
  TopicHistories & { readonly line: ForecastSeries | undefined; readonly queue: string | undefined }
> => {
  const records = await ports.store.topics();
  if (records.length === 0) throw new BadInputError([planningProblem('topics', 'no-topics', '')]);
  const { queues } = ports.models.hotline;
  const named = [...new Set(records.flatMap(({ queue }) => queue ?? []))];
  const queue = asked === undefined ? undefined : queueNamed(asked, named, queues);
  const line = await lineSeries(ports, queue);
  const histories = topicHistories(records, {
    queue,
    from: week === undefined ? from : mondayOfWeek(week),
    nameOf: namesOf(same, records),
    callsOn: callsOf(line),
  });
  const known = histories?.knownDays ?? 0;
  if (histories === undefined || known < leastDays)
    throw new BadInputError([
      planningProblem('topics', 'too-few-topic-days', '', { known, least: leastDays }),
    ]);
  return { ...histories, line, queue };
};

/** Topics' demands over the line's calls, over the last days of which both are known. */
const basisOf = (
  { topics, origin }: TopicHistories,
  line: ForecastSeries | undefined,
): TopicsDocument['basis'] => {
  const callsOn = callsOf(line);
  const end = dayNumber(origin);
  let [demands, calls, days] = [0, 0, 0];
  for (let day = end - basisDays; day < end; day += 1) {
    const came = callsOn(day);
    if (came === undefined) continue;
    for (const { firstDate, values } of topics.values()) demands += values[day - dayNumber(firstDate)] || 0;
    calls += came;
    days += 1;
  }
  return days < 14 || calls === 0 ? null : { share: demands / calls, days };
};

/** The line's own forecast, week by week. */
const lineWeeks = (line: ForecastSeries, origin: PlainDate, weeks: TopicWeeks, seed: number): number[] => {
  const days = daysTo(weeks, origin);
  const { calendar, events } = line;
  const forecasts = forecastQueues(line.queues, {
    origin,
    days,
    calendar,
    events,
    method: 'auto',
    seed,
    pathCount: 0,
  });
  return weeks.map((week) => {
    const from = dayNumber(week.start) - dayNumber(origin);
    let sum = 0;
    for (const { mean } of forecasts.values())
      for (let j = from; j < from + week.days; j += 1) sum += mean[j]!;
    return sum;
  });
};

/** Days from the origin to the end of the last week. */
const daysTo = (weeks: TopicWeeks, origin: PlainDate): number => {
  const { start, days } = weeks.at(-1)!;
  return dayNumber(start) + days - dayNumber(origin);
};

/** The weeks asked for. Throws `BadInputError` where they begin further behind the last known day than is forecast. */
const weeksAsked = (origin: PlainDate, { week, weeks }: TopicsRequest): TopicWeeks => {
  const first = (week === undefined ? undefined : mondayOfWeek(week)) ?? origin;
  if (dayNumber(first) - dayNumber(origin) > mostDaysBetween)
    throw new BadInputError([
      planningProblem('week', 'topics-week-far', week ?? '', { origin, weeks: mostDaysBetween / 7 }),
    ]);
  return weeksFrom(first, weeks);
};

/**
 * Demands of each topic in the weeks ahead, which add up to those of all together; when its season begins and what
 * earlier years did; and topics that rise out of season. Throws `BadInputError` where there are none, or too few.
 */
export const forecastByTopic = async (ports: TopicPorts, request: TopicsRequest): Promise<TopicsDocument> => {
  const histories = await historiesOf(ports, request);
  const { line, origin, topics, pooled, knownDays } = histories;
  const weeks = weeksAsked(origin, request);
  const days = daysTo(weeks, origin);
  const { country } = ports.models.hotline;
  const calendar = line?.calendar ?? (await loadCalendar({ country, overrides: ports.models.calendar }));
  const events = line?.events ?? [];
  const ended = endedTopics(topics);
  const living = new Map([...topics].filter(([topic]) => !ended.has(topic)));
  const forecasts = forecastTopics(living, { origin, days, calendar, events, seed: request.seed });
  const described = describeTopics(forecasts, topics, origin, weeks);
  const basis = basisOf(histories, line);
  const calls = basis === null || line === undefined ? null : lineWeeks(line, origin, weeks, request.seed);
  const notices: Sayable[] = [
    basis === null ? planningFinding('topics-without-calls') : planningFinding('topics-basis', basis),
    ...(knownDays < 365 ? [planningFinding('topics-without-a-year', { days: knownDays })] : []),
    ...farFromLine(described.total.total.mean, calls, basis),
    ...(pooled > 0 ? [planningFinding('topics-pooled', { topics: pooled })] : []),
    ...ended.values(),
  ];
  return {
    document: 'topics',
    origin,
    ...(request.week === undefined ? {} : { week: request.week }),
    weeks,
    ...described,
    basis,
    line: calls,
    early: earlyNotices(forecasts, origin, days),
    notices,
  };
};

/** Says where the line's own forecast, which does not know the topics' seasons, lies far from theirs. */
const farFromLine = (
  demands: number,
  calls: readonly number[] | null,
  basis: TopicsDocument['basis'],
): Sayable[] => {
  if (calls === null || basis === null || basis.share === 0) return [];
  const own = calls.reduce((sum, week) => sum + week, 0);
  const asCalls = demands / basis.share;
  if (!(own > 0) || Math.abs(asCalls / own - 1) < farApart) return [];
  return [planningFinding('topics-far-from-line', { calls: asCalls, line: own })];
};
