import type { TopicOutlook, TopicsDocument } from '../../contract/documents/topics-document.ts';
import type { TopicForecast } from '../../forecast/topics/forecast-topics.ts';
import { quantilesOf } from '../../forecast/periods/forecast-periods.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import { dateOfDayNumber, dayNumber, type PlainDate } from '../../kernel/time.ts';
import { toldSeason } from './topic-notices.ts';

export type TopicWeeks = TopicsDocument['weeks'];

/** Demands of every week ahead on joint paths. */
type WeekPaths = readonly Float64Array[];

/** The weeks ahead, from Monday; the first from the day on that is given. */
export const weeksFrom = (from: PlainDate, count: number): TopicWeeks => {
  const first = dayNumber(from);
  // 1970-01-01 was a Thursday
  const monday = first - ((first + 3) % 7);
  return Array.from({ length: count }, (_, week) => {
    const start = Math.max(first, monday + 7 * week);
    return { start: dateOfDayNumber(start), days: monday + 7 * (week + 1) - start };
  });
};

const weekPaths = ({ paths, pathCount }: TopicForecast, weeks: TopicWeeks, origin: number): WeekPaths => {
  const days = paths.length / pathCount;
  return weeks.map((week) => {
    const start = dayNumber(week.start) - origin;
    return Float64Array.from({ length: pathCount }, (_, path) => {
      let sum = 0;
      for (let j = start; j < start + week.days; j += 1) sum += paths[path * days + j]!;
      return sum;
    });
  });
};

const addUp = (columns: readonly Float64Array[]): Float64Array => {
  const sum = new Float64Array(columns[0]?.length ?? 0);
  for (const column of columns) column.forEach((value, i) => (sum[i]! += value));
  return sum;
};

const rangeOf = (values: Float64Array): { mean: number; q10: number; q90: number } => {
  const { mean, q10, q90 } = quantilesOf(values);
  return { mean, q10, q90 };
};

/** Demands between two days; null where a day of them is not known. */
const knownIn = (grids: readonly DayGrid[], from: number, to: number): number | null => {
  let sum = 0;
  for (const { firstDate, values } of grids)
    for (let day = from; day < to; day += 1) {
      const at = day - dayNumber(firstDate);
      const count = at < 0 ? 0 : values[at];
      if (count === undefined || Number.isNaN(count)) return null;
      sum += count;
    }
  return sum;
};

/** A topic, or several together, as the document has it. */
const describe = (
  paths: WeekPaths,
  grids: readonly DayGrid[],
  weeks: TopicWeeks,
  origin: number,
  firstKnown: number,
): Pick<TopicOutlook, 'lately' | 'ahead' | 'weeks' | 'total'> => {
  const days = weeks.reduce((sum, week) => sum + week.days, 0);
  const total = rangeOf(addUp(paths));
  return {
    lately: (knownIn(grids, origin - 28, origin) ?? Number.NaN) / 28 || 0,
    ahead: total.mean / days,
    weeks: weeks.map((week, w) => {
      // the same weekday, 52 weeks before
      const from = dayNumber(week.start) - 364;
      return {
        ...rangeOf(paths[w]!),
        yearBefore: from < firstKnown ? null : knownIn(grids, from, from + week.days),
      };
    }),
    total,
  };
};

const seasonOf = ({ season }: TopicForecast): Pick<TopicOutlook, 'season'> =>
  season === undefined
    ? {}
    : {
        season: {
          years: season.seasons.map(toldSeason),
          running: season.running === undefined ? null : toldSeason(season.running),
          next: {
            day: dateOfDayNumber(season.next.day),
            low: dateOfDayNumber(season.next.low),
            high: dateOfDayNumber(season.next.high),
          },
        },
      };

const rising = (a: TopicOutlook, b: TopicOutlook): number => b.ahead - b.lately - (a.ahead - a.lately);

/** Topics with their weeks ahead, those that rise most first, each before its sub-topics; and all together. */
export const describeTopics = (
  forecasts: ReadonlyMap<string, TopicForecast>,
  grids: ReadonlyMap<string, DayGrid>,
  origin: PlainDate,
  weeks: TopicWeeks,
): Pick<TopicsDocument, 'topics' | 'total'> => {
  const at = dayNumber(origin);
  const firstKnown = Math.min(...[...grids.values()].map(({ firstDate }) => dayNumber(firstDate)));
  const paths = new Map([...forecasts].map(([topic, own]) => [topic, weekPaths(own, weeks, at)] as const));
  const together = (topics: readonly string[]): ReturnType<typeof describe> =>
    describe(
      weeks.map((_, w) => addUp(topics.map((topic) => paths.get(topic)![w]!))),
      topics.map((topic) => grids.get(topic)!),
      weeks,
      at,
      firstKnown,
    );
  const byParent = Map.groupBy(forecasts.keys(), (topic) => topic.split('/')[0]!);
  const tops = [...byParent].map(([top, leaves]) => {
    const single = leaves.length === 1 ? leaves[0] : undefined;
    const topic: TopicOutlook = {
      topic: single ?? top,
      parent: null,
      ...together(leaves),
      ...(single === undefined ? {} : seasonOf(forecasts.get(single)!)),
    };
    const under = leaves.map((leaf): TopicOutlook => ({
      topic: leaf,
      parent: top,
      ...together([leaf]),
      ...seasonOf(forecasts.get(leaf)!),
    }));
    return { topic, under: single === undefined ? under.sort(rising) : [] };
  });
  tops.sort((a, b) => rising(a.topic, b.topic));
  return {
    topics: tops.flatMap(({ topic, under }) => [topic, ...under]),
    total: together([...forecasts.keys()]),
  };
};
