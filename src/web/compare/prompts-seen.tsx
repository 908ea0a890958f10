import type { CompareDocument } from '../../contract/documents/compare-document.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';

/** What each prompt that played was believed to do, and what the counts say that it did. */
export const PromptsSeen = ({ prompts }: { readonly prompts: CompareDocument['prompts'] }) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  return (
    <Panel title={say('compare.prompts')} note={say('compare.promptsNote')}>
      <PlainTable
        label={say('compare.prompts')}
        rows={prompts}
        keyOf={(row) => `${row.prompt} ${row.from}`}
        columns={[
          { key: 'name', head: say('prompts.prompt'), cell: (row) => tell(row.name) },
          { key: 'from', head: say('compare.seenIn'), cell: (row) => say(`compare.from.${row.from}`) },
          { key: 'heard', head: say('compare.heard'), numeric: true, cell: (row) => format.count(row.heard) },
          {
            key: 'predicted',
            head: say('compare.predictedShare'),
            numeric: true,
            cell: (row) => format.percent(row.predictedShare),
          },
          {
            key: 'seen',
            head: say('compare.seenShare'),
            numeric: true,
            cell: (row) => (
              <>
                {format.percent(row.seenShare)}
                <small className="under">
                  {format.percent(row.low)} – {format.percent(row.high)}
                </small>
              </>
            ),
          },
          {
            key: 'callers',
            head: say('compare.callers'),
            numeric: true,
            cell: (row) => `${format.count(row.predictedCallers)} / ${format.count(row.seenCallers)}`,
          },
        ]}
      />
    </Panel>
  );
};
