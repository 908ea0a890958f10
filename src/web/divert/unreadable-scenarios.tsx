import { Alert, Button } from 'antd';
import { ProblemLines } from '../ui/problem-lines.tsx';
import { saveFile } from '../ui/save-file.ts';
import { useSpeech } from '../words/words.tsx';
import { fileOfUnreadable, type UnreadableScenario } from './stored-scenarios.ts';

/** Kept scenarios that cannot be read: what is wrong with each, to be taken out as a file or removed. */
export const UnreadableScenarios = ({
  entries,
  remove,
}: {
  readonly entries: readonly UnreadableScenario[];
  readonly remove: (entry: UnreadableScenario) => void;
}) => {
  const { say } = useSpeech();
  return (
    <Alert
      type="warning"
      role="status"
      title={say('scenario.unreadable', { n: entries.length })}
      description={
        <ul className="unreadable">
          {entries.map((entry, i) => {
            const name = entry.name ?? say('scenario.nameless', { n: i + 1 });
            return (
              <li key={`${i} ${name}`}>
                <strong>{name}</strong>
                <ProblemLines problems={entry.issues} />
                <span className="row">
                  <Button
                    size="small"
                    aria-label={say('scenario.exportNamed', { name })}
                    onClick={() => saveFile('huawu-scenario-unreadable.json', fileOfUnreadable(entry))}
                  >
                    {say('scenario.export')}
                  </Button>
                  <Button
                    size="small"
                    danger
                    aria-label={say('scenario.removeNamed', { name })}
                    onClick={() => remove(entry)}
                  >
                    {say('scenario.remove')}
                  </Button>
                </span>
              </li>
            );
          })}
        </ul>
      }
    />
  );
};
