import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { TargetsModel } from '../contract/models/targets-model.ts';
import type { Capacity, Demand, Policy, PromptPlacement } from '../kernel/hotline.ts';
import type { ShouldStop } from '../kernel/ports.ts';
import type { DiversionAim } from './diversion-aim.ts';

/** What prompts are chosen for. */
export interface PromptRequest {
  readonly demand: Demand;
  readonly capacity: Capacity;
  /** Routing and channels; prompts already in it are left aside. */
  readonly policy: Policy;
  readonly catalogue: PromptsModel;
  readonly targets: TargetsModel;
  /** 1 in the intervals in which the line is open. */
  readonly open: Uint8Array;
  /** Queues that may never be diverted. */
  readonly neverDivert: readonly string[];
  /** Factor on the believed take-up (1 when left out). */
  readonly takeUpFactor?: number;
  readonly aim?: DiversionAim;
  /** First interval in which a prompt may play: for advice in the course of a day. */
  readonly from?: number;
  /** What has played before it, by interval: it counts in the rules of its day. */
  readonly heard?: readonly Pick<PromptPlacement, 'prompt' | 'queue' | 'on'>[];
  /** Most projections to spend per day (120 when left out): repeatable on any machine. */
  readonly evaluationsPerDay?: number;
  readonly shouldStop?: ShouldStop;
}
