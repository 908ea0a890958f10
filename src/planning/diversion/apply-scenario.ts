import type { ScenarioModel } from '../../contract/models/scenario-model.ts';
import { changePlacements } from '../../diversion/change-response.ts';
import { joinPlacements } from '../../diversion/join-placements.ts';
import { checkPlacements } from '../../diversion/check-placements.ts';
import { scaleTakeUp } from '../../diversion/scale-take-up.ts';
import { callFactor, changeOperators } from '../../diversion/scenario-figures.ts';
import { BadInputError } from '../../kernel/errors.ts';
import type { Capacity, Demand, Policy, PromptPlacement, QueueDemand } from '../../kernel/hotline.ts';
import { asRates } from '../../kernel/sample-paths.ts';
import { planningProblem } from '../planning-findings.ts';
import { buildPolicy } from '../week/build-policy.ts';
import { neverDiverted } from './never-diverted.ts';
import { placeInWeek } from '../week/place-in-week.ts';
import { openIntervals } from '../week/open-intervals.ts';
import type { PlanWorld } from '../week/plan-world.ts';
import type { WeekHorizon } from '../week/week-horizon.ts';

/** The world of a plan with a scenario's changes in it. Names that the plan does not know are errors. */
export const applyScenario = (
  world: PlanWorld,
  named: ScenarioModel,
  week: WeekHorizon,
): { readonly demand: Demand; readonly capacity: Capacity; readonly policy: Policy } => {
  const scenario = byKey(world, named);
  checkNames(world, scenario, week);
  return {
    demand: {
      ...world.demand,
      queues: world.demand.queues.map((queue) => changeQueue(queue, scenario, week)),
    },
    capacity: {
      ...world.capacity,
      tiers: world.capacity.tiers.map((own) => ({
        ...own,
        operators: changeOperators(own.operators, scenario.operatorsChange[own.tier] ?? 0),
      })),
    },
    policy: changePolicy(world, scenario, week),
  };
};

/** The scenario with keys for the names by which people call queues and tiers, in either language. */
const byKey = ({ models }: PlanWorld, scenario: ScenarioModel): ScenarioModel => {
  const keys = new Map(
    models.hotline.queues.flatMap(({ queue, name }) =>
      Object.values(name).map((said) => [said, queue] as const),
    ),
  );
  const tiers = new Map(
    models.tiers.tiers.flatMap(({ tier, name }) => Object.values(name).map((said) => [said, tier] as const)),
  );
  const { surges, operatorsChange, placements } = scenario;
  return {
    ...scenario,
    surges: surges.map((surge) =>
      surge.queue === undefined ? surge : { ...surge, queue: keys.get(surge.queue) ?? surge.queue },
    ),
    operatorsChange: Object.fromEntries(
      Object.entries(operatorsChange).map(([tier, change]) => [tiers.get(tier) ?? tier, change]),
    ),
    ...(placements === undefined
      ? {}
      : { placements: placements.map((wish) => ({ ...wish, queue: keys.get(wish.queue) ?? wish.queue })) }),
  };
};

const checkNames = (world: PlanWorld, scenario: ScenarioModel, week: WeekHorizon): void => {
  const tiers = world.capacity.tiers.map((tier) => tier.tier);
  const queues = world.demand.queues.map((queue) => queue.queue);
  const problems = [
    ...Object.keys(scenario.operatorsChange)
      .filter((tier) => !tiers.includes(tier))
      .map((tier) => unknown('operatorsChange', tier, tiers)),
    ...scenario.surges.flatMap((surge, i) =>
      surge.queue === undefined || queues.includes(surge.queue)
        ? []
        : [unknown(`surges.${i}.queue`, surge.queue, queues)],
    ),
    ...scenario.surges.flatMap((surge, i) =>
      intervalsOf(surge, week).length > 0 ? [] : [surgeOutside(i, surge, week)],
    ),
  ];
  if (problems.length > 0) throw new BadInputError(problems);
};

const unknown = (path: string, value: string, known: readonly string[]) =>
  planningProblem(path, 'unknown-name', value, { known });

type Surge = ScenarioModel['surges'][number];

/** Interval starts of the week that a surge touches. */
const intervalsOf = ({ from, to }: Surge, week: WeekHorizon): readonly string[] =>
  week.starts.filter((start) => start >= from.slice(0, 16) && start < to.slice(0, 16));

const surgeOutside = (i: number, { from, to }: Surge, week: WeekHorizon) => {
  const [first = '', last = ''] = [week.dates[0], week.dates.at(-1)];
  return from >= to
    ? planningProblem(`surges.${i}`, 'span-ends-before-it-starts', `${from} – ${to}`)
    : planningProblem(`surges.${i}`, 'span-outside-week', `${from} – ${to}`, { week: { first, last } });
};

const changeQueue = (queue: QueueDemand, scenario: ScenarioModel, week: WeekHorizon): QueueDemand => {
  const factors = week.starts.map((start) => callFactor(scenario, queue.queue, start));
  const { count } = week.horizon;
  return {
    ...queue,
    freshMean: queue.freshMean.map((calls, i) => calls * (factors[i] ?? 1)),
    ratePaths: asRates(queue.ratePaths.map((calls, i) => calls * (factors[i % count] ?? 1))),
    handleTimeSeconds: queue.handleTimeSeconds.map((seconds) => seconds * scenario.handleTimeFactor),
  };
};

const changePolicy = (world: PlanWorld, scenario: ScenarioModel, week: WeekHorizon): Policy => {
  const chosen = changePlacements(chosenPlacements(world, scenario, week), scenario);
  const placements = scaleTakeUp(chosen, scenario.takeUpFactor);
  const policy = buildPolicy(world.models.hotline, world.models.tiers, world.models.prompts, placements);
  const { smartVoiceShare, channelCapacityFactor } = scenario;
  return {
    ...policy,
    queues: policy.queues.map((queue) =>
      smartVoiceShare === undefined ? queue : { ...queue, smartVoiceShare },
    ),
    channels: policy.channels.map((channel) => ({
      ...channel,
      capacityPerInterval: channel.capacityPerInterval * channelCapacityFactor,
    })),
  };
};

const chosenPlacements = (
  world: PlanWorld,
  scenario: ScenarioModel,
  week: WeekHorizon,
): readonly PromptPlacement[] => {
  if (scenario.placements === undefined) return scenario.prompts === 'none' ? [] : world.placements;
  const problems: ReturnType<typeof unknown>[] = [];
  const placed = scenario.placements.flatMap((wish, i) => {
    const entry = world.models.prompts.prompts.find((prompt) => prompt.prompt === wish.prompt);
    const from = week.starts.indexOf(`${wish.date}T${wish.from}`);
    const last =
      wish.to === '24:00'
        ? week.starts.findLastIndex((start) => start.startsWith(wish.date)) + 1
        : week.starts.indexOf(`${wish.date}T${wish.to}`);
    if (entry === undefined)
      problems.push(
        unknown(
          `placements.${i}.prompt`,
          wish.prompt,
          world.models.prompts.prompts.map((p) => p.prompt),
        ),
      );
    const queues = world.demand.queues.map(({ queue }) => queue);
    const isKnown = queues.includes(wish.queue);
    if (!isKnown) problems.push(unknown(`placements.${i}.queue`, wish.queue, queues));
    if (from < 0 || last <= from) problems.push(badSpan(i, `${wish.date} ${wish.from}–${wish.to}`));
    if (entry === undefined || !isKnown || from < 0 || last <= from) return [];
    return [placeInWeek(entry, wish.queue, from, last, world.demand, world.models.prompts)];
  });
  const joined = joinPlacements(placed);
  problems.push(...brokenRules(world, joined, week));
  if (problems.length > 0) throw new BadInputError(problems);
  return joined;
};

const brokenRules = (world: PlanWorld, placements: readonly PromptPlacement[], week: WeekHorizon) =>
  checkPlacements({
    placements,
    rules: world.models.prompts.rules,
    horizon: week.horizon,
    open: openIntervals(world.models, week),
    neverDivert: neverDiverted(world.models),
  });

const badSpan = (i: number, value: string) =>
  planningProblem(`placements.${i}`, 'span-outside-week', value, { week: null });
