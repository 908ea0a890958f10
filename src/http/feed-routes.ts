import { realpath } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { type FeedSettings, isPlaceKind } from '../contract/documents/feed-documents.ts';
import { UsageError } from '../kernel/errors.ts';
import { feedFinding } from '../feeds/feed-findings.ts';
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
  answer(router, 'feeds', async () => [...(await feeds.list())]);
  answer(router, 'putFeed', async ({ params, body, actor }) => {
    const before = (await feeds.list()).find(({ name }) => name === params.feed);
    return feeds.put(params.feed, await placed(body, before, services), store.by(actor));
  });
  answer(router, 'removeFeed', async ({ params, actor }) => {
    if (!(await feeds.remove(params.feed, store.by(actor)))) throw noFeed();
  });
  answer(router, 'testFeed', async ({ params }) => feeds.test((await find(params.feed)).name));
  answer(router, 'alarms', () => services.alarms.show());
  answer(router, 'changeAlarms', ({ body }) => services.alarms.change(body));
  answer(router, 'testAlarms', async () => {
    const tried = await services.alarms.test();
    return { ...(await services.alarms.show()), tried };
  });
  answer(router, 'pushRows', async ({ query, body }) => {
    if (query.feed !== undefined) await find(query.feed);
    return feeds.push(query.feed, body);
  });
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
  if (secret !== undefined || !(kind === 'push' || isPlaceKind(kind)))
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
