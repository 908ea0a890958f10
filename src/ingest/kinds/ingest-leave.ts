import type { LeaveRecord } from '../../kernel/records.ts';
import { chosenWord, leaveKindWords, leaveStateWords } from '../rows/chosen-word.ts';
import { defect } from '../findings/problem-ledger.ts';
import type { ByteSource } from '../tables/byte-source.ts';
import type { Ingested } from '../ingested.ts';
import type { IngestOptions } from '../columns/map-file.ts';
import { beginReading, type Reading, readFiles } from '../rows/read-files.ts';
import type { RowReader } from '../rows/row-reader.ts';
import { tableReport, UniqueRecords } from './unique-records.ts';

/** Reads operators' leave (docs/en/reference/data-formats.md). One person's leaves do not overlap. Throws BadInputError. */
export const ingestLeave = async (
  sources: readonly ByteSource[],
  options: IngestOptions,
): Promise<Ingested<LeaveRecord>> => {
  const reading = beginReading(options);
  const leave = new UniqueRecords<LeaveRecord>(reading);
  await readFiles(sources, ['leave'], options, reading, (reader) => {
    const [who, first, last, kind, state] = ['operator', 'from', 'to', 'kind', 'state'].map((column) =>
      reader.binding(column),
    );
    const check = personCheck(reader, reading, options);
    return () => {
      const record = {
        operator: reader.text(who) ?? '',
        from: reader.date(first) ?? '',
        to: reader.date(last) ?? '',
        kind: chosenWord(reader, kind, leaveKindWords) ?? 'annual',
        state: chosenWord(reader, state, leaveStateWords) ?? 'approved',
      };
      if (reader.dropped) return;
      if (record.to !== '' && record.to < record.from)
        reader.reject(defect('end-before-start'), last, record.to);
      check(record.operator);
      leave.add(reader, [record.operator, record.from], record);
    };
  });
  rejectOverlaps(leave);
  const { records } = leave;
  const report = tableReport(
    'leave',
    reading,
    [],
    records.flatMap(({ from, to }) => [from, to]),
  );
  return { records, report, rejectedRows: reading.ledger.rejected };
};

/**
 * Looks at the person of each row: a name that the books have for another number is refused, with both, and a number that
 * nobody on the books has is said. Nothing is checked while no operators are on the books.
 */
export const personCheck = (
  reader: RowReader,
  { ledger }: Reading,
  { people }: IngestOptions,
): ((operator: string) => void) => {
  const [who, called] = [reader.binding('operator'), reader.binding('name')];
  if (people === undefined || people.size === 0) return () => undefined;
  return (operator) => {
    const said = reader.text(called);
    if (reader.dropped) return;
    if (!people.has(operator)) {
      const place = { file: reader.context.file, row: reader.line, column: who?.heading, value: operator };
      ledger.warn(defect('operator-not-on-books'), place);
      return;
    }
    const known = people.get(operator);
    if (said === undefined || known === undefined || isSameName(said, known)) return;
    reader.reject(defect('name-of-another', { operator, known }), called, said);
  };
};

/** A name as it is written here and there: in one language or both, with spaces or without. */
const isSameName = (one: string, other: string): boolean => {
  const [a, b] = [one, other].map((name) =>
    name
      .normalize('NFKC')
      .replaceAll(/[\s·.,]/g, '')
      .toLowerCase(),
  );
  return a !== undefined && b !== undefined && (a.includes(b) || b.includes(a));
};

/** Of two leaves of one person that have days in common the later one is at fault; what was refused is no leave. */
const rejectOverlaps = (leave: UniqueRecords<LeaveRecord>): void => {
  const own = Map.groupBy(
    leave.records.filter(({ state }) => state !== 'refused'),
    ({ operator }) => operator,
  );
  leave.rejectWhere((record) => {
    if (record.state === 'refused') return undefined;
    const other = own.get(record.operator)?.find((one) => one.from < record.from && one.to >= record.from);
    return other === undefined
      ? undefined
      : {
          defect: defect('leave-overlaps', { from: other.from, to: other.to }),
          column: 'from',
          value: `${record.operator} ${record.from}`,
        };
  });
};
