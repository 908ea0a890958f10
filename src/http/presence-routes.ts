import { createPresences } from '../access/presence.ts';
import type { Services } from './services.ts';
import { sessionOf } from './sign-in-routes.ts';
import { answer, type GuardedRouter } from './typed-route.ts';

/** Who else is at what a page shows. */
export const addPresenceRoutes = (router: GuardedRouter, services: Services): void => {
  const presences = createPresences(services.now);
  answer(router, 'notePresence', ({ body: { page, places, doing }, response }) => {
    const { id: account, name } = sessionOf(response).member;
    presences.note(
      { account, name, page },
      doing === 'gone' ? [] : places,
      doing === 'editing' ? doing : 'looking',
    );
    const others = presences.othersAt(places, account);
    return {
      others: others.map(({ sinceMillis, ...other }) => ({
        ...other,
        since: new Date(sinceMillis).toISOString(),
      })),
    };
  });
};
