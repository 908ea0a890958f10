import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartData,
  type ChartOptions,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js';
import annotation from 'chartjs-plugin-annotation';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { Chart as ReactChart } from 'react-chartjs-2';
import { colours, paint } from '../theme.ts';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { useDark } from '../ui/use-screen.ts';
import { useSpeech } from '../words/words.tsx';

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
  annotation,
);
Chart.defaults.animation = false;
Chart.defaults.plugins.legend.labels.usePointStyle = true;
Chart.defaults.plugins.legend.labels.filter = (item) => item.text !== '';
const legendLabels = Chart.defaults.plugins.legend.labels;
const plainLabels = legendLabels.generateLabels.bind(legendLabels);
legendLabels.boxHeight = 9;
// A legend shows what is drawn: dashes as dashes, bars as squares.
Chart.defaults.plugins.legend.labels.generateLabels = (chart) =>
  plainLabels(chart).map((label) => {
    const drawn = chart.data.datasets[label.datasetIndex ?? -1];
    if (drawn === undefined) return label;
    if (!('borderDash' in drawn)) return drawn.type === 'bar' ? { ...label, pointStyle: 'rect' } : label;
    return { ...label, lineDash: drawn.borderDash as number[] };
  });
Chart.defaults.elements.point.pointStyle = 'line';

export type MixedData = ChartData<'line' | 'bar', (number | null | [number, number])[], string>;
type MixedChart = Chart<'line' | 'bar', (number | null | [number, number])[], string>;
export type MixedOptions = ChartOptions<'line' | 'bar'>;

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Settings with the palette's colours in them as a canvas takes them; figures are handed on as they are. */
const inPaint = <Settings extends object>(settings: Settings): Settings =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]: [string, unknown]) => {
      if (typeof value === 'string') return [name, paint(value)];
      if (isPlain(value)) return [name, inPaint(value)];
      if (Array.isArray(value) && typeof value[0] === 'string')
        return [name, value.map((each) => paint(String(each)))];
      return [name, value];
    }),
  ) as Settings;

/**
 * A chart with its words for those who do not see it, and the figures as a table beside it
 * (null: the page shows the table itself).
 */
export const ChartView = ({
  label,
  data,
  options,
  table,
  height = 300,
}: {
  readonly label: string;
  readonly data: MixedData;
  readonly options: MixedOptions;
  readonly table: ReactNode;
  readonly height?: number;
}) => {
  const { say } = useSpeech();
  const chart = useRef<MixedChart | undefined>(undefined);
  const [isTableOpen, setTableOpen] = useState(false);
  // The same options under new data leave the axes' settings as they are: only what is drawn is worked out again.
  const isDark = useDark();
  const settings = useMemo(
    (): MixedOptions =>
      inPaint({
        responsive: true,
        maintainAspectRatio: false,
        interaction: { mode: 'index', intersect: false },
        ...options,
      }),
    // A canvas does not follow the palette by itself.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [options, isDark],
  );
  Chart.defaults.font.family = paint('var(--font)');
  Chart.defaults.color = paint('var(--soft)');
  Chart.defaults.borderColor = paint('var(--hair)');
  // The font comes in parts as characters need it; a canvas does not draw itself again when a part arrives.
  useEffect(() => {
    const redraw = (): void => chart.current?.update('none');
    document.fonts.addEventListener('loadingdone', redraw);
    return () => document.fonts.removeEventListener('loadingdone', redraw);
  }, []);
  return (
    <figure className="chart">
      <div style={{ height, position: 'relative' }}>
        <ReactChart
          key={isDark ? 'dark' : 'light'}
          ref={chart}
          type="line"
          role="img"
          aria-label={label}
          data={{ ...data, datasets: data.datasets.map(inPaint) }}
          options={settings}
          updateMode="none"
        />
      </div>
      {table !== null && (
        <details onToggle={(event) => setTableOpen(event.currentTarget.open)}>
          <summary>{say('chart.asTable')}</summary>
          {isTableOpen && table}
        </details>
      )}
    </figure>
  );
};

/** A scale over a week's intervals: days as words, midnights as lines. `day` writes an ISO date. */
export const weekScale = (
  starts: readonly string[],
  day: (date: string) => string,
): NonNullable<MixedOptions['scales']>[string] => ({
  type: 'category',
  grid: { display: false },
  ticks: {
    autoSkip: false,
    maxRotation: 0,
    callback: (_, index) => {
      const start = starts[index] ?? '';
      return start.endsWith('T12:00') ? day(start.slice(0, 10)) : '';
    },
  },
});

/** A thin line at each midnight but the first. */
export const midnightLines = (starts: readonly string[]): Record<string, object> =>
  Object.fromEntries(
    starts.flatMap((start, index) =>
      index > 0 && start.endsWith('T00:00')
        ? [
            [
              `midnight${index}`,
              {
                type: 'line',
                xMin: index - 0.5,
                xMax: index - 0.5,
                borderColor: colours.muted,
                borderWidth: 1,
              },
            ],
          ]
        : [],
    ),
  );

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
  const { say, format } = useSpeech();
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
