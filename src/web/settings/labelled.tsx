import { Input } from 'antd';
import { type ReactNode, useId } from 'react';
import { windowEnd } from '../../kernel/time-window.ts';
import { NumberInput } from '../ui/number-input.tsx';
import { useSpeech } from '../words/words.tsx';

/** A field under its name, with what it means or what is wrong with it beside it. */
export const Labelled = ({
  label,
  note,
  wrong,
  children,
}: {
  readonly label: string;
  readonly note?: ReactNode;
  /** What is wrong with what is there; nothing where it can be kept. */
  readonly wrong?: string | undefined;
  /** The control; takes the id of what is said about it. */
  readonly children: (about: {
    readonly 'aria-label': string;
    readonly 'aria-describedby': string;
    readonly status?: 'error';
  }) => ReactNode;
}) => {
  const id = useId();
  return (
    <div className="setting">
      <span className="setting-name" aria-hidden>
        {label}
      </span>
      {children({
        'aria-label': label,
        'aria-describedby': id,
        ...(wrong === undefined ? {} : { status: 'error' as const }),
      })}
      <span id={id} className={wrong === undefined ? 'setting-note' : 'setting-note wrong'}>
        {wrong ?? note}
      </span>
    </div>
  );
};

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
}) => {
  const { say } = useSpeech();
  const isEmpty = value === null && wrong !== undefined;
  return (
    <Labelled label={label} note={note} wrong={isEmpty ? say('settings.needed') : wrong}>
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
};

/** A clock time as it is typed: 7:30, 7：30 and 0730 are 07:30; what is no time stays as it is, to be said. */
export const clockTyped = (typed: string): string => {
  const read = /^(?:(\d{1,2})[:：]|(?=\d{4}$)(\d\d))(\d{2})$/.exec(typed.trim());
  return read === null ? typed : `${(read[1] ?? read[2] ?? '').padStart(2, '0')}:${read[3] ?? ''}`;
};

/** A time of day on 24 hours, whatever clock the browser shows. */
export const ClockField = ({
  label,
  value,
  wrong,
  change,
}: {
  readonly label: string;
  readonly value: string;
  readonly wrong?: string | undefined;
  readonly change: (value: string) => void;
}) => {
  const { say } = useSpeech();
  return (
    <Labelled
      label={label}
      wrong={
        wrong ??
        (windowEnd.test(value) ? undefined : say(value.trim() === '' ? 'settings.needed' : 'settings.clock'))
      }
    >
      {(about) => (
        <Input
          {...about}
          value={value}
          inputMode="numeric"
          maxLength={5}
          placeholder="07:30"
          onChange={(event) => change(clockTyped(event.target.value))}
        />
      )}
    </Labelled>
  );
};
