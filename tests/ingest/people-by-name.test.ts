import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldsOfKind } from '../../src/ingest/columns/headings.ts';
import { ingestLeave } from '../../src/ingest/kinds/ingest-leave.ts';
import { ingestRecords } from '../../src/ingest/kinds/ingest-records.ts';
import { BadInputError } from '../../src/kernel/errors.ts';
import { personFields, recordKinds, storedKinds } from '../../src/kernel/records.ts';
import { csv, shanghai } from '../support/ingest-options.ts';

const people = new Map<string, string | undefined>([
  ['A101', '王丽'],
  ['A102', '李强'],
  ['A103', '李强'],
  ['A104', 'Anna Smith'],
]);
const read = async (heading: string, who: string, skipBadRows = true) =>
  ingestLeave([csv(`${heading},开始日期,结束日期`, `${who},2026-11-23,2026-11-25`)], {
    ...shanghai,
    people,
    skipBadRows,
  });

test('whoever is on the books is found by name, in the column of names or that of numbers', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom('姓名', '员工姓名', '工号', '员工', 'Employee name', 'Agent'),
      fc.constantFrom(['王丽', 'A101'], [' 王 丽', 'A101'], ['anna smith', 'A104'], ['A104', 'A104']),
      async (heading, [who = '', number]) => {
        const { records } = await read(heading, who);
        expect(records).toMatchObject([{ operator: number }]);
      },
    ),
    { numRuns: 24, seed: 1 },
  ));

test('a name that several have or nobody has is a question, and no leave', async () => {
  const rules = async (who: string) => (await read('姓名', who)).report.problems.map(({ rule }) => rule);
  expect(await rules('李强')).toContain('name-of-several');
  expect(await rules('赵敏')).toContain('name-not-on-books');
  await expect(read('姓名', '赵敏', false)).rejects.toThrow(BadInputError);
});

/** Kinds of record that say whose they are, by their fields alone. */
const ofPeople = storedKinds.filter((kind) => personFields(kind).length > 0);

test.each(ofPeople)(
  'in %s people are found by name, told apart and warned of; a name beside the number is not kept',
  async (kind) => {
    const needed = fieldsOfKind[kind].filter(
      ({ required, field }) => required === true && field !== 'operator',
    );
    const rest = needed.map(({ type }) => (type === 'date' ? '2026-11-23' : 'early'));
    const ingested = async (...given: readonly (readonly string[])[]) => {
      const columns = ['operator', 'name'].filter((_, i) => given.some((cells) => cells[i] !== ''));
      const rows = given.map((cells) => [...cells.filter((cell) => cell !== ''), ...rest].join());
      const source = csv([...columns, ...needed.map(({ field }) => field)].join(), ...rows);
      const { toStore, report } = await ingestRecords(recordKinds[kind].file, [source], {
        ...shanghai,
        people,
      });
      return {
        records: toStore.flatMap(({ records }) => [...records]),
        rules: report.problems.map(({ rule }) => rule),
      };
    };
    expect((await ingested(['', '王丽'])).records).toMatchObject([{ operator: 'A101' }]);
    expect((await ingested(['A999', ''])).rules).toContain('operator-not-on-books');
    const twice = await ingested(['A101', '王丽'], ['A101', '王 丽']);
    expect(twice.records).toHaveLength(1);
    expect(twice.records[0]).not.toHaveProperty('name');
    await expect(ingested(['A101', '赵敏'])).rejects.toThrow(BadInputError);
  },
);
