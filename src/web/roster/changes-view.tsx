import type { RosterChange } from '../../contract/documents/roster-document.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';

/** What became of the roster since it was made: when, what, why. */
export const ChangesView = ({ changes }: { readonly changes: readonly RosterChange[] }) => {
  const { say } = useSpeech();
  const format = useFormat();
  if (changes.length === 0)
    return (
      <Panel title={say('roster.view.changes')} note={say('roster.noChanges')}>
        {null}
      </Panel>
    );
  return (
    <Panel title={say('roster.view.changes')}>
      <PlainTable
        label={say('roster.view.changes')}
        rows={changes}
        keyOf={(change) => JSON.stringify(change)}
        columns={[
          { key: 'when', head: say('roster.when'), cell: ({ at }) => format.instant(at) },
          {
            key: 'what',
            head: say('roster.what'),
            wide: true,
            cell: ({ moves }) =>
              moves.length === 0
                ? say('roster.wasPublished')
                : moves.map(({ operator, date, before, after }) => (
                    <div key={`${operator} ${date}`}>
                      {operator} {format.day(date)} {before} → {after}
                    </div>
                  )),
          },
          { key: 'why', head: say('roster.why'), wide: true, cell: ({ why }) => why },
        ]}
      />
    </Panel>
  );
};
