import type {
  DayDocument,
  RestFigures,
  SteppedAction,
  TakenAction,
} from '../contract/documents/day-document.ts';
import type { DayRequest, StepActionRequest, TakeActionsRequest } from '../contract/http/job-requests.ts';
import { type DayForecast } from '../forecast/forecast-queues.ts';
import type { DayPicture, QueuePicture, RestOfDay } from '../intraday/day.ts';
import type { KnownLost } from '../intraday/call-backs.ts';
import { dayFinding, dayProblem, type DayRate } from '../intraday/day-findings.ts';
import { buildRest, inferOperators, projectRest, worthOfPresent } from '../intraday/rest-of-day.ts';
import { findSignals, foundWithin } from '../intraday/signals.ts';
import {
  type FoundSignal,
  outagesOf,
  type Silence,
  type WatchedDay,
  type WatchedQueue,
} from '../intraday/watched-day.ts';
import { contentHashOf } from '../kernel/content-hash.ts';
import { BadInputError } from '../kernel/errors.ts';
import { type Operation } from '../kernel/hotline.ts';
import { untranslated } from '../kernel/text.ts';
import { dayNumber } from '../kernel/time.ts';
import { intervalStart, restStart } from '../kernel/time-window.ts';
import { valueAt } from '../kernel/value-at.ts';
import { project } from '../queueing/project.ts';
import { planDayActions } from './day/day-actions.ts';
import {
  asSeen,
  asStanding,
  logAt,
  optionsIn,
  readDayLog,
  refuseOlder,
  stepAction,
  takeActions,
  tooLate,
  countOf,
  withTaken,
  writeTaken,
} from './day/day-log.ts';
import {
  askedDay,
  type AskedDay,
  clockAt,
  type CutInterval,
  type DayPorts,
  firstCalls,
  gapsOf,
  handledToday,
  hasAllOf,
  historyUntil,
  inPart,
  intervalsOf,
  latelyOf,
  meanAbsence,
  nothingOfIt,
  pictureOf,
  tellsPresence,
  wallMinute,
  writeSignal,
  yesterdayOf,
} from './day/day-picture.ts';
import { handledBefore, worthBefore } from './day/days-before.ts';
import { callBacksOf, lostToday } from './day/lost-callers.ts';
import { sharesWithin, silencesOf } from './day/silences.ts';
import { splitDay } from './day/evening.ts';
import { aheadOf, asFarAsCome, forecastRest, type Morning } from './day/forecast-rest.ts';
import {
  caughtUpTo,
  clockKey,
  freshGrids,
  type History,
  minuteOfAsOf,
  momentOf,
  runningSince,
} from './history/read-history.ts';
import type { RosterPorts } from './roster/open-roster.ts';

const rateOf = (figures: RestFigures, rate: 'connectionRate' | 'serviceLevel'): DayRate => ({
  rate: figures[rate].mean,
  target: figures.targets[rate],
  chance: figures.chances[rate],
});

/**
 * A day in progress: what of it is no luck, what becomes of it by midnight if nothing is done, and what can still be
 * done. Calls are those stored until the time asked about; without one, until now. What can still be done takes longest:
 * a picture comes without, and is taken up by the whole answer that follows it.
 */
export const describeDay = async (
  ports: DayPorts,
  { part, ...request }: DayRequest,
): Promise<DayDocument> => {
  const look = await lookOnce(ports, request);
  const { picture, seen, lost, unseen } = look;
  if (part === 'picture' || unseen === 'coming')
    return { ...picture, actionsAsOf: null, actions: [], together: null };
  // What to do about a day that nobody sees is not known.
  if (unseen === 'late') return { ...picture, actionsAsOf: picture.asOf, actions: [], together: null };
  // A picture that waits for the same look goes out first.
  await new Promise(setImmediate);
  const { actions, together, funnel } = await actionsOf(ports, look);
  const { callBacks } = picture;
  return {
    ...picture,
    actionsAsOf: picture.asOf,
    actions,
    together,
    callBacks: callBacks === null || lost === undefined ? null : callBacksOf(seen, lost, funnel),
  };
};

/**
 * Takes actions that a day proposes (`takeActions`); where none is named, those that are best together. Decided on an
 * earlier revision of the day nothing is done (`BadInputError`), nor where one of them is not proposed any more.
 */
export const takeDayActions = async (
  ports: DayPorts & RosterPorts,
  { actions, seen = [], ...request }: TakeActionsRequest,
): Promise<TakenAction[]> => {
  const { asOf, plan, seed } = request;
  const look = await lookOnce(ports, { asOf, plan, seed });
  const { asked, log } = look;
  refuseAhead(ports, asked.asOf);
  const { asOf: now, date: today } = momentOf(ports, undefined);
  if (asked.date < today) throw new BadInputError([dayProblem('asOf', 'day-over', asked.asOf, { now })]);
  await refuseOlder(log, request.revision);
  const { find, actions: proposed } = await actionsOf(ports, look);
  const wanted = actions ?? proposed.flatMap(({ id, chosen }) => (chosen ? [id] : []));
  if (wanted.length === 0) throw new BadInputError([dayProblem('actions', 'no-actions-to-take', null)]);
  const began = runningSince(ports);
  const refuseLate = (late: readonly { readonly action: string; readonly latest: string }[]): void => {
    if (late.length > 0)
      throw new BadInputError(late.map(({ action, latest }) => tooLate(action, latest, now)));
  };
  // What is not proposed any more since its moment has passed is too late, whatever else is new.
  refuseLate(seen.filter(({ action, latest }) => wanted.includes(action) && latest < began));
  const found = wanted.map((id) => {
    const own = find(id, wanted);
    if (own === undefined) throw new BadInputError([dayProblem('action', 'action-changed-meanwhile', id)]);
    return asSeen(own, seen);
  });
  refuseLate(
    found.flatMap(({ option, action: { latest } }) =>
      latest < began ? [{ action: option.id, latest }] : [],
    ),
  );
  return takeActions(ports, { ...asked, log, began, rostered: asked.rostered?.id }, found, request);
};

/** Says what becomes of an action that was proposed or taken (`stepAction`); undefined where there is no such. */
export const stepDayAction = async (
  ports: DayPorts & RosterPorts,
  id: number,
  request: StepActionRequest,
): Promise<SteppedAction | undefined> => {
  const { asOf } = momentOf(ports, request.asOf);
  refuseAhead(ports, asOf);
  const now = momentOf(ports, undefined).asOf;
  const text = request.given === undefined ? undefined : momentOf(ports, request.given).asOf;
  const { intervalMinutes } = ports.models.hotline;
  return stepAction(
    ports,
    id,
    {
      asOf,
      now,
      began: runningSince(ports),
      given: text === undefined ? undefined : { asOf: text, began: intervalStart(text, intervalMinutes) },
    },
    request,
  );
};

/** Nobody acts on a day ahead of time: until then no answer would tell of it. */
const refuseAhead = (ports: DayPorts, asOf: string): void => {
  const { asOf: now } = momentOf(ports, undefined);
  if (asOf > now) throw new BadInputError([dayProblem('asOf', 'day-ahead', asOf, { now })]);
};

interface LookedAt {
  readonly picture: Omit<DayDocument, 'actions' | 'actionsAsOf' | 'together'>;
  readonly seen: DayPicture;
  readonly asked: AskedDay;
  readonly log: Awaited<ReturnType<typeof readDayLog>>;
  readonly rest: RestOfDay;
  readonly lost: KnownLost | undefined;
  /** Nothing is known of its last hours, or not yet. */
  readonly unseen: 'late' | 'coming' | undefined;
}

const actionsOf = (ports: DayPorts, { asked, rest, lost, log, seen, picture }: LookedAt) =>
  planDayActions(ports, asked, rest, lost, log, seen, picture.restOfDay);

/** The days that this thread has looked at last, by all that they rest on. */
const looks = new Map<string, Promise<LookedAt>>();
const mostLooks = 3;

const lookOnce = async (ports: DayPorts, request: DayRequest): Promise<LookedAt> => {
  const { store, models } = ports;
  const [last] = await store.audit({ limit: 1 });
  const until = await caughtUpTo(ports);
  const key = await contentHashOf([
    request,
    clockKey(ports, request.asOf),
    until === undefined,
    models,
    // whole: two lines that were restored from one backup count alike
    last ?? null,
    (await readDayLog(ports, momentOf(ports, request.asOf).date)).entries,
    await store.dataHash(),
    (await store.plans()).map(({ id, version }) => [id, version]),
  ]);
  const found = looks.get(key) ?? lookAtDay(ports, request, until);
  looks.delete(key);
  looks.set(key, found);
  for (const old of [...looks.keys()].slice(0, -mostLooks)) looks.delete(old);
  found.catch(() => looks.delete(key));
  return found;
};

const lookAtDay = async (ports: DayPorts, request: DayRequest, caught?: number): Promise<LookedAt> => {
  const asked = await askedDay(ports, request);
  const log = await readDayLog(ports, asked.date);
  const entries = asStanding(logAt(log, asked.asOf), asked.rostered);
  const { day, stored, asOf } = asked;
  const { asOf: now } = momentOf(ports, undefined);
  const began = runningSince(ports);
  const { models } = stored.planned;
  const isMoving = caught !== undefined && !hasAllOf(asked, asked.now - 1, caught);
  const silences = await silencesOf(ports, asked, isMoving);
  const silent = silences.find(({ isOpen }) => isOpen);
  const { history, cut } = await historyUntil(ports, asked, isMoving ? caught : undefined, silences);
  const { grids } = freshGrids(history, models.hotline);
  const first = firstCalls(asked, history, grids);
  const quiet = silences.filter(({ isOpen }) => !isOpen).map((own) => sharesWithin(asked, own));
  const isQuiet = (i: number): boolean => quiet.some((shares) => valueAt(shares, i) >= nothingOfIt);
  for (const came of first.values()) for (const i of came.keys()) if (isQuiet(i)) came[i] = Number.NaN;
  const picture = await pictureOf(ports, asked, history);
  const perWeek = request.falseAlarmsPerWeek ?? usualFalseAlarms;
  const watched = watchDay(asked, history, first, picture, perWeek, cut);
  const { mute } = outagesOf(watched.calls);
  const gaps = gapsOf(
    picture,
    mute,
    Math.min(watched.calls.rowsUntil, cut?.interval ?? Infinity),
    silences.flatMap(({ isOpen, from, to }) =>
      isOpen ? [] : [{ from: wallMinute(asked, from), to: wallMinute(asked, to) }],
    ),
  );
  for (const i of mute.keys()) if (isQuiet(i)) mute[i] = 1;
  const running = cut !== undefined && cut.interval === picture.now ? cut : undefined;
  // What is known in part is compared with its part, and tells nothing of the rest, unless it is still filling up.
  if (cut !== undefined) {
    if (running === undefined) mute[cut.interval] = 1;
    for (const came of first.values()) came[cut.interval] = Number.NaN;
  }
  const { forecasts, morning } = await forecastRest(ports, asked, history, grids, picture, mute, running);
  const complete = watchPast(watched.calls, asked, history, forecasts, morning, cut);
  const inputs = {
    ahead: aheadOf(asked, first, picture, forecasts, complete),
    yesterday: yesterdayOf(history, day),
    mute,
  };
  const asRostered = buildRest(picture, inputs);
  const found = findSignals({
    ...complete,
    operators: { ...complete.operators, answeredShare: answeredShare(asRostered.operation) },
  }).map((signal) => withOperators(signal, asRostered.operation, complete));
  if (silent !== undefined) {
    const others = found.splice(0).filter(({ kind }) => kind !== 'late-source' && kind !== 'outage');
    found.push(silenceSignal(asked, silent, forecasts), ...others);
  }
  const late = found.find(({ kind }) => kind === 'late-source');
  // What a feed is still reading is neither late nor known, and the end of what it has brought says nothing.
  const isOnItsWay = isMoving && late !== undefined;
  const told = isOnItsWay ? [] : found;
  const missing = told.find(({ kind }) => kind === 'fewer-operators')?.factor;
  const isPresent = tellsPresence(picture);
  if (morning.worth === undefined) morning.worth = await worthBefore(ports, asked, history, grids);
  const before = morning.worth ?? undefined;
  const worth = isPresent
    ? worthOfPresent(asRostered.operation, picture.now, complete.answered, mute, before)
    : before;
  const untaken =
    worth === undefined && missing === undefined
      ? asRostered
      : buildRest(picture, { ...inputs, worth, missing: missing === undefined ? undefined : 1 - missing });
  const rest = asFarAsCome(withTaken(untaken, optionsIn(entries, 'taken')), picture, running);
  const projected = projectRest(picture, rest);
  const signals = told.map((signal) => writeSignal(signal, asked));
  const nameOf = (queue: string) =>
    models.hotline.queues.find((own) => own.queue === queue)?.name ?? untranslated(queue);
  const since = late?.silent?.at ?? (late === undefined ? undefined : clockAt(day, late.since));
  const blind = silent === undefined ? blindSince(asOf, since) : since;
  const total = asFarAsSeen(projected.total, blind);
  if (blind !== undefined) total.rolling = { ...total.rolling, chance: null };
  const lost = lostToday(picture);
  const steps = foundWithin(complete).map(({ intervals, ...step }) => ({
    ...step,
    minutes: intervals === null ? null : intervals * complete.intervalMinutes,
  }));
  const expected = peopleOf(rest.operation, untaken.operation, worth);
  const intervals = intervalsOf(picture, rest.operation, projected.mean, expected);
  const document: LookedAt['picture'] = {
    document: 'day',
    asOf,
    date: asked.date,
    plan: stored.plan.id,
    said: dayFinding('day-headline', {
      time: asOf.slice(11),
      blindSince: blind?.slice(11) ?? null,
      missed: late?.silent?.missed ?? null,
      days: late?.silent?.days,
      caughtUpTo: isOnItsWay ? (since?.slice(11) ?? null) : null,
      signals: signals.slice(0, 2).map(({ said }) => said),
      gaps: gaps.map(({ from, to }) => ({ from: from.slice(11), to: to.slice(11) })),
      ...latelyOf(
        intervals,
        picture,
        signals,
        late !== undefined ? null : running === undefined ? watched.lastRow : clockAt(day, picture.now),
        gaps,
      ),
      ...countOf(entries, restStart({ asOf, intervals })),
      connectionRate: rateOf(total, 'connectionRate'),
      serviceLevel: { ...rateOf(total, 'serviceLevel'), seconds: models.hotline.answerTimeThresholdSeconds },
    }),
    answerTimeThresholdSeconds: models.hotline.answerTimeThresholdSeconds,
    lastRow: late?.silent === undefined ? watched.lastRow : late.silent.days > 0 ? null : late.silent.at,
    gaps,
    falseAlarmsPerWeek: watched.calls.falseAlarmsPerWeek,
    foundWithin: steps,
    signals,
    restOfDay: {
      queues: projected.queues.map(({ queue, ...figures }) => ({
        queue,
        name: nameOf(queue),
        ...asFarAsSeen(figures, blind),
      })),
      total,
    },
    taken: writeTaken(entries, log, began),
    // What is proposed of an earlier moment is proposed again where it still helps.
    takes: asOf >= began && asOf <= now,
    revision: log.revision,
    evening: splitDay(picture, first, entries, projected.total.calls.mean ?? 0),
    // Who of those lost has been answered since is not known of what nobody has seen.
    callBacks: lost === undefined || isOnItsWay || silent !== undefined ? null : callBacksOf(picture, lost),
    intervals,
    assumptions: [
      ...asked.assumptions,
      dayFinding('day-operators-from', {
        from: isPresent ? 'presence' : asked.operatorsFrom,
      }),
      ...(worth === undefined || Math.abs(worth - 1) < toldFrom
        ? []
        : [dayFinding('day-operators-worth', { worth })]),
      dayFinding('day-signals-tested', {
        perWeek: watched.calls.falseAlarmsPerWeek,
        pastDays: Math.max(0, ...complete.queues.map(({ calls }) => calls.past.size)),
      }),
      ...(steps.length === 0 ? [] : [dayFinding('day-found-within', { steps })]),
    ],
  };
  return {
    picture: document,
    seen: picture,
    asked,
    log,
    rest,
    lost,
    unseen: isOnItsWay ? 'coming' : blind === undefined ? undefined : 'late',
  };
};

/** What is said of a silence that lasts: how many would have come by what is expected now. */
const silenceSignal = (
  asked: AskedDay,
  silent: Silence,
  forecasts: ReadonlyMap<string, DayForecast>,
): FoundSignal => {
  const shares = sharesWithin(asked, silent);
  const at = wallMinute(asked, silent.since);
  const missed = [...forecasts].reduce(
    (sum, [queue, { mean }]) =>
      silent.queues.has(queue)
        ? sum + shares.reduce((all, share, i) => all + share * valueAt(mean, valueAt(asked.day.slot, i)), 0)
        : sum,
    0,
  );
  return {
    kind: 'late-source',
    queue: null,
    since: shares.findIndex((share) => share > 0),
    confidence: 1,
    factor: Number.NaN,
    silent: { at, days: dayNumber(asked.date) - dayNumber(at.slice(0, 10)), missed },
  };
};

/** Difference from themselves from which on it is told what those present are worth. */
const toldFrom = 0.02;

/** False alarms that are borne where nobody says, a week over all kinds. */
const usualFalseAlarms = 1;

/** What is watched of today; past days come with the forecast. */
const watchDay = (
  asked: AskedDay,
  history: History,
  first: ReadonlyMap<string, Float64Array>,
  picture: DayPicture,
  falseAlarmsPerWeek: number,
  cut: CutInterval | undefined,
): { readonly calls: WatchedDay; readonly lastRow: string | null } => {
  const { day, now, operation, stored } = asked;
  const { startMillis, intervalMinutes, count } = day.horizon;
  const last = Math.max(...history.queues.map(({ startMillis: starts }) => starts.at(-1) ?? -Infinity));
  const rowsUntil = Math.min(
    now,
    Math.max(0, Math.floor((last - startMillis) / (intervalMinutes * 60_000)) + 1),
  );
  const none = new Float64Array(count).fill(Number.NaN);
  const sum = (of: (queue: QueuePicture) => Float64Array): Float64Array =>
    Float64Array.from({ length: count }, (_, i) =>
      picture.queues.reduce((total, queue) => total + (i < now ? valueAt(of(queue), i) || 0 : Number.NaN), 0),
    );
  const tiers = picture.tiers;
  return {
    lastRow:
      cut !== undefined
        ? cut.at
        : rowsUntil === 0
          ? null
          : rowsUntil === count
            ? `${asked.date}T24:00`
            : (day.starts[rowsUntil] ?? null),
    calls: {
      now,
      intervalMinutes,
      queues: operation.demand.queues.map((queue, q): WatchedQueue => ({
        queue: queue.queue,
        calls: {
          today: {
            came: first.get(queue.queue)?.slice() ?? none,
            expected: inPart(queue.freshMean, cut),
            weight: inPart(queue.freshMean, cut),
          },
          past: new Map(),
        },
        handleTime: { today: handledToday(picture.queues[q]), past: new Map() },
      })),
      offered: sum(({ seen }) => seen.offered),
      answered: sum(({ seen }) => seen.answered),
      rowsUntil,
      operators: {
        rostered: sumTiers(
          tiers.map(({ rostered }) => rostered),
          count,
        ),
        present: sumTiers(
          tiers.map(({ present }) => present),
          count,
        ),
        answeredShare: new Float64Array(count).fill(1),
        absence: meanAbsence(stored, operation),
      },
      falseAlarmsPerWeek,
    },
  };
};

const sumTiers = (tiers: readonly Float64Array[], count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => tiers.reduce((sum, values) => sum + valueAt(values, i), 0));

/** The same with past days: calls as they would have been forecast, handle times against the plan's. */
const watchPast = (
  watched: WatchedDay,
  asked: AskedDay,
  history: History,
  forecasts: ReadonlyMap<string, DayForecast>,
  { past, kept }: Morning,
  cut: CutInterval | undefined,
): WatchedDay => ({
  ...watched,
  kept,
  queues: watched.queues.map((queue) => {
    const forecast = forecasts.get(queue.queue);
    const expected =
      asked.isOwnWeek || forecast === undefined
        ? queue.calls.today.expected
        : inPart(
            Float64Array.from(asked.day.slot, (slot) => valueAt(forecast.morning, slot)),
            cut,
          );
    const known = past.get(queue.queue) ?? {
      calls: new Map(
        (forecast?.past ?? []).map((day) => [
          day.date,
          { came: day.actual, expected: day.expected, weight: day.expected },
        ]),
      ),
      handleTime: handledBefore(queue.queue, asked, history),
    };
    past.set(queue.queue, known);
    return {
      ...queue,
      calls: { today: { ...queue.calls.today, expected, weight: expected }, past: known.calls },
      handleTime: { ...queue.handleTime, past: known.handleTime },
    };
  }),
});

/** What share of the calls as they came the rostered operators would have answered, per interval. */
const answeredShare = (operation: Operation): Float64Array => {
  const outcome = project(operation);
  return Float64Array.from({ length: outcome.horizon.count }, (_, i) => {
    let [offered, answered] = [0, 0];
    for (const queue of outcome.queues) {
      offered += valueAt(queue.offered, i);
      answered += valueAt(queue.answered, i);
    }
    return offered > 0 ? answered / offered : 1;
  });
};

/** Operators of a rest of the day as people, by tier: of `untaken` each is worth so many; what is taken moves people. */
const peopleOf = (rest: Operation, untaken: Operation, worth = 1): readonly Float64Array[] =>
  rest.capacity.tiers.map(({ operators }, t) =>
    operators.map((n, i) => {
      const own = untaken.capacity.tiers[t]?.operators[i] ?? 0;
      return own / worth + n - own;
    }),
  );

/** Fewer operators missing at the last count are none: figures are written to a tenth. */
const hardlyAnyMissing = 0.05;

/**
 * Operators at the last count, unless all of them are back by then; of whom no presence tells, from the calls that were
 * answered.
 */
const withOperators = (
  signal: FoundSignal,
  operation: Operation,
  { now, answered, operators: { present, rostered } }: WatchedDay,
): FoundSignal => {
  if (signal.kind !== 'fewer-operators') return signal;
  const last = present.findLastIndex((n, i) => !Number.isNaN(n) && valueAt(rostered, i) > 0);
  const [there, due] = [present[last] ?? 0, rostered[last] ?? 0];
  if (last < 0) return { ...signal, factor: inferOperators(operation, signal.since, now, answered) };
  return due - there < hardlyAnyMissing
    ? signal
    : { ...signal, factor: there / due, counted: { at: last, present: there, rostered: due } };
};

const blindMinutes = 120;

/** Since when no row has come, where that is hours ago and no luck: nothing is known of the day since. */
const blindSince = (asOf: string, unseen: string | undefined): string | undefined =>
  unseen !== undefined && (minuteOfAsOf(asOf) ?? 0) - (minuteOfAsOf(unseen) ?? 0) >= blindMinutes
    ? unseen
    : undefined;

/** Of a day that nobody has seen for hours no target is met with any chance that could be stated. */
const asFarAsSeen = <Figures extends RestFigures>(figures: Figures, blind: string | undefined): Figures =>
  blind === undefined ? figures : { ...figures, chances: { connectionRate: null, serviceLevel: null } };
