import { allQueues } from '../tables/decoration-rows.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { NameTable } from '../cells/name-table.ts';
import type { Binding } from '../columns/bind-columns.ts';
import type { IngestOptions } from '../columns/map-file.ts';
import { defect } from '../findings/problem-ledger.ts';
import type { RowReader } from '../rows/row-reader.ts';

/** What a name is worth: a number for a queue, or why there is none. */
const unknown = -2;
const total = -3;
const left = -4;
/** Most names that are compared with those that there are. */
const mostCompared = 100;

/** Queues of an ingest by number; names that the hotline does not have are reported once per row. */
export class QueueNames {
  readonly table = new NameTable();
  private readonly known: ReadonlySet<string> | undefined;
  private readonly adds: boolean;
  private readonly aliases: ReadonlyMap<string, string>;
  private readonly near: readonly string[];
  private readonly leftOut: ReadonlySet<string>;
  private readonly told = new Set<string>();
  private readonly compared = new Map<string, readonly string[]>();
  /** Rows of queues that are left out, by what they are called there. */
  readonly left = new Map<string, number>();

  constructor(options: IngestOptions) {
    this.known = options.knownQueues === undefined ? undefined : new Set(options.knownQueues);
    this.adds = options.addQueues === true || this.known === undefined;
    this.aliases = new Map(Object.entries(options.queueAliases ?? {}));
    this.leftOut = new Set(options.leftOut);
    this.near = [...(options.knownQueues ?? []), ...this.aliases.keys()];
  }

  get names(): readonly string[] {
    return this.table.names;
  }

  /** Number of the row's queue; -1 when the row is bad or was dropped. */
  read(reader: RowReader, binding: Binding | undefined): number {
    if (binding === undefined) return -1;
    const cached = reader.nameId(this.table, binding, (name) => {
      this.noticeAlias(name, reader);
      return this.judge(name);
    });
    if (cached >= 0) return cached;
    if (cached === total || cached === left) reader.dropped = true;
    if (cached === left) {
      const name = reader.text(binding) ?? '';
      this.left.set(name, (this.left.get(name) ?? 0) + 1);
    }
    if (cached === unknown) {
      const name = reader.text(binding) ?? '';
      reader.reject(defect('unknown-queue', { near: this.nearTo(name) }), binding, name);
    }
    return -1;
  }

  /** Of a file that is full of other names only the first are compared with those that there are. */
  private nearTo(name: string): readonly string[] {
    const known = this.compared.get(name);
    if (known !== undefined || this.compared.size >= mostCompared) return known ?? [];
    const near = nearMatches(name, this.near);
    this.compared.set(name, near);
    return near;
  }

  /** A name that stands for another is reported once: the data appears under the other. */
  private noticeAlias(name: string, reader: RowReader): void {
    const key = this.aliases.get(name);
    if (key === undefined || key === name || this.told.has(name)) return;
    this.told.add(name);
    reader.context.ledger.notice(defect('queue-renamed', { key }), {
      file: reader.context.file,
      value: name,
    });
  }

  private judge(name: string): number {
    const key = this.aliases.get(name) ?? name;
    if (this.leftOut.has(key)) return left;
    if (this.known?.has(key) === true) return this.table.idOf(key);
    if (allQueues.test(name)) return total;
    return this.adds ? this.table.idOf(key) : unknown;
  }
}

/** Edits (insert, delete, replace) that turn one word into another (Levenshtein 1966). */
const editDistance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = valueAt(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, valueAt(row, j) + 1, valueAt(next, j - 1) + 1));
    }
    row = next;
  }
  return valueAt(row, b.length);
};

/** Up to three known names that a misspelt one may mean, the nearest first. */
const nearMatches = (name: string, known: readonly string[]): string[] => {
  const wanted = name.toLowerCase();
  return known
    .map((candidate) => {
      const plain = candidate.toLowerCase();
      const within = plain.includes(wanted) || wanted.includes(plain) ? 1 : Infinity;
      return { candidate, distance: Math.min(within, editDistance(wanted.slice(0, 60), plain.slice(0, 60))) };
    })
    .filter(({ distance }) => distance <= Math.max(2, Math.floor(wanted.length / 3)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
};
