import type {
  Duty,
  OperatorDay,
  RosterChange,
  RosterDocument,
} from '../../contract/documents/roster-document.ts';
import { compareText } from '../../kernel/text.ts';
import { clockText, dayMinutes, minuteOf, spanMinutes } from '../../kernel/time-window.ts';
import { dayNumber } from '../../kernel/time.ts';
import type { Assignment, RosterProblem } from '../roster-problem.ts';

/** A roster as it is, for changes by hand. */
export interface StandingRoster {
  readonly problem: RosterProblem;
  /** Date of each of the problem's days. */
  readonly dates: readonly string[];
  readonly duties: readonly Duty[];
}

/** A person's day. */
export interface PersonDay {
  readonly person: number;
  readonly day: number;
}

/** A person's day under another shift, or off. */
export interface Move extends PersonDay {
  readonly before: Duty | undefined;
  /** The duty whose shift, times and tier they take; undefined: a day off. */
  readonly after: Duty | undefined;
}

/** Minutes from a duty's start to a time on the hotline's clock; negative before it. */
export const minutesInto = (
  duty: Pick<Duty, 'date' | 'start'>,
  now: { readonly day: number; readonly minute: number },
): number => (now.day - dayNumber(duty.date)) * dayMinutes + now.minute - minuteOf(duty.start);

/** A duty's times as rules read them; nothing where they are not settled. */
export const spanKnown = (duty: Pick<Duty, 'start' | 'end'>): Pick<Assignment, 'times'> =>
  duty.start === '' || duty.end === '' ? {} : { times: spanMinutes(duty.start, duty.end) };

type KeptShift = RosterDocument['shifts'][number];

/** What of a kind of duty says how its parts are paid. */
interface PaidKind extends Pick<KeptShift, 'hours' | 'dutyMinutes'> {
  readonly starts?: readonly string[];
  readonly unpaid?: readonly { readonly after: number; readonly minutes: number }[] | undefined;
}

/**
 * Paid hours of a duty. A part of one, which begins or ends with it, is paid without the unpaid breaks that lie in it;
 * where it is not known when these are, for so much less as it is shorter. Of who fell ill in one, those that were
 * worked until then.
 */
export const paidHours = (
  duty: Pick<Duty, 'start' | 'end'> & { readonly from?: string },
  kind: PaidKind | undefined,
): number => {
  if (kind === undefined) return 0;
  const [start, end] = spanMinutes(duty.start, duty.end);
  const whole = kind.dutyMinutes ?? 0;
  const shorter = Math.max(0, whole - (end - start));
  const endsWith = kind.starts?.includes(clockText((end - whole + 2 * dayMinutes) % dayMinutes)) === true;
  const begins = endsWith ? end - whole : start;
  const unpaid = (kind.unpaid ?? []).reduce((sum, { after, minutes }) => {
    const from = Math.max(start, begins + after);
    return sum + Math.max(0, Math.min(end, begins + after + minutes) - from);
  }, 0);
  const hours =
    shorter > 0 && kind.unpaid !== undefined
      ? (end - start - unpaid) / 60
      : Math.max(0, kind.hours - shorter / 60);
  return duty.from === undefined ? hours : hours - paidHours({ start: duty.from, end: duty.end }, kind);
};

/** A person's duty on a day. */
export const dutyOn = (
  { problem, dates, duties }: StandingRoster,
  { person, day }: PersonDay,
): Duty | undefined => {
  const operator = problem.people[person]?.person;
  return duties.find((duty) => duty.operator === operator && duty.date === dates[day]);
};

/** Duties after moves: who moves gives up their day and takes what they move to. */
export const movedDuties = ({ problem, dates, duties }: StandingRoster, moves: readonly Move[]): Duty[] => {
  const nameOf = ({ person }: Move): string => problem.people[person]?.person ?? '';
  const gone = new Set(moves.map((move) => `${nameOf(move)} ${dates[move.day]}`));
  const kept = duties.filter(({ operator, date }) => !gone.has(`${operator} ${date}`));
  const taken = moves.flatMap((move) =>
    move.after === undefined
      ? []
      : [{ ...move.after, operator: nameOf(move), date: dates[move.day] ?? '', pinned: false }],
  );
  return [...kept, ...taken].sort(
    (a, b) => compareText(a.operator, b.operator) || compareText(a.date, b.date),
  );
};

/** A person's day that becomes what another's is. */
interface TakenDay extends PersonDay {
  /** Whose duty, or day off, the person has there afterwards. */
  readonly from: number;
}

/**
 * An exchange of days: each person takes the next one's day, the last the first one's. Nothing is lost by it: where who
 * takes a day has a duty of their own there, that goes round to anyone who gave theirs and took none. People stand in
 * `places` once each.
 */
export const swapDays = (places: readonly PersonDay[]): TakenDay[] => {
  const taken = places.map(({ person }, at): TakenDay => {
    const next = places[(at + 1) % places.length] as PersonDay;
    return { person, day: next.day, from: next.person };
  });
  const takes = ({ person, day }: PersonDay): boolean =>
    taken.some((one) => one.person === person && one.day === day);
  const given = places.filter((place) => !takes(place));
  return [...taken, ...given.map((place) => ({ ...place, from: firstTaker(taken, place) }))];
};

/** Who is at the head of those who take from one another on a day, down to one who takes nothing there. */
const firstTaker = (taken: readonly TakenDay[], { person, day }: PersonDay): number => {
  let head = person;
  for (;;) {
    const before = taken.find((one) => one.day === day && one.from === head);
    if (before === undefined) return head;
    head = before.person;
  }
};

/** A day that is to become a shift of the problem's, or a day off. */
export interface WantedDay extends PersonDay {
  readonly shift: number | 'off';
  /** Where the shift has several, the start that is wanted; left out: whichever they have or take. */
  readonly start?: string | undefined;
}

/** The moves that make days what is wanted. Who takes a shift that another of them gives up on the day takes that very duty. */
export const movesTo = (standing: StandingRoster, wanted: readonly WantedDay[]): Move[] => {
  const { shifts } = standing.problem;
  const isIn = (duty: Duty | undefined, { shift, start = duty?.start }: WantedDay): duty is Duty =>
    duty !== undefined && shift !== 'off' && shifts[shift]?.shift === duty.shift && start === duty.start;
  const before = wanted.map((place) => dutyOn(standing, place));
  const left = new Set<Duty | undefined>(before.filter((duty, at) => !isIn(duty, wanted[at] as WantedDay)));
  return wanted.map((want, at): Move => {
    const { person, day, shift, start } = want;
    const own = before[at];
    if (shift === 'off' || isIn(own, want))
      return { person, day, before: own, after: shift === 'off' ? undefined : own };
    const givenUp = [...left].find((duty) => duty?.date === standing.dates[day] && isIn(duty, want));
    left.delete(givenUp);
    return {
      person,
      day,
      before: own,
      after: takeOverDuty(standing, { person, day }, shift, givenUp, start),
    };
  });
};

/**
 * A duty in a shift as a person takes it on: at the times of the duty that somebody gives up for it, else at those that
 * others have on the day, of several starts at the one that is wanted; in the tier given up where the person holds it, else in that of theirs in which most are
 * missing.
 */
export const takeOverDuty = (
  standing: StandingRoster,
  place: PersonDay,
  shift: number,
  givenUp: Duty | undefined,
  wanted?: string,
): Duty | undefined => {
  const { problem, dates, duties } = standing;
  const kind = problem.shifts[shift];
  const person = problem.people[place.person];
  const date = dates[place.day] ?? '';
  if (kind === undefined || person === undefined) return undefined;
  const alike =
    givenUp ??
    duties.find(
      (duty) =>
        duty.date === date && duty.shift === kind.shift && (wanted === undefined || duty.start === wanted),
    );
  const start = alike?.start ?? wanted ?? clockText(kind.startMinute);
  const minutes = kind.dutyMinutes ?? kind.lengthMinutes;
  const tierGiven = problem.tiers.indexOf(givenUp?.tier ?? '');
  const tier = person.tiers.includes(tierGiven)
    ? tierGiven
    : person.tiers.toSorted(
        (a, b) => missing(standing, place.day, shift, b) - missing(standing, place.day, shift, a) || b - a,
      )[0];
  return {
    operator: person.person,
    date,
    shift: kind.shift,
    start,
    end: alike?.end ?? clockText((minuteOf(start) + minutes) % 1440),
    tier: problem.tiers[tier ?? 0] ?? '',
    pinned: false,
  };
};

/** Operators that a shift's tier lacks on a day. */
const missing = (
  { problem, dates, duties }: StandingRoster,
  day: number,
  shift: number,
  tier: number,
): number => {
  const wanted = problem.demand.find((row) => row.day === day && row.shift === shift && row.tier === tier);
  const there = duties.filter(
    (duty) =>
      duty.date === dates[day] &&
      duty.shift === problem.shifts[shift]?.shift &&
      duty.tier === problem.tiers[tier],
  );
  return (wanted?.operators ?? 0) - there.length;
};

type ChangedDay = RosterChange['moves'][number];

/** A change of a roster, as it can be taken back. */
export interface TakenBack {
  /** What is asked of the roster so that days are again as they were before the change. */
  readonly moves: {
    operator: string;
    date: string;
    shift: string;
    start?: string;
    pinned: boolean;
    notIll?: boolean;
  }[];
  /** Days of the change that are put back, and those that somebody changed since, which stay. */
  readonly back: readonly ChangedDay[];
  readonly left: readonly ChangedDay[];
}

/** The duty that a day had before a change; undefined: a day off, or an older change, which does not tell it whole. */
export const dutyBefore = ({
  operator,
  date,
  before: shift,
  beforeTimes,
  beforeTier: tier,
  beforePinned: pinned = false,
}: ChangedDay): Duty | undefined => {
  const [start, end] = beforeTimes?.split('–') ?? [];
  if (start === undefined || end === undefined || tier === undefined) return undefined;
  return { operator, date, shift, start, end, tier, pinned };
};

type KeptDays = Pick<RosterDocument, 'duties' | 'absences' | 'pinnedDaysOff'>;

/** All that a roster says of a person's day. */
const dayIn = ({ duties, absences = [], pinnedDaysOff = [] }: KeptDays, { operator, date }: OperatorDay) => {
  const isOn = (one: OperatorDay): boolean => one.operator === operator && one.date === date;
  const duty = duties.find(isOn);
  const ill = absences.find(isOn);
  const { shift = '', start = '', end = '', tier = '', from = '' } = ill ?? {};
  return {
    duty,
    isPinned: duty?.pinned ?? pinnedDaysOff.some(isOn),
    absence: ill === undefined ? undefined : { shift, start, end, tier, from },
  };
};

const isSame = (one: ChangedDay['afterAbsence'], other: typeof one): boolean =>
  one === other ||
  (['shift', 'start', 'end', 'tier', 'from'] as const).every((field) => one?.[field] === other?.[field]);

/** Moves with all that they made of their days, pins and illness too: what can be taken back to the letter. */
export const asKept = (was: KeptDays, is: KeptDays, moves: RosterChange['moves']): RosterChange['moves'] =>
  moves.map((move) => {
    const [before, after] = [dayIn(was, move), dayIn(is, move)];
    const { absence } = after;
    return {
      ...move,
      beforePinned: before.isPinned,
      afterPinned: after.isPinned,
      ...(before.absence && { beforeAbsence: before.absence }),
      ...(absence && { afterAbsence: absence }),
      ...(absence && !isSame(before.absence, absence) && { illFrom: absence.from }),
    };
  });

/** Whether a change did anything to a day; of an older one, more than pin it or let it go. */
const isMoved = ({ before, after, afterPinned, ...day }: ChangedDay): boolean =>
  before !== after ||
  day.beforeTimes !== day.afterTimes ||
  day.beforeTier !== day.afterTier ||
  !isSame(day.beforeAbsence, day.afterAbsence) ||
  (afterPinned !== undefined && afterPinned !== day.beforePinned);

/** Which change took the duty of who is ill, by its place; one that only put the illness back took nothing. */
export const changeThatTook = (
  changes: readonly Pick<RosterChange, 'moves'>[],
  { operator, date, from }: NonNullable<KeptDays['absences']>[number],
): number =>
  changes.findLastIndex(({ moves }) =>
    moves.some(
      (day) => day.operator === operator && day.date === date && day.illFrom === from && day.before !== 'off',
    ),
  );

/** Whether a change made of a day what it was before another. */
const undoes = (one: ChangedDay, other: ChangedDay): boolean =>
  one.operator === other.operator &&
  one.date === other.date &&
  one.after === other.before &&
  one.afterTimes === other.beforeTimes &&
  one.afterTier === other.beforeTier &&
  (one.afterPinned ?? false) === (other.beforePinned ?? false) &&
  isSame(one.afterAbsence, other.beforeAbsence);

/**
 * Takes a change of a roster back, as far as its days stand as it left them. With the changes `since`, a day that was put
 * back already does not stand, though another change may have made the same of it again.
 */
export const takeBack = (
  document: KeptDays,
  change: Pick<RosterChange, 'moves'>,
  since: readonly Pick<RosterChange, 'moves'>[] = [],
): TakenBack => {
  const stands = (day: ChangedDay): boolean => {
    if (since.some(({ moves }) => moves.some((later) => undoes(later, day)))) return false;
    const { before, after, beforeTimes, afterTimes, afterTier, afterPinned, illFrom } = day;
    const { duty, isPinned, absence } = dayIn(document, day);
    // Of an older change it is not known whether it pinned the day, nor for which duty anyone was ill.
    const isRest =
      afterPinned === undefined
        ? duty !== undefined || absence?.from === illFrom
        : isPinned === afterPinned && isSame(absence, day.afterAbsence);
    if (!isRest || duty === undefined) return isRest && after === 'off';
    const { shift, start, end, tier } = duty;
    // Of an older change only the shift and its start are known.
    const isKnown =
      dutyBefore(day) !== undefined || before !== after || !beforeTimes?.startsWith(`${start}–`);
    const is = [shift, `${start}–${end}`, tier].join();
    return isKnown && is === [after, afterTimes ?? `${start}–${end}`, afterTier ?? tier].join();
  };
  const { back = [], left = [] } = Object.groupBy(change.moves.filter(isMoved), (day) =>
    stands(day) ? 'back' : 'left',
  );
  const moves = back.map(({ operator, date, before, beforeTimes, beforePinned: pinned = false }) => {
    const start = beforeTimes?.split('–')[0];
    return { operator, date, shift: before, ...(start === undefined ? {} : { start }), pinned };
  });
  return { moves, back, left };
};
