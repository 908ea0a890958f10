import { Button, Checkbox, Input } from 'antd';
import { useFormat } from '../../ui/use-format.ts';
import { useSpeech } from '../../words/words.tsx';
import { ClockField } from '../clock-field.tsx';
import { Labelled } from '../labelled.tsx';
import { NumberField } from '../number-field.tsx';
import { hoursText } from './hours-text.ts';
import { paidHours, type ShiftBreak, type ShiftTemplate } from './shift-bars.ts';

interface ShiftFormProps {
  readonly template: ShiftTemplate;
  readonly name: string;
  /** What is wrong at a part of the template. */
  readonly wrong: (path: string) => string | undefined;
  /** `field` is what is being typed in. */
  readonly change: (template: ShiftTemplate, field: string) => void;
  readonly copy: () => void;
  readonly remove: () => void;
}

/** A shift in figures: all that its bar shows, typed. */
export const ShiftForm = ({ template, name, wrong, change, copy, remove }: ShiftFormProps) => {
  const { say } = useSpeech();
  const format = useFormat();
  const set = (part: Partial<ShiftTemplate>): void =>
    change({ ...template, ...part }, Object.keys(part).join());
  const clock = (field: 'earliestStart' | 'latestStart') => (
    <ClockField
      label={say(`bars.${field}`)}
      wrong={wrong(field)}
      value={template[field]}
      change={(time) => set({ [field]: time })}
    />
  );
  const text = (language: 'zh-CN' | 'en') => (
    <Labelled label={say(`bars.name.${language}`)} wrong={wrong(`name.${language}`)}>
      {(about) => (
        <Input
          {...about}
          value={template.name[language]}
          onChange={(event) => set({ name: { ...template.name, [language]: event.target.value } })}
        />
      )}
    </Labelled>
  );
  return (
    <fieldset className="shift-form" aria-label={name}>
      <div className="settings-grid">
        {text('zh-CN')}
        {text('en')}
        {clock('earliestStart')}
        {clock('latestStart')}
        <NumberField
          label={say('bars.every')}
          unit={say('bars.minutes')}
          value={template.startEveryMinutes}
          wrong={wrong('startEveryMinutes')}
          change={(minutes) => set({ startEveryMinutes: minutes ?? 0 })}
        />
        <NumberField
          label={say('bars.length')}
          unit={say('bars.hours')}
          step={0.25}
          value={template.hours}
          wrong={wrong('hours')}
          note={say('bars.paidHours', { n: hoursText(format, paidHours(template)) })}
          change={(hours) => set({ hours: hours ?? 0 })}
        />
        <NumberField
          label={say('bars.cost')}
          unit={say('bars.times')}
          step={0.1}
          value={template.costFactor ?? 1}
          wrong={wrong('costFactor')}
          note={say('bars.costNote')}
          change={(costFactor) => set({ costFactor: costFactor ?? 0 })}
        />
      </div>
      <Breaks
        template={template}
        wrong={wrong}
        set={(breaks, field) => change({ ...template, breaks }, field)}
      />
      <div className="row">
        <Button onClick={copy}>{say('bars.copy')}</Button>
        <Button danger onClick={remove}>
          {say('bars.remove')}
        </Button>
      </div>
    </fieldset>
  );
};

const Breaks = ({
  template: { breaks },
  wrong,
  set,
}: Pick<ShiftFormProps, 'template' | 'wrong'> & {
  readonly set: (breaks: ShiftBreak[], field: string) => void;
}) => {
  const { say } = useSpeech();
  return (
    <>
      {breaks.map((pause, i) => {
        const change = (part: Partial<ShiftBreak>): void =>
          set(breaks.with(i, { ...pause, ...part }), `breaks.${i}.${Object.keys(part).join()}`);
        const field = (name: 'minutes' | 'earliestHours' | 'latestHours', unit: string) => (
          <NumberField
            label={say(`bars.break.${name}`)}
            unit={unit}
            value={pause[name]}
            step={name === 'minutes' ? 5 : 0.25}
            wrong={wrong(`breaks.${i}.${name}`)}
            change={(value) => change({ [name]: value ?? 0 })}
          />
        );
        return (
          <div
            key={i}
            className="shift-break-row"
            role="group"
            aria-label={say('bars.breakNumber', { n: i + 1 })}
          >
            {field('minutes', say('bars.minutes'))}
            {field('earliestHours', say('bars.hours'))}
            {field('latestHours', say('bars.hours'))}
            <Checkbox checked={pause.paid} onChange={(event) => change({ paid: event.target.checked })}>
              {say('bars.paid')}
            </Checkbox>
            <Button
              size="small"
              aria-label={say('bars.removeBreak', { n: i + 1 })}
              onClick={() =>
                set(
                  breaks.filter((_, at) => at !== i),
                  `breaks.${i}.gone`,
                )
              }
            >
              ✕
            </Button>
          </div>
        );
      })}
      <div className="row">
        <Button
          onClick={() =>
            set([...breaks, { minutes: 15, earliestHours: 2, latestHours: 3, paid: true }], 'more')
          }
        >
          {say('bars.addBreak')}
        </Button>
        <Button
          onClick={() =>
            set([...breaks, { minutes: 45, earliestHours: 3.5, latestHours: 5, paid: false }], 'more')
          }
        >
          {say('bars.addMeal')}
        </Button>
      </div>
    </>
  );
};
