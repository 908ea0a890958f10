import { createPresences } from '../access/presence.ts';
import { mayUse } from '../contract/access/rights.ts';
import { callerOf } from './caller-of.ts';
import type { Services } from './services.ts';
import { sessionOf } from './sign-in-routes.ts';
import { answer, type GuardedRouter } from './typed-route.ts';

/** Who else is at what a page shows. */
export const addPresenceRoutes = (router: GuardedRouter, services: Services): void => {
  const presences = createPresences(services.now);
  answer(router, 'notePresence', ({ body: { page, places, doing }, response }) => {
    const { id: account, name } = sessionOf(response).member;
    // Whoever may change nothing is not waited for.
    const caller = callerOf(response)?.caller;
    const edits = doing === 'editing' && caller !== undefined && mayUse(caller, 'changeRoster') !== false;
    presences.note({ account, name, page }, doing === 'gone' ? [] : places, edits ? 'editing' : 'looking');
    const others = presences.othersAt(places, account);
    return {
      others: others.map(({ sinceMillis, ...other }) => ({
        ...other,
        since: new Date(sinceMillis).toISOString(),
      })),
    };
  });
};
