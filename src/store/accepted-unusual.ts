import type { Kysely } from 'kysely';
import type { AcceptedUnusual } from '../planning/ports.ts';
import { factOf, forgetFact, keepFact } from './facts.ts';
import type { Tables } from './tables.ts';

type Accepted = AcceptedUnusual & { readonly kind: string };

/** What a hotline's users have confirmed of figures that calls can hardly have. */
const acceptedFact = 'accepted-unusual';

export const readAccepted = async (db: Kysely<Tables>, hotline: string): Promise<readonly Accepted[]> =>
  JSON.parse((await factOf(db, hotline, acceptedFact)) ?? '[]') as readonly Accepted[];

/** Keeps what was accepted of files of one kind; what stood of the same files goes, also where nothing follows. */
export const keepAccepted = async (
  db: Kysely<Tables>,
  hotline: string,
  kind: string,
  accepted: readonly AcceptedUnusual[],
): Promise<void> => {
  const before = await readAccepted(db, hotline);
  const others = before.filter(
    (each) => each.kind !== kind || !accepted.some(({ file }) => file === each.file),
  );
  const added = accepted.filter(({ said }) => said.length > 0).map((each) => ({ kind, ...each }));
  const all = [...others, ...added];
  if (all.length > 0) await keepFact(db, hotline, acceptedFact, JSON.stringify(all));
  else if (before.length > 0) await forgetFact(db, hotline, acceptedFact);
};
