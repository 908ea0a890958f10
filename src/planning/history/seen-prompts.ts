import type { PromptsModel } from '../../contract/models/prompts-model.ts';
import {
  explainLearnt,
  learnCatalogue,
  type LearntPrompt,
  type SeenTraffic,
} from '../../diversion/learn-catalogue.ts';
import { freshDemand } from '../../forecast/behaviour/behaviour.ts';
import { toDayGrid, type DayGrid, type TimedCount } from '../../kernel/interval-series.ts';
import type { ChannelVolume, PromptPlayed } from '../../kernel/records.ts';
import type { Sayable } from '../../kernel/finding.ts';
import { dateOfDayNumber, dayMillis, dayNumber, localClock, weekdayOf } from '../../kernel/time.ts';
import type { Models, Store } from '../ports.ts';
import { fieldGrid, readHistory } from './read-history.ts';

/** Days before the first prompt that give its intervals something to be compared with. */
const daysBefore = 35;

/** Records of prompts, channels and calls on one layout of days, for learning. */
interface SeenPrompts {
  readonly seen: SeenTraffic;
  /** Day number of the layout's first day. */
  readonly firstDay: number;
}

/** What the store knows of prompts played before an instant; undefined when none was played. */
export const seenPrompts = async (
  store: Store,
  models: Models,
  untilMillis: number,
): Promise<SeenPrompts | undefined> => {
  const played = await store.read('prompts', { fromMillis: -8.64e15, toMillis: untilMillis });
  const first = played[0];
  if (first === undefined) return undefined;
  const { zone, intervalMinutes } = models.hotline;
  const span = {
    fromMillis: Math.min(...played.map((p) => p.startMillis)) - daysBefore * dayMillis,
    toMillis: untilMillis,
  };
  if (
    !(await store.trafficSummary()).some(
      (q) => q.firstMillis < span.toMillis && q.lastMillis >= span.fromMillis,
    )
  )
    return undefined;
  const history = await readHistory(store, zone, intervalMinutes, span);
  const firstDay = dayNumber(history.firstDate);
  const days = dayNumber(history.lastDate) - firstDay + 1;
  const slotsPerDay = 1440 / intervalMinutes;
  const lay = (grid: DayGrid | undefined): Float64Array => layOut(grid, firstDay, days, slotsPerDay);
  const calls = history.queues.map((columns) => {
    const field = (name: 'offered' | 'answered' | 'redials') => fieldGrid(columns, name, zone);
    const { afterAbandon } = models.hotline.assumedRepeats;
    const { fresh } = freshDemand(field('offered'), field('answered'), field('redials'), afterAbandon);
    return [columns.queue, lay(fresh)] as const;
  });
  const volumes = await store.read('channel-volumes', span);
  const channels = [...new Set(volumes.map((volume) => volume.channel))];
  return {
    firstDay,
    seen: {
      slotsPerDay,
      dayKind: Array.from({ length: days }, (_, d) =>
        weekdayOf(dateOfDayNumber(firstDay + d)) < 5 ? 'workday' : 'weekend',
      ),
      calls: new Map(calls),
      attempts: new Map(
        history.queues.map((columns) => [columns.queue, lay(fieldGrid(columns, 'offered', zone))]),
      ),
      requests: new Map(
        channels.map((channel) => [
          channel,
          lay(toDayGrid(countsOf(volumes, channel, zone, intervalMinutes), zone, intervalMinutes)),
        ]),
      ),
      played: playedRows(played, zone, intervalMinutes, firstDay, days),
    },
  };
};

/** A catalogue with the take-up that the store's records before an instant say, and what was learnt, told. */
export const learnFromStore = async (
  store: Store,
  models: Models,
  untilMillis: number,
): Promise<{
  readonly catalogue: PromptsModel;
  readonly learnt: readonly LearntPrompt[];
  readonly said: readonly Sayable[];
}> => {
  const found = await seenPrompts(store, models, untilMillis);
  if (found === undefined) return { catalogue: models.prompts, learnt: [], said: [] };
  const { catalogue, learnt } = learnCatalogue(models.prompts, found.seen);
  return { catalogue, learnt, said: explainLearnt(learnt) };
};

const layOut = (
  grid: DayGrid | undefined,
  firstDay: number,
  days: number,
  slotsPerDay: number,
): Float64Array => {
  const out = new Float64Array(days * slotsPerDay).fill(Number.NaN);
  if (grid === undefined) return out;
  const shift = (dayNumber(grid.firstDate) - firstDay) * slotsPerDay;
  grid.values.forEach((value, i) => {
    if (i + shift >= 0 && i + shift < out.length) out[i + shift] = value;
  });
  return out;
};

/** Start of the interval on the zone's wall clock that holds an instant: not every zone is whole hours off UTC. */
const intervalStart = (zone: string, intervalMinutes: number): ((millis: number) => number) => {
  const clock = localClock(zone);
  return (millis) => {
    const { minute, since } = clock(millis);
    return Math.max(since, millis - (minute % intervalMinutes) * 60_000 - (millis % 60_000));
  };
};

/** A channel's requests summed to the planning step. */
const countsOf = (
  volumes: readonly ChannelVolume[],
  channel: string,
  zone: string,
  intervalMinutes: number,
): TimedCount[] => {
  const startOf = intervalStart(zone, intervalMinutes);
  const sums = new Map<number, number>();
  for (const volume of volumes) {
    if (volume.channel !== channel) continue;
    const start = startOf(volume.startMillis);
    sums.set(start, (sums.get(start) ?? 0) + volume.requests);
  }
  return [...sums].map(([startMillis, count]) => ({ startMillis, count }));
};

/** 1 in the intervals in which each prompt played, part of an interval counting as all of it. */
export const playedRows = (
  records: readonly PromptPlayed[],
  zone: string,
  intervalMinutes: number,
  firstDay: number,
  days: number,
): SeenTraffic['played'] => {
  const clock = localClock(zone);
  const step = intervalMinutes * 60_000;
  const startOf = intervalStart(zone, intervalMinutes);
  const slotsPerDay = 1440 / intervalMinutes;
  const rows = new Map<string, SeenTraffic['played'][number]>();
  for (const { prompt, queue, startMillis, endMillis } of records) {
    const key = JSON.stringify([prompt, queue]);
    const row = rows.get(key) ?? { prompt, queue, on: new Uint8Array(days * slotsPerDay) };
    rows.set(key, row);
    for (let at = startOf(startMillis); at < endMillis; at = startOf(at + step)) {
      const { date, minute } = clock(at);
      const i = (dayNumber(date) - firstDay) * slotsPerDay + Math.floor(minute / intervalMinutes);
      if (i >= 0 && i < row.on.length) row.on[i] = 1;
    }
  }
  return [...rows.values()];
};
