import { Input, Select } from 'antd';
import { kindName } from '../../render/roster-text.ts';
import { useMemo, useRef, useState } from 'react';
import { dutiesWorked, type RosterDocument } from '../../contract/documents/roster-document.ts';
import { inLanguage } from '../../kernel/text.ts';
import { Panel } from '../ui/panel.tsx';
import { changePlace } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';
import { LeavePanel, PersonRow } from './person-row.tsx';
import { calledOf, type Cell } from './roster-draft.ts';
import { SkippedRows, useRowsInSight } from './roster-grid.tsx';

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

/** Who works when, for those who look and change nothing: people by days, and what the roster breaks. */
export const LookView = ({ document }: { readonly document: RosterDocument }) => {
  const { say, tell, format } = useSpeech();
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

interface RosterFilter {
  /** Empty: all. */
  readonly tier: string;
  readonly team: string;
  /** Part of a name or number. */
  readonly text: string;
}

/** The people whom the filter leaves, by number. */
export const useShownPeople = ({
  people,
}: RosterDocument): readonly [readonly number[], RosterFilter, (filter: RosterFilter) => void] => {
  const [filter, setFilter] = useState<RosterFilter>({ tier: '', team: '', text: '' });
  const shown = useMemo(() => {
    const text = filter.text.trim().toLowerCase();
    return people.flatMap(({ operator, name = '', tier, team }, at) =>
      (filter.tier === '' || tier === filter.tier) &&
      (filter.team === '' || team === filter.team) &&
      `${operator} ${name}`.toLowerCase().includes(text)
        ? [at]
        : [],
    );
  }, [people, filter]);
  return [shown, filter, setFilter];
};

/** The chosen day, moved to the first of those shown where its own person is not among them; none where nobody is shown. */
export const cellAmong = (shown: readonly number[], cell: Cell): Cell | undefined => {
  if (shown.includes(cell.person)) return cell;
  const [person] = shown;
  return person === undefined ? undefined : { ...cell, person };
};

export const RosterFilters = ({
  document,
  filter,
  change,
  shown,
}: {
  readonly document: RosterDocument;
  readonly filter: RosterFilter;
  readonly change: (filter: RosterFilter) => void;
  readonly shown: number;
}) => {
  const { say, language } = useSpeech();
  const teams = [...new Set(document.people.flatMap(({ team }) => (team === null ? [] : [team])))].sort();
  return (
    <div className="row roster-filters no-print">
      <Input.Search
        aria-label={say('roster.search')}
        placeholder={say('roster.search')}
        allowClear
        value={filter.text}
        style={{ width: 170 }}
        onChange={({ target }) => change({ ...filter, text: target.value })}
      />
      <Select
        aria-label={say('roster.tier')}
        value={filter.tier}
        style={{ minWidth: 150 }}
        popupMatchSelectWidth={false}
        options={[
          { value: '', label: say('roster.allTiers') },
          ...document.tiers.map(({ tier, name }) => ({ value: tier, label: inLanguage(name, language) })),
        ]}
        onChange={(tier: string) => change({ ...filter, tier })}
      />
      {teams.length > 0 && (
        <Select
          aria-label={say('roster.team')}
          value={filter.team}
          style={{ minWidth: 120 }}
          options={[
            { value: '', label: say('roster.allTeams') },
            ...teams.map((team) => ({ value: team, label: team })),
          ]}
          onChange={(team: string) => change({ ...filter, team })}
        />
      )}
      <span className="note">{say('roster.shown', { n: shown, all: document.people.length })}</span>
      <ShiftLegend document={document} />
    </div>
  );
};

/** What the letters mean. */
const ShiftLegend = ({ document }: { readonly document: RosterDocument }) => {
  const { language } = useSpeech();
  return (
    <span className="shift-legend">
      {document.shifts.map(({ shift, letter, name, night }, at) => (
        <span key={shift}>
          <span className={`duty s${at % 12} ${night ? 'night' : ''}`}>{inLanguage(letter, language)}</span>{' '}
          {inLanguage(name, language)}
        </span>
      ))}
    </span>
  );
};

/** One person's days, one below the other: for a phone. */
export const OwnView = ({
  document,
  operator,
}: {
  readonly document: RosterDocument;
  readonly operator: string | null;
}) => {
  const { say, language, format } = useSpeech();
  const own = document.people.find((one) => one.operator === operator) ?? document.people[0];
  if (own === undefined) return null;
  const duties = new Map(
    dutiesWorked(document).flatMap((duty) =>
      duty.operator === own.operator ? [[duty.date, duty] as const] : [],
    ),
  );
  const tierName = (tier: string): string => {
    const found = document.tiers.find((one) => one.tier === tier);
    return found === undefined ? tier : inLanguage(found.name, language);
  };
  return (
    <Panel
      title={say('roster.own', { operator: calledOf(document)(own.operator) })}
      actions={
        document.people.length > 1 && (
          <Select
            aria-label={say('roster.choose')}
            showSearch={{ optionFilterProp: 'label' }}
            value={own.operator}
            style={{ minWidth: 120 }}
            options={document.people.map((one) => ({
              value: one.operator,
              label: one.name === undefined ? one.operator : `${one.name} ${one.operator}`,
            }))}
            onChange={(chosen: string) => changePlace({ operator: chosen })}
          />
        )
      }
    >
      <ul className="own-days">
        {document.days.map(({ date, weekday, holiday }) => {
          const duty = duties.get(date);
          const at = document.shifts.findIndex(({ shift }) => shift === duty?.shift);
          const shift = document.shifts[at];
          const isAway = own.away.includes(date);
          const ill = document.absences?.find((one) => one.operator === own.operator && one.date === date);
          return (
            <li key={date} className={weekday > 5 || holiday !== null ? 'rest' : ''}>
              <span className="own-date">
                {format.day(date)}
                {holiday !== null && <span className="under">{inLanguage(holiday, language)}</span>}
              </span>
              {duty === undefined || shift === undefined ? (
                <span className="own-off">
                  {ill === undefined
                    ? say(isAway ? 'roster.onLeave' : 'roster.off')
                    : say('roster.illSince', { from: ill.from })}
                </span>
              ) : (
                <>
                  <span className={`duty s${at % 12} ${shift.night ? 'night' : ''}`}>
                    {inLanguage(shift.letter, language)}
                  </span>
                  <span>
                    {kindName(inLanguage(shift.name, language))} {duty.start}–{duty.end}
                    {duty.illFrom !== undefined && ` · ${say('roster.illSince', { from: duty.illFrom })}`}
                    <span className="under">{tierName(duty.tier)}</span>
                  </span>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
};
