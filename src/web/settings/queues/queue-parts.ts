import type { z } from 'zod';
import type { hotlineSchema } from '../../../contract/models/hotline-model.ts';
import type { promptsSchema } from '../../../contract/models/prompts-model.ts';
import type { targetsSchema } from '../../../contract/models/targets-model.ts';
import type { tiersSchema } from '../../../contract/models/tiers-model.ts';
import { untranslated } from '../../../kernel/text.ts';

export type Hotline = z.input<typeof hotlineSchema>;
export type Queue = Hotline['queues'][number];
export type Tiers = z.input<typeof tiersSchema>;

/** All models that name queues: a queue is added, renamed and removed in all of them. */
export interface Line {
  readonly hotline: Hotline;
  readonly tiers: Tiers;
  readonly targets: z.input<typeof targetsSchema>;
  readonly prompts: z.input<typeof promptsSchema>;
}

/** Queues that have traffic but stand in no model yet. */
export const unlistedOf = (traffic: readonly { readonly queue: string }[], { queues }: Hotline): string[] =>
  traffic.map(({ queue }) => queue).filter((queue) => !queues.some((each) => each.queue === queue));

/** A line with one queue more, as it would be planned unlisted: like the first queue, answered by the first tier. */
export const addQueue = (line: Line, queue: string): Line => {
  const [pattern] = line.hotline.queues;
  if (pattern === undefined) return line;
  const { transfers: _none, ...like } = pattern;
  const added: Queue = { ...like, queue, name: untranslated(queue), neverDivert: false, smartVoiceShare: 0 };
  return {
    ...line,
    hotline: { ...line.hotline, queues: [...line.hotline.queues, added] },
    tiers: {
      ...line.tiers,
      tiers: line.tiers.tiers.map((tier, i) =>
        i === 0 ? { ...tier, queues: [...tier.queues, { queue, preference: 1 }] } : tier,
      ),
    },
  };
};

/** A line in which a queue has another key, wherever it is named. */
export const renameQueue = (line: Line, from: string, to: string): Line => {
  const name = (queue: string): string => (queue === from ? to : queue);
  const { queues: ofQueues } = line.targets;
  return {
    hotline: {
      ...line.hotline,
      queues: line.hotline.queues.map((each) => ({
        ...each,
        queue: name(each.queue),
        ...(each.transfers === undefined
          ? {}
          : {
              transfers: each.transfers.map((transfer) => ({ ...transfer, toQueue: name(transfer.toQueue) })),
            }),
      })),
    },
    tiers: {
      ...line.tiers,
      tiers: line.tiers.tiers.map((tier) => ({
        ...tier,
        queues: tier.queues.map((route) => ({ ...route, queue: name(route.queue) })),
      })),
    },
    targets: {
      ...line.targets,
      ...(ofQueues === undefined
        ? {}
        : { queues: Object.fromEntries(Object.entries(ofQueues).map(([queue, own]) => [name(queue), own])) }),
    },
    prompts: {
      ...line.prompts,
      prompts: line.prompts.prompts.map((prompt) =>
        prompt.queues === undefined ? prompt : { ...prompt, queues: prompt.queues.map(name) },
      ),
    },
  };
};

/** A line without a queue: nobody answers it, hands calls on to it, or is asked anything of it any more. */
export const removeQueue = (line: Line, queue: string): Line => {
  const { queues: ofQueues } = line.targets;
  return {
    hotline: {
      ...line.hotline,
      queues: line.hotline.queues
        .filter((each) => each.queue !== queue)
        .map((each) =>
          each.transfers === undefined
            ? each
            : { ...each, transfers: each.transfers.filter(({ toQueue }) => toQueue !== queue) },
        ),
    },
    tiers: {
      ...line.tiers,
      tiers: line.tiers.tiers.map((tier) => ({
        ...tier,
        queues: tier.queues.filter((route) => route.queue !== queue),
      })),
    },
    targets: {
      ...line.targets,
      ...(ofQueues === undefined
        ? {}
        : { queues: Object.fromEntries(Object.entries(ofQueues).filter(([each]) => each !== queue)) }),
    },
    prompts: {
      ...line.prompts,
      prompts: line.prompts.prompts.map((prompt) => {
        if (prompt.queues === undefined || !prompt.queues.includes(queue)) return prompt;
        const left = prompt.queues.filter((each) => each !== queue);
        // Without a queue it would play to all: it keeps the one that is gone, and never plays.
        return left.length === 0 ? prompt : { ...prompt, queues: left };
      }),
    },
  };
};

/** Tiers in which one answers a queue as its so-manieth choice; null: not at all. */
export const servedBy = (tiers: Tiers, tier: number, queue: string, preference: number | null): Tiers => ({
  ...tiers,
  tiers: tiers.tiers.map((each, i) => {
    if (i !== tier) return each;
    const stands = each.queues.some((route) => route.queue === queue);
    if (preference === null) return { ...each, queues: each.queues.filter((route) => route.queue !== queue) };
    return {
      ...each,
      queues: stands
        ? each.queues.map((route) => (route.queue === queue ? { ...route, preference } : route))
        : [...each.queues, { queue, preference }],
    };
  }),
});
