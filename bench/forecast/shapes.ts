/**
 * Is the mix behind one of its forms where a line's level changes?
 *   node bench/forecast/shapes.ts [--lines 200] [--first 9000] [--kinds calm,merger,...]
 * Made-up lines of a campaign, a merger, a new service, a pandemic, an ended service, that grow, and that stay calm, each
 * forecast once, up to 17 weeks after the change began. By kind, one and four weeks ahead: WAPE and bias of day totals; the form
 * that is best on all lines of the kind together, in hindsight, and the mix less it (mean over lines of the difference, ±
 * its standard error); what lies below and above the 80 % range; the error of a forecast that knew all but the chance of days;
 * how much more, in per cent, the mix errs without each of its forms.
 */
import { parseArgs } from 'node:util';
import { fitQueue } from '../../src/forecast/forecast-queues.ts';
import { assembleForecast } from '../../src/forecast/plan/assemble-forecast.ts';
import { explainForecast } from '../../src/forecast/plan/explain-forecast.ts';
import { rollFar } from '../../src/forecast/level/rolling-levels.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { formsAhead, mixedLogs } from './mixed-forms.ts';
import { madeUpShape, type ShapedLine, type ShapeKind, shapeKinds } from './made-up-shapes.ts';

const { values: options } = parseArgs({
  options: {
    lines: { type: 'string', default: '200' },
    first: { type: 'string', default: '9000' },
    kinds: { type: 'string', default: shapeKinds.join(',') },
  },
});
const calendar = calendarOf({ country: null });

/** Shares of one line's calls in one week ahead. */
interface LineScore {
  readonly mix: number;
  readonly bias: number;
  readonly floor: number;
  readonly below: number;
  readonly above: number;
  readonly forms: ReadonlyMap<string, number>;
  /** The mix without each form. */
  readonly without: ReadonlyMap<string, number>;
}

const scoreLine = ({ grid, origin, expected }: ShapedLine): LineScore[] => {
  const request = { origin, days: expected.length, calendar, method: 'auto', seed: 1, pathCount: 0 } as const;
  const { plan, history } = fitQueue(grid, request)!;
  const { dayQuantiles } = assembleForecast(history, plan, request, explainForecast(plan, request));
  const { forms } = plan;
  const ahead = formsAhead(forms);
  const told = ahead.map(({ mean }) => mean.map(Math.exp));
  const far = rollFar(history, forms.fits);
  const standing = mixedLogs(forms, ahead, far);
  const without = forms.priors.map((_, left) => {
    const priors = forms.priors.map((prior, form) => (form === left ? 0 : prior));
    const logs = mixedLogs(forms, ahead, far, priors);
    return dayQuantiles.mean.map((calls, day) => calls * Math.exp(logs[day]! - standing[day]!));
  });
  const truth = grid.values.subarray(grid.values.length - expected.length);
  return [0, 21].map((from) => {
    const days = [0, 1, 2, 3, 4, 5, 6].map((day) => from + day);
    const sum = (of: (day: number) => number): number => days.reduce((all, day) => all + of(day), 0);
    const calls = sum((day) => truth[day]!);
    const wape = (mean: ArrayLike<number>): number =>
      sum((day) => Math.abs(mean[day]! - truth[day]!)) / calls;
    return {
      mix: wape(dayQuantiles.mean),
      bias: sum((day) => dayQuantiles.mean[day]! - truth[day]!) / calls,
      floor: wape(expected.map(Math.exp)),
      below: sum((day) => (truth[day]! < dayQuantiles.q10[day]! ? 1 / 7 : 0)),
      above: sum((day) => (truth[day]! > dayQuantiles.q90[day]! ? 1 / 7 : 0)),
      forms: new Map(forms.names.map((name, form) => [name, wape(told[form]!)])),
      without: new Map(without.map((mean, form) => [forms.names[form]!, wape(mean)])),
    };
  });
};

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const percent = (share: number, digits = 1): string => (100 * share).toFixed(digits);

/** The form with the least mean error among those that all these lines have, and how far the mix lies from it. */
const besideBest = (lines: readonly LineScore[]): string => {
  const names = [...(lines[0]?.forms.keys() ?? [])].filter((name) =>
    lines.every(({ forms }) => forms.has(name)),
  );
  const errorOf = (name: string): number => mean(lines.map(({ forms }) => forms.get(name)!));
  const best = names.reduce((least, name) => (errorOf(name) < errorOf(least) ? name : least), names[0] ?? '');
  const off = lines.map(({ mix, forms }) => mix - forms.get(best)!);
  const spread = Math.sqrt(mean(off.map((each) => (each - mean(off)) ** 2)) / Math.max(1, lines.length - 1));
  return `${best} ${percent(errorOf(best), 2)}: ${percent(mean(off), 2)} ± ${percent(spread, 2)}`;
};

/** How much more the mix errs on average without each form, on the lines that have it. */
const lossesWithout = (lines: readonly LineScore[]): string =>
  [...new Set(lines.flatMap(({ without }) => [...without.keys()]))]
    .map((name) => {
      const having = lines.filter(({ without }) => without.has(name));
      const all = mean(having.map(({ mix }) => mix));
      const more = having.map(({ mix, without }) => (without.get(name)! - mix) / all);
      const spread = Math.sqrt(
        mean(more.map((each) => (each - mean(more)) ** 2)) / Math.max(1, more.length - 1),
      );
      return `${name} ${percent(mean(more))} ± ${percent(spread)}`;
    })
    .join('; ');

const seeds = Array.from({ length: Number(options.lines) }, (_, i) => Number(options.first) + i);
console.log(
  `seeds ${seeds[0]} to ${seeds.at(-1)}\n\n` +
    '| lines | weeks ahead | WAPE % / bias % | all known but chance | best form, below 400 days | from 400 days on | below / above 80 % | more without, % |\n' +
    '|---|---|---|---|---|---|---|---|',
);
for (const kind of options.kinds.split(',') as ShapeKind[]) {
  const lines = seeds.map((seed) => madeUpShape(kind, seed));
  const scores = lines.map((line) => ({ long: line.grid.values.length > 428, weeks: scoreLine(line) }));
  [1, 4].forEach((weeksAhead, i) => {
    const of = (some: typeof scores): LineScore[] => some.map(({ weeks }) => weeks[i]!);
    const all = of(scores);
    console.log(
      `| ${kind} | ${weeksAhead} | ${percent(mean(all.map(({ mix }) => mix)), 2)} / ${percent(mean(all.map(({ bias }) => bias)))} | ` +
        `${percent(mean(all.map(({ floor }) => floor)), 2)} | ${besideBest(of(scores.filter(({ long }) => !long)))} | ` +
        `${besideBest(of(scores.filter(({ long }) => long)))} | ` +
        `${percent(mean(all.map(({ below }) => below)))} / ${percent(mean(all.map(({ above }) => above)))} | ${lossesWithout(all)} |`,
    );
  });
}
