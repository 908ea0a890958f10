import { Select } from 'antd';
import { dutiesWorked, type RosterDocument } from '../../contract/documents/roster-document.ts';
import { inLanguage } from '../../kernel/text.ts';
import { Panel } from '../ui/panel.tsx';
import { changePlace } from '../ui/use-place.ts';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { calledOf } from './roster-draft.ts';

/** One person's days, one below the other: for a phone. */
export const OwnView = ({
  document,
  operator,
}: {
  readonly document: RosterDocument;
  readonly operator: string | null;
}) => {
  const { say, language } = useSpeech();
  const format = useFormat();
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
                    {inLanguage(shift.name, language)} {duty.start}–{duty.end}
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
