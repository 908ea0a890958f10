import type { TokenScope } from '../contract/access/roles.ts';
import type { Actor } from '../kernel/actor.ts';
import { dayMillis } from '../kernel/time.ts';
import { AccessError, accessFinding } from './access-findings.ts';
import { type AccountsContext, type ApiToken, type Member, type Session, tokenNote } from './accounts.ts';
import { hashSecret, newId, newSecret, sameSecret } from './secrets.ts';
import type { SignInContext } from './sign-in-context.ts';

/** Who makes a request that carries a session or a token. */
export type Recognised =
  | { readonly by: 'session'; readonly member: Member; readonly session: Session }
  | { readonly by: 'token'; readonly member: Member; readonly token: ApiToken };

/** When a session was last seen is kept to the minute: no write at every request. */
const seenEveryMillis = 60_000;

export const bySession = async (
  { store, now, idleMillis, heard }: SignInContext,
  secret: string,
  isUsed = true,
): Promise<Recognised | undefined> => {
  if (secret.length !== 43) return undefined;
  const found = await store.session(hashSecret(secret));
  if (found === undefined || found.member.disabled) return undefined;
  const { session, member } = found;
  const at = now();
  // A clock that ran backwards makes no session younger.
  if (at < session.createdMillis - dayMillis) return undefined;
  const idles = at - session.seenMillis >= idleMillis;
  if (idles || at >= session.endsMillis) {
    heard?.({ event: 'session-ended', account: member.id, why: idles ? 'idle' : 'too-long' });
    void store.endSession(session.id).catch(() => undefined);
    return undefined;
  }
  // Nobody waits for it: a read is not held up by a long write.
  if (isUsed && Math.abs(at - session.seenMillis) >= seenEveryMillis)
    void store.sawSession(session.id, at).catch(() => undefined);
  return { by: 'session', member, session };
};

export const byToken = async (
  { store, now }: SignInContext,
  typed: string,
): Promise<Recognised | undefined> => {
  const [, id, secret] = /^huawu_([\w-]{12})\.([\w-]{43})$/.exec(typed) ?? [];
  if (id === undefined || secret === undefined) return undefined;
  const found = await store.token(id);
  const right = sameSecret(hashSecret(secret), found?.token.hash ?? '');
  if (found === undefined || !right || found.member.disabled) return undefined;
  const { token, member } = found;
  const at = now();
  if (at >= token.endsMillis) return undefined;
  if (at - (token.usedMillis ?? 0) >= 60 * seenEveryMillis)
    void store.usedToken(token.id, at).catch(() => undefined);
  return { by: 'token', member, token };
};

/** Tokens of one account on a hotline that still let a program in. */
const mostTokens = 20;

interface NewToken {
  readonly user: string;
  readonly name: string;
  readonly scope: TokenScope;
  readonly days: number;
}

/** What programs sign in with, on one hotline; each change is in the log with it. */
export interface ApiTokens {
  list(): Promise<readonly ApiToken[]>;
  /** Answers the token itself, which is shown this once. Throws `AccessError` where somebody has too many. */
  issue(actor: Actor, wanted: NewToken): Promise<{ readonly token: ApiToken; readonly secret: string }>;
  /** False where it is gone already. */
  remove(actor: Actor, token: ApiToken): Promise<boolean>;
}

export const createApiTokens = ({ store, now }: Pick<AccountsContext, 'store' | 'now'>): ApiTokens => ({
  list: () => store.tokens(),
  issue: async (actor, { user, name, scope, days }) => {
    const secret = newSecret();
    const createdMillis = now();
    const token: ApiToken = {
      id: newId(),
      user,
      name,
      hash: hashSecret(secret),
      scope,
      createdMillis,
      endsMillis: createdMillis + days * dayMillis,
      usedMillis: null,
    };
    await store.together(actor, async (inside, note) => {
      const ofAccount = (await inside.tokens()).filter(
        (each) => each.user === user && each.endsMillis > createdMillis,
      );
      if (actor.kind !== 'local' && ofAccount.length >= mostTokens)
        throw new AccessError(accessFinding('too-many-tokens', { most: mostTokens }));
      await inside.addToken(token);
      note(tokenNote(token, false));
    });
    return { token, secret: `huawu_${token.id}.${secret}` };
  },
  remove: (actor, token) =>
    store.together(actor, async (inside, note) => {
      if (!(await inside.removeToken(token.id))) return false;
      note(tokenNote(token, true));
      return true;
    }),
});
