import type { LeaveRecord } from '../../kernel/records.ts';
import { leaveKindWords, leaveWord } from '../columns/headings.ts';
import { defect } from '../findings/problem-ledger.ts';
import { chosenWord } from '../rows/row-reader.ts';
import { recordsReader, type UniqueRecords } from './unique-records.ts';

const leaveStateWords = {
  approved: '已批准 批准 已批 同意 通过 yes ok',
  asked: '申请 待批 待审批 审批中 pending requested',
  refused: '拒绝 未批准 驳回 不同意 rejected denied no',
};

/** Reads operators' leave (docs/en/reference/data-formats.md). One person's leaves do not overlap. Throws BadInputError. */
export const ingestLeave = recordsReader('leave', ({ rows }) => ({
  begin: (reader) => {
    const [last, kind, state] = ['to', 'kind', 'state'].map((column) => reader.binding(column));
    return {
      own: {
        kind: () => chosenWord(reader, kind, leaveKindWords, leaveWord) ?? 'annual',
        state: () => chosenWord(reader, state, leaveStateWords) ?? 'approved',
      },
      check: (row) => {
        if (row.to !== '' && row.to < row.from) reader.reject(defect('end-before-start'), last, row.to);
        return row;
      },
    };
  },
  finish: () => {
    rejectOverlaps(rows);
    return rows.records;
  },
}));

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
