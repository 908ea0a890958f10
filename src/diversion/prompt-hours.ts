import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { Horizon } from '../kernel/hotline.ts';
import { minuteOf } from '../kernel/time-window.ts';
import { localClock } from '../kernel/time.ts';

/** True when an interval that starts at a minute of the day touches the quiet hours (which may pass midnight). */
export const isQuiet = (
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

/** Index of each interval's local day, from 0, and 1 where a prompt may play: open, and not in quiet hours. */
export const promptHours = (
  horizon: Horizon,
  open: Uint8Array,
  quiet: PromptsModel['rules']['quietHours'],
): { readonly day: Int32Array; readonly mayPlay: Uint8Array } => {
  const clock = localClock(horizon.zone);
  const day = new Int32Array(horizon.count);
  const mayPlay = new Uint8Array(horizon.count);
  let last = '';
  let index = -1;
  for (let i = 0; i < horizon.count; i += 1) {
    const { date, minute } = clock(horizon.startMillis + i * horizon.intervalMinutes * 60_000);
    if (date !== last) index += 1;
    last = date;
    day[i] = index;
    mayPlay[i] = open[i] === 1 && !isQuiet(minute, horizon.intervalMinutes, quiet) ? 1 : 0;
  }
  return { day, mayPlay };
};
