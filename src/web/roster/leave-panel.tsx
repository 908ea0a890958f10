import type { RosterDocument } from '../../contract/documents/roster-document.ts';
import { Panel } from '../ui/panel.tsx';
import { useSpeech } from '../words/words.tsx';

/** Leave that people ask for in the period, each with what it would do to its days. */
export const LeavePanel = ({ asked = [] }: { readonly asked: RosterDocument['leaveAsked'] }) => {
  const { say, tell } = useSpeech();
  if (asked.length === 0) return null;
  return (
    <Panel title={say('roster.leaveAsked')}>
      <ul>
        {asked.map(({ operator, from, said }) => (
          <li key={`${operator} ${from}`}>{tell(said)}</li>
        ))}
      </ul>
    </Panel>
  );
};
