import { operatorFields, type OperatorRecord } from '../../kernel/records.ts';
import { accountWords, chosenWord, contractWords, weekdaysListed } from '../rows/chosen-word.ts';
import { fieldsReader } from '../rows/row-reader.ts';
import { defect } from '../findings/problem-ledger.ts';
import type { ByteSource } from '../tables/byte-source.ts';
import type { Ingested } from '../ingested.ts';
import type { IngestOptions } from '../columns/map-file.ts';
import { beginReading, readFiles } from '../rows/read-files.ts';
import { present, tableReport, UniqueRecords } from './unique-records.ts';

/** Reads operators with their skills, hours and figures (docs/en/reference/data-formats.md). Throws BadInputError with every problem. */
export const ingestOperators = async (
  sources: readonly ByteSource[],
  options: IngestOptions,
): Promise<Ingested<OperatorRecord>> => {
  const reading = beginReading(options);
  const operators = new UniqueRecords<OperatorRecord>(reading);
  await readFiles(sources, ['operators'], options, reading, (reader) => {
    const read = fieldsReader(reader, operatorFields, ['contract', 'hoursAccount', 'fixedDaysOff', 'shifts']);
    const [hours, contract, account, daysOff, shifts] = [
      'contract_hours',
      'contract',
      'hours_account',
      'fixed_days_off',
      'shifts',
    ].map((column) => reader.binding(column));
    return () => {
      const record = read();
      const skills = record.skills.map((skill) => options.queueAliases?.[skill] ?? skill);
      if (record.contractHours === 0 && hours !== undefined) reader.fail(defect('hours-not-positive'), hours);
      const terms = present({
        contract: chosenWord(reader, contract, contractWords),
        hoursAccount: chosenWord(reader, account, accountWords),
        fixedDaysOff: weekdaysListed(reader, daysOff),
        shifts: shifts === undefined ? undefined : someOf(reader.list(shifts)),
      });
      operators.add(reader, [record.operator], { ...record, skills, ...terms });
    };
  });
  const { records } = operators;
  const report = tableReport(
    'operators',
    reading,
    records.flatMap(({ skills }) => skills),
    [],
  );
  return { records, report, rejectedRows: reading.ledger.rejected };
};

const someOf = (listed: readonly string[]): readonly string[] | undefined =>
  listed.length === 0 ? undefined : listed;
