import type { RosterDocument } from '../../contract/documents/roster-document.ts';
import type { DayRequest } from '../../contract/http/job-requests.ts';
import type { DayPicture, QueuePicture } from '../../intraday/day.ts';
import { dayFinding } from '../../intraday/day-findings.ts';
import { UsageError } from '../../kernel/errors.ts';
import type { Sayable } from '../../kernel/finding.ts';
import type { Demand, Operation, QueueDemand } from '../../kernel/hotline.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import { sliceCapacity, slicePlacements, sliceSamplePaths } from '../../kernel/slice-operation.ts';
import { localClock, weekdayOf, weekOf } from '../../kernel/time.ts';
import { clockText } from '../../kernel/time-window.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { project } from '../../queueing/project.ts';
import { alignRecords, freshOf, presentCapacity } from '../comparison/read-actuals.ts';
import { minuteOfAsOf } from '../history/day-counts.ts';
import { type History, readHistory } from '../history/read-history.ts';
import { findPlan, type StoredPlan } from '../operation/stored-plan.ts';
import { spanHorizon, type WeekHorizon } from '../operation/week-horizon.ts';
import { planningFinding } from '../planning-findings.ts';
import type { Ports } from '../ports.ts';
import { rosteredWeeks } from '../roster/project-roster.ts';
import { publishedIn } from '../roster/roster-inputs.ts';

export type DayPorts = Pick<Ports, 'store' | 'models' | 'nowMillis'>;

/** The day that is asked about, as it was planned. */
export interface AskedDay {
  readonly date: string;
  readonly asOf: string;
  readonly asOfMillis: number;
  /** The day alone, midnight to midnight. */
  readonly day: WeekHorizon;
  /** Intervals that are over. */
  readonly now: number;
  readonly stored: StoredPlan;
  readonly operation: Operation;
  /** The plan is of the day's own week; else what it expects of calls is another week's. */
  readonly isOwnWeek: boolean;
  readonly operatorsFrom: 'roster' | 'plan';
  /** The published roster in force. */
  readonly rostered: RosterDocument | undefined;
  readonly assumptions: readonly Sayable[];
}

/** The moment that is asked about; without one now. */
export const momentOf = (
  { models, nowMillis }: Pick<DayPorts, 'models' | 'nowMillis'>,
  asOf: string | undefined,
): { readonly date: string; readonly minute: number; readonly asOf: string } => {
  const clock = localClock(models.hotline.zone)(nowMillis);
  const given = asOf === undefined || /^\d{4}-\d{2}-\d{2}/.test(asOf) ? asOf : `${clock.date}T${asOf}`;
  const minute = given === undefined ? clock.minute : (minuteOfAsOf(given) ?? 0);
  const date = given?.slice(0, 10) ?? clock.date;
  return { date, minute, asOf: `${date}T${clockText(minute)}` };
};

export const askedDay = async (
  ports: DayPorts,
  { asOf: given, plan: id, seed }: DayRequest,
): Promise<AskedDay> => {
  const { date, minute, asOf } = momentOf(ports, given);
  const week = weekOf(date);
  const standing =
    id === undefined || id === 'latest' ? ((await ports.store.planOfWeek(week))?.id ?? undefined) : id;
  const stored = await findPlan(ports, standing);
  if (stored === undefined)
    throw new UsageError(
      standing === undefined
        ? planningFinding('no-plan-yet')
        : planningFinding('no-such-plan', { id: standing }),
    );
  const { planned, week: planWeek } = stored;
  const day = spanHorizon(week, date, 1, planned.models.hotline.zone, planWeek.horizon.intervalMinutes);
  const { startMillis, count, intervalMinutes } = day.horizon;
  const asOfMillis = given === undefined ? ports.nowMillis : startMillis + minute * 60_000;
  const now = Math.min(count, Math.floor((asOfMillis - startMillis) / (intervalMinutes * 60_000)));
  const [roster] = publishedIn(await ports.store.rosters(), date, date);
  const rostered = roster === undefined ? undefined : await ports.store.roster(roster.id);
  const [weekOfRoster] = rostered === undefined ? [] : await rosteredWeeks(ports, rostered, seed, date);
  const inWeek = planWeek.dates.findIndex((own) => weekdayOf(own) === weekdayOf(date));
  const from = planWeek.day.indexOf(inWeek);
  const operation = dayOperation(
    { ...planned, capacity: weekOfRoster?.operation.capacity ?? planned.capacity },
    from,
    day,
  );
  return {
    date,
    asOf,
    asOfMillis,
    day,
    now: Math.max(0, now),
    stored,
    operation,
    isOwnWeek: planWeek.week === week,
    operatorsFrom: weekOfRoster === undefined ? 'plan' : 'roster',
    rostered,
    assumptions:
      planWeek.week === week ? [] : [dayFinding('day-plan-of-other-week', { week, planWeek: planWeek.week })],
  };
};

/** The intervals of a day of a plan's week, as an operation of the day's own. A change of clocks cuts or repeats its end. */
const dayOperation = (
  { demand, capacity, policy }: Operation,
  from: number,
  { horizon }: WeekHorizon,
): Operation => {
  const to = Math.min(demand.horizon.count, from + horizon.count);
  const start = to - horizon.count;
  const sliced: Demand = sliceSamplePaths(demand, start, to, Infinity);
  return {
    demand: { horizon, queues: sliced.queues },
    capacity: sliceCapacity(capacity, start, to),
    policy: { ...policy, prompts: slicePlacements(policy.prompts, start, to) },
  };
};

/**
 * Stored traffic before the interval that is not over yet. Where rows have ceased, the last interval that has any was cut
 * off with them if it has less than half of its calls: it is not known then. Throws where the day has none and neither has
 * the past.
 */
export const historyUntil = async (
  { store }: DayPorts,
  { day, now, operation, stored }: AskedDay,
): Promise<History> => {
  const { zone, intervalMinutes } = stored.planned.models.hotline;
  const stepMillis = intervalMinutes * 60_000;
  const until = (interval: number): Promise<History> =>
    readHistory(store, zone, intervalMinutes, {
      fromMillis: -8.64e15,
      toMillis: day.horizon.startMillis + interval * stepMillis,
    });
  const history = await until(now);
  const lastMillis = Math.max(...history.queues.map(({ startMillis }) => startMillis.at(-1) ?? -Infinity));
  const last = Math.floor((lastMillis - day.horizon.startMillis) / stepMillis);
  if (last < 0 || last >= now - 1) return history;
  const came = history.queues.reduce(
    (sum, { startMillis, offered }) => sum + (startMillis.at(-1) === lastMillis ? (offered.at(-1) ?? 0) : 0),
    0,
  );
  const expected = operation.demand.queues.reduce((sum, queue) => sum + valueAt(queue.freshMean, last), 0);
  return came < expected / 2 ? until(last) : history;
};

export const pictureOf = async (ports: DayPorts, asked: AskedDay, history: History): Promise<DayPicture> => {
  const { operation, day, now, stored, date, asOfMillis } = asked;
  const { models } = stored.planned;
  const planned = project(operation);
  const { capacity, presenceKnown } = await presentCapacity(
    ports.store,
    { ...history, queues: todayOnly(history, day) },
    models,
    day,
    operation.capacity,
  );
  return {
    date,
    starts: day.starts,
    asOfMillis,
    now,
    operation,
    targets: {
      ...models.targets,
      connectionRate: stored.plan.targets.connectionRate,
      serviceLevel: stored.plan.targets.serviceLevel,
    },
    queues: operation.demand.queues.map((queue, q): QueuePicture => {
      const columns = history.queues.find((own) => own.queue === queue.queue);
      const seen = (field: Parameters<typeof alignRecords>[1]): Float64Array =>
        columns === undefined
          ? new Float64Array(day.horizon.count).fill(Number.NaN)
          : alignRecords(columns, field, day);
      const outcome = planned.queues[q];
      const offered = outcome?.offered ?? queue.freshMean;
      return {
        queue: queue.queue,
        planned: {
          offered,
          ...countedRange(queue, offered),
          handleTimeSeconds: queue.handleTimeSeconds,
          answeredShare: offered.map((calls, i) =>
            calls > 0 ? (outcome?.answered[i] ?? 0) / calls : Number.NaN,
          ),
        },
        seen: {
          offered: seen('offered'),
          answered: seen('answered'),
          answeredInThreshold: seen('answeredInThreshold'),
          abandoned: seen('abandoned'),
          blocked: seen('blocked'),
          waitSeconds: seen('waitSecondsTotal'),
          handleSeconds: seen('handleSecondsTotal'),
        },
      };
    }),
    tiers: operation.capacity.tiers.map(({ tier, operators }) => {
      const present = capacity?.tiers.find((own) => own.tier === tier)?.operators;
      return {
        tier,
        rostered: operators,
        present: operators.map((_, i) =>
          i < now && presenceKnown[i] === 1 ? (present?.[i] ?? Number.NaN) : Number.NaN,
        ),
      };
    }),
  };
};

/** A day's rows alone: what earlier days say of operators is not asked. */
const todayOnly = ({ queues }: History, { horizon }: WeekHorizon): History['queues'] =>
  queues.map((columns) => {
    const first = columns.startMillis.findIndex((start) => start >= horizon.startMillis);
    const from = first < 0 ? columns.startMillis.length : first;
    return {
      ...columns,
      startMillis: columns.startMillis.subarray(from),
      operators: columns.operators.subarray(from),
    };
  });

/** Calls as they would be counted in 80 of 100 days: the paths' spread and the luck of single calls, around a mean. */
export const countedRange = (
  { ratePaths, pathCount, freshMean }: QueueDemand,
  mean: Float64Array,
): { readonly low: Float64Array; readonly high: Float64Array } => {
  const deviation = mean.map((calls, i) => {
    let [sum, squares] = [0, 0];
    for (let path = 0; path < pathCount; path += 1) {
      const rate = valueAt(ratePaths, path * mean.length + i);
      sum += rate;
      squares += rate * rate;
    }
    const spread = pathCount > 1 ? Math.max(0, squares / pathCount - (sum / pathCount) ** 2) : 0;
    const scale = valueAt(freshMean, i) > 0 ? calls / valueAt(freshMean, i) : 1;
    return Math.sqrt(spread * scale * scale + calls);
  });
  return {
    low: mean.map((calls, i) => Math.max(0, calls - eightyPercent * valueAt(deviation, i))),
    high: mean.map((calls, i) => calls + eightyPercent * valueAt(deviation, i)),
  };
};

/** Standard deviations on either side that hold 80 of 100. */
const eightyPercent = 1.2816;

/** First-time calls of the day by queue; NaN where nobody told, or from now on. */
export const firstCalls = (
  { day }: AskedDay,
  history: History,
  grids: ReadonlyMap<string, DayGrid>,
): ReadonlyMap<string, Float64Array> =>
  new Map(
    history.queues.flatMap((columns) => {
      const grid = grids.get(columns.queue);
      return grid === undefined ? [] : [[columns.queue, freshOf(columns, grid, day)] as const];
    }),
  );
