import type { PromptsModel } from '../../contract/models/prompts-model.ts';
import { placePrompt, type PromptEntry } from '../../diversion/place-prompt.ts';
import { promptHours } from '../../diversion/prompt-hours.ts';
import type { Demand, PromptPlacement } from '../../kernel/hotline.ts';

/** A prompt from interval `from` to before `to`; off-peak callers are asked into the quietest later interval of that day. */
export const placeInWeek = (
  entry: PromptEntry,
  queue: string,
  from: number,
  to: number,
  demand: Demand,
  catalogue: PromptsModel,
): PromptPlacement => {
  const target = entry.kind === 'online-channel' ? -1 : quietestLater(demand, catalogue, to);
  return placePrompt(entry, queue, [{ from, to, offPeakTarget: target }], demand.horizon.count);
};

/** The interval with the fewest calls at least an hour later on the same day outside the quiet hours; −1: none. */
const quietestLater = (demand: Demand, catalogue: PromptsModel, to: number): number => {
  const { horizon } = demand;
  const { day, mayPlay } = promptHours(
    horizon,
    new Uint8Array(horizon.count).fill(1),
    catalogue.rules.quietHours,
  );
  const calls = (i: number): number =>
    demand.queues.reduce((sum, queue) => sum + (queue.freshMean[i] ?? 0), 0);
  let best = -1;
  for (
    let i = to - 1 + Math.ceil(60 / horizon.intervalMinutes);
    i < horizon.count && day[i] === day[to - 1];
    i += 1
  ) {
    if (mayPlay[i] === 1 && (best < 0 || calls(i) < calls(best))) best = i;
  }
  return best;
};
