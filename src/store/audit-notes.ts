import type { AuditNote, AuditSide } from '../contract/documents/audit-document.ts';
import type { EventRecord } from '../kernel/records.ts';
import type { RecordWriter, WriteCount } from '../planning/ports.ts';

/** What writes of records are called in the log: by the names that files of them have. */
const kinds = {
  writeTraffic: 'traffic',
  replaceMadeUp: 'traffic',
  writeEvents: 'events',
  writeCauses: 'causes',
  writeTopics: 'topics',
  writeOutsideForecasts: 'forecasts',
  writeOperators: 'operators',
  writeLeave: 'leave',
  writeRosterRequests: 'requests',
  writeDuties: 'roster',
  writePresence: 'presence',
  writeChannels: 'channels',
  writeChannelVolumes: 'channel-volumes',
  writePromptsPlayed: 'prompts',
} as const satisfies Partial<Record<keyof RecordWriter, string>>;

const monitoringKinds = {
  writeTestCalls: 'test-calls',
  writeResults: 'results',
  writeHotlines: 'hotlines',
} as const satisfies Record<keyof RecordWriter['monitoring'], string>;

type Rows = Omit<WriteCount, 'unchanged'>;

/** The same writer, and what it has changed by the end, as notes for the log: how many rows of which kind. */
export const notingWrites = (
  writer: RecordWriter,
  ownsTraffic: () => Promise<boolean>,
): { readonly writer: RecordWriter; readonly notes: () => readonly AuditNote[] } => {
  const counts = new Map<string, Rows>();
  let replaced = false;
  const counting =
    <Given extends readonly unknown[]>(kind: string, write: (...given: Given) => Promise<WriteCount>) =>
    async (...given: Given): Promise<WriteCount> => {
      const count = await write(...given);
      const known = counts.get(kind) ?? { added: 0, changed: 0 };
      counts.set(kind, { added: known.added + count.added, changed: known.changed + count.changed });
      return count;
    };
  const wrap = <Part extends object>(part: Part, names: Readonly<Record<string, string>>): Part =>
    Object.fromEntries(
      Object.entries(part).map(([name, member]) => [
        name,
        names[name] === undefined ? member : counting(names[name], member as () => Promise<WriteCount>),
      ]),
    ) as Part;
  const noting = {
    ...wrap(writer, kinds),
    monitoring: wrap(writer.monitoring, monitoringKinds),
  };
  const replaceMadeUp: RecordWriter['replaceMadeUp'] = async (records) => {
    // after a cut before the models said so, own traffic may stand there already
    replaced ||= !(await ownsTraffic());
    return noting.replaceMadeUp(records);
  };
  return {
    writer: { ...noting, replaceMadeUp },
    notes: () => notesOf(counts, replaced),
  };
};

const notesOf = (counts: ReadonlyMap<string, Rows>, replaced: boolean): AuditNote[] =>
  [...counts]
    .filter(([, { added, changed }]) => added + changed > 0)
    .map(([kind, rows]) => ({
      action: replaced && kind === kinds.replaceMadeUp ? 'made-up-replaced' : 'records-written',
      subject: kind,
      before: null,
      after: { ...rows },
    }));

const sideOf = (event: EventRecord | null): AuditSide =>
  event === null
    ? null
    : {
        name: event.label,
        date: event.date,
        end: event.end ?? null,
        kind: event.kind,
        queue: event.queue ?? null,
        effect: event.expectedEffect ?? null,
      };

/** An event by its name, and what it says before and after. */
export const noteOfEvent = (before: EventRecord | null, after: EventRecord | null): AuditNote => ({
  action: 'event-changed',
  subject: (after ?? before)?.date ?? '',
  before: sideOf(before),
  after: sideOf(after),
});
