import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { ChartView, midnightLines, type MixedData, weekScale } from './chart-view.tsx';

/** A curve over a week's intervals; null where nothing is known. */
interface Curve {
  readonly label: string;
  readonly values: readonly (number | null)[];
  readonly colour: string;
  /** Whole numbers are counted, not estimated. */
  readonly counted?: boolean;
}

/** A filled band between two quantiles. */
interface Band {
  readonly label: string;
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly lowLabel: string;
  readonly highLabel: string;
  readonly colour: string;
}

const plainLine = { type: 'line' as const, pointRadius: 0, borderWidth: 0 };

const dataOf = (starts: readonly string[], curves: readonly Curve[], bands: readonly Band[]): MixedData => ({
  labels: [...starts],
  datasets: [
    ...curves.map((curve) => ({
      ...plainLine,
      label: curve.label,
      data: [...curve.values],
      borderColor: curve.colour,
      backgroundColor: curve.colour,
      borderWidth: curve.counted === true ? 1.5 : 2,
    })),
    // A band is filled from its upper edge to the unnamed line after it.
    ...bands.flatMap((band) => [
      {
        ...plainLine,
        label: band.label,
        data: [...band.high],
        fill: '+1',
        pointStyle: 'rect' as const,
        backgroundColor: band.colour,
      },
      { ...plainLine, label: '', data: [...band.low] },
    ]),
  ],
});

/** Curves with their bands over a week, and the same figures as a table. */
export const BandChart = ({
  label,
  tableLabel,
  axis,
  starts,
  curves,
  bands,
}: {
  readonly label: string;
  readonly tableLabel: string;
  readonly axis: string;
  readonly starts: readonly string[];
  readonly curves: readonly Curve[];
  readonly bands: readonly Band[];
}) => {
  const { say } = useSpeech();
  const format = useFormat();
  const columns = [
    ...curves.map(({ label: head, values, counted }) => ({ head, values, counted: counted === true })),
    ...bands.flatMap((band) => [
      { head: band.lowLabel, values: band.low, counted: false },
      { head: band.highLabel, values: band.high, counted: false },
    ]),
  ];
  return (
    <ChartView
      label={label}
      data={dataOf(starts, curves, bands)}
      options={{
        scales: {
          x: weekScale(starts, format.axisDay),
          y: { beginAtZero: true, title: { display: true, text: axis } },
        },
        plugins: {
          annotation: { annotations: midnightLines(starts) },
          tooltip: {
            filter: (item) => item.dataset.label !== '',
            callbacks: {
              title: (items) => format.moment(starts[items[0]?.dataIndex ?? 0] ?? ''),
              label: (item) => {
                const band = bands.find((each) => each.label === item.dataset.label);
                const at = item.dataIndex;
                const written =
                  band === undefined
                    ? format.decimal(item.parsed.y)
                    : `${format.decimal(band.low[at])} – ${format.decimal(band.high[at])}`;
                return ` ${item.dataset.label ?? ''} ${written}`;
              },
            },
          },
        },
      }}
      table={
        <PlainTable
          label={tableLabel}
          rows={starts}
          keyOf={(start) => start}
          columns={[
            [say('calls.interval'), 'moment', (start) => start],
            ...columns.map((column): Column<string> => [
              column.head,
              'number',
              (_, i) => (column.counted ? format.count(column.values[i]) : format.decimal(column.values[i])),
            ]),
          ]}
        />
      }
    />
  );
};
