import type { RosterDocument } from '../contract/documents/roster-document.ts';
import type { RosterBasisDocument } from '../contract/http/roster-requests.ts';
import type { PlainDate } from '../kernel/time.ts';
import type { Ports } from './ports.ts';
import { findRoster, openRoster } from './roster/open-roster.ts';
import { projectRoster, rosteredWeeks, rosterWeeks } from './roster/project-roster.ts';
import { plansBehind, publishedDiffers, replannedDays } from './roster/roster-inputs.ts';

/** The roster in force, with people's names: the one published last that has the date, else the latest. */
export const showRoster = async (
  ports: Pick<Ports, 'store' | 'models'>,
  date: PlainDate | undefined,
): Promise<RosterDocument> => againstPlans(ports, await namePeople(ports, await findRoster(ports, { date })));

/** A roster with what has been planned again for its days since it was made. */
export const againstPlans = async (
  ports: Pick<Ports, 'store' | 'models'>,
  roster: RosterDocument,
): Promise<RosterDocument> => {
  const replanned = await replannedDays(ports, roster);
  return replanned.length === 0 ? roster : { ...roster, replanned };
};

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
  ports: Pick<Ports, 'store' | 'models' | 'parallel' | 'nowMillis'>,
  roster: string,
): Promise<RosterBasisDocument> => {
  const document = await findRoster(ports, { id: roster });
  const replanned = new Map(
    (await replannedDays(ports, document)).map(({ date, plan }) => [date, plan] as const),
  );
  const days = document.days.map((day) => ({ ...day, plan: replanned.get(day.date) ?? day.plan }));
  const weeks = replanned.size === 0 ? [] : await rosteredWeeks(ports, { ...document, days }, document.seed);
  const { inputs } = await openRoster(ports, document);
  const { shifts, tiers, people, demand, downgradePrice, rules } = inputs.problem;
  return {
    roster: document.id,
    plansBehind: [...(await plansBehind(ports, document)), ...(await publishedDiffers(ports, document))],
    problem: {
      days: inputs.problem.days.map((day) => ({ ...day })),
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
    ...(weeks.length === 0 ? {} : { projection: (await projectRoster(ports, weeks)).projection }),
  };
};
