import type { Duty } from '../../contract/documents/roster-document.ts';
import type { Sayable } from '../../kernel/finding.ts';
import { compareText } from '../../kernel/text.ts';
import { localClock } from '../../kernel/time.ts';
import { createLineFinder } from '../../rostering/line/line-finder.ts';
import { rosterModelOf } from '../../rostering/roster-model.ts';
import type { RosterPerson, RosterProblem } from '../../rostering/roster-problem.ts';
import type { Ports } from '../ports.ts';
import { rosterFinding } from './roster-findings.ts';
import { type RosterInputs, standingChanges, type StandingChanges } from './roster-inputs.ts';
import { kindOfDuty } from './rostered-people.ts';

/** What is carried over from the rosters published for these days. */
interface CarriedOver<Inputs extends RosterInputs> extends Pick<StandingChanges, 'absences'> {
  readonly inputs: Inputs;
  /** Whether a day is over or under way, and stays as it was worked. */
  readonly isWorked: (day: number) => boolean;
  /** Days that were worked are held in the search, and pinned in the roster no more than they were. */
  readonly withoutWorked: (problem: RosterProblem) => RosterProblem;
  /** The duties at the very times, and in the tier, that they have in the published roster; what was worked as it was. */
  readonly dutiesAs: (duties: readonly Duty[]) => Duty[];
  readonly notices: readonly Sayable[];
}

/**
 * Days up to today stay as they were worked, whatever that breaks, and whose they break is told. Who is ill stays away, and later days that were
 * exchanged, stood in for, pinned or changed by hand stay as they are now, unless that would break a hard rule of the
 * person: then the day is free, and said.
 */
export const carryOver = async <Inputs extends RosterInputs>(
  { store, nowMillis }: Pick<Ports, 'store' | 'nowMillis'>,
  inputs: Inputs,
): Promise<CarriedOver<Inputs>> => {
  const { days, models } = inputs;
  const today = localClock(models.hotline.zone)(nowMillis).date;
  const found = await standingChanges(store, days[0]?.date ?? '', days.at(-1)?.date ?? '', today);
  const { worked } = found;
  const kinds = [
    ...inputs.kinds,
    ...worked.kinds.filter(({ shift }) => !inputs.kinds.some((kind) => kind.shift === shift)),
  ];
  const problem = { ...inputs.problem, shifts: kinds };
  const personOf = new Map(problem.people.map(({ person }, at) => [person, at]));
  const dayOf = new Map(days.map(({ date }, at) => [date, at]));
  const isOver = ({ date }: { readonly date: string }): boolean => worked.dates.includes(date);
  const isWorked = (day: number): boolean => worked.dates.includes(days[day]?.date ?? '');
  const keyOf = (one: { readonly operator: string; readonly date: string }) => `${one.operator} ${one.date}`;
  const absences = found.absences.filter(({ operator }) => personOf.has(operator));
  const ill = new Set(absences.map(keyOf));
  const dutyOf = new Map(worked.duties.map((duty) => [keyOf(duty), duty]));
  const changed = found.changed.filter(({ operator }) => personOf.has(operator));
  const placed = [
    ...changed.filter((one) => !isOver(one)),
    ...worked.dates.flatMap((date) =>
      [...personOf.keys()].map((operator) => ({ operator, date, duty: dutyOf.get(`${operator} ${date}`) })),
    ),
  ]
    .filter((one) => !ill.has(keyOf(one)))
    .map((one) => ({
      ...one,
      day: dayOf.get(one.date) ?? -1,
      shift: one.duty === undefined ? ('off' as const) : kindOfDuty(one.duty, kinds),
    }));
  const heldBy = (person: RosterPerson, held: typeof placed): RosterPerson => {
    const away = absences.flatMap((one) =>
      one.operator === person.person ? (dayOf.get(one.date) ?? []) : [],
    );
    const own = held.filter(({ operator, shift }) => operator === person.person && shift !== -1);
    const others = person.pinned.filter(
      ({ day }) => !away.includes(day) && !own.some((pin) => pin.day === day),
    );
    const there = own.flatMap((one) => (isOver(one) && one.shift !== 'off' ? [one.day] : []));
    return {
      ...person,
      unavailable: [...new Set([...person.unavailable.filter((day) => !there.includes(day)), ...away])],
      pinned: [...others, ...own.map(({ day, shift }) => ({ day, shift }))],
    };
  };
  const hold = (held: typeof placed): RosterProblem => ({
    ...problem,
    people: problem.people.map((person) => heldBy(person, held)),
  });
  // Leave may have been approved since: such a day is free again, rather than nobody's.
  const all = hold(placed);
  const stuck = new Set(placed.length === 0 ? [] : withoutLine(all));
  const past = stuck.size === 0 ? all : hold(placed.filter(isOver));
  const broken = new Set(stuck.size === 0 ? [] : withoutLine(past));
  // Of days worked that break a hard rule the last ones are held, as many as leave a line: the rest after them counts.
  const heldLate = (person: RosterPerson): RosterPerson => {
    const own = placed
      .filter((one) => isOver(one) && one.operator === person.person)
      .toSorted((a, b) => b.day - a.day);
    for (let count = own.length - 1; count > 0; count -= 1) {
      const tried = heldBy(person, own.slice(0, count));
      if (withoutLine({ ...problem, people: [tried] }).length === 0) return tried;
    }
    return heldBy(person, []);
  };
  const people = problem.people.map((person, at) =>
    broken.has(at) ? heldLate(person) : ((stuck.has(at) ? past : all).people[at] ?? person),
  );
  const isLost = (one: (typeof placed)[number]): boolean =>
    !isOver(one) && (one.shift === -1 || stuck.has(personOf.get(one.operator) ?? -1));
  const kept = new Map(
    placed.flatMap((one) => (isLost(one) || one.duty === undefined ? [] : [[keyOf(one), one.duty] as const])),
  );
  const lost = placed.filter(isLost).map(({ operator, date }) => ({ operator, date }));
  const dutyAs = (duty: Duty): Duty => {
    const { start, end, tier, shift } = kept.get(keyOf(duty)) ?? duty;
    return kindOfDuty({ shift, start }, kinds) === kindOfDuty(duty, kinds)
      ? { ...duty, start, end, tier }
      : duty;
  };
  return {
    inputs: { ...inputs, kinds, problem: { ...problem, people } },
    isWorked,
    withoutWorked: (searched) => ({
      ...searched,
      people: searched.people.map((person, at) => ({
        ...person,
        pinned: [
          ...person.pinned.filter(({ day }) => !isWorked(day)),
          ...(problem.people[at]?.pinned.filter(({ day }) => isWorked(day)) ?? []),
        ],
      })),
    }),
    dutiesAs: (given) =>
      // Who is listed no more has worked as well.
      [...given.filter((duty) => !isOver(duty)).map(dutyAs), ...worked.duties].toSorted((a, b) =>
        compareText(keyOf(a), keyOf(b)),
      ),
    absences,
    notices: [
      ...(broken.size === 0
        ? []
        : [
            rosterFinding('worked-days-not-held', {
              operators: [...broken].flatMap((at) => problem.people[at]?.person ?? []),
            }),
          ]),
      ...(absences.length + placed.length === 0
        ? []
        : [
            rosterFinding('carried-over', {
              ill: absences.length,
              changed: changed.length - lost.length,
              lost,
              worked: worked.dates.toSorted().at(-1) ?? null,
            }),
          ]),
    ],
  };
};

/** Partial lines kept a day: whether there is a line at all shows with few. */
const width = 200;

/** People of whom no line was found that keeps every hard rule. */
export const withoutLine = (problem: RosterProblem): number[] => {
  const { lines } = rosterModelOf({ ...problem, demand: [] });
  return [...lines.keys()].filter((person) => {
    const line = lines[person];
    if (line === undefined) return false;
    return createLineFinder(line)(line.cell, { below: Infinity, lines: 1, width }).lines.length === 0;
  });
};
