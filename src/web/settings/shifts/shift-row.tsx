import { Button, Checkbox, Input } from 'antd';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { clockText, dayMinutes } from '../../../kernel/time-window.ts';
import { type Format, useFormat } from '../../ui/use-format.ts';
import { useSpeech } from '../../words/words.tsx';
import { ClockField, Labelled, NumberField } from '../labelled.tsx';
import {
  dragStep,
  moveShift,
  nightHours,
  paidHours,
  type ShiftBreak,
  type ShiftGrip,
  type ShiftTemplate,
  startsOf,
  type Stretch,
  stretchesOf,
} from './shift-bars.ts';

/** The hours of the day, as wide as a bar. */
export const HourMarks = () => (
  <div className="shift-axis" aria-hidden>
    {[0, 3, 6, 9, 12, 15, 18, 21, 24].map((hour) => (
      <span key={hour} style={{ left: `${(100 * hour) / 24}%` }}>
        {hour}
      </span>
    ))}
  </div>
);

/** The same above the shifts' bars. */
export const HoursAxis = () => (
  <div className="shift-row axis" aria-hidden>
    <span />
    <HourMarks />
  </div>
);

/** One shift: its name and times, its bar, and its figures once it is opened. */
export const ShiftRow = ({
  template,
  isOpen,
  toggle,
  wrong,
  change,
  copy,
  remove,
}: {
  readonly template: ShiftTemplate;
  readonly isOpen: boolean;
  readonly toggle: () => void;
  readonly wrong: (path: string) => string | undefined;
  readonly change: (template: ShiftTemplate, field: string) => void;
  readonly copy: () => void;
  readonly remove: () => void;
}) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const name = tell(template.name);
  const factor = template.costFactor ?? 1;
  const atNight = nightHours(template);
  return (
    <>
      <div className="shift-row">
        <button
          type="button"
          className="shift-name"
          aria-expanded={isOpen}
          aria-label={say('bars.open', { name })}
          onClick={toggle}
        >
          <strong>{name}</strong>
          <span>
            {say('bars.starts', { from: template.earliestStart, to: template.latestStart })}
            {' · '}
            {say('bars.paidHours', { n: hoursText(format, paidHours(template)) })}
          </span>
          <span>
            {atNight > 0 && (
              <span className="tag">{say('bars.night', { n: hoursText(format, atNight) })}</span>
            )}
            {factor !== 1 && <span className="tag">× {format.decimal(factor, 2)}</span>}
          </span>
        </button>
        <ShiftTrack template={template} name={name} change={(next) => change(next, 'bar')} />
      </div>
      {isOpen && (
        <ShiftForm
          template={template}
          name={name}
          wrong={wrong}
          change={change}
          copy={copy}
          remove={remove}
        />
      )}
    </>
  );
};

/** Hours with as many decimals as they have, two at most: 8, 7.5, 7.25. */
export const hoursText = (format: Pick<Format, 'decimal'>, hours: number): string =>
  format.decimal(hours, Number.isInteger(hours) ? 0 : Number.isInteger(10 * hours) ? 1 : 2);

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
const ShiftForm = ({ template, name, wrong, change, copy, remove }: ShiftFormProps) => {
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

const share = (minutes: number): string => `${(100 * minutes) / dayMinutes}%`;
const placed = ({ from, to }: Stretch) => ({ left: share(from), width: share(to - from) });
const wrapped = (minute: number): number => ((minute % dayMinutes) + dayMinutes) % dayMinutes;

/**
 * A shift on a day's bar: above, when it may start; below, the shift as it runs from its earliest start, with its breaks
 * where they may come. What runs past midnight goes on at the left. Ends are dragged, or moved by arrow keys.
 */
const ShiftTrack = ({
  template,
  name,
  change,
}: {
  readonly template: ShiftTemplate;
  readonly name: string;
  readonly change: (template: ShiftTemplate) => void;
}) => {
  const { say } = useSpeech();
  const format = useFormat();
  const track = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState<{ grip: ShiftGrip; x: number; as: ShiftTemplate }>();
  const { earliest, spread } = startsOf(template);
  const length = 60 * template.hours;
  const take = (grip: ShiftGrip) => (event: PointerEvent<HTMLElement>) => {
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    setHeld({ grip, x: event.clientX, as: template });
  };
  const drag = (event: PointerEvent<HTMLElement>): void => {
    const width = track.current?.clientWidth ?? 0;
    if (held === undefined || width === 0) return;
    change(moveShift(held.as, held.grip, ((event.clientX - held.x) / width) * dayMinutes));
  };
  const moved = {
    onPointerMove: drag,
    onPointerUp: () => setHeld(undefined),
    onPointerCancel: () => setHeld(undefined),
  };
  const press = (grip: ShiftGrip) => (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    change(moveShift(template, grip, by * dragStep * (event.shiftKey ? 4 : 1)));
  };
  const handle = (grip: ShiftGrip, minute: number, label: string, text: string) => (
    <span
      className={`shift-grip ${grip}`}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={dayMinutes}
      aria-valuenow={wrapped(minute)}
      aria-valuetext={text}
      title={`${label} ${text}`}
      style={{ left: share(wrapped(minute)) }}
      onPointerDown={take(grip)}
      onKeyDown={press(grip)}
      {...moved}
    />
  );
  return (
    <div className="shift-track" ref={track}>
      <span className="shift-night" style={placed({ from: 0, to: 360 })} />
      <span className="shift-night" style={placed({ from: 1320, to: dayMinutes })} />
      {stretchesOf(earliest, spread).map((stretch) => (
        <span key={stretch.from} className="shift-starts" style={placed(stretch)} />
      ))}
      {stretchesOf(earliest + length, spread).map((stretch) => (
        <span key={stretch.from} className="shift-later" style={placed(stretch)} />
      ))}
      {stretchesOf(earliest, length).map((stretch) => (
        <span
          key={stretch.from}
          className="shift-bar"
          style={placed(stretch)}
          onPointerDown={take('whole')}
          {...moved}
        />
      ))}
      {template.breaks.map((pause, i) => (
        <Break key={i} pause={pause} from={earliest} />
      ))}
      {handle('earliest', earliest, say('bars.earliestOf', { name }), template.earliestStart)}
      {handle('latest', earliest + spread, say('bars.latestOf', { name }), template.latestStart)}
      {handle(
        'end',
        earliest + length,
        say('bars.endOf', { name }),
        say('bars.hoursLong', {
          n: hoursText(format, template.hours),
          end: clockText(wrapped(earliest + length)),
        }),
      )}
    </div>
  );
};

/** A break where it comes at the earliest, and the hours within which it may. */
const Break = ({
  pause,
  from,
}: {
  readonly pause: ShiftTemplate['breaks'][number];
  readonly from: number;
}) => {
  const start = from + 60 * pause.earliestHours;
  const window = Math.max(pause.minutes, 60 * (pause.latestHours - pause.earliestHours) + pause.minutes);
  return (
    <>
      {stretchesOf(start, window).map((stretch) => (
        <span key={`w${stretch.from}`} className="shift-window" style={placed(stretch)} />
      ))}
      {stretchesOf(start, pause.minutes).map((stretch) => (
        <span
          key={stretch.from}
          className={pause.paid ? 'shift-break' : 'shift-break unpaid'}
          style={placed(stretch)}
        />
      ))}
    </>
  );
};
