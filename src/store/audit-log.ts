import { createHash } from 'node:crypto';
import { userInfo } from 'node:os';
import type { Kysely } from 'kysely';
import type { AuditNote } from '../contract/documents/audit-document.ts';
import { isNobodys, localActor, type Actor } from '../kernel/actor.ts';
import type { Tables } from './tables.ts';

export interface Author {
  readonly actor: Actor;
  /** Wall clock, epoch milliseconds. */
  readonly now: () => number;
}

/** The user of this machine without sign-in, by the name of their account there; none where it is nobody's own. */
export const localUser: Actor = { ...localActor, name: accountName() };

function accountName(): string {
  try {
    const { username } = userInfo();
    return isNobodys(username) ? '' : username;
  } catch {
    // A container's user may be a number alone.
    return '';
  }
}

/** For commands that open no store of a hotline. */
export const localAuthor: Author = { actor: localUser, now: Date.now };

/** The log and its ends: they stay where they are when a hotline's other rows are replaced. */
export const auditTables: readonly string[] = ['audit', 'audit_ends'];

export type AuditRow = Omit<Tables['audit'], 'hotlineKey'>;

/** An entry's seal: made of all that it says and of the seal before it, so that none can change or go alone. */
export const sealOf = (before: string, { number, atMillis, entry }: Omit<AuditRow, 'seal'>): string =>
  createHash('sha256').update(`${before}\n${number}\n${atMillis}\n${entry}`).digest('hex');

/** Number and seal of one end of a hotline's log: the last entry, or the last of those that were let go. */
export const auditEnd = async (
  db: Kysely<Tables>,
  hotline: string,
  side: 'head' | 'start',
): Promise<{ readonly number: number; readonly seal: string } | undefined> => {
  const found = await db
    .selectFrom('auditEnds')
    .select(['number', 'seal'])
    .where('hotlineKey', '=', hotline)
    .where('side', '=', side)
    .executeTakeFirst();
  return found;
};

export const keepAuditEnd = async (
  db: Kysely<Tables>,
  hotline: string,
  side: 'head' | 'start',
  end: { readonly number: number; readonly seal: string },
): Promise<void> => {
  await db
    .insertInto('auditEnds')
    .values({ hotlineKey: hotline, side, ...end })
    .onConflict((conflict) => conflict.columns(['hotlineKey', 'side']).doUpdateSet(end))
    .execute();
};

/** Adds an entry to a hotline's log, inside the transaction that makes the change it tells of. */
export const enterAudit = async (
  db: Kysely<Tables>,
  hotline: string,
  { actor: author, now }: Author,
  { by = '', action, subject, before, after }: AuditNote,
): Promise<void> => {
  const head = (await auditEnd(db, hotline, 'head')) ?? (await auditEnd(db, hotline, 'start'));
  // Who signs in is known; others are who they say they are.
  const isUnnamed = author.kind === 'local' && by !== '';
  const row = {
    number: (head?.number ?? 0) + 1,
    atMillis: Math.round(now()),
    entry: JSON.stringify({
      actor: isUnnamed ? { ...author, name: by } : author,
      action,
      subject,
      before,
      after,
    }),
  };
  const seal = sealOf(head?.seal ?? '', row);
  await db
    .insertInto('audit')
    .values({ hotlineKey: hotline, ...row, seal })
    .execute();
  await keepAuditEnd(db, hotline, 'head', { number: row.number, seal });
};

/** What an entry says, in one mark. */
export const digestOf = ({ number, atMillis, entry }: Omit<AuditRow, 'seal'>): string =>
  createHash('sha256').update(`${number}\n${atMillis}\n${entry}`).digest('hex');
