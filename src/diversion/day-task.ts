import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { TargetsModel } from '../contract/models/targets-model.ts';
import type { Capacity, Demand, Policy } from '../kernel/hotline.ts';
import type { ShouldStop } from '../kernel/ports.ts';
import type { PromptSchedule } from './best-spans.ts';
import type { DiversionAim } from './diversion-aim.ts';
import type { PromptEntry } from './place-prompt.ts';

/** A queue that may be diverted, with the prompts that suit it. */
export interface QueueTask {
  readonly queue: string;
  readonly entries: readonly PromptEntry[];
  /** What it has heard that day before the first interval in which a prompt may play; left out: nothing. */
  readonly heard?: PromptSchedule;
}

/** One day's (or any short stretch's) choice, by interval of that stretch. */
export interface DayTask {
  readonly demand: Demand;
  readonly capacity: Capacity;
  readonly policy: Policy;
  readonly targets: TargetsModel;
  readonly aim: DiversionAim;
  readonly mayPlay: Uint8Array;
  /** Intervals of the stretch that are over: what was heard in them stands in `heard`. */
  readonly over: number;
  /** 1 where off-peak callers may be sent: open, not in quiet hours. */
  readonly mayCall: Uint8Array;
  readonly queues: readonly QueueTask[];
  readonly rules: PromptsModel['rules'];
  readonly largestDivertedShare: number;
  /** Callers of the whole day by queue: what the share is a share of. */
  readonly callersOfDay: ReadonlyMap<string, number>;
  readonly takeUpFactor: number;
  /** Most projections to spend on the search. */
  readonly evaluations: number;
  readonly shouldStop?: ShouldStop;
}
