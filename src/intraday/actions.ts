import type { CallBackPlacement, Operation, Outcome, PromptPlacement } from '../kernel/hotline.ts';
import { totalOutcome } from '../kernel/measures.ts';
import { valueAt } from '../kernel/value-at.ts';
import { type PathsProjection, projectNear, projectPaths } from '../queueing/project.ts';
import type { ActionKind } from './day-findings.ts';

/** Operators of a tier who are ready in addition (negative: fewer), from an interval to before another. */
interface OperatorsMoved {
  readonly tier: string;
  readonly from: number;
  readonly to: number;
  readonly operators: number;
}

/** Something that could be done, with what it changes. */
export interface ActionOption {
  /** Stable over the day. */
  readonly id: string;
  readonly kind: ActionKind;
  /** Operators whom it concerns; empty where nobody need agree. */
  readonly who: readonly string[];
  /** In hours of an operator, by the factors of models/levers.json; negative where time is given back. */
  readonly cost: number;
  /** The last interval at whose start it can be decided and helps. */
  readonly latest: number;
  readonly moved: readonly OperatorsMoved[];
  readonly prompts?: readonly PromptPlacement[];
  readonly callBacks?: readonly CallBackPlacement[];
  /** Share of a queue's first calls that smart voice is to settle, from an interval on. */
  readonly smartVoice?: { readonly queue: string; readonly share: number; readonly from: number };
  /** Of options with a word in common only one can be taken: one person's, one prompt's. */
  readonly excludes?: readonly string[];
}

/** An operation with actions taken: the one way from options to what `project` is asked. */
export const applyActions = (operation: Operation, taken: readonly ActionOption[]): Operation => {
  if (taken.length === 0) return operation;
  const { demand, capacity, policy } = operation;
  const moved = taken.flatMap((option) => option.moved);
  const voices = taken.flatMap(({ smartVoice }) => smartVoice ?? []);
  const callBacks = taken.flatMap((option) => option.callBacks ?? []);
  return {
    demand:
      voices.length === 0
        ? demand
        : {
            ...demand,
            queues: demand.queues.map((queue) => {
              const voice = voices.find((own) => own.queue === queue.queue);
              if (voice === undefined) return queue;
              // The policy's share holds all day: calls of the intervals from the switch on are those that it leaves besides.
              const before = policy.queues.find((own) => own.queue === queue.queue)?.smartVoiceShare ?? 0;
              const left = before < 1 ? (1 - voice.share) / (1 - before) : 1;
              const { count } = demand.horizon;
              const keep = <Values extends Float64Array>(values: Values): Values =>
                values.map((value, i) => (i % count < voice.from ? value : value * left)) as Values;
              return { ...queue, freshMean: keep(queue.freshMean), ratePaths: keep(queue.ratePaths) };
            }),
          },
    capacity: {
      ...capacity,
      tiers: capacity.tiers.map((tier) => {
        const ofTier = moved.filter((one) => one.tier === tier.tier);
        if (ofTier.length === 0) return tier;
        const operators = tier.operators.slice();
        for (const { from, to, operators: more } of ofTier)
          for (let i = Math.max(0, from); i < Math.min(to, operators.length); i += 1)
            operators[i] = (operators[i] ?? 0) + more;
        return { ...tier, operators: operators.map((n) => Math.max(0, n)) };
      }),
    },
    policy: {
      ...policy,
      prompts: [...policy.prompts, ...taken.flatMap(({ prompts }) => prompts ?? [])],
      ...(callBacks.length === 0 ? {} : { callBacks }),
    },
  };
};

/** A rest of a day for which actions are to be chosen. */
export interface ActionTask {
  readonly operation: Operation;
  readonly options: readonly ActionOption[];
  /** Calls of the intervals from `from` to before `to` count. */
  readonly from: number;
  readonly to: number;
  /** Share of offered calls that is to be met over those calls and the ones counted before. */
  readonly target: number;
  /** What counts of them; left out: those answered. */
  readonly counts?: 'answered' | 'answeredWithinThreshold';
  readonly soFar?: {
    readonly offered: number;
    readonly answered: number;
    readonly answeredWithinThreshold?: number;
  };
  /** Callers, of those that count, whom an action must help to stand in a mix that is short of the target; left out: 0. */
  readonly leastHelped?: number;
  /** Sample paths that are asked, the first ones; 0: mean demand. */
  readonly paths: number;
  /** Operations that may be asked of `project` to find a mix, before it is tried without each that may be idle; left out: 400. */
  readonly mostProjections?: number;
  /** `projectAlone` of the operation, where it is known already. */
  readonly alone?: PathsProjection;
}

/** The operation without any action over its first paths, as it is asked of every mix: what a mix leaves as it is, is lent. */
export const projectAlone = (operation: Operation, paths: number): PathsProjection =>
  projectPaths(operation, paths, { traced: true, beginAsMean: true });

/** Calls from `from` to before `to` under some actions, and answered / offered with those counted before. */
export interface ActionOutcome {
  readonly connectionRate: number;
  readonly serviceLevel: number;
  /** The one of them that is to meet the target. */
  readonly rate: number;
  readonly offered: number;
  readonly answered: number;
  readonly answeredWithinThreshold: number;
  readonly abandoned: number;
  /** Lost callers who are reached by being called back. */
  readonly calledBack: number;
}

/** Callers who reach a person, or another way, more than those who do not: differences of it are callers helped. */
export const helpedBy = (
  outcome: ActionOutcome,
  counts: NonNullable<ActionTask['counts']> = 'answered',
): number => outcome[counts] - outcome.offered + outcome.calledBack;

interface ChosenActions {
  readonly chosen: readonly ActionOption[];
  readonly cost: number;
  readonly without: ActionOutcome;
  readonly together: ActionOutcome;
  /** The chosen without each of them, in their order. */
  readonly lacking: readonly ActionOutcome[];
  readonly meetsTarget: boolean;
  /** Each option by itself, in the order of the options. */
  readonly singles: readonly ActionOutcome[];
  readonly projections: number;
}

/** Calls per interval under some actions, and those that do not count. */
interface Losses {
  readonly offered: Float64Array;
  readonly lost: Float64Array;
}

/** Options that do the same at the same price: whichever is taken first. */
interface Alike {
  readonly options: readonly number[];
  readonly cost: number;
  /** Logarithms of what one of them leaves of the calls and of the losses, per interval. */
  readonly logOffered: Float64Array;
  readonly logLost: Float64Array;
}

/**
 * The actions that meet the target at the least cost, chosen together; where none do, those that come nearest to it. Each
 * option alone is projected over the sample paths. A model of intervals (losses shrink by the product of what each option
 * leaves of them) proposes mixes, `project` judges them, and what it finds sets the model right: greedy by gain per cost,
 * exchanged one and two for one, then cheaper mixes in the order of their cost. Never worse than the best single option.
 */
export const chooseActions = (task: ActionTask): ChosenActions => {
  const judge = openJudge(task);
  const { options, target } = task;
  const without = judge.rateOf([]);
  const alike = findAlike(task, judge);
  const singles = options.map((_, at) => judge.outcomeOf([at]));
  let best: Mix = { taken: [], cost: 0, rate: without };
  const offer = (taken: readonly number[]): number => {
    const rate = judge.rateOf(taken);
    const mix = { taken, cost: costOf(options, taken), rate };
    if (isBetter(mix, best, target)) best = mix;
    return rate;
  };
  singles.forEach((_, at) => offer([at]));
  let shift = 0;
  for (let round = 0; round < 12 && judge.left() > 0; round += 1) {
    const taken = proposeMix(task, alike, judge.base, target - shift);
    const key = [...taken].sort((a, b) => a - b);
    const rate = offer(key);
    const error = rate - modelRate(task, alike, judge.base, key);
    if (Math.abs(error - shift) < 1e-5) break;
    shift = error;
  }
  improve(task, alike, judge, () => best, offer, shift);
  best = withoutIdle(task, judge, best, singles);
  return {
    chosen: best.taken.map((at) => valueAt(options, at)),
    cost: best.cost,
    without: judge.outcomeOf([]),
    together: judge.outcomeOf(best.taken),
    lacking: best.taken.map((at) => judge.outcomeOf(best.taken.filter((own) => own !== at))),
    meetsTarget: best.rate >= target,
    singles,
    projections: judge.made(),
  };
};

/** A mix without what it does as well without; short of the target without what helps hardly anyone, not below the best single. */
const withoutIdle = (
  { options, target, counts = 'answered', leastHelped = 0 }: ActionTask,
  judge: Judge,
  mix: Mix,
  singles: readonly ActionOutcome[],
): Mix => {
  const helped = (outcome: ActionOutcome): number => helpedBy(outcome, counts);
  const helpOf = (at: number): number => helped(valueAt(singles, at));
  const least = leastHelped + helped(judge.outcomeOf([]));
  const single = Math.max(0, ...singles.filter((own) => helped(own) >= least).map(({ rate }) => rate));
  let best = mix;
  const isIdle = (at: number): boolean => {
    const taken = best.taken.filter((own) => own !== at);
    const fewer = { taken, cost: costOf(options, taken), rate: judge.rateOf(taken) };
    const lost = helped(judge.outcomeOf(best.taken)) - helped(judge.outcomeOf(taken));
    const isTrifle = best.rate < target && lost < leastHelped && fewer.rate >= single;
    const isOut = isTrifle || !isBetter(best, fewer, target);
    if (isOut) best = fewer;
    return isOut;
  };
  while (best.taken.toSorted((a, b) => helpOf(a) - helpOf(b)).some(isIdle));
  return best;
};

interface Mix {
  readonly taken: readonly number[];
  readonly cost: number;
  readonly rate: number;
}

/** The target first, then the cost; short of the target the rate. */
const isBetter = (mix: Mix, than: Mix, target: number): boolean => {
  const [meets, met] = [mix.rate >= target, than.rate >= target];
  if (meets !== met) return meets;
  if (meets) return mix.cost < than.cost - 1e-12 || (mix.cost <= than.cost && mix.rate > than.rate);
  return mix.rate > than.rate + 1e-12 || (mix.rate >= than.rate && mix.cost < than.cost);
};

const costOf = (options: readonly ActionOption[], taken: readonly number[]): number =>
  taken.reduce((sum, at) => sum + valueAt(options, at).cost, 0);

interface Judge {
  readonly base: Losses;
  rateOf(taken: readonly number[]): number;
  outcomeOf(taken: readonly number[]): ActionOutcome;
  /** Losses by interval of one option by itself. */
  singleOf(at: number): Losses;
  left(): number;
  made(): number;
}

/** Asks `project`, once for each mix; options that change the same have the same answer. */
const openJudge = (task: ActionTask): Judge => {
  const { operation, options, from, to, soFar, counts = 'answered' } = task;
  const most = task.mostProjections ?? 400;
  const known = new Map<string, Losses & { readonly outcome: ActionOutcome }>();
  const keys = options.map((option) => effectKey(option));
  const alone = task.alone ?? projectAlone(operation, task.paths);
  const projected = (changed: Operation): Outcome =>
    changed === operation
      ? task.paths > 0
        ? alone.outcome
        : alone.mean
      : task.paths > 0
        ? projectPaths(changed, task.paths, { near: alone.traces }).outcome
        : projectNear(changed, alone.traces[0]).outcome;
  const ask = (taken: readonly number[]): Losses & { readonly outcome: ActionOutcome } => {
    const key = taken
      .map((at) => valueAt(keys, at))
      .sort()
      .join('\n');
    const found = known.get(key);
    if (found !== undefined) return found;
    const changed = applyActions(
      operation,
      taken.map((at) => valueAt(options, at)),
    );
    const outcome = projected(changed);
    const { count } = outcome.horizon;
    const per = (of: (q: (typeof outcome.queues)[number], i: number) => number): Float64Array =>
      Float64Array.from({ length: count }, (_, i) =>
        i < from || i >= to ? 0 : outcome.queues.reduce((sum, queue) => sum + of(queue, i), 0),
      );
    const totals = totalOutcome(outcome, from, to);
    const offered = totals.offered + (soFar?.offered ?? 0);
    const share = (of: 'answered' | 'answeredWithinThreshold'): number =>
      offered > 0 ? (totals[of] + (soFar?.[of] ?? 0)) / offered : 1;
    const calls = {
      offered: per((queue, i) => queue.offered[i] ?? 0),
      lost: per((queue, i) => (queue.offered[i] ?? 0) - (queue[counts][i] ?? 0)),
      outcome: {
        connectionRate: share('answered'),
        serviceLevel: share('answeredWithinThreshold'),
        rate: share(counts),
        offered: totals.offered,
        answered: totals.answered,
        answeredWithinThreshold: totals.answeredWithinThreshold,
        abandoned: totals.abandoned,
        calledBack: outcome.queues.reduce(
          (sum, { callBacks }) =>
            sum + (callBacks?.reached.subarray(from, to).reduce((a, b) => a + b, 0) ?? 0),
          0,
        ),
      },
    };
    known.set(key, calls);
    return calls;
  };
  return {
    base: ask([]),
    rateOf: (taken) => ask(taken).outcome.rate,
    outcomeOf: (taken) => ask(taken).outcome,
    singleOf: (at) => ask([at]),
    left: () => most - known.size,
    made: () => known.size,
  };
};

/** What an option changes, without who does it. */
const effectKey = ({ moved, prompts, callBacks, smartVoice }: ActionOption): string =>
  JSON.stringify([moved, prompts ?? 0, callBacks ?? 0, smartVoice ?? 0], (_, value: unknown) =>
    ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value,
  );

/** Options of one price that do the same, whoever does it. */
const findAlike = ({ options }: ActionTask, judge: Judge): Alike[] => {
  const keys = options.map((option) => `${option.cost} ${effectKey(option)}`);
  const groups = Map.groupBy(options.keys(), (at) => valueAt(keys, at));
  const { base } = judge;
  const ratio = (values: Float64Array, of: Float64Array): Float64Array =>
    values.map((value, i) => Math.log(Math.max(1e-9, value) / Math.max(1e-9, of[i] ?? 0)));
  return [...groups.values()].map((members) => {
    const first = valueAt(members, 0);
    const single = judge.singleOf(first);
    return {
      options: members,
      cost: valueAt(options, first).cost,
      logOffered: ratio(single.offered, base.offered),
      logLost: ratio(single.lost, base.lost),
    };
  });
};

/** The rate that is to meet the target by the model of intervals, from sums of logarithms. */
const rateFromLogs = (
  { soFar, from, to, counts = 'answered' }: ActionTask,
  base: Losses,
  logOffered: Float64Array,
  logLost: Float64Array,
): number => {
  let offered = soFar?.offered ?? 0;
  let lost = (soFar?.offered ?? 0) - (soFar?.[counts] ?? 0);
  for (let i = from; i < to; i += 1) {
    const calls = (base.offered[i] ?? 0) * Math.exp(logOffered[i] ?? 0);
    offered += calls;
    lost += Math.min(calls, (base.lost[i] ?? 0) * Math.exp(logLost[i] ?? 0));
  }
  return offered > 0 ? 1 - lost / offered : 1;
};

/** A mix under way: how many of each class, and the sums of logarithms. */
class MixState {
  readonly counts: Int32Array;
  /** The options taken of each class, the last last. */
  private readonly own: readonly number[][];
  cost = 0;
  private readonly logOffered: Float64Array;
  private readonly logLost: Float64Array;
  private readonly task: ActionTask;
  private readonly alike: readonly Alike[];
  private readonly base: Losses;
  /** How many of the taken options hold each word. */
  private readonly words = new Map<string, number>();

  constructor(task: ActionTask, alike: readonly Alike[], base: Losses) {
    this.task = task;
    this.alike = alike;
    this.base = base;
    this.counts = new Int32Array(alike.length);
    this.own = alike.map(() => []);
    this.logOffered = new Float64Array(base.offered.length);
    this.logLost = new Float64Array(base.offered.length);
  }

  canAdd(c: number): boolean {
    return this.freeOf(c) !== undefined;
  }

  /** Takes one more of a class that can be added to, that option where one is named, or gives the last of it back. */
  add(c: number, sign: 1 | -1, named?: number): void {
    const own = valueAt(this.alike, c);
    const taken = this.own[c] ?? [];
    const at = sign === 1 ? (named ?? this.freeOf(c)) : taken.pop();
    if (at === undefined) throw new RangeError('nothing of the class is left');
    if (sign === 1) taken.push(at);
    for (const word of this.task.options[at]?.excludes ?? [])
      this.words.set(word, (this.words.get(word) ?? 0) + sign);
    this.counts[c] = taken.length;
    this.cost += sign * own.cost;
    const { logOffered, logLost } = this;
    for (let i = this.task.from; i < this.task.to; i += 1) {
      logOffered[i] = (logOffered[i] ?? 0) + sign * (own.logOffered[i] ?? 0);
      logLost[i] = (logLost[i] ?? 0) + sign * (own.logLost[i] ?? 0);
    }
  }

  rate(): number {
    return rateFromLogs(this.task, this.base, this.logOffered, this.logLost);
  }

  taken(): number[] {
    return this.own.flat();
  }

  /** The first option of a class that is not taken, and that nothing taken excludes. */
  private freeOf(c: number): number | undefined {
    const { options } = valueAt(this.alike, c);
    const taken = this.own[c] ?? [];
    if (taken.length >= options.length) return undefined;
    return options.find(
      (at) =>
        !taken.includes(at) &&
        (this.task.options[at]?.excludes ?? []).every((word) => (this.words.get(word) ?? 0) === 0),
    );
  }
}

const modelRate = (
  task: ActionTask,
  alike: readonly Alike[],
  base: Losses,
  taken: readonly number[],
): number => {
  const state = new MixState(task, alike, base);
  const wanted = new Set(taken);
  alike.forEach(({ options }, c) => {
    for (const at of options) if (wanted.has(at)) state.add(c, 1, at);
  });
  return state.rate();
};

/** The cheapest mix that the model finds to meet a target; short of it the mix with the best rate. */
const proposeMix = (
  task: ActionTask,
  alike: readonly Alike[],
  base: Losses,
  target: number,
): readonly number[] => {
  const state = new MixState(task, alike, base);
  const all = alike.map((_, c) => c);
  const gainOf = (c: number, rate: number): number => {
    state.add(c, 1);
    const gain = state.rate() - rate;
    state.add(c, -1);
    return gain;
  };
  // Greedy: what lifts the rate most for its price, until the target is met or nothing helps.
  for (let rate = state.rate(); rate < target; rate = state.rate()) {
    let best = -1;
    let most = 0;
    for (const c of all) {
      if (!state.canAdd(c)) continue;
      const gain = Math.min(gainOf(c, rate), target - rate);
      const worth = gain > 1e-12 ? gain / Math.max(1e-6, valueAt(alike, c).cost) : 0;
      if (worth > most) [best, most] = [c, worth];
    }
    if (best < 0) break;
    state.add(best, 1);
  }
  if (state.rate() < target) return state.taken();
  exchange(state, alike, target);
  return state.taken();
};

/** Classes that are tried two at a time. */
const mostPaired = 24;

/** Leaves out, exchanges one for one, two for one and one for two, as long as the mix gets cheaper and meets the target. */
const exchange = (state: MixState, alike: readonly Alike[], target: number): void => {
  const all = alike.map((_, c) => c);
  const tryMove = (out: readonly number[], into: readonly number[]): boolean => {
    const before = state.cost;
    const done: [number, 1 | -1][] = [];
    const step = (c: number, sign: 1 | -1): void => {
      state.add(c, sign);
      done.push([c, sign]);
    };
    for (const c of out) step(c, -1);
    let isPossible = true;
    for (const c of into) {
      isPossible &&= state.canAdd(c);
      if (isPossible) step(c, 1);
    }
    if (isPossible && state.cost < before - 1e-12 && state.rate() >= target) return true;
    for (const [c, sign] of done.toReversed()) state.add(c, sign === 1 ? -1 : 1);
    return false;
  };
  const costs = (list: readonly number[]): number => list.reduce((sum, c) => sum + valueAt(alike, c).cost, 0);
  for (let again = true; again;) {
    again = false;
    const taken = all.filter((c) => (state.counts[c] ?? 0) > 0);
    const dear = taken.toSorted((a, b) => costs([b]) - costs([a])).slice(0, mostPaired);
    const moves = function* (): Generator<readonly [readonly number[], readonly number[]]> {
      for (const c of all) if (costs([c]) < 0) yield [[], [c]];
      for (const c of dear) yield [[c], []];
      for (const out of dear)
        for (const c of all) if (c !== out && costs([c]) < costs([out])) yield [[out], [c]];
      for (const [k, one] of dear.entries())
        for (const two of dear.slice(k))
          if (one !== two || (state.counts[one] ?? 0) > 1)
            for (const c of all) if (costs([c]) < costs([one, two])) yield [[one, two], [c]];
      const cheap = all.toSorted((a, b) => costs([a]) - costs([b])).slice(0, 2 * mostPaired);
      for (const out of dear)
        for (const [k, one] of cheap.entries())
          for (const two of cheap.slice(k))
            if (one !== out && two !== out && costs([one, two]) < costs([out])) yield [[out], [one, two]];
    };
    for (const [out, into] of moves())
      if (tryMove(out, into)) {
        again = true;
        break;
      }
  }
};

/** Mixes that the model looks at for cheaper ones. */
const mostLookedAt = 60_000;

/**
 * Mixes cheaper than the best that the model holds possible, in the order of their cost, until `project` says of one that
 * it meets the target; again with that. `shift` is how far the model was out last: what it holds nearly possible is asked
 * too.
 */
const improve = (
  task: ActionTask,
  alike: readonly Alike[],
  judge: Judge,
  best: () => Mix,
  offer: (taken: readonly number[]) => number,
  shift: number,
): void => {
  const { target } = task;
  if (best().rate < target) return;
  const state = new MixState(task, alike, judge.base);
  const slack = 0.35 * Math.max(0, target - judge.rateOf([])) + Math.abs(shift) + 1e-4;
  const order = alike.map((_, c) => c).toSorted((a, b) => valueAt(alike, b).cost - valueAt(alike, a).cost);
  // What the classes from each place on could still give back at most.
  const back = new Float64Array(order.length + 1);
  for (let k = order.length - 1; k >= 0; k -= 1) {
    const own = valueAt(alike, valueAt(order, k));
    back[k] = (back[k + 1] ?? 0) + Math.min(0, own.cost) * own.options.length;
  }
  const found: { cost: number; rate: number; taken: readonly number[] }[] = [];
  let looked = 0;
  const limit = best().cost;
  const look = (k: number): void => {
    looked += 1;
    if (looked > mostLookedAt || state.cost + (back[k] ?? 0) >= limit - 1e-12) return;
    if (k === order.length) {
      const rate = state.rate();
      if (rate >= target - slack) found.push({ cost: state.cost, rate, taken: state.taken() });
      return;
    }
    const c = valueAt(order, k);
    let added = 0;
    look(k + 1);
    while (state.canAdd(c)) {
      state.add(c, 1);
      added += 1;
      look(k + 1);
    }
    for (; added > 0; added -= 1) state.add(c, -1);
  };
  look(0);
  found.sort((a, b) => a.cost - b.cost || b.rate - a.rate);
  for (const { taken, cost } of found) {
    if (judge.left() <= 0 || cost >= best().cost) break;
    offer(taken);
  }
};
