import type { DayDocument, Signal } from '../../contract/documents/day-document.ts';
import { publishedIn } from '../../contract/plan-states.ts';
import type { RosterDocument } from '../../contract/documents/roster-document.ts';
import type { DayRequest } from '../../contract/http/job-requests.ts';
import { countedRange } from '../../intraday/chances.ts';
import type { DayPicture, QueuePicture } from '../../intraday/day.ts';
import { dayFinding, type DayFindings } from '../../intraday/day-findings.ts';
import { unansweredOf } from '../../intraday/rest-of-day.ts';
import type { FoundSignal, MeasuredDay, Silence } from '../../intraday/watched-day.ts';
import { UsageError } from '../../kernel/errors.ts';
import { absenceChance } from '../../kernel/shrinkage.ts';
import type { Sayable } from '../../kernel/finding.ts';
import { asRates, type Demand, instantAt, type Operation, type Outcome } from '../../kernel/hotline.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import { sliceCapacity, slicePlacements, sliceSamplePaths } from '../../kernel/slice-operation.ts';
import { clockText, heardOf } from '../../kernel/time-window.ts';
import { wallClockOf, weekOf, weekdayOf } from '../../kernel/time.ts';
import { untranslated } from '../../kernel/text.ts';
import { meanOf, sumOf } from '../../kernel/statistics.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { project } from '../../queueing/project.ts';
import { alignRecords, freshOf, presentCapacity } from '../comparison/read-actuals.ts';
import { type History, minuteOfAsOf, momentOf, progressOf, readHistory } from '../history/read-history.ts';
import { rateOrNull } from '../operation/measure-effect.ts';
import { findPlan, type StoredPlan } from '../operation/stored-plan.ts';
import { spanHorizon, type WeekHorizon } from '../operation/week-horizon.ts';
import { planningFinding } from '../planning-findings.ts';
import type { Ports } from '../ports.ts';
import { rosteredWeeks } from '../roster/project-roster.ts';

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

export const askedDay = async (
  ports: DayPorts,
  { asOf: text, plan: id, seed }: DayRequest,
): Promise<AskedDay> => {
  const { date, minute, asOf } = momentOf(ports, text);
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
  const asOfMillis = text === undefined ? ports.nowMillis : startMillis + minute * 60_000;
  const now = Math.min(count, Math.floor((asOfMillis - startMillis) / (intervalMinutes * 60_000)));
  const rosters = await ports.store.rosters();
  const [roster] = publishedIn(rosters, date, date);
  const rostered = roster === undefined ? undefined : await ports.store.roster(roster.id);
  const [weekOfRoster] = rostered === undefined ? [] : await rosteredWeeks(ports, rostered, seed, date);
  const inWeek = planWeek.dates.findIndex((own) => weekdayOf(own) === weekdayOf(date));
  const from = planWeek.day.indexOf(inWeek);
  const own = dayOperation(
    { ...planned, capacity: weekOfRoster?.operation.capacity ?? planned.capacity },
    from,
    day,
  );
  const isOwnWeek = planWeek.week === week;
  const { demand, events } = isOwnWeek
    ? { ...own, events: [] }
    : ordinaryDay(own.demand, stored.plan, planWeek.dates[inWeek]);
  return {
    date,
    asOf,
    asOfMillis,
    day,
    now: Math.max(0, now),
    stored,
    operation: { ...own, demand },
    isOwnWeek,
    operatorsFrom: weekOfRoster === undefined ? 'plan' : 'roster',
    rostered,
    assumptions: [
      ...(isOwnWeek ? [] : [dayFinding('day-plan-of-other-week', { week, planWeek: planWeek.week, events })]),
      ...(rostered === undefined && rosters.some(({ from, to }) => from <= date && date <= to)
        ? [dayFinding('day-draft-roster')]
        : []),
    ],
  };
};

/** What a plan's day expects on a date of another week: without what only its own date had, by name where it has one. */
const ordinaryDay = (
  demand: Demand,
  { queues, overrules }: StoredPlan['plan'],
  date: string | undefined,
): { readonly demand: Demand; readonly events: readonly string[] } => {
  const { count, intervalMinutes } = demand.horizon;
  const events = new Set<string>();
  /** What each interval is multiplied with; a change for some hours lies in them alone. Calls that are 0 stay so. */
  const scalesOf = ({ queue, freshMean }: Demand['queues'][number]): Float64Array => {
    const part = queues.find((one) => one.queue === queue)?.parts.find((one) => one.date === date);
    const { holiday = 1, event = 1, overrule = 1 } = part ?? {};
    const ofDay = holiday * event;
    if (ofDay > 0) for (const name of part?.events ?? []) events.add(name);
    const changes = overrules.filter((one) => one.date === date && (one.queue ?? queue) === queue);
    const isChanged = freshMean.map((_, i) => {
      const at = clockText(i * intervalMinutes);
      return Number(changes.some(({ from, to }) => from === null || to === null || (at >= from && at < to)));
    });
    const all = sumOf(freshMean);
    const changed = sumOf(freshMean.map((calls, i) => calls * valueAt(isChanged, i)));
    const left = 1 - (all * (1 - 1 / overrule)) / changed;
    return isChanged.map((is) => (is === 1 && left > 0 && left < Infinity ? left : 1) / (ofDay || 1));
  };
  return {
    demand: {
      ...demand,
      queues: demand.queues.map((queue) => {
        const scales = scalesOf(queue);
        return {
          ...queue,
          freshMean: queue.freshMean.map((calls, i) => calls * valueAt(scales, i)),
          ratePaths: asRates(queue.ratePaths.map((calls, i) => calls * valueAt(scales, i % count))),
        };
      }),
    },
    events: [...events],
  };
};

/** The intervals of a day of a plan's week, as an operation of the day's own. A change of clocks cuts or repeats its end. */
export const dayOperation = (
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

/** An interval in which the rows end, and the part of it that they tell of. */
export interface CutInterval {
  readonly interval: number;
  readonly share: number;
  /** The part of it that each queue of a feed that follows events is known of; the others are heard of in another way. */
  readonly shares: ReadonlyMap<string, number>;
  /** When they end, 'YYYY-MM-DDTHH:MM' of the wall clock. */
  readonly at: string;
}

/** Parts of an interval that are as good as all of it, and as nothing. */
const allOfIt = 0.98;
export const nothingOfIt = 0.1;

/** Whether a feed that reads what is old, and has come so far (`caughtUpTo`), has brought all of an interval. */
export const hasAllOf = ({ day }: AskedDay, interval: number, caught: number): boolean =>
  caught >= instantAt(day.horizon, interval + allOfIt);

/**
 * Stored traffic before the interval that is not over yet, and of that one what a feed has followed so far. Where a feed has
 * followed events into an interval and no farther, that one is known in part (`cut`); where rows have ceased for another reason, the last interval that has any was
 * cut off with them if it has less than half of its calls: it is not known then, nor where a feed that reads what is old
 * (`caught`: how far) is within it. What is known ends with the last call of a silence, and of an interval that one ends in only
 * what is over. Throws where the day has none and neither has the past.
 */
export const historyUntil = async (
  { store }: DayPorts,
  asked: AskedDay,
  caught?: number,
  silences: readonly Silence[] = [],
): Promise<{ readonly history: History; readonly cut: CutInterval | undefined }> => {
  const { day, now, operation, stored } = asked;
  const { zone, intervalMinutes } = stored.planned.models.hotline;
  const stepMillis = intervalMinutes * 60_000;
  const { startMillis: fromMillis } = day.horizon;
  const toMillis = (interval: number): number => fromMillis + interval * stepMillis;
  const lastCall = silences.find(({ isOpen }) => isOpen)?.from ?? Infinity;
  const feeds = (await store.feeds.all()).map(progressOf).map(({ watermark, queues }) => ({
    watermark: Math.min(watermark, lastCall),
    queues,
  }));
  const atMillis = Math.max(-Infinity, ...feeds.map(({ watermark }) => watermark));
  const shareOf = (interval: number, until = atMillis): number => (until - toMillis(interval)) / stepMillis;
  // Of a moment that is past nobody knows what of its interval had come.
  const isRunning =
    caught === undefined &&
    !silences.some(({ to, isOpen }) => !isOpen && to > toMillis(now)) &&
    now < day.horizon.count &&
    shareOf(now) >= nothingOfIt &&
    shareOf(now) < 1 &&
    atMillis <= asked.asOfMillis + 60_000;
  const end = Math.min(isRunning ? now + 1 : now, Math.ceil((lastCall - fromMillis) / stepMillis));
  const rows = (await store.trafficSummary()).map(({ queue }) =>
    store.traffic(queue, { fromMillis, toMillis: toMillis(end) }),
  );
  // how much of the last one is known is found out below
  const newest = Math.max(
    ...(await Promise.all(rows)).map(({ startMillis: starts }) => starts.at(-1) ?? -Infinity),
  );
  const until = (interval: number): Promise<History> =>
    readHistory(store, zone, intervalMinutes, { fromMillis: -8.64e15, toMillis: toMillis(interval) }, newest);
  const history = await until(end);
  const lastMillis = Math.max(...history.queues.map(({ startMillis }) => startMillis.at(-1) ?? -Infinity));
  const last = Math.floor((lastMillis - day.horizon.startMillis) / stepMillis);
  if (last < 0) return { history, cut: undefined };
  if (caught !== undefined)
    return { history: hasAllOf(asked, last, caught) ? history : await until(last), cut: undefined };
  const share = shareOf(last);
  if (share > 0 && share < nothingOfIt) return { history: await until(last), cut: undefined };
  if (share > 0 && (share < allOfIt || last === now)) {
    const at = wallMinute(asked, atMillis);
    const shares = feeds.flatMap(({ watermark, queues }) => {
      const own = shareOf(last, watermark);
      return own < nothingOfIt ? [] : queues.map((queue) => [queue, own] as const);
    });
    return { history, cut: { interval: last, share, shares: new Map(shares), at } };
  }
  if (last >= now - 1) return { history, cut: undefined };
  const came = history.queues.reduce(
    (sum, { startMillis, offered }) => sum + (startMillis.at(-1) === lastMillis ? (offered.at(-1) ?? 0) : 0),
    0,
  );
  const expected = operation.demand.queues.reduce((sum, queue) => sum + valueAt(queue.freshMean, last), 0);
  return { history: came < expected / 2 ? await until(last) : history, cut: undefined };
};

/** What is expected of a day, of an interval that was cut off its part. */
export const inPart = (expected: Float64Array, cut: CutInterval | undefined): Float64Array =>
  cut === undefined ? expected : expected.map((calls, i) => (i === cut.interval ? cut.share * calls : calls));

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

/** Calls of the 24 hours before the day, over the queues that tell both counts. */
export const yesterdayOf = ({ queues }: History, { horizon }: WeekHorizon) => {
  const { count } = horizon;
  const before = {
    horizon: { ...horizon, startMillis: instantAt(horizon, -count) },
  } as WeekHorizon;
  const offered = new Float64Array(count).fill(Number.NaN);
  const answered = new Float64Array(count).fill(Number.NaN);
  for (const columns of queues) {
    const [calls, got] = [
      alignRecords(columns, 'offered', before),
      alignRecords(columns, 'answered', before),
    ];
    calls.forEach((value, i) => {
      if (Number.isNaN(value + valueAt(got, i))) return;
      offered[i] = (Number.isNaN(valueAt(offered, i)) ? 0 : valueAt(offered, i)) + value;
      answered[i] = (Number.isNaN(valueAt(answered, i)) ? 0 : valueAt(answered, i)) + valueAt(got, i);
    });
  }
  return { offered, answered };
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

/** The day by interval, as the document has it; `outcome` is that of the rest's mean demand, `people` those expected by tier. */
export const intervalsOf = (
  { starts, queues, tiers, now, operation }: DayPicture,
  rest: Operation,
  outcome: Outcome,
  people: readonly Float64Array[],
): DayDocument['intervals'] => {
  const known = (values: Float64Array): (number | null)[] => Array.from(values, rateOrNull);
  const later = (values: Float64Array): (number | null)[] =>
    Array.from(values, (value, i) => (i < now ? null : value));
  const parts = queues.map(({ planned }, q) => ({
    planned: { demand: operation.demand.queues[q], mean: planned.offered },
    expected: { demand: rest.demand.queues[q], mean: outcome.queues[q]?.offered ?? planned.offered },
  }));
  const rangesOf = (some: typeof parts) => {
    const planned = countedRange(some.map((own) => own.planned));
    const expected = countedRange(some.map((own) => own.expected));
    return {
      plannedLow: [...planned.low],
      plannedHigh: [...planned.high],
      expectedLow: later(expected.low),
      expectedHigh: later(expected.high),
    };
  };
  return {
    starts: [...starts],
    queues: queues.map(({ queue, planned, seen }, q) => {
      const unanswered = unansweredOf(seen);
      return {
        queue,
        planned: [...planned.offered],
        offered: known(seen.offered),
        answered: known(seen.answered),
        abandoned: known(seen.abandoned),
        lost: known(unanswered.lost),
        elsewhere: known(unanswered.elsewhere),
        expected: later(valueAt(parts, q).expected.mean),
        ...rangesOf(parts.slice(q, q + 1)),
      };
    }),
    total: rangesOf(parts),
    tiers: tiers.map(({ tier, rostered, present }, t) => ({
      tier,
      rostered: Array.from(rostered),
      present: known(present),
      expected: later(valueAt(people, t)),
    })),
  };
};

/** Calls of the whole line from which on an interval that nobody counted is missing. */
const leastExpected = 0.5;

/**
 * Stretches of which not all is known: before interval `until` nothing came of any queue, or the switchboard was down (`mute`);
 * and those that are `known` to the minute.
 */
export const gapsOf = (
  { queues, date, starts }: DayPicture,
  mute: Uint8Array,
  until: number,
  known: DayDocument['gaps'] = [],
): DayDocument['gaps'] => {
  const clock = (at: number): string => starts[at] ?? `${date}T24:00`;
  const gaps = [...known];
  for (let i = 0; i < until; i += 1) {
    const planned = queues.reduce((sum, own) => sum + valueAt(own.planned.offered, i), 0);
    const isKnown = queues.some(({ seen }) => !Number.isNaN(valueAt(seen.offered, i)));
    if (mute[i] !== 1 && (isKnown || planned < leastExpected)) continue;
    gaps.push({ from: clock(i), to: clock(i + 1) });
  }
  return gaps
    .toSorted((one, other) => one.from.localeCompare(other.from))
    .reduce<DayDocument['gaps']>((merged, { from, to }) => {
      const last = merged.at(-1);
      if (last === undefined || from > last.to) merged.push({ from, to });
      else if (to > last.to) last.to = to;
      return merged;
    }, []);
};

/** Share of an interval's callers, and their least number, from which on it is said that so many were lost. */
const [toldLost, fewestTold] = [0.15, 20];

/**
 * The interval that is over last (none where rows do not reach it: `lastRow` null): where more calls came than its range
 * has and no signal says so, and where many were lost. Of one that lies in a gap in part only what was heard is named,
 * and held against its part; nothing of one that was heard before and after a gap.
 */
export const latelyOf = (
  { starts, queues }: DayDocument['intervals'],
  { operation, ...picture }: Pick<DayPicture, 'operation' | 'queues'>,
  signals: readonly Signal[],
  lastRow: string | null,
  gaps: DayDocument['gaps'] = [],
): Pick<DayFindings['day-headline'], 'lately' | 'lost'> => {
  const next = lastRow?.endsWith('24:00') === true ? starts.length : starts.indexOf(lastRow ?? '');
  const last = next - 1;
  if (last < 0) return { lately: null, lost: null };
  const sum = (field: 'offered' | 'lost' | 'planned'): number =>
    queues.reduce((all, queue) => all + (queue[field][last] ?? 0), 0);
  const heard = heardOf(starts, last, gaps, lastRow);
  const [part, ...others] = heard;
  if (part === undefined || others.length > 0) return { lately: null, lost: null };
  const minutes = (spans: typeof heard): number =>
    spans.reduce((all, { from, to }) => all + (minuteOfAsOf(to) ?? 0) - (minuteOfAsOf(from) ?? 0), 0);
  const share = minutes(heard) / minutes(heardOf(starts, last, [], lastRow));
  const [came, planned, lost] = [sum('offered'), share * sum('planned'), sum('lost')];
  const when = { from: part.from.slice(11), to: part.to.slice(11), came };
  const { high } = countedRange(
    picture.queues.map((own, q) => ({
      demand: operation.demand.queues[q],
      mean: own.planned.offered.map((calls) => share * calls),
    })),
  );
  const isMore =
    came > valueAt(high, last) && planned > 0 && signals.every(({ kind }) => kind !== 'more-calls');
  return {
    lately: isMore ? { ...when, planned } : null,
    lost: lost >= toldLost * came && came >= fewestTold ? { ...when, lost } : null,
  };
};

/** Wall clock of an instant, to the minute. */
export const wallMinute = ({ day: { horizon, firstDate } }: AskedDay, millis: number): string =>
  millis === instantAt(horizon, horizon.count)
    ? `${firstDate}T24:00`
    : wallClockOf(millis, horizon.zone).slice(0, 16);

/** Wall clock at which an interval of a day begins, or its end. */
export const clockAt = (day: WeekHorizon, interval: number): string =>
  day.starts[interval] ?? `${day.firstDate}T24:00`;

export const writeSignal = (found: FoundSignal, { day, stored }: AskedDay): Signal => {
  const { kind, queue, since, confidence, factor, counted, silent } = found;
  const start = silent?.at ?? clockAt(day, since);
  const name = stored.planned.models.hotline.queues.find((own) => own.queue === queue)?.name;
  return {
    kind,
    queue,
    since: start,
    confidence,
    factor: rateOrNull(factor),
    said: dayFinding('day-signal', {
      kind,
      queue: queue === null ? null : (name ?? untranslated(queue)),
      since: start.slice(11),
      factor: rateOrNull(factor),
      confidence,
      ...(counted === undefined
        ? {}
        : {
            counted: {
              from: clockAt(day, counted.at).slice(11),
              to: clockAt(day, counted.at + 1).slice(11),
              present: counted.present,
              rostered: counted.rostered,
            },
          }),
      ...(silent === undefined ? {} : { missed: silent.missed, days: silent.days }),
    }),
  };
};

/** Handle times of the day against the plan's. */
export const handledToday = (picture: QueuePicture | undefined): MeasuredDay => {
  if (picture === undefined) throw new RangeError('a queue without its picture');
  const { seen, planned } = picture;
  return {
    came: seen.handleSeconds,
    expected: seen.answered.map((calls, i) => calls * valueAt(planned.handleTimeSeconds, i)),
    weight: seen.answered,
  };
};

/** Chance that an operator stays away for the day, over the tiers. */
export const meanAbsence = ({ planned }: StoredPlan, { demand }: Operation): number => {
  const chances = planned.models.tiers.tiers.flatMap(({ shrinkage }) => [
    ...absenceChance(shrinkage, demand.horizon),
  ]);
  return chances.length === 0 ? 0.05 : meanOf(chances);
};

export const tellsPresence = ({ tiers }: DayPicture): boolean =>
  tiers.some(({ present }) => present.some((n) => !Number.isNaN(n)));
