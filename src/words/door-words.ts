import { messages } from './messages.ts';

/** Why signing in elsewhere came to nothing: the page says it as well. */
export const openIdRefusals = messages('open-id-refusals');

/** Words of the door: signing in, the first who comes, one's own account. */
export const doorWords = {
  ...messages('page-door'),
  'door.openid-refused': openIdRefusals['openid-refused'],
  'door.openid-away': openIdRefusals['openid-away'],
  'door.openid-unknown': openIdRefusals['openid-unknown'],
} as const;

/** Words of the pages of accounts: everybody's own, and the one on which administrators look after people. */
export const memberWords = {
  ...messages('page-member'),
  'account.openid-refused': openIdRefusals['openid-refused'],
  'account.openid-away': openIdRefusals['openid-away'],
} as const;
