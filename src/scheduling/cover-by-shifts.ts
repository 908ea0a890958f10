import type { TiersModel } from '../contract/models/tiers-model.ts';
import type { Sayable } from '../kernel/finding.ts';
import type { Horizon } from '../kernel/hotline.ts';
import { shrinkageByInterval, type ShrinkageKind, weeklyShare } from '../kernel/shrinkage.ts';
import type { Text } from '../kernel/text.ts';
import { addDays } from '../kernel/time.ts';
import { sumOf } from '../kernel/statistics.ts';
import { valueAt } from '../kernel/value-at.ts';
import { coverOfTours, type CoverProblem, type Tour } from './cover-problem.ts';
import type {
  CoverRequest,
  PlannedBreak,
  PlannedShift,
  PreviousShifts,
  ShiftPlan,
  ShiftsMoved,
  TierRequirement,
} from './cover-request.ts';
import { explainShortage, openHours, type PeopleRule, rulesOfPeople } from './explain-shortage.ts';
import { type KindOfShrinkage, schedulingFinding, type SchedulingFinding } from './scheduling-findings.ts';
import { layOutShifts, type ShiftGrid } from './shift-grid.ts';
import { type CoverLimits, keepTours, solveCover } from './solve-cover.ts';
import { stayPricesOf } from './stay-prices.ts';
import type { TierLink } from './tier-links.ts';
import { trimTours } from './trim-tours.ts';

type Tier = TiersModel['tiers'][number];

/** Rounds of annealing at most: beyond these a small tier's whole-number gap does not close. */
const mostRounds = 12;

/**
 * Which shifts, with which breaks, cover the required operators at least price? Tiers are solved
 * apart, or together where `tierMayCover` links them: wages by template, priced under- and over-cover, breaks staggered within their windows. The horizon is
 * cyclic, so Monday's early hours are covered by shifts listed on Sunday. Always an answer, with a proved
 * bound; what the templates or the people cannot cover is priced and named under `relaxed`. Where `people`
 * are given, their tiers keep the rules of `rulesOfPeople`, and the bound is one for plans that do.
 *
 * Ready operators = scheduled × (1 − shrinkage of the interval); the need in heads is rounded up per interval.
 */
export const coverByShifts = async (request: CoverRequest): Promise<ShiftPlan> => {
  const grid = layOutShifts(request.horizon, request.shifts, request.open);
  const tiers = request.requirement.map(({ tier }) => tierNamed(request.tiers, tier));
  const rules = tiers.map((tier) => rulesOfTier(request, grid, tier));
  const problems = request.requirement.map((need, i) =>
    withRules(problemOfTier(request, grid, valueAt(tiers, i), need), valueAt(rules, i)),
  );
  const links = linksOf(request, grid);
  const ready = request.requirement.map(({ tier }): ShiftPlan['ready'][number] => ({
    tier,
    operators: new Float64Array(0),
  }));
  const standIns = ready.slice();
  const shifts: PlannedShift[] = [];
  const relaxed: Sayable[] = [];
  let cost = 0;
  let bound = 0;
  let open = 0;
  const before = request.previous && previousTours(request, request.previous, grid);
  const isAsBefore = before !== undefined && costsAsBefore(request, problems, links, before);
  for (const group of groupTiers(problems.length, links)) {
    const linked = group.map((i) => valueAt(problems, i));
    const within = linksWithin(group, links);
    const earlier = before && group.map((i) => valueAt(before, i));
    const solution =
      isAsBefore && earlier !== undefined
        ? keepTours(linked, within, earlier)
        : await solveCover(linked, within, {
            ...limitsOf(request, group),
            ...(earlier && { previous: startFrom(request, grid, linked, earlier) }),
          });
    cost += solution.cost;
    bound += solution.bound;
    for (const [at, i] of group.entries()) {
      const tier = valueAt(tiers, i);
      const tours = valueAt(solution.tours, at);
      const problem = valueAt(solution.settled, at);
      const required = valueAt(request.requirement, i).operators;
      shifts.push(...groupShifts(grid, tier, tours));
      const shrinkage = shrinkageByInterval(tier.shrinkage, request.horizon);
      const plan = {
        problem,
        tours,
        people: request.people?.find((one) => one.tier === tier.tier),
        required,
        ready: readyOperators(grid, coverOfTours(problem, tours), shrinkage),
        // What a tier need not cover itself any more is what others cover for it.
        standIns: readyOperators(
          grid,
          valueAt(problems, i).demand.map((heads, slot) => heads - valueAt(problem.demand, slot)),
          shrinkage,
        ),
      };
      ready[i] = { tier: tier.tier, operators: plan.ready };
      standIns[i] = { tier: tier.tier, operators: plan.standIns };
      open += openHours(grid, plan);
      relaxed.push(...explainShortage(grid, tier, plan));
    }
  }
  if (isAsBefore && request.previous !== undefined) ({ cost, bound } = request.previous);
  const gap = bound > 0 ? (cost - bound) / bound : cost > 0 ? Infinity : 0;
  return {
    shifts,
    ready,
    standIns,
    openHours: open,
    moved: request.previous && compareShifts(request.previous.shifts, shifts),
    cost,
    bound,
    gap,
    relaxed,
    reasons: [...reasonsOf(request, grid, tiers, rules), ...hoursKept(request.open, grid, shifts)],
  };
};

/** That shifts keep within opening hours, and which of them no template could keep there. */
const hoursKept = (
  open: Uint8Array | undefined,
  grid: ShiftGrid,
  shifts: readonly PlannedShift[],
): SchedulingFinding[] => {
  if (open?.includes(0) !== true) return [];
  const openAt = new Map(
    grid.clock.map(({ date, minute }, slot) => [
      `${date} ${minute}`,
      open[Math.floor(slot / grid.slotsPerInterval)] !== 0,
    ]),
  );
  const isOpenAt = (date: string, minute: number): boolean => {
    const days = Math.floor(minute / 1440);
    return openAt.get(`${addDays(date, days)} ${minute - days * 1440}`) !== false;
  };
  const beyond = shifts.filter(
    ({ date, startMinute, endMinute }) =>
      !isOpenAt(date, startMinute) || !isOpenAt(date, endMinute - grid.slotMinutes),
  );
  return [
    schedulingFinding('shifts-within-hours', {
      beyond: beyond.reduce((sum, { operators }) => sum + operators, 0),
    }),
  ];
};

const rulesOfTier = (request: CoverRequest, grid: ShiftGrid, tier: Tier): readonly PeopleRule[] => {
  const people = request.people?.find((one) => one.tier === tier.tier);
  return people === undefined ? [] : rulesOfPeople(grid, people);
};

const linksOf = (request: CoverRequest, grid: ShiftGrid): TierLink[] =>
  (request.tierMayCover ?? []).flatMap(({ from, to, pricePerHour }) => {
    const a = request.requirement.findIndex(({ tier }) => tier === from);
    const b = request.requirement.findIndex(({ tier }) => tier === to);
    if (a < 0 || b < 0 || a === b) return [];
    return [{ from: a, to: b, price: (pricePerHour * grid.slotMinutes) / 60 }];
  });

/** Tiers by index, in groups that links hold together. */
const groupTiers = (count: number, links: readonly TierLink[]): number[][] => {
  const group = Array.from({ length: count }, (_, i) => i);
  for (const { from, to } of links) {
    const [a, b] = [group[from] ?? from, group[to] ?? to];
    for (let i = 0; i < count; i += 1) if (group[i] === Math.max(a, b)) group[i] = Math.min(a, b);
  }
  return [...Map.groupBy(group.keys(), (i) => group[i]).values()];
};

const linksWithin = (group: readonly number[], links: readonly TierLink[]): TierLink[] =>
  links
    .filter(({ from }) => group.includes(from))
    .map(({ from, to, price }) => ({ from: group.indexOf(from), to: group.indexOf(to), price }));

const tierNamed = (tiers: TiersModel['tiers'], name: string): Tier => {
  const found = tiers.find((tier) => tier.tier === name);
  if (found === undefined) throw new RangeError(`no tier named ${name}`);
  return found;
};

const problemOfTier = (
  request: CoverRequest,
  grid: ShiftGrid,
  tier: Tier,
  requirement: TierRequirement,
): CoverProblem => {
  const { prices, minimumPerStart } = request.shifts;
  const slotHours = grid.slotMinutes / 60;
  const shrinkage = shrinkageByInterval(tier.shrinkage, request.horizon);
  const demand = Int32Array.from({ length: grid.slots }, (_, slot) => {
    const interval = Math.floor(slot / grid.slotsPerInterval);
    return Math.ceil(valueAt(requirement.operators, interval) / (1 - valueAt(shrinkage, interval)) - 1e-9);
  });
  return {
    slots: grid.slots,
    demand,
    mildUnder: demand.map((heads) => Math.floor(prices.mildUnderShare * heads) + 1),
    underPrice: prices.underPerHour * slotHours,
    severeUnderPrice: Math.max(prices.severeUnderPerHour, prices.underPerHour) * slotHours,
    overPrice: prices.overPerHour * slotHours,
    types: grid.templates.map(({ lengthSlots, starts, breaks, pricedHours }) => ({
      lengthSlots,
      starts,
      breaks,
      cost: pricedHours * tier.costPerHour,
    })),
    minimumPerStart,
  };
};

const withRules = (problem: CoverProblem, rules: readonly PeopleRule[]): CoverProblem =>
  rules.length === 0 ? problem : shareShortage({ ...problem, limits: rules.flatMap((rule) => rule.limits) });

const limitsOf = (request: CoverRequest, group: readonly number[]): CoverLimits => {
  const tiers = request.requirement.length;
  const first = group[0] ?? 0;
  const { parallel, progress, shouldStop } = request;
  return {
    gap: request.gap,
    seed: (request.seed ?? 1) + first,
    rounds: mostRounds,
    ...(parallel && { parallel }),
    ...(shouldStop && { shouldStop }),
    ...(progress && { progress: (done: number) => progress((first + group.length * done) / tiers) }),
  };
};

/** Of heads per slot, those ready for calls per interval. */
const readyOperators = (grid: ShiftGrid, heads: Int32Array, shrinkage: Float64Array): Float64Array =>
  Float64Array.from({ length: grid.slots / grid.slotsPerInterval }, (_, interval) => {
    let sum = 0;
    for (let i = 0; i < grid.slotsPerInterval; i += 1)
      sum += valueAt(heads, interval * grid.slotsPerInterval + i);
    return (sum / grid.slotsPerInterval) * (1 - valueAt(shrinkage, interval));
  });

const reasonsOf = (
  request: CoverRequest,
  grid: ShiftGrid,
  tiers: readonly Tier[],
  rules: readonly (readonly PeopleRule[])[],
): SchedulingFinding[] => [
  schedulingFinding('shifts-in-steps', { minutes: grid.slotMinutes }),
  schedulingFinding('horizon-closes-on-itself'),
  ...explainShrinkage(request.tiers, request.horizon),
  ...(request.people === undefined ? [] : [...explainPeople(tiers, rules), shortageSharedOut]),
];

/** What an operator missing beyond half the need costs, in severe prices. */
const deepFactor = 2;

/**
 * Prices a shortage of people so that it is shared out. With one price for all severe shortage it would all
 * fall on the hours that are dearest to staff, and nobody would be there at night: operators missing beyond
 * half the need, and the last one of all, cost twice the severe price. Prices stay convex.
 */
const shareShortage = (problem: CoverProblem): CoverProblem => {
  const deepUnder = problem.demand.map((heads, slot) =>
    Math.max(Math.floor(heads / 2), Math.min(valueAt(problem.mildUnder, slot), heads - 1), 0),
  );
  return {
    ...problem,
    mildUnder: problem.mildUnder.map((mild, slot) => Math.min(mild, valueAt(deepUnder, slot))),
    deepUnder,
    deepUnderPrice: deepFactor * problem.severeUnderPrice,
  };
};

const shortageSharedOut = schedulingFinding('shortage-shared-out', { factor: deepFactor });

/** Joins operators of a tier who share template and start into one line of the plan, in order of time. */
const groupShifts = (
  grid: ShiftGrid,
  tier: TiersModel['tiers'][number],
  tours: readonly Tour[],
): PlannedShift[] => {
  const groups = Map.groupBy(tours, ({ start, type }) => start * grid.templates.length + type);
  return [...groups].sort(([a], [b]) => a - b).map(([, group]) => plannedShift(grid, tier, group));
};

const plannedShift = (
  grid: ShiftGrid,
  tier: TiersModel['tiers'][number],
  group: readonly Tour[],
): PlannedShift => {
  const first = valueAt(group, 0);
  const laid = valueAt(grid.templates, first.type);
  const clock = valueAt(grid.clock, first.start);
  return {
    tier: tier.tier,
    date: clock.date,
    template: laid.template.template,
    startMinute: clock.minute,
    endMinute: clock.minute + laid.lengthSlots * grid.slotMinutes,
    operators: group.length,
    breaks: groupBreaks(grid, laid.breaks, group, clock.minute),
    cost: group.length * laid.pricedHours * tier.costPerHour,
  };
};

const groupBreaks = (
  grid: ShiftGrid,
  breaks: ShiftGrid['templates'][number]['breaks'],
  group: readonly Tour[],
  startMinute: number,
): PlannedBreak[] =>
  breaks.flatMap((pause, k) => {
    const alike = Map.groupBy(group, ({ breakOffsets }) => breakOffsets[k] ?? pause.earliest);
    return [...alike]
      .sort(([a], [b]) => a - b)
      .map(([offset, tours]) => ({
        startMinute: startMinute + offset * grid.slotMinutes,
        minutes: pause.lengthSlots * grid.slotMinutes,
        operators: tours.length,
      }));
  });

/** The rules that the people on the books set, by tier, and the tiers without people on record. */
const explainPeople = (
  tiers: readonly TiersModel['tiers'][number][],
  rules: readonly (readonly PeopleRule[])[],
): SchedulingFinding[] => {
  const withRules = tiers.map(({ name }, i) => ({
    tier: name,
    rules: (rules[i] ?? []).map(({ rule }) => rule),
  }));
  const limited = withRules.filter((one) => one.rules.length > 0);
  const free = withRules.filter((one) => one.rules.length === 0).map(({ tier }) => tier);
  return [
    ...(limited.length === 0 ? [] : [schedulingFinding('shifts-within-people', { tiers: limited })]),
    ...(free.length === 0 ? [] : [schedulingFinding('shifts-not-limited-by-people', { tiers: free })]),
  ];
};

/** How heads follow from operators ready for calls, and what shrinkage consists of where its kinds are known. */
const explainShrinkage = (tiers: readonly Tier[], horizon: Horizon): SchedulingFinding[] => {
  const byTier = tiers.map(({ shrinkage }) => shrinkageByInterval(shrinkage, horizon));
  if (!byTier.some((row) => row.some((part) => part > 0))) return [];
  return [
    schedulingFinding('heads-from-shrinkage'),
    ...tiers.flatMap((tier, k) =>
      explainKinds(tier, byTier[k] ?? new Float64Array(0), horizon.intervalMinutes),
    ),
  ];
};

const explainKinds = (
  { name, shrinkage }: Tier,
  row: Float64Array,
  intervalMinutes: number,
): SchedulingFinding[] => {
  if (typeof shrinkage === 'number') return [];
  const mean = sumOf(row) / Math.max(1, row.length);
  const most = row.reduce((high, part) => Math.max(high, part), 0);
  const hoursAtMost = (row.filter((part) => part > most - 1e-9).length * intervalMinutes) / 60;
  return [
    schedulingFinding('shrinkage-by-kind', {
      tier: name,
      kinds: shrinkage.map(asKind),
      mean,
      most,
      hoursAtMost,
    }),
  ];
};

const asKind = (kind: ShrinkageKind & { readonly name: Text }): KindOfShrinkage => ({
  name: kind.name,
  share: kind.share,
  weekdays: kind.weekdays?.map((day) => day - 1) ?? null,
  window:
    kind.from === undefined && kind.to === undefined
      ? null
      : { from: kind.from ?? '00:00', to: kind.to ?? '24:00' },
  weeklyShare: weeklyShare(kind),
});

/** Earlier shifts by tier of the request. */
const previousTours = (
  request: CoverRequest,
  { shifts }: PreviousShifts,
  grid: ShiftGrid,
): (readonly Tour[])[] => request.requirement.map(({ tier }) => toursOf(grid, tier, shifts));

/** Whether earlier shifts cost now what they did then: nothing that they depend on has changed, so nothing need move. */
const costsAsBefore = (
  { previous }: CoverRequest,
  problems: readonly CoverProblem[],
  links: readonly TierLink[],
  tours: readonly (readonly Tour[])[],
): boolean => {
  const { cost } = keepTours(problems, links, tours);
  const keepsLimits = problems.every((problem, i) => {
    const own = tours[i] ?? [];
    return trimTours(problem, own).length === own.length;
  });
  return (
    keepsLimits &&
    previous !== undefined &&
    previous.otherChoice !== true &&
    Math.abs(cost - previous.cost) <= 1e-9 * previous.cost
  );
};

/** A group of tiers starts from its earlier shifts, and pays for moving them. */
const startFrom = (
  { previous }: CoverRequest,
  grid: ShiftGrid,
  problems: readonly CoverProblem[],
  tours: readonly (readonly Tour[])[],
): NonNullable<CoverLimits['previous']> => ({
  tours,
  slotsPerDay: Math.round(1440 / grid.slotMinutes),
  prices: problems.map((problem) => stayPricesOf(problem, grid.slotMinutes)),
  gap: previous !== undefined && previous.bound > 0 ? previous.cost / previous.bound - 1 : 0,
});

type Shift = PreviousShifts['shifts'][number];

/** A tier's earlier shifts on the grid, one by one; those that no template allows any more are left out. */
const toursOf = (grid: ShiftGrid, tier: string, shifts: readonly Shift[]): Tour[] => {
  const slotAt = new Map(grid.clock.map(({ date, minute }, slot) => [`${date} ${minute}`, slot]));
  return shifts
    .filter((shift) => shift.tier === tier)
    .flatMap((shift) => {
      const type = grid.templates.findIndex(({ template }) => template.template === shift.template);
      const start = slotAt.get(`${shift.date} ${shift.startMinute}`) ?? -1;
      const laid = grid.templates[type];
      if (laid === undefined || !laid.starts.includes(start)) return [];
      const offsets = laid.breaks.map((pause) => breaksIn(grid, shift, pause));
      return Array.from({ length: shift.operators }, (_, n) => ({
        type,
        start,
        breakOffsets: laid.breaks.map(({ earliest }, k) => offsets[k]?.[n] ?? earliest),
      }));
    });
};

/** Offsets in slots of the breaks that lie in a window, one per operator: windows do not overlap. */
const breaksIn = (
  grid: ShiftGrid,
  shift: Shift,
  window: ShiftGrid['templates'][number]['breaks'][number],
): number[] =>
  shift.breaks.flatMap(({ startMinute, minutes, operators }) => {
    const offset = (startMinute - shift.startMinute) / grid.slotMinutes;
    const isOwn =
      minutes === window.lengthSlots * grid.slotMinutes &&
      offset >= window.earliest &&
      offset <= window.latest;
    return isOwn ? Array.from({ length: operators }, () => offset) : [];
  });

/** What became of earlier shifts: operators by tier, date, template and start. */
const compareShifts = (before: readonly Shift[], after: readonly PlannedShift[]): ShiftsMoved => {
  const key = ({ tier, date, template, startMinute }: Shift): string =>
    [date, tier, template, startMinute].join(' ');
  const was = new Map(before.map((shift) => [key(shift), shift]));
  const is = new Map(after.map((shift) => [key(shift), shift]));
  const days = new Map<string, { added: number; removed: number }>();
  let kept = 0;
  let breaks = 0;
  for (const each of new Set([...was.keys(), ...is.keys()])) {
    const [one, other] = [was.get(each), is.get(each)];
    const [had, has] = [one?.operators ?? 0, other?.operators ?? 0];
    kept += Math.min(had, has);
    if (had === has) breaks += breaksMoved(one?.breaks ?? [], other?.breaks ?? []);
    const date = each.slice(0, 10);
    const day = days.get(date) ?? { added: 0, removed: 0 };
    days.set(date, {
      added: day.added + Math.max(0, has - had),
      removed: day.removed + Math.max(0, had - has),
    });
  }
  const changed = [...days.entries()]
    .filter(([, { added, removed }]) => added + removed > 0)
    .map(([date, change]) => ({ date, ...change }))
    .toSorted((a, b) => a.date.localeCompare(b.date));
  return {
    kept,
    added: changed.reduce((sum, { added }) => sum + added, 0),
    removed: changed.reduce((sum, { removed }) => sum + removed, 0),
    breaks,
    days: changed,
  };
};

const breaksMoved = (before: Shift['breaks'], after: Shift['breaks']): number => {
  const now = new Map(
    after.map(({ startMinute, minutes, operators }) => [`${startMinute} ${minutes}`, operators]),
  );
  return before.reduce(
    (sum, { startMinute, minutes, operators }) =>
      sum + Math.max(0, operators - (now.get(`${startMinute} ${minutes}`) ?? 0)),
    0,
  );
};
