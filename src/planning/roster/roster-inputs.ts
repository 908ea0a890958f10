import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { RosterDocument } from '../../contract/documents/roster-document.ts';
import type { LabourRule, LabourRulesModel } from '../../contract/models/labour-rules-model.ts';
import { publishedIn, standingPlan } from '../../contract/plan-states.ts';
import { BadInputError, UsageError } from '../../kernel/errors.ts';
import type { Sayable } from '../../kernel/finding.ts';
import type { DutyRecord, OperatorRecord } from '../../kernel/records.ts';
import { addDays, datesFrom, localClock, type PlainDate, weekdayOf, weekOf } from '../../kernel/time.ts';
import type { RosterDemand, RosterProblem } from '../../rostering/roster-problem.ts';
import { countryCalendar } from '../forecasts/country-calendar.ts';
import { inputsChangedSince } from '../history/effective-models.ts';
import { unpackOperation } from '../operation/planned-operation.ts';
import { planningFinding } from '../planning-findings.ts';
import type { Models, Ports, Store } from '../ports.ts';
import {
  dutyDemand,
  type DutyKind,
  dutyKinds,
  keptDemand,
  keptKinds,
  kindOfPlanned,
  type PlannedDay,
} from './duty-kinds.ts';
import { rosterFinding, type RosterFindings, rosterProblem } from './roster-findings.ts';
import {
  fullTimeHours,
  isNamed,
  type PeopleRecords,
  rosteredPeople,
  type RosterTier,
} from './rostered-people.ts';
import type { TiersModel } from '../../contract/models/tiers-model.ts';
import { sumOf } from '../../kernel/statistics.ts';

/** All that a roster of some days is based on. Tiers lie in the order of the problem: cheaper ones first. */
export interface RosterInputs {
  readonly models: Models;
  readonly profile: LabourRulesModel;
  readonly kinds: readonly DutyKind[];
  readonly tiers: readonly RosterTier[];
  /** Each day with the plan whose duties it takes, and whether that was made for another week. */
  readonly days: readonly {
    readonly date: PlainDate;
    readonly plan: string;
    readonly repeated: boolean;
    /** The plan's shifts that day; older rosters do not say. */
    readonly planned?: number;
  }[];
  /** Week by week the hours that the plan has for the roster's days, as steps that end with the hours paid. */
  readonly plannedHours: NonNullable<RosterDocument['chain']>;
  readonly people: PeopleRecords;
  readonly problem: RosterProblem;
}

/** A roster about to be made: the same with the plans themselves. */
export interface FreshInputs extends RosterInputs {
  readonly planned: readonly PlannedDay[];
}

interface RosterSpan {
  readonly from?: PlainDate | undefined;
  readonly days: number;
  readonly rules?: string | undefined;
}

/** Price per level of serving a tier below one's own. */
const downgradePrice = 2;

/**
 * The problem of rostering some days: duties from the stored plan of each day's week, or, where a week has none, from
 * the weekday of the nearest plan before it, with shifts and tiers as that plan had them; people, leave and requests
 * from the records; a profile of labour rules.
 */
export const rosterInputs = async (
  ports: Pick<Ports, 'store' | 'models'>,
  span: RosterSpan,
): Promise<FreshInputs> => {
  const { store, models } = ports;
  const profile = profileNamed(models, span.rules);
  const latest = await store.plan();
  if (latest === undefined) throw new UsageError(planningFinding('no-plan-yet'));
  const dates = datesFrom(span.from ?? latest.firstDate, span.days);
  const read = await plannedDays(ports, dates);
  const plans = [...new Map(read.map((day) => [day.plan.id, day])).values()];
  const kinds = dutyKinds(
    plans.map(({ plan, templates }) => ({ shifts: plan.shifts, templates })),
    profile.nightStartsFrom,
  );
  // Where plans know a tier in different ways the last of them says its name and rank.
  const known = new Map(plans.flatMap(({ tiers }) => tiers.map((tier) => [tier.tier, tier])));
  const tiers = tiersByRank({ tiers: [...known.values()] });
  const demand = dutyDemand(
    read,
    kinds,
    tiers.map(({ tier }) => tier),
  );
  const days = read.map(({ date, plan, repeated }) => ({
    date,
    plan: plan.id,
    repeated,
    planned: shiftsOn(plan, date).reduce((sum, { operators }) => sum + operators, 0),
  }));
  const plannedHours = hoursOfPlans(read, kinds);
  const inputs = await inputsOf(ports, { profile, kinds, tiers, days, plannedHours, demand });
  refuseUnskilled(inputs);
  refuseUnknownShifts(inputs, read);
  return { ...inputs, planned: read };
};

/**
 * The problem that a roster was made for: its days, shifts, tiers and duties stay what they were, whatever has been
 * planned or set since. People, leave, requests and the numbers of its labour rules are those of today.
 */
export const keptInputs = async (
  ports: Pick<Ports, 'store' | 'models'>,
  document: RosterDocument,
): Promise<RosterInputs> => {
  const { models } = ports;
  const profile = profileNamed(models, document.profile.profile);
  const kinds = keptKinds(document);
  const tiers = document.tiers.map(({ tier, name, queues }): RosterTier => ({
    tier,
    name,
    queues: queues ?? models.tiers.tiers.find((one) => one.tier === tier)?.queues ?? [],
  }));
  const days = document.days.map(({ date, plan, repeated, planned }) => ({
    date,
    plan,
    repeated,
    ...(planned === undefined ? {} : { planned }),
  }));
  const plannedHours = (document.chain ?? []).map(({ steps, ...week }) => ({
    ...week,
    steps: steps.slice(
      0,
      steps.findIndex(({ step }) => step === 'kept-for-leave'),
    ),
  }));
  const demand = keptDemand(
    days.map(({ date }) => date),
    kinds,
    tiers.map(({ tier }) => tier),
    document.requiredDuties ?? requiredByRoster(document),
  );
  return inputsOf(ports, { profile, kinds, tiers, days, plannedHours, demand });
};

/** What the plans in force by now want of a roster's days, where they are others than those that it fills. */
export const replannedDays = async (
  ports: Pick<Ports, 'store' | 'models'>,
  { days, duties }: Pick<RosterDocument, 'days' | 'duties'>,
): Promise<NonNullable<RosterDocument['replanned']>> => {
  const made = await ports.store.plans();
  const isOther = ({ date, plan }: (typeof days)[number]): boolean => {
    const standing = standingPlan(made, weekOf(date));
    return standing !== undefined && standing.id !== plan;
  };
  const others = days.filter(isOther);
  if (others.length === 0) return [];
  const read = await plannedDays(
    ports,
    others.map(({ date }) => date),
  );
  const plans = [...new Map(read.map((day) => [day.plan.id, day])).values()];
  const kinds = dutyKinds(
    plans.map(({ plan, templates }) => ({ shifts: plan.shifts, templates })),
    24,
  );
  const tiers = [...new Set(plans.flatMap((plan) => plan.tiers.map(({ tier }) => tier)))];
  const demand = dutyDemand(read, kinds, tiers);
  return read.map(({ date, plan }, at) => {
    const own = duties.filter((duty) => duty.date === date);
    const wanted = tiers.map((_, tier) =>
      demand.reduce((sum, row) => (row.day === at && row.tier === tier ? sum + row.operators : sum), 0),
    );
    const lacks = wanted.map((operators, tier) =>
      Math.max(0, operators - own.filter((duty) => duty.tier === tiers[tier]).length),
    );
    return { date, plan: plan.id, wanted: sumOf(wanted), lacks: sumOf(lacks) };
  });
};

/**
 * What is to be known of the plans that a roster fills before it is published: those that nobody agreed to, or that are not
 * up to date; as it is made, only those (`outdated`) that rest on what was changed since.
 */
export const plansBehind = async (
  ports: Pick<Ports, 'store' | 'models'>,
  { days }: { readonly days: readonly { readonly plan: string }[] },
  of: 'all' | 'outdated' = 'all',
): Promise<Sayable[]> => {
  const made = await ports.store.plans();
  const found: Sayable[] = [];
  for (const plan of new Set(days.map((day) => day.plan))) {
    const own = made.find(({ id }) => id === plan);
    if (own === undefined) continue;
    const state = (await ports.store.planLife(plan))?.state ?? 'draft';
    const changed = await inputsChangedSince(ports, own, 'requirement');
    const standing = standingPlan(made, own.week)?.id ?? plan;
    const isAgreed = state === 'approved' || state === 'published';
    if (changed.length > 0 || (of === 'all' && (!isAgreed || standing !== plan)))
      found.push(
        rosterFinding('plan-behind', { plan, state, changed, newer: standing === plan ? null : standing }),
      );
  }
  return found;
};

/** How many days of people a draft changes of what is published. */
export const publishedDiffers = async (
  { store, models, nowMillis }: Pick<Ports, 'store' | 'models' | 'nowMillis'>,
  { id, from, to, duties, publishedAt }: RosterDocument,
): Promise<Sayable[]> => {
  const others = (await store.rosters()).filter((one) => one.id !== id);
  if (publishedAt !== null || publishedIn(others, from, to).length === 0) return [];
  const ruling = (date: PlainDate): string | undefined => publishedIn(others, date, date)[0]?.id;
  const published = await Promise.all(publishedIn(others, from, to).map((one) => store.roster(one.id)));
  const theirs = published.flatMap(
    (one) => one?.duties.filter(({ date }) => date >= from && date <= to && ruling(date) === one.id) ?? [],
  );
  const placeOf = ({ operator, date, shift, start, end, tier }: RosterDocument['duties'][number]): string =>
    [date, operator, shift, start, end, tier].join(' ');
  const mine = duties.filter(({ date }) => ruling(date) !== undefined);
  const [placesOfMine, placesOfTheirs] = [new Set(mine.map(placeOf)), new Set(theirs.map(placeOf))];
  const changed = mine.filter((duty) => !placesOfTheirs.has(placeOf(duty)));
  const gone = theirs.filter((duty) => !placesOfMine.has(placeOf(duty)));
  const apart = new Set([...changed, ...gone].map(({ date, operator }) => `${date} ${operator}`));
  if (apart.size === 0) return [];
  const today = localClock(models.hotline.zone)(nowMillis).date;
  const past = [...apart].filter((one) => one.slice(0, today.length) <= today).length;
  return [rosterFinding('published-differs', { days: apart.size, past })];
};

/** From what share on a change of a day's calls is not repeated. */
const tellingChange = 0.02;

/** The first week without a plan whose days would repeat a holiday, an event or a change by hand of another's. */
export const firstOneOff = async (
  ports: Pick<Ports, 'store' | 'models'>,
  { from, days: count }: Pick<RosterSpan, 'from' | 'days'>,
): Promise<RosterFindings['week-planned-first'] | undefined> => {
  const first = from ?? (await ports.store.plan())?.firstDate;
  if (first === undefined) return undefined;
  const days = await plannedDays(ports, datesFrom(first, count));
  for (const [week, own] of Map.groupBy(days, ({ date }) => weekOf(date))) {
    const changed = own.flatMap(({ date, plan, repeated }) =>
      plan.queues.flatMap(({ parts }) =>
        // What fades from week to week is in several of them.
        parts.filter(
          ({ date: day, holiday, event, overrule, events = [] }) =>
            repeated &&
            weekdayOf(day) === weekdayOf(date) &&
            Math.abs(holiday * (events.length === 0 ? 1 : event) * overrule - 1) >= tellingChange,
        ),
      ),
    );
    if (changed.length > 0)
      return {
        week,
        planWeek: own[0]?.plan.week ?? '',
        dates: [...new Set(changed.map(({ date }) => date))],
        events: [...new Set(changed.flatMap(({ events = [] }) => events))],
      };
  }
  return undefined;
};

/** A plan's shifts of a date's weekday. */
const shiftsOn = ({ shifts }: PlanDocument, date: PlainDate): PlanDocument['shifts'] =>
  shifts.filter((shift) => weekdayOf(shift.date) === weekdayOf(date));

/** The plan's own chain where the roster has all of a week's days, else the hours that it pays on them. */
const hoursOfPlans = (days: readonly ReadDay[], kinds: readonly DutyKind[]): RosterInputs['plannedHours'] =>
  [...Map.groupBy(days, ({ date }) => weekOf(date))].flatMap(([week, own]) => {
    const plan = own[0]?.plan;
    if (plan === undefined) return [];
    const paid = own
      .flatMap(({ date }) => shiftsOn(plan, date))
      .reduce(
        (sum, shift) => sum + shift.operators * ((kinds[kindOfPlanned(kinds, shift)]?.workMinutes ?? 0) / 60),
        0,
      );
    const whole = own.length === 7 ? plan.total.hoursChain : undefined;
    return [{ week, plan: plan.id, steps: [...(whole ?? [{ step: 'paid' as const, hours: paid }])] }];
  });

/** An older roster does not say what was required of it: what it has and what it leaves open. */
const requiredByRoster = ({
  duties,
  uncovered,
}: Pick<RosterDocument, 'duties' | 'uncovered'>): NonNullable<RosterDocument['requiredDuties']> => {
  const rows = Map.groupBy(
    [...duties.map((duty) => ({ ...duty, operators: 1 })), ...uncovered],
    ({ date, shift, tier }) => JSON.stringify([date, shift, tier]),
  );
  return [...rows.values()].flatMap((own) =>
    own.slice(0, 1).map(({ date, shift, tier }) => ({
      date,
      shift,
      tier,
      operators: own.reduce((sum, { operators }) => sum + operators, 0),
    })),
  );
};

const inputsOf = async (
  { store, models }: Pick<Ports, 'store' | 'models'>,
  {
    profile,
    kinds,
    tiers,
    days,
    plannedHours,
    demand,
  }: Pick<RosterInputs, 'profile' | 'kinds' | 'tiers' | 'days' | 'plannedHours'> & {
    readonly demand: RosterDemand[];
  },
): Promise<RosterInputs> => {
  const operators = await store.read('operators');
  if (operators.length === 0)
    throw new BadInputError([rosterProblem('operators', 'roster-without-operators', '')]);
  const hourless = operators.filter(({ contractHours }) => !(contractHours > 0));
  if (hourless.length > 0)
    throw new BadInputError(
      hourless.map(({ operator }) => rosterProblem('operators', 'operator-without-hours', operator)),
    );
  const dates = days.map(({ date }) => date);
  const [from = '', to = ''] = [dates[0], dates.at(-1)];
  const people: PeopleRecords = {
    operators,
    leave: await store.read('leave'),
    requests: await store.read('requests'),
    duties: await standingDuties(store, addDays(from, -62), to),
  };
  const calendar = countryCalendar({ country: models.hotline.country, overrides: models.calendar });
  const rules = rulesInForce(
    profile,
    operators,
    people.leave.some(({ state }) => state === 'approved'),
  );
  const problem: RosterProblem = {
    days: dates.map((date) => ({
      weekday: weekdayOf(date) + 1,
      month: date.slice(0, 7),
      isHoliday: calendar.dayKind(date).kind === 'holiday',
    })),
    shifts: kinds,
    tiers: tiers.map(({ tier }) => tier),
    people: rosteredPeople(people, dates, kinds, tiers, rules),
    demand,
    downgradePrice,
    rules,
  };
  return { models, profile, kinds, tiers, days, plannedHours, people, problem };
};

const profileNamed = ({ labourRules = [] }: Models, rules: string | undefined): LabourRulesModel => {
  const found = rules === undefined ? labourRules[0] : labourRules.find(({ profile }) => profile === rules);
  if (found !== undefined) return found;
  const known = labourRules.map(({ profile }) => profile);
  throw new UsageError(rosterFinding('no-such-rules', { rules: rules ?? '', known }));
};

/** A day with its plan, and the shifts and tiers that the plan was made with. */
interface ReadDay extends PlannedDay {
  readonly templates: Models['shifts']['templates'];
  readonly repeated: boolean;
}

const plannedDays = async (
  ports: Pick<Ports, 'store' | 'models'>,
  dates: readonly PlainDate[],
): Promise<ReadDay[]> => {
  const { store } = ports;
  const made = await store.plans();
  const weeks = [...new Set(made.map(({ week }) => week))].sort();
  const read = new Map<string, Pick<ReadDay, 'plan' | 'templates' | 'tiers'>>();
  const planOf = async (week: string): Promise<Pick<ReadDay, 'plan' | 'templates' | 'tiers'>> => {
    const known = read.get(week);
    if (known !== undefined) return known;
    const plan = await store.planOfWeek(week);
    if (plan === undefined) throw new UsageError(planningFinding('no-plan-yet'));
    const { shifts, tiers } = await modelsOf(ports, plan);
    const found = { plan, templates: shifts.templates, tiers: tiers.tiers };
    read.set(week, found);
    return found;
  };
  const days: ReadDay[] = [];
  for (const date of dates) {
    const week = weekOf(date);
    const nearest = weeks.findLast((known) => known <= week) ?? weeks[0] ?? week;
    days.push({ date, ...(await planOf(nearest)), repeated: nearest !== week });
  }
  return days;
};

/** The models that a plan was made with; of a plan that was stored without them, those of today. */
const modelsOf = async (
  { store, models }: Pick<Ports, 'store' | 'models'>,
  { id }: PlanDocument,
): Promise<Pick<Models, 'shifts' | 'tiers'>> => {
  const bytes = await store.plannedOperation(id);
  return bytes === undefined ? models : unpackOperation(bytes, id).models;
};

/** Shifts that records name for people and that no plan has. */
const refuseUnknownShifts = ({ people, kinds }: RosterInputs, days: readonly ReadDay[]): void => {
  const templates = days.flatMap((day) => day.templates.map((one) => ({ ...one, shift: one.template })));
  const known = [...kinds, ...templates];
  const problems = people.operators.flatMap(({ operator, shifts = [] }) =>
    shifts
      .filter((said) => !known.some((kind) => isNamed(kind, said)))
      .map((said) =>
        rosterProblem('operators', 'shift-not-known', `${operator}: ${said}`, {
          known: [...new Set(known.map(({ template }) => template))],
        }),
      ),
  );
  if (problems.length > 0) throw new BadInputError(problems);
};

/** A tier with duties that nobody may serve. */
const refuseUnskilled = ({ problem: { demand, people }, tiers }: RosterInputs): void => {
  const wanted = new Set(demand.flatMap(({ tier, operators }) => (operators > 0 ? [tier] : [])));
  const served = new Set(people.flatMap((person) => person.tiers));
  const missing = [...wanted].filter((tier) => !served.has(tier)).map((tier) => tiers[tier]);
  const problems = missing.flatMap((tier) =>
    tier === undefined ? [] : [rosterProblem('', 'demand-without-skilled', '', { tier: tier.name })],
  );
  if (problems.length > 0) throw new BadInputError(problems);
};

const hoursAccounts = ['month', 'quarter', 'year'] as const;

/** Working days that the law counts in an accounting period (2025: 248 a year). */
const standardDays: Readonly<Record<(typeof hoursAccounts)[number], number>> = {
  month: 20.67,
  quarter: 62,
  year: 248,
};

/**
 * The rules of a profile as they bind these people: comprehensive hours are accounted over each contract's own
 * period, and anyone who has standard hours is held to the week instead. Where records name shifts that people may work,
 * they are held to these, and where there is leave no duty may run into it.
 */
export const rulesInForce = (
  { rules }: LabourRulesModel,
  operators: readonly OperatorRecord[],
  hasLeave = false,
): LabourRule[] => {
  const isLimited = operators.some(({ shifts = [] }) => shifts.length > 0);
  const isHeld = rules.some(({ rule }) => rule === 'own-shifts');
  const keepsLeave = rules.some(({ rule }) => rule === 'clear-of-leave');
  const all: readonly LabourRule[] = [
    ...rules,
    ...(isLimited && !isHeld ? [{ rule: 'own-shifts', price: 'hard' } as const] : []),
    ...(hasLeave && !keepsLeave ? [{ rule: 'clear-of-leave', price: 'hard' } as const] : []),
  ];
  return all.flatMap((rule): LabourRule[] => {
    if (rule.rule !== 'accounting-period' || rule.people !== undefined) return [rule];
    const groups = Map.groupBy(operators, ({ contract, hoursAccount }) =>
      contract === 'standard' ? 'standard' : (hoursAccount ?? rule.period),
    );
    return [...groups].map(([period, own]): LabourRule => {
      const people = own.map(({ operator }) => operator);
      if (period === 'standard')
        return { rule: 'hours-a-week', most: fullTimeHours, leaveHours: 0, price: rule.price, people };
      const account = hoursAccounts.find((one) => one === period) ?? rule.period;
      const days = account === rule.period ? rule.standardDays : standardDays[account];
      return { ...rule, period: account, standardDays: days, people };
    });
  });
};

/**
 * Duties and pinned days off that are in a span: of the published rosters, the last published first where periods overlap, and
 * elsewhere of the rosters that were imported.
 */
const standingDuties = async (
  store: Pick<Store, 'read' | 'rosters' | 'roster'>,
  from: PlainDate,
  to: PlainDate,
): Promise<DutyRecord[]> => {
  const published = publishedIn(await store.rosters(), from, to);
  const documents = await Promise.all(published.map(({ id }) => store.roster(id)));
  const ruling = (date: PlainDate): string | undefined =>
    published.find((one) => one.from <= date && date <= one.to)?.id;
  const isIn = ({ date }: { readonly date: PlainDate }): boolean => date >= from && date <= to;
  return [
    ...(await store.read('roster')).filter((duty) => isIn(duty) && ruling(duty.date) === undefined),
    ...documents.flatMap((document) =>
      [...(document?.duties ?? []), ...daysOffOf(document)].filter(
        (duty) => isIn(duty) && ruling(duty.date) === document?.id,
      ),
    ),
  ];
};

const daysOffOf = (document: RosterDocument | undefined): DutyRecord[] =>
  (document?.pinnedDaysOff ?? []).map((day) => ({ ...day, shift: 'off', pinned: true }));

/** What remains of the published rosters on some days and is carried over into one that is made again. */
export interface StandingChanges {
  /** Who is ill, with the duty that was theirs. */
  readonly absences: NonNullable<RosterDocument['absences']>;
  /** Days that were exchanged, stood in for, pinned or changed by hand, each with the duty as it is now; `undefined`: a day off. */
  readonly changed: readonly {
    readonly operator: string;
    readonly date: PlainDate;
    readonly duty: RosterDocument['duties'][number] | undefined;
  }[];
  /** Days that are over or under way, their duties, and the kinds of these. */
  readonly worked: {
    readonly dates: readonly PlainDate[];
    readonly duties: RosterDocument['duties'];
    readonly kinds: readonly DutyKind[];
  };
}

export const standingChanges = async (
  store: Pick<Store, 'rosters' | 'roster' | 'rosterChanges'>,
  from: PlainDate,
  to: PlainDate,
  today: PlainDate,
): Promise<StandingChanges> => {
  const published = publishedIn(await store.rosters(), from, to);
  const parts = await Promise.all(
    published.map(async ({ id }): Promise<StandingChanges> => {
      const document = await store.roster(id);
      const isRuling = (date: PlainDate): boolean =>
        date >= from && date <= to && published.find((one) => one.from <= date && date <= one.to)?.id === id;
      const absences = (document?.absences ?? []).filter(({ date }) => isRuling(date));
      const keyOf = (one: { readonly operator: string; readonly date: string }) =>
        `${one.operator} ${one.date}`;
      const ill = new Set(absences.map(keyOf));
      const pinned = [
        ...(document?.duties.filter((duty) => duty.pinned) ?? []),
        ...(document?.pinnedDaysOff ?? []),
      ];
      const moves = (await store.rosterChanges(id)).flatMap((change) => change.moves);
      const days = new Map(
        [...pinned, ...moves]
          .filter((move) => isRuling(move.date) && !ill.has(keyOf(move)))
          .map((move) => [keyOf(move), { operator: move.operator, date: move.date }]),
      );
      const dutyOf = new Map(document?.duties.map((duty) => [keyOf(duty), duty]));
      const dates = (document?.days ?? []).flatMap(({ date }) =>
        isRuling(date) && date <= today ? [date] : [],
      );
      const duties = document?.duties.filter(({ date }) => dates.includes(date)) ?? [];
      const kinds = document === undefined ? [] : keptKinds(document);
      return {
        absences,
        changed: [...days].map(([key, day]) => ({ ...day, duty: dutyOf.get(key) })),
        worked: {
          dates,
          duties,
          kinds: kinds.filter((kind) => duties.some(({ shift }) => shift === kind.shift)),
        },
      };
    }),
  );
  return {
    absences: parts.flatMap(({ absences }) => absences),
    changed: parts.flatMap(({ changed }) => changed),
    worked: {
      dates: parts.flatMap(({ worked }) => worked.dates),
      duties: parts.flatMap(({ worked }) => worked.duties),
      kinds: [
        ...new Map(parts.flatMap(({ worked }) => worked.kinds).map((one) => [one.shift, one])).values(),
      ],
    },
  };
};

/** Tiers in the order in which they may stand in for one another: dearer ones for cheaper ones. */
const tiersByRank = ({ tiers }: Pick<TiersModel, 'tiers'>): TiersModel['tiers'] =>
  tiers.toSorted((a, b) => a.costPerHour - b.costPerHour);
