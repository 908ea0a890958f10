import type { RosterDocument } from '../contract/documents/roster-document.ts';
import type { PlainDate } from '../kernel/time.ts';
import type { Ports } from './ports.ts';
import { findRoster } from './roster/open-roster.ts';

/** The roster that stands, with people's names: the one published last that has the date, else the latest. */
export const showRoster = async (
  ports: Pick<Ports, 'store'>,
  date: PlainDate | undefined,
): Promise<RosterDocument> => namePeople(ports, await findRoster(ports, { date }));

/** A roster with what its people are called by now; whoever has no name on record goes by their number. */
export const namePeople = async (
  { store }: Pick<Ports, 'store'>,
  roster: RosterDocument,
): Promise<RosterDocument> => {
  const names = new Map((await store.operators()).map(({ operator, name = '' }) => [operator, name]));
  return {
    ...roster,
    people: roster.people.map((person) => {
      const name = names.get(person.operator) ?? '';
      return name === '' ? person : { ...person, name };
    }),
  };
};
