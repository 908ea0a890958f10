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
