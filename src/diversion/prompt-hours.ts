import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { Horizon } from '../kernel/hotline.ts';
import { minuteOf } from '../kernel/time-window.ts';
import { localClock } from '../kernel/time.ts';

/** True when an interval that starts at a minute of the day touches the quiet hours (which may pass midnight). */
export const isInQuietHours = (
  minute: number,
  intervalMinutes: number,
  quiet: PromptsModel['rules']['quietHours'],
): boolean => {
  const from = minuteOf(quiet.from);
  const to = minuteOf(quiet.to);
  if (from === to) return false;
  const spans: [number, number][] =
    from < to
      ? [[from, to]]
      : [
          [from, 1440],
          [0, to],
        ];
  return spans.some(([start, end]) => minute < end && minute + intervalMinutes > start);
};

/** An open interval as rules of the clock see it: minute of the local day at which it starts. */
interface ClockInterval {
  readonly minute: number;
  readonly intervalMinutes: number;
}

/** Rules of the clock, by the problem of a prompt that breaks one: whether it bars an interval in which the line is open. */
const clockRules = {
  'never-in-quiet-hours': ({ minute, intervalMinutes }, { quietHours }) =>
    isInQuietHours(minute, intervalMinutes, quietHours),
} satisfies Record<string, (interval: ClockInterval, rules: PromptsModel['rules']) => boolean>;

export type ClockRule = keyof typeof clockRules;

export interface PromptHours {
  /** Index of each interval's local day, from 0. */
  readonly day: Int32Array;
  /** 1 where a prompt may play: open, and barred by no rule of the clock. */
  readonly mayPlay: Uint8Array;
  /** The rule that bars an open interval; undefined where none does. */
  readonly barredBy: readonly (ClockRule | undefined)[];
}

/** The hours of a horizon as prompts see them: `open` is 1 where the line is open. */
export const promptHours = (
  horizon: Horizon,
  open: Uint8Array,
  rules: PromptsModel['rules'],
): PromptHours => {
  const clock = localClock(horizon.zone);
  const day = new Int32Array(horizon.count);
  const barredBy: (ClockRule | undefined)[] = [];
  const names = Object.keys(clockRules) as ClockRule[];
  let last = '';
  let index = -1;
  for (let i = 0; i < horizon.count; i += 1) {
    const { date, minute } = clock(horizon.startMillis + i * horizon.intervalMinutes * 60_000);
    if (date !== last) index += 1;
    last = date;
    day[i] = index;
    barredBy.push(
      open[i] === 1
        ? names.find((name) => clockRules[name]({ minute, intervalMinutes: horizon.intervalMinutes }, rules))
        : undefined,
    );
  }
  const mayPlay = Uint8Array.from(barredBy, (rule, i) => (open[i] === 1 && rule === undefined ? 1 : 0));
  return { day, mayPlay, barredBy };
};
