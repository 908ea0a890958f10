import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { dutiesWorked, type Duty, type RosterDocument } from '../../contract/documents/roster-document.ts';
import type { RosterBasisDocument } from '../../contract/http/roster-requests.ts';
import type { TiersModel } from '../../contract/models/tiers-model.ts';
import { type AbsenceLaw, leaveKind, shrinkageByInterval, weeklyShare } from '../../kernel/shrinkage.ts';
import type { Capacity, Demand, Horizon, Operation, Outcome } from '../../kernel/hotline.ts';
import { connectionRate, serviceLevels, totalOutcome } from '../../kernel/measures.ts';
import { dayNumber, mondayOfWeek, type PlainDate, weekdayOf, weekOf } from '../../kernel/time.ts';
import { minuteOf } from '../../kernel/time-window.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { missedTargetsOf, shortageOf, targetsHeld } from '../../contract/shortages.ts';
import {
  drawRosterAttendance,
  type DutyWeek,
  readyOperators,
  rosteredShifts,
  shiftedBy,
} from '../../scheduling/ready-operators.ts';
import { absenceLaw } from '../history/absence-law.ts';
import { rateOrNull } from '../operation/measure-effect.ts';
import { projectCases } from '../operation/project-plan.ts';
import { findPlan, type StoredPlan } from '../operation/stored-plan.ts';
import type { Ports } from '../ports.ts';

/** A week of a roster beside the plan whose duties it takes. */
export interface RosteredWeek {
  readonly week: string;
  readonly stored: StoredPlan;
  readonly operation: Operation;
  /** The roster's days of that week. */
  readonly dates: readonly PlainDate[];
}

type Span = Pick<RosterDocument, 'from' | 'to' | 'days'>;
type Rostered = Span & Pick<RosterDocument, 'duties' | 'absences'>;

/**
 * Each week of a roster as an operation: the plan's demand and prompts, the roster's people, absences drawn. Plans that
 * are read join those read before. A week whose plan was removed is left out: nothing says what callers would do.
 */
export const rosteredWeeks = async (
  ports: Pick<Ports, 'store'>,
  roster: Rostered,
  seed: number,
  only?: PlainDate,
  stored = new Map<string, StoredPlan>(),
): Promise<RosteredWeek[]> => {
  const { from, to, days } = roster;
  const duties = dutiesWorked(roster);
  const found: RosteredWeek[] = [];
  const weeks = Map.groupBy(days, ({ date }) => weekOf(date));
  for (const [week, own] of weeks) {
    if (only !== undefined && weekOf(only) !== week) continue;
    const id = own[0]?.plan ?? '';
    const plan = stored.get(id) ?? (await findPlan(ports, id));
    if (plan === undefined) continue;
    stored.set(id, plan);
    const { planned } = plan;
    const tiers = planned.models.tiers;
    const law = await absenceLaw(ports.store, tiers, planned.demand.horizon, seed);
    const capacity = rosterCapacity(
      duties,
      plan.plan,
      planned.demand,
      tiers.tiers,
      planned.capacity.trunks,
      law,
      shiftedBy(daysBehind(week, from, plan), from, to),
    );
    found.push({
      week,
      stored: plan,
      operation: { ...planned, capacity },
      dates: own.map(({ date }) => date),
    });
  }
  return found;
};

/** By what the duties of a roster's weeks are read: each plan once, and how many days a week lies behind its plan's. */
export const rosterWeeks = async (
  ports: Pick<Ports, 'store'>,
  { from, days }: Span,
): Promise<Pick<RosterBasisDocument, 'plans' | 'weeks'>> => {
  const plans = new Map<string, RosterBasisDocument['plans'][number]>();
  const weeks: RosterBasisDocument['weeks'] = [];
  for (const [week, own] of Map.groupBy(days, ({ date }) => weekOf(date))) {
    const id = own[0]?.plan ?? '';
    const stored = await findPlan(ports, id);
    if (stored === undefined) continue;
    const { horizon } = stored.planned.demand;
    const { dates, shifts, tiers } = dutyWeek(stored.plan, horizon, stored.planned.models.tiers.tiers);
    weeks.push({ week, plan: id, daysBehind: daysBehind(week, from, stored) });
    plans.set(id, {
      plan: id,
      dates: [...dates],
      shifts: shifts.map(({ tier, date, template, start, end, operators, breaks }) => ({
        tier,
        date,
        template,
        start,
        end,
        operators,
        breaks,
      })),
      tiers: tiers.map(({ tier, ready }) => ({ tier, ready: Array.from(ready) })),
    });
  }
  return { plans: [...plans.values()], weeks };
};

const daysBehind = (week: string, from: PlainDate, { week: { firstDate } }: StoredPlan): number =>
  dayNumber(mondayOfWeek(week) ?? from) - dayNumber(firstDate);

/** What callers meet, week by week, in the plan and with the roster. */
export const projectRoster = async (
  ports: Pick<Ports, 'parallel'>,
  weeks: readonly RosteredWeek[],
): Promise<{ readonly projection: RosterDocument['projection']; readonly outcomes: readonly Outcome[] }> => {
  const outcomes = await projectCases(
    ports,
    weeks.map(({ operation: { demand, capacity, policy } }) => ({ demand, capacity, policy })),
  );
  const projection = weeks.map(({ week, stored }, at) => {
    const totals = totalOutcome(outcomes[at] as Outcome);
    return {
      week,
      plan: stored.plan.id,
      planned: stored.plan.total.connectionRate.mean,
      roster: rateOrNull(connectionRate(totals)),
      serviceLevel: rateOrNull(serviceLevels(totals).ofOffered),
      targets: targetsOf(weeks[at] as RosteredWeek, outcomes[at] as Outcome),
    };
  });
  return { projection, outcomes };
};

/** Whether a plan's targets hold with the people that a roster has, on its own days of a week. */
const targetsOf = (
  { stored, operation, dates }: RosteredWeek,
  outcome: Outcome,
): NonNullable<RosterDocument['projection'][number]['targets']> => {
  const { plan, week } = stored;
  const dateOf = new Map(dates.map((date) => [weekdayOf(date), date]));
  const kept = plan.starts.flatMap((_, i) => (dateOf.has(week.day[i] ?? -1) ? [i] : []));
  const of = (values: ArrayLike<number>): number[] => kept.map((i) => valueAt(values, i));
  const planned = {
    starts: kept.map((i) => `${dateOf.get(week.day[i] ?? -1) ?? ''}${(plan.starts[i] ?? '').slice(10)}`),
    intervalMinutes: plan.intervalMinutes,
    targets: plan.targets,
    answerTimeThresholdSeconds: plan.answerTimeThresholdSeconds,
    days: plan.days.flatMap((day, d) => {
      const date = dateOf.get(d);
      if (date === undefined) return [];
      const totals = totalOutcome(outcome, week.day.indexOf(d), week.day.lastIndexOf(d) + 1);
      const mean = (rate: number) => ({ mean: rateOrNull(rate), q10: null, q90: null });
      const rates = {
        connectionRate: mean(connectionRate(totals)),
        serviceLevel: mean(serviceLevels(totals).ofOffered),
      };
      return [{ ...day, date, ...rates }];
    }),
    tiers: plan.tiers.map((tier) => ({
      ...tier,
      required: of(tier.required),
      scheduled: of(tier.scheduled),
      ...(tier.standIns === undefined ? {} : { standIns: of(tier.standIns) }),
    })),
  };
  const rostered = {
    ...planned,
    tiers: planned.tiers.map((tier) => ({
      ...tier,
      scheduled: of(operation.capacity.tiers.find((own) => own.tier === tier.tier)?.operators ?? []),
    })),
  };
  const { dayOpenHours } = shortageOf(rostered);
  return {
    ...targetsHeld(rostered),
    days: rostered.days.map(({ date, connectionRate: { mean } }, d) => ({
      date,
      shortHours: dayOpenHours[d] ?? 0,
      connectionRate: mean,
    })),
    planShortHours: shortageOf(planned).openHours,
    planMissedDays:
      missedTargetsOf({
        targets: plan.targets,
        days: plan.days.filter((_, d) => dateOf.has(d)),
      })?.days.length ?? 0,
    wanted: {
      connectionRate: plan.targets.connectionRate,
      rollingConnectionRate: plan.targets.rollingConnectionRate ?? null,
      serviceLevel: plan.targets.serviceLevel,
      seconds: plan.answerTimeThresholdSeconds,
    },
  };
};

/** Connection rate of an outcome on one day of a plan's week, 0 to 6, in minutes of the day. */
const rateWithin = (
  outcome: Outcome,
  { week }: StoredPlan,
  day: number,
  fromMinute: number,
  toMinute: number,
): number | null => {
  const first = week.day.indexOf(day);
  const last = week.day.lastIndexOf(day) + 1;
  if (first < 0) return null;
  const { intervalMinutes, count } = week.horizon;
  const from = first + Math.floor(fromMinute / intervalMinutes);
  const to = Math.min(count, toMinute >= 1440 ? last : first + Math.ceil(toMinute / intervalMinutes));
  return rateOrNull(connectionRate(totalOutcome(outcome, from, Math.max(from + 1, to))));
};

/** A roster with what callers meet in the weeks that were projected, in all and while duties are left open; others stay. */
export const withProjection = (
  document: RosterDocument,
  weeks: readonly RosteredWeek[],
  { projection, outcomes }: Awaited<ReturnType<typeof projectRoster>>,
): RosterDocument => ({
  ...document,
  projection:
    document.projection.length === 0
      ? projection
      : document.projection.map((old) => projection.find(({ week }) => week === old.week) ?? old),
  uncovered: document.uncovered.map((open) => {
    const at = weeks.findIndex(({ week }) => week === weekOf(open.date));
    const [outcome, stored] = [outcomes[at], weeks[at]?.stored];
    if (outcome === undefined || stored === undefined) return open;
    const kind = document.shifts.find(({ shift }) => shift === open.shift);
    const from = minuteOf(kind?.starts[0] ?? '00:00');
    const day = weekdayOf(open.date);
    const to = from + (kind?.hours ?? 8) * 60;
    return { ...open, connectionRate: rateWithin(outcome, stored, day, from, to) };
  }),
});

/**
 * Operators ready by tier and interval as a roster has them at work in a plan's week, and who of them turns up, path
 * by path. `dateOf` says which date of the roster stands for a date of the week; where it says none, the plan's own
 * shifts stay.
 */
const rosterCapacity = (
  duties: readonly Duty[],
  plan: PlanDocument,
  demand: Demand,
  tiers: TiersModel['tiers'],
  trunks: number,
  law: AbsenceLaw,
  dateOf: (date: PlainDate) => PlainDate | undefined,
): Capacity => {
  const { horizon } = demand;
  const week = dutyWeek(plan, horizon, tiers);
  const paths = Math.min(...demand.queues.map(({ pathCount }) => pathCount));
  const shifts = rosteredShifts(duties, week, dateOf);
  const attendances = drawRosterAttendance(shifts, tiers.map(onDutyShrinkage), horizon, paths, law);
  return {
    trunks,
    tiers: readyOperators(duties, week, horizon, dateOf).map((ready, at) => {
      const attendance = attendances[at];
      return { ...ready, ...(attendance === undefined ? {} : { attendance }) };
    }),
  };
};

/** A plan's week for reading duties by. */
const dutyWeek = (
  { days, shifts }: Pick<PlanDocument, 'days' | 'shifts'>,
  horizon: Horizon,
  tiers: TiersModel['tiers'],
): DutyWeek => ({
  dates: days.map(({ date }) => date),
  shifts,
  tiers: tiers.map((one) => ({
    tier: one.tier,
    ready: shrinkageByInterval(onDutyShrinkage(one).shrinkage, horizon).map((away) => 1 - away),
  })),
});

/**
 * Shrinkage of the time on duty: who is on leave is in no duty, and what else takes a share of all paid time takes so
 * much more of what is left. The plan's shifts less their leave are then ready for as many calls as the plan says.
 */
const onDutyShrinkage = (tier: TiersModel['tiers'][number]): TiersModel['tiers'][number] => {
  const { shrinkage } = tier;
  if (typeof shrinkage === 'number') return tier;
  const leave = shrinkage.filter(({ kind }) => kind === leaveKind);
  const left = 1 - leave.reduce((sum, kind) => sum + weeklyShare(kind), 0);
  const rest = shrinkage
    .filter(({ kind }) => kind !== leaveKind)
    .map((kind) => ({ ...kind, share: kind.share / left }));
  return { ...tier, shrinkage: rest.length === 0 ? 0 : rest };
};
