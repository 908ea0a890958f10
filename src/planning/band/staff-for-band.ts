import type { Sayable } from '../../kernel/finding.ts';
import type { TargetsModel } from '../../contract/models/targets-model.ts';
import type { Capacity } from '../../kernel/hotline.ts';
import type { Requirement, StaffingRequest } from '../../staffing/require-operators.ts';
import {
  bandChance,
  bandLadder,
  bandSteps,
  bandTargets,
  judgeBand,
  indexOfRate,
  type BandStep,
  type BandTarget,
} from '../../monitoring/band-ladder.ts';
import type { Models } from '../ports.ts';
import type { Rostered, RosteredStep } from './rostered-step.ts';
import { explainBand } from './explain-band.ts';

/** Covers a requirement: by the people on the books only, or by as many as it takes. */
export type Roster<R extends Rostered> = (
  requirement: Requirement,
  targets: TargetsModel,
  onBooks: boolean,
) => Promise<R>;

/** The edge of a band, where the search for it begins. */
const edgeOf = { hot: 'hotFrom', warm: 'warmFrom' } as const;

/** Plans whose operator-hours differ by less cost the same: shifts come in whole people, and are searched to a few percent. */
const samePrice = 0.02;

/**
 * The least connection target whose plan is rated in the band or better with the chance asked for: its shifts and
 * prompts, projected through the monitor's own test times and rules over the demand's futures. The bare requirement
 * is searched by bisection, since the chance grows with the target; from there, plans are made one step up or down
 * until one reaches the chance and the next cheaper one does not. A plan reaches the chance where its estimate lies
 * no more than its own standard error below. Where the people on the books are too few, the
 * plan takes as many as it needs and says so. The other targets (service level, occupancy, queues' own) are dropped:
 * only the band is asked for.
 */
export const staffForBand = async <R extends Rostered>(
  target: BandTarget,
  request: StaffingRequest,
  models: Models,
  roster: Roster<R>,
  peopleKnown: boolean,
): Promise<{
  readonly targets: TargetsModel;
  readonly requirement: Requirement;
  readonly rostered: R;
  /** Chance of the band from the bare requirement: what variants of the plan are priced at. */
  readonly bareChance: number;
  readonly notices: readonly Sayable[];
}> => {
  const { at, least } = bandSteps(target, request, models);
  const { bands } = models.monitor;
  const start = least(({ chance }) => chance, target.confidence, indexOfRate(bands[edgeOf[target.band]]));
  const judge = async (i: number, onBooks: boolean): Promise<RosteredStep<R>> => {
    const step = at(i);
    const rostered = await roster(step.requirement, bandTargets(request.targets, step.rate), onBooks);
    const { chance, standardError } = judgeBand(
      { ...rostered, demand: request.demand },
      target,
      models,
      request.open,
    );
    const hours = readyHours(rostered.capacity, request.demand.horizon.intervalMinutes);
    return { step, rostered, hours, chance, standardError };
  };
  const people = await judge(start, true);
  const found = await walk(target, start, judge, people, peopleKnown);
  const { chosen } = found;
  const short = async (): Promise<RosteredStep<R>> =>
    chosen.step.rate === people.step.rate ? people : judge(bandLadder.indexOf(chosen.step.rate), true);
  const reaching = (band: BandTarget['band']): BandStep =>
    at(least(({ chances }) => bandChance(chances, band), target.confidence));
  return {
    targets: bandTargets(request.targets, chosen.step.rate),
    requirement: chosen.step.requirement,
    rostered: chosen.rostered,
    bareChance: chosen.step.chance,
    notices: explainBand({
      target,
      testCalls: target.testCalls ?? models.monitor.testCalls,
      edges: bands,
      chosen,
      reached: reaches(target, chosen),
      cheaper: found.cheaper,
      people: found.onBooks ? undefined : await short(),
      warm: reaching('warm'),
      hot: reaching('hot'),
      edge: at(least(({ testRate }) => testRate, bands.hotFrom)),
    }),
  };
};

const reaches = <R extends Rostered>(
  target: BandTarget,
  { chance, standardError }: RosteredStep<R>,
): boolean => chance + standardError >= target.confidence;

/**
 * From the plan on the books or, where that falls short, one without their limit: up or down the ladder to the
 * cheapest plan that reaches the chance, and to the next that is cheaper by more than the shifts' own tolerance.
 */
const walk = async <R extends Rostered>(
  target: BandTarget,
  start: number,
  judge: (i: number, onBooks: boolean) => Promise<RosteredStep<R>>,
  people: RosteredStep<R>,
  peopleKnown: boolean,
) => {
  const onBooks = reaches(target, people) || !peopleKnown;
  const made = new Map<number, RosteredStep<R>>(onBooks ? [[start, people]] : []);
  const planAt = async (i: number): Promise<RosteredStep<R>> => {
    const plan = made.get(i) ?? (await judge(i, onBooks));
    made.set(i, plan);
    return plan;
  };
  let index = start;
  let chosen = await planAt(index);
  while (!reaches(target, chosen) && index < bandLadder.length - 1) {
    index += 1;
    chosen = await planAt(index);
  }
  let cheaper: RosteredStep<R> | undefined;
  for (let below = index - 1; cheaper === undefined && below >= 0; below -= 1) {
    const plan = await planAt(below);
    if (reaches(target, plan) && plan.hours <= chosen.hours) chosen = plan;
    else if (plan.hours < (1 - samePrice) * chosen.hours) cheaper = plan;
  }
  return { chosen, cheaper, onBooks };
};

const readyHours = ({ tiers }: Capacity, minutes: number): number =>
  (tiers.reduce((sum, tier) => sum + tier.operators.reduce((s, n) => s + n, 0), 0) * minutes) / 60;
