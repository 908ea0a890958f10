import type { Sayable } from '../../kernel/finding.ts';
import { freshDemand } from '../../forecast/behaviour/behaviour.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import type { Models } from '../ports.ts';
import { fieldGrid, type History } from './read-history.ts';

/** First-time calls of every queue of a history as days × slots, and what was assumed to find them. */
export const freshGrids = (
  history: History,
  { zone, assumedRepeats }: Pick<Models['hotline'], 'zone' | 'assumedRepeats'>,
): { readonly grids: ReadonlyMap<string, DayGrid>; readonly assumptions: readonly Sayable[] } => {
  const assumptions: Sayable[] = [];
  const grids = new Map<string, DayGrid>();
  for (const columns of history.queues) {
    const field = (name: 'offered' | 'answered' | 'redials') => fieldGrid(columns, name, zone);
    const { fresh, reasons } = freshDemand(
      field('offered'),
      field('answered'),
      field('redials'),
      assumedRepeats.afterAbandon,
    );
    assumptions.push(...reasons);
    grids.set(columns.queue, fresh);
  }
  return { grids, assumptions };
};
