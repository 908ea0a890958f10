import type { PromptPlacement } from '../kernel/hotline.ts';
import { totalOutcome } from '../kernel/measures.ts';
import { project } from '../queueing/project.ts';
import { type Answer, answerOf, demandThat, type Line, operationOf } from './line/line.ts';

export type { Answer } from './line/line.ts';
export type { Line } from './line/line.ts';

/** An announcement at a peak, and what callers do who hear it. Shares are 0–1. */
export interface Prompt {
  /** First interval in which it plays, and the one before which it stops: 0 to the number of intervals. */
  readonly from: number;
  readonly to: number;
  /** Seconds that it takes; they count in the time to an operator. */
  readonly announcementSeconds: number;
  /** Share of callers who hear it. Left out: 1. */
  readonly reach?: number;
  /** Of those, who goes online, and of these who fails there and calls after all. Left out: 0. */
  readonly onlineShare?: number;
  readonly onlineFailureShare?: number;
  /** Of those, who hangs up to call in the interval `offPeakInterval`, and of these who really does. Left out: 0 and 1. */
  readonly offPeakShare?: number;
  readonly offPeakReturnShare?: number;
  readonly offPeakInterval?: number;
}

/** A line without and with a prompt, over all its intervals. */
export interface PromptEffect {
  readonly without: Answer;
  readonly with: Answer;
  /** Callers who went online, and who were asked to call later. */
  readonly divertedOnline: number;
  readonly deferred: number;
}

const placementOf = (prompt: Prompt, count: number, queue: string): PromptPlacement => {
  const { from, to, announcementSeconds, reach = 1, onlineShare = 0, onlineFailureShare = 0 } = prompt;
  const { offPeakShare = 0, offPeakReturnShare = 1, offPeakInterval = -1 } = prompt;
  const shares = { reach, onlineShare, onlineFailureShare, offPeakShare, offPeakReturnShare };
  for (const [name, value] of Object.entries(shares))
    demandThat(value >= 0 && value <= 1, name, value, '0 to 1');
  demandThat(
    onlineShare + offPeakShare <= 1,
    'onlineShare + offPeakShare',
    onlineShare + offPeakShare,
    'at most 1',
  );
  demandThat(Number.isInteger(from) && from >= 0 && from < to, 'from', from, 'whole, 0 or more, before to');
  demandThat(Number.isInteger(to) && to <= count, 'to', to, `whole, at most ${count}`);
  const isSeconds = announcementSeconds >= 0 && announcementSeconds <= 600;
  demandThat(isSeconds, 'announcementSeconds', announcementSeconds, '0 to 600');
  const isLater = Number.isInteger(offPeakInterval) && offPeakInterval >= to && offPeakInterval < count;
  demandThat(
    offPeakShare === 0 || isLater,
    'offPeakInterval',
    offPeakInterval,
    `whole, ${to} to ${count - 1}`,
  );
  const plays = (i: number): boolean => i >= from && i < to;
  return {
    prompt: 'prompt',
    kind: onlineShare > 0 ? 'online-channel' : 'off-peak',
    queue,
    on: Uint8Array.from({ length: count }, (_, i) => Number(plays(i))),
    offPeakTarget: Int32Array.from({ length: count }, (_, i) => (plays(i) ? offPeakInterval : -1)),
    response: { ...shares, announcementSeconds, onlineHandleSeconds: 0, assumed: false },
  };
};

/**
 * What a prompt does to a line with so many operators ready for calls in each interval: who is diverted relieves the
 * others, who fails online or calls later comes back, and the announcement takes time to answer itself. Throws
 * `RangeError` for figures outside their ranges. Source: as `answersByInterval` of `huawu/staffing`.
 *
 * @example
 * ```ts
 * import { promptEffect } from 'huawu/diversion';
 * const line = { intervalMinutes: 30, calls: [60, 90, 80, 30], handleTimeSeconds: 240, patienceSeconds: 120 };
 * const prompt = { from: 1, to: 3, announcementSeconds: 5, onlineShare: 0.12, onlineFailureShare: 0.2 };
 * const effect = promptEffect(line, [9, 10, 10, 9], prompt);
 * const gained = effect.with.connectionRate - effect.without.connectionRate;
 * ```
 */
export const promptEffect = (line: Line, operators: readonly number[], prompt: Prompt): PromptEffect => {
  const operation = operationOf(line, operators);
  const queue = operation.demand.queues[0]?.queue ?? '';
  const prompts = [placementOf(prompt, line.calls.length, queue)];
  const outcome = project({ ...operation, policy: { ...operation.policy, prompts } });
  const { divertedOnline, deferred } = totalOutcome(outcome);
  return { without: answerOf(project(operation)), with: answerOf(outcome), divertedOnline, deferred };
};
