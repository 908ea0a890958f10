import { Select } from 'antd';
import { durationUnits, type DurationUnit } from '../../contract/duration-units.ts';
import type { GuessDocument } from '../../contract/http/file-documents.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { isWordKey, useSpeech, type PlainKey } from '../words/words.tsx';
import { isDuration, type ColumnChoice } from './column-map.ts';

const sureFrom = 0.8;

/** A field's name in words, where the dictionary has one. */
export const useFieldName = (): ((field: string) => string) => {
  const { say } = useSpeech();
  return (field) => {
    const key = `field.${field}`;
    return isWordKey(key) ? say(key as PlainKey) : field;
  };
};

/** Every column with its samples and the field that it is taken for, to be corrected. */
export const ColumnsTable = ({
  guess,
  choice,
  change,
}: {
  readonly guess: GuessDocument;
  readonly choice: ColumnChoice;
  readonly change: (choice: ColumnChoice) => void;
}) => {
  const { say } = useSpeech();
  const nameOf = useFieldName();
  const options = [
    { value: '', label: say('file.unused') },
    ...guess.fields.map(({ field, required }) => ({
      value: field,
      label: `${nameOf(field)}${required ? ' *' : ''}`,
    })),
  ];
  const set = (at: number, field: string): void =>
    change({
      ...choice,
      fields: choice.fields.map((each, i) => (i === at ? (field === '' ? null : field) : each)),
    });
  return (
    <PlainTable
      label={say('file.columns')}
      rows={guess.columns}
      keyOf={(column, i) => `${column.name}${i}`}
      columns={[
        { key: 'name', head: say('file.column'), cell: (column) => column.name },
        {
          key: 'field',
          head: say('file.field'),
          cell: (column, i) => (
            <Select
              aria-label={say('file.fieldOf', { column: column.name })}
              value={choice.fields[i] ?? ''}
              style={{ minWidth: 190 }}
              options={options}
              onChange={(field: string) => set(i, field)}
            />
          ),
        },
        {
          key: 'unit',
          head: say('file.unit'),
          cell: (column, i) =>
            isDuration(guess, choice.fields[i]) ? (
              <Select<DurationUnit>
                aria-label={say('file.unitOf', { column: column.name })}
                value={choice.units[i] ?? 'seconds'}
                style={{ minWidth: 120 }}
                options={durationUnits.map((unit) => ({ value: unit, label: say(`unit.${unit}`) }))}
                onChange={(unit) =>
                  change({ ...choice, units: choice.units.map((each, at) => (at === i ? unit : each)) })
                }
              />
            ) : (
              ''
            ),
        },
        {
          key: 'sure',
          head: say('file.sure'),
          cell: (column) => {
            if (column.field === null) return '';
            const isSure = column.confidence >= sureFrom && (column.unit ?? 'seconds') === 'seconds';
            return (
              <span className={`tag ${isSure ? 'good' : 'warning'}`}>
                {say(isSure ? 'file.sureYes' : 'file.sureNo')}
              </span>
            );
          },
        },
        {
          key: 'samples',
          wide: true,
          head: say('file.samples'),
          cell: (column) => column.samples.slice(0, 4).join(' · '),
        },
      ]}
    />
  );
};
