import type { TargetsModel } from '../../contract/models/targets-model.ts';
import type { Sayable } from '../../kernel/finding.ts';
import type { Capacity, Policy } from '../../kernel/hotline.ts';
import {
  bandChance,
  bandLadder,
  type BandStep,
  bandSteps,
  type BandTarget,
  bandTargets,
  indexOfRate,
  judgeBand,
} from '../../monitoring/band-ladder.ts';
import {
  bandChances,
  type BandEdges,
  connectedNeededForHot,
  rateNeededForHot,
} from '../../monitoring/bands.ts';
import type { Requirement, StaffingRequest } from '../../staffing/require-operators.ts';
import { planningFinding } from '../planning-findings.ts';
import type { Models } from '../ports.ts';

/** Covers a requirement: by the people on the books only, or by as many as it takes. */
type Roster<R extends Rostered> = (
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
 * prompts, projected through the monitor's own test times and rules over the simulated forecasts. The bare requirement
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

/** A requirement covered by shifts, with the prompts that play on them. */
interface Rostered {
  readonly capacity: Capacity;
  readonly policy: Policy;
  /** Operator-hours of the requirement that the shifts leave open, interval by interval: what is too many elsewhere fills none of them. */
  readonly openHours: number;
}

/** A step of the ladder as the shifts and prompts make it. */
interface RosteredStep<R extends Rostered> {
  readonly step: BandStep;
  readonly rostered: R;
  readonly hours: number;
  readonly chance: number;
  readonly standardError: number;
}

interface BandFinding<R extends Rostered> {
  readonly target: BandTarget;
  readonly testCalls: number;
  readonly edges: BandEdges;
  readonly chosen: RosteredStep<R>;
  /** Whether the chosen plan reaches the chance asked for; it is the dearest of the ladder where not. */
  readonly reached: boolean;
  readonly cheaper: RosteredStep<R> | undefined;
  /** The chosen step's plan by the people on the books, where they are too few; undefined where they suffice. */
  readonly people: RosteredStep<R> | undefined;
  /** Least requirements for warm or better and for hot at the same confidence, before shifts. */
  readonly warm: BandStep;
  readonly hot: BandStep;
  /** Least requirement whose true rate at test times lies in the hot band, before shifts. */
  readonly edge: BandStep;
}

/** Chance and hours of the plan, the next cheaper one, the people short, one step up in band, and the part of luck. */
const explainBand = <R extends Rostered>(finding: BandFinding<R>): Sayable[] => {
  const { target, chosen, cheaper, people, warm, hot } = finding;
  const said: Sayable[] = [outcome(finding)];
  if (cheaper !== undefined)
    said.push(
      planningFinding('next-lower-target', {
        rate: cheaper.step.rate,
        hours: cheaper.hours,
        saved: chosen.hours - cheaper.hours,
        chance: cheaper.chance,
      }),
    );
  if (people !== undefined)
    said.push(
      planningFinding('chance-with-operators-on-books', {
        hours: people.hours,
        chance: people.chance,
        openHours: people.rostered.openHours,
      }),
    );
  // One step up in band is priced in hours of the bare requirement.
  said.push(
    planningFinding('price-of-a-band', {
      confidence: target.confidence,
      warmHours: warm.hours,
      hotHours: hot.hours,
      price: hot.hours - warm.hours,
    }),
  );
  if (target.band === 'hot') said.push(luck(finding));
  return said;
};

const outcome = <R extends Rostered>({ target, testCalls, chosen, reached }: BandFinding<R>): Sayable => {
  const { band, confidence } = target;
  const { chance, hours, step } = chosen;
  return reached
    ? planningFinding('band-target-chosen', { testCalls, confidence, band, rate: step.rate, chance, hours })
    : planningFinding('band-out-of-reach', { testCalls, chance, band, confidence });
};

/** How many test calls the hot band takes, and how much of meeting that is luck at its edge. */
const luck = <R extends Rostered>({ target, testCalls, edges, hot, edge }: BandFinding<R>): Sayable => {
  const { confidence } = target;
  return planningFinding('hot-partly-luck-at-edge', {
    testCalls,
    needed: connectedNeededForHot(testCalls, edges),
    hotFrom: edges.hotFrom,
    chanceAtEdge: bandChances(edges.hotFrom, testCalls, edges).hot,
    confidence,
    rate: rateNeededForHot({ testCalls, chance: confidence, bands: edges }),
    cost: Math.max(0, hot.hours - edge.hours),
  });
};
