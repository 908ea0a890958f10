import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { Text } from '../kernel/text.ts';
import { diversionFinding, type DiversionFinding } from './diversion-findings.ts';
import { gatherEvidence, type SeenTraffic } from './gather-evidence.ts';
import { learnTakeUp, takeUpPrior, takeUpRange, type TakeUpBelief } from './learn-take-up.ts';
import type { PromptEntry } from './place-prompt.ts';

/** Callers that a catalogue's own belief is worth; data that weighs as much ends its being an assumption. */
const priorCallers = 20;

/** What was learnt of one prompt: the share of those who hear it that takes it up. */
export interface LearntPrompt {
  readonly prompt: string;
  readonly name: Text;
  readonly from: 'channel' | 'calls';
  readonly intervals: number;
  /** The catalogue's share, and the belief's mean with its 80 % interval. */
  readonly before: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** True while data weighs less than the catalogue's own belief. */
  readonly assumed: boolean;
}

/** Share of the hearers whom a prompt moves: online for a prompt to a channel, off-peak for the others. */
export const takeUpOf = ({ kind, response }: PromptEntry): number =>
  kind === 'online-channel' ? response.onlineShare : response.offPeakShare;

const withTakeUp = (entry: PromptEntry, belief: TakeUpBelief): PromptEntry => {
  const mean = belief.a / (belief.a + belief.b);
  const share = entry.kind === 'online-channel' ? { onlineShare: mean } : { offPeakShare: mean };
  return { ...entry, response: { ...entry.response, ...share, assumed: false } };
};

/**
 * A catalogue whose take-up is what records of prompts played say, and what was learnt. A prompt that never
 * played, or whose intervals nothing can be compared with, keeps the catalogue's share.
 */
export const learnCatalogue = (
  catalogue: PromptsModel,
  seen: SeenTraffic,
): { readonly catalogue: PromptsModel; readonly learnt: readonly LearntPrompt[] } => {
  const learnt: LearntPrompt[] = [];
  const prompts = catalogue.prompts.map((entry) => {
    const gathered = gatherEvidence(entry, catalogue.prompts, seen);
    if (gathered === undefined) return entry;
    const before = takeUpOf(entry);
    const belief = learnTakeUp(takeUpPrior(before, priorCallers), gathered.evidence);
    const assumed = belief.a + belief.b < 2 * priorCallers;
    learnt.push({
      prompt: entry.prompt,
      name: entry.name,
      from: gathered.from,
      intervals: gathered.evidence.length,
      before,
      ...takeUpRange(belief),
      assumed,
    });
    return assumed ? entry : withTakeUp(entry, belief);
  });
  return { catalogue: { ...catalogue, prompts }, learnt };
};

/** What was learnt of each prompt. */
export const explainLearnt = (learnt: readonly LearntPrompt[]): DiversionFinding[] =>
  learnt.map(({ name, from, intervals, before, mean, low, high, assumed }) => {
    const seen = { prompt: name, intervals, setting: before, low, high };
    return assumed
      ? diversionFinding('take-up-hardly-seen', seen)
      : diversionFinding('take-up-learnt', { ...seen, mean, from });
  });
