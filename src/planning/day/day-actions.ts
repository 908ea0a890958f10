import type {
  DayAction,
  DayDocument,
  RestFigures,
  TakenAction,
} from '../../contract/documents/day-document.ts';
import {
  type ActionOption,
  type ActionOutcome,
  type ActionTask,
  applyActions,
  chooseActions,
  helpedBy,
  projectAlone,
} from '../../intraday/actions.ts';
import { type CallBackFunnel, type KnownLost } from '../../intraday/call-backs.ts';
import type { DayPicture, RestOfDay } from '../../intraday/day.ts';
import { dayFinding, type DayFindings } from '../../intraday/day-findings.ts';
import { proposePeople, weekHours } from '../../intraday/people.ts';
import { projectRest } from '../../intraday/rest-of-day.ts';
import type { Sayable } from '../../kernel/finding.ts';
import { instantAt } from '../../kernel/hotline.ts';
import { connectionTargetOf } from '../../kernel/measures.ts';
import { type Text, untranslated } from '../../kernel/text.ts';
import { localClock } from '../../kernel/time.ts';
import { clockText, dayMinutes } from '../../kernel/time-window.ts';
import { sumOf } from '../../kernel/statistics.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { isMissed } from '../../contract/shortages.ts';
import { shrinkageByInterval } from '../../kernel/shrinkage.ts';
import type { Models } from '../ports.ts';
import { fullTimeHours } from '../roster/rostered-people.ts';
import { isFree, logAt, optionsIn, type Proposed, withTaken } from './day-log.ts';
import { breakOptions, callBackOptions, lentOptions, promptOptions, rosterOfDay } from './day-options.ts';
import type { AskedDay, DayPorts } from './day-picture.ts';

/** Sample paths over which actions are chosen, operations that are asked at most, and actions that are told. */
const pathsAsked = 6;
const mostProjections = 90;
const mostTold = 10;
const mostToldOfAKind = 3;
/** Options that are looked at of each of breaks, lent operators and prompts. */
const mostOfAKind = 8;
/** Changes of hours that are looked at, of all people together. */
const mostClasses = 20;
/** Share of the day's calls that an action must help to be told: less does not show in the day's rate. At least one call. */
const leastShare = 0.0005;

/**
 * What can still be done for the rest of the day: each with what it does by itself, and which are best together. Somebody
 * is asked for hours only where a roster stands that says whose they are. Beside what is counted
 * as taken, all that waits for an answer is hoped to be agreed to, so that not too much is asked; time is given back only
 * where the targets hold at least: with nothing that waits but what gives time back.
 */
export const planDayActions = async (
  ports: DayPorts,
  asked: AskedDay,
  asTaken: RestOfDay,
  lost: KnownLost | undefined,
  log: Parameters<typeof logAt>[0],
  picture: DayPicture,
  restOfDay: Foreseen,
): Promise<PlannedActions> => {
  const waiting = optionsIn(logAt(log, asked.asOf), 'asked', asked.day.starts[asked.now]);
  const prospectOf = (counted: typeof waiting): Prospect => {
    const rest = withTaken(asTaken, counted);
    const foreseen = counted.length === 0 ? restOfDay : projectRest(picture, rest);
    return { rest, foreseen, waiting: counted.length };
  };
  const hoped = prospectOf(waiting);
  const giving = waiting.filter(({ cost }) => cost < 0);
  const least = giving.length === waiting.length ? hoped : prospectOf(giving);
  const { confidence } = least.rest.targets;
  const sure = aimOf(least);
  const canGiveBack = holdsSurely(least.foreseen, confidence) && (sure.foreseen ?? 0) >= sure.target;
  const prospect = canGiveBack ? least : hoped;
  const { rest, foreseen } = prospect;
  const { now, operation } = rest;
  const { count } = operation.demand.horizon;
  if (now >= count) return { actions: [], together: null, find: () => undefined, funnel: [] };
  const { models, plan } = { models: asked.stored.planned.models, plan: asked.stored.plan };
  const told = rest.queues.filter(({ soFar }) => !Number.isNaN(soFar.offered + soFar.answered));
  const sum = (field: 'offered' | 'answered' | 'answeredInThreshold'): number =>
    told.reduce((total, { soFar }) => total + (soFar[field] || 0), 0);
  const soFar = {
    offered: sum('offered'),
    answered: sum('answered'),
    answeredWithinThreshold: sum('answeredInThreshold'),
  };
  const alone = projectAlone(operation, pathsAsked);
  const base = { operation, from: now, to: count, soFar, paths: pathsAsked, mostProjections, alone };
  const { without } = chooseActions({ ...base, options: [], target: 0 });
  const aim = aimOf(prospect);
  // What the few paths that are asked here are off the day's own projection is not to be made up for.
  const target = without[aim.rate] + aim.target - (aim.foreseen ?? without[aim.rate]);
  const counts = aim.rate === 'connectionRate' ? ('answered' as const) : ('answeredWithinThreshold' as const);
  const leastHelped = Math.max(1, leastShare * (soFar.offered + without.offered));
  const task = { ...base, target, counts, leastHelped };
  const settings = ports.models.levers.day;
  const ready = readyShares(models, operation.demand.horizon, now);
  const roster = await rosterOfDay(ports, asked);
  // An interval of which most is over is left as it is.
  const { startMillis, intervalMinutes } = operation.demand.horizon;
  const elapsed = (picture.asOfMillis - startMillis) / (intervalMinutes * 60_000) - now;
  const ahead = { ...rest, now: elapsed > 0.5 ? now + 1 : now };
  const span = {
    now: ahead.now,
    count,
    intervalMinutes,
    tiers: (roster?.tiers ?? []).map((tier) => ({ tier, ready: ready.get(tier) ?? 1 })),
  };
  const { queues } = alone.outcome;
  const lostAt = Float64Array.from({ length: count }, (_, i) =>
    queues.reduce((sum, queue) => sum + valueAt(queue.offered, i) - valueAt(queue.answered, i), 0),
  );
  const people = roster === undefined ? [] : proposePeople(roster.own, span, settings);
  const calling = lost === undefined ? [] : callBackOptions(models, rest, settings, lost, alone.traces[0]);
  const options: ActionOption[] = [
    // Where the targets hold surely time can be given back, and nothing else is asked of anybody for it.
    ...firstClasses(
      people.filter(({ kind }) => (kind === 'send-home') === canGiveBack),
      lostAt,
    ),
    ...(canGiveBack
      ? []
      : [
          ...mostPromising(breakOptions(asked.date, plan, ahead, ready), lostAt),
          ...mostPromising(lentOptions(roster, ahead, ready), lostAt),
          ...mostPromising(promptOptions(models, ahead, alone.outcome, settings), lostAt),
        ]),
    ...calling.map(({ option }) => option),
    // What was taken later is not free either.
  ].filter(isFree(log.entries));
  const answer = chooseActions({ ...task, options });
  const { mix, chances } = canGiveBack
    ? keepTargets(task, answer, confidence, foreseen, (chosen) =>
        projectRest(picture, rest, applyActions(operation, chosen)),
      )
    : { mix: answer, chances: foreseen };
  const nameOf = (queue: string): Text | null =>
    models.hotline.queues.find((own) => own.queue === queue)?.name ?? null;
  const tierOf = (tier: string): Text =>
    models.tiers.tiers.find((own) => own.tier === tier)?.name ?? untranslated(tier);
  const calledOf = await namesOfOperators(ports);
  const hoursOf: Written['hoursOf'] = (operator) => {
    const people = roster?.own.problem.people ?? [];
    const person = people.findIndex((one) => one.person === operator);
    if (roster === undefined || person < 0) return {};
    const share = valueAt(people, person).contractShare;
    return { hours: [weekHours(roster.own, person), share * fullTimeHours] };
  };
  const shiftOf: Written['shiftOf'] = (operator) => {
    const duty = roster?.own.duties.find(
      ({ person }) => roster.own.problem.people[person]?.person === operator,
    );
    return duty === undefined
      ? null
      : [clockText(duty.startMinute % dayMinutes), clockText(duty.endMinute % dayMinutes)];
  };
  const aloneOf = (option: ActionOption): Effect => ({
    option,
    outcome: valueAt(answer.singles, options.indexOf(option)),
    without: answer.without,
    chosen: false,
  });
  const effects = options.map((option): Effect => {
    const inMix = mix.chosen.indexOf(option);
    return inMix < 0
      ? aloneOf(option)
      : { option, outcome: mix.together, without: valueAt(mix.lacking, inMix), chosen: true };
  });
  const write = ({ option, outcome, without: lacking }: Effect, isTaken = false): TakenAction['action'] =>
    writeAction(option, {
      outcome,
      without: lacking,
      rest,
      asOf: asked.asOf,
      isTaken,
      nameOf,
      promptOf: (prompt) =>
        models.prompts.prompts.find((own) => own.prompt === prompt)?.name ?? untranslated(prompt),
      tierOf,
      calledOf,
      shiftOf,
      hoursOf,
    });
  const actions = shown(effects, leastHelped).map((each): DayAction => {
    const { option, chosen } = each;
    const alone = chosen && mix.chosen.length > 1 ? write(aloneOf(option)) : null;
    return {
      id: option.id,
      ...write(each),
      chosen,
      alone: alone && { effect: alone.effect, said: alone.said },
    };
  });
  return {
    actions,
    together: togetherOf(aim, mix, actions, asked, {
      asked: prospect.waiting,
      holds: canGiveBack || without[aim.rate] >= target,
      isSure: canGiveBack,
      doubt: leastSure(foreseen),
      chance: chances.total.chances[aim.rate],
    }),
    find: (id, taken) => {
      const found = effects.find(({ option }) => option.id === id);
      if (found === undefined) return undefined;
      const isWhole = effects.every(({ option, chosen }) => !chosen || taken.includes(option.id));
      return { option: found.option, action: write(isWhole ? found : aloneOf(found.option), true) };
    },
    funnel: calling[0]?.funnel ?? [],
  };
};

/** The rest of the day as it is projected without any action, as far as it can be seen. */
type Foreseen = Pick<DayDocument['restOfDay'], 'total'> & Chances;

/** The day without any further action, with so many of the `waiting` ones counted as agreed. */
interface Prospect {
  readonly rest: RestOfDay;
  readonly foreseen: Foreseen;
  readonly waiting: number;
}

type ChosenActions = ReturnType<typeof chooseActions>;

interface Chances {
  readonly total: DayDocument['restOfDay']['total'];
  readonly queues: readonly Pick<RestFigures, 'chances'>[];
}

/** Chances of a day's targets, those of the whole line first; null: no target, or nothing tells whether it is met. */
const wholeChances = ({ total: { chances, rolling } }: Chances): readonly (number | null)[] => [
  chances.connectionRate,
  chances.serviceLevel,
  rolling.chance,
];
const allChances = (rest: Chances): readonly (number | null)[] => [
  ...wholeChances(rest),
  ...rest.queues.flatMap(({ chances }) => [chances.connectionRate, chances.serviceLevel]),
];

/** Whether the targets hold as surely as plans have to: only then is there time to give back. */
const holdsSurely = (foreseen: Foreseen, confidence: number): boolean =>
  foreseen.total.chances.connectionRate !== null &&
  wholeChances(foreseen).every((chance) => chance === null || chance >= confidence);

const leastSure = (foreseen: Foreseen): DayFindings['day-together']['doubt'] =>
  (['connectionRate', 'serviceLevel', 'rolling'] as const)
    .flatMap((of, k) => {
      const chance = wholeChances(foreseen)[k] ?? null;
      return chance === null ? [] : [{ of, chance }];
    })
    .toSorted((a, b) => a.chance - b.chance)[0] ?? null;

/** Mixes that are tried for one that gives time back and keeps every target. */
const triesToKeep = 4;

/**
 * Of a mix that gives time back as much as leaves each target as sure as plans have to hold it, and a target that is less
 * sure already no less so. The mix is chosen by means; what is too much is taken off by half of what it costs in the rate.
 */
const keepTargets = (
  task: Omit<ActionTask, 'options'>,
  answer: ChosenActions,
  confidence: number,
  foreseen: Foreseen,
  project: (chosen: readonly ActionOption[]) => Chances,
): { readonly mix: ChosenActions; readonly chances: Chances } => {
  const before = allChances(foreseen);
  let { target } = task;
  let mix = answer;
  for (let tries = 0; mix.chosen.length > 0; tries += 1) {
    const chances = project(mix.chosen);
    const isKept = allChances(chances).every(
      (chance, k) => (chance ?? 1) >= Math.min(confidence, before[k] ?? 0) - 1e-9,
    );
    if (isKept) return { mix, chances };
    target += (answer.without.rate - target) / 2;
    // Those who did not go home before do not now; at last nobody does.
    const options = tries < triesToKeep ? mix.chosen : [];
    mix = chooseActions({ ...task, options, target });
  }
  return { mix, chances: foreseen };
};

/** The rate that actions are chosen for, its target, and what it comes to without any. */
interface Aim {
  readonly rate: 'connectionRate' | 'serviceLevel';
  readonly target: number;
  readonly foreseen: number | null;
}

/** Calls connected come first; where they are as many as wanted, those that wait too long. */
const aimOf = ({ rest: { targets, queues }, foreseen: { total } }: Prospect): Aim => {
  const [connectionRate, serviceLevel] = [total.connectionRate.mean, total.serviceLevel.mean];
  const target = connectionTargetOf(targets);
  const isToldOf = queues.some(({ soFar }) => !Number.isNaN(soFar.answeredInThreshold));
  return targets.serviceLevel !== null &&
    isToldOf &&
    isMissed(serviceLevel, targets.serviceLevel) &&
    !isMissed(connectionRate, target)
    ? { rate: 'serviceLevel', target: targets.serviceLevel, foreseen: serviceLevel }
    : { rate: 'connectionRate', target, foreseen: connectionRate };
};

const togetherOf = (
  { rate, target, foreseen }: Aim,
  { chosen, cost, without, together }: ChosenActions,
  actions: readonly DayAction[],
  { rostered, stored, asOf }: AskedDay,
  held: Pick<DayFindings['day-together'], 'asked' | 'holds' | 'isSure' | 'doubt' | 'chance'>,
): Sayable => {
  const before = foreseen ?? without[rate];
  const after = before + together[rate] - without[rate];
  const [latest] = actions.flatMap((action) => (action.chosen ? [action.latest] : [])).toSorted();
  return dayFinding('day-together', {
    steps: chosen.length,
    fewerLost: without.offered - without.answered - (together.offered - together.answered),
    cost,
    rate,
    seconds: stored.planned.models.hotline.answerTimeThresholdSeconds,
    before,
    after,
    target,
    reached: !isMissed(after, target),
    ...held,
    rostered: rostered !== undefined,
    latest: latest?.slice(11) ?? null,
    isNow: latest === asOf,
  });
};

/** What can still be done as it is told, and any of it with what it changes. */
interface PlannedActions {
  readonly actions: DayAction[];
  /** null: the day is over. */
  readonly together: Sayable | null;
  /** A proposal as it is when these are taken: all that are chosen, each beside the others; else each by itself. */
  readonly find: (id: string, taken: readonly string[]) => Proposed | undefined;
  /** What becomes of lost callers who are called back from now on. */
  readonly funnel: readonly CallBackFunnel[];
}

/** Whether an option puts operators, or takes calls off, where most calls are lost. */
const worthOf = ({ moved, prompts, cost }: ActionOption, lostAt: Float64Array): number => {
  let sum = -0.01 * cost;
  for (const { from, to, operators } of moved)
    for (let i = from; i < to; i += 1) sum += operators * valueAt(lostAt, i);
  // A prompt's price grows with the callers whom it sends elsewhere.
  for (const { on } of prompts ?? []) on.forEach((plays, i) => (sum += plays * valueAt(lostAt, i) * cost));
  return sum;
};

const mostPromising = (options: readonly ActionOption[], lostAt: Float64Array): ActionOption[] =>
  options
    .map((option) => ({ option, worth: worthOf(option, lostAt) }))
    .filter((each) => each.worth > 0)
    .toSorted((a, b) => b.worth - a.worth)
    .slice(0, mostOfAKind)
    .map(({ option }) => option);

/**
 * Everybody who could change the same hours, of the hours that are worth most: each of the others would be projected too,
 * and none be left to try several together.
 */
const firstClasses = (people: readonly ActionOption[], lostAt: Float64Array): ActionOption[] =>
  [...Map.groupBy(people, ({ kind, moved }) => JSON.stringify([kind, moved])).values()]
    .toSorted(([a], [b]) =>
      a === undefined || b === undefined ? 0 : worthOf(b, lostAt) - worthOf(a, lostAt),
    )
    .slice(0, mostClasses)
    .flat();

interface Effect {
  readonly option: ActionOption;
  /** Of one that is chosen with the others chosen, of another by itself; and the same without it. */
  readonly outcome: ActionOutcome;
  readonly without: ActionOutcome;
  readonly chosen: boolean;
}

/** Those chosen, what helps most first, and a few others of each kind that do most for their price; of several that do the same the first. */
const shown = (effects: readonly Effect[], leastHelped: number): Effect[] => {
  const helped = ({ outcome, without }: Effect): number => helpedBy(outcome) - helpedBy(without);
  const worth = (effect: Effect): number => helped(effect) / Math.max(0.05, Math.abs(effect.option.cost));
  const ofKind = new Map<string, number>();
  const chosen = effects.filter((effect) => effect.chosen).toSorted((a, b) => helped(b) - helped(a));
  const seen = new Set(
    chosen.flatMap(({ option }) =>
      option.kind === 'move-break' || option.kind === 'prompt' ? [`${option.excludes?.[0]}`] : [],
    ),
  );
  const others = effects
    .filter((effect) => !effect.chosen && (helped(effect) >= leastHelped || effect.option.cost < 0))
    .toSorted((a, b) => worth(b) - worth(a))
    .filter(({ option }) => {
      // One way to move a break is told, and one prompt at a time on a queue: the best.
      const isOneOf = option.kind === 'move-break' || option.kind === 'prompt';
      const key = isOneOf ? `${option.excludes?.[0]}` : JSON.stringify([option.moved, option.cost]);
      const many = ofKind.get(option.kind) ?? 0;
      const isNew = !seen.has(key) && many < mostToldOfAKind;
      if (isNew) ofKind.set(option.kind, many + 1);
      seen.add(key);
      return isNew;
    });
  return [...chosen, ...others.slice(0, Math.max(0, mostTold - chosen.length))];
};

interface Written {
  readonly outcome: ActionOutcome;
  readonly without: ActionOutcome;
  readonly rest: RestOfDay;
  readonly asOf: string;
  /** It is decided: by when is not said any more. */
  readonly isTaken: boolean;
  readonly nameOf: (queue: string) => Text | null;
  readonly promptOf: (prompt: string) => Text;
  readonly calledOf: (operator: string) => string;
  /** Hours on the day's roster; null: off. */
  readonly shiftOf: (operator: string) => readonly [start: string, end: string] | null;
  readonly tierOf: (tier: string) => Text;
  readonly hoursOf: (operator: string) => { readonly hours?: readonly [worked: number, contract: number] };
}

const writeAction = (
  option: ActionOption,
  { outcome, without, rest, asOf, isTaken, nameOf, promptOf, tierOf, calledOf, shiftOf, hoursOf }: Written,
): TakenAction['action'] => {
  const { horizon } = rest.operation.demand;
  const clockAt = (interval: number): string => {
    const { date, minute } = localClock(horizon.zone)(instantAt(horizon, interval));
    return `${date}T${clockText(minute)}`;
  };
  // Within an interval that has begun it is now that it can be decided last.
  const latestOf = (clock: string): string => (clock < asOf ? asOf : clock);
  const more = option.moved.find(({ operators }) => operators > 0) ?? option.moved[0];
  const [prompt] = option.prompts ?? [];
  const on = prompt === undefined ? [] : [...prompt.on.keys()].filter((i) => prompt.on[i] === 1);
  const dialled = option.callBacks?.flatMap(({ attempts }) =>
    [...attempts.keys()].filter((i) => (attempts[i] ?? 0) > 0),
  );
  const span = dialled ?? on;
  const from = span[0] ?? more?.from ?? rest.now;
  // A break is moved to where it takes operators.
  const less = option.kind === 'move-break' ? option.moved.find(({ operators }) => operators < 0) : undefined;
  const to = less?.from ?? (span.length > 0 ? valueAt(span, span.length - 1) + 1 : (more?.to ?? from + 1));
  const queue = prompt?.queue ?? null;
  const answered = outcome.answered - without.answered;
  const calledBack = outcome.calledBack - without.calledBack;
  return {
    kind: option.kind,
    effect: {
      connectionRate: outcome.connectionRate - without.connectionRate,
      serviceLevel: outcome.serviceLevel - without.serviceLevel,
      answered,
      abandoned: outcome.abandoned - without.abandoned,
      calledBack,
      chance: null,
    },
    cost: option.cost,
    latest: latestOf(clockAt(option.latest)),
    from: clockAt(from),
    to: clockAt(to),
    tier: more?.tier ?? null,
    queue,
    who: [...option.who],
    operators: more?.operators ?? 0,
    asks: 'change' in option,
    said: dayFinding('day-action', {
      kind: option.kind,
      who: option.who.length === 0 ? null : option.who.map(calledOf).join(', '),
      people: option.who.map((operator) => ({
        name: calledOf(operator),
        shift: shiftOf(operator),
        ...('change' in option ? hoursOf(operator) : {}),
      })),
      tier: more === undefined ? null : tierOf(more.tier),
      queue: queue === null ? null : nameOf(queue),
      prompt: prompt === undefined ? null : promptOf(prompt.prompt),
      callBackAt: prompt?.kind === 'callback' ? clockAt(prompt.offPeakTarget[from] ?? 0).slice(11) : null,
      from: clockAt(from).slice(11),
      to: clockAt(to).slice(11),
      operators: Math.abs(more?.operators ?? 0),
      answered,
      lost: outcome.offered - without.offered - answered,
      calledBack,
      latest: isTaken ? null : latestOf(clockAt(option.latest)).slice(11),
      ...(isTaken ? {} : { isNow: clockAt(option.latest) <= asOf }),
    }),
  };
};

/** By tier, the mean share of those on duty who are ready for calls in the rest of the day. */
const readyShares = (
  { tiers }: Models,
  horizon: RestOfDay['operation']['demand']['horizon'],
  now: number,
): ReadonlyMap<string, number> =>
  new Map(
    tiers.tiers.map((tier) => {
      const away = shrinkageByInterval(tier.shrinkage, horizon).slice(now);
      return [tier.tier, 1 - sumOf(away) / Math.max(1, away.length)];
    }),
  );

/** What operators are called: by name where the books have one, with the number where others have the same. */
const namesOfOperators = async ({ store }: DayPorts): Promise<(operator: string) => string> => {
  const people = (await store.read('operators')).filter(({ name = '' }) => name !== '');
  const alike = Map.groupBy(people, ({ name }) => name);
  const names = new Map(
    people.map(({ operator, name = '' }) => [
      operator,
      (alike.get(name)?.length ?? 0) > 1 ? `${name} ${operator}` : name,
    ]),
  );
  return (operator) => names.get(operator) ?? operator;
};
