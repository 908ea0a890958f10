import { memo } from 'react';
import { kindName } from '../../render/roster-text.ts';
import type { RosterDocument } from '../../contract/documents/roster-document.ts';
import { inLanguage } from '../../kernel/text.ts';
import { Panel } from '../ui/panel.tsx';
import { useSpeech } from '../words/words.tsx';
import { withNames } from './refused-change.tsx';
import { absenceOn, calledOf, type Cell, dutyAt, hoursOn } from './roster-draft.ts';

interface RowProps {
  readonly document: RosterDocument;
  readonly person: number;
  /** Of the whole grid, from 1. */
  readonly rowIndex: number;
  /** Options, pins, days away and marks of all days: a row is drawn again when one of them changes. */
  readonly options: string;
  readonly pins: string;
  readonly away: string;
  readonly marks: string;
  readonly chosen: number;
  /** Takes the focus where the chosen cell is not shown. */
  readonly fallback: boolean;
  readonly swapping: number;
  readonly choose: (cell: Cell) => void;
  /** A press on a day, where it does more than choose it. */
  readonly press?: (cell: Cell) => void;
}

/** `8` and `8:30`: what has room beside a letter. */
const shortClock = (clock: string): string => clock.replace(/^0/, '').replace(':00', '');

const DayCell = ({
  document,
  person,
  option,
  day,
  pins,
  away,
  marks,
  chosen,
  swapping,
  tabIndex,
  choose,
  press,
}: Omit<RowProps, 'options' | 'choose' | 'press'> & {
  readonly option: number;
  readonly day: number;
  readonly tabIndex: number;
  readonly choose: () => void;
  readonly press: () => void;
}) => {
  const { say, language, format } = useSpeech();
  const shift = document.shifts[option - 1];
  const isAway = away[day] === '1';
  const duty = shift === undefined ? undefined : dutyAt(document, person, day);
  const times = duty?.shift === shift?.shift ? duty : undefined;
  const ill = isAway && shift === undefined ? absenceOn(document, { person, day }) : undefined;
  const mark = marks[day];
  const { date = '', weekday = 1 } = document.days[day] ?? {};
  const label = [
    say('roster.cell', {
      operator: calledOf(document)(document.people[person]?.operator ?? ''),
      day: format.day(date),
      shift:
        shift === undefined
          ? ill === undefined
            ? say(isAway ? 'roster.onLeave' : 'roster.off')
            : say('roster.illSince', { from: ill.from })
          : times === undefined
            ? inLanguage(shift.name, language)
            : `${kindName(inLanguage(shift.name, language))} ${times.start}–${times.end}`,
    }),
    ...(pins[day] === '1' ? [say('roster.pinned')] : []),
    ...(mark === 'h' ? [say('roster.breaks')] : []),
  ].join(' · ');
  const classes = [
    shift === undefined ? (isAway ? 'away' : 'off') : `duty s${(option - 1) % 12}`,
    shift?.night === true ? 'night' : '',
    mark === 'h' ? 'hard' : mark === 's' ? 'soft' : '',
    pins[day] === '1' ? 'pinned' : '',
    ill === undefined ? '' : 'ill',
    chosen === day ? 'chosen' : '',
    swapping === day ? 'swapping' : '',
    weekday === 1 ? 'monday' : '',
  ];
  return (
    <td
      role="gridcell"
      tabIndex={tabIndex}
      aria-label={label}
      title={label}
      aria-selected={chosen === day}
      className={classes.filter((one) => one !== '').join(' ')}
      onClick={press}
      onFocus={choose}
    >
      {shift !== undefined ? (
        <>
          {inLanguage(shift.letter, language)}
          {times !== undefined && shift.starts.length > 1 && (
            <small className="start">{shortClock(times.start)}</small>
          )}
        </>
      ) : ill !== undefined ? (
        say('roster.illCell', { from: ill.from })
      ) : (
        isAway && say('roster.leave')
      )}
    </td>
  );
};

/** One person's days. */
export const PersonRow = memo(function PersonRow(props: RowProps) {
  const { document, person, rowIndex, options, chosen, fallback, choose, press = choose } = props;
  const { say, format } = useSpeech();
  const days = options.split(',').map(Number);
  const own = document.people[person];
  const hours = hoursOn(document, person, days);
  const contract = ((own?.contractHours ?? 0) * document.days.length) / 7;
  const ofContract = { hours: format.decimal(hours), contract: format.decimal(contract) };
  return (
    <tr aria-rowindex={rowIndex}>
      <th
        scope="row"
        title={own?.name === undefined ? undefined : own.operator}
        data-operator={own?.operator}
      >
        <span className="who">{calledOf(document)(own?.operator ?? '')}</span>
        {own?.team !== null && <span className="team">{own?.team}</span>}
      </th>
      {days.map((option, day) => (
        <DayCell
          key={document.days[day]?.date}
          {...props}
          option={option}
          day={day}
          tabIndex={chosen === day || (fallback && day === 0) ? 0 : -1}
          choose={() => choose({ person, day })}
          press={() => press({ person, day })}
        />
      ))}
      <td
        className={hours > contract + 0.05 ? 'number over' : 'number'}
        title={say('roster.ofContract', ofContract)}
      >
        {Math.round(hours * 10) / 10}
        <small className="start">/{Math.round(contract)}</small>
      </td>
    </tr>
  );
});

/** Leave that people ask for in the period, each with what it would do to its days. */
export const LeavePanel = ({
  document,
}: {
  readonly document: Pick<RosterDocument, 'leaveAsked' | 'people'>;
}) => {
  const { say, tell } = useSpeech();
  const { leaveAsked: asked = [] } = document;
  const called = calledOf(document);
  if (asked.length === 0) return null;
  return (
    <Panel title={say('roster.leaveAsked')}>
      <ul>
        {asked.map(({ operator, from, said }) => (
          <li key={`${operator} ${from}`}>{tell(withNames(said, called))}</li>
        ))}
      </ul>
    </Panel>
  );
};
