import { memo, useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import type { RosterDocument } from '../../contract/documents/roster-document.ts';
import { inLanguage } from '../../kernel/text.ts';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import type { Cell, DraftControl, RosterParts } from './use-draft.ts';

interface GridProps {
  readonly parts: RosterParts;
  readonly control: DraftControl;
  readonly people: readonly number[];
  readonly tier: string | undefined;
  readonly cell: Cell;
  readonly choose: (cell: Cell) => void;
  readonly swapFrom: Cell | undefined;
  readonly swap: (cell: Cell) => void;
  readonly ill: (cell: Cell) => void;
}

const arrows: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
  Home: [0, -1000],
  End: [0, 1000],
};

/** People by days: a letter and a colour a shift, demand and cover above; keys do all that the mouse does. */
export const RosterGrid = (props: GridProps) => {
  const { parts, control, people, cell, choose, swapFrom } = props;
  const { say } = useSpeech();
  const { document } = parts;
  const grid = useRef<HTMLTableElement>(null);
  const hasFocus = useRef(false);
  const marks = useMarks(control);
  useEffect(() => {
    if (hasFocus.current)
      grid.current?.querySelector<HTMLElement>('td[tabindex="0"]')?.focus({ preventScroll: false });
  }, [cell]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (onKey(props, event)) event.preventDefault();
  };
  return (
    <div className="panel roster-panel">
      <p className="note no-print">{say('roster.keys', { n: Math.min(9, document.shifts.length) })}</p>
      <div className="roster-scroll">
        <table
          ref={grid}
          className="roster"
          role="grid"
          aria-label={say('roster.grid')}
          onKeyDown={onKeyDown}
          onFocus={() => (hasFocus.current = true)}
          onBlur={() => (hasFocus.current = false)}
        >
          <GridHead {...props} />
          <tbody>
            {people.map((person, at) => (
              <PersonRow
                key={person}
                document={document}
                person={person}
                options={document.days.map((_, day) => control.draft.optionOn(person, day)).join()}
                pins={document.days.map((_, day) => (control.isPinned({ person, day }) ? 1 : 0)).join('')}
                away={document.days.map((_, day) => (control.isAway({ person, day }) ? 1 : 0)).join('')}
                marks={marks.get(person) ?? ''}
                chosen={cell.person === person ? cell.day : -1}
                fallback={at === 0 && !people.includes(cell.person)}
                swapping={swapFrom?.person === person ? swapFrom.day : -1}
                choose={choose}
              />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
};

/** Does what a key says; true where it meant something. */
const onKey = (
  { parts, control, people, cell, choose, swap, ill }: GridProps,
  event: KeyboardEvent,
): boolean => {
  const arrow = arrows[event.key];
  if (arrow !== undefined) {
    const row = Math.max(0, people.indexOf(cell.person)) + arrow[0];
    const person = people[Math.max(0, Math.min(people.length - 1, row))];
    const day = Math.max(0, Math.min(parts.document.days.length - 1, cell.day + arrow[1]));
    if (person !== undefined) choose({ person, day });
    return true;
  }
  const key = event.key.toLowerCase();
  if (key === 'z') {
    control.undo();
    return true;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const digit = /^\d$/.test(key) ? Number(key) : key === 'delete' || key === 'backspace' ? 0 : undefined;
  if (digit !== undefined && digit <= parts.document.shifts.length) control.put(cell, digit);
  else if (key === 's') swap(cell);
  else if (key === 'p') control.pin(cell);
  else if (key === 'i') ill(cell);
  else return false;
  return true;
};

/** Days of each person on which a rule is broken: `h` a hard one, `s` a priced one. */
const useMarks = ({ now, draft }: DraftControl): ReadonlyMap<number, string> =>
  useMemo(() => {
    const marks = new Map<number, string[]>();
    for (const { people, days, isHard } of now.broken) {
      for (const person of people) {
        const own = marks.get(person) ?? draft.problem.days.map(() => '-');
        for (const day of days) if (own[day] !== 'h') own[day] = isHard ? 'h' : 's';
        marks.set(person, own);
      }
    }
    return new Map([...marks].map(([person, own]) => [person, own.join('')]));
  }, [now, draft]);

const GridHead = ({ parts: { document }, control: { now, draft, turn }, tier, cell, choose }: GridProps) => {
  const { say } = useSpeech();
  const format = useFormat();
  const tierAt = tier === undefined ? -1 : draft.problem.tiers.indexOf(tier);
  const counts = useMemo(() => {
    const roster = draft.roster();
    const fits = (one: number): boolean => tierAt < 0 || one === tierAt;
    return document.days.map((_, day) => ({
      required: draft.problem.demand.reduce(
        (sum, row) => sum + (row.day === day && fits(row.tier) ? row.operators : 0),
        0,
      ),
      onDuty: roster.filter((duty) => duty.day === day && fits(duty.tier)).length,
      missing: now.gaps.reduce(
        (sum, gap) => sum + (gap.day === day && gap.missing > 0 && fits(gap.tier) ? gap.missing : 0),
        0,
      ),
    }));
    // `turn` says when the draft has moved.
  }, [document, draft, now, tierAt, turn]);
  return (
    <thead>
      <tr>
        <th scope="col">{say('roster.operator')}</th>
        {document.days.map(({ date, weekday, holiday }, day) => (
          <th
            key={date}
            scope="col"
            className={`${weekday > 5 || holiday !== null ? 'rest' : ''} ${day === cell.day ? 'chosen' : ''} ${weekday === 1 ? 'monday' : ''}`}
            onClick={() => choose({ ...cell, day })}
          >
            {date.slice(8)}
            <span className="under">{format.weekday(weekday)}</span>
          </th>
        ))}
        <th scope="col" className="number">
          {say('roster.hours')}
        </th>
      </tr>
      {(['required', 'onDuty', 'missing'] as const).map((row) => (
        <tr key={row} className={`cover ${row}`}>
          <th scope="row">{say(`roster.${row}`)}</th>
          {counts.map((count, day) => (
            <td
              key={document.days[day]?.date}
              className={row === 'missing' && count.missing > 0 ? 'lacks' : ''}
            >
              {row === 'missing' && count.missing === 0 ? '' : count[row]}
            </td>
          ))}
          <td />
        </tr>
      ))}
    </thead>
  );
};

interface RowProps {
  readonly document: RosterDocument;
  readonly person: number;
  /** Options, pins, days away and marks of all days: a row is drawn anew when one of them changes. */
  readonly options: string;
  readonly pins: string;
  readonly away: string;
  readonly marks: string;
  readonly chosen: number;
  /** Takes the focus where the chosen cell is not shown. */
  readonly fallback: boolean;
  readonly swapping: number;
  readonly choose: (cell: Cell) => void;
}

const PersonRow = memo(function PersonRow(props: RowProps) {
  const { document, person, options, chosen, fallback, choose } = props;
  const days = options.split(',').map(Number);
  const own = document.people[person];
  const hours = days.reduce((sum, option) => sum + (document.shifts[option - 1]?.hours ?? 0), 0);
  return (
    <tr>
      <th scope="row">
        {own?.operator}
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
        />
      ))}
      <td className="number">{Math.round(hours * 10) / 10}</td>
    </tr>
  );
});

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
}: Omit<RowProps, 'options' | 'choose'> & {
  readonly option: number;
  readonly day: number;
  readonly tabIndex: number;
  readonly choose: () => void;
}) => {
  const { say, language } = useSpeech();
  const format = useFormat();
  const shift = document.shifts[option - 1];
  const isAway = away[day] === '1';
  const mark = marks[day];
  const { date = '', weekday = 1 } = document.days[day] ?? {};
  const label = [
    say('roster.cell', {
      operator: document.people[person]?.operator ?? '',
      day: format.day(date),
      shift:
        shift === undefined
          ? say(isAway ? 'roster.onLeave' : 'roster.off')
          : inLanguage(shift.name, language),
    }),
    ...(pins[day] === '1' ? [say('roster.pinned')] : []),
    ...(mark === 'h' ? [say('roster.breaks')] : []),
  ].join(' · ');
  const classes = [
    shift === undefined ? (isAway ? 'away' : 'off') : `duty s${(option - 1) % 6}`,
    shift?.night === true ? 'night' : '',
    mark === 'h' ? 'hard' : mark === 's' ? 'soft' : '',
    pins[day] === '1' ? 'pinned' : '',
    chosen === day ? 'chosen' : '',
    swapping === day ? 'swapping' : '',
    weekday === 1 ? 'monday' : '',
  ];
  return (
    <td
      role="gridcell"
      tabIndex={tabIndex}
      aria-label={label}
      aria-selected={chosen === day}
      className={classes.filter((one) => one !== '').join(' ')}
      onClick={choose}
      onFocus={choose}
    >
      {shift === undefined ? (isAway ? say('roster.leave') : '') : inLanguage(shift.letter, language)}
    </td>
  );
};
