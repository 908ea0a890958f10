import { useFormat } from '../../ui/use-format.ts';
import { useSpeech } from '../../words/words.tsx';
import { hoursText } from './hours-text.ts';
import { nightHours, paidHours, type ShiftTemplate } from './shift-bars.ts';
import { ShiftForm } from './shift-form.tsx';
import { ShiftTrack } from './shift-track.tsx';

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
