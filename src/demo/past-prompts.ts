import { seededRandom } from '../kernel/random.ts';
import type { ChannelVolume, PromptPlayed } from '../kernel/records.ts';
import { minuteOf } from '../kernel/time-window.ts';
import type { FreshCalls } from './fresh-calls.ts';
import { slotShares } from './fresh-calls.ts';
import type { DemoSettings, PlayedPrompt, PromptedRequests } from './demo-settings.ts';

const firstKeptDay = (settings: DemoSettings): number =>
  Math.max(0, settings.days - 7 * settings.channelWeeks);

/** Prompts played in the last weeks, on the workdays that the settings name; of two on one queue the first counts. */
export const pastPromptsPlayed = (settings: DemoSettings, fresh: FreshCalls): PlayedPrompt[] =>
  settings.pastPrompts.map((past) => {
    const on = new Uint8Array(fresh.days.length * fresh.slotsPerDay);
    for (let d = firstKeptDay(settings); d < fresh.days.length; d += 1) {
      const day = fresh.days[d];
      if (day === undefined || !day.worked || !past.weekdays.includes(day.weekday + 1)) continue;
      const base = d * fresh.slotsPerDay;
      on.fill(
        1,
        base + minuteOf(past.from) / settings.intervalMinutes,
        base + minuteOf(past.to) / settings.intervalMinutes,
      );
    }
    return {
      settings: past,
      queue: settings.queues.findIndex((q) => q.queue === past.queue),
      channel: settings.channels.findIndex((c) => c.channel === past.channel),
      on,
    };
  });

/** The spans in which prompts played, as a switchboard would export them. */
export const promptRecords = (
  prompts: readonly PlayedPrompt[],
  settings: DemoSettings,
  firstMillis: number,
): PromptPlayed[] => {
  const step = settings.intervalMinutes * 60_000;
  const records: PromptPlayed[] = [];
  for (const prompt of prompts) {
    let from = -1;
    for (let k = 0; k <= prompt.on.length; k += 1) {
      const on = prompt.on[k] === 1;
      if (on && from < 0) from = k;
      if (!on && from >= 0) {
        records.push({
          prompt: prompt.settings.prompt,
          queue: prompt.settings.queue,
          startMillis: firstMillis + from * step,
          endMillis: firstMillis + k * step,
        });
        from = -1;
      }
    }
  }
  return records.sort((a, b) => a.startMillis - b.startMillis);
};

/** Requests per channel and interval of the last weeks: those of every day, and those that prompts sent. */
export const channelVolumeRecords = (
  settings: DemoSettings,
  fresh: FreshCalls,
  prompted: readonly PromptedRequests[],
  firstMillis: number,
): ChannelVolume[] => {
  const records: ChannelVolume[] = [];
  const busiest = settings.queues[0];
  if (busiest === undefined) return records;
  const shapes = [busiest.restDayShape, busiest.workdayShape].map((s) => slotShares(s, fresh.slotsPerDay));
  for (const [c, channel] of settings.channels.entries()) {
    const random = seededRandom(settings.seed, 300 + c);
    for (let d = firstKeptDay(settings); d < fresh.days.length; d += 1) {
      const worked = fresh.days[d]?.worked === true;
      const level = channel.requestsPerDay * (worked ? 1 : 0.6) * Math.exp(0.05 * random.normal());
      for (let slot = 0; slot < fresh.slotsPerDay; slot += 1) {
        const k = d * fresh.slotsPerDay + slot;
        const own = random.poisson(level * (shapes[worked ? 1 : 0]?.[slot] ?? 0));
        let failed = prompted[c]?.failed[k] ?? 0;
        for (let i = 0; i < own; i += 1) if (random.uniform() < channel.failureShare) failed += 1;
        records.push({
          channel: channel.channel,
          startMillis: firstMillis + k * settings.intervalMinutes * 60_000,
          requests: own + (prompted[c]?.requests[k] ?? 0),
          failed,
        });
      }
    }
  }
  return records;
};
