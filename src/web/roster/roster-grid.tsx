import { useCallback, useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { useSpeech } from '../words/words.tsx';
import { GridHead } from './grid-head.tsx';
import { PersonRow } from './person-row.tsx';
import { useRowsInSight } from './rows-in-sight.ts';
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
  const { parts, control, people, cell, choose, swapFrom, swap } = props;
  const { say } = useSpeech();
  const { document } = parts;
  // Once a day is to be exchanged, a press on another one is the exchange. Rows are drawn anew only when their days change.
  const onPress = useRef<(at: Cell) => void>(choose);
  useEffect(() => {
    onPress.current = (at) => {
      choose(at);
      if (swapFrom !== undefined && swapFrom.person !== at.person) swap(at);
    };
  });
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

/** Rows above the people: days, and what each requires, has, lacks and may spare. */
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
