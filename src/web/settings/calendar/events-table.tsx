import { Button } from 'antd';
import type { PlannedEvent } from '../../../contract/http/calendar-document.ts';
import { nameIn } from '../../../words/name-in.ts';
import { PlainTable } from '../../ui/plain-table.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { useSpeech } from '../../words/words.tsx';
import { useKindName } from './event-kinds.ts';

/** The events that a month sees, in words. */
export const EventsTable = ({
  events,
  nameOf,
  open,
}: {
  readonly events: readonly PlannedEvent[];
  readonly nameOf: (queue: string | undefined) => string;
  readonly open: (event: PlannedEvent) => void;
}) => {
  const { say, language } = useSpeech();
  const format = useFormat();
  const kindName = useKindName();
  if (events.length === 0) return <p className="note">{say('calendar.none')}</p>;
  return (
    <PlainTable
      stacks
      label={say('calendar.listed')}
      rows={events}
      keyOf={(event) => `${event.date} ${event.kind} ${event.label} ${event.queue ?? ''}`}
      columns={[
        { key: 'label', head: say('calendar.label'), cell: ({ label }) => nameIn(label, language) },
        { key: 'kind', head: say('calendar.kind'), cell: ({ kind }) => kindName(kind) },
        { key: 'from', head: say('calendar.firstDay'), cell: ({ date }) => format.day(date) },
        { key: 'to', head: say('calendar.lastDay'), cell: ({ date, end }) => format.day(end ?? date) },
        { key: 'queue', head: say('calendar.queue'), cell: ({ queue }) => nameOf(queue) },
        {
          key: 'share',
          head: say('calendar.share'),
          numeric: true,
          cell: ({ expectedEffect, decayDays }) => (
            <>
              {expectedEffect === undefined ? say('calendar.learnt') : `${format.points(expectedEffect, 0)}%`}
              {decayDays !== undefined && decayDays > 0 && (
                <small className="under">{say('calendar.fades', { n: format.count(decayDays) })}</small>
              )}
            </>
          ),
        },
        {
          key: 'edit',
          head: say('calendar.edit'),
          cell: (event) => (
            <Button
              size="small"
              aria-label={say('calendar.editOf', { name: `${event.label} ${format.day(event.date)}` })}
              onClick={() => open(event)}
            >
              {say('calendar.edit')}
            </Button>
          ),
        },
      ]}
    />
  );
};
