import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useFormat } from '../../ui/use-format.ts';
import { useSpeech } from '../../words/words.tsx';
import { Labelled } from '../labelled.tsx';
import type { CalendarDay, DaySpan } from './month-days.ts';
import { dayChoices, type DayChoice } from './own-days.ts';

const choiceOf = (day: CalendarDay | undefined): DayChoice => {
  if (day?.own !== true) return 'usual';
  if (day.kind === 'partial-holiday') return 'half';
  return day.kind === 'holiday' || day.kind === 'make-up-workday' ? day.kind : 'ordinary';
};

/** What the chosen days are: off, half, worked to make up, or as the country's calendar has them. */
export const DayForm = ({
  span,
  day,
  save,
}: {
  readonly span: DaySpan;
  /** The first of them as it stands. */
  readonly day: CalendarDay | undefined;
  readonly save: (choice: DayChoice, name: string) => void;
}) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const [choice, setChoice] = useState(choiceOf(day));
  const [name, setName] = useState(day?.own === true && day.name !== null ? tell(day.name) : '');
  return (
    <form
      className="event-form"
      aria-label={say('calendar.day')}
      onSubmit={(event) => {
        event.preventDefault();
        save(choice, name);
      }}
    >
      <h3>
        {format.day(span.from)}
        {span.to === span.from ? '' : ` – ${format.day(span.to)}`}
      </h3>
      <p className="note">{say('calendar.dayNote')}</p>
      <Labelled label={say('calendar.dayIs')}>
        {(about) => (
          <Select
            {...about}
            value={choice}
            options={dayChoices.map((value) => ({ value, label: say(`day-is.${value}`) }))}
            onChange={setChoice}
          />
        )}
      </Labelled>
      {choice !== 'usual' && choice !== 'ordinary' && (
        <Labelled label={say('calendar.dayName')}>
          {(about) => (
            <Input {...about} value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
          )}
        </Labelled>
      )}
      <div className="row">
        <Button type="primary" htmlType="submit">
          {say('calendar.save')}
        </Button>
      </div>
    </form>
  );
};
