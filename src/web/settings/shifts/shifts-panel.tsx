import { Button } from 'antd';
import { useState } from 'react';
import { messages } from '../../../words/messages.ts';
import type { PageProps } from '../../api/page-access.ts';
import { Panel } from '../../ui/panel.tsx';
import { placeHref } from '../../ui/use-place.ts';
import { useSpeech } from '../../words/words.tsx';
import { NumberField } from '../labelled.tsx';
import { ModelEditor } from '../model-editor.tsx';
import { type EditedModels, fractionOf, percentOf } from '../use-models.ts';
import { freeKey, newShift, ShiftRow, type Shifts, type ShiftTemplate, HourMarks } from './shift-row.tsx';

/** Shifts on a day's bar, each opened for its figures. */
export const ShiftsPanel = ({ workspace, reload }: PageProps) => {
  const { say } = useSpeech();
  return (
    <Panel
      title={say('settings.shifts')}
      note={say('bars.note')}
      actions={<a href={placeHref('settings', { view: 'all', model: 'shifts' })}>{say('settings.expert')}</a>}
    >
      <ModelEditor names={['shifts']} workspace={workspace} reload={reload}>
        {(models) => <ShiftsEditor models={models} />}
      </ModelEditor>
    </Panel>
  );
};

const ShiftsEditor = ({ models }: { readonly models: EditedModels }) => {
  const { say } = useSpeech();
  const [open, setOpen] = useState<number>();
  const shifts = models.part('shifts') as Shifts | undefined;
  if (shifts === undefined) return <p role="alert">{say('models.notJson')}</p>;
  const { templates } = shifts;
  const write = (next: readonly ShiftTemplate[], mark?: string): void =>
    models.edit('shifts', { ...shifts, templates: next }, mark);
  const add = (template: ShiftTemplate, at: number): void => {
    write(templates.toSpliced(at, 0, template));
    setOpen(at);
  };
  return (
    <>
      <HoursAxis />
      {templates.map((template, i) => (
        <ShiftRow
          key={i}
          template={template}
          isOpen={open === i}
          toggle={() => setOpen(open === i ? undefined : i)}
          wrong={(path) => models.wrong('shifts', `templates.${i}.${path}`)}
          change={(next, field) => write(templates.with(i, next), `${i}.${field}`)}
          copy={() =>
            add(
              {
                ...template,
                template: freeKey(templates, template.template.replace(/-\d+$/, '')),
                name: {
                  ...template.name,
                  'zh-CN': `${template.name['zh-CN']} 2`,
                  en: `${template.name.en} 2`,
                },
              },
              i + 1,
            )
          }
          remove={() => {
            setOpen(undefined);
            write(templates.filter((_, at) => at !== i));
          }}
        />
      ))}
      {models.wrong('shifts', 'templates') !== undefined && (
        <p className="setting-note wrong">{models.wrong('shifts', 'templates')}</p>
      )}
      <Button onClick={() => add(newShift(templates, messages('new-in-models').shift), templates.length)}>
        {say('bars.add')}
      </Button>
      <ShiftPrices models={models} shifts={shifts} />
    </>
  );
};

/** What it costs to have too few or too many, which decides how closely shifts follow the requirement. */
const ShiftPrices = ({ models, shifts }: { readonly models: EditedModels; readonly shifts: Shifts }) => {
  const { say } = useSpeech();
  const { prices } = shifts;
  const price = (name: 'underPerHour' | 'severeUnderPerHour' | 'overPerHour') => (
    <NumberField
      label={say(`bars.${name}`)}
      unit={say('bars.perHour')}
      value={prices[name]}
      wrong={models.wrong('shifts', `prices.${name}`)}
      change={(value) =>
        models.edit('shifts', { ...shifts, prices: { ...prices, [name]: value ?? 0 } }, name)
      }
    />
  );
  return (
    <>
      <h3>{say('bars.prices')}</h3>
      <p className="note">{say('bars.pricesNote')}</p>
      <div className="settings-grid">
        {price('underPerHour')}
        <NumberField
          label={say('bars.mildUnderShare')}
          unit="%"
          value={percentOf(prices.mildUnderShare)}
          wrong={models.wrong('shifts', 'prices.mildUnderShare')}
          change={(value) =>
            models.edit(
              'shifts',
              { ...shifts, prices: { ...prices, mildUnderShare: fractionOf(value ?? 0) } },
              'mildUnderShare',
            )
          }
        />
        {price('severeUnderPerHour')}
        {price('overPerHour')}
        <NumberField
          label={say('bars.minimumPerStart')}
          unit={say('bars.people')}
          value={shifts.minimumPerStart ?? 1}
          wrong={models.wrong('shifts', 'minimumPerStart')}
          change={(value) =>
            models.edit('shifts', { ...shifts, minimumPerStart: value ?? 0 }, 'minimumPerStart')
          }
        />
      </div>
    </>
  );
};

const HoursAxis = () => (
  <div className="shift-row axis" aria-hidden>
    <span />
    <HourMarks />
  </div>
);
