import type { CompareDocument } from '../../contract/documents/compare-document.ts';
import { ChartView } from '../charts/chart-view.tsx';
import { colours } from '../theme.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';

/** Bars of a waterfall that starts at `start`: each effect from where the ones before it have led to. */
export const waterfall = (start: number, effects: readonly number[]): [number, number][] => {
  let reached = start;
  return effects.map((effect): [number, number] => {
    const from = reached;
    reached += effect;
    return [from, reached];
  });
};

/** Percent below all bars at which the axis starts, so that steps of a point can be seen. */
const axisStart = (values: readonly number[]): number =>
  Math.max(0, Math.floor((Math.min(...values) - 2) / 5) * 5);

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

/** Why the connection rate came out otherwise than projected, cause by cause, in percentage points. */
export const CausesChart = ({ compared }: { readonly compared: CompareDocument }) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const { causes, traffic } = compared;
  const effects = causes.map((cause) => cause.effect);
  const gap = compared.gap ?? effects.reduce((sum, effect) => sum + effect, 0);
  const projected = traffic?.projectedConnectionRate ?? null;
  const steps = waterfall(projected ?? 0, effects).map(([from, to]): [number, number] => [
    from * 100,
    to * 100,
  ]);
  const floor = projected === null ? 0 : axisStart([projected * 100, ...steps.flat()]);
  // Without a projected rate to start from, the last bar is the gap itself.
  const ends =
    projected === null
      ? {
          before: [],
          after: [
            { name: say('causes.gap'), bar: [0, gap * 100] as [number, number], shown: format.points(gap) },
          ],
        }
      : {
          before: [
            {
              name: say('causes.projected'),
              bar: [floor, projected * 100] as [number, number],
              shown: format.percent(projected),
            },
          ],
          after: [
            {
              name: say('causes.actual'),
              bar: [floor, (projected + gap) * 100] as [number, number],
              shown: format.percent(projected + gap),
            },
          ],
        };
  const parts = causes.map((cause, i) => ({
    name: tell(cause.name),
    bar: steps[i] ?? [0, 0],
    shown: format.points(cause.effect),
    colour: cause.effect < 0 ? colours.bad : colours.good,
  }));
  const total = (each: (typeof ends.after)[number]) => ({ ...each, colour: colours.primary });
  const bars = [...ends.before.map(total), ...parts, ...ends.after.map(total)];
  return (
    <Panel title={say('causes.title')} note={say('causes.note')}>
      <ChartView
        label={say('causes.label')}
        height={260}
        data={{
          labels: bars.map((each) => each.name),
          datasets: [
            {
              type: 'bar',
              label: say('causes.effect'),
              data: bars.map((each): [number, number] => [each.bar[0], each.bar[1]]),
              backgroundColor: bars.map((each) => each.colour),
              minBarLength: 2,
              maxBarThickness: 60,
            },
          ],
        }}
        options={{
          plugins: {
            legend: { display: false },
            tooltip: { callbacks: { label: (item) => ` ${bars[item.dataIndex]?.shown ?? ''}` } },
          },
          scales: {
            x: {
              grid: { display: false },
              ticks: {
                autoSkip: false,
                maxRotation: 0,
                callback(_, i) {
                  const places = Math.max(4, Math.floor(this.chart.width / bars.length / 7));
                  return [...brokenName(bars[i]?.name ?? '', places), bars[i]?.shown ?? ''];
                },
              },
            },
            y: {
              ...(projected === null ? {} : { min: floor }),
              title: { display: true, text: say('causes.axis') },
            },
          },
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
          { key: 'name', head: say('causes.cause'), cell: (row) => row.name },
          {
            key: 'effect',
            head: say('causes.column'),
            numeric: true,
            cell: (row) => format.points(row.effect, 2),
          },
        ]}
      />
    </Panel>
  );
};
