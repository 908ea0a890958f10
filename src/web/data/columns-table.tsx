import { Select } from 'antd';
import { useState } from 'react';
import { durationUnits, type DurationUnit } from '../../contract/duration-units.ts';
import type { GuessDocument } from '../../contract/http/file-documents.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { isWordKey, useSpeech, type PlainKey } from '../words/words.tsx';
import { isDuration, missingFields, type ColumnChoice } from './column-map.ts';

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
  const places = guess.columns.map((column, at) => ({ ...column, at }));
  const isUsed = ({ at }: Placed): boolean => choice.fields[at] != null;
  // A column keeps its place while a field is chosen for it: what the guess left out is folded.
  const [folded] = useState(() => new Set(places.filter((each) => !isUsed(each)).map(({ at }) => at)));
  const open = places.filter(({ at }) => !folded.has(at));
  const rest = places.filter(({ at }) => folded.has(at));
  const table = (rows: readonly Placed[], label: string) => (
    <PlainTable
      label={label}
      rows={rows}
      keyOf={(column) => `${column.name}${column.at}`}
      columns={[
        { key: 'name', head: say('file.column'), cell: (column) => column.name },
        {
          key: 'field',
          head: say('file.field'),
          cell: (column) => (
            <Select
              aria-label={say('file.fieldOf', { column: column.name })}
              value={choice.fields[column.at] ?? ''}
              style={{ minWidth: 190 }}
              options={options}
              onChange={(field: string) => set(column.at, field)}
            />
          ),
        },
        {
          key: 'unit',
          head: say('file.unit'),
          cell: (column) =>
            isDuration(guess, choice.fields[column.at]) ? (
              <Select<DurationUnit>
                aria-label={say('file.unitOf', { column: column.name })}
                value={choice.units[column.at] ?? 'seconds'}
                style={{ minWidth: 120 }}
                options={durationUnits.map((unit) => ({ value: unit, label: say(`unit.${unit}`) }))}
                onChange={(unit) =>
                  change({
                    ...choice,
                    units: choice.units.map((each, at) => (at === column.at ? unit : each)),
                  })
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
  const more = say('file.unusedColumns', { n: rest.length });
  return (
    <>
      {open.length > 0 && table(open, say('file.columns'))}
      {rest.length > 0 && (
        <details open={open.length === 0 || missingFields(guess, choice).length > 0}>
          <summary>{more}</summary>
          {table(rest, more)}
        </details>
      )}
    </>
  );
};

type Placed = GuessDocument['columns'][number] & { readonly at: number };
