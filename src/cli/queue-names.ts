import type { HotlineModel } from '../contract/models/hotline-model.ts';
import { inLanguage, type Language } from '../kernel/text.ts';

/** What people call the hotline's queues, by key. */
export const queueNamesOf = (
  queues: HotlineModel['queues'],
  language: Language,
): ReadonlyMap<string, string> =>
  new Map(queues.map(({ queue, name }) => [queue, inLanguage(name, language)]));
