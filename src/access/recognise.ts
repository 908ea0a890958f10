import type { ApiToken, Member, Session } from './account-store.ts';
import { dayMillis } from './accounts.ts';
import { hashSecret, sameSecret } from './secrets.ts';
import type { SignInGround } from './sign-in-ground.ts';

/** Who makes a request that carries a session or a token. */
export type Recognised =
  | { readonly by: 'session'; readonly member: Member; readonly session: Session }
  | { readonly by: 'token'; readonly member: Member; readonly token: ApiToken };

/** When a session was last seen is kept to the minute: no write at every request. */
const seenEveryMillis = 60_000;

/** Those that would still let somebody in. */
export const openSessions = async (
  { store, now, idleMillis }: SignInGround,
  { user }: Member,
): Promise<readonly Session[]> =>
  (await store.sessionsOf(user)).filter(
    ({ endsMillis, seenMillis }) => endsMillis > now() && now() - seenMillis < idleMillis,
  );

export const bySession = async (
  { store, now, idleMillis, heard }: SignInGround,
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
  if (isUsed && at - session.seenMillis >= seenEveryMillis)
    void store.sawSession(session.id, at).catch(() => undefined);
  return { by: 'session', member, session };
};

export const byToken = async (
  { store, now }: SignInGround,
  given: string,
): Promise<Recognised | undefined> => {
  const [, id, secret] = /^huawu_([\w-]{12})\.([\w-]{43})$/.exec(given) ?? [];
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
