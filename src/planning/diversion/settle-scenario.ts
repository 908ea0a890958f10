import { checkPlacements } from '../../diversion/check-placements.ts';
import type { ScenarioModel } from '../../contract/models/scenario-model.ts';
import { promptsOfScenario } from '../../diversion/apply-scenario.ts';
import { scenarioMisfits, type Misfit, type ScenarioMisfits } from '../../diversion/scenario-misfits.ts';
import { BadInputError, type Problem } from '../../kernel/errors.ts';
import { planningProblem } from '../planning-problems.ts';
import { openIntervals } from '../operation/open-intervals.ts';
import type { PlannedOperation } from '../operation/planned-operation.ts';
import type { WeekHorizon } from '../operation/week-horizon.ts';
import { neverDiverted } from '../operation/never-diverted.ts';

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
