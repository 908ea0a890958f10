/**
 * Are effects of causes found where there are some, and how surely? Made-up lines with rain of known effects:
 *   node bench/forecast/cause-effects.ts [--seeds 200] [--days 120,150,180,365,730]
 * By length of history: share of lines on which rain that moves calls is found, how often its effect on the same day and
 * the day after lies inside the 80 % range told of it, how often the sum of all lags does, how wide the range is over the
 * effect, on how many lines an effect of a later day is told that has one and that has none, and on how many a series of chance is
 * taken for a cause.
 */
import { parseArgs } from 'node:util';
import { selectRegressors } from '../../src/forecast/causes/select-regressors.ts';
import { lagEffects } from '../../src/forecast/plan/plan-with-causes.ts';
import { prepareHistory } from '../../src/forecast/history/prepare-history.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { rainyLine } from '../../tests/support/rainy-line.ts';

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    days: { type: 'string', default: '120,150,180,365,730' },
    first: { type: 'string', default: '10000' },
  },
});
const seeds = Number(options.seeds);
const first = Number(options.first);
const calendar = calendarOf({ country: null });
const eighty = 1.2816;
const truth = [0.005, 0.002];
const usualRain = 10;

const judged = (seed: number, days: number, effects: readonly number[]) => {
  const { grid, rain, origin } = rainyLine({ seed, days, effects });
  const request = { origin, days: 7, calendar, method: 'auto', seed: 1 } as const;
  return selectRegressors(prepareHistory(grid, request)!, [rain]).taken;
};

const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;

console.log(
  'days | found | same day | day after | other lags | sum | bias same day | width same day | later lags told: true, false | false finds',
);
for (const days of options.days.split(',').map(Number)) {
  const inside = [0, 0, 0, 0];
  let [found, falsely, bias, width, others, told, toldFalsely] = [0, 0, 0, 0, 0, 0, 0];
  for (let seed = first; seed < first + seeds; seed += 1) {
    if (judged(seed, days, []) !== undefined) falsely += 1;
    const taken = judged(seed + 50_000, days, truth);
    if (taken === undefined) continue;
    found += 1;
    const lags = lagEffects(taken, 0, usualRain).flatMap(({ lag, isSure }) =>
      isSure && lag > 0 ? [lag] : [],
    );
    if (lags.includes(1)) told += 1;
    if (lags.some((lag) => lag > 1)) toldFalsely += 1;
    const { beta, covariance } = taken.effects;
    const halfOf = (lag: number): number => eighty * Math.sqrt(covariance[lag * (beta.length + 1)]!);
    for (let lag = 0; lag < beta.length; lag += 1) {
      const isIn = Math.abs(beta[lag]! - (truth[lag] ?? 0)) <= halfOf(lag);
      if (isIn) inside[Math.min(2, lag)]! += 1;
      if (lag >= 2) others += 1;
    }
    const sum = beta.reduce((all, value) => all + value, 0);
    const half = eighty * Math.sqrt(covariance.reduce((all, value) => all + value, 0));
    if (Math.abs(sum - 0.007) <= half) inside[3]! += 1;
    bias += beta[0]! / truth[0]! - 1;
    width += (2 * halfOf(0)) / truth[0]!;
  }
  console.log(
    [
      days,
      percent(found, seeds),
      percent(inside[0]!, found),
      percent(inside[1]!, found),
      percent(inside[2]!, others),
      percent(inside[3]!, found),
      percent(bias, found),
      percent(width, found),
      `${percent(told, found)}, ${toldFalsely} of ${found}`,
      `${falsely} of ${seeds}`,
    ].join(' | '),
  );
}
