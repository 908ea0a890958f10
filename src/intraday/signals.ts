import type { SignalKind } from '../contract/documents/day-document.ts';
import { seededRandom } from '../kernel/random.ts';
import { sumOf } from '../kernel/statistics.ts';
import { valueAt } from '../kernel/value-at.ts';
import { factorOf, fitLaw, type ResidualDay, type ResidualLaw, solveFactor } from './residual-law.ts';
import {
  type FoundSignal,
  lateSource,
  type MeasuredDay,
  type Ordinary,
  outagesOf,
  sumWatched,
  type Watched,
  type WatchedDay,
  type WatchedQueue,
} from './watched-day.ts';

const daysPerWeek = 7;

/**
 * What is no luck of a day, the surest first: a switch that failed, a source that is late, and moved levels of calls, handle
 * times and operators, of the line or of one of its queues. Each level is tested as the day goes by the likelihood ratio
 * of a step that began at some interval against an ordinary day (Lai 1995), with intervals hanging together as past days
 * did; its limit is the one that days drawn by the same law pass as often as the false alarms that are borne allow.
 */
export const findSignals = (day: WatchedDay): readonly FoundSignal[] => {
  const { mute, found } = outagesOf(day);
  const moved = testsOf(day, mute).flatMap((test) => judge(test));
  return [...lateSource(day), ...found, ...attribute(moved, day, mute)];
};

/**
 * Every level that is tested, with the chance of a false alarm that it bears in a day. The line and each queue bear as
 * much, and of that each level by how uncertain a step from the middle of a usual day on is: the square of its variance,
 * which is about what finds most of the steps of 15 to 40 %. Where days differ by themselves, as in calls, changes are
 * found only if alarms are borne for it; what hardly differs, as handle times, is found anyway, and its false alarms would
 * be taken for what the calls do.
 */
const testsOf = (day: WatchedDay, mute: Uint8Array): readonly BorneTest[] => {
  const operators = operatorsTest(day, mute);
  const tests = [
    ...scopesOf(day).flatMap(({ queue, calls, handleTime }): LevelTest[] => [
      levelTest('more-calls', 'fewer-calls', queue, calls, mute, day, fittedFigures),
      levelTest('longer-calls', undefined, queue, handleTime, mute, day, 0),
    ]),
    ...(operators === undefined ? [] : [operators]),
    // What nobody tells needs no share of the alarms that are borne.
  ].filter(({ at }) => at.length > 0);
  const inDay = day.falseAlarmsPerWeek / daysPerWeek;
  const scopes = [...Map.groupBy(tests, ({ queue }) => queue).values()];
  return scopes.flatMap((scope) => {
    const squares = scope.map(({ ordinary }) => stepVariance(ordinary) ** 2);
    const sum = sumOf(squares);
    return scope.map((test, k) => {
      const share = valueAt(squares, k) / sum / scopes.length;
      return { ...test, share, borne: inDay * share };
    });
  });
};

/** Variance of the size of a step from the middle of a usual day on, as its intervals until the end tell it. */
const stepVariance = ({ usual }: Ordinary): number => {
  let told = leastTold;
  for (const moved of usual[Math.floor(usual.length / 2)] ?? []) told += moved * moved;
  return 1 / told;
};

/** So much is told of every level: one of which a usual day tells nothing is not all that is looked for. */
const leastTold = 25;

/** A change of the whole line, and after how many intervals it is found in nine of ten days; null: not in most days. */
interface FoundWithin {
  readonly kind: SignalKind;
  readonly factor: number;
  readonly intervals: number | null;
}

const triedSteps: Readonly<Partial<Record<SignalKind, readonly number[]>>> = {
  'more-calls': [1.15, 1.2, 1.3, 1.4],
  'longer-calls': [1.15, 1.2, 1.3, 1.4],
  'fewer-operators': [0.8],
};
const stepDays = 400;
/** Drawn days that are to have found a step for it to be said of nine in ten: what was drawn errs, and so does the law. */
const stepShare = 0.93;

/**
 * How soon changes are found on this line at the false alarms that are borne: steps at the middle of usual days, drawn as
 * for the limits. What takes long is small beside how days differ by themselves.
 */
export const foundWithin = (day: WatchedDay): readonly FoundWithin[] => {
  const { mute } = outagesOf(day);
  return testsOf(day, mute).flatMap((test): FoundWithin[] => {
    const isUp = test.up !== undefined;
    const kind = test.up ?? test.down;
    if (kind === undefined || test.queue !== null) return [];
    const directions = test.up !== undefined && test.down !== undefined ? 2 : 1;
    const limit = tailOf(test.ordinary, isUp ? 1 : -1).limit(test.borne / directions);
    return (triedSteps[kind] ?? []).map((factor) => ({
      kind,
      factor,
      intervals: intervalsToFind(test.ordinary, factor, limit),
    }));
  });
};

const intervalsToFind = (ordinary: Ordinary, factor: number, limit: number): number | null => {
  const { usual, found: known } = ordinary;
  const key = `${factor} ${limit}`;
  const told = known.get(key);
  if (told !== undefined) return told;
  const draw = drawFrom(ordinary, 36);
  const onset = Math.floor(usual.length / 2);
  const size = 2 * (Math.sqrt(factor) - 1);
  const waits = Array.from({ length: stepDays }, () => {
    let found = Infinity;
    largestRatio(
      usual,
      Math.sign(size),
      (j) => draw() + (j >= onset ? size * (usual[onset]?.[j] ?? 0) : 0),
      (j, ratio) => {
        if (j >= onset && ratio >= limit) found = Math.min(found, j - onset + 1);
      },
    );
    return found;
  }).sort((a, b) => a - b);
  const within = waits[Math.ceil(stepShare * stepDays) - 1] ?? Infinity;
  const answer = Number.isFinite(within) ? within : null;
  known.set(key, answer);
  return answer;
};

/** The line, and where it has several queues each of them. */
const scopesOf = ({
  queues,
  kept,
}: WatchedDay): {
  readonly queue: string | null;
  readonly calls: Watched;
  readonly handleTime: Watched;
}[] => [
  {
    queue: null,
    calls: sumWatched(
      queues.map(({ calls }) => calls),
      kept,
    ),
    handleTime: sumWatched(
      queues.map(({ handleTime }) => handleTime),
      kept,
    ),
  },
  ...(queues.length > 1 ? queues : []),
];

/** A level to be tested: its whitened residuals, and what of them a step from each interval on would move. */
interface LevelTest {
  readonly up: SignalKind | undefined;
  readonly down: SignalKind | undefined;
  readonly queue: string | null;
  readonly at: readonly number[];
  readonly residual: readonly number[];
  readonly whitened: Float64Array;
  /** Signature of a step from the k-th interval on, whitened: `signatures[k][j]` for j ≥ k. */
  readonly signatures: readonly Float64Array[];
  readonly measured: MeasuredDay;
  readonly ordinary: Ordinary;
}

interface BorneTest extends LevelTest {
  /** Chance of a false alarm in a day, and its share of those of all tests. */
  readonly borne: number;
  readonly share: number;
}

/** What is added to counts before their root (Anscombe 1948). */
const anscombe = 3 / 8;

/** Relative residuals on the scale on which counts and sums of times scatter evenly: twice the root's. */
const residualsOf = ({ came, expected, weight }: MeasuredDay, skip: Uint8Array | undefined): ResidualDay => ({
  residual: came.map((value, i) =>
    skip?.[i] !== 1 && valueAt(expected, i) > 0 && valueAt(weight, i) > 0
      ? 2 * (Math.sqrt((value + anscombe) / (valueAt(expected, i) + anscombe)) - 1)
      : Number.NaN,
  ),
  weight,
});

/** Least variance that a day shares, where its level is carried on: 3 % that past days happen not to have shown. */
const leastShared = 0.001;

/** How a measure of past days differed from what was expected, for carrying on what a day shows of it. */
export const lawOf = ({ past }: Watched, intervalMinutes: number): ResidualLaw => {
  const days = [...past.values()].map((own) => residualsOf(own, undefined));
  const law = fitLaw(days, intervalMinutes, 1);
  return { ...law, shared: Math.max(leastShared, law.shared) };
};

const levelTest = (
  up: SignalKind | undefined,
  down: SignalKind | undefined,
  queue: string | null,
  { today, past }: Watched,
  mute: Uint8Array,
  { now, intervalMinutes, kept }: Pick<WatchedDay, 'now' | 'intervalMinutes' | 'kept'>,
  fitted: number,
): LevelTest => {
  const known = kept?.get(past) ?? { sums: [] };
  // Without a past a usual day is what is expected of this one.
  if (past.size > 0) kept?.set(past, known);
  const ordinary = (known.ordinary ??= ordinaryOf({ today, past }, intervalMinutes, fitted));
  return {
    ...whiten(residualsOf(today, mute), ordinary.law, now, intervalMinutes),
    up,
    down,
    queue,
    measured: today,
    ordinary,
  };
};

const ordinaryOf = ({ today, past }: Watched, intervalMinutes: number, fitted: number): Ordinary => {
  const days = [...past.values()].map((own) => residualsOf(own, undefined));
  const law = fitLaw(days, intervalMinutes, 1);
  return {
    law,
    inflation: days.length === 0 ? 1 : 1 + fitted / Math.max(fitted, days.length),
    usual: signaturesOf(usualDay(days, today), law, intervalMinutes),
    pool: poolOf(days, law, intervalMinutes),
    tails: new Map(),
    found: new Map(),
  };
};

/** A whole day as it usually is: intervals that half of the past days tell, with their mean weight; without a past what is expected. */
const usualDay = (days: readonly ResidualDay[], { expected, weight }: MeasuredDay): Float64Array => {
  if (days.length === 0) return expected.map((due, i) => (due > 0 ? valueAt(weight, i) : Number.NaN));
  return expected.map((_, i) => {
    let [sum, told] = [0, 0];
    for (const day of days) {
      if (Number.isNaN(day.residual[i] ?? Number.NaN)) continue;
      sum += valueAt(day.weight, i);
      told += 1;
    }
    return 2 * told >= days.length ? sum / told : Number.NaN;
  });
};

/** What a step from each interval of a day on would move, whitened: `[k][j]` for j ≥ k. */
const signaturesOf = (weight: Float64Array, law: ResidualLaw, intervalMinutes: number): Float64Array[] => {
  const at = [...weight.keys()].filter((i) => valueAt(weight, i) > 0);
  const lower = factorOf(law, at, weight, intervalMinutes);
  return at.map((_, k) =>
    solveFactor(
      lower,
      at.map((__, j) => (j >= k ? 1 : 0)),
    ),
  );
};

const whiten = (
  { residual, weight }: ResidualDay,
  law: ResidualLaw,
  now: number,
  intervalMinutes: number,
): Pick<LevelTest, 'at' | 'residual' | 'whitened' | 'signatures'> => {
  const at = [...residual.keys()].filter((i) => i < now && Number.isFinite(valueAt(residual, i)));
  const lower = factorOf(law, at, weight, intervalMinutes);
  const residuals = at.map((i) => valueAt(residual, i));
  const signatures = at.map((_, k) =>
    solveFactor(
      lower,
      at.map((__, j) => (j >= k ? 1 : 0)),
    ),
  );
  return { at, residual: residuals, whitened: solveFactor(lower, residuals), signatures };
};

/** Past innovations that a limit is drawn from: fewer than this tell no tail. */
const leastPool = 200;
/** Beyond this many deviations an innovation of the past counts as that: its day had a reason. */
const wildest = 4.5;

const poolOf = (days: readonly ResidualDay[], law: ResidualLaw, intervalMinutes: number): Float64Array[] =>
  days.map(({ residual, weight }) => {
    const at = [...residual.keys()].filter((i) => Number.isFinite(valueAt(residual, i)));
    const whitened = solveFactor(
      factorOf(law, at, weight, intervalMinutes),
      at.map((i) => valueAt(residual, i)),
    );
    return whitened.map((z) => Math.max(-wildest, Math.min(wildest, z)));
  });

/** Best step of a day: log likelihood ratio, its sign, and where it begins. */
interface Step {
  readonly ratio: number;
  readonly from: number;
  readonly size: number;
}

/**
 * What counts of the ratio of a step by how many intervals it has lasted: most chance maxima of a day are of one interval
 * or two, and would set the limit for levels that last (Dümbgen and Spokoiny 2001).
 */
const counting = [0, 2 / 3, 4 / 5];

/** The likeliest step up (sign 1) or down (−1) that lasts until the j-th interval, with running sums kept by the caller. */
const bestStep = (dot: Float64Array, norm: Float64Array, until: number, sign: number): Step => {
  let best: Step = { ratio: 0, from: 0, size: 0 };
  for (let k = 0; k <= until; k += 1) {
    const moved = sign * valueAt(dot, k);
    const ratio = moved > 0 ? ((counting[until - k + 1] ?? 1) * moved * moved) / (2 * valueAt(norm, k)) : 0;
    if (ratio > best.ratio) best = { ratio, from: k, size: valueAt(dot, k) / valueAt(norm, k) };
  }
  return best;
};

type Tail = NonNullable<ReturnType<Ordinary['tails']['get']>>;

/** Days drawn for a limit, and as how many past days they count. */
const drawnDays = 800;
const drawnWorth = 30;
/** Part of the days whose tail is taken for exponential. */
const tailShare = 0.2;
/**
 * Figures of a forecast that are chosen on the same past days (weights of its forms, its scales, the law of its errors): a
 * day to come scatters more than those by as many of as many days.
 */
const fittedFigures = 15;
/** How much further than drawn days past ones may reach. */
const mostExcess = 3;

/** Largest ratio of a whole day of whitened residuals, at any time of it; shown each interval's largest. */
const largestRatio = (
  usual: readonly Float64Array[],
  sign: number,
  residual: (j: number) => number,
  visit?: (j: number, ratio: number) => void,
): number => {
  const size = usual.length;
  const dot = new Float64Array(size);
  const norm = new Float64Array(size);
  let top = 0;
  for (let j = 0; j < size; j += 1) {
    const z = residual(j);
    let now = 0;
    for (let k = 0; k <= j; k += 1) {
      const g = usual[k]?.[j] ?? 0;
      dot[k] = (dot[k] ?? 0) + g * z;
      norm[k] = (norm[k] ?? 0) + g * g;
      const moved = sign * (dot[k] ?? 0);
      if (moved > 0) now = Math.max(now, ((counting[j - k + 1] ?? 1) * moved * moved) / (2 * (norm[k] ?? 1)));
    }
    visit?.(j, now);
    top = Math.max(top, now);
  }
  return top;
};

/** Whitened residuals of ordinary intervals, one by one: those of the past, standard normals where there are too few. */
const drawFrom = ({ pool }: Pick<Ordinary, 'pool'>, stream: number): (() => number) => {
  const random = seededRandom(1, stream);
  const all = pool.flatMap((day) => [...day]);
  return all.length < leastPool
    ? () => random.normal()
    : () => valueAt(all, Math.floor(random.uniform() * all.length));
};

/**
 * How high an ordinary day's ratio comes, in one direction, at any time of the whole day: by the line's past days, whose
 * levels may scatter more than any law fitted to them says, and by days of whitened residuals drawn from theirs (standard
 * normals where there are too few); of both the exponential tail.
 */
const tailOf = (ordinary: Ordinary, sign: number): Tail => {
  const known = ordinary.tails.get(sign) ?? drawTail(ordinary, sign);
  ordinary.tails.set(sign, known);
  return known;
};

const drawTail = ({ usual, pool, inflation }: Ordinary, sign: number): Tail => {
  const draw = drawFrom({ pool }, 35);
  const drawn = aboveBase(Array.from({ length: drawnDays }, () => largestRatio(usual, sign, draw)));
  const past = aboveBase(pool.map((day) => largestRatio(usual, sign, (j) => day[j] ?? 0)));
  const share = pool.length / (pool.length + drawnWorth);
  const base = inflation * (share * past.base + (1 - share) * drawn.base);
  // What past days had a reason for counts as far as an ordinary day may go.
  const excess = Math.min(past.excess, mostExcess * drawn.excess);
  const scale = inflation * Math.max(0.3, share * excess + (1 - share) * drawn.excess);
  // The scale is known by so many days only: the tail is heavier than exponential by that.
  const known = tailShare * (pool.length + (pool.length === 0 ? drawnDays : drawnWorth));
  return {
    limit: (chance) => base + scale * known * ((tailShare / Math.min(tailShare, chance)) ** (1 / known) - 1),
    chance: (ratio) => (ratio <= base ? 1 : tailShare * (1 + (ratio - base) / (known * scale)) ** -known),
  };
};

/** The ratio that a part of the days passes, and by how much these do so in the mean. */
const aboveBase = (ratios: readonly number[]): { readonly base: number; readonly excess: number } => {
  const sorted = ratios.toSorted((a, b) => a - b);
  const from = Math.floor((1 - tailShare) * sorted.length);
  const above = sorted.slice(from);
  const base = above[0] ?? 0;
  return { base, excess: above.reduce((sum, ratio) => sum + ratio - base, 0) / Math.max(1, above.length) };
};

interface Moved extends FoundSignal {
  readonly strength: number;
  readonly borne: number;
  readonly share: number;
}

/** Whether a level has moved, at the chance of a false alarm that it bears in a day. */
const judge = (test: BorneTest): Moved[] => {
  const { at, whitened, signatures, up, down, queue, measured, borne, share } = test;
  const size = at.length;
  if (size === 0) return [];
  const dot = new Float64Array(size);
  const norm = new Float64Array(size);
  for (let k = 0; k < size; k += 1)
    for (let j = k; j < size; j += 1) {
      const g = signatures[k]?.[j] ?? 0;
      dot[k] = (dot[k] ?? 0) + g * valueAt(whitened, j);
      norm[k] = (norm[k] ?? 0) + g * g;
    }
  const directions = [
    [up, 1],
    [down, -1],
  ] as const;
  const asked = directions.filter(([kind]) => kind !== undefined).length;
  return directions.flatMap(([kind, sign]) => {
    if (kind === undefined) return [];
    const step = bestStep(dot, norm, size - 1, sign);
    if (step.ratio < leastRatio) return [];
    const tail = tailOf(test.ordinary, sign);
    if (step.ratio < tail.limit(borne / asked)) return [];
    const since = valueAt(at, step.from);
    const factor = factorSince(measured, since, at);
    // Less than before, yet not less than planned: nothing to tell.
    if (sign * (factor - 1) <= 0) return [];
    return [
      {
        kind,
        queue,
        since,
        confidence: 1 - Math.min(1, (asked / share) * tail.chance(step.ratio)),
        factor,
        strength: step.ratio,
        borne,
        share,
      },
    ];
  });
};

/** No ordinary limit lies below this: what is lower need not be compared with one. */
const leastRatio = 2.5;

const factorSince = ({ came, expected }: MeasuredDay, since: number, at: readonly number[]): number => {
  let [got, due] = [0, 0];
  for (const i of at) {
    if (i < since) continue;
    got += valueAt(came, i);
    due += valueAt(expected, i);
  }
  return due > 0 ? got / due : Number.NaN;
};

/**
 * The line's signals, or a queue's where the line without that queue shows none: who looks for the cause should look in
 * the right place. Surest first.
 */
const attribute = (moved: readonly Moved[], day: WatchedDay, mute: Uint8Array): FoundSignal[] => {
  const line = moved.filter(({ queue }) => queue === null);
  const single = moved.filter(({ queue }) => queue !== null);
  const kept: Moved[] = [];
  for (const moved of line) {
    const alike = single.filter(({ kind }) => kind === moved.kind);
    const alone = alike.length === 1 ? alike[0] : undefined;
    const others = day.queues.filter(({ queue }) => queue !== alone?.queue);
    const isAlone = alone !== undefined && others.length > 0 && !holdsFor(moved, others, day, mute);
    kept.push(isAlone ? alone : moved);
  }
  for (const own of single) if (!kept.some(({ kind }) => kind === own.kind)) kept.push(own);
  return kept
    .toSorted((a, b) => b.strength - a.strength)
    .map(({ kind, queue, since, confidence, factor }) => ({ kind, queue, since, confidence, factor }));
};

/** Whether a signal of the line holds for some of its queues, at the alarms that it bears itself. */
const holdsFor = (
  { kind, borne, share }: Moved,
  queues: readonly WatchedQueue[],
  day: WatchedDay,
  mute: Uint8Array,
): boolean => {
  const of = kind === 'longer-calls' ? 'handleTime' : 'calls';
  const watched = sumWatched(
    queues.map((own) => own[of]),
    day.kept,
  );
  const test = levelTest(
    kind === 'fewer-calls' ? undefined : kind,
    kind === 'fewer-calls' ? kind : undefined,
    null,
    watched,
    mute,
    day,
    of === 'calls' ? fittedFigures : 0,
  );
  return judge({ ...test, borne, share }).length > 0;
};

/** What scatters of presence beside who is away for the day: breaks that fall otherwise, counts at one moment. */
const presenceScatter = 0.03 ** 2;

/**
 * Operators against the roster. Who is away is away for the day: a shared variance of absence / operators. Where no
 * presence is told, answered calls stand for them: of what came and how long it took, the rostered operators would have
 * answered a share; fewer answer less as soon as the line is busy, and as much while it is not.
 */
const operatorsTest = (day: WatchedDay, mute: Uint8Array): LevelTest | undefined => {
  const { now, intervalMinutes, operators, answered, offered } = day;
  const { rostered, present, answeredShare, absence } = operators;
  const due = [...rostered.keys()].filter((i) => i < now && mute[i] !== 1 && valueAt(rostered, i) > 0);
  if (due.length === 0) return undefined;
  const isTold = due.some((i) => !Number.isNaN(valueAt(present, i)));
  const mean = due.reduce((sum, i) => sum + valueAt(rostered, i), 0) / due.length;
  const measured: MeasuredDay = isTold
    ? { came: present, expected: rostered, weight: rostered }
    : {
        came: answered,
        expected: offered.map((calls, i) => calls * valueAt(answeredShare, i)),
        weight: offered.map((calls, i) => 1 / lossScatter(1 - valueAt(answeredShare, i), calls)),
      };
  const law: ResidualLaw = isTold
    ? {
        count: 0,
        relative: presenceScatter,
        shared: (absence * (1 - absence)) / mean,
        fading: presenceScatter,
        hours: 2,
      }
    : { count: 1, relative: 1e-4, shared: 1e-4, fading: 1e-4, hours: 1.5 };
  return {
    ...whiten(residualsOf(measured, mute), law, now, intervalMinutes),
    up: undefined,
    down: 'fewer-operators',
    queue: null,
    measured,
    ordinary: {
      law,
      inflation: 1,
      usual: signaturesOf(
        rostered.map((n, i) =>
          n > 0 ? valueAt(measured.weight, Math.min(i, Math.max(0, now - 1))) : Number.NaN,
        ),
        law,
        intervalMinutes,
      ),
      pool: [],
      tails: new Map(),
      found: new Map(),
    },
  };
};

/** Relative variance of the calls answered, for a share that is lost: queues make losses come in bunches. */
const lossScatter = (lost: number, offered: number): number => {
  const share = Math.min(0.95, Math.max(0.002, lost));
  const bunched = (4 * share * (1 - share)) / Math.max(1, offered);
  return bunched / (1 - share) ** 2 + (0.01 + 0.35 * share * (1 - share)) ** 2;
};
