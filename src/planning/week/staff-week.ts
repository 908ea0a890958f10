import type { TargetsModel } from '../../contract/models/targets-model.ts';
import type { TiersModel } from '../../contract/models/tiers-model.ts';
import { choosePromptsOnThreads } from '../../diversion/choose-prompts.ts';
import type { DiversionFinding } from '../../diversion/diversion-findings.ts';
import { explainChoice } from '../../diversion/explain-choice.ts';
import { promptHours } from '../../diversion/playing-rules.ts';
import type { AbsenceLaw } from '../../kernel/shrinkage.ts';
import { contentHashOf } from '../../kernel/content-hash.ts';
import { BadInputError } from '../../kernel/errors.ts';
import type { Capacity, Demand, Outcome, Policy } from '../../kernel/hotline.ts';
import { valueAt } from '../../kernel/value-at.ts';
import type { BandTarget } from '../../monitoring/band-ladder.ts';
import { coverByShifts } from '../../scheduling/cover-by-shifts.ts';
import type { ShiftPlan, TierCover, TierPeople } from '../../scheduling/cover-request.ts';
import { drawRosterAttendance } from '../../scheduling/ready-operators.ts';
import {
  operatorsOfRunTask,
  pricedRuns,
  pricesOfRuns,
  type RequirementPrices,
} from '../../staffing/price-variants.ts';
import {
  operatorHours,
  type Requirement,
  requireOperators,
  type StaffingRequest,
} from '../../staffing/require-operators.ts';
import { type ToppedUp, topUpRequirement } from '../../staffing/top-up-requirement.ts';
import { bandVariantPrices } from '../band/price-band-variants.ts';
import { staffForBand } from '../band/staff-for-band.ts';
import { promptParameterSources } from '../forecasts/build-demand.ts';
import { absenceLaw } from '../history/absence-law.ts';
import { learnFromStore } from '../history/seen-prompts.ts';
import { buildPolicy, neverDiverted } from '../operation/planned-operation.ts';
import { openIntervals, type WeekHorizon } from '../operation/week-horizon.ts';
import type { Models, Ports } from '../ports.ts';
import { awaitLater, type EarlierPlan, proofReplications, simulateWeek, step } from './plan-parts.ts';

interface StaffingOptions {
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
    const priced = async () => ({ variants, tenths: [] });
    return { ...banded, ...rostered, priced, bandNotices: notices, toppedUp: undefined, pricing: undefined };
  }
  const answers = await openReusedAnswers(ports);
  const { shouldStop: _, ...sent } = request;
  // Prices are asked beside all that follows, by threads that have nothing else to do.
  const askPrices = (connectionFloor: number, whole: boolean) => {
    const all = options.prices ? pricedRuns(sent, connectionFloor) : [];
    return askRuns(
      ports,
      answers,
      all.filter((run) => run.whole === whole),
    );
  };
  const ends = await askPrices(0, true);
  const toppedUp = await requireWeek(ports, answers, request, options.seed);
  const { requirement } = toppedUp;
  const differences = await askPrices(requirement.connectionFloor, false);
  const rostered = await cover(requirement, asked, true);
  const { intervalMinutes } = demand.horizon;
  const required = operatorHours(requirement, intervalMinutes);
  return {
    targets: asked,
    requirement,
    pricing: { absences: request.absences, connectionFloor: requirement.connectionFloor },
    /** Waits for prices that are still being worked out. */
    priced: async (): Promise<RequirementPrices> => {
      const prices = options.prices
        ? pricesOfRuns(
            [...ends.runs, ...differences.runs],
            [...(await ends.answered), ...(await differences.answered)],
            required,
            intervalMinutes,
          )
        : { variants: [], tenths: [] };
      await answers.keep();
      return prices;
    },
    ...rostered,
    bandNotices: [],
    toppedUp,
  };
};

/** Asks runs that prices are worked out from; resolves once work on them has begun. */
const askRuns = async (
  { parallel }: Pick<Ports, 'parallel'>,
  answers: KeptAnswers,
  runs: ReturnType<typeof pricedRuns>,
) => {
  const { answered } = await answers.ask(
    runs.map((run) => run.request),
    (places) =>
      parallel<number[]>(
        operatorsOfRunTask,
        places.map((place) => runs[place]?.request),
      ),
  );
  return { runs, answered };
};

/** Prices of a requirement of so many operator-hours, asked after its plan was made. */
export const priceRequirement = async (
  ports: Ports,
  request: StaffingRequest,
  connectionFloor: number,
  required: number,
): Promise<RequirementPrices> => {
  const answers = await openReusedAnswers(ports);
  const { runs, answered } = await askRuns(ports, answers, pricedRuns(request, connectionFloor));
  const prices = pricesOfRuns(runs, await answered, required, request.demand.horizon.intervalMinutes);
  await answers.keep();
  return prices;
};

/** Operators of a week, by tier and interval, and what is said of them. */
type RequiredOperators = Omit<Requirement, 'capacity'>;

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
    open,
    ...(people.length === 0 ? {} : { people, tierMayCover: standIns(models.tiers, people) }),
    ...(earlier === undefined ? {} : { previous: earlier.previous }),
    seed,
    gap: 0.02,
    parallel: ports.parallel,
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
            policy,
          }),
    promptAssumptions: [...chosen.assumptions, ...said],
    promptSources: promptParameterSources(catalogue, learnt),
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

/** Answers that are kept of a line: those of some ten plans, a few kilobytes each. */
const mostKept = 160;

/** Questions whose answers depend on nothing but what was asked, with those answered for earlier plans. */
interface KeptAnswers {
  /**
   * Answers of questions, in their order. Only what was never asked before is worked out (`work` is given its places),
   * and once where several ask the same. Resolves once that work has begun. Answers are plain data, as JSON has it.
   */
  ask<Answer>(
    questions: readonly object[],
    work: (places: readonly number[]) => Promise<readonly Answer[]>,
  ): Promise<{ readonly answered: Promise<readonly Answer[]> }>;
  /** Keeps what was worked out, the latest asked of all. */
  keep(): Promise<void>;
}

/**
 * What a plan asks that plans before it may have asked: a what-if about shifts needs the same operators at the same
 * prices. An answer is kept under the whole of its question, so that it is the one that would come out again, and for
 * this very program; where that is not known nothing is kept from plan to plan.
 */
export const openReusedAnswers = async ({
  store,
  program,
}: Pick<Ports, 'store' | 'program'>): Promise<KeptAnswers> => {
  const key = program === undefined ? undefined : `answers-1/${program}`;
  const bytes = key === undefined ? undefined : await store.cached(key);
  const known = new Map<string, string>(
    bytes === undefined ? [] : (JSON.parse(new TextDecoder().decode(bytes)) as [string, string][]),
  );
  let added = false;
  return {
    ask: async <Answer>(
      questions: readonly object[],
      work: (places: readonly number[]) => Promise<readonly Answer[]>,
    ) => {
      const keys = await Promise.all(questions.map(contentHashOf));
      const missing = [...new Set(keys)].filter((own) => !known.has(own));
      const begun = missing.length === 0 ? [] : work(missing.map((own) => keys.indexOf(own)));
      const answered = (async () => {
        const found = await begun;
        added ||= missing.length > 0;
        for (const [i, own] of missing.entries()) known.set(own, JSON.stringify(found[i]));
        return keys.map((key): Answer => {
          const text = known.get(key) ?? 'null';
          // What was asked last goes last.
          known.delete(key);
          known.set(key, text);
          return JSON.parse(text) as Answer;
        });
      })();
      return { answered: awaitLater(answered) };
    },
    keep: async () => {
      if (key === undefined || !added) return;
      const latest = [...known].slice(-mostKept);
      try {
        await store.cache(key, new TextEncoder().encode(JSON.stringify(latest)));
      } catch (error) {
        // Records that are moved take no writes: what is only asked is answered all the same.
        if (!(error instanceof BadInputError)) throw error;
      }
    },
  };
};

type Tier = TiersModel['tiers'][number];

/** Price of standing in, as a share of the helped tier's wage. */
const standInShare = 0.1;

/**
 * Which tiers may stand in for which: one with people on the books that answers a queue which the other is first for.
 * An hour of it costs a tenth of the helped tier's wage, and the difference where the helper's wage is the lower one,
 * so that it never pays while the tier's own people are to be had.
 */
export const standIns = ({ tiers }: TiersModel, people: readonly Pick<TierPeople, 'tier'>[]): TierCover[] =>
  tiers
    .filter(({ tier }) => people.some((own) => own.tier === tier))
    .flatMap((from) =>
      tiers
        .filter((to) => to !== from && answersFirstQueueOf(from, to))
        .map((to) => ({
          from: from.tier,
          to: to.tier,
          pricePerHour: Math.max(0, to.costPerHour - from.costPerHour) + standInShare * to.costPerHour,
        })),
    );

const answersFirstQueueOf = (from: Tier, to: Tier): boolean =>
  to.queues.some(
    ({ queue, preference }) => preference === 1 && from.queues.some((other) => other.queue === queue),
  );
