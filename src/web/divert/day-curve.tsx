import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { useMemo } from 'react';
import { ChartView, type MixedOptions } from '../charts/chart-view.tsx';
import { colours } from '../theme.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat, type Format } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { dayCurve, type DayAnswer } from './project-scenario.ts';

/** Left and right margin of the plot area, pixels: the prompt track below lines up with it. */
export const plotMargin = { left: 56, right: 52 } as const;

const optionsOf = (target: number | null, say: Say, format: Format): MixedOptions => ({
  scales: {
    x: { grid: { display: false }, ticks: { maxRotation: 0 } },
    level: {
      type: 'linear',
      position: 'left',
      min: 0,
      max: 1,
      afterFit: (scale) => {
        scale.width = plotMargin.left;
      },
      ticks: { callback: (value) => format.percent(Number(value), 0) },
    },
    calls: {
      type: 'linear',
      position: 'right',
      beginAtZero: true,
      grid: { display: false },
      afterFit: (scale) => {
        scale.width = plotMargin.right;
      },
    },
  },
  plugins: {
    tooltip: {
      callbacks: {
        label: (item) =>
          `${item.dataset.label ?? ''}: ${item.dataset.type === 'line' ? format.percent(item.parsed.y) : format.decimal(item.parsed.y)}`,
      },
    },
    annotation: {
      annotations:
        target === null
          ? {}
          : {
              target: {
                type: 'line',
                yScaleID: 'level',
                yMin: target,
                yMax: target,
                borderColor: colours.ink,
                borderWidth: 1.5,
                borderDash: [3, 3],
                label: {
                  display: true,
                  position: 'start',
                  content: say('divert.target', { target: format.percent(target, 0) }),
                  backgroundColor: colours.surface,
                  color: colours.ink,
                },
              },
            },
    },
  },
});

type Say = ReturnType<typeof useSpeech>['say'];

/** The day before and after: calls as bars, the 15-second rate as lines, the target across. */
export const DayCurve = ({
  plan,
  date,
  answer,
}: {
  readonly plan: PlanDocument;
  readonly date: string;
  readonly answer: DayAnswer;
}) => {
  const { say } = useSpeech();
  const format = useFormat();
  const before = dayCurve(answer.before);
  const after = dayCurve(answer.after);
  const clocks = plan.starts.filter((start) => start.startsWith(date)).map((start) => start.slice(11));
  const target = plan.targets.serviceLevel;
  const options = useMemo(() => optionsOf(target, say, format), [target, say, format]);
  const level = (label: string, data: (number | null)[], colour: string, dash: number[]) => ({
    type: 'line' as const,
    label,
    data,
    yAxisID: 'level',
    borderColor: colour,
    backgroundColor: colour,
    borderWidth: 2,
    borderDash: dash,
    pointRadius: 0,
    spanGaps: true,
  });
  const bars = (label: string, data: number[], colour: string) => ({
    type: 'bar' as const,
    label,
    data,
    yAxisID: 'calls',
    backgroundColor: colour,
    categoryPercentage: 0.95,
    barPercentage: 0.95,
  });
  return (
    <ChartView
      label={say('divert.curveLabel', { day: format.day(date) })}
      data={{
        labels: clocks,
        datasets: [
          level(
            say('divert.levelBefore', { n: plan.answerTimeThresholdSeconds }),
            before.level,
            colours.bad,
            [6, 4],
          ),
          level(
            say('divert.levelAfter', { n: plan.answerTimeThresholdSeconds }),
            after.level,
            colours.primary,
            [],
          ),
          bars(say('divert.callsBefore'), before.offered, colours.muted),
          bars(say('divert.callsAfter'), after.offered, colours.pale),
        ],
      }}
      options={options}
      table={
        <PlainTable
          label={say('divert.title')}
          rows={clocks}
          keyOf={(clock) => clock}
          columns={[
            [say('calls.interval'), 'text', (clock) => clock],
            [say('divert.callsBefore'), 'number', (_, i) => before.offered[i]],
            [say('divert.callsAfter'), 'number', (_, i) => after.offered[i]],
            [
              say('divert.levelBefore', { n: plan.answerTimeThresholdSeconds }),
              'share',
              (_, i) => before.level[i],
            ],
            [
              say('divert.levelAfter', { n: plan.answerTimeThresholdSeconds }),
              'share',
              (_, i) => after.level[i],
            ],
          ]}
        />
      }
    />
  );
};
