import { sumOf } from '../../kernel/statistics.ts';
import { addAt, valueAt } from '../../kernel/value-at.ts';
import type { Operation, Outcome, PromptPlacement, Capacity, Horizon } from '../../kernel/hotline.ts';
import { visitOffPeakReturns } from '../../kernel/off-peak-return.ts';
import { choosePrompts, type PromptChoice } from '../choose-prompts.ts';
import { callsShort } from '../diversion-aim.ts';
import { diversionFinding } from '../diversion-findings.ts';
import { brokenRules, promptHours } from '../playing-rules.ts';
import { type DaySpan, daySpans, type PromptRequest, queueDay } from '../prompt-spans.ts';
import { stretchesPlayed, type Lever, type LeverTask, readyHourCosts } from './lever.ts';
import type { TiersModel } from '../../contract/models/tiers-model.ts';

/** A stretch of a chosen prompt, and how short its queue is while it plays. */
interface Stretch {
  readonly placement: PromptPlacement;
  readonly from: number;
  readonly to: number;
  readonly short: number;
}

/** Asks which callbacks, or which other prompts, are worth playing. */
export const promptsAsked = (task: LeverTask, isCallback: boolean): PromptRequest => ({
  ...task.operation,
  catalogue: {
    ...task.catalogue,
    prompts: task.catalogue.prompts.filter(({ kind }) => (kind === 'callback') === isCallback),
  },
  targets: task.targets,
  open: task.open,
  neverDivert: task.neverDivert,
  shouldStop: task.shouldStop,
});

type Chosen = Pick<PromptChoice, 'prompts'>;

/** The prompts that are worth playing, stretch by stretch, the queue that is shortest first. */
const chosenStretches = (task: LeverTask, chosen: Chosen, days: readonly DaySpan[]): Stretch[] =>
  chosen.prompts
    .flatMap((placement) =>
      stretchesWithinDays(placement, days).map(({ from, to }) => {
        const queue = task.outcome.queues.find((each) => each.queue === placement.queue);
        const short =
          queue === undefined
            ? 0
            : sumOf(Array.from({ length: to - from }, (_, k) => callsShort(queue, from + k, task.targets)));
        return { placement, from, to, short };
      }),
    )
    .sort((a, b) => b.short - a.short || a.from - b.from);

const playing = (stretches: readonly Stretch[]): PromptPlacement[] => {
  const joined = new Map<PromptPlacement, PromptPlacement>();
  for (const { placement, from, to } of stretches) {
    const own = joined.get(placement) ?? { ...placement, on: new Uint8Array(placement.on.length) };
    own.on.fill(1, from, to);
    joined.set(placement, own);
  }
  return [...joined.values()];
};

/** Where a placement plays, cut at midnight: rules hold within a day. */
const stretchesWithinDays = (placement: PromptPlacement, days: readonly DaySpan[]) =>
  stretchesPlayed(placement).flatMap(({ from, to }) =>
    days
      .filter((day) => day[0] < to && day[1] > from)
      .map((day) => ({ from: Math.max(from, day[0]), to: Math.min(to, day[1]) })),
  );

/** The stretches without the last of those by which a queue's day breaks a rule: a part may break what the whole keeps. */
const withinRules = (
  task: LeverTask,
  stretches: readonly Stretch[],
  days: readonly DaySpan[],
  mayPlay: Uint8Array,
): Stretch[] => {
  const { intervalMinutes } = task.operation.demand.horizon;
  const { rules } = task.catalogue;
  const dropped = new Set<Stretch>();
  for (const queue of new Set(stretches.map(({ placement }) => placement.queue)))
    for (const day of days) {
      const allowed = stretches.filter(
        ({ placement, from }) => placement.queue === queue && from >= day[0] && from < day[1],
      );
      // A day without stretches breaks none.
      while (brokenRules(rules, queueDay(playing(allowed), day, mayPlay, intervalMinutes)).length > 0)
        dropped.add(allowed.pop() as Stretch);
    }
  return stretches.filter((stretch) => !dropped.has(stretch));
};

/** Stretches of days on which no other prompt plays to the same queue: so each keeps the rules it was chosen under. */
const besides = (
  stretches: readonly Stretch[],
  others: readonly PromptPlacement[],
  day: Int32Array,
): Stretch[] =>
  stretches.filter(
    ({ placement, from }) =>
      !others.some(
        ({ queue, on }) => queue === placement.queue && on.some((o, i) => o === 1 && day[i] === day[from]),
      ),
  );

const promptLever = (
  task: LeverTask,
  chosen: Chosen,
  described: Pick<Lever, 'lever' | 'assumed' | 'amount'>,
  workSeconds: (alone: Outcome, prompts: readonly PromptPlacement[]) => Float64Array,
): Lever => {
  const { day, mayPlay } = promptHours(task.operation.demand.horizon, task.open, task.catalogue.rules);
  const days = daySpans(day);
  const stretches = chosenStretches(task, chosen, days);
  const parts = stretches.map((_, last) => withinRules(task, stretches.slice(0, last + 1), days, mayPlay));
  const first = (level: number): Stretch[] => parts[Math.round(level * stretches.length) - 1] ?? [];
  const hourCosts = meanReadyHourCosts(task.operation.capacity, task.tiers, task.operation.demand.horizon);
  return {
    ...described,
    parts: stretches.length,
    apply: (operation, level): Operation => {
      const { prompts } = operation.policy;
      const added = playing(besides(first(level), prompts, day));
      return { ...operation, policy: { ...operation.policy, prompts: [...prompts, ...added] } };
    },
    cost: (level, alone) =>
      first(level).length * task.settings.prompts.costPerStretch +
      workSeconds(alone, playing(first(level))).reduce(
        (sum, seconds, i) => sum + (seconds / 3600) * valueAt(hourCosts, i),
        0,
      ),
  };
};

const sent = (outcome: Outcome, field: 'divertedOnline' | 'deferred'): number =>
  outcome.queues.reduce((sum, queue) => sum + sumOf(queue[field]), 0);

/** Operators' seconds that online requests cost, by the interval they come in: the channel's own, else the prompt's. */
const onlineSeconds = (
  task: LeverTask,
  alone: Outcome,
  prompts: readonly PromptPlacement[],
): Float64Array => {
  const seconds = new Float64Array(task.operation.demand.horizon.count);
  for (const { queue, on, channel, response } of prompts) {
    const own = task.operation.policy.channels.find((each) => each.channel === channel)?.operatorSeconds;
    const online = alone.queues.find((each) => each.queue === queue)?.divertedOnline;
    on.forEach((playing, i) => {
      if (playing === 1) addAt(seconds, i, (online?.[i] ?? 0) * (own ?? response.onlineHandleSeconds));
    });
  }
  return seconds;
};

/** Operators' seconds of calling back beside the calls themselves, by the interval in which they call. */
const callbackSeconds = (
  task: LeverTask,
  alone: Outcome,
  prompts: readonly PromptPlacement[],
): Float64Array => {
  const seconds = new Float64Array(task.operation.demand.horizon.count);
  for (const { queue, on, ...asked } of prompts) {
    const deferred = alone.queues.find((each) => each.queue === queue)?.deferred;
    on.forEach((playing, i) => {
      if (playing !== 1) return;
      const own = (deferred?.[i] ?? 0) * task.settings.callbacks.secondsPerCallback;
      visitOffPeakReturns(asked, i, (at, share) => {
        addAt(seconds, at, share * own);
      });
    });
  }
  return seconds;
};

/** Prompts to an online channel or an off-peak hour. Online requests cost operators' time. */
export const promptsLever = (
  task: LeverTask,
  chosen: Chosen = choosePrompts(promptsAsked(task, false)),
): Lever =>
  promptLever(
    task,
    chosen,
    {
      lever: 'prompts',
      assumed:
        task.settings.prompts.assumed || task.catalogue.prompts.some(({ response }) => response.assumed),
      amount: (_, alone) =>
        diversionFinding('lever-prompts', {
          online: sent(alone, 'divertedOnline'),
          offPeak: sent(alone, 'deferred'),
        }),
    },
    (alone, prompts) => onlineSeconds(task, alone, prompts),
  );

/** Callbacks in quieter hours: the call itself is in the projection, dialling and failed tries cost time besides. */
export const callbacksLever = (
  task: LeverTask,
  chosen: Chosen = choosePrompts(promptsAsked(task, true)),
): Lever => {
  const { assumed } = task.settings.callbacks;
  return promptLever(
    task,
    chosen,
    {
      lever: 'callbacks',
      assumed: assumed || task.catalogue.prompts.some(({ response }) => response.assumed),
      amount: (_, alone) => diversionFinding('lever-callbacks', { callers: sent(alone, 'deferred') }),
    },
    (alone, prompts) => callbackSeconds(task, alone, prompts),
  );
};

/**
 * The same over all tiers, weighted by the operators on duty in the interval; in intervals without any, by those of the
 * whole horizon. 0 where nobody is ever on duty.
 */
const meanReadyHourCosts = ({ tiers }: Capacity, model: TiersModel, horizon: Horizon): Float64Array => {
  const hours = new Float64Array(horizon.count);
  const money = new Float64Array(horizon.count);
  for (const { tier, operators } of tiers) {
    const price = readyHourCosts(model, tier, horizon);
    operators.forEach((n, i) => {
      addAt(hours, i, n);
      addAt(money, i, n * valueAt(price, i));
    });
  }
  const all = sumOf(hours);
  const overall = all > 0 ? sumOf(money) / all : 0;
  return money.map((sum, i) => (valueAt(hours, i) > 0 ? sum / (hours[i] ?? 1) : overall));
};
