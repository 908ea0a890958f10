import type { SimulateDocument } from '../contract/documents/effect-documents.ts';
import type { SimulateRequest } from '../contract/http/job-requests.ts';
import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { ScenarioModel } from '../contract/models/scenario-model.ts';
import {
  applyScenario,
  changeCatalogue,
  promptsOfScenario,
  checkPlacements,
  type Misfit,
  scenarioMisfits,
  type ScenarioMisfits,
} from '../diversion/apply-scenario.ts';
import { choosePrompts } from '../diversion/choose-prompts.ts';
import { responseAssumptions } from '../diversion/explain-choice.ts';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import type { Sayable } from '../kernel/finding.ts';
import type { Operation, Outcome, Policy } from '../kernel/hotline.ts';
import { valueAt } from '../kernel/value-at.ts';
import { projectMonitoring } from '../monitoring/project-monitoring.ts';
import { projectPaths } from '../queueing/project.ts';
import { simulatePlan } from '../queueing/simulator/simulate-plan.ts';
import { promptsOfPlan } from './diversion/live-demand.ts';
import { qualityEvidence } from './history/quality-evidence.ts';
import { neverDiverted, type PlannedOperation } from './operation/planned-operation.ts';
import {
  effectBasis,
  intervalOffered,
  intervalRates,
  measureEffect,
  projectedPaths,
} from './operation/measure-effect.ts';
import { dayBounds, projectSamplePaths } from './operation/project-plan.ts';
import { assumedOf, loadPlan, unusualOf } from './operation/stored-plan.ts';
import { openIntervals, type WeekHorizon } from './operation/week-horizon.ts';
import { planningProblem } from './planning-findings.ts';
import type { Models, Ports } from './ports.ts';

/** What a scenario does to a plan: the same projection twice, with the change and without, and a simulation beside it. */
export const runScenario = async (ports: Ports, request: SimulateRequest): Promise<SimulateDocument> => {
  const { plan, week, planned } = await loadPlan(ports, request.plan);
  const { models } = planned;
  ports.progress(0.05, 'baseline');
  const { catalogue, said } = await promptsOfPlan(ports, models, week.horizon.startMillis);
  const prompts = changeCatalogue(catalogue, request.scenario);
  const learnt: PlannedOperation = { ...planned, models: { ...models, prompts } };
  const scenario = settleScenario(learnt, request.scenario, week);
  const changed = withChosenPrompts(
    applyScenario(learnt, scenario, { starts: week.starts, catalogue: prompts }),
    learnt.models,
    scenario,
    week,
    ports,
  );
  const baseline = baselineOf(ports.store, `${plan.id} ${plan.createdAt}`, planned);
  ports.progress(0.3, 'scenario');
  const quality = await qualityEvidence(ports.store, models, week.horizon.startMillis);
  const { projection, input } = projectSamplePaths(
    changed,
    models,
    quality,
    openIntervals(models, week, planned.demand),
  );
  const { outcome } = projection;
  ports.progress(0.5, 'simulation');
  const { starts } = week;
  return {
    document: 'simulate',
    plan: plan.id,
    ...unusualOf(plan),
    scenario: request.scenario.scenario,
    basis: effectBasis(planned.demand, planned.models.hotline, 'planned'),
    baseline: measureEffect(baseline, starts),
    outcome: measureEffect(outcome, starts),
    days: dayBounds(week).map(([from, to], day) => ({
      date: week.dates[day] ?? '',
      baseline: measureEffect(baseline, starts, from, to),
      outcome: measureEffect(outcome, starts, from, to),
    })),
    intervals: {
      starts: [...starts],
      offered: intervalOffered(outcome),
      serviceLevelBaseline: intervalRates(baseline, 'service-level'),
      serviceLevel: intervalRates(outcome, 'service-level'),
      connectionRate: intervalRates(outcome, 'connection'),
      operators: starts.map((_, i) =>
        changed.capacity.tiers.reduce((sum, tier) => sum + valueAt(tier.operators, i), 0),
      ),
    },
    proof: await prove(ports, changed, request),
    monitoring: projectMonitoring(input),
    assumptions: [
      ...assumedOf(plan),
      ...assumptionsOf(changed.policy, prompts, request.scenario.takeUpFactor, said),
    ],
  };
};

/** What is believed of those who hear the scenario's prompts, and what records say of it; nothing where none plays. */
const assumptionsOf = (
  { prompts }: Policy,
  catalogue: PromptsModel,
  takeUpFactor: number,
  learnt: readonly Sayable[],
): Sayable[] => {
  const playing = [...new Set(prompts.map(({ prompt }) => prompt))];
  return playing.length === 0 ? [] : [...responseAssumptions(catalogue, playing, takeUpFactor), ...learnt];
};

/** The last plan that was asked about, unchanged: a planner tries one change after the other on the same. */
const baselines = new WeakMap<Ports['store'], { readonly plan: string; readonly outcome: Outcome }>();

const baselineOf = (store: Ports['store'], plan: string, operation: Operation): Outcome => {
  const known = baselines.get(store);
  if (known?.plan === plan) return known.outcome;
  const { outcome } = projectPaths(operation, projectedPaths);
  baselines.set(store, { plan, outcome });
  return outcome;
};

const withChosenPrompts = (
  changed: Operation,
  models: Models,
  scenario: ScenarioModel,
  week: WeekHorizon,
  ports: Ports,
): Operation => {
  if (scenario.prompts !== 'choose' || scenario.placements !== undefined) return changed;
  const chosen = choosePrompts({
    demand: changed.demand,
    capacity: changed.capacity,
    policy: { ...changed.policy, prompts: [] },
    catalogue: models.prompts,
    targets: models.targets,
    open: openIntervals(models, week, changed.demand),
    neverDivert: neverDiverted(models),
    takeUpFactor: scenario.takeUpFactor,
    shouldStop: ports.shouldStop,
  });
  return { ...changed, policy: { ...changed.policy, prompts: chosen.prompts } };
};

/** The event simulation of the same operation: [estimate, half width of the 95 % interval]. */
const prove = async (
  ports: Ports,
  operation: Operation,
  request: SimulateRequest,
): Promise<SimulateDocument['proof']> => {
  const replications = request.replications ?? 40;
  if (replications === 0) return null;
  const { outcome, halfWidths, callers } = simulatePlan(operation, {
    replications,
    seed: request.seed,
    shouldStop: ports.shouldStop,
    progress: (done) => ports.progress(0.5 + 0.45 * done, 'simulation'),
  });
  const effect = measureEffect(outcome, []);
  return {
    replications,
    connectionRate: [effect.connectionRate ?? 0, halfWidths.connectionRate],
    serviceLevel: [effect.serviceLevel ?? 0, halfWidths.serviceLevel],
    callers,
  };
};

/**
 * A scenario in the plan's own keys, sure to have its place in the plan: queues and tiers may be named as people call
 * them. Throws `BadInputError` with all that has no place there and all rules that prompts drawn by hand break.
 */
export const settleScenario = (
  planned: PlannedOperation,
  scenario: ScenarioModel,
  week: WeekHorizon,
): ScenarioModel => {
  const settled = byKey(planned, scenario);
  const ground = { starts: week.starts, catalogue: planned.models.prompts };
  const problems = [
    ...problemsOf(planned, settled, scenarioMisfits(planned, settled, ground), week),
    ...(settled.placements === undefined ? [] : rulesBrokenBy(planned, settled, week)),
  ];
  if (problems.length > 0) throw new BadInputError(problems);
  return settled;
};

/** The scenario with keys for the names by which people call queues and tiers, in either language. */
const byKey = ({ models }: PlannedOperation, scenario: ScenarioModel): ScenarioModel => {
  const queues = new Map(
    models.hotline.queues.flatMap(({ queue, name }) =>
      Object.values(name).map((called) => [called, queue] as const),
    ),
  );
  const tiers = new Map(
    models.tiers.tiers.flatMap(({ tier, name }) =>
      Object.values(name).map((called) => [called, tier] as const),
    ),
  );
  const { surges, operatorsChange, placements } = scenario;
  return {
    ...scenario,
    surges: surges.map((surge) =>
      surge.queue === undefined ? surge : { ...surge, queue: queues.get(surge.queue) ?? surge.queue },
    ),
    operatorsChange: Object.fromEntries(
      Object.entries(operatorsChange).map(([tier, change]) => [tiers.get(tier) ?? tier, change]),
    ),
    ...(placements === undefined
      ? {}
      : { placements: placements.map((own) => ({ ...own, queue: queues.get(own.queue) ?? own.queue })) }),
  };
};

const problemsOf = (
  planned: PlannedOperation,
  scenario: ScenarioModel,
  { placements, surges, tiers }: ScenarioMisfits,
  week: WeekHorizon,
): Problem[] => {
  const queues = planned.demand.queues.map(({ queue }) => queue);
  const prompts = planned.models.prompts.prompts.map(({ prompt }) => prompt);
  const known = planned.capacity.tiers.map(({ tier }) => tier);
  const [first = '', last = ''] = [week.dates[0], week.dates.at(-1)];
  return [
    ...tiers.map((tier) => unknown('operatorsChange', tier, known)),
    ...surges.map(({ surge, why }) => {
      const path = `surges.${scenario.surges.indexOf(surge)}`;
      const { from, to, queue = '' } = surge;
      if (why === 'unknown-queue') return unknown(`${path}.queue`, queue, queues);
      return from >= to
        ? planningProblem(path, 'span-ends-before-it-starts', `${from} – ${to}`)
        : planningProblem(path, 'span-outside-week', `${from} – ${to}`, { week: { first, last } });
    }),
    ...placements.map(({ placement, why }) => {
      const path = `placements.${scenario.placements?.indexOf(placement) ?? 0}`;
      const { prompt, queue, date, from, to } = placement;
      const named: Partial<Record<Misfit, Problem>> = {
        'unknown-prompt': unknown(`${path}.prompt`, prompt, prompts),
        'unknown-queue': unknown(`${path}.queue`, queue, queues),
      };
      return (
        named[why] ?? planningProblem(path, 'span-outside-week', `${date} ${from}–${to}`, { week: null })
      );
    }),
  ];
};

const unknown = (path: string, value: string, known: readonly string[]): Problem =>
  planningProblem(path, 'unknown-name', value, { known });

const rulesBrokenBy = (planned: PlannedOperation, scenario: ScenarioModel, week: WeekHorizon): Problem[] =>
  checkPlacements({
    placements: promptsOfScenario(planned, scenario, {
      starts: week.starts,
      catalogue: planned.models.prompts,
    }),
    rules: planned.models.prompts.rules,
    horizon: week.horizon,
    open: openIntervals(planned.models, week, planned.demand),
    neverDivert: neverDiverted(planned.models),
  });
