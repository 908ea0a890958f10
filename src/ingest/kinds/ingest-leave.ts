import type { LeaveRecord } from '../../kernel/records.ts';
import { defect } from '../findings/problem-ledger.ts';
import type { ByteSource } from '../tables/byte-source.ts';
import type { Ingested } from '../ingested.ts';
import type { IngestOptions } from '../columns/map-file.ts';
import { beginReading, readFiles } from '../rows/read-files.ts';
import { leaveKindWords, leaveWord } from '../columns/headings.ts';
import { chosenWord } from '../rows/row-reader.ts';
import { personOf, tableReport, UniqueRecords } from './unique-records.ts';

const leaveStateWords = {
  approved: '已批准 批准 已批 同意 通过 yes ok',
  asked: '申请 待批 待审批 审批中 pending requested',
  refused: '拒绝 未批准 驳回 不同意 rejected denied no',
};

/** Reads operators' leave (docs/en/reference/data-formats.md). One person's leaves do not overlap. Throws BadInputError. */
export const ingestLeave = async (
  sources: readonly ByteSource[],
  options: IngestOptions,
): Promise<Ingested<LeaveRecord>> => {
  const reading = beginReading(options);
  const leave = new UniqueRecords<LeaveRecord>(reading);
  await readFiles(sources, ['leave'], options, reading, (reader) => {
    const [first, last, kind, state] = ['from', 'to', 'kind', 'state'].map((column) =>
      reader.binding(column),
    );
    const person = personOf(reader, reading, options);
    return () => {
      const record = {
        operator: person(),
        from: reader.date(first) ?? '',
        to: reader.date(last) ?? '',
        kind: chosenWord(reader, kind, leaveKindWords, leaveWord) ?? 'annual',
        state: chosenWord(reader, state, leaveStateWords) ?? 'approved',
      };
      if (reader.dropped) return;
      if (record.to !== '' && record.to < record.from)
        reader.reject(defect('end-before-start'), last, record.to);
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
