import { text, type Text } from '../kernel/text.ts';
import { exactCountTest } from './compare-counts.ts';
import { rateInterval } from './rates.ts';

export interface GapQuestion {
  readonly connected: number;
  readonly testCalls: number;
  /** Projected chance of a test call, or equally likely values of it (one per demand future). */
  readonly projected: number | Float64Array;
  /** Parts of (actual − projected) connection rate with their names; the rest (model error) included if wanted. */
  readonly causes: readonly { readonly cause: string; readonly name: Text; readonly effect: number }[];
  /** Below this p-value the gap is more than sampling noise. */
  readonly significance?: number;
}

export interface GapVerdict {
  readonly withinSamplingNoise: boolean;
  /** Chance of a result at least as unlikely as the one monitored, if the projection is right. */
  readonly pValue: number;
  readonly gap: number;
  /** The cause whose effect has the gap's sign and is greatest; null when no cause goes that way. */
  readonly likeliestCause: string | null;
  readonly verdict: Text;
}

const percent = (rate: number): string => `${(100 * rate).toFixed(1)}%`;
/** Differences have a digit more than rates, as in the table of causes: they are not what two rounded rates leave. */
const points = (rate: number): string => Math.abs(100 * rate).toFixed(2);

/** The same with its sign. */
export const signedPoints = (rate: number): string => `${rate > 0 ? '+' : ''}${(100 * rate).toFixed(2)}`;

/**
 * Is the gap between a projected and a monitored rate more than the luck of few test calls, and what is its
 * likeliest cause? Exact two-sided test of k of n against the projected rate, averaged over demand futures.
 */
export const judgeGap = (question: GapQuestion): GapVerdict => {
  const { connected, testCalls, projected, causes, significance = 0.05 } = question;
  const rates = typeof projected === 'number' ? Float64Array.of(projected) : projected;
  if (rates.length === 0) throw new RangeError('no projected rate given');
  const expected = rates.reduce((s, r) => s + r, 0) / rates.length;
  const gap = connected / testCalls - expected;
  const pValue = exactCountTest(connected, testCalls, rates);
  const withinSamplingNoise = pValue >= significance;
  const cause = leadingCause(causes, gap);
  return {
    withinSamplingNoise,
    pValue,
    gap,
    likeliestCause: cause?.cause ?? null,
    verdict: verdictText({ ...question, expected, gap, pValue, withinSamplingNoise, leading: cause }),
  };
};

type Cause = GapQuestion['causes'][number];

/** Effects smaller than this, a twentieth of a point, are no cause worth a word. */
const leastEffect = 0.0005;

const leadingCause = (causes: readonly Cause[], gap: number): Cause | undefined =>
  causes
    .filter((c) => c.effect * gap > 0 && Math.abs(c.effect) >= leastEffect)
    .toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect))[0];

/** How the switch's own connection rate held against the plan, and which cause did most of it. */
export const tellTrafficGap = (gap: number | null, causes: readonly Cause[]): Text => {
  if (gap === null)
    return text(
      '没有接通数据，无法与计划对照。',
      'No answered calls were recorded: nothing to hold against the plan.',
    );
  const leading = leadingCause(causes, gap);
  const because =
    leading === undefined
      ? text('', '')
      : text(
          `，其中最大的原因是「${leading.name['zh-CN']}」（${signedPoints(leading.effect)}）`,
          `; the largest part is ${leading.name.en.toLowerCase()} (${signedPoints(leading.effect)})`,
        );
  return text(
    `交换机记录的接通率与计划相差 ${signedPoints(gap)} 个百分点${because['zh-CN']}。`,
    `The connection rate recorded by the switch differs from the plan by ${signedPoints(gap)} points${because.en}.`,
  );
};

/** From this p-value on a number would read oddly ("unlikely with a chance of 100 %"): the result is an ordinary one. */
const usualFrom = 0.5;

const verdictText = (said: {
  readonly connected: number;
  readonly testCalls: number;
  readonly expected: number;
  readonly gap: number;
  readonly pValue: number;
  readonly withinSamplingNoise: boolean;
  readonly leading: Cause | undefined;
}): Text => {
  const { connected, testCalls, expected, gap, pValue, leading } = said;
  const { low, high } = rateInterval(connected, testCalls);
  const range = `${percent(low)}–${percent(high)}`;
  const chance = pValue < 0.001 ? '< 0.1%' : percent(pValue);
  const seen = text(
    `拨测 ${testCalls} 次接通 ${connected} 次（${percent(connected / testCalls)}，95% 区间 ${range}），预测为 ${percent(expected)}。`,
    `${connected} of ${testCalls} test calls got through (${percent(connected / testCalls)}, 95 % interval ${range}) against ${percent(expected)} projected. `,
  );
  const judged =
    pValue >= usualFrom
      ? text(
          '这一差距完全在抽样误差之内：预测若属实，这样的结果很平常。',
          'The gap is well within luck: if the projection is right, a result like this is nothing unusual.',
        )
      : said.withinSamplingNoise
        ? text(
            `这一差距在抽样误差之内：预测若属实，出现同样或更少见结果的概率为 ${chance}。`,
            `The gap is within sampling noise: a right projection gives a result this unlikely with a chance of ${chance}.`,
          )
        : text(
            `这一差距超出抽样误差：预测若属实，出现这样结果的概率只有 ${chance}。`,
            `The gap is more than sampling noise: a right projection gives a result this unlikely only with a chance of ${chance}.`,
          );
  const why = said.withinSamplingNoise ? text('', '') : causeText(leading, gap);
  return text(seen['zh-CN'] + judged['zh-CN'] + why['zh-CN'], `${seen.en}${judged.en}${why.en}`);
};

const causeText = (leading: Cause | undefined, gap: number): Text => {
  if (leading === undefined) return text('', '');
  const size = points(leading.effect);
  return gap < 0
    ? text(
        `最可能的原因是${leading.name['zh-CN']}，使接通率低了 ${size} 个百分点。`,
        ` The likeliest cause is ${leading.name.en.toLowerCase()}, which took ${size} points off the connection rate.`,
      )
    : text(
        `最可能的原因是${leading.name['zh-CN']}，使接通率高了 ${size} 个百分点。`,
        ` The likeliest cause is ${leading.name.en.toLowerCase()}, which added ${size} points to the connection rate.`,
      );
};
