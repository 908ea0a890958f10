import type { LeversModel } from '../contract/models/levers-model.ts';
import type { LabourRule } from '../contract/models/labour-rules-model.ts';
import { breaksMore, hardUnits, ownHardUnits } from '../rostering/evaluate/evaluate-roster.ts';
import type { Roster, RosterProblem } from '../rostering/roster-problem.ts';
import { sumOf } from '../kernel/statistics.ts';
import { valueAt } from '../kernel/value-at.ts';
import type { ActionOption } from './actions.ts';

/** The roster of a day in progress: who works when, among the weeks that the rules look at. */
export interface DayRoster {
  readonly problem: RosterProblem;
  readonly roster: Roster;
  /** The day, as an index of the problem's days. */
  readonly day: number;
  /** The duties of the day with their own times, minutes after midnight; one over midnight ends after 1440. */
  readonly duties: readonly DayDuty[];
}

interface DayDuty {
  readonly person: number;
  readonly shift: number;
  readonly tier: number;
  readonly startMinute: number;
  readonly endMinute: number;
}

/** What of a person's day a proposal changes. */
interface DutyChange {
  readonly kind: 'stay-longer' | 'come-earlier' | 'call-in' | 'send-home';
  readonly person: number;
  readonly shift: number;
  readonly tier: number;
  readonly startMinute: number;
  readonly endMinute: number;
}

/** How a proposal is priced and how much notice it takes, as models/levers.json has it. */
type PeopleSettings = Pick<
  LeversModel['day'],
  | 'stayLongerFactor'
  | 'comeEarlierFactor'
  | 'callInFactor'
  | 'sendHomeFactor'
  | 'stayNoticeMinutes'
  | 'comeNoticeMinutes'
>;

/** Lengths proposed, minutes, and hours that being asked costs besides. */
const stepsMinutes = [60, 120];
const bother = 0.25;

/** A change that the rules allow, with what it adds to the line. */
export interface PersonOption extends ActionOption {
  readonly change: DutyChange;
}

/** The rest of the day as people's duties are cut to it. */
interface DaySpan {
  /** First interval that can still be changed, and intervals of the day. */
  readonly now: number;
  readonly count: number;
  readonly intervalMinutes: number;
  /** By tier of the problem, its name and the share of the people on duty who are ready for calls. */
  readonly tiers: readonly { readonly tier: string; readonly ready: number }[];
}

const crewRules: ReadonlySet<string> = new Set<LabourRule['rule']>([
  'team-together',
  'new-beside-experienced',
  'least-qualified',
]);

/**
 * Who could stay longer, come earlier, be called in or go home, within law, rest and contract: no proposal breaks a hard
 * rule that holds without it, by the roster's own evaluator. Each person is proposed one change at most at a time
 * (`excludes`).
 */
export const proposePeople = (roster: DayRoster, span: DaySpan, settings: PeopleSettings): PersonOption[] => {
  const nowMinute = span.now * span.intervalMinutes;
  const dayMinutes = span.count * span.intervalMinutes;
  const changes: DutyChange[] = [];
  for (const duty of roster.duties) {
    const { person, shift, tier, startMinute, endMinute } = duty;
    const base = { person, shift, tier };
    for (const minutes of stepsMinutes) {
      if (endMinute < dayMinutes && endMinute >= nowMinute + settings.stayNoticeMinutes)
        changes.push({ ...base, kind: 'stay-longer', startMinute, endMinute: endMinute + minutes });
      if (startMinute - minutes >= nowMinute + settings.comeNoticeMinutes)
        changes.push({ ...base, kind: 'come-earlier', startMinute: startMinute - minutes, endMinute });
      const home = endMinute - minutes;
      if (home >= Math.max(startMinute + 60, nowMinute + settings.stayNoticeMinutes))
        changes.push({ ...base, kind: 'send-home', startMinute, endMinute: home });
    }
  }
  const onDuty = new Set(roster.roster.flatMap((one) => (one.day === roster.day ? [one.person] : [])));
  roster.problem.people.forEach((person, at) => {
    if (onDuty.has(at) || person.unavailable.includes(roster.day)) return;
    const tier = Math.max(...person.tiers);
    roster.problem.shifts.forEach(({ startMinute, lengthMinutes, dutyMinutes }, shift) => {
      if (startMinute < nowMinute + settings.comeNoticeMinutes) return;
      const endMinute = startMinute + (dutyMinutes ?? lengthMinutes);
      changes.push({ kind: 'call-in', person: at, shift, tier, startMinute, endMinute });
    });
  });
  const alike = new Map<string, number>();
  // Who has worked least of the week is asked first, and who has worked most goes home first.
  const hours = roster.problem.people.map((_, person) => weekHours(roster, person));
  const turnOf = ({ kind, person }: DutyChange): number =>
    (kind === 'send-home' ? -1 : 1) * valueAt(hours, person);
  const inTurn = changes.toSorted((a, b) => turnOf(a) - turnOf(b));
  return inTurn.flatMap((change) => {
    const { kind, tier, startMinute, endMinute } = change;
    const key = `${kind} ${tier} ${startMinute}-${endMinute}`;
    const known = alike.get(key) ?? 0;
    if (known >= mostAlike || !keepsHardRules(roster, change)) return [];
    const option = optionOf(roster, change, span, settings);
    if (option === undefined) return [];
    alike.set(key, known + 1);
    return [option];
  });
};

/** People proposed for the same change of the same hours: of a large line the first of those who may. */
const mostAlike = 24;

/** Hours that a person works in the week of the day, Monday to Sunday, as far as the roster has it. */
export const weekHours = ({ problem, roster, day }: DayRoster, person: number): number => {
  const monday = day + 1 - valueAt(problem.days, day).weekday;
  const minutes = roster.map(({ person: who, day: on, shift, times }) => {
    if (who !== person || on < monday || on >= monday + 7) return 0;
    const { workMinutes, lengthMinutes, dutyMinutes = lengthMinutes } = valueAt(problem.shifts, shift);
    return workMinutes + (times === undefined ? 0 : times[1] - times[0] - dutyMinutes);
  });
  return sumOf(minutes) / 60;
};

/** The roster with a change in it. */
export const withChange = (
  { roster, day }: Pick<DayRoster, 'roster' | 'day'>,
  { kind, person, shift, tier, startMinute, endMinute }: DutyChange,
): Roster => [
  ...roster.filter((one) => one.person !== person || one.day !== day),
  // Whoever begins before midnight of the day is on the day before: the rules count from there.
  {
    person,
    day,
    shift,
    tier,
    ...(kind === 'call-in' ? {} : { times: [Math.max(0, startMinute), endMinute] as const }),
  },
];

/**
 * Whether a change breaks no hard rule, or breaks none by more than it is broken without. What binds one person is judged
 * on that person's days, what binds a crew on the day's crews, and only where somebody joins one: who stays longer or
 * comes earlier leaves none, and who goes home before its end was there.
 */
export const keepsHardRules = (own: DayRoster, change: DutyChange): boolean => {
  const { problem, roster, day } = own;
  const person = problem.people[change.person];
  if (person === undefined) return false;
  const after = withChange(own, change);
  const unitsOf = (of: Roster) => ownHardUnits(problem, of, change.person);
  if (breaksMore(unitsOf(roster), unitsOf(after))) return false;
  if (change.kind !== 'call-in') return true;
  const rules = problem.rules.filter(({ rule, price }) => price === 'hard' && crewRules.has(rule));
  if (rules.length === 0) return true;
  const onDay = {
    ...problem,
    rules,
    days: problem.days.slice(day, day + 1),
    demand: problem.demand.flatMap((row) => (row.day === day ? [{ ...row, day: 0 }] : [])),
  };
  const ofDay = (of: Roster) => of.flatMap((one) => (one.day === day ? [{ ...one, day: 0 }] : []));
  return !breaksMore(hardUnits(onDay, ofDay(roster)), hardUnits(onDay, ofDay(after)));
};

/** The change as an option: operators ready in the intervals that it adds or takes, whole intervals only. */
const optionOf = (
  { problem, duties }: DayRoster,
  change: DutyChange,
  { now, count, intervalMinutes, tiers }: DaySpan,
  settings: PeopleSettings,
): PersonOption | undefined => {
  const duty = duties.find(({ person }) => person === change.person);
  const added: readonly [number, number] =
    change.kind === 'stay-longer'
      ? [duty?.endMinute ?? change.startMinute, change.endMinute]
      : change.kind === 'come-earlier'
        ? [change.startMinute, duty?.startMinute ?? change.endMinute]
        : change.kind === 'send-home'
          ? [change.endMinute, duty?.endMinute ?? change.endMinute]
          : [change.startMinute, change.endMinute];
  const [from, to] = [Math.ceil(added[0] / intervalMinutes), Math.floor(added[1] / intervalMinutes)];
  const tier = tiers[change.tier];
  const operator = problem.people[change.person]?.person;
  if (tier === undefined || operator === undefined || from >= Math.min(to, count)) return undefined;
  const hours = (added[1] - added[0]) / 60;
  const { stayNoticeMinutes, comeNoticeMinutes } = settings;
  const [price, notice] = {
    'stay-longer': [settings.stayLongerFactor, stayNoticeMinutes] as const,
    'come-earlier': [settings.comeEarlierFactor, comeNoticeMinutes] as const,
    'call-in': [settings.callInFactor, comeNoticeMinutes] as const,
    'send-home': [settings.sendHomeFactor, stayNoticeMinutes] as const,
  }[change.kind];
  const sign = change.kind === 'send-home' ? -1 : 1;
  return {
    id: `${change.kind} ${operator} ${change.startMinute}-${change.endMinute}`,
    kind: change.kind,
    who: [operator],
    cost: sign * hours * price + (sign > 0 ? bother : 0),
    latest: Math.max(now, Math.floor(from - notice / intervalMinutes)),
    moved: [{ tier: tier.tier, from, to: Math.min(to, count), operators: sign * tier.ready }],
    excludes: [`person ${operator}`],
    change,
  };
};
