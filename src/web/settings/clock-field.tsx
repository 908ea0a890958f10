import { Input } from 'antd';
import { useSpeech } from '../words/words.tsx';
import { Labelled } from './labelled.tsx';

/** A clock time as it is typed: 7:30 and 7：30 are 07:30; what is no time stays as it is, to be said. */
export const clockTyped = (typed: string): string => {
  const read = /^(\d{1,2})[:：](\d{2})$/.exec(typed.trim());
  return read === null ? typed : `${(read[1] ?? '').padStart(2, '0')}:${read[2] ?? ''}`;
};

/** Whether a text is a clock time that a day has. */
export const isClock = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text);

/** Whether it is one of the next day, as a window past midnight may end: 44:00 is 20:00. */
const isNextDay = (text: string): boolean => /^(2[4-9]|3\d|4[0-7]):[0-5]\d$/.test(text);

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
      wrong={wrong ?? (isClock(value) || isNextDay(value) ? undefined : say('settings.clock'))}
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
