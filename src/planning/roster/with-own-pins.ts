import type { RosterDocument } from '../../contract/documents/roster-document.ts';
import type { RosterPerson } from '../../rostering/roster-problem.ts';
import type { RosterInputs } from './roster-inputs.ts';
import { kindOfDuty } from './rostered-people.ts';

/** The inputs with the pins that a roster itself has on its days, duties and days off, whatever stands elsewhere. */
export const withOwnPins = (
  inputs: RosterInputs,
  { duties, pinnedDaysOff }: Pick<RosterDocument, 'duties' | 'pinnedDaysOff'>,
): RosterInputs => {
  const dayOf = new Map(inputs.days.map(({ date }, day) => [date, day]));
  const pinned = Map.groupBy(
    duties.filter((duty) => duty.pinned),
    ({ operator }) => operator,
  );
  const off =
    pinnedDaysOff === undefined ? undefined : Map.groupBy(pinnedDaysOff, ({ operator }) => operator);
  const pinsOf = ({ person, pinned: standing }: RosterPerson): RosterPerson['pinned'] => [
    ...(pinned.get(person) ?? []).map((duty) => ({
      day: dayOf.get(duty.date) ?? -1,
      shift: kindOfDuty(duty, inputs.kinds),
    })),
    // An older roster says nothing of days off: those on record stay.
    ...(off === undefined
      ? standing.filter(({ shift }) => shift === 'off')
      : (off.get(person) ?? []).map(({ date }) => ({ day: dayOf.get(date) ?? -1, shift: 'off' as const }))),
  ];
  const people = inputs.problem.people.map((person) => ({
    ...person,
    pinned: pinsOf(person).filter(({ day, shift }) => day >= 0 && shift !== -1),
  }));
  return { ...inputs, problem: { ...inputs.problem, people } };
};
