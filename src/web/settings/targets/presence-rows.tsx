import { Button, Select } from 'antd';
import { useFormat } from '../../ui/use-format.ts';
import { useSpeech } from '../../words/words.tsx';
import { ClockField } from '../clock-field.tsx';
import { Labelled } from '../labelled.tsx';
import { NumberField } from '../number-field.tsx';
import type { Presence } from './queue-targets.ts';

/** Hours in which more operators must be there than at all times. */
export const PresenceRows = ({
  rows,
  wrong,
  change,
}: {
  readonly rows: readonly Presence[];
  readonly wrong: (path: string) => string | undefined;
  readonly change: (rows: readonly Presence[], field: string) => void;
}) => {
  const { say } = useSpeech();
  const format = useFormat();
  return (
    <>
      <h3>{say('presence.title')}</h3>
      <p className="note">{say('presence.note')}</p>
      {rows.map((row, i) => {
        const set = (part: Partial<Presence>): void =>
          change(rows.with(i, { ...row, ...part }), `presence.${i}.${Object.keys(part).join()}`);
        return (
          <div key={i} className="presence-row" role="group" aria-label={say('presence.row', { n: i + 1 })}>
            <ClockField
              label={say('presence.from')}
              value={row.from}
              wrong={wrong(`${i}.from`)}
              change={(from) => set({ from })}
            />
            <ClockField
              label={say('presence.to')}
              value={row.to}
              wrong={wrong(`${i}.to`)}
              change={(to) => set({ to })}
            />
            <NumberField
              label={say('presence.operators')}
              unit={say('bars.people')}
              value={row.operators}
              wrong={wrong(`${i}.operators`)}
              change={(operators) => set({ operators: operators ?? 0 })}
            />
            <Labelled label={say('presence.weekdays')} wrong={wrong(`${i}.weekdays`)}>
              {(about) => (
                <Select
                  {...about}
                  mode="multiple"
                  allowClear
                  placeholder={say('presence.everyDay')}
                  value={row.weekdays ?? []}
                  options={[1, 2, 3, 4, 5, 6, 7].map((value) => ({ value, label: format.weekday(value) }))}
                  onChange={(days: number[]) => {
                    const { weekdays: _before, ...rest } = row;
                    const isSome = days.length > 0 && days.length < 7;
                    change(
                      rows.with(i, isSome ? { ...rest, weekdays: days.toSorted((a, b) => a - b) } : rest),
                      `presence.${i}.weekdays`,
                    );
                  }}
                />
              )}
            </Labelled>
            <Button
              aria-label={say('presence.removeRow', { n: i + 1 })}
              onClick={() =>
                change(
                  rows.filter((_, at) => at !== i),
                  `presence.${i}.gone`,
                )
              }
            >
              ✕
            </Button>
          </div>
        );
      })}
      <Button
        onClick={() => change([...rows, { from: '22:00', to: '07:00', operators: 3 }], 'presence.more')}
      >
        {say('presence.add')}
      </Button>
    </>
  );
};
