import type { Response } from 'express';
import type { Actor } from '../kernel/actor.ts';
import { localUser } from '../store/audit-log.ts';

/** Notes who asks, for whatever the request comes to change. */
export const setActor = (response: Response, actor: Actor): void => {
  response.locals['actor'] = actor;
};

/** Who asks: whoever signed in, else whoever works on this machine. */
export const actorOf = ({ locals }: Response): Actor => (locals['actor'] as Actor | undefined) ?? localUser;
