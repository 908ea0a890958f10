import { type Capacity, type Demand, type PromptPlacement, spanOfHorizon } from '../../kernel/hotline.ts';
import { estimateHandleTime } from '../../forecast/behaviour/behaviour.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import type { PresenceRecord, TrafficMeasure } from '../../kernel/records.ts';
import { dayNumber } from '../../kernel/time.ts';
import { fieldGrid, freshGrids, type History, readHistory } from '../history/read-history.ts';
import { placeInWeek } from '../../diversion/apply-scenario.ts';
import type { Models, Store, TrafficColumns } from '../ports.ts';
import { recordedPresence } from '../operation/operators-seen.ts';
import type { WeekHorizon } from '../operation/week-horizon.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** What was recorded of a span that lies behind us. Rows per interval of the span; NaN is a gap. */
export interface Actuals {
  readonly history: History;
  readonly offered: ReadonlyMap<string, Float64Array>;
  readonly fresh: ReadonlyMap<string, Float64Array>;
  readonly answered: ReadonlyMap<string, Float64Array>;
  readonly answeredInThreshold: ReadonlyMap<string, Float64Array>;
  readonly abandoned: ReadonlyMap<string, Float64Array>;
  readonly handleTimeSeconds: ReadonlyMap<string, Float64Array>;
  /** Operators present per tier, the planned ones where nothing was recorded; undefined where nothing ever was. */
  readonly capacity: Capacity | undefined;
  /** 1 in the intervals whose presence was recorded. */
  readonly presenceKnown: Uint8Array;
  /** At some times nobody recorded presence: those are present whom call records show with a call. */
  readonly presentInCalls: boolean;
  readonly placements: readonly PromptPlacement[];
}

/** Reads what happened in the intervals of a span. Throws BadInputError when the span has no traffic. */
export const readActuals = async (
  store: Store,
  models: Models,
  week: WeekHorizon,
  planned: Demand,
  plannedCapacity: Capacity | undefined,
): Promise<Actuals> => {
  const { zone, intervalMinutes } = models.hotline;
  const { horizon } = week;
  const history = await readHistory(store, zone, intervalMinutes, spanOfHorizon(horizon));
  const field = (name: 'offered' | 'answered' | 'answeredInThreshold' | 'abandoned') =>
    new Map(history.queues.map((columns) => [columns.queue, alignRecords(columns, name, week)]));
  const { grids } = freshGrids(history, models.hotline);
  return {
    history,
    offered: field('offered'),
    answered: field('answered'),
    answeredInThreshold: field('answeredInThreshold'),
    abandoned: field('abandoned'),
    fresh: new Map(
      history.queues.map((columns) => {
        const { queue } = columns;
        const grid = grids.get(queue);
        return [queue, grid === undefined ? new Float64Array() : freshOf(columns, grid, week)];
      }),
    ),
    handleTimeSeconds: handleTimes(history.queues, planned, week),
    ...(await presentCapacity(store, history, models, week, plannedCapacity)),
    placements: await playedPrompts(store, models, week, planned),
  };
};

/** A field of a queue's records at the intervals of a span, each hour that clocks repeat by itself; NaN is a gap. */
export const alignRecords = (
  columns: TrafficColumns,
  field: TrafficMeasure,
  { horizon }: Pick<WeekHorizon, 'horizon'>,
): Float64Array => {
  const values = new Float64Array(horizon.count).fill(Number.NaN);
  columns.startMillis.forEach((start, k) => {
    const i = Math.floor((start - horizon.startMillis) / (horizon.intervalMinutes * 60_000));
    if (i >= 0 && i < horizon.count) values[i] = valueAt(columns[field], k);
  });
  return values;
};

/** First-time calls: of an hour that clocks repeat each half has its own calls, of which the grid knows the share. */
export const freshOf = (columns: TrafficColumns, grid: DayGrid, week: WeekHorizon): Float64Array => {
  const offered = alignRecords(columns, 'offered', week);
  const mean = alignGrid(fieldGrid(columns, 'offered', week.horizon.zone), week);
  return alignGrid(grid, week).map((fresh, i) => {
    const [own, usual] = [valueAt(offered, i), valueAt(mean, i)];
    return own === usual || !(usual > 0) ? fresh : (fresh * own) / usual;
  });
};

/** A grid's values at the intervals of a span; NaN where the grid does not reach. */
export const alignGrid = (grid: DayGrid, week: WeekHorizon): Float64Array => {
  const shift = dayNumber(week.firstDate) - dayNumber(grid.firstDate);
  return Float64Array.from({ length: week.horizon.count }, (_, i) => {
    const day = valueAt(week.day, i) + shift;
    return day < 0 || day >= grid.dayCount
      ? Number.NaN
      : valueAt(grid.values, day * grid.slotsPerDay + valueAt(week.slot, i));
  });
};

const handleTimes = (
  queues: readonly TrafficColumns[],
  planned: Demand,
  week: WeekHorizon,
): ReadonlyMap<string, Float64Array> =>
  new Map(
    planned.queues.map((queue) => {
      const columns = queues.find((own) => own.queue === queue.queue);
      const seen = columns === undefined ? undefined : estimateHandleTime(columns, week.horizon);
      return [queue.queue, seen ?? queue.handleTimeSeconds];
    }),
  );

/**
 * Operators present per tier. Records of tiers that the models know count for them; others (call records name no
 * tier, and the traffic's own counts are per queue) are spread over the tiers as the plan spreads its operators.
 * An interval without any record has the planned operators: nobody wrote down that they stayed away. Undefined where
 * nothing was recorded at all.
 */
export const presentCapacity = async (
  store: Store,
  history: Pick<History, 'queues'>,
  models: Models,
  week: WeekHorizon,
  planned: Capacity | undefined,
): Promise<Pick<Actuals, 'capacity' | 'presenceKnown' | 'presentInCalls'>> => {
  const { horizon } = week;
  const presence = await store.read('presence', spanOfHorizon(horizon));
  const { records: recorded, inCalls: presentInCalls } = recordedPresence(presence);
  const records = presence.length > 0 ? recorded : history.queues.flatMap(ownOperators);
  const presenceKnown = coveredBy(records, week);
  if (!presenceKnown.includes(1)) return { capacity: undefined, presenceKnown, presentInCalls };
  const tiers = models.tiers.tiers.map(({ tier }) => ({
    tier,
    operators: presentOf(
      records.filter((r) => r.tier === tier),
      week,
    ),
  }));
  const known = new Set(tiers.map(({ tier }) => tier));
  const others = presentOf(
    records.filter((record) => !known.has(record.tier)),
    week,
  );
  const plannedOf = (tier: string, i: number): number =>
    planned?.tiers.find((other) => other.tier === tier)?.operators[i] ?? 0;
  const capacity = {
    tiers: tiers.map(({ tier, operators }, t) => ({
      tier,
      operators: operators.map((count, i) =>
        presenceKnown[i] === 1
          ? count + valueAt(others, i) * shareOfTier(planned, tier, i, t, tiers.length)
          : plannedOf(tier, i),
      ),
    })),
    trunks: models.hotline.trunks ?? Infinity,
  };
  return { capacity, presenceKnown, presentInCalls };
};

/** 1 in the intervals that some record covers. */
const coveredBy = (records: readonly PresenceRecord[], { horizon }: WeekHorizon): Uint8Array => {
  const covered = new Uint8Array(horizon.count);
  const step = horizon.intervalMinutes * 60_000;
  for (const { startMillis, intervalMinutes } of records) {
    const first = Math.floor((startMillis - horizon.startMillis) / step);
    const end = first + Math.max(1, Math.round(intervalMinutes / horizon.intervalMinutes));
    covered.fill(1, Math.max(0, Math.min(horizon.count, first)), Math.max(0, Math.min(horizon.count, end)));
  }
  return covered;
};

/** The operators that a queue's traffic itself names, as presence. */
const ownOperators = (columns: TrafficColumns): PresenceRecord[] =>
  [...columns.operators].flatMap((operators, i) =>
    Number.isNaN(operators)
      ? []
      : [
          {
            tier: `queue ${columns.queue}`,
            startMillis: valueAt(columns.startMillis, i),
            intervalMinutes: columns.intervalMinutes,
            operators,
          },
        ],
  );

/** Operators per interval: sums of different tiers' records, a later record of one tier replacing an earlier one. */
const presentOf = (records: readonly PresenceRecord[], week: WeekHorizon): Float64Array => {
  const { horizon } = week;
  const step = horizon.intervalMinutes * 60_000;
  const byTier = new Map<string, Float64Array>();
  for (const record of records) {
    const row = byTier.get(record.tier) ?? new Float64Array(horizon.count);
    byTier.set(record.tier, row);
    const first = Math.floor((record.startMillis - horizon.startMillis) / step);
    const intervals = Math.max(1, Math.round(record.intervalMinutes / horizon.intervalMinutes));
    row.fill(record.operators, Math.max(0, first), Math.max(0, Math.min(horizon.count, first + intervals)));
  }
  return Float64Array.from({ length: horizon.count }, (_, i) =>
    [...byTier.values()].reduce((sum, row) => sum + valueAt(row, i), 0),
  );
};

const shareOfTier = (
  planned: Capacity | undefined,
  tier: string,
  i: number,
  t: number,
  tiers: number,
): number => {
  const all = planned?.tiers.reduce((sum, other) => sum + valueAt(other.operators, i), 0) ?? 0;
  if (all <= 0) return t === 0 ? 1 : 0;
  return tiers === 1 ? 1 : (planned?.tiers.find((other) => other.tier === tier)?.operators[i] ?? 0) / all;
};

const playedPrompts = async (
  store: Store,
  models: Models,
  week: WeekHorizon,
  planned: Demand,
): Promise<PromptPlacement[]> => {
  const { horizon } = week;
  const step = horizon.intervalMinutes * 60_000;
  const played = await store.read('prompts', spanOfHorizon(horizon));
  return played.flatMap((record) => {
    const entry = models.prompts.prompts.find((prompt) => prompt.prompt === record.prompt);
    const from = Math.max(0, Math.floor((record.startMillis - horizon.startMillis) / step));
    const to = Math.min(horizon.count, Math.ceil((record.endMillis - horizon.startMillis) / step));
    if (entry === undefined || to <= from || !planned.queues.some((queue) => queue.queue === record.queue))
      return [];
    return [placeInWeek(entry, record.queue, from, to, planned, models.prompts)];
  });
};
