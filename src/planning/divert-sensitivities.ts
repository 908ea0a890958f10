import type { DivertDocument } from '../contract/documents/divert-document.ts';
import { scenarioSchema, type ScenarioModel } from '../contract/models/scenario-model.ts';
import { text, type Text } from '../kernel/text.ts';
import { projectPaths } from '../queueing/project.ts';
import { applyScenario } from './apply-scenario.ts';
import { measureEffect } from './measure-effect.ts';
import type { PlanWorld } from './plan-world.ts';
import type { WeekHorizon } from './week-horizon.ts';

/** Futures on which cases are held against the prompts as they are: enough to order them. */
const comparedFutures = 16;

/** A storm: so much more from 14:00 until it is over. */
export const storm = { from: '14:00', to: '20:00', factor: 1.5 } as const;

interface Case {
  readonly case: DivertDocument['sensitivities'][number]['case'];
  readonly name: Text;
  readonly change: Partial<ScenarioModel>;
}

/** What may turn out otherwise: take-up, calls, operators, weather on one day. */
const casesOf = (world: PlanWorld, stormDate: string): Case[] => {
  const largest = world.capacity.tiers.toSorted(
    (a, b) => Math.max(0, ...b.operators) - Math.max(0, ...a.operators),
  )[0]?.tier;
  return [
    { case: 'half-take-up', name: text('采纳率减半', 'Half the take-up'), change: { takeUpFactor: 0.5 } },
    { case: 'double-take-up', name: text('采纳率加倍', 'Double the take-up'), change: { takeUpFactor: 2 } },
    { case: 'more-calls', name: text('来电多 10%', '10 % more calls'), change: { callsFactor: 1.1 } },
    { case: 'fewer-calls', name: text('来电少 10%', '10 % fewer calls'), change: { callsFactor: 0.9 } },
    {
      case: 'two-absent',
      name: text(`两名座席缺勤（${largest ?? ''}）`, `Two operators absent (${largest ?? ''})`),
      change: { operatorsChange: largest === undefined ? {} : { [largest]: -2 } },
    },
    {
      case: 'storm',
      name: text(
        `${stormDate} ${storm.from} 起暴雨，来电增加 ${Math.round(100 * (storm.factor - 1))}%`,
        `Storm on ${stormDate} from ${storm.from}: ${Math.round(100 * (storm.factor - 1))} % more calls`,
      ),
      change: {
        surges: [
          { from: `${stormDate}T${storm.from}`, to: `${stormDate}T${storm.to}`, factor: storm.factor },
        ],
      },
    },
  ];
};

/**
 * The same prompts when something turns out otherwise, over the intervals from `from` to before `to`: the case that
 * moves the service level most comes first. `world` holds the prompts that play as its placements.
 */
export const divertSensitivities = (
  world: PlanWorld,
  week: WeekHorizon,
  stormDate: string,
  [from, to]: readonly [number, number],
): DivertDocument['sensitivities'] => {
  const effectOf = (key: string, change: Partial<ScenarioModel>) => {
    const scenario = scenarioSchema.parse({ scenario: key, ...change });
    const { demand, capacity, policy } = applyScenario(world, scenario, week);
    const { outcome } = projectPaths(demand, capacity, policy, comparedFutures);
    return measureEffect(outcome, week.starts, from, to);
  };
  const as = effectOf('as-recommended', {});
  return casesOf(world, stormDate)
    .map(({ case: key, name, change }) => {
      const effect = effectOf(key, change);
      const moved = (rate: 'serviceLevel' | 'connectionRate'): number =>
        (effect[rate] ?? 0) - (as[rate] ?? 0);
      return {
        case: key,
        name,
        effect,
        serviceLevelChange: moved('serviceLevel'),
        connectionRateChange: moved('connectionRate'),
      };
    })
    .sort((a, b) => Math.abs(b.serviceLevelChange) - Math.abs(a.serviceLevelChange));
};
