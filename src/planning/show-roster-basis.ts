import type { RosterBasisDocument } from '../contract/http/roster-basis.ts';
import type { Ports } from './ports.ts';
import { findRoster, openRoster } from './roster/open-roster.ts';
import { rosterWeeks } from './roster/project-roster.ts';

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
