import { messages } from './messages.ts';

/** Words that are there as soon as the page opens. */
export const firstWords = {
  ...messages('page-everywhere'),
  ...messages('page-languages'),
  ...messages('page-plan'),
  ...messages('page-plan-why'),
  ...messages('page-plan-settings'),
  ...messages('page-divert'),
  ...messages('page-compare'),
} as const;
