import type { SimulationModel } from '../../queueing/simulator/simulation-model.ts';

/** What a bare model's author calls its classes and pools; undefined where no name was given. */
export interface ModelNames {
  readonly classes: readonly (string | undefined)[];
  readonly pools: readonly (string | undefined)[];
}

export const namesOfModel = ({ classes, pools }: SimulationModel): ModelNames => ({
  classes: classes.map(({ name }) => name),
  pools: pools.map(({ name }) => name),
});

/** Number as in the model's file (from 0), with the name where there is one: '0 general'. */
export const numberAndName = (number: number, names: readonly (string | undefined)[]): string =>
  [String(number), names[number] ?? ''].join(' ').trim();
