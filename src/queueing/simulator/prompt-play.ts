import type { Random } from '../../kernel/random.ts';
import { onlineFailureDelaySeconds, type LinePrompt, type LineSpec } from './line-spec.ts';

/**
 * Plays prompts to first calls, one prompt after another to those who are still on the line: the same belief
 * as `applyPrompts`, caller by caller.
 */
export class PromptPlay {
  /** What the last caller who left by a prompt did. */
  wentOnline = false;
  private willFail = false;
  private target = -1;
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

  /** Seconds of announcements that a caller hears who stays; −1 for one who leaves. */
  play(classIndex: number, interval: number): number {
    let seconds = 0;
    for (const prompt of this.spec.classes[classIndex]?.prompts ?? []) {
      if (prompt.on[interval] !== 1 || this.random.uniform() >= prompt.response.reach) continue;
      if (this.leaves(prompt, interval)) return -1;
      seconds += prompt.response.announcementSeconds;
    }
    return seconds;
  }

  private leaves(prompt: LinePrompt, interval: number): boolean {
    const { response } = prompt;
    const draw = this.random.uniform();
    if (draw < response.onlineShare) {
      if (!this.takesRequest(prompt.channel, interval)) return false;
      this.wentOnline = true;
      this.willFail = this.random.uniform() < response.onlineFailureShare;
      return true;
    }
    const target = prompt.offPeakTarget[interval] ?? -1;
    if (target < 0 || draw >= response.onlineShare + response.offPeakShare) return false;
    this.wentOnline = false;
    this.target = target;
    this.returns = this.random.uniform() < response.offPeakReturnShare;
    return true;
  }

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
    if (!this.returns) return Infinity;
    return (this.target + this.random.uniform()) * this.spec.intervalSeconds;
  }
}
