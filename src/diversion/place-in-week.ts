import { valueAt } from '../kernel/value-at.ts';
import type { PromptsModel } from '../contract/models/prompts-model.ts';
import { sendOffPeak, usualCalls, type OffPeakTimes } from './off-peak-targets.ts';
import { placePrompt, type PromptEntry } from './place-prompt.ts';
import { promptHours } from './playing-rules.ts';
import type { Demand, PromptPlacement } from '../kernel/hotline.ts';

/** A prompt from interval `from` to before `to`; off-peak callers are asked into the quietest later hours of that day. */
export const placeInWeek = (
  entry: PromptEntry,
  queue: string,
  from: number,
  to: number,
  demand: Demand,
  catalogue: PromptsModel,
): PromptPlacement => {
  const { count } = demand.horizon;
  const own = demand.queues.find((each) => each.queue === queue);
  if (own === undefined || entry.response.offPeakShare <= 0)
    return placePrompt(entry, queue, [{ from, to, offPeakTarget: -1 }], count);
  const times = callsOfDay(demand, catalogue, to - 1);
  const weights = usualCalls(entry, own, times);
  const stretches = sendOffPeak({ from, to }, entry, own, times, to - from, weights);
  return placePrompt(entry, queue, stretches, count, 1, weights);
};

/** The work of each interval by its calls alone, and where on the day of `interval` people may be asked to call. */
const callsOfDay = ({ horizon, queues }: Demand, catalogue: PromptsModel, interval: number): OffPeakTimes => {
  const open = new Uint8Array(horizon.count).fill(1);
  const { day, mayPlay } = promptHours(horizon, open, catalogue.rules);
  return {
    work: Float64Array.from({ length: horizon.count }, (_, i) =>
      queues.reduce(
        (sum, queue) => sum + valueAt(queue.freshMean, i) * valueAt(queue.handleTimeSeconds, i),
        0,
      ),
    ),
    staffed: new Float64Array(horizon.count).fill(1),
    mayCall: mayPlay.map((may, i) => (day[i] === day[interval] ? may : 0)),
    leastGap: Math.ceil(60 / horizon.intervalMinutes),
  };
};
