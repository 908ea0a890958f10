import type { DayDocument } from '../../contract/documents/day-document.ts';
import { type CallBackFunnel, type KnownLost, lostCallers, lostIn } from '../../intraday/call-backs.ts';
import type { DayPicture } from '../../intraday/day.ts';
import { dayFinding, type LostCallersSaid } from '../../intraday/day-findings.ts';
import { rateOrNull } from '../operation/measure-effect.ts';

/** Callers who were lost today and have not been answered since, by queue; undefined where nobody told of any. */
export const lostToday = ({ operation, queues, now }: DayPicture): KnownLost | undefined => {
  if (!queues.some(({ seen }) => seen.abandoned.some((calls) => !Number.isNaN(calls)))) return undefined;
  const { intervalMinutes } = operation.demand.horizon;
  return Object.fromEntries(
    operation.demand.queues.map(({ queue, repeats }, q) => {
      const seen = queues[q]?.seen;
      if (seen === undefined) throw new RangeError(`no picture of queue ${queue}`);
      return [queue, lostCallers(seen, repeats, intervalMinutes * 60, now)];
    }),
  );
};

/** The same as the document has it, beside the calls that were lost, with their intervals. */
export const callBacksOf = (
  { starts, queues, now, operation }: DayPicture,
  known: KnownLost,
  funnel: readonly CallBackFunnel[] = [],
): DayDocument['callBacks'] => {
  // What `lostCallers` goes by: of those not told, none.
  const sumOf = (counts: Float64Array | undefined): number =>
    counts?.subarray(0, now).reduce((all, each) => all + (each || 0), 0) ?? 0;
  const failed = operation.demand.queues.map(({ repeats }, q) => {
    const seen = queues[q]?.seen;
    const [hungUp, blocked] = [sumOf(seen?.abandoned), sumOf(seen?.blocked)];
    return {
      calls: hungUp + blocked,
      delay: Math.max(
        hungUp * repeats.afterAbandon > 0 ? repeats.afterAbandonDelaySeconds : 0,
        blocked * repeats.afterBlock > 0 ? repeats.afterBlockDelaySeconds : 0,
      ),
    };
  });
  const rows = operation.demand.queues.map(({ queue }, q) => {
    const own = known[queue] ?? [];
    const byInterval = own.map((each) => ({
      start: starts[each.lostAt] ?? '',
      lost: lostIn(each),
      willCallAgain: each.againAfterAbandon + each.againAfterBlock,
    }));
    const sum = (of: 'lost' | 'willCallAgain'): number =>
      byInterval.reduce((total, each) => total + each[of], 0);
    const [lost, willCallAgain] = [sum('lost'), sum('willCallAgain')];
    const calls = failed[q]?.calls ?? lost;
    return {
      queue,
      calls,
      calledAgain: calls - lost,
      lost,
      willCallAgain,
      toCall: lost - willCallAgain,
      funnel: funnelIn(
        funnel.find((each) => each.queue === queue),
        calls,
        starts,
      ),
      byInterval: byInterval.flatMap(({ start, ...each }) =>
        each.lost > 0 ? [{ start, lost: each.lost, toCall: each.lost - each.willCallAgain }] : [],
      ),
    };
  });
  const sum = (of: keyof LostCallersSaid | 'lost'): number => rows.reduce((total, own) => total + own[of], 0);
  const said = rows.map(({ calls, calledAgain, willCallAgain, toCall }) => ({
    calls,
    calledAgain,
    willCallAgain,
    toCall,
  }));
  const delay = Math.max(0, ...failed.map((own) => own.delay));
  return {
    calls: sum('calls'),
    calledAgain: sum('calledAgain'),
    lost: sum('lost'),
    willCallAgain: sum('willCallAgain'),
    toCall: sum('toCall'),
    queues: rows,
    said:
      sum('calls') < 0.5
        ? []
        : [dayFinding('day-lost-callers', { queues: said, within: (mostOfDelays * delay) / 60 })],
  };
};

/** Delays, exponential ones, within which nineteen of twenty have called again, in mean delays. */
const mostOfDelays = Math.log(20);

/** What becomes by midnight of all calls that are lost on the day: `soFar` are. */
const funnelIn = (
  found: CallBackFunnel | undefined,
  soFar: number,
  starts: readonly string[],
): NonNullable<DayDocument['callBacks']>['queues'][number]['funnel'] => {
  if (found === undefined) return null;
  const { calls, dialled, reached, givenUp, toCall, meanMinutesToPerson, dialling } = found;
  const lost = soFar + calls;
  const [from = '', to = ''] = dialling.map((at) => starts[at] ?? `${starts[0]?.slice(0, 10)}T24:00`);
  return {
    lost,
    // Whose calls are lost and not on the list have called again by then, and so have some of those on it.
    calledAgain: lost - found.lost + found.calledAgain,
    dialled,
    reached,
    givenUp,
    toCall,
    dialling: dialled < 0.5 ? null : { from, to },
    // Of nobody there is no mean.
    meanMinutesToPerson: reached < 0.5 ? null : rateOrNull(meanMinutesToPerson),
  };
};
