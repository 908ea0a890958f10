import type { Kysely } from 'kysely';
import type { AuditBreak, AuditChain } from '../contract/documents/audit-document.ts';
import { auditEnd, digestOf, entryOf, rewrittenEntries, sealOf, type AuditRow } from './audit-log.ts';
import type { Tables } from './tables.ts';

const pageRows = 2000;

/**
 * Whether a hotline's log is what was written: every entry sealed with the one before it, none missing within or at
 * either end, none beside. An entry from which a name was erased no longer fits its seal, which stands: it is what it
 * should be where a later entry, itself sealed, says that it was rewritten and what it says now. Whoever writes the whole log anew, seals and all, is found by its noted head only.
 */
export const checkAudit = async (db: Kysely<Tables>, hotline: string): Promise<AuditChain> => {
  const start = await auditEnd(db, hotline, 'start');
  const head = await auditEnd(db, hotline, 'head');
  const walk = new ChainWalk(start ?? { number: 0, seal: '' });
  for await (const rows of pages(db, hotline)) for (const row of rows) walk.take(row);
  walk.end(head?.number ?? 0, start);
  return { entries: walk.entries, head: head ?? null, first: (start?.number ?? 0) + 1, broken: walk.broken };
};

const pages = async function* (db: Kysely<Tables>, hotline: string): AsyncGenerator<readonly AuditRow[]> {
  let after = Number.NEGATIVE_INFINITY;
  for (;;) {
    let asked = db
      .selectFrom('audit')
      .select(['number', 'atMillis', 'entry', 'seal'])
      .where('hotlineKey', '=', hotline);
    if (Number.isFinite(after)) asked = asked.where('number', '>', after);
    const rows = await asked.orderBy('number').limit(pageRows).execute();
    yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageRows) return;
    after = last.number;
  }
};

/** Goes along the log from its start, entry by entry. */
class ChainWalk {
  entries = 0;
  readonly broken: AuditBreak[] = [];
  #last: { readonly number: number; readonly seal: string };
  /** What entries say of the start that was let go. */
  readonly #letGo = new Set<string>();
  /** Entries that do not fit their seals, in order. */
  readonly #unfit: AuditRow[] = [];
  /** What entries say that earlier ones were rewritten to: digests by number. */
  readonly #rewritten = new Map<number, { readonly by: number; readonly digest: string }>();

  constructor(start: { readonly number: number; readonly seal: string }) {
    this.#last = start;
  }

  take(row: AuditRow): void {
    this.entries += 1;
    const { number } = row;
    if (!Number.isInteger(number) || number <= this.#last.number) return this.#break('inserted', number);
    const missing = number - this.#last.number - 1;
    if (missing > 0) this.#break('removed', this.#last.number + 1, missing);
    // Behind a gap the seal before is not known: the entry is taken at its word, the ones after it are not.
    if (missing > 0 || sealOf(this.#last.seal, row) === row.seal) this.#noteSaid(row);
    else this.#unfit.push(row);
    this.#last = { number, seal: row.seal };
  }

  /** What an entry says of others that is as it should be. The latest that is said of one holds. */
  #noteSaid(row: AuditRow): void {
    try {
      const { action, after } = entryOf(row);
      if (action === 'log-shortened') this.#letGo.add(`${after?.['last']} ${after?.['seal']}`);
      if (action !== 'person-erased') return;
      for (const [number, digest] of rewrittenEntries(after))
        if (row.number > (this.#rewritten.get(number)?.by ?? 0))
          this.#rewritten.set(number, { by: row.number, digest });
    } catch {
      // An entry that cannot be read was altered.
    }
  }

  /** Entries speak of earlier ones alone: from the last on, each is known to be as it should be before it is believed. */
  #judgeUnfit(): void {
    for (const row of this.#unfit.toReversed())
      if (this.#rewritten.get(row.number)?.digest === digestOf(row)) this.#noteSaid(row);
      else this.#break('altered', row.number);
    this.broken.sort((one, other) => one.number - other.number);
  }

  end(head: number, start: { readonly number: number; readonly seal: string } | undefined): void {
    const { number } = this.#last;
    this.#judgeUnfit();
    if (number < head) this.#break('removed', number + 1, head - number);
    else if (number > head) this.#break('inserted', head + 1, number - head);
    // The log may begin late only where one of its own entries says so.
    if (start !== undefined && !this.#letGo.has(`${start.number} ${start.seal}`))
      this.#break('removed', 1, start.number);
  }

  #break(kind: AuditBreak['kind'], number: number, entries = 1): void {
    this.broken.push({ kind, number, entries });
  }
}
