import type { TiersModel } from '../contract/models/tiers-model.ts';
import { problemAt, type Problem } from '../kernel/errors.ts';
import { fullestShrinkage, mostShrinkage } from '../kernel/shrinkage.ts';
import { text } from '../kernel/text.ts';
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

const halfWindow = (path: string, value: string): Problem =>
  problemAt(
    path,
    'half-a-window',
    value,
    text('时间段只写了一半', 'only one end of the window is given'),
    text('from 与 to 要么都写，要么都不写（全天）。', 'Give both from and to, or neither (all day).'),
  );

const emptyWindow = (path: string, value: string): Problem =>
  problemAt(
    path,
    'empty-window',
    `${value}–${value}`,
    text('时间段的起止相同', 'the window ends where it starts'),
    text('全天请不写 from 与 to。', 'For all day leave out from and to.'),
  );

const tooMuch = (path: string, share: number, weekday: number, minute: number): Problem => {
  const clock = clockText(minute);
  return problemAt(
    path,
    'shrinkage-above-nine-tenths',
    Number(share.toFixed(6)),
    text(
      `各类缩减在每周第 ${weekday} 天 ${clock} 合计超过 0.9`,
      `on weekday ${weekday} at ${clock} the kinds add up to more than 0.9`,
    ),
    text('请调低比例或错开时间段。', 'Lower the shares or move the windows apart.'),
  );
};
