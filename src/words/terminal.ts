import { filledWith, messages } from './messages.ts';
import { minutesAndSeconds, phrases } from './phrases.ts';

const ingest = messages('terminal-ingest');

/** What was measured of a queue's traffic. */
interface Measured {
  readonly queue: string;
  readonly callsPerDay: number;
  readonly handleSeconds: number | null;
  readonly waitSeconds: number | null;
}

/** What an ingest did. */
export const ingestWords = phrases({
  ...ingest,
  measured: filledWith(ingest.measured, (queue: Measured, { language }) => ({
    ...queue,
    handled: queue.handleSeconds === null ? null : minutesAndSeconds(queue.handleSeconds, language),
    waited: queue.waitSeconds === null ? null : minutesAndSeconds(queue.waitSeconds, language),
  })),
});

/** Rosters at the terminal, on the wall sheet and in workbooks. */
export const rosterWords = phrases(messages('terminal-roster'));
