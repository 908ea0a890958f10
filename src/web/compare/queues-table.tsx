import type { CompareDocument } from '../../contract/documents/compare-document.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';

type QueueScore = NonNullable<CompareDocument['forecast']>['queues'][number];

/** How far off the forecast of each queue was. */
export const QueuesTable = ({
  queues,
  nameOf,
}: {
  readonly queues: readonly QueueScore[];
  readonly nameOf: (queue: string) => string;
}) => {
  const { say } = useSpeech();
  const format = useFormat();
  return (
    <>
      <h3>{say('compare.queues')}</h3>
      <PlainTable
        label={say('compare.queues')}
        rows={queues}
        keyOf={(row) => row.queue}
        columns={[
          { key: 'queue', head: say('calls.queue'), cell: (row) => nameOf(row.queue) },
          { key: 'wape', head: say('compare.wape'), numeric: true, cell: (row) => format.percent(row.wape) },
          {
            key: 'bias',
            head: say('compare.bias'),
            numeric: true,
            cell: (row) => format.points(row.bias),
          },
          {
            key: 'coverage',
            head: say('compare.inRange'),
            numeric: true,
            cell: (row) => format.percent(row.coverage80, 0),
          },
        ]}
      />
    </>
  );
};
