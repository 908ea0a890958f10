import type { Response } from 'express';
import { mayUse, type Caller } from '../contract/access/rights.ts';
import type { Role } from '../contract/access/roles.ts';
import type { LineEntry } from '../contract/documents/line-overview.ts';
import { callerOf } from './caller-of.ts';
import type { Services } from './services.ts';
import { answer, type GuardedRouter } from './typed-route.ts';

/** What whoever asks is on each line; undefined: nobody signs in, and every line is theirs. */
const rolesOf = async (
  { door }: Services,
  response: Response,
): Promise<ReadonlyMap<string, Role> | undefined> => {
  const who = callerOf(response)?.who;
  return door === undefined || who === undefined ? undefined : door.rolesOf(who.member.user);
};

/** The lines of the server that somebody has a role on, and their figures where that role may look at plans. */
export const addLineRoutes = (router: GuardedRouter, services: Services): void => {
  const { lines, store } = services;
  answer(router, 'lines', async ({ query, response }) => {
    const roles = await rolesOf(services, response);
    const caller = callerOf(response)?.caller ?? { by: 'session', role: null };
    const maySee = (role: Role | null): boolean =>
      mayUse({ ...caller, role } satisfies Caller, 'plans') === 'all';
    const kept = query.figures === 'true' ? await store.overviews() : new Map<string, never>();
    return {
      document: 'lines' as const,
      lines: (await lines.all()).flatMap(({ line, name }): LineEntry[] => {
        const role = roles?.get(line) ?? null;
        if (roles !== undefined && role === null) return [];
        const overview = maySee(role) ? (kept.get(line) ?? null) : null;
        return [{ line, home: line === lines.home, name, role, overview }];
      }),
    };
  });
};
