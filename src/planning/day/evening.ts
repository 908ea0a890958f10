import type { Evening } from '../../contract/documents/day-document.ts';
import { type ActionOption, applyActions } from '../../intraday/actions.ts';
import type { DayPicture } from '../../intraday/day.ts';
import { dayFinding } from '../../intraday/day-findings.ts';
import { noRatePaths, type Operation, type Outcome, type QueueDemand } from '../../kernel/hotline.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { explainGap } from '../../monitoring/judge-gap.ts';
import { projectPaths } from '../../queueing/project.ts';
import { projectCounted } from '../comparison/explain-actual-gap.ts';
import { freshGrids } from '../history/read-history.ts';
import { projectedPaths } from '../operation/measure-effect.ts';
import type { StoredDayAction } from '../ports.ts';
import { asStanding, logAt, optionsIn, readDayLog } from './day-log.ts';
import {
  type AskedDay,
  askedDay,
  type DayPorts,
  firstCalls,
  historyUntil,
  pictureOf,
} from './day-picture.ts';

const causes = [{ cause: 'forecast' }, { cause: 'absence' }, { cause: 'actions' }] as const;
type Cause = (typeof causes)[number]['cause'];

/**
 * A day against its plan, as far as it is over: how much of the gap between planned and actual connection rate is due to calls and
 * handle times (`forecast`), to operators who were not there (`absence`), to what was taken (`actions`), each in the mean
 * over the orders in which they can be put in, and what is left (`luck`): they add up to the gap. What an action came to
 * is the day as it was against the same day without it, in points of the whole day, of which so many calls are `toCome`:
 * of those whose hours are over. Null where no queue tells both its counts, and before midnight as long as none is over.
 */
export const splitDay = (
  { operation: planned, queues, tiers, starts, now }: DayPicture,
  first: ReadonlyMap<string, Float64Array>,
  entries: readonly StoredDayAction[],
  toCome = 0,
): Evening | null => {
  const taken = optionsIn(entries, 'taken');
  const until = starts[now] ?? '9';
  const over = taken.flatMap((option) => {
    const entry = entries.find(({ id }) => String(id) === option.id);
    return entry !== undefined && entry.action.to <= until ? [{ option, entry }] : [];
  });
  if (now < starts.length && over.length === 0) return null;
  const counted = new Map(
    [...first].map(([queue, calls]) => [queue, Uint8Array.from(calls, (n) => (Number.isNaN(n) ? 0 : 1))]),
  );
  const known = queues.map(({ seen }) =>
    Uint8Array.from(seen.offered, (calls, i) =>
      i < now && !Number.isNaN(calls + valueAt(seen.answered, i)) ? 1 : 0,
    ),
  );
  let [calls, got] = [0, 0];
  queues.forEach(({ seen }, q) =>
    known[q]?.forEach((isKnown, i) => {
      if (isKnown !== 1) return;
      calls += valueAt(seen.offered, i);
      got += Math.min(valueAt(seen.offered, i), valueAt(seen.answered, i));
    }),
  );
  if (calls === 0) return null;
  const rateOf = ({ queues: outcomes }: Outcome): number => {
    let [offered, answered] = [0, 0];
    outcomes.forEach((queue, q) =>
      known[q]?.forEach((isKnown, i) => {
        if (isKnown !== 1) return;
        offered += valueAt(queue.offered, i);
        answered += valueAt(queue.answered, i);
      }),
    );
    return offered > 0 ? answered / offered : 1;
  };
  const demandOf = (came: boolean): Operation['demand'] => ({
    ...planned.demand,
    queues: planned.demand.queues.map((queue, q): QueueDemand => {
      const offered = first.get(queue.queue);
      const seen = queues[q]?.seen;
      if (!came || offered === undefined || seen === undefined) return queue;
      const { behaviour: _behaviour, ...plain } = queue;
      return {
        ...plain,
        ratePaths: noRatePaths,
        pathCount: 0,
        freshMean: queue.freshMean.map((mean, i) => {
          const calls = valueAt(offered, i);
          return Number.isNaN(calls) ? mean : calls / (1 - divertedShare(taken, queue.queue, i));
        }),
        handleTimeSeconds: queue.handleTimeSeconds.map((seconds, i) => {
          const mean = valueAt(seen.handleSeconds, i) / valueAt(seen.answered, i);
          return mean > 0 && Number.isFinite(mean)
            ? Math.min(5 * seconds, Math.max(seconds / 5, mean))
            : seconds;
        }),
      };
    }),
  });
  /** Operators without anything that was taken: those who were there, or who were to be. */
  const capacityOf = (there: boolean): Operation['capacity'] => ({
    ...planned.capacity,
    tiers: planned.capacity.tiers.map((tier, t) => {
      const present = tiers[t]?.present;
      const moved = (options: readonly ActionOption[], i: number): number =>
        options
          .flatMap((option) => option.moved)
          .reduce(
            (sum, one) => sum + (one.tier === tier.tier && i >= one.from && i < one.to ? one.operators : 0),
            0,
          );
      const inRoster = taken.filter((option) => option.inRoster);
      const operators = tier.operators.map((rostered, i) => {
        const here = there ? (present?.[i] ?? Number.NaN) : Number.NaN;
        return Math.max(0, Number.isNaN(here) ? rostered - moved(inRoster, i) : here - moved(taken, i));
      });
      return there ? { tier: tier.tier, operators } : { ...tier, operators };
    }),
  });
  const projectedRate = (replaced: ReadonlySet<Cause>, options: readonly ActionOption[]): number => {
    const base = {
      ...planned,
      demand: demandOf(replaced.has('forecast')),
      capacity: capacityOf(replaced.has('absence')),
    };
    const operation = applyActions(base, replaced.has('actions') ? options : []);
    return rateOf(
      replaced.has('forecast')
        ? projectCounted(operation, counted)
        : projectPaths(operation, projectedPaths).outcome,
    );
  };
  const rates = new Map<number, number>();
  const effects = explainGap(causes, (replaced) => {
    const rate = projectedRate(replaced, taken);
    rates.set(replaced.size, rate);
    return rate;
  });
  const all = new Set(causes.map(({ cause }) => cause));
  const [asPlanned = 1, replayed = 1] = [rates.get(0), rates.get(causes.length)];
  const actual = got / calls;
  return {
    planned: asPlanned,
    actual,
    gap: actual - asPlanned,
    causes: [
      ...effects.map(({ cause, effect }) => ({ cause, effect })),
      { cause: 'luck' as const, effect: actual - replayed },
    ].map((own) => ({ ...own, name: dayFinding(`day-gap-${own.cause}`) })),
    actions: over.map(({ option, entry }) => {
      const without = taken.filter((other) => other !== option);
      return {
        id: entry.id,
        said: entry.action.said,
        projected: entry.action.effect.connectionRate,
        measured: ((replayed - projectedRate(all, without)) * calls) / (calls + toCome),
      };
    }),
  };
};

/** Of callers who would have called, the share that a prompt that was taken kept away: it is not in the counts. */
const divertedShare = (taken: readonly ActionOption[], queue: string, i: number): number => {
  const left = taken
    .flatMap(({ prompts }) => prompts ?? [])
    .filter((prompt) => prompt.queue === queue && prompt.on[i] === 1)
    .reduce(
      (share, { response: { reach, onlineShare, offPeakShare } }) =>
        share * (1 - reach * Math.min(1, onlineShare + offPeakShare)),
      1,
    );
  return Math.min(0.95, 1 - left);
};

/** The evening of a date that somebody acted on; null where nobody did, or nothing tells of it. */
export const eveningOf = async (
  ports: DayPorts,
  date: string,
  plan: string,
  seed: number,
): Promise<Evening | null> => {
  const log = await readDayLog(ports, date);
  if (log.revision === 0) return null;
  const asked: AskedDay = await askedDay(ports, { asOf: `${date}T24:00`, plan, seed });
  const { history } = await historyUntil(ports, asked);
  const { grids } = freshGrids(history, asked.stored.planned.models.hotline);
  const picture = await pictureOf(ports, asked, history);
  return splitDay(
    picture,
    firstCalls(asked, history, grids),
    asStanding(logAt(log, asked.asOf), asked.rostered),
  );
};
