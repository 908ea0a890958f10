import { Button, Form, Select } from 'antd';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { clockChoices, doubtOf, type PresenceRow } from './presence-hours.ts';
import { NumberInput } from '../ui/number-input.tsx';

const newRow = (operators: number): PresenceRow => ({
  from: '22:00',
  to: '07:00',
  weekdays: [],
  operators: operators + 1,
});

/** Hours in which more operators must be present than at all times: rows of the targets' form. */
export const PresenceFields = () => {
  const { say } = useSpeech();
  const always = Form.useWatch<number | null | undefined>('minimumOperators');
  const rows = Form.useWatch<readonly PresenceRow[] | undefined>('minimumPresence') ?? [];
  return (
    <fieldset className="presence">
      <legend>{say('presence.title')}</legend>
      <p className="note">{say('presence.note')}</p>
      <Form.List name="minimumPresence">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <PresenceHours
                key={key}
                at={name}
                row={rows[name] ?? {}}
                always={always}
                remove={() => remove(name)}
              />
            ))}
            <Button onClick={() => add(newRow(always ?? 0))}>{say('presence.add')}</Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
};

const PresenceHours = ({
  at,
  row,
  always,
  remove,
}: {
  readonly at: number;
  readonly row: PresenceRow;
  readonly always: number | null | undefined;
  readonly remove: () => void;
}) => {
  const { say } = useSpeech();
  const format = useFormat();
  const doubt = doubtOf(row, always);
  const required = [{ required: true, message: say('presence.required') }];
  const clocks = (isEnd: boolean, chosen: string | undefined) =>
    clockChoices(isEnd, [chosen]).map((clock) => ({ value: clock, label: clock }));
  return (
    <div className="presence-hours" role="group" aria-label={say('presence.row', { n: at + 1 })}>
      <Form.Item name={[at, 'from']} label={say('presence.from')} rules={required}>
        <Select showSearch options={clocks(false, row.from)} />
      </Form.Item>
      <Form.Item name={[at, 'to']} label={say('presence.to')} rules={required}>
        <Select showSearch options={clocks(true, row.to)} />
      </Form.Item>
      <Form.Item name={[at, 'operators']} label={say('presence.operators')} rules={required}>
        <NumberInput min={0} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item className="wide" name={[at, 'weekdays']} label={say('presence.weekdays')}>
        <Select
          mode="multiple"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={say('presence.everyDay')}
          options={[1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
            value: weekday,
            label: format.weekday(weekday),
          }))}
        />
      </Form.Item>
      {doubt !== undefined && (
        <p className="note wide" role="status">
          {say(doubt === 'whole-day' ? 'presence.wholeDay' : 'presence.noMore', { n: always ?? 0 })}
        </p>
      )}
      <Button size="small" aria-label={say('presence.removeRow', { n: at + 1 })} onClick={remove}>
        {say('presence.remove')}
      </Button>
    </div>
  );
};
