import type { TargetsModel } from '../../contract/models/targets-model.ts';
import { choosePromptsOnThreads } from '../../diversion/choose-prompts.ts';
import type { DiversionFinding } from '../../diversion/diversion-findings.ts';
import { explainChoice } from '../../diversion/explain-choice.ts';
import { promptHours } from '../../diversion/prompt-hours.ts';
import type { AbsenceLaw } from '../../kernel/absence.ts';
import type { Capacity, Demand, Outcome, Policy } from '../../kernel/hotline.ts';
import { coverByShifts } from '../../scheduling/cover-by-shifts.ts';
import { drawRosterAttendance } from '../../scheduling/draw-roster-attendance.ts';
import type { ShiftPlan, TierPeople } from '../../scheduling/cover-request.ts';
import { operatorsOfRunTask, pricedRuns, pricesOfRuns } from '../../staffing/price-variants.ts';
import {
  operatorHours,
  requireOperators,
  type Requirement,
  type StaffingRequest,
} from '../../staffing/require-operators.ts';
import type { BandTarget } from '../../monitoring/band-ladder.ts';
import { absenceLaw } from './absence-law.ts';
import type { EarlierPlan } from './earlier-shifts.ts';
import { openAnswers, type KeptAnswers } from './kept-answers.ts';
import { buildPolicy } from '../operation/build-policy.ts';
import { neverDiverted } from '../operation/never-diverted.ts';
import { openIntervals } from '../operation/open-intervals.ts';
import type { Models, Ports } from '../ports.ts';
import { bandVariantPrices } from '../band/price-band-variants.ts';
import { proofReplications, simulateWeek } from './prove-plan.ts';
import { groundsOfPrompts } from '../forecasts/grounds.ts';
import { learnFromStore } from '../history/seen-prompts.ts';
import { staffForBand } from '../band/staff-for-band.ts';
import { step } from './stages.ts';
import { standIns } from './stand-ins.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { topUpRequirement, type ToppedUp } from '../../staffing/top-up-requirement.ts';
import type { WeekHorizon } from '../operation/week-horizon.ts';

/** What is asked of a week's staff beyond its targets. */
export interface StaffingOptions {
  /** Staff for a temperature band instead of the given connection rate. */
  readonly band?: BandTarget | undefined;
  readonly seed: number;
  /** The week's plan so far: its shifts move only where that pays. */
  readonly earlier?: EarlierPlan | undefined;
  /** Whether it is asked what assumptions, grounds and designs of tiers cost: more than half of the work. */
  readonly prices: boolean;
  /** The people that shifts may use. */
  readonly people: readonly TierPeople[];
}

/** Requirement, shifts and prompts for a demand. */
export const staffWeek = async (
  ports: Ports,
  models: Models,
  demand: Demand,
  week: WeekHorizon,
  asked: TargetsModel,
  options: StaffingOptions,
) => {
  const policy: Policy = buildPolicy(models.hotline, models.tiers, models.prompts);
  const open = openIntervals(models, week, demand);
  const trunks = models.hotline.trunks ?? Infinity;
  const request = {
    demand,
    policy,
    tiers: models.tiers.tiers,
    targets: asked,
    trunks,
    open,
    absences: await absenceLaw(ports.store, models.tiers, demand.horizon, options.seed),
    shouldStop: ports.shouldStop,
  };
  await step(ports, 0.2, 'requirement');
  const { people } = options;
  const cover = (requirement: RequiredOperators, targets: TargetsModel, onBooks: boolean) =>
    coverAndPrompt(ports, models, request, options, requirement, targets, onBooks ? people : []);
  if (options.band !== undefined) {
    const { rostered, notices, bareChance, ...banded } = await staffForBand(
      options.band,
      request,
      models,
      cover,
      people.length > 0,
    );
    const variants = await bandVariantPrices(ports.parallel, {
      target: options.band,
      bareChance,
      bareRate: banded.targets.connectionRate,
      request,
      models,
    });
    return { ...banded, ...rostered, variants, sensitivities: [], bandNotices: notices, toppedUp: undefined };
  }
  const answers = await openAnswers(ports);
  const { shouldStop: _, ...sent } = request;
  // Prices are asked beside all that follows, by threads that have nothing else to do.
  const runs = options.prices ? pricedRuns(sent) : [];
  const prices = await answers.ask(
    runs.map((run) => run.request),
    (places) =>
      ports.parallel<number[]>(
        operatorsOfRunTask,
        places.map((place) => runs[place]?.request),
      ),
  );
  const toppedUp = await requireWeek(ports, answers, request, options.seed);
  const { requirement } = toppedUp;
  const rostered = await cover(requirement, asked, true);
  const { intervalMinutes } = demand.horizon;
  const required = operatorHours(requirement, intervalMinutes);
  const { variants, tenths } = options.prices
    ? pricesOfRuns(runs, await prices.answered, required, intervalMinutes)
    : { variants: [], tenths: [] };
  await answers.keep();
  return {
    targets: asked,
    requirement,
    variants,
    sensitivities: tenths,
    ...rostered,
    bandNotices: [],
    toppedUp,
  };
};

/** Operators of a week, by tier and interval, and what is said of them. */
export type RequiredOperators = Omit<Requirement, 'capacity'>;

interface RequiredWeek extends Pick<ToppedUp, 'operatorHours' | 'intervals'> {
  readonly requirement: RequiredOperators;
}

/** The operators that a week needs by formula, with those whom a simulation of it asks for beside them. */
const requireWeek = async (
  ports: Ports,
  answers: KeptAnswers,
  request: StaffingRequest,
  seed: number,
): Promise<RequiredWeek> => {
  const { shouldStop: _, ...content } = request;
  const { demand, policy } = request;
  const weeks = proofReplications(demand, 0.5);
  const asked = await answers.ask<KeptWeek>([{ request: content, seed, weeks }], async () => {
    const byFormula = requireOperators(request);
    await step(ports, 0.35, 'simulation');
    const { requirement, ...added } = await topUpRequirement(request, byFormula, (capacity) =>
      simulateWeek(ports, { demand, capacity, policy }, seed + 1, weeks),
    );
    const { capacity: _capacity, tiers, ...said } = requirement;
    const plain = tiers.map(({ tier, operators }) => ({ tier, operators: Array.from(operators) }));
    return [{ ...added, requirement: { ...said, tiers: plain } }];
  });
  const { requirement, ...added } = valueAt(await asked.answered, 0);
  const tiers = requirement.tiers.map(({ tier, operators }) => ({
    tier,
    operators: Int32Array.from(operators),
  }));
  return { ...added, requirement: { ...requirement, tiers } };
};

/** A required week as plain data. */
interface KeptWeek extends Pick<ToppedUp, 'operatorHours' | 'intervals'> {
  readonly requirement: Omit<RequiredOperators, 'tiers'> & {
    readonly tiers: readonly { readonly tier: string; readonly operators: readonly number[] }[];
  };
}

/** Shifts that cover a requirement, and the prompts that play on them. */
const coverAndPrompt = async (
  ports: Ports,
  models: Models,
  { demand, policy, trunks, open, absences }: StaffingRequest,
  { seed, earlier }: StaffingOptions,
  requirement: RequiredOperators,
  targets: TargetsModel,
  people: readonly TierPeople[],
) => {
  await step(ports, 0.55, 'shifts');
  const schedule = await coverByShifts({
    horizon: demand.horizon,
    requirement: requirement.tiers,
    tiers: models.tiers.tiers,
    shifts: models.shifts,
    ...(people.length === 0 ? {} : { people, tierMayCover: standIns(models.tiers) }),
    ...(earlier === undefined ? {} : { previous: earlier.previous }),
    seed,
    gap: 0.02,
    shouldStop: ports.shouldStop,
  });
  await step(ports, 0.75, 'prompts');
  const capacity = { tiers: withAttendance(schedule, models, demand, absences), trunks };
  const { catalogue, learnt, said } = await learnFromStore(ports.store, models, demand.horizon.startMillis);
  const asked = {
    demand,
    capacity,
    policy,
    catalogue,
    targets,
    open,
    neverDivert: neverDiverted(models),
    evaluationsPerDay: 80,
    shouldStop: ports.shouldStop,
  };
  const chosen = await choosePromptsOnThreads(asked, ports.parallel);
  return {
    schedule,
    openHours: schedule.openHours,
    capacity,
    policy: { ...policy, prompts: chosen.prompts },
    spans: chosen.spans,
    explainPrompts: (before: Outcome, after: Outcome): readonly DiversionFinding[] =>
      chosen.rulesClash
        ? chosen.reasons
        : explainChoice({
            before,
            after,
            targets,
            hours: promptHours(demand.horizon, open, catalogue.rules),
            spans: chosen.spans.length,
            limitedByShare: chosen.limitedByShare,
            placements: chosen.prompts,
            channels: policy.channels,
          }),
    promptAssumptions: [...chosen.assumptions, ...said],
    promptGrounds: groundsOfPrompts(catalogue, learnt),
  };
};

/** Who is ready by the shifts, with who of them turns up. */
const withAttendance = (
  { ready, shifts }: ShiftPlan,
  { tiers: { tiers } }: Models,
  demand: Demand,
  absences: AbsenceLaw | undefined,
): Capacity['tiers'] => {
  const paths = Math.min(...demand.queues.map(({ pathCount }) => pathCount));
  const attendances =
    absences === undefined ? [] : drawRosterAttendance(shifts, tiers, demand.horizon, paths, absences);
  return ready.map((own) => {
    const attendance = attendances[tiers.findIndex(({ tier }) => tier === own.tier)];
    return attendance === undefined ? own : { ...own, attendance };
  });
};
