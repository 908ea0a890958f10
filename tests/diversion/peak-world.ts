import type { PromptRequest } from '../../src/diversion/prompt-spans.ts';
import { aimCosts, type DiversionAim } from '../../src/diversion/diversion-aim.ts';
import type { Outcome, PromptPlacement } from '../../src/kernel/hotline.ts';
import { sumOf } from '../../src/kernel/statistics.ts';
import { project } from '../../src/queueing/project.ts';
import { catalogueOf, entry, peak, smallRequest } from '../support/small-world.ts';

/** What comes of playing prompts. */
export const run = (request: PromptRequest, prompts: readonly PromptPlacement[]): Outcome =>
  project({ demand: request.demand, capacity: request.capacity, policy: { ...request.policy, prompts } });
/** Their cost on the aim, in calls. */
export const costOf = (
  request: PromptRequest,
  prompts: readonly PromptPlacement[],
  aim: DiversionAim = 'fewest-diverted',
): number => sumOf(aimCosts(run(request, prompts), prompts, request.targets, aim));
/** Intervals in which something plays, prompt by prompt. */
export const onOf = (prompts: readonly PromptPlacement[]): number[] =>
  prompts.flatMap((p) => [...p.on.keys()].filter((i) => p.on[i] === 1));
/** One queue with a peak that eight operators do not cover, and a prompt that would help. */
export const world = (change: Partial<Parameters<typeof smallRequest>[0]> = {}): PromptRequest =>
  smallRequest({ calls: { a: peak }, operators: 8, catalogue: catalogueOf([entry()]), ...change });
