import type { TargetsModel } from '../contract/models/targets-model.ts';
import type { Capacity, Demand, Policy } from '../kernel/hotline.ts';
import type { ShouldStop } from '../kernel/ports.ts';
import type { SpanRules } from './best-spans.ts';
import type { DiversionAim } from './diversion-aim.ts';
import type { PromptEntry } from './place-prompt.ts';

/** One day's (or any short stretch's) choice, by interval of that stretch. */
export interface DayTask {
  readonly demand: Demand;
  readonly capacity: Capacity;
  readonly policy: Policy;
  readonly targets: TargetsModel;
  readonly aim: DiversionAim;
  readonly mayPlay: Uint8Array;
  /** 1 where off-peak callers may be sent: open, not in quiet hours. */
  readonly mayCall: Uint8Array;
  /** Queues that may be diverted, each with the prompts that suit it. */
  readonly queues: readonly { readonly queue: string; readonly entries: readonly PromptEntry[] }[];
  readonly rules: SpanRules;
  readonly largestDivertedShare: number;
  /** Callers of the whole day by queue: what the share is a share of. */
  readonly callersOfDay: ReadonlyMap<string, number>;
  readonly takeUpFactor: number;
  /** Most projections to spend on the search. */
  readonly evaluations: number;
  readonly shouldStop?: ShouldStop;
}
