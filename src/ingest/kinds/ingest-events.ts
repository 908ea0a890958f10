import { defect } from '../findings/problem-ledger.ts';
import { recordsReader } from './unique-records.ts';

/**
 * Reads a planner's events (docs/en/reference/data-formats.md). An effect is a change of the day's calls: 0.3 or 30% is 30 % more,
 * -1 none at all, at most ten times as many. A row without a queue concerns every queue. Throws BadInputError.
 */
export const ingestEvents = recordsReader('events', () => ({
  begin: (reader) => ({
    check: (row) => {
      const { date, end, kind, label } = row;
      if (date !== '' && end !== undefined && end < date)
        reader.reject(defect('end-before-start'), reader.binding('end'), end);
      // what is of no kind is of its own
      return kind === '' ? { ...row, kind: label } : row;
    },
  }),
}));
