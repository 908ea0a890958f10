import { useRef, useState } from 'react';
import type { RosterDocument } from '../../contract/documents/roster-document.ts';
import { Panel } from '../ui/panel.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { LeavePanel } from './leave-panel.tsx';
import { PersonRow } from './person-row.tsx';
import { RosterFilters, useShownPeople } from './roster-filters.tsx';
import { SkippedRows } from './roster-grid.tsx';
import { useRowsInSight } from './rows-in-sight.ts';
import type { Cell } from './use-draft.ts';

/** The days of each person, as rows of the grid draw them. */
const rowsOf = ({ people, days, shifts, duties, pinnedDaysOff = [] }: RosterDocument) => {
  const keyed = (operator: string, date: string): string => `${operator} ${date}`;
  const dutyOn = new Map(duties.map((duty) => [keyed(duty.operator, duty.date), duty]));
  const isOffPinned = new Set(pinnedDaysOff.map(({ operator, date }) => keyed(operator, date)));
  return people.map(({ operator, away }) => {
    const own = days.map(({ date }) => dutyOn.get(keyed(operator, date)));
    return {
      options: own.map((duty) => 1 + shifts.findIndex(({ shift }) => shift === duty?.shift)).join(),
      pins: days
        .map(({ date }, day) => (own[day]?.pinned === true || isOffPinned.has(keyed(operator, date)) ? 1 : 0))
        .join(''),
      away: days.map(({ date }) => (away.includes(date) ? 1 : 0)).join(''),
    };
  });
};

/** Who works when, for whoever looks and changes nothing: people by days, and what the roster breaks. */
export const LookView = ({ document }: { readonly document: RosterDocument }) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const [cell, choose] = useState<Cell>({ person: 0, day: 0 });
  const [shown, filter, setFilter] = useShownPeople(document);
  const box = useRef<HTMLDivElement>(null);
  const { rows, onScroll } = useRowsInSight(box, shown.length, shown.indexOf(cell.person));
  const lines = rowsOf(document);
  return (
    <>
      <RosterFilters document={document} filter={filter} change={setFilter} shown={shown.length} />
      <div className="panel roster-panel">
        <div className="roster-scroll" ref={box} onScroll={onScroll}>
          <table
            className="roster"
            role="grid"
            aria-label={say('roster.grid')}
            aria-readonly="true"
            aria-rowcount={1 + shown.length}
          >
            <thead>
              <tr>
                <th scope="col">{say('roster.person')}</th>
                {document.days.map(({ date, weekday, holiday }) => (
                  <th key={date} scope="col" className={weekday > 5 || holiday !== null ? 'rest' : ''}>
                    {date.slice(8)}
                    <span className="under">{format.weekday(weekday)}</span>
                  </th>
                ))}
                <th scope="col" className="number">
                  {say('roster.hours')}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((one) => {
                if ('skipped' in one) return <SkippedRows key={`after ${one.row}`} height={one.height} />;
                const person = shown[one.row] ?? 0;
                const line = lines[person] ?? { options: '', pins: '', away: '' };
                return (
                  <PersonRow
                    key={person}
                    document={document}
                    person={person}
                    rowIndex={2 + one.row}
                    {...line}
                    marks=""
                    chosen={cell.person === person ? cell.day : -1}
                    fallback={one.row === 0 && !shown.includes(cell.person)}
                    swapping={-1}
                    choose={choose}
                  />
                );
              })}
            </tbody>
          </table>
        </div>
      </div>
      <div className="roster-sides">
        <Panel
          title={say('roster.rules')}
          note={document.broken.length === 0 ? say('roster.noRules') : undefined}
        >
          <ul>
            {[...new Set(document.broken.map(({ said }) => tell(said)))].map((said) => (
              <li key={said}>{said}</li>
            ))}
          </ul>
        </Panel>
        <LeavePanel document={document} />
      </div>
    </>
  );
};
