import type { RosterDocument } from '../../contract/documents/roster-document.ts';
import { Panel } from '../ui/panel.tsx';
import { useSpeech } from '../words/words.tsx';
import { withNames } from './refused-change.tsx';
import { calledOf } from './roster-draft.ts';

/** Leave that people ask for in the period, each with what it would do to its days. */
export const LeavePanel = ({
  document,
}: {
  readonly document: Pick<RosterDocument, 'leaveAsked' | 'people'>;
}) => {
  const { say, tell } = useSpeech();
  const { leaveAsked: asked = [] } = document;
  const called = calledOf(document);
  if (asked.length === 0) return null;
  return (
    <Panel title={say('roster.leaveAsked')}>
      <ul>
        {asked.map(({ operator, from, said }) => (
          <li key={`${operator} ${from}`}>{tell(withNames(said, called))}</li>
        ))}
      </ul>
    </Panel>
  );
};
