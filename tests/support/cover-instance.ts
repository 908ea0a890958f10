import { existsSync, readFileSync } from 'node:fs';
import type { CoverProblem, ShiftType } from '../../src/scheduling/cover-problem.ts';
import type { TierLink } from '../../src/scheduling/tier-links.ts';

interface Instance {
  readonly tiers: readonly number[];
  readonly pu: number;
  readonly pu2: number;
  readonly po: number;
  readonly down: number;
  readonly demand: readonly (readonly number[])[];
  readonly len: Readonly<Record<string, number>>;
  readonly windows: Readonly<
    Record<
      string,
      { readonly meal: readonly [number, number] | null; readonly rests: readonly [number, number][] }
    >
  >;
  readonly cost: Readonly<Record<string, number>>;
  readonly tier_rate: readonly number[];
}

const slots = 672;

const typesOf = (instance: Instance, rate: number): ShiftType[] =>
  Object.entries(instance.len).map(([name, lengthSlots]) => {
    const { meal, rests } = instance.windows[name] ?? { meal: null, rests: [] };
    const breaks = [
      ...(meal === null ? [] : [{ lengthSlots: 2, earliest: meal[0], latest: meal[1] }]),
      ...rests.map(([earliest, latest]) => ({ lengthSlots: 1, earliest, latest })),
    ];
    return {
      lengthSlots,
      starts: Int32Array.from({ length: slots / 2 }, (_, i) => 2 * i),
      breaks: breaks.sort((a, b) => a.earliest - b.earliest),
      cost: (instance.cost[name] ?? 0) * rate,
    };
  });

const problemOf = (instance: Instance, tier: number): CoverProblem => {
  const demand = Int32Array.from(instance.demand[tier] ?? []);
  return {
    slots,
    demand,
    mildUnder: demand.map((heads) => Math.max(1, Math.floor(0.05 * heads) + 1)),
    underPrice: instance.pu * (1 + 0.5 * tier),
    severeUnderPrice: instance.pu2 * (1 + 0.5 * tier),
    overPrice: instance.po,
    types: typesOf(instance, instance.tier_rate[tier] ?? 1),
    minimumPerStart: 1,
  };
};

const folder = new URL('../../../shared/reference/scheduling/', import.meta.url);

/** True where the reference instances lie beside the repository. */
export const hasCoverInstances = existsSync(folder);

/** One of the reference's cover instances, laid out for the product; tier k + 1 may stand in for tier k. */
export const readCoverInstance = (
  name: string,
): { readonly problems: readonly CoverProblem[]; readonly links: readonly TierLink[] } => {
  const instance = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Instance;
  const problems = instance.demand.map((_, tier) => problemOf(instance, tier));
  const links = problems.slice(1).map((_, tier) => ({ from: tier + 1, to: tier, price: instance.down }));
  return { problems, links };
};
