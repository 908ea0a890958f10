import { Button, Checkbox, Input } from 'antd';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { z } from 'zod';
import type { shiftsSchema } from '../../../contract/models/shifts-model.ts';
import { clockText, coveredMinutes, dayMinutes, minuteOf } from '../../../kernel/time-window.ts';
import { type Speech, useSpeech } from '../../words/words.tsx';
import { ClockField, Labelled, NumberField } from '../labelled.tsx';

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
  const { say, tell, format } = useSpeech();
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
export const hoursText = (format: Pick<Speech['format'], 'decimal'>, hours: number): string =>
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
  const { say, format } = useSpeech();
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
  const { say, format } = useSpeech();
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
      aria-valuenow={inDay(minute)}
      aria-valuetext={text}
      title={`${label} ${text}`}
      style={{ left: share(inDay(minute)) }}
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
          end: clockText(inDay(earliest + length)),
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

export type Shifts = z.input<typeof shiftsSchema>;
export type ShiftTemplate = Shifts['templates'][number];
type ShiftBreak = ShiftTemplate['breaks'][number];

/** Minutes to which a bar's ends keep while they are dragged. */
const dragStep = 15;

/** What of a shift's bar is held: all of it, its earliest or latest start, or its end. */
export const grips = ['whole', 'earliest', 'latest', 'end'] as const;
type ShiftGrip = (typeof grips)[number];

/** A stretch of the day's bar, minutes from midnight; what runs past midnight begins again at its left. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

const inDay = (minute: number): number => ((minute % dayMinutes) + dayMinutes) % dayMinutes;
const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** Minutes from a start on, as stretches of one day's bar. */
export const stretchesOf = (start: number, length: number): Stretch[] => {
  const from = inDay(start);
  const to = from + Math.min(length, dayMinutes);
  if (to <= dayMinutes) return to === from ? [] : [{ from, to }];
  return [
    { from, to: dayMinutes },
    { from: 0, to: to - dayMinutes },
  ];
};

/** Minutes of a clock time; midnight while what is typed is none. */
const minuteTyped = (clock: string): number => (/^\d{2}:\d{2}$/.test(clock) ? minuteOf(clock) : 0);

/** When a shift may start: the earliest minute of the day, and how many minutes later the latest. */
export const startsOf = ({
  earliestStart,
  latestStart,
}: Pick<ShiftTemplate, 'earliestStart' | 'latestStart'>): {
  readonly earliest: number;
  readonly spread: number;
} => {
  const earliest = minuteTyped(earliestStart);
  return { earliest, spread: inDay(minuteTyped(latestStart) - earliest) };
};

/** A template that starts at other times; a time that stays is written as it was. */
export const withStarts = (
  template: ShiftTemplate,
  { earliest, spread }: { readonly earliest: number; readonly spread: number },
): ShiftTemplate => {
  const written = (minute: number, stood: string): string =>
    inDay(minute) === inDay(minuteTyped(stood)) ? stood : clockText(inDay(minute));
  return {
    ...template,
    earliestStart: written(earliest, template.earliestStart),
    latestStart: written(earliest + spread, template.latestStart),
  };
};

/** A shift's bar moved by some minutes at one grip. The latest start never comes before the earliest, nor a day after. */
export const moveShift = (template: ShiftTemplate, grip: ShiftGrip, byMinutes: number): ShiftTemplate => {
  const by = Math.round(byMinutes / dragStep) * dragStep;
  const { earliest, spread } = startsOf(template);
  if (by === 0) return template;
  if (grip === 'whole') return withStarts(template, { earliest: earliest + by, spread });
  if (grip === 'earliest') {
    const kept = clamp(spread - by, 0, dayMinutes - dragStep);
    return withStarts(template, { earliest: earliest + by, spread: kept });
  }
  if (grip === 'latest')
    return withStarts(template, { earliest, spread: clamp(spread + by, 0, dayMinutes - dragStep) });
  return { ...template, hours: clamp(template.hours + by / 60, 0.5, 16) };
};

/** Hours paid: the shift without its unpaid breaks. */
export const paidHours = ({ hours, breaks }: Pick<ShiftTemplate, 'hours' | 'breaks'>): number =>
  hours - breaks.reduce((sum, { minutes, paid }) => sum + (paid ? 0 : minutes / 60), 0);

/** What counts as night on the bars, as labour rules have it in most places. */
const night = { from: '22:00', to: '06:00' } as const;

/** Hours of the night that a shift covers where it starts as late as it may. */
export const nightHours = (template: ShiftTemplate): number => {
  const { earliest, spread } = startsOf(template);
  return coveredMinutes(night, 0, inDay(earliest + spread), 60 * template.hours) / 60;
};

/** A key that no template has yet: the one wanted, else with the least number that is free. */
export const freeKey = (templates: readonly ShiftTemplate[], wanted: string): string => {
  const taken = new Set(templates.map(({ template }) => template));
  for (let n = 1; ; n += 1) {
    const key = n === 1 ? wanted : `${wanted}-${n}`;
    if (!taken.has(key)) return key;
  }
};

/** A first eight hours with two short breaks and a meal. */
export const newShift = (
  templates: readonly ShiftTemplate[],
  name: ShiftTemplate['name'],
): ShiftTemplate => ({
  template: freeKey(templates, 'shift'),
  name,
  hours: 8,
  earliestStart: '08:00',
  latestStart: '09:00',
  startEveryMinutes: 30,
  breaks: [
    { minutes: 15, earliestHours: 1.5, latestHours: 2.5, paid: true },
    { minutes: 45, earliestHours: 3.5, latestHours: 5, paid: true },
    { minutes: 15, earliestHours: 6, latestHours: 7, paid: true },
  ],
});
