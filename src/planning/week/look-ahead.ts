import { BadInputError, type Problem } from '../../kernel/errors.ts';
import { ofMeasures, trafficMeasures, type TrafficRecord } from '../../kernel/records.ts';
import { lastHalfYear, measuredOf } from '../forecasts/measured.ts';
import { lineHistory } from '../history/line-history.ts';
import { planningProblem } from '../planning-problems.ts';
import type { Models, Store, TrafficColumns } from '../ports.ts';
import { refusalsOf } from './refusals-of.ts';

interface Looked {
  readonly store: Store;
  readonly models: Models;
  /** As it was read from the file. */
  readonly traffic: Iterable<TrafficRecord>;
  /** Nothing of what is stored stays: it is made up. */
  readonly replaces: boolean;
}

/**
 * What would come of traffic that is only looked at: stored rows that get other figures, measures that a queue would
 * lose, and what would keep the line from being planned.
 */
export const lookAhead = async ({ store, models, traffic, replaces }: Looked): Promise<Problem[]> => {
  const ahead = new Map<string, readonly [stored: TrafficColumns, then: TrafficColumns]>();
  for (const [queue, records] of Map.groupBy(traffic, (record) => record.queue)) {
    const stored = replaces ? nothingOf(queue) : await store.traffic(queue);
    ahead.set(queue, [stored, laidOver(stored, records)]);
  }
  if (ahead.size === 0) return [];
  const changed = [...ahead.values()].reduce((sum, [stored, then]) => sum + differing(stored, then), 0);
  return [
    ...(changed === 0 ? [] : [notice(planningProblem('', 'rows-get-other-figures', '', { rows: changed }))]),
    ...[...ahead].flatMap(([queue, [stored, then]]) => lostMeasures(queue, stored, then, models)),
    ...(await refusedThen({ store, models }, ahead, replaces)),
  ];
};

const notice = ({ rule, values }: Problem): Problem => ({
  rule,
  severity: 'warning',
  ...(values === undefined ? {} : { values }),
});

const nothingOf = (queue: string): TrafficColumns => ({
  queue,
  intervalMinutes: 0,
  startMillis: new Float64Array(),
  ...ofMeasures(() => new Float64Array()),
});

/** A queue's traffic with records written over it, in time order. */
const laidOver = (stored: TrafficColumns, records: readonly TrafficRecord[]): TrafficColumns => {
  const given = new Map(records.map((record) => [record.startMillis, record]));
  const at = new Map(Array.from(stored.startMillis, (start, i) => [start, i]));
  const starts = [...new Set([...at.keys(), ...given.keys()])].sort((a, b) => a - b);
  const valueOf = (name: (typeof trafficMeasures)[number], start: number): number => {
    const record = given.get(start);
    return (record === undefined ? stored[name][at.get(start) ?? -1] : record[name]) ?? Number.NaN;
  };
  return {
    queue: stored.queue,
    intervalMinutes: records[0]?.intervalMinutes ?? stored.intervalMinutes,
    startMillis: Float64Array.from(starts),
    ...ofMeasures((name) => Float64Array.from(starts, (start) => valueOf(name, start))),
  };
};

/** Stored rows whose figures are others afterwards. */
const differing = (stored: TrafficColumns, then: TrafficColumns): number => {
  const at = new Map(Array.from(then.startMillis, (start, i) => [start, i]));
  return Array.from(stored.startMillis).filter((start, i) => {
    const k = at.get(start) ?? -1;
    return trafficMeasures.some((name) => !Object.is(stored[name][i], then[name][k]));
  }).length;
};

const lostMeasures = (
  queue: string,
  stored: TrafficColumns,
  then: TrafficColumns,
  { hotline }: Models,
): Problem[] => {
  if (stored.startMillis.length === 0) return [];
  const [before, after] = [stored, then].map((columns) => measuredOf(lastHalfYear(columns), hotline));
  return (['handleTime', 'patience', 'redials'] as const)
    .filter((measure) => before?.[measure] !== undefined && after?.[measure] === undefined)
    .map((measure) => notice(planningProblem('', 'measure-would-be-lost', '', { queue, measure })));
};

const refusedThen = async (
  { store, models }: Pick<Looked, 'store' | 'models'>,
  ahead: ReadonlyMap<string, readonly [TrafficColumns, TrafficColumns]>,
  replaces: boolean,
): Promise<Problem[]> => {
  const then: Store = {
    ...store,
    traffic: async (queue, span) => ahead.get(queue)?.[1] ?? store.traffic(queue, span),
    trafficSummary: async () => {
      const others = replaces ? [] : (await store.trafficSummary()).filter(({ queue }) => !ahead.has(queue));
      return [...others, ...[...ahead.values()].map(([, columns]) => summaryOf(columns))];
    },
  };
  try {
    return (await refusalsOf(then, await lineHistory({ store: then, models }))).map(notice);
  } catch (error) {
    // what the line's history is refused for is told where the file is taken in
    if (error instanceof BadInputError) return [];
    throw error;
  }
};

const summaryOf = ({
  queue,
  startMillis,
  intervalMinutes,
}: TrafficColumns): Awaited<ReturnType<Store['trafficSummary']>>[number] => ({
  queue,
  firstMillis: startMillis[0] ?? 0,
  lastMillis: startMillis.at(-1) ?? 0,
  intervalMinutes,
  rows: startMillis.length,
});
