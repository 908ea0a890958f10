import { sumOf } from '../../kernel/statistics.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { shrinkageByInterval } from '../../kernel/shrinkage.ts';
import { diversionFinding } from '../diversion-findings.ts';
import type { Lever, LeverTask } from './lever.ts';

const withShare = (own: number, extra: number): number => own + (1 - own) * extra;

/** More calls settled by smart voice before they ask for an operator. */
export const smartVoiceLever = (task: LeverTask): Lever => {
  const { largestShare, costPerCall, costPerWeek, assumed } = task.settings.smartVoice;
  const { demand, policy } = task.operation;
  const weeks = (demand.horizon.count * demand.horizon.intervalMinutes) / (7 * 1440);
  const settled = (level: number): number =>
    demand.queues.reduce((sum, { queue, freshMean }) => {
      const own = policy.queues.find((each) => each.queue === queue)?.smartVoiceShare ?? 0;
      const extra = withShare(own, level * largestShare) - own;
      return sum + extra * sumOf(freshMean);
    }, 0);
  return {
    lever: 'smart-voice',
    assumed,
    apply: (operation, level) => ({
      ...operation,
      policy: {
        ...operation.policy,
        queues: operation.policy.queues.map((queue) => ({
          ...queue,
          smartVoiceShare: withShare(queue.smartVoiceShare, level * largestShare),
        })),
      },
    }),
    cost: (level) => (level > 0 ? settled(level) * costPerCall + weeks * costPerWeek : 0),
    amount: (level) =>
      diversionFinding('lever-smart-voice', { share: level * largestShare, calls: settled(level) }),
  };
};

/** A better direct-answer rate: answers found sooner, so calls are shorter and fewer come again unresolved. */
export const directAnswerLever = (task: LeverTask): Lever => {
  const { handleTimeCut, reconnectCut, costPerOperatorHour, assumed } = task.settings.directAnswer;
  const { capacity, demand } = task.operation;
  const hours = demand.horizon.intervalMinutes / 60;
  const paidHours = capacity.tiers.reduce((sum, { tier, operators }) => {
    const own = task.tiers.tiers.find((each) => each.tier === tier);
    if (own === undefined) return sum;
    const away = shrinkageByInterval(own.shrinkage, demand.horizon);
    return operators.reduce((total, n, i) => total + (n * hours) / (1 - valueAt(away, i)), sum);
  }, 0);
  return {
    lever: 'direct-answer',
    assumed,
    apply: (operation, level) => ({
      ...operation,
      demand: {
        ...operation.demand,
        queues: operation.demand.queues.map((queue) => ({
          ...queue,
          handleTimeSeconds: queue.handleTimeSeconds.map((seconds) => seconds * (1 - level * handleTimeCut)),
          repeats: { ...queue.repeats, reconnect: queue.repeats.reconnect * (1 - level * reconnectCut) },
        })),
      },
    }),
    cost: (level) => level * paidHours * costPerOperatorHour,
    amount: (level) =>
      diversionFinding('lever-direct-answer', {
        shorter: level * handleTimeCut,
        fewerReconnects: level * reconnectCut,
      }),
  };
};
