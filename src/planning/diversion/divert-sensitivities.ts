import type { Sayable } from '../../kernel/finding.ts';
import { planningFinding } from '../planning-findings.ts';
import type { DivertDocument } from '../../contract/documents/divert-document.ts';
import type { Operation, PromptPlacement } from '../../kernel/hotline.ts';
import { scenarioSchema, type ScenarioModel } from '../../contract/models/scenario-model.ts';
import { applyScenario } from '../../diversion/apply-scenario.ts';
import { scalePatience } from '../../diversion/change-response.ts';
import type { PlannedOperation } from '../operation/planned-operation.ts';
import type { WeekHorizon } from '../operation/week-horizon.ts';

/** A storm: so much more from 14:00 until it is over. */
export const storm = { from: '14:00', to: '20:00', factor: 1.5 } as const;

interface Case {
  readonly case: DivertDocument['sensitivities'][number]['case'];
  readonly name: Sayable;
  readonly change: Partial<ScenarioModel>;
  /** Factor on the patience that those have by each prompt who hear it and stay; left out: 1. */
  readonly patienceTimes?: number;
}

/** What may turn out otherwise: take-up, calls, operators, weather on one day. */
const casesOf = ({ capacity, policy, models }: PlannedOperation, stormDate: string): Case[] => {
  const largest = capacity.tiers.toSorted(
    (a, b) => Math.max(0, ...b.operators) - Math.max(0, ...a.operators),
  )[0]?.tier;
  const absent = models.tiers.tiers.find(({ tier }) => tier === largest)?.name;
  return [
    { case: 'half-take-up', name: planningFinding('half-take-up'), change: { takeUpFactor: 0.5 } },
    { case: 'double-take-up', name: planningFinding('double-take-up'), change: { takeUpFactor: 2 } },
    { case: 'more-calls', name: planningFinding('more-calls'), change: { callsFactor: 1.1 } },
    { case: 'fewer-calls', name: planningFinding('fewer-calls'), change: { callsFactor: 0.9 } },
    {
      case: 'two-absent',
      name: planningFinding('two-operators-absent', { tier: absent ?? null }),
      change: { operatorsChange: largest === undefined ? {} : { [largest]: -2 } },
    },
    {
      case: 'storm',
      name: planningFinding('storm', { date: stormDate, from: storm.from, factor: storm.factor }),
      change: {
        surges: [
          { from: `${stormDate}T${storm.from}`, to: `${stormDate}T${storm.to}`, factor: storm.factor },
        ],
      },
    },
    ...hearingCases(policy.prompts),
  ];
};

/** Seconds of wait above which prompts for everyone are offered in the case that asks. */
export const caseWaitSeconds = 30;

/** Who hears the prompts, and how long those bear the wait who stay. */
const hearingCases = (placements: readonly PromptPlacement[]): Case[] => {
  const isForAll = placements.every(({ offeredTo = 'all' }) => offeredTo === 'all');
  return [
    {
      case: 'offered-otherwise',
      name: isForAll
        ? planningFinding('played-by-wait', { seconds: caseWaitSeconds })
        : planningFinding('played-to-everyone'),
      change: { offeredTo: isForAll ? { waitAboveSeconds: caseWaitSeconds } : 'all' },
    },
    {
      case: 'less-patience',
      name: planningFinding('less-patience-after-prompt'),
      change: {},
      patienceTimes: 0.8,
    },
    {
      case: 'more-patience',
      name: planningFinding('more-patience-after-prompt'),
      change: {},
      patienceTimes: 1.25,
    },
  ];
};

/** A case, and the operation as it is in it. */
export interface SensitivityCase extends Pick<Case, 'case' | 'name'> {
  readonly operation: Operation;
}

/** The same prompts, those of the operation's policy, when something turns out otherwise. */
export const sensitivityCases = (
  planned: PlannedOperation,
  week: WeekHorizon,
  stormDate: string,
): SensitivityCase[] =>
  casesOf(planned, stormDate).map(({ case: scenario, name, change, patienceTimes = 1 }) => {
    const { demand, capacity, policy, models } = planned;
    const prompts = scalePatience(policy.prompts, patienceTimes);
    const changed = applyScenario(
      { demand, capacity, policy: { ...policy, prompts } },
      scenarioSchema.parse({ scenario, ...change }),
      { starts: week.starts, catalogue: models.prompts },
    );
    return { case: scenario, name, operation: changed };
  });

type Effect = DivertDocument['before'];

/** What the cases do, in the order of their outcomes' effects, beside the prompts as believed: what moves the service level most comes first. */
export const sensitivityRows = (
  cases: readonly SensitivityCase[],
  effects: readonly Effect[],
  as: Effect,
): DivertDocument['sensitivities'] =>
  cases
    .map(({ case: name, name: said }, k) => {
      const effect = effects[k] ?? as;
      const moved = (rate: 'serviceLevel' | 'connectionRate'): number =>
        (effect[rate] ?? 0) - (as[rate] ?? 0);
      return {
        case: name,
        name: said,
        effect,
        serviceLevelChange: moved('serviceLevel'),
        connectionRateChange: moved('connectionRate'),
      };
    })
    .sort((a, b) => Math.abs(b.serviceLevelChange) - Math.abs(a.serviceLevelChange));
