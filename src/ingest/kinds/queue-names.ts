import { defect } from '../findings/defect.ts';
import type { Binding } from '../columns/bound-table.ts';
import type { IngestOptions } from '../columns/ingest-options.ts';
import { NameTable } from '../cells/name-table.ts';
import { nearMatches } from '../columns/near-matches.ts';
import type { RowReader } from '../rows/row-reader.ts';

/** What a name is worth: a number for a queue, or why there is none. */
const unknown = -2;
const total = -3;

/** Queues of an ingest by number; names that the hotline does not have are reported once per row. */
export class QueueNames {
  readonly table = new NameTable();
  private readonly known: ReadonlySet<string> | undefined;
  private readonly aliases: ReadonlyMap<string, string>;
  private readonly near: readonly string[];
  private readonly told = new Set<string>();

  constructor(options: IngestOptions) {
    this.known = options.knownQueues === undefined ? undefined : new Set(options.knownQueues);
    this.aliases = new Map(Object.entries(options.queueAliases ?? {}));
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
    if (cached === total) reader.dropped = true;
    if (cached === unknown) {
      const name = reader.text(binding) ?? '';
      reader.reject(defect('unknown-queue', { near: nearMatches(name, this.near) }), binding, name);
    }
    return -1;
  }

  /** A name that stands for another is told once: the data appears under the other. */
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
    if (this.known?.has(key) === true) return this.table.idOf(key);
    if (/^(合计|总计|小计|汇总|total|all|grand total)$/i.test(name)) return total;
    return this.known === undefined ? this.table.idOf(key) : unknown;
  }
}
