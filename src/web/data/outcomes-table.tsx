import { Select } from 'antd';
import { callOutcomes } from '../../kernel/records.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { useSpeech } from '../words/words.tsx';
import type { ColumnChoice } from './column-map.ts';

/** Every result that the file's call records have, and what it means: no map file has to be written for it. */
export const OutcomesTable = ({
  values,
  choice,
  change,
}: {
  readonly values: readonly string[];
  readonly choice: ColumnChoice;
  readonly change: (choice: ColumnChoice) => void;
}) => {
  const { say } = useSpeech();
  const options = [
    ...callOutcomes.map((outcome) => ({ value: outcome as string, label: say(`outcome.${outcome}`) })),
    { value: '', label: say('outcome.drop') },
  ];
  const shown = (value: string): string => (value === '' ? say('outcome.empty') : value);
  return (
    <PlainTable
      label={say('file.outcomes')}
      rows={values}
      keyOf={(value) => value}
      columns={[
        { key: 'value', head: say('file.outcome'), cell: shown },
        {
          key: 'means',
          head: say('file.outcomeMeans'),
          cell: (value) => (
            <Select
              aria-label={say('file.outcomeOf', { value: shown(value) })}
              value={choice.outcomes[value] ?? null}
              placeholder={say('file.outcomeChoose')}
              style={{ minWidth: 220 }}
              options={options}
              onChange={(outcome: string) =>
                change({ ...choice, outcomes: { ...choice.outcomes, [value]: outcome } })
              }
            />
          ),
        },
      ]}
    />
  );
};
