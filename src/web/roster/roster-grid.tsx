import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { leaveLeft, shortByDate } from '../../render/roster-text.ts';
import { useSpeech } from '../words/words.tsx';
import { PersonRow } from './person-row.tsx';
import { calledOf, type Cell, type DraftControl, type RosterParts } from './roster-draft.ts';

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
  const { parts, control, people, cell, choose, swapFrom, swap } = props;
  const { say, format } = useSpeech();
  const { turn, draft } = control;
  // Days that were edited show the times at which they will be stored; `turn` says when the draft has moved.
  const document = useMemo(
    () => (turn === 0 ? parts.document : { ...parts.document, duties: draft.duties() }),
    [parts.document, draft, turn],
  );
  // Once a day is to be exchanged, a press on another one is the exchange. Rows are drawn again only when their days change.
  const onPress = useRef<(at: Cell) => void>(choose);
  useEffect(() => {
    onPress.current = (at) => {
      choose(at);
      if (swapFrom !== undefined && swapFrom.person !== at.person) swap(at);
      setSame(swapFrom !== undefined && swapFrom.person === at.person);
    };
  });
  // Said only while that swap waits: the next one begins anew.
  const [isSame, setSame] = useState(false);
  useEffect(() => setSame(false), [swapFrom]);
  const press = useCallback((at: Cell) => onPress.current(at), []);
  const grid = useRef<HTMLTableElement>(null);
  const hasFocus = useRef(false);
  const marks = useMarks(control);
  const kept = people.indexOf(cell.person);
  const box = useRef<HTMLDivElement>(null);
  const { rows, onScroll } = useRowsInSight(box, people.length, kept);
  useEffect(() => {
    if (hasFocus.current)
      grid.current?.querySelector<HTMLElement>('td[tabindex="0"]')?.focus({ preventScroll: false });
  }, [cell]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (onKey(props, event)) event.preventDefault();
  };
  return (
    <div className="panel roster-panel">
      {swapFrom !== undefined && (
        <p className="swap-waits" role="status">
          {say('roster.swapWith', {
            place: `${calledOf(document)(document.people[swapFrom.person]?.operator ?? '')} ${format.day(document.days[swapFrom.day]?.date ?? '')}`,
          })}
          {isSame && <strong>{say('roster.swapSame')}</strong>}
        </p>
      )}
      <div className="roster-scroll" ref={box} onScroll={onScroll}>
        <table
          ref={grid}
          className="roster"
          role="grid"
          aria-label={say('roster.grid')}
          aria-rowcount={headRows + people.length}
          onKeyDown={onKeyDown}
          onFocus={() => (hasFocus.current = true)}
          onBlur={() => (hasFocus.current = false)}
        >
          <GridHead {...props} />
          <tbody>
            {rows.map((one) => {
              if ('skipped' in one) return <SkippedRows key={`after ${one.row}`} height={one.height} />;
              const person = people[one.row] ?? 0;
              return (
                <PersonRow
                  key={person}
                  document={document}
                  person={person}
                  rowIndex={headRows + 1 + one.row}
                  options={document.days.map((_, day) => control.draft.optionOn(person, day)).join()}
                  pins={document.days.map((_, day) => (control.isPinned({ person, day }) ? 1 : 0)).join('')}
                  away={document.days.map((_, day) => (control.isAway({ person, day }) ? 1 : 0)).join('')}
                  marks={marks.get(person) ?? ''}
                  chosen={cell.person === person ? cell.day : -1}
                  fallback={one.row === 0 && kept < 0}
                  swapping={swapFrom?.person === person ? swapFrom.day : -1}
                  choose={choose}
                  press={press}
                />
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="note no-print">{say('roster.keys', { n: Math.min(9, document.shifts.length) })}</p>
    </div>
  );
};

/** Rows above the people: days, the shifts that each has to fill, has and lacks, hours short, and who may be spared. */
const headRows = 5;

/** Room in the place of rows that are out of sight. */
export const SkippedRows = ({ height }: { readonly height: number }) => (
  <tr aria-hidden="true" className="skipped">
    <td style={{ height }} />
  </tr>
);

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

/** Days, and below them what each requires, has, lacks, and how many more people could be away; of one tier where it is chosen. */
const GridHead = ({
  parts: { document },
  control: { now, draft, turn, edited },
  tier,
  cell,
  choose,
}: Pick<GridProps, 'parts' | 'control' | 'tier' | 'cell' | 'choose'>) => {
  const { say, format } = useSpeech();
  const tierAt = tier === undefined ? -1 : draft.problem.tiers.indexOf(tier);
  const counts = useMemo(() => {
    const roster = draft.roster();
    const short = shortByDate(document);
    const fits = (one: number): boolean => tierAt < 0 || one === tierAt;
    return document.days.map(({ date, moreAway, moreAwayByTier = [] }, day) => ({
      required: draft.problem.demand.reduce(
        (sum, row) => sum + (row.day === day && fits(row.tier) ? row.operators : 0),
        0,
      ),
      onDuty: roster.filter((duty) => duty.day === day && fits(duty.tier)).length,
      missing: now.gaps.reduce(
        (sum, gap) => sum + (gap.day === day && gap.missing > 0 && fits(gap.tier) ? gap.missing : 0),
        0,
      ),
      // Worked out where the roster is stored: edits leave both open.
      shortHours:
        edited > 0 || tier !== undefined || !short.has(date) ? '' : format.decimal(short.get(date) ?? null),
      moreAway:
        edited > 0
          ? ''
          : tier === undefined
            ? leaveLeft(short, date, moreAway)
            : leaveLeft(short, date, moreAwayByTier.find((one) => one.tier === tier)?.moreAway ?? 0),
    }));
    // `turn` says when the draft has moved.
  }, [document, draft, now, tier, tierAt, turn, edited, format]);
  return (
    <thead>
      <tr>
        <th scope="col">{say('roster.person')}</th>
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
      {(['required', 'onDuty', 'shortHours', 'moreAway'] as const).map((row) => (
        <tr key={row} className={`cover ${row}`}>
          <th scope="row">{say(`roster.${row}`)}</th>
          {counts.map((count, day) => (
            <td
              key={document.days[day]?.date}
              className={row === 'onDuty' && count.missing > 0 ? 'lacks' : ''}
            >
              {count[row]}
              {row === 'onDuty' && count.missing > 0 && (
                <span title={say('roster.missing')}> −{count.missing}</span>
              )}
            </td>
          ))}
          <td />
        </tr>
      ))}
    </thead>
  );
};

/** Up to so many rows are all drawn: beyond them only those in sight, for scrolling stays smooth. */
const allBelow = 150;
/** Rows drawn above and below those in sight: as far as a key or a turn of the wheel goes. */
const beside = 20;
/** Rows by which the drawn ones move at once. */
const step = 10;
/** Pixels, until a row has been measured. */
const usualHeight = 26;

/** A row that is drawn, or `skipped` rows in the place of which there is empty room of `height` pixels. */
type RowInSight =
  { readonly row: number } | { readonly row: number; readonly skipped: number; readonly height: number };

/** Which of many rows are drawn: those in sight, some beside them, and the one that has the keys. */
export const rowsInSight = (
  count: number,
  top: number,
  inSight: number,
  kept: number,
  rowHeight: number,
): RowInSight[] => {
  const from = count <= allBelow ? 0 : Math.max(0, top - beside);
  const until = count <= allBelow ? count : Math.min(count, top + inSight + beside);
  const drawn = [
    ...new Set([kept, ...Array.from({ length: Math.max(0, until - from) }, (_, at) => from + at)]),
  ]
    .filter((row) => row >= 0 && row < count)
    .sort((a, b) => a - b);
  const rows: RowInSight[] = [];
  let next = 0;
  for (const row of [...drawn, count]) {
    if (row > next) rows.push({ row: next, skipped: row - next, height: (row - next) * rowHeight });
    if (row < count) rows.push({ row });
    next = row + 1;
  }
  return rows;
};

/** The rows of a scrolling box that are drawn, moving as it is scrolled. */
export const useRowsInSight = (
  box: RefObject<HTMLElement | null>,
  count: number,
  kept: number,
): { readonly rows: readonly RowInSight[]; readonly onScroll: () => void } => {
  const [{ top, inSight, rowHeight }, setSight] = useState({ top: 0, inSight: 40, rowHeight: usualHeight });
  const look = useCallback(() => {
    const element = box.current;
    if (element === null) return;
    const height = element.querySelector<HTMLElement>('tbody tr[aria-rowindex]')?.offsetHeight ?? usualHeight;
    const first = Math.floor(element.scrollTop / height / step) * step;
    const seen = Math.ceil(element.clientHeight / height) + step;
    setSight((before) =>
      before.top === first && before.inSight === seen && before.rowHeight === height
        ? before
        : { top: first, inSight: seen, rowHeight: height },
    );
  }, [box]);
  useLayoutEffect(look, [look, count]);
  return { rows: rowsInSight(count, top, inSight, kept, rowHeight), onScroll: look };
};
