import { Button } from 'antd';
import { useState } from 'react';
import type { PageProps } from '../../page-props.ts';
import { shiftWords } from '../../../words/page/shifts.ts';
import { Panel } from '../../ui/panel.tsx';
import { placeHref } from '../../ui/use-place.ts';
import { useSpeech } from '../../words/words.tsx';
import { ModelEditor } from '../model-editor.tsx';
import type { EditedModels } from '../use-models.ts';
import { freeKey, newShift, type Shifts, type ShiftTemplate } from './shift-bars.ts';
import { ShiftPrices } from './shift-prices.tsx';
import { HoursAxis, ShiftRow } from './shift-row.tsx';

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
      <Button onClick={() => add(newShift(templates, shiftWords['bars.new']), templates.length)}>
        {say('bars.add')}
      </Button>
      <ShiftPrices models={models} shifts={shifts} />
    </>
  );
};
