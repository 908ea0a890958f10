import type { CompareDocument } from '../../contract/documents/compare-document.ts';
import { ChartView } from '../charts/chart-view.tsx';
import { colours } from '../theme.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat, type Format } from '../ui/use-format.ts';
import { useNarrow } from '../ui/use-narrow.ts';
import { useSpeech, type Speech } from '../words/words.tsx';

/** Bars of a waterfall that starts at `start`: each effect from where the ones before it have led to. */
export const waterfall = (start: number, effects: readonly number[]): [number, number][] => {
  let reached = start;
  return effects.map((effect): [number, number] => {
    const from = reached;
    reached += effect;
    return [from, reached];
  });
};

/**
 * A name broken into lines of about `most` places, where Chinese characters take two: at blanks, and inside a word
 * only where it is too long by itself.
 */
export const brokenName = (name: string, most: number): string[] => {
  const lines: string[] = [];
  const width = (part: string): number => [...part].reduce((sum, c) => sum + (c > '\u2e7f' ? 2 : 1), 0);
  for (const word of name.split(/ |(?<=\p{Script=Han})/u)) {
    const last = lines.at(-1);
    const blank = last === undefined || /\p{Script=Han}$/u.test(last) ? '' : ' ';
    if (last !== undefined && width(last + blank + word) <= most)
      lines[lines.length - 1] = last + blank + word;
    else lines.push(word);
  }
  return lines;
};

/** What a bar says of the rate, and its colour. */
const barKinds = [
  { kind: 'raises', colour: colours.good },
  { kind: 'lowers', colour: colours.bad },
  { kind: 'gap', colour: colours.primary },
] as const;

interface Bar {
  readonly name: string;
  readonly bar: readonly [from: number, to: number];
  readonly shown: string;
  readonly kind: (typeof barKinds)[number]['kind'];
}

/** Bars of the causes in points, each from where the ones before it have led to; the whole gap is the last. */
const barsOf = (
  { causes }: CompareDocument,
  gap: number,
  { say, tell }: Speech,
  format: Format,
): readonly Bar[] => {
  const steps = waterfall(
    0,
    causes.map(({ effect }) => effect * 100),
  );
  return [
    ...causes.map((cause, i) => ({
      name: tell(cause.name),
      bar: steps[i] ?? ([0, 0] as const),
      shown: format.points(cause.effect),
      kind: cause.effect < 0 ? ('lowers' as const) : ('raises' as const),
    })),
    {
      name: say('causes.gap'),
      bar: [0, gap * 100] as const,
      shown: format.points(gap),
      kind: 'gap' as const,
    },
  ];
};

/** The axis of rates, and that of names: beside the bars where there is no room for words below each. */
const scalesOf = (bars: readonly Bar[], title: string, lying: boolean) => {
  const rates = { title: { display: true, text: title } };
  const names = {
    grid: { display: false },
    ticks: {
      autoSkip: false,
      maxRotation: 0,
      callback(this: { readonly chart: { readonly width: number } }, _: unknown, i: number) {
        const { name = '', shown = '' } = bars[i] ?? {};
        const places = lying ? 18 : Math.max(4, Math.floor(this.chart.width / bars.length / 7));
        return [...brokenName(name, places), shown];
      },
    },
  };
  return lying ? { x: rates, y: names } : { x: names, y: rates };
};

/** Why the connection rate came out otherwise than projected, cause by cause, in percentage points. */
export const CausesChart = ({ compared }: { readonly compared: CompareDocument }) => {
  const speech = useSpeech();
  const format = useFormat();
  const lying = useNarrow();
  const { say, tell } = speech;
  const { causes } = compared;
  const gap = compared.gap ?? causes.reduce((sum, { effect }) => sum + effect, 0);
  const bars = barsOf(compared, gap, speech, format);
  return (
    <Panel title={say('causes.title')} note={say('causes.note')}>
      <ChartView
        key={lying ? 'lying' : 'standing'}
        label={say('causes.label')}
        height={lying ? 60 + 48 * bars.length : 260}
        data={{
          labels: bars.map((each) => each.name),
          datasets: barKinds
            .filter(({ kind }) => bars.some((each) => each.kind === kind))
            .map(({ kind, colour }) => ({
              type: 'bar' as const,
              label: say(`causes.${kind}`),
              data: bars.map((each): [number, number] | null => (each.kind === kind ? [...each.bar] : null)),
              backgroundColor: colour,
              // Bars of one kind stand where those of all would.
              grouped: false,
              minBarLength: 2,
              maxBarThickness: lying ? 24 : 60,
            })),
        }}
        options={{
          indexAxis: lying ? 'y' : 'x',
          plugins: {
            tooltip: { callbacks: { label: (item) => ` ${bars[item.dataIndex]?.shown ?? ''}` } },
          },
          scales: scalesOf(bars, say('causes.axis'), lying),
        }}
        table={null}
      />
      <PlainTable
        label={say('causes.title')}
        rows={[
          ...causes.map((cause) => ({ name: tell(cause.name), effect: cause.effect })),
          { name: say('causes.gap'), effect: gap },
        ]}
        keyOf={(row) => row.name}
        columns={[
          [say('causes.cause'), 'text', (row) => row.name],
          [say('causes.column'), 'points:2', (row) => row.effect],
        ]}
      />
    </Panel>
  );
};
