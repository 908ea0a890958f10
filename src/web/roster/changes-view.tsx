import type { RosterChange, RosterDocument } from '../../contract/documents/roster-document.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { shiftName } from './ill-drawer.tsx';
import { calledOf } from './roster-draft.ts';

/** What became of the roster since it was made: when, what, by whom, why. */
export const ChangesView = ({
  document,
  changes,
}: {
  readonly document: RosterDocument;
  readonly changes: readonly RosterChange[];
}) => {
  const { say, language } = useSpeech();
  const format = useFormat();
  const called = calledOf(document);
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
                      {called(operator)} {format.day(date)} {shiftName(document, before, language, say)} →{' '}
                      {shiftName(document, after, language, say)}
                    </div>
                  )),
          },
          { key: 'by', head: say('roster.who.changed'), cell: ({ by = '' }) => by },
          { key: 'why', head: say('roster.why'), wide: true, cell: ({ why }) => why },
        ]}
      />
    </Panel>
  );
};
