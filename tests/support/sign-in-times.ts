import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashPassword } from '../../src/access/passwords.ts';
import { hashSecret } from '../../src/access/secrets.ts';
import { apiRoot } from '../../src/contract/http/api-root.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';

/** Who somebody at the door says they are, and by what: each is refused. */
export const strangers = ['nobody', 'wrong', 'invited', 'closed'] as const;
type Stranger = (typeof strangers)[number];

/** How long refusals took at a real server, milliseconds, by kind: of passwords and of codes. */
export interface SignInTimes {
  readonly passwords: Readonly<Record<Stranger, number[]>>;
  readonly codes: Readonly<Record<Stranger, number[]>>;
  /** Every answer that was given, once: what anybody learns by reading. */
  readonly answers: Set<string>;
}

/** So many tries of each kind, in a drawn order, so that whatever else the machine does meets all of them alike. */
export const measureSignInTimes = async (tries: number, seed: number): Promise<SignInTimes> => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-times-'));
  const workspace = await createWorkspace(join(folder, 'line'), {
    modelsFrom: fileURLToPath(new URL('../../models', import.meta.url)),
  });
  const password = await hashPassword('lantern-orbit-velvet-42');
  const known = {
    password: null,
    disabled: false,
    createdMillis: Date.now(),
    invitation: null,
    openid: null,
  };
  const invitation = { hash: hashSecret('ABCDEFGHJKLMNPQR'), endsMillis: Date.now() + 3_600_000 };
  const accounts = {
    nobody: undefined,
    wrong: { ...known, password },
    invited: { ...known, invitation },
    closed: { ...known, password, disabled: true },
  };
  for (const kind of strangers)
    for (let n = 0; n < tries; n += 1) {
      const account = accounts[kind];
      const user = `${kind}-${n}`;
      if (account !== undefined)
        await workspace.accounts.addAccount({ ...account, user, id: user, name: user });
    }
  await workspace.close();
  // The proxy that is trusted here says whose each try is: none of them has to wait for another's.
  const settings = {
    port: 0,
    signIn: 'on',
    logLevel: 'silent',
    trustedProxy: '127.0.0.1',
    requestsPerMinute: 1e6,
  };
  const server = await serveWorkspace({
    folder: join(folder, 'line'),
    settings: settingsSchema.parse(settings),
  });
  const empty = (): Record<Stranger, number[]> => ({ nobody: [], wrong: [], invited: [], closed: [] });
  const times = { passwords: empty(), codes: empty() };
  const answers = new Set<string>();
  const ask = async (path: 'sign-in' | 'set-up', kind: Stranger, n: number): Promise<void> => {
    const given = path === 'sign-in' ? {} : { code: 'ZZZZ-ZZZZ-ZZZZ-ZZZZ' };
    const body = JSON.stringify({ ...given, user: `${kind}-${n}`, password: 'walnut-harbour-violet-17' });
    const address = `203.0.${kind.length}.${n % 250}`;
    const from = performance.now();
    const answer = await fetch(`${server.url}${apiRoot}/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': address,
        'x-forwarded-proto': 'https',
      },
      body,
    });
    const text = await answer.text();
    times[path === 'sign-in' ? 'passwords' : 'codes'][kind].push(performance.now() - from);
    answers.add(`${path} ${answer.status} ${text}`);
  };
  const random = seededRandom(seed);
  const order = strangers
    .flatMap((kind) => Array.from({ length: tries }, (_, n) => ({ kind, n, at: random.uniform() })))
    .toSorted((a, b) => a.at - b.at);
  for (const { kind, n } of order) {
    await ask('sign-in', kind, n);
    await ask('set-up', kind, n);
  }
  await server.close();
  await rm(folder, { recursive: true });
  return { ...times, answers };
};

export const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/**
 * How far two samples lie apart in standard errors of their ranks (Mann and Whitney): what hiccups of the machine do to
 * single times says little in it. Within ±3 nobody tells them apart.
 */
export const apart = (one: readonly number[], other: readonly number[]): number => {
  const ranked = [
    ...one.map((value) => ({ value, isOne: true })),
    ...other.map((value) => ({ value, isOne: false })),
  ]
    .toSorted((a, b) => a.value - b.value)
    .map((each, i) => ({ ...each, rank: i + 1 }));
  const [n, m] = [one.length, other.length];
  const ranks = ranked.filter(({ isOne }) => isOne).reduce((sum, { rank }) => sum + rank, 0);
  return (ranks - (n * (n + m + 1)) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
};
