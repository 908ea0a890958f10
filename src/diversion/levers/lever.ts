import type { LeversModel } from '../../contract/models/levers-model.ts';
import type { PromptsModel } from '../../contract/models/prompts-model.ts';
import type { TargetsModel } from '../../contract/models/targets-model.ts';
import type { TiersModel } from '../../contract/models/tiers-model.ts';
import type { Capacity, Demand, Outcome, Policy, PromptPlacement } from '../../kernel/hotline.ts';
import type { ShouldStop } from '../../kernel/ports.ts';
import type { Text } from '../../kernel/text.ts';
import { meanShrinkage } from '../../kernel/shrinkage.ts';

export const leverNames = [
  'prompts',
  'callbacks',
  'overtime',
  'later-start',
  'smart-voice',
  'direct-answer',
] as const;
export type LeverName = (typeof leverNames)[number];

/** A line as the projection takes it. */
export interface LineWorld {
  readonly demand: Demand;
  readonly capacity: Capacity;
  readonly policy: Policy;
}

/** What levers are set up from: the line as it is, with no prompt playing, and what may be done to it. */
export interface LeverTask {
  readonly world: LineWorld;
  /** The line as it is, projected. */
  readonly outcome: Outcome;
  readonly targets: TargetsModel;
  readonly tiers: TiersModel;
  readonly catalogue: PromptsModel;
  readonly settings: LeversModel;
  /** 1 where the line is open. */
  readonly open: Uint8Array;
  readonly neverDivert: readonly string[];
  readonly shouldStop: ShouldStop;
}

/**
 * Something that mends a peak, to be had in part: level 0 is nothing, 1 the most that models/levers.json allows.
 * Levers change different parts of a world, so that several can be applied one after the other.
 */
export interface Lever {
  readonly lever: LeverName;
  readonly name: Text;
  /** True while its settings are nobody's figures. */
  readonly assumed: boolean;
  apply(world: LineWorld, level: number): LineWorld;
  /** Money for the horizon, given what the lever alone leads to at that level. */
  cost(level: number, alone: Outcome): number;
  /** What a level comes to. */
  tell(level: number, alone: Outcome): Text;
}

/** Money that an hour ready for calls costs in a tier: paid time without calls is in it. */
export const readyHourCost = (tiers: TiersModel, tier: string): number => {
  const own = tiers.tiers.find((each) => each.tier === tier);
  return own === undefined ? 0 : own.costPerHour / (1 - meanShrinkage(own.shrinkage));
};

/** The same over all tiers, weighted by the operators on duty; 0 without any. */
export const meanReadyHourCost = ({ tiers }: Capacity, model: TiersModel): number => {
  let [hours, money] = [0, 0];
  for (const { tier, operators } of tiers) {
    const own = operators.reduce((sum, n) => sum + n, 0);
    hours += own;
    money += own * readyHourCost(model, tier);
  }
  return hours > 0 ? money / hours : 0;
};

/** Stretches in which a placement plays, in order. */
export const stretchesPlayed = ({ on }: PromptPlacement): { from: number; to: number }[] => {
  const stretches: { from: number; to: number }[] = [];
  for (let i = 0; i < on.length; i += 1) {
    if (on[i] !== 1) continue;
    const last = stretches.at(-1);
    if (last?.to === i) last.to = i + 1;
    else stretches.push({ from: i, to: i + 1 });
  }
  return stretches;
};
