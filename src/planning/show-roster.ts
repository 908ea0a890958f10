import type { RosterDocument } from '../contract/documents/roster-document.ts';
import type { RosterBasisDocument } from '../contract/http/roster-requests.ts';
import type { PlainDate } from '../kernel/time.ts';
import type { Ports } from './ports.ts';
import { findRoster, openRoster } from './roster/open-roster.ts';
import { rosterWeeks } from './roster/project-roster.ts';

/** The roster that stands, with people's names: the one published last that has the date, else the latest. */
export const showRoster = async (
  ports: Pick<Ports, 'store'>,
  date: PlainDate | undefined,
): Promise<RosterDocument> => namePeople(ports, await findRoster(ports, { date }));

/** A roster with what its people are called by now; anyone who has no name on record goes by their number. */
export const namePeople = async (
  { store }: Pick<Ports, 'store'>,
  roster: RosterDocument,
): Promise<RosterDocument> => {
  const names = new Map((await store.read('operators')).map(({ operator, name = '' }) => [operator, name]));
  return {
    ...roster,
    people: roster.people.map((person) => {
      const name = names.get(person.operator) ?? '';
      return name === '' ? person : { ...person, name };
    }),
  };
};

/** What a roster rests on, so that a page judges changes by itself: the engine's problem, and who is ready when. */
export const showRosterBasis = async (
  ports: Pick<Ports, 'store' | 'models'>,
  roster: string,
): Promise<RosterBasisDocument> => {
  const document = await findRoster(ports, { id: roster });
  const { inputs } = await openRoster(ports, document);
  const { days, shifts, tiers, people, demand, downgradePrice, rules } = inputs.problem;
  return {
    roster: document.id,
    problem: {
      days: days.map((day) => ({ ...day })),
      shifts: shifts.map((shift) => ({
        shift: shift.shift,
        startMinute: shift.startMinute,
        lengthMinutes: shift.lengthMinutes,
        dutyMinutes: shift.dutyMinutes ?? shift.lengthMinutes,
        workMinutes: shift.workMinutes,
        mealMinutes: shift.mealMinutes,
        isNight: shift.isNight,
      })),
      tiers: [...tiers],
      people: people.map((person) => ({
        ...person,
        tiers: [...person.tiers],
        skills: [...person.skills],
        team: person.team ?? null,
        shifts: person.shifts === undefined ? null : [...person.shifts],
        unavailable: [...person.unavailable],
        leave: [...(person.leave ?? [])],
        pinned: [...person.pinned],
        requests: [...person.requests],
        disliked: [...person.disliked],
        before: [...person.before],
      })),
      demand: demand.map((row) => ({ ...row })),
      downgradePrice,
      rules: [...rules],
    },
    ...(await rosterWeeks(ports, document)),
  };
};
