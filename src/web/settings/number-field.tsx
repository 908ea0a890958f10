import type { ReactNode } from 'react';
import { Labelled } from './labelled.tsx';
import { NumberInput } from '../ui/number-input.tsx';

/** A figure with its unit; what cannot be kept is said below it, and left as it was typed. */
export const NumberField = ({
  label,
  unit,
  note,
  wrong,
  value,
  step,
  change,
}: {
  readonly label: string;
  readonly unit?: string;
  readonly note?: ReactNode;
  readonly wrong?: string | undefined;
  readonly value: number | null;
  readonly step?: number;
  /** null: the field was emptied. */
  readonly change: (value: number | null) => void;
}) => (
  <Labelled label={label} note={note} wrong={wrong}>
    {(about) => (
      <NumberInput
        {...about}
        value={value}
        {...(unit === undefined ? {} : { suffix: unit })}
        {...(step === undefined ? {} : { step })}
        onChange={change}
      />
    )}
  </Labelled>
);
