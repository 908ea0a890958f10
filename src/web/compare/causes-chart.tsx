import type { CompareDocument } from '../../contract/documents.ts';
import { ChartView } from '../charts/chart-view.tsx';
import { colours } from '../theme.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';

/** Bars of a waterfall: each cause from where the ones before it have led to, the whole gap last. */
export const waterfall = (effects: readonly number[]): [number, number][] => {
  let reached = 0;
  const bars = effects.map((effect): [number, number] => {
    const from = reached;
    reached += effect;
    return [from, reached];
  });
  return [...bars, [0, reached]];
};

/** Why the connection rate came out otherwise than projected, cause by cause, in percentage points. */
export const CausesChart = ({ compared }: { readonly compared: CompareDocument }) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const { causes } = compared;
  const bars = waterfall(causes.map((cause) => cause.effect));
  const rows = [
    ...causes.map((cause) => ({ name: tell(cause.name), effect: cause.effect })),
    { name: say('causes.gap'), effect: compared.gap ?? bars.at(-1)?.[1] ?? 0 },
  ];
  return (
    <Panel title={say('causes.title')} note={say('causes.note')}>
      <ChartView
        label={say('causes.label')}
        height={260}
        data={{
          labels: rows.map((row) => row.name),
          datasets: [
            {
              type: 'bar',
              label: say('causes.effect'),
              data: bars.map(([from, to]): [number, number] => [from * 100, to * 100]),
              backgroundColor: rows.map((row, i) =>
                i === rows.length - 1 ? colours.ink : row.effect < 0 ? colours.bad : colours.good,
              ),
              maxBarThickness: 60,
            },
          ],
        }}
        options={{
          plugins: {
            legend: { display: false },
            tooltip: {
              callbacks: {
                label: (item) => say('causes.points', { n: format.points(rows[item.dataIndex]?.effect, 2) }),
              },
            },
          },
          scales: { y: { title: { display: true, text: say('causes.axis') } } },
        }}
        table={null}
      />
      <PlainTable
        label={say('causes.title')}
        rows={rows}
        keyOf={(row) => row.name}
        columns={[
          { key: 'name', head: say('causes.cause'), cell: (row) => row.name },
          {
            key: 'effect',
            head: say('causes.axis'),
            numeric: true,
            cell: (row) => format.points(row.effect, 2),
          },
        ]}
      />
    </Panel>
  );
};
