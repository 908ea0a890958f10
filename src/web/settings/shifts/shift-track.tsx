import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { clockText, dayMinutes } from '../../../kernel/time-window.ts';
import { useFormat } from '../../ui/use-format.ts';
import { useSpeech } from '../../words/words.tsx';
import { hoursText } from './hours-text.ts';
import {
  dragStep,
  moveShift,
  startsOf,
  stretchesOf,
  type ShiftGrip,
  type ShiftTemplate,
  type Stretch,
} from './shift-bars.ts';

const share = (minutes: number): string => `${(100 * minutes) / dayMinutes}%`;
const placed = ({ from, to }: Stretch) => ({ left: share(from), width: share(to - from) });
const wrapped = (minute: number): number => ((minute % dayMinutes) + dayMinutes) % dayMinutes;

/**
 * A shift on a day's bar: above, when it may start; below, the shift as it runs from its earliest start, with its breaks
 * where they may come. What runs past midnight goes on at the left. Ends are dragged, or moved by arrow keys.
 */
export const ShiftTrack = ({
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
