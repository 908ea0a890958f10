import { contentHashOf } from '../../kernel/content-hash.ts';
import { BadInputError } from '../../kernel/errors.ts';
import type { Ports } from '../ports.ts';
import { alongside } from './stages.ts';

/** Answers that are kept of a line: those of some ten plans, a few kilobytes each. */
const mostKept = 160;

/** Questions whose answers hang on nothing but what was asked, with those answered for earlier plans. */
export interface KeptAnswers {
  /**
   * Answers of questions, in their order. Only what was never asked before is worked out (`work` is given its places),
   * and once where several ask the same. Resolves once that work has begun. Answers are plain data, as JSON has it.
   */
  ask<Answer>(
    questions: readonly object[],
    work: (places: readonly number[]) => Promise<readonly Answer[]>,
  ): Promise<{ readonly answered: Promise<readonly Answer[]> }>;
  /** Keeps what was worked out, the latest asked of all. */
  keep(): Promise<void>;
}

/**
 * What a plan asks that plans before it may have asked: a what-if about shifts needs the same operators at the same
 * prices. An answer is kept under the whole of its question, so that it is the one that would come out again, and for
 * this very program; where that is not known nothing is kept from plan to plan.
 */
export const openAnswers = async ({
  store,
  program,
}: Pick<Ports, 'store' | 'program'>): Promise<KeptAnswers> => {
  const key = program === undefined ? undefined : `answers-1/${program}`;
  const bytes = key === undefined ? undefined : await store.cached(key);
  const known = new Map<string, string>(
    bytes === undefined ? [] : (JSON.parse(new TextDecoder().decode(bytes)) as [string, string][]),
  );
  let added = false;
  return {
    ask: async <Answer>(
      questions: readonly object[],
      work: (places: readonly number[]) => Promise<readonly Answer[]>,
    ) => {
      const keys = await Promise.all(questions.map(contentHashOf));
      const missing = [...new Set(keys)].filter((own) => !known.has(own));
      const begun = missing.length === 0 ? [] : work(missing.map((own) => keys.indexOf(own)));
      const answered = (async () => {
        const found = await begun;
        added ||= missing.length > 0;
        for (const [i, own] of missing.entries()) known.set(own, JSON.stringify(found[i]));
        return keys.map((own): Answer => {
          const text = known.get(own) ?? 'null';
          // What was asked last goes last.
          known.delete(own);
          known.set(own, text);
          return JSON.parse(text) as Answer;
        });
      })();
      return { answered: alongside(answered) };
    },
    keep: async () => {
      if (key === undefined || !added) return;
      const latest = [...known].slice(-mostKept);
      try {
        await store.cache(key, new TextEncoder().encode(JSON.stringify(latest)));
      } catch (error) {
        // Records that are moved take no writes: what is only asked is answered all the same.
        if (!(error instanceof BadInputError)) throw error;
      }
    },
  };
};
