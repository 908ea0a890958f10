import type { PromptPlacement } from '../kernel/hotline.ts';

/** Seconds of estimated wait above which a prompt is offered; 0 for a prompt offered to everyone. */
export const offeredAboveSeconds = ({ offeredTo }: PromptPlacement): number =>
  offeredTo === undefined || offeredTo === 'all' ? 0 : offeredTo.waitAboveSeconds;

/**
 * Prompts in the order in which a caller meets them: those offered to everyone come first, then those that hang on the
 * wait, each in the order given. A prompt offered above an endless wait is never played and left out.
 */
export const inPlayingOrder = <Placement extends PromptPlacement>(
  placements: readonly Placement[],
): Placement[] => {
  const heard = placements.filter((placement) => offeredAboveSeconds(placement) < Infinity);
  return [
    ...heard.filter((placement) => offeredAboveSeconds(placement) === 0),
    ...heard.filter((placement) => offeredAboveSeconds(placement) > 0),
  ];
};

/**
 * Fewest callers of the own queue that must wait already for the estimated wait of a new one, who finds no operator
 * free, to be above `seconds`: (queue + 1) · handle time / operators > seconds.
 */
export const callersAhead = (seconds: number, operators: number, handleSeconds: number): number =>
  Math.floor((seconds * operators) / handleSeconds);
