import { dateOfDayNumber } from '../../kernel/time.ts';
import { emptyDayGrid } from '../../kernel/interval-series.ts';
import { correlationOf } from '../numbers/correlation.ts';
import type { ForecastRequest } from '../forecast-types.ts';
import { knownDays, prepareHistory, type PreparedHistory } from '../history/prepare-history.ts';
import { fitFamily, type FamilyLevel } from '../level/family-level.ts';

/** Largest share of the family's calls with which a queue leans on it: a larger one is most of what it would lean on. */
const largestShare = 1 / 3;
/** Least correlation of two queues' weeks from which they are taken to move together, and weeks that can show it. */
const leastTogether = 0.25;
const leastWeeks = 16;
/** Queues with less of the longest history, share of its days, lean on the family but are not counted in it. */
const longEnough = 0.9;
/** Share of the family's calls that may be missing on a day that is still counted. */
const mostMissing = 0.05;

type Histories = ReadonlyMap<string, PreparedHistory>;

const isOpen = ({ open, slotOf }: PreparedHistory, day: number): boolean =>
  open.subarray(day * slotOf.length, (day + 1) * slotOf.length).includes(1);

/** Calls of a member on a day of the calendar; 0 where it is closed, NaN where they are not known. */
const callsOn = (history: PreparedHistory, day: number): number => {
  const d = day - history.firstDay;
  if (d < 0 || d >= history.days) return Number.NaN;
  const calls = history.totals[d]!;
  return Number.isNaN(calls) && !isOpen(history, d) ? 0 : calls;
};

const usualCalls = (history: PreparedHistory): number => {
  const known = knownDays(history);
  return known.length === 0 ? 0 : known.reduce((sum, day) => sum + history.totals[day]!, 0) / history.days;
};

/** The calls of all queues with a long history together, day by day. */
const togetherOf = (histories: Histories, request: ForecastRequest): PreparedHistory | undefined => {
  const most = Math.max(...[...histories.values()].map((history) => knownDays(history).length));
  const members = [...histories.values()]
    .filter((history) => knownDays(history).length >= longEnough * most)
    .map((history) => ({ history, usual: usualCalls(history) }));
  const usual = members.reduce((sum, member) => sum + member.usual, 0);
  const first = Math.min(...members.map(({ history }) => history.firstDay));
  const end = Math.max(...members.map(({ history }) => history.firstDay + history.days));
  const grid = emptyDayGrid(dateOfDayNumber(first), end - first, 1440);
  for (let day = first; day < end; day += 1) {
    let sum = 0;
    let missing = 0;
    for (const member of members) {
      const calls = callsOn(member.history, day);
      if (Number.isNaN(calls)) missing += member.usual;
      else sum += calls;
    }
    if (sum > 0 && missing < mostMissing * usual) grid.values[day - first] = sum / (1 - missing / usual);
  }
  return prepareHistory(grid, request);
};

/** Do a queue's weeks move with those of the others? A history too short to tell is given the benefit of the doubt. */
const movesWith = (history: PreparedHistory, total: PreparedHistory): boolean => {
  const own: number[] = [];
  const others: number[] = [];
  for (let end = history.days; end >= 7; end -= 7) {
    let [a, b, days] = [0, 0, 0];
    for (let day = end - 7; day < end; day += 1) {
      const calls = history.totals[day]!;
      const all = total.totals[history.firstDay + day - total.firstDay] ?? Number.NaN;
      if (Number.isNaN(calls + all)) continue;
      a += calls;
      b += Math.max(0, all - calls);
      days += 1;
    }
    if (days < 4) continue;
    own.push(Math.log((a + 0.5) / days));
    others.push(Math.log((b + 0.5) / days));
  }
  const changes = (weeks: readonly number[]): number[] => weeks.slice(1).map((week, i) => week - weeks[i]!);
  return own.length < leastWeeks || correlationOf(changes(own), changes(others)) >= leastTogether;
};

/**
 * What a line's queues have in common, for each queue that leans on it: a small one whose weeks move with those of the
 * others. Empty where no queue does.
 */
export const familiesOf = (
  histories: Histories,
  asked: ForecastRequest,
): ReadonlyMap<string, FamilyLevel> => {
  // The line's hours are those of intervals; a day of all queues has none.
  const { open: _hours, intraday: _today, ...rest } = asked;
  const request = { ...rest, events: (asked.events ?? []).filter(({ queue }) => queue === undefined) };
  const total = histories.size < 2 ? undefined : togetherOf(histories, request);
  if (total === undefined) return new Map();
  const most = largestShare * usualCalls(total);
  const leaning = [...histories].filter(([, history]) => {
    const usual = usualCalls(history);
    return usual > 0 && usual <= most && movesWith(history, total);
  });
  if (leaning.length === 0) return new Map();
  const level = fitFamily(total, request);
  return new Map(leaning.map(([queue]) => [queue, level]));
};
