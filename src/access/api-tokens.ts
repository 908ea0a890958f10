import type { TokenScope } from '../contract/access/roles.ts';
import type { Actor } from '../kernel/actor.ts';
import { AccessError, accessFinding } from './access-findings.ts';
import type { ApiToken } from './account-store.ts';
import { dayMillis, type AccountsGround } from './accounts.ts';
import { tokenNote } from './noted-accounts.ts';
import { hashSecret, newId, newSecret } from './secrets.ts';

/** Tokens of one account on a hotline that still let a program in. */
const mostTokens = 20;

export interface NewToken {
  readonly user: string;
  readonly name: string;
  readonly scope: TokenScope;
  readonly days: number;
}

/** What programs sign in with, on one hotline; each change stands in the log with it. */
export interface ApiTokens {
  list(): Promise<readonly ApiToken[]>;
  /** Answers the token itself, which is shown this once. Throws `AccessError` where somebody has too many. */
  issue(actor: Actor, wanted: NewToken): Promise<{ readonly token: ApiToken; readonly secret: string }>;
  /** False where it is gone already. */
  remove(actor: Actor, token: ApiToken): Promise<boolean>;
}

export const createApiTokens = ({ store, now }: Pick<AccountsGround, 'store' | 'now'>): ApiTokens => ({
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
      const own = (await inside.tokens()).filter(
        (each) => each.user === user && each.endsMillis > createdMillis,
      );
      if (actor.kind !== 'local' && own.length >= mostTokens)
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
