import { Panel } from '../ui/panel.tsx';
import { useNarrow } from '../ui/use-narrow.ts';
import { useFormat } from '../ui/use-format.ts';
import { weekOf } from '../../kernel/time.ts';
import { clockText } from '../../kernel/time-window.ts';
import { useSpeech } from '../words/words.tsx';
import { dayCover } from './day-rate.ts';
import type { RosterParts } from './use-draft.ts';

const height = 170;
const bottom = 18;

/** The chosen day by interval: operators ready as planned and as rostered. */
export const DayPanel = ({
  parts: { document, basis, operations },
  day,
  tier,
  operators,
}: {
  readonly parts: RosterParts;
  readonly day: number;
  readonly tier: string | undefined;
  readonly operators: ReadonlyMap<string, Float64Array>;
}) => {
  const { say } = useSpeech();
  const isNarrow = useNarrow();
  const width = isNarrow ? 340 : 620;
  const labelled = isNarrow ? 360 : 180;
  const format = useFormat();
  const { date = '', weekday = 1 } = document.days[day] ?? {};
  const plannedOperation = operations.get(basis.weeks.find(({ week }) => week === weekOf(date))?.plan ?? '');
  if (plannedOperation === undefined) return null;
  const { starts, planned, rostered } = dayCover(plannedOperation, weekday, operators, tier);
  const top = Math.max(1, ...planned, ...rostered);
  const each = width / Math.max(1, starts.length);
  const y = (value: number): number => (height - bottom) * (1 - value / top);
  const isShort = (at: number): boolean => (rostered[at] ?? 0) < (planned[at] ?? 0) - 0.5;
  const short = starts.filter((_, at) => isShort(at));
  const line = planned
    .map((value, at) => `${at === 0 ? 'M' : 'L'}${at * each},${y(value)}H${(at + 1) * each}`)
    .join('');
  const title = say('roster.day', { day: format.day(date) });
  return (
    <Panel title={title} note={say('roster.dayNote')}>
      <svg className="day-cover" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title}>
        {rostered.map((value, at) => (
          <rect
            key={starts[at]}
            className={isShort(at) ? 'bar lacks' : 'bar'}
            x={at * each + 0.5}
            width={Math.max(1, each - 1)}
            y={y(value)}
            height={height - bottom - y(value)}
          />
        ))}
        <path d={line} className="line" />
        {starts.map((start, at) =>
          start % labelled === 0 ? (
            <text key={start} x={at * each} y={height - 4}>
              {clockText(start)}
            </text>
          ) : null,
        )}
        <text x={2} y={11}>
          {format.decimal(top, 0)}
        </text>
      </svg>
      <p className="note">
        <span className="key line-key" /> {say('roster.planned')} <span className="key bar-key" />{' '}
        {say('roster.rostered')} <span className="key lacks-key" /> {say('roster.short')}
        {short.length > 0 && `: ${short.map(clockText).join(' ')}`}
      </p>
    </Panel>
  );
};
