import type { PromptsModel } from '../contract/models/prompts-model.ts';
import { text, type Text } from '../kernel/text.ts';
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
    const found = gatherEvidence(entry, catalogue.prompts, seen);
    if (found === undefined) return entry;
    const before = takeUpOf(entry);
    const belief = learnTakeUp(takeUpPrior(before, priorCallers), found.evidence);
    const assumed = belief.a + belief.b < 2 * priorCallers;
    learnt.push({
      prompt: entry.prompt,
      name: entry.name,
      from: found.from,
      intervals: found.evidence.length,
      before,
      ...takeUpRange(belief),
      assumed,
    });
    return assumed ? entry : withTakeUp(entry, belief);
  });
  return { catalogue: { ...catalogue, prompts }, learnt };
};

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

/** What was learnt, in sentences. */
export const tellLearnt = (learnt: readonly LearntPrompt[]): Text[] =>
  learnt.map(({ name, from, intervals, before, mean, low, high, assumed }) => {
    const source =
      from === 'channel'
        ? text('线上渠道受理量', 'channel volumes')
        : text('来电的减少', 'calls that stayed away');
    const range = `${percent(low)}–${percent(high)}`;
    return assumed
      ? text(
          `「${name['zh-CN']}」只播放过 ${intervals} 个可比时段（采纳率可能为 ${range}），仍用设定值 ${percent(before)}。`,
          `"${name.en}" played in only ${intervals} comparable intervals (take-up may be ${range}): its setting of ${percent(before)} is kept.`,
        )
      : text(
          `「${name['zh-CN']}」的采纳率由 ${intervals} 个播放时段的${source['zh-CN']}学得：${percent(mean)}（80% 区间 ${range}），目录中的设定为 ${percent(before)}。`,
          `Take-up of "${name.en}" is learnt from ${source.en} in ${intervals} intervals in which it played: ${percent(mean)} (80 % interval ${range}); the catalogue says ${percent(before)}.`,
        );
  });
