import type { Models } from '../ports.ts';

/** Queues whose callers no prompt may move. */
export const neverDiverted = (models: Models): string[] =>
  models.hotline.queues.filter((queue) => queue.neverDivert).map((queue) => queue.queue);
