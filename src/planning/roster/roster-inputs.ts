import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { LabourRulesModel } from '../../contract/models/labour-rules-model.ts';
import type { TiersModel } from '../../contract/models/tiers-model.ts';
import { BadInputError, UsageError } from '../../kernel/errors.ts';
import { addDays, datesFrom, weekdayOf, weekOf, type PlainDate } from '../../kernel/time.ts';
import type { RosterProblem } from '../../rostering/roster-problem.ts';
import { countryCalendar } from '../forecasts/country-calendar.ts';
import { planningFinding } from '../planning-findings.ts';
import type { Models, Ports } from '../ports.ts';
import { dutyDemand, type PlannedDay } from './duty-demand.ts';
import { dutyKinds, type DutyKind } from './duty-kinds.ts';
import { rosterFinding, rosterProblem } from './roster-findings.ts';
import { rosteredPeople, tiersByRank, type PeopleRecords } from './rostered-people.ts';
import { rulesInForce } from './rules-in-force.ts';
import { standingDuties } from './standing-duties.ts';

/** All that a roster of some days rests on. Tiers lie in the order of the problem: cheaper ones first. */
export interface RosterInputs {
  readonly models: Models;
  readonly profile: LabourRulesModel;
  readonly kinds: readonly DutyKind[];
  readonly tiers: TiersModel['tiers'];
  readonly days: readonly (PlannedDay & { readonly repeated: boolean })[];
  readonly people: PeopleRecords;
  readonly problem: RosterProblem;
}

export interface RosterSpan {
  readonly from?: PlainDate | undefined;
  readonly days: number;
  readonly rules?: string | undefined;
}

/** Price per level of serving a tier below one's own. */
const downgradePrice = 2;

/**
 * The problem of rostering some days: duties from the stored plan of each day's week, or, where a week has none, from
 * the weekday of the nearest plan before it; people, leave and requests from the records; a profile of labour rules.
 */
export const rosterInputs = async (
  ports: Pick<Ports, 'store' | 'models'>,
  span: RosterSpan,
): Promise<RosterInputs> => {
  const { store, models } = ports;
  const profile = profileNamed(models, span.rules);
  const latest = await store.plan();
  if (latest === undefined) throw new UsageError(planningFinding('no-plan-yet'));
  const from = span.from ?? latest.firstDate;
  const dates = datesFrom(from, span.days);
  const days = await plannedDays(ports, dates);
  const operators = await store.operators();
  if (operators.length === 0)
    throw new BadInputError([rosterProblem('operators', 'roster-without-operators', '')]);
  const hourless = operators.filter(({ contractHours }) => !(contractHours > 0));
  if (hourless.length > 0)
    throw new BadInputError(
      hourless.map(({ operator }) => rosterProblem('operators', 'operator-without-hours', operator)),
    );
  const people: PeopleRecords = {
    operators,
    leave: await store.leave(),
    requests: await store.rosterRequests(),
    duties: await standingDuties(store, addDays(from, -62), dates.at(-1) as PlainDate),
  };
  const plans = [...new Set(days.map(({ plan }) => plan))];
  const kinds = dutyKinds(
    plans.flatMap(({ shifts }) => shifts),
    models.shifts,
    profile.nightStartsFrom,
  );
  const tiers = tiersByRank(models.tiers);
  const calendar = countryCalendar({ country: models.hotline.country, overrides: models.calendar });
  const problem: RosterProblem = {
    days: dates.map((date) => ({
      weekday: weekdayOf(date) + 1,
      month: date.slice(0, 7),
      isHoliday: calendar.dayKind(date).kind === 'holiday',
    })),
    shifts: kinds,
    tiers: tiers.map(({ tier }) => tier),
    people: rosteredPeople(people, dates, kinds, tiers),
    demand: dutyDemand(days, kinds, tiers),
    downgradePrice,
    rules: rulesInForce(profile, operators),
  };
  refuseUnskilled(problem, tiers);
  return { models, profile, kinds, tiers, days, people, problem };
};

const profileNamed = ({ labourRules = [] }: Models, rules: string | undefined): LabourRulesModel => {
  const found = rules === undefined ? labourRules[0] : labourRules.find(({ profile }) => profile === rules);
  if (found !== undefined) return found;
  const known = labourRules.map(({ profile }) => profile);
  throw new UsageError(rosterFinding('no-such-rules', { rules: rules ?? '', known }));
};

const plannedDays = async (
  { store }: Pick<Ports, 'store'>,
  dates: readonly PlainDate[],
): Promise<RosterInputs['days']> => {
  const made = await store.plans();
  const weeks = [...new Set(made.map(({ week }) => week))].sort();
  const read = new Map<string, PlanDocument>();
  const planOf = async (week: string): Promise<PlanDocument> => {
    const plan = read.get(week) ?? (await store.planOfWeek(week));
    if (plan === undefined) throw new UsageError(planningFinding('no-plan-yet'));
    read.set(week, plan);
    return plan;
  };
  const days: RosterInputs['days'][number][] = [];
  for (const date of dates) {
    const week = weekOf(date);
    const nearest = weeks.findLast((known) => known <= week) ?? weeks[0] ?? week;
    days.push({ date, plan: await planOf(nearest), repeated: nearest !== week });
  }
  return days;
};

/** A tier with duties that nobody may serve. */
const refuseUnskilled = ({ demand, people }: RosterProblem, tiers: TiersModel['tiers']): void => {
  const wanted = new Set(demand.flatMap(({ tier, operators }) => (operators > 0 ? [tier] : [])));
  const served = new Set(people.flatMap((person) => person.tiers));
  const missing = [...wanted].filter((tier) => !served.has(tier)).map((tier) => tiers[tier]);
  const problems = missing.flatMap((tier) =>
    tier === undefined
      ? []
      : [rosterProblem('operators', 'demand-without-skilled', tier.tier, { tier: tier.name })],
  );
  if (problems.length > 0) throw new BadInputError(problems);
};
