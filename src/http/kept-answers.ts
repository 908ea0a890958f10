import { createHash } from 'node:crypto';
import type { Ports, Store } from '../planning/ports.ts';

/**
 * Answers that were worked out before, by a name that changes with all that they rest on: asking again costs looking at
 * that, not working it out. Asked for twice at the same moment it is worked out once. The oldest go first.
 */
export const createKeptAnswers = (room: number) => {
  const kept = new Map<string, Promise<unknown>>();
  return <Answer>(key: string, workOut: () => Promise<Answer>): Promise<Answer> => {
    const known = kept.get(key) as Promise<Answer> | undefined;
    const answer = known ?? workOut();
    kept.delete(key);
    kept.set(key, answer);
    const [oldest] = kept.keys();
    if (kept.size > room && oldest !== undefined) kept.delete(oldest);
    // What failed is not an answer: the next one to ask tries again.
    if (known === undefined) answer.catch(() => kept.get(key) === answer && kept.delete(key));
    return answer;
  };
};

export type KeptAnswers = ReturnType<typeof createKeptAnswers>;

/** The same store; what traffic it holds is counted again only when traffic or events have changed. */
export const keepSummary = (store: Store, kept: KeptAnswers): Store => ({
  ...store,
  by: (actor) => keepSummary(store.by(actor), kept),
  trafficSummary: async () => kept(`summary/${await store.dataHash()}`, () => store.trafficSummary()),
});

/** A name for everything that a ranking rests on. */
export const rankingKey = async (
  { store, models }: Pick<Ports, 'store' | 'models'>,
  question: unknown,
): Promise<string> => {
  const rests = await Promise.all([
    store.monitoring.results(),
    store.monitoring.hotlines(),
    store.monitoring.testCallsVersion(),
    store.dataHash(),
  ]);
  const hash = createHash('sha256').update(JSON.stringify([question, models, ...rests]));
  return `ranking/${hash.digest('base64url')}`;
};
