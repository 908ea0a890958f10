import type { Random } from '../kernel/random.ts';
import { minuteOf } from '../kernel/time-window.ts';
import type { PastPromptSettings } from './demo-settings.ts';

/** What a caller who heard a prompt does. */
export interface Reaction {
  /** False: keeps waiting for an operator. */
  readonly leaves: boolean;
  readonly goesOnline: boolean;
  /** When the caller calls after all: after a failed request, or off-peak; Infinity: not again. */
  readonly callsAgainAt: number;
}

const staysOnLine: Reaction = { leaves: false, goesOnline: false, callsAgainAt: Infinity };

/** Mean seconds until a caller whose online request failed calls after all. */
const failureDelaySeconds = 600;

/** Draws a caller's reaction to a prompt heard at `now` (seconds); off-peak callers come within the hour asked for. */
export const drawReaction = (prompt: PastPromptSettings, now: number, random: Random): Reaction => {
  const { truth, offPeakTarget } = prompt;
  const u = random.uniform();
  if (u < truth.onlineShare) {
    const fails = random.uniform() < truth.onlineFailureShare;
    return {
      leaves: true,
      goesOnline: true,
      callsAgainAt: fails ? now + failureDelaySeconds * random.exponential() : Infinity,
    };
  }
  if (u >= truth.onlineShare + truth.offPeakShare) return staysOnLine;
  if (random.uniform() >= truth.offPeakReturnShare)
    return { leaves: true, goesOnline: false, callsAgainAt: Infinity };
  const midnight = Math.floor(now / 86_400) * 86_400;
  const hour = midnight + 60 * minuteOf(offPeakTarget ?? '20:00');
  return { leaves: true, goesOnline: false, callsAgainAt: Math.max(now, hour + 3600 * random.uniform()) };
};
