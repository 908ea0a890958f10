import { drawOffPeakReturn } from '../../kernel/off-peak-return.ts';
import type { Random } from '../../kernel/random.ts';
import { onlineFailureDelaySeconds } from '../prompt-flow.ts';
import type { LinePrompt, LineSpec } from './line-spec.ts';

/**
 * Plays prompts to first calls, one prompt after another to those who are still on the line: the same belief
 * as the prompt flow of the formulas, caller by caller.
 */
export class PromptPlay {
  /** What the last caller who left by a prompt did. */
  wentOnline = false;
  /** Factor on the patience of the last caller who stayed. */
  patienceFactor = 1;
  private willFail = false;
  private askedBy: LinePrompt | undefined;
  private askedIn = 0;
  private returns = false;
  private readonly spec: LineSpec;
  private readonly random: Random;
  /** Requests per channel and interval. */
  private readonly requests: Int32Array;

  constructor(spec: LineSpec, random: Random) {
    this.spec = spec;
    this.random = random;
    this.requests = new Int32Array(spec.channelCapacity.length * spec.intervals);
  }

  /**
   * Seconds of announcements that a caller hears who stays; −1 for one who leaves. `estimatedWait` is asked for only
   * where a prompt hangs on it.
   */
  play(classIndex: number, interval: number, estimatedWait: (classIndex: number) => number): number {
    let seconds = 0;
    this.patienceFactor = 1;
    for (const prompt of this.spec.classes[classIndex]?.prompts ?? []) {
      if (prompt.on[interval] !== 1) continue;
      const above = prompt.offeredAboveSeconds;
      if (above > 0 && !(estimatedWait(classIndex) > above)) continue;
      if (this.random.uniform() >= prompt.response.reach) continue;
      if (this.leaves(prompt, interval)) return -1;
      seconds += prompt.response.announcementSeconds;
      this.patienceFactor *= prompt.response.patienceFactor ?? 1;
    }
    return seconds;
  }

  private leaves(prompt: LinePrompt, interval: number): boolean {
    const { response } = prompt;
    const draw = this.random.uniform();
    if (draw < response.onlineShare) {
      this.wentOnline = true;
      const fails = this.random.uniform() < response.onlineFailureShare;
      this.willFail = !this.takesRequest(prompt.channel, interval) || fails;
      return true;
    }
    const target = prompt.offPeakTarget[interval] ?? -1;
    if (target < 0 || draw >= response.onlineShare + response.offPeakShare) return false;
    this.wentOnline = false;
    this.askedBy = prompt;
    this.askedIn = interval;
    this.returns = this.random.uniform() < response.offPeakReturnShare;
    return true;
  }

  /** Whether a channel still serves a request in the interval. */
  private takesRequest(channel: number, interval: number): boolean {
    if (channel < 0) return true;
    const at = channel * this.spec.intervals + interval;
    const used = this.requests[at] ?? 0;
    if (used >= (this.spec.channelCapacity[channel] ?? Infinity)) return false;
    this.requests[at] = used + 1;
    return true;
  }

  /** When the last caller who left calls after all; Infinity for never. */
  returnTime(now: number): number {
    if (this.wentOnline) {
      return this.willFail ? now + onlineFailureDelaySeconds * this.random.exponential() : Infinity;
    }
    if (!this.returns || this.askedBy === undefined) return Infinity;
    return drawOffPeakReturn(this.askedBy, this.askedIn, this.random.uniform()) * this.spec.intervalSeconds;
  }
}
