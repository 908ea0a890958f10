import type { OperatorRecord } from '../../kernel/records.ts';
import type { ByteSource } from '../tables/byte-source.ts';
import type { Ingested } from '../ingested.ts';
import type { IngestOptions } from '../ingest-options.ts';
import { beginReading, readFiles } from '../read-files.ts';
import { present, tableReport, UniqueRecords } from './unique-records.ts';

/** Skills are parted by ; | / + 、 or a comma inside quotes. */
const skillsOf = (said: string | undefined): string[] =>
  (said ?? '')
    .split(/[;|/+、,,;]/)
    .map((skill) => skill.trim())
    .filter((skill) => skill !== '');

/** Reads operators with their skills, hours and figures (docs/data-formats.md). Throws BadInputError with every problem. */
export const ingestOperators = async (
  sources: readonly ByteSource[],
  options: IngestOptions,
): Promise<Ingested<OperatorRecord>> => {
  const reading = beginReading(options);
  const operators = new UniqueRecords<OperatorRecord>(reading);
  await readFiles(sources, ['operators'], options, reading, (reader) => () => {
    const operator = reader.text(reader.binding('operator')) ?? '';
    const record = {
      operator,
      ...present({ tier: reader.text(reader.binding('tier')) }),
      skills: skillsOf(reader.text(reader.binding('skills'))).map(
        (skill) => options.queueAliases?.[skill] ?? skill,
      ),
      contractHours: reader.amount(reader.binding('contract_hours')),
      ...present({
        handleTimeSeconds: reader.seconds(reader.binding('aht_seconds')),
        qualityScore: reader.amount(reader.binding('quality_score')),
        firstContactResolution: reader.share(reader.binding('first_contact_resolution')),
        monthsOfService: reader.amount(reader.binding('months_of_service')),
      }),
    };
    operators.add(reader, [operator], record);
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
