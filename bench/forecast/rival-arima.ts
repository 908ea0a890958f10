/**
 * What a careful analyst would run on days: log totals on weekday, waves of the year and a straight trend, with ARMA
 * errors. Exact likelihood by a Kalman filter, regression by generalised least squares, orders and number of waves by
 * AICc (Hyndman and Athanasopoulos 2021, chapter 10).
 */

/** Orders tried: autoregression, differencing, moving average. */
const orders = [
  [1, 0, 0],
  [1, 0, 1],
  [2, 0, 1],
  [0, 1, 1],
  [1, 1, 1],
  [2, 1, 2],
] as const;

type Order = (typeof orders)[number];

const wavesTried = [2, 4];

const regressorsAt = (day: number, waves: number): number[] => {
  const row = Array.from<unknown, number>({ length: 6 }, (_, weekday) => (day % 7 === weekday ? 1 : 0));
  for (let wave = 1; wave <= waves; wave += 1) {
    const turn = (2 * Math.PI * wave * day) / 365.25;
    row.push(Math.sin(turn), Math.cos(turn));
  }
  return [...row, day / 365.25];
};

/** Coefficients of a stable process from numbers without bounds: partial autocorrelations by tanh (Monahan 1984). */
const stable = (free: readonly number[]): number[] => {
  let found: number[] = [];
  for (const value of free) {
    const partial = Math.tanh(value);
    found = [...found.map((each, i) => each - partial * found[found.length - 1 - i]!), partial];
  }
  return found;
};

interface Process {
  readonly ar: readonly number[];
  readonly ma: readonly number[];
}

const processOf = ([p, , q]: Order, free: readonly number[]): Process => ({
  ar: stable(free.slice(0, p)),
  ma: stable(free.slice(p, p + q)).map((each) => -each),
});

/** Filter of an ARMA process as it settles: gains and innovation variances, in units of the shocks' variance. */
const filterOf = ({ ar, ma }: Process, days: number): { gains: number[][]; variances: number[] } => {
  const size = Math.max(ar.length, ma.length + 1);
  const shock = Array.from({ length: size }, (_, i) => (i === 0 ? 1 : (ma[i - 1] ?? 0)));
  const moved = (state: number[][]): number[][] => {
    const left = state.map((_, i) =>
      state.map((__, j) => (ar[i] ?? 0) * state[0]![j]! + (i + 1 < size ? state[i + 1]![j]! : 0)),
    );
    return left.map((row, i) =>
      row.map(
        (_, j) => (ar[j] ?? 0) * left[i]![0]! + (j + 1 < size ? left[i]![j + 1]! : 0) + shock[i]! * shock[j]!,
      ),
    );
  };
  let state = shock.map((a) => shock.map((b) => a * b));
  for (let i = 0; i < 2000; i += 1) state = moved(state);
  const gains: number[][] = [];
  const variances: number[] = [];
  for (let day = 0; day < days; day += 1) {
    const variance = state[0]![0]!;
    const gain = state.map((row) => row[0]! / variance);
    gains.push(gain);
    variances.push(variance);
    state = moved(state.map((row, i) => row.map((each, j) => each - gain[i]! * gain[j]! * variance)));
    if (day > 60 && Math.abs(variance - variances[day - 1]!) < 1e-12) {
      while (gains.length < days) {
        gains.push(gain);
        variances.push(variance);
      }
      break;
    }
  }
  return { gains, variances };
};

type Filter = ReturnType<typeof filterOf>;

/** Standardised innovations of a series, and its state at the end. */
const whiten = (
  { ar }: Process,
  { gains, variances }: Filter,
  series: Float64Array,
): { out: Float64Array; state: number[] } => {
  const size = gains[0]!.length;
  const state = Array.from<unknown, number>({ length: size }, () => 0);
  const out = new Float64Array(series.length);
  series.forEach((value, day) => {
    const error = value - state[0]!;
    out[day] = error / Math.sqrt(variances[day]!);
    const gain = gains[day]!;
    for (let i = 0; i < size; i += 1) state[i]! += gain[i]! * error;
    const first = state[0]!;
    for (let i = 0; i < size; i += 1) state[i] = (ar[i] ?? 0) * first + (state[i + 1] ?? 0);
  });
  return { out, state };
};

/** Least squares by normal equations and Gauss's elimination; a hair of ridge keeps them regular. */
const leastSquares = (columns: readonly Float64Array[], y: Float64Array): number[] => {
  const dot = (a: Float64Array, b: Float64Array): number =>
    a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const rows = columns.map((a, i) => [...columns.map((b, j) => dot(a, b) + (i === j ? 1e-9 : 0)), dot(a, y)]);
  const size = columns.length;
  for (let i = 0; i < size; i += 1) {
    for (let r = i + 1; r < size; r += 1) {
      const factor = rows[r]![i]! / rows[i]![i]!;
      for (let c = i; c <= size; c += 1) rows[r]![c]! -= factor * rows[i]![c]!;
    }
  }
  const beta = Array.from<unknown, number>({ length: size }, () => 0);
  for (let i = size - 1; i >= 0; i -= 1) {
    let sum = rows[i]![size]!;
    for (let c = i + 1; c < size; c += 1) sum -= rows[i]![c]! * beta[c]!;
    beta[i] = sum / rows[i]![i]!;
  }
  return beta;
};

interface Fit {
  readonly process: Process;
  readonly filter: Filter;
  readonly beta: readonly number[];
  readonly likelihood: number;
}

const fitProcess = (process: Process, columns: readonly Float64Array[], y: Float64Array): Fit => {
  const filter = filterOf(process, y.length);
  const whitened = columns.map((column) => whiten(process, filter, column).out);
  const seen = whiten(process, filter, y).out;
  const beta = leastSquares(whitened, seen);
  const left = seen.reduce((sum, value, day) => {
    const error = beta.reduce((rest, each, i) => rest - each * whitened[i]![day]!, value);
    return sum + error * error;
  }, 0);
  const logs = filter.variances.reduce((sum, variance) => sum + Math.log(variance), 0);
  return { process, filter, beta, likelihood: -0.5 * (y.length * Math.log(left / y.length) + logs) };
};

/** The likeliest fit of an order: coordinates move by steps that halve. */
const fitOrder = (order: Order, columns: readonly Float64Array[], y: Float64Array): Fit => {
  let free: number[] = Array.from({ length: order[0] + order[2] }, () => 0.3);
  let best = fitProcess(processOf(order, free), columns, y);
  for (let step = 0.8; step > 0.02;) {
    let moved = false;
    for (let i = 0; i < free.length; i += 1) {
      for (const way of [step, -step]) {
        const tried = free.map((value, k) => (k === i ? Math.max(-4, Math.min(4, value + way)) : value));
        const fit = fitProcess(processOf(order, tried), columns, y);
        if (fit.likelihood <= best.likelihood + 1e-6) continue;
        free = tried;
        best = fit;
        moved = true;
      }
    }
    if (!moved) step /= 2;
  }
  return best;
};

const difference = (series: Float64Array): Float64Array =>
  Float64Array.from({ length: series.length - 1 }, (_, i) => series[i + 1]! - series[i]!);

/** Log totals of the days ahead. `y` holds the known ones, from a Monday on, without gaps. */
export const forecastByArima = (y: Float64Array, ahead: number): Float64Array => {
  let best: { score: number; means: Float64Array } | undefined;
  for (const differenced of [0, 1]) {
    let chosen: { aicc: number; order: Order; waves: number; fit: Fit } | undefined;
    for (const waves of wavesTried) {
      const rows = Array.from({ length: y.length }, (_, day) => regressorsAt(day, waves));
      const width = rows[0]!.length;
      const plain = Array.from({ length: width }, (_, i) => Float64Array.from(rows, (row) => row[i]!));
      const columns =
        differenced === 1 ? plain.map(difference) : [new Float64Array(y.length).fill(1), ...plain];
      const series = differenced === 1 ? difference(y) : y;
      for (const order of orders.filter(([, d]) => d === differenced)) {
        const fit = fitOrder(order, columns, series);
        const size = columns.length + order[0] + order[2] + 1;
        const aicc = 2 * size - 2 * fit.likelihood + (2 * size * (size + 1)) / (series.length - size - 1);
        if (chosen === undefined || aicc < chosen.aicc) chosen = { aicc, order, waves, fit };
      }
    }
    const { fit, waves, aicc } = chosen!;
    const means = project(y, fit, waves, differenced, ahead);
    // Differencing loses one day of some two thousand, which does not decide.
    if (best === undefined || aicc < best.score) best = { score: aicc, means };
  }
  return best!.means;
};

/** Regression and expected errors of the days ahead. */
const project = (
  y: Float64Array,
  { process, filter, beta }: Fit,
  waves: number,
  differenced: number,
  ahead: number,
): Float64Array => {
  const at = (day: number): number => {
    const row = differenced === 1 ? regressorsAt(day, waves) : [1, ...regressorsAt(day, waves)];
    return row.reduce((sum, value, i) => sum + value * beta[i]!, 0);
  };
  const errors = y.map((value, day) => value - at(day));
  let { state } = whiten(process, filter, differenced === 1 ? difference(errors) : errors);
  let level = differenced === 1 ? errors.at(-1)! : 0;
  return Float64Array.from({ length: ahead }, (_, j) => {
    const expected = state[0]!;
    state = state.map((_each, i) => (process.ar[i] ?? 0) * state[0]! + (state[i + 1] ?? 0));
    if (differenced === 1) level += expected;
    return at(y.length + j) + (differenced === 1 ? level : expected);
  });
};
