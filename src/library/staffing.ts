import { project } from '../queueing/project.ts';
import { requireOperators } from '../staffing/require-operators.ts';
import {
  type Answer,
  answerOf,
  demandOf,
  demandThat,
  type Line,
  operationOf,
  policyOf,
  tier,
} from './line/line.ts';

export type { Answer } from './line/line.ts';
export type { Line } from './line/line.ts';

/** What every interval must reach. Shares are 0–1; left out, it is not asked for. At least one must be given. */
export interface Targets {
  /** answered / offered */
  readonly connectionRate?: number;
  /** answered within the line's threshold / offered */
  readonly serviceLevel?: number;
  /** Most of their time that operators may be busy, 0.1 to 1. Left out: 1. */
  readonly occupancyMax?: number;
  /** Share of `callPaths` in which it must hold; of no account without paths. Left out: 0.8. */
  readonly confidence?: number;
}

/**
 * The fewest operators ready for calls in each interval that reach the targets: load moves through time, who hangs up
 * calls again, and with `callPaths` the targets hold in the asked share of them. Paid heads are more: divide by one less
 * shrinkage. `unreached` counts intervals whose targets no number reaches on so many trunks. Throws `RangeError` for figures
 * outside their ranges. Source: M/M/n/K+M (Erlang A) by interval over the modified offered load, as `huawu plan`.
 *
 * @example
 * ```ts
 * import { leastOperatorsByInterval } from 'huawu/staffing';
 * const line = { intervalMinutes: 30, calls: [60, 90, 80], handleTimeSeconds: 240, patienceSeconds: 120 };
 * const { operators } = leastOperatorsByInterval(line, { connectionRate: 0.95, serviceLevel: 0.8 });
 * ```
 */
export const leastOperatorsByInterval = (
  line: Line,
  targets: Targets,
): { readonly operators: readonly number[]; readonly unreached: number } => {
  const { connectionRate, serviceLevel, occupancyMax = 1, confidence = 0.8 } = targets;
  const isAsked =
    connectionRate !== undefined || serviceLevel !== undefined || targets.occupancyMax !== undefined;
  demandThat(isAsked, 'targets', '{}', 'connectionRate, serviceLevel or occupancyMax');
  for (const [name, value] of Object.entries({ connectionRate, serviceLevel, confidence }))
    demandThat(value === undefined || (value >= 0 && value <= 1), name, value, '0 to 1');
  demandThat(occupancyMax >= 0.1 && occupancyMax <= 1, 'occupancyMax', occupancyMax, '0.1 to 1');
  const required = requireOperators({
    demand: demandOf(line),
    policy: policyOf(line),
    tiers: [
      {
        tier,
        name: { 'zh-CN': tier, en: tier },
        queues: [],
        connectionTarget: null,
        leastOwnShare: 0,
        costPerHour: 1,
        shrinkage: 0,
      },
    ],
    targets: {
      connectionRate: connectionRate ?? 0,
      serviceLevel: serviceLevel ?? null,
      rollingConnectionRate: null,
      occupancyMax,
      confidence,
      minimumOperators: 0,
      queues: {},
    },
    trunks: line.trunks ?? Infinity,
    open: new Uint8Array(line.calls.length).fill(1),
  });
  const operators = Array.from(required.tiers[0]?.operators ?? []);
  const unreached = required.relaxed.reduce(
    (sum, said) => sum + ('values' in said ? ((said.values as { intervals?: number }).intervals ?? 0) : 0),
    0,
  );
  return { operators, unreached };
};

/**
 * What callers meet with so many operators ready for calls in each interval (fractions allowed), interval by interval,
 * on the mean calls. Throws `RangeError` for figures outside their ranges. Source: as `leastOperatorsByInterval`.
 *
 * @example
 * ```ts
 * import { answersByInterval } from 'huawu/staffing';
 * const line = { intervalMinutes: 30, calls: [60, 90, 80], handleTimeSeconds: 240, patienceSeconds: 120 };
 * const rates = answersByInterval(line, [10, 14, 13]).map(({ connectionRate }) => connectionRate);
 * ```
 */
export const answersByInterval = (line: Line, operators: readonly number[]): readonly Answer[] => {
  const outcome = project(operationOf(line, operators));
  return line.calls.map((_, i) => answerOf(outcome, i, i + 1));
};
