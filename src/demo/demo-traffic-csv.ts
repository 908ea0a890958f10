import { localClock } from '../kernel/time.ts';
import type { DemoData } from './generate-demo.ts';

const headings =
  'queue,start,interval_minutes,offered,answered,abandoned,short_abandoned,blocked,answered_in_threshold,wait_seconds_total,handle_seconds_total,operators';

/** The demo's traffic as canonical CSV: local wall clock without offset, line feeds, one heading line. */
export const demoTrafficCsv = (data: DemoData): string => {
  const clock = localClock(data.zone);
  const two = (n: number): string => String(n).padStart(2, '0');
  const lines = data.traffic.map((r) => {
    const { date, minute } = clock(r.startMillis);
    const start = `${date}T${two(Math.floor(minute / 60))}:${two(minute % 60)}:00`;
    return [
      r.queue,
      start,
      r.intervalMinutes,
      r.offered,
      r.answered,
      r.abandoned,
      r.shortAbandoned,
      r.blocked,
      r.answeredInThreshold,
      r.waitSecondsTotal,
      r.handleSecondsTotal,
      r.operators,
    ].join(',');
  });
  return `${[headings, ...lines].join('\n')}\n`;
};
