import type { TiersModel } from '../contract/models/tiers-model.ts';
import { type Problem } from '../kernel/errors.ts';
import { storeProblem } from './store-problems.ts';
import { fullestShrinkage, mostShrinkage } from '../kernel/shrinkage.ts';
import { clockText } from '../kernel/time-window.ts';

/** What is wrong with the kinds of a tier's shrinkage: half a window or none, or too much at once. */
export const checkShrinkage = ({ tiers }: TiersModel): readonly Problem[] =>
  tiers.flatMap(({ shrinkage }, t): Problem[] => {
    if (typeof shrinkage === 'number') return [];
    const path = `tiers.${t}.shrinkage`;
    const problems = shrinkage.flatMap(({ from, to }, j): Problem[] => [
      ...((from === undefined) === (to === undefined) ? [] : [halfWindow(`${path}.${j}`, from ?? to ?? '')]),
      ...(from !== undefined && from === to ? [emptyWindow(`${path}.${j}`, from)] : []),
    ]);
    const { share, weekday, minute } = fullestShrinkage(shrinkage);
    return share > mostShrinkage + 1e-9 ? [...problems, tooMuch(path, share, weekday + 1, minute)] : problems;
  });

const halfWindow = (path: string, value: string): Problem => storeProblem(path, 'half-a-window', value);

const emptyWindow = (path: string, value: string): Problem =>
  storeProblem(path, 'empty-window', `${value}–${value}`);

const tooMuch = (path: string, share: number, weekday: number, minute: number): Problem => {
  const clock = clockText(minute);
  return storeProblem(path, 'shrinkage-above-nine-tenths', Number(share.toFixed(6)), { weekday, clock });
};
