import type { Response } from 'express';
import { mayUse, type Caller } from '../contract/access/rights.ts';
import type { Role } from '../contract/access/roles.ts';
import type { LineEntry } from '../contract/documents/line-overview.ts';
import { callerOf } from './caller-of.ts';
import type { Services } from './services.ts';
import { answer, type GuardedRouter } from './typed-route.ts';

/**
 * What whoever asks is on each line; undefined: nobody signs in, and every line is theirs. A program is told of the line
 * for which its token is, one of a bureau's of every line.
 */
const rolesOf = async (
  { door }: Services,
  response: Response,
): Promise<ReadonlyMap<string, Role> | undefined> => {
  const who = callerOf(response)?.who;
  if (door === undefined || who === undefined) return undefined;
  const roles = await door.rolesOf(who.member.user);
  return who.by === 'session' || who.member.role === 'bureau'
    ? roles
    : new Map([...roles].filter(([hotline]) => hotline === door.hotline));
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
