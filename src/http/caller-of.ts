import type { Response } from 'express';
import type { Recognised } from '../access/recognise.ts';
import type { Caller } from '../contract/access/rights.ts';
import type { Actor } from '../kernel/actor.ts';

export interface KnownCaller {
  readonly caller: Caller;
  /** Left out where nobody signs in. */
  readonly who?: Recognised;
}

/** Notes who makes a request. */
export const setCaller = (response: Response, known: KnownCaller): void => {
  response.locals['caller'] = known;
};

/** Who makes a request; undefined: nobody that is known. */
export const callerOf = ({ locals }: Response): KnownCaller | undefined =>
  locals['caller'] as KnownCaller | undefined;

/** Whose account asks: of a program its owner's. */
export const accountOf = (response: Response, actor: Actor): string =>
  callerOf(response)?.who?.member.id ?? actor.id;

/** True of whoever may what is asked for where it is their own alone. */
export const isOwnOnly = ({ locals }: Response): boolean => locals['ownOnly'] === true;

/** The operator to whom an answer is cut down; undefined: it is told in full. An operator without an entry has none. */
export const ownOperator = (response: Response): string | null | undefined =>
  response.locals['ownOnly'] === true ? (callerOf(response)?.who?.member.operator ?? null) : undefined;
