import type { EventRecord } from '../../kernel/records.ts';

/** The events that move a queue's calls: its own, and those of the whole line. */
export const eventsOfQueue = (events: readonly EventRecord[], queue: string): readonly EventRecord[] =>
  events.filter((event) => event.queue === undefined || event.queue === queue);
