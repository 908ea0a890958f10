import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { placePrompt, type PromptEntry } from '../../diversion/prompt-spans.ts';
import { isInQuietHours } from '../../diversion/playing-rules.ts';
import { type ActionOption } from '../../intraday/actions.ts';
import {
  type CallBackFunnel,
  type CallBackRule,
  funnelOf,
  type KnownLost,
  placeCallBacks,
} from '../../intraday/call-backs.ts';
import type { RestOfDay } from '../../intraday/day.ts';
import { type DayRoster } from '../../intraday/people.ts';
import type { Outcome } from '../../kernel/hotline.ts';
import { projectNear, type TracedProjection } from '../../queueing/project.ts';
import { minuteOf, spanMinutes } from '../../kernel/time-window.ts';
import { valueAt } from '../../kernel/value-at.ts';
import type { Models } from '../ports.ts';
import { openRoster } from '../roster/open-roster.ts';
import { type AskedDay, type DayPorts } from './day-picture.ts';

/** Intervals that a break may be moved, and those for which a prompt is tried. */
const breakMoves = [-2, -1, 1, 2];
const promptHours = 2;

interface OpenDay {
  readonly own: DayRoster;
  readonly tiers: readonly string[];
}

/** The roster in force on a day; undefined where none is published. */
export const rosterOfDay = async (
  ports: DayPorts,
  { date, rostered }: AskedDay,
): Promise<OpenDay | undefined> => {
  if (rostered === undefined) return undefined;
  const open = await openRoster(ports, rostered);
  const { roster, inputs, standing } = open;
  const day = standing.dates.indexOf(date);
  const duties = roster.flatMap(({ person, day: on, shift, tier }) => {
    const operator = inputs.problem.people[person]?.person;
    const duty = standing.duties.find((own) => own.operator === operator && own.date === date);
    if (on !== day || duty === undefined) return [];
    const [startMinute, endMinute] = spanMinutes(duty.start, duty.end);
    return [{ person, shift, tier, startMinute, endMinute }];
  });
  return {
    own: { problem: inputs.problem, roster, day, duties },
    tiers: inputs.tiers.map(({ tier }) => tier),
  };
};

/** Breaks of the plan's shifts, moved by half an hour or an hour: all of an interval's, or half of them. */
export const breakOptions = (
  date: string,
  plan: PlanDocument,
  { now, operation }: RestOfDay,
  ready: ReadonlyMap<string, number>,
): ActionOption[] => {
  const { count, intervalMinutes } = operation.demand.horizon;
  const away = new Map<string, number>();
  for (const shift of plan.shifts) {
    if (shift.date !== date) continue;
    for (const { start, minutes, operators } of shift.breaks) {
      const at = Math.floor(minuteOf(start.slice(-5)) / intervalMinutes);
      const key = JSON.stringify([shift.tier, at]);
      away.set(key, (away.get(key) ?? 0) + operators * Math.min(1, minutes / intervalMinutes));
    }
  }
  return [...away].flatMap(([key, operators]) => {
    const [tier, at] = JSON.parse(key) as [string, number];
    const share = ready.get(tier) ?? 1;
    return breakMoves.flatMap((by): ActionOption[] => {
      const to = at + by;
      if (at <= now || to <= now || to >= count || operators <= 0) return [];
      return [0.5, 1].map((part) => {
        const moved = operators * part * share;
        return {
          id: `move-break ${tier} ${at}-${to} ${part}`,
          kind: 'move-break',
          who: [],
          cost: 0.05 * operators * part * Math.abs(by),
          latest: Math.max(now, Math.min(at, to) - 1),
          moved: [
            { tier, from: at, to: at + 1, operators: moved },
            { tier, from: to, to: to + 1, operators: -moved },
          ],
          // Nor is one moved on that was moved there.
          excludes: [`break ${tier} ${at}`, `break ${tier} ${to}`],
        };
      });
    });
  });
};

/** Intervals for which people serve another tier that they may serve. */
const lentIntervals = 4;

/** People on duty who may serve another tier than they do, for two hours: one, two, or four of them. */
export const lentOptions = (
  roster: OpenDay | undefined,
  { now, operation }: RestOfDay,
  ready: ReadonlyMap<string, number>,
): ActionOption[] => {
  if (roster === undefined) return [];
  const { own, tiers } = roster;
  const { count, intervalMinutes } = operation.demand.horizon;
  const found: ActionOption[] = [];
  for (let from = now; from < count; from += lentIntervals) {
    const to = Math.min(count, from + lentIntervals);
    const there = own.duties.filter(
      ({ startMinute, endMinute }) =>
        startMinute <= from * intervalMinutes && endMinute >= to * intervalMinutes,
    );
    for (const [a, lender] of tiers.entries())
      for (const [b, taker] of tiers.entries()) {
        const able = there.filter(
          ({ person, tier }) => tier === a && own.problem.people[person]?.tiers.includes(b) === true,
        );
        if (a === b) continue;
        for (const many of [1, 2, 4]) {
          if (able.length < many) continue;
          const who = able.slice(0, many).map(({ person }) => own.problem.people[person]?.person ?? '');
          found.push({
            id: `lend-tier ${lender} ${taker} ${from} ${many}`,
            kind: 'lend-tier',
            who,
            cost: (0.1 * many * ((to - from) * intervalMinutes)) / 60,
            latest: from,
            moved: [
              { tier: taker, from, to, operators: many * (ready.get(taker) ?? 1) },
              { tier: lender, from, to, operators: -many * (ready.get(lender) ?? 1) },
            ],
            excludes: [`lend ${lender} ${from}`, ...who.map((one) => `person ${one}`)],
          });
        }
      }
  }
  return found;
};

/**
 * Each announcement of the catalogue on each queue that it suits, from now and from later on, where none plays yet. Who is
 * asked to call later is sent to the quietest interval to come; who is promised a call-back is called from the first
 * interval on in which operators have time to spare, in proportion to it.
 */
export const promptOptions = (
  models: Models,
  { now, operation }: RestOfDay,
  alone: Outcome,
  { mostOccupancy }: CallBackRule,
): ActionOption[] => {
  const { horizon, queues } = operation.demand;
  const { count, intervalMinutes } = horizon;
  const { quietHours, minimumOnMinutes } = models.prompts.rules;
  const least = Math.max(1, Math.ceil(minimumOnMinutes / intervalMinutes));
  const length = Math.max(least, Math.round((promptHours * 60) / intervalMinutes));
  const mayPlay = (i: number): boolean => !isInQuietHours(i * intervalMinutes, intervalMinutes, quietHours);
  const free = Float64Array.from({ length: count }, (_, i) =>
    mayPlay(i)
      ? alone.tiers.reduce(
          (sum, { staffedOperatorSeconds, busyOperatorSeconds }) =>
            sum +
            Math.max(0, mostOccupancy * valueAt(staffedOperatorSeconds, i) - valueAt(busyOperatorSeconds, i)),
          0,
        )
      : 0,
  );
  const starts = [0, 1, 2].map((k) => now + k * length).filter((from) => from + least <= count);
  return queues.flatMap((queue) => {
    const suits = (entry: PromptEntry): boolean => entry.queues?.includes(queue.queue) ?? true;
    const playing = operation.policy.prompts.filter((own) => own.queue === queue.queue);
    return starts.flatMap((from) => {
      const to = Math.min(count, from + length);
      const span = Array.from({ length: to - from }, (_, k) => from + k);
      if (!span.every(mayPlay) || playing.some(({ on }) => span.some((i) => on[i] === 1))) return [];
      const later = [...queue.freshMean.keys()].filter((i) => i >= to);
      const quietest = later.toSorted((a, b) => valueAt(queue.freshMean, a) - valueAt(queue.freshMean, b))[0];
      const promised = later.find((i) => valueAt(free, i) > 0);
      return models.prompts.prompts.filter(suits).flatMap((entry): ActionOption[] => {
        const target = { 'online-channel': undefined, 'off-peak': quietest, callback: promised }[entry.kind];
        if (entry.kind === 'callback' && target === undefined) return [];
        const { reach, onlineShare, offPeakShare } = entry.response;
        const calls = span.reduce((total, i) => total + valueAt(queue.freshMean, i), 0);
        const diverted = calls * reach * (onlineShare + offPeakShare);
        const stretch = { from, to, offPeakTarget: target ?? -1 };
        const placement =
          entry.kind === 'callback'
            ? placePrompt(entry, queue.queue, [{ ...stretch, offPeakUntil: count }], count, 1, free)
            : placePrompt(entry, queue.queue, [stretch], count);
        return [
          {
            id: `prompt ${entry.prompt} ${queue.queue} ${from}`,
            kind: 'prompt',
            who: [],
            // A caller who is sent away is worth a minute of an operator's.
            cost: 0.1 + diverted / 60,
            latest: from,
            moved: [],
            prompts: [placement],
            excludes: [`prompt ${queue.queue} ${from}`],
          },
        ];
      });
    });
  });
};

/** Calling lost callers back from now on, or only in the evening's troughs; nobody is called in the quiet hours. */
export const callBackOptions = (
  { prompts }: Pick<Models, 'prompts'>,
  { now, operation }: RestOfDay,
  rule: CallBackRule,
  known: KnownLost,
  alone: TracedProjection | undefined,
): { readonly option: ActionOption; readonly funnel: readonly CallBackFunnel[] }[] => {
  const { count, intervalMinutes } = operation.demand.horizon;
  const hour = Math.max(1, Math.round(60 / intervalMinutes));
  const isQuiet = (i: number): boolean =>
    isInQuietHours(i * intervalMinutes, intervalMinutes, prompts.rules.quietHours);
  const ahead = Array.from({ length: count - now }, (_, k) => now + k);
  const first = ahead.find((i) => !isQuiet(i)) ?? count;
  const to = ahead.find((i) => i > first && isQuiet(i)) ?? count;
  return [first, first + 3 * hour].flatMap((from, k) => {
    if (from >= to) return [];
    const {
      operation: called,
      placements,
      callingBack,
    } = placeCallBacks(operation, rule, {
      from: now,
      to,
      known,
      begin: from,
      alone,
    });
    if (!placements.some(({ attempts }) => attempts.some((n) => n > 0))) return [];
    const moved = operation.capacity.tiers.flatMap(({ tier }, t) =>
      [...(callingBack[t]?.entries() ?? [])].flatMap(([i, n]) =>
        n > 0 ? [{ tier, from: i, to: i + 1, operators: -n }] : [],
      ),
    );
    if (moved.length === 0) return [];
    const hours = moved.reduce((total, { operators }) => total - operators, 0) / hour;
    const option: ActionOption = {
      id: `call-backs ${k === 0 ? 'now' : 'later'}`,
      kind: 'call-backs',
      who: [],
      cost: 0.1 * hours,
      latest: from,
      moved,
      callBacks: placements,
      excludes: ['call-backs'],
    };
    return [{ option, funnel: funnelOf(projectNear(called, alone).outcome, now, known) }];
  });
};
