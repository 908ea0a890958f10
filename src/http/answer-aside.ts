import type { PlanWorldDocument } from '../contract/http/plan-world.ts';
import type { RankDocument } from '../contract/documents/rank-document.ts';
import type { ParallelMap } from '../kernel/ports.ts';
import type { Models } from '../planning/ports.ts';
import { rankFromStore } from '../planning/rank-hotlines.ts';
import { openStore, type StorePlace } from '../store/open-store.ts';
import { describeWorld } from './describe-world.ts';
import type { UseCases } from './services.ts';

/** What is asked of another thread: it opens the records itself. */
interface Aside {
  readonly place: StorePlace;
  readonly models: Models;
  readonly rank?: Parameters<UseCases['rankHotlines']>[1];
  readonly world?: string;
}

/**
 * Answers that would hold the server's own thread, and everybody else's question with it, for up to half a second are
 * worked out on another.
 */
export const answersAside = (
  place: StorePlace,
  parallel: ParallelMap,
): Pick<UseCases, 'rankHotlines' | 'describeWorld'> => {
  const ask = async <Answer>(question: Aside): Promise<Answer> => {
    const [answered] = await parallel<Answer>({ module: import.meta.url, name: answerAside.name }, [
      question,
    ]);
    return answered as Answer;
  };
  return {
    rankHotlines: ({ models }, rank) => ask<RankDocument>({ place, models, rank }),
    describeWorld: ({ models }, world) => ask<PlanWorldDocument>({ place, models, world }),
  };
};

/** As the other thread runs it. */
export const answerAside = async ({ place, models, rank, world }: Aside): Promise<unknown> => {
  const store = await openStore(place, { connections: 1 });
  try {
    return rank === undefined
      ? await describeWorld({ store }, world ?? 'latest')
      : await rankFromStore({ store, models }, rank);
  } finally {
    await store.close();
  }
};
