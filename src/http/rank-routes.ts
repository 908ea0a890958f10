import { jsonWithSentences } from '../words/with-sentences.ts';
import type { RankDocument } from '../contract/documents/rank-document.ts';
import type { RankQuery } from '../contract/http/rank-query.ts';
import { filterHotlines, filterOf } from '../render/league.ts';
import { rankingKey } from './kept-answers.ts';
import { packText, sendText } from './packed-text.ts';
import type { Services } from './services.ts';
import { answer, type GuardedRouter } from './typed-route.ts';

/** League tables, and one hotline through them. */
export const addRankRoutes = (router: GuardedRouter, services: Services): void => {
  const { useCases, kept } = services;
  answer(router, 'rank', async ({ query, actor, response }) => {
    const ports = await services.ports(actor);
    const rank = async (): Promise<string> =>
      jsonWithSentences(narrowed(await useCases.rankHotlines(ports, query), query), 'program');
    sendText(response, await kept(await rankingKey(ports, query), () => packText(rank())));
  });
  answer(router, 'hotline', async ({ query, actor, response }) => {
    const ports = await services.ports(actor);
    const follow = async (): Promise<string> =>
      jsonWithSentences(await useCases.hotlineThroughPeriods(ports, query), 'program');
    sendText(response, await kept(await rankingKey(ports, query), () => packText(follow())));
  });
};

/** Those that pass the filters, with their places among all. */
const narrowed = (league: RankDocument, query: RankQuery): RankDocument => {
  const hotlines = filterHotlines(league.hotlines, filterOf({ ...query, move: query.moved }));
  return { ...league, hotlines };
};
