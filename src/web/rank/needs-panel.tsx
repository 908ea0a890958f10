import type { RankDocument } from '../../contract/documents/rank-document.ts';
import { hotNeeds, toldChances } from '../../monitoring/bands.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';

/** What the hot band takes, by the number of test calls: a jump in counts, and the true rates behind three chances. */
export const NeedsPanel = ({ monitor }: { readonly monitor: NonNullable<RankDocument['monitor']> }) => {
  const { say } = useSpeech();
  const format = useFormat();
  const told = [...new Set([5, 11, 20, 40, monitor.testCalls])].sort((a, b) => a - b);
  return (
    <Panel title={say('rank.needs')} note={say('rank.needsNote', { n: format.count(monitor.attempts) })}>
      <PlainTable
        label={say('rank.needs')}
        rows={hotNeeds(told, monitor)}
        keyOf={(need) => String(need.testCalls)}
        columns={[
          {
            key: 'tests',
            head: say('rank.needs.tests'),
            cell: (need) => format.count(need.testCalls),
          },
          {
            key: 'needed',
            head: say('rank.needs.connected'),
            numeric: true,
            cell: (need) => format.count(need.needed),
          },
          ...toldChances.map((chance, i) => ({
            key: String(chance),
            head: say('rank.needs.rate', { chance: format.percent(chance, 0) }),
            numeric: true,
            cell: (need: ReturnType<typeof hotNeeds>[number]) =>
              format.percent(need.chances[i]?.testRate ?? null, 2),
          })),
        ]}
      />
    </Panel>
  );
};
