import type { PromptPlacement, PromptResponse } from '../kernel/hotline.ts';

/**
 * A response when callers take the prompt up `factor` times as often (0.5: half, 2: double). The two shares
 * keep their proportion and together never exceed everyone who hears it; reach, returns and seconds stay.
 */
export const scaleResponse = (response: PromptResponse, factor: number): PromptResponse => {
  const wanted = (response.onlineShare + response.offPeakShare) * factor;
  const kept = wanted > 1 ? factor / wanted : factor;
  return {
    ...response,
    onlineShare: response.onlineShare * kept,
    offPeakShare: response.offPeakShare * kept,
  };
};

/** The same prompts at the same times, taken up `factor` times as often. */
export const scaleTakeUp = (placements: readonly PromptPlacement[], factor: number): PromptPlacement[] =>
  placements.map((placement) => ({ ...placement, response: scaleResponse(placement.response, factor) }));
