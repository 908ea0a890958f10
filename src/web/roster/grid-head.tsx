import { useMemo } from 'react';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import type { Cell, DraftControl, RosterParts } from './use-draft.ts';

/** Days, and below them what each requires, has, lacks, and how many more people could be away; of one tier where it is chosen. */
export const GridHead = ({
  parts: { document },
  control: { now, draft, turn, edited },
  tier,
  cell,
  choose,
}: {
  readonly parts: RosterParts;
  readonly control: DraftControl;
  readonly tier: string | undefined;
  readonly cell: Cell;
  readonly choose: (cell: Cell) => void;
}) => {
  const { say } = useSpeech();
  const format = useFormat();
  const tierAt = tier === undefined ? -1 : draft.problem.tiers.indexOf(tier);
  const counts = useMemo(() => {
    const roster = draft.roster();
    const fits = (one: number): boolean => tierAt < 0 || one === tierAt;
    return document.days.map(({ moreAway, moreAwayByTier = [] }, day) => ({
      required: draft.problem.demand.reduce(
        (sum, row) => sum + (row.day === day && fits(row.tier) ? row.operators : 0),
        0,
      ),
      onDuty: roster.filter((duty) => duty.day === day && fits(duty.tier)).length,
      missing: now.gaps.reduce(
        (sum, gap) => sum + (gap.day === day && gap.missing > 0 && fits(gap.tier) ? gap.missing : 0),
        0,
      ),
      // Worked out where the roster is stored: edits leave it open.
      moreAway:
        edited > 0
          ? ''
          : tier === undefined
            ? moreAway
            : (moreAwayByTier.find((one) => one.tier === tier)?.moreAway ?? ''),
    }));
    // `turn` says when the draft has moved.
  }, [document, draft, now, tier, tierAt, turn, edited]);
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
      {(['required', 'onDuty', 'missing', 'moreAway'] as const).map((row) => (
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
