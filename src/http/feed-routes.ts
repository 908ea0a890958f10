import { realpath } from 'node:fs/promises';
import { basename, resolve, sep } from 'node:path';
import { mayUse } from '../contract/access/rights.ts';
import { type FeedDocument, type FeedSettings, isPlaceKind } from '../contract/documents/feed-documents.ts';
import { UsageError } from '../kernel/errors.ts';
import { feedFinding } from '../feeds/feed-findings.ts';
import { callerOf, createPlaces } from './guard.ts';
import { httpFinding } from './http-findings.ts';
import { HttpError } from './problem-details.ts';
import type { Services } from './services.ts';
import { answer, type GuardedRouter } from './typed-route.ts';

/** Live feeds: how they stand, what changes them, and rows that programs hand in. */
export const addFeedRoutes = (router: GuardedRouter, services: Services): void => {
  const { feeds, store } = services;
  const noFeed = (): HttpError => new HttpError(404, httpFinding('no-feed'));
  const find = async (name: string) => {
    const found = (await feeds.list()).find((each) => each.name === name);
    if (found === undefined) throw noFeed();
    return found;
  };
  answer(router, 'feeds', async ({ response }) => {
    const caller = callerOf(response)?.caller;
    const maySet = caller === undefined || mayUse(caller, 'putFeed') !== false;
    return (await feeds.list()).map((feed) => (maySet ? feed : withoutPlaces(feed)));
  });
  answer(router, 'putFeed', async ({ params, body, actor }) => {
    const before = (await feeds.list()).find(({ name }) => name === params.feed);
    return feeds.put(params.feed, await placed(body, before, services), store.by(actor));
  });
  answer(router, 'removeFeed', async ({ params, actor }) => {
    if (!(await feeds.remove(params.feed, store.by(actor)))) throw noFeed();
  });
  answer(router, 'testFeed', async ({ params }) => feeds.test((await find(params.feed)).name));
  answer(router, 'alarms', () => services.alarms.show());
  answer(router, 'changeAlarms', ({ body, actor }) =>
    inTurn('change', 0, () => services.alarms.change(body, store.by(actor))),
  );
  answer(router, 'testAlarms', () =>
    inTurn(`test ${services.door?.hotline ?? ''}`, testPauseMillis, async () => {
      const tried = await services.alarms.test();
      return { ...(await services.alarms.show()), tried };
    }),
  );
  answer(router, 'pushRows', async ({ query, body }) => {
    if (query.feed !== undefined) await find(query.feed);
    return feeds.push(query.feed, body);
  });
  answer(router, 'pushStream', async ({ query, body: { requestId, records } }) => {
    if (query.feed !== undefined) await find(query.feed);
    await feeds.pushStream(
      query.feed,
      records.map(({ data }) => data),
    );
    return { requestId, timestamp: services.now() };
  });
};

/** After a trial alarm another one of the hotline waits: each goes to people. */
const testPauseMillis = 10_000;
const takeTurn = createPlaces(1);

/** One at a time: names of others are looked up by threads that passwords and files need. */
const inTurn = async <Answer>(
  of: string,
  pauseMillis: number,
  work: () => Promise<Answer>,
): Promise<Answer> => {
  const giveBack = takeTurn(of);
  if (giveBack === undefined) throw new HttpError(429, httpFinding('too-many-requests'));
  try {
    return await work();
  } finally {
    if (pauseMillis === 0) giveBack();
    else setTimeout(giveBack, pauseMillis).unref();
  }
};

/** Where a feed reads, and by what, is shown to those who may change it; to others the last part of it. */
const withoutPlaces = ({
  from,
  secret: _s,
  query: _q,
  map: _m,
  history: _h,
  state,
  ...feed
}: FeedDocument): FeedDocument => {
  const { why, ...is } = state;
  const values = Object.entries({ ...(why?.values as Readonly<Record<string, unknown>> | undefined) }).map(
    ([name, said]) => [
      name,
      name === 'from'
        ? basename(String(said))
        : ['place', 'why', 'secret', 'error'].includes(name)
          ? '…'
          : said,
    ],
  );
  return {
    ...feed,
    from: basename(from),
    state: why === undefined ? is : { ...is, why: { ...why, values: Object.fromEntries(values) as never } },
  };
};

/** Whoever may plan may not therefore read this machine's files: what is set up from afar reads in one folder, by its whole name. */
const placed = async (
  settings: FeedSettings,
  before: FeedSettings | undefined,
  { door, feedFolder }: Services,
): Promise<FeedSettings> => {
  if (door === undefined || (before !== undefined && sameSource(before, settings))) return settings;
  const { kind, from, secret } = settings;
  // a password might be sent to wherever they say
  if (secret !== undefined || !(kind === 'push' || isPlaceKind(kind, from)))
    throw new UsageError(feedFinding('feed-connection-not-allowed'));
  if (kind === 'push') return { ...settings, from: '' };
  const folder = resolve(feedFolder);
  const place = resolve(folder, from);
  const isBelow = place === folder || place.startsWith(`${folder}${sep}`);
  // what is not there yet leads nowhere
  if (!isBelow || (await leadsOut(folder, place).catch(() => false)))
    throw new UsageError(feedFinding('feed-place-not-allowed', { folder }));
  return { ...settings, from: from === '' ? '' : place };
};

const sameSource = (one: FeedSettings, other: FeedSettings): boolean =>
  (['kind', 'from', 'secret', 'query', 'map', 'history'] as const).every(
    (name) => JSON.stringify(one[name]) === JSON.stringify(other[name]),
  );

/** Whether a path leads out of a folder by links. Throws where it is not there. */
const leadsOut = async (folder: string, path: string): Promise<boolean> => {
  const [root, place] = await Promise.all([realpath(folder), realpath(path)]);
  return place !== root && !place.startsWith(`${root}${sep}`);
};
