import type { MonitoringResult } from '../kernel/records.ts';
import { bandOfCount, bands, type Band, type BandChances, type BandEdges } from './bands.ts';
import { betaBinomialProbability } from './beta-binomial.ts';
import { countsOf, nextBandChances, posteriorOf, trueBandChances, type Pooling } from './rates.ts';

/** An earlier result of a hotline, and how long before the period it was. */
export interface EarlierResult {
  readonly result: MonitoringResult;
  readonly yearsBefore: number;
}

export interface BandRisk {
  /** Chance of each band in the next monitoring of as many calls, earlier periods weighed in. */
  readonly nextBandChances: BandChances;
  /** Chance that the next monitoring says a colder band than this one. */
  readonly fallChance: number;
  /** Chance that the line's true rate lies in a colder band already: what is not luck of the sample. */
  readonly trueFallChance: number;
}

interface Counts {
  readonly connected: number;
  readonly testCalls: number;
}

interface Line extends Counts {
  readonly earlier: readonly (Counts & { readonly yearsBefore: number })[];
}

export interface BandRisks {
  /** Worked out when it is asked for: of a whole league only one hotline's may be wanted. */
  readonly riskOf: (hotline: string) => BandRisk | undefined;
  /** Weight of a result a year old beside one of now, 0–1. */
  readonly weightPerYear: number;
}

const triedWeights = [0, 0.25, 0.5, 0.75, 1];

/**
 * Which hotlines will be rated colder next time? The posterior of each line's rate from all its results, older ones
 * weighing less. The weight of a year is the one, common to all lines, under which earlier results foretell this
 * period's best (the likelihood of its counts given the earlier ones); without earlier results it is 0. Throws
 * nothing; results without counts are left out.
 */
export const bandRisks = (
  results: readonly MonitoringResult[],
  earlier: readonly EarlierResult[],
  pooling: Pooling,
  edges: BandEdges,
): BandRisks => {
  const lines = linesOf(results, earlier);
  const scored = triedWeights.map((weight) => ({ weight, likelihood: foretold(lines, weight, pooling) }));
  const best = scored.reduce((a, b) => (b.likelihood > a.likelihood + 1e-9 ? b : a));
  return {
    weightPerYear: best.weight,
    riskOf: (hotline) => {
      const line = lines.get(hotline);
      return line === undefined ? undefined : riskOfLine(line, best.weight, pooling, edges);
    },
  };
};

const linesOf = (
  results: readonly MonitoringResult[],
  earlier: readonly EarlierResult[],
): ReadonlyMap<string, Line> => {
  const past = Map.groupBy(earlier, ({ result }) => result.hotline);
  const lines = new Map<string, Line>();
  for (const result of results) {
    const counts = countsOf(result);
    if (counts === undefined) continue;
    const before = (past.get(result.hotline) ?? []).flatMap(({ result: own, yearsBefore }) => {
      const known = countsOf(own);
      return known === undefined ? [] : [{ ...known, yearsBefore }];
    });
    lines.set(result.hotline, { ...counts, earlier: before });
  }
  return lines;
};

/** Counts of the past, each weighing `weight` per year of age. */
const weighedPast = (line: Line, weight: number): Counts => {
  let [connected, testCalls] = [0, 0];
  for (const one of line.earlier) {
    const share = weight ** one.yearsBefore;
    connected += share * one.connected;
    testCalls += share * one.testCalls;
  }
  return { connected, testCalls };
};

const foretold = (lines: ReadonlyMap<string, Line>, weight: number, pooling: Pooling): number => {
  let likelihood = 0;
  for (const line of lines.values()) {
    if (line.earlier.length === 0) continue;
    const past = weighedPast(line, weight);
    const { zeroMass, a, b } = posteriorOf(pooling, past.connected, past.testCalls);
    const alive = betaBinomialProbability(line.connected, line.testCalls, a, b);
    likelihood += Math.log(Math.max(1e-300, (line.connected === 0 ? zeroMass : 0) + (1 - zeroMass) * alive));
  }
  return likelihood;
};

const riskOfLine = (line: Line, weight: number, pooling: Pooling, edges: BandEdges): BandRisk => {
  const past = weighedPast(line, weight);
  const posterior = posteriorOf(pooling, past.connected + line.connected, past.testCalls + line.testCalls);
  const next = nextBandChances(posterior, line.testCalls, edges);
  const truly = trueBandChances(posterior, edges);
  const now = bandOfCount(line.connected, line.testCalls, edges);
  const colder = bands.slice(bands.indexOf(now) + 1);
  const sum = (chances: BandChances): number =>
    Math.min(
      1,
      colder.reduce((total, band: Band) => total + chances[band], 0),
    );
  return { nextBandChances: next, fallChance: sum(next), trueFallChance: sum(truly) };
};
