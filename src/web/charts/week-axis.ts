import { colours } from '../theme.ts';
import type { MixedOptions } from './chart-view.tsx';

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
