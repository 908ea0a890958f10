import { fileColumn, heldFields } from '../kernel/record-fields.ts';
import { trafficFields } from '../kernel/records.ts';
import { localClock } from '../kernel/time.ts';
import type { DemoData } from './generate-demo.ts';

/** Every figure that a file of traffic may give by itself, in the order of the format. */
const figures = heldFields(trafficFields).filter(
  (name) => name !== 'queue' && name !== 'startMillis' && fileColumn(name, trafficFields[name]) !== undefined,
);
const headings = ['queue', 'start', ...figures.map((name) => fileColumn(name, trafficFields[name]))].join(
  ',',
);

/** The demo's traffic as canonical CSV: local wall clock without offset, line feeds, one heading line. */
export const demoTrafficCsv = (data: DemoData): string => {
  const clock = localClock(data.zone);
  const two = (n: number): string => String(n).padStart(2, '0');
  const lines = data.traffic.map((record) => {
    const { date, minute } = clock(record.startMillis);
    const start = `${date}T${two(Math.floor(minute / 60))}:${two(minute % 60)}:00`;
    return [record.queue, start, ...figures.map((name) => record[name])].join(',');
  });
  return `${[headings, ...lines].join('\n')}\n`;
};
