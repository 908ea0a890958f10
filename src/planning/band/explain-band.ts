import type { Sayable } from '../../kernel/finding.ts';
import { planningFinding } from '../planning-findings.ts';
import {
  bandChances,
  connectedNeededForHot,
  rateNeededForHot,
  type BandEdges,
} from '../../monitoring/bands.ts';
import type { BandStep, BandTarget } from '../../monitoring/band-ladder.ts';
import type { Rostered, RosteredStep } from './rostered-step.ts';

/** What the search for a band found, to be told. */
export interface BandFinding<R extends Rostered> {
  readonly target: BandTarget;
  readonly testCalls: number;
  readonly edges: BandEdges;
  readonly chosen: RosteredStep<R>;
  /** Whether the chosen plan reaches the chance asked for; it is the dearest of the ladder where not. */
  readonly reached: boolean;
  readonly cheaper: RosteredStep<R> | undefined;
  /** The chosen step's plan by the people on the books, where they are too few; undefined where they suffice. */
  readonly people: RosteredStep<R> | undefined;
  /** Least requirements for warm or better and for hot at the same confidence, before shifts. */
  readonly warm: BandStep;
  readonly hot: BandStep;
  /** Least requirement whose true rate at test times lies in the hot band, before shifts. */
  readonly edge: BandStep;
}

/** Chance and hours of the plan, the next cheaper one, one step up in band, the people short, and the part of luck. */
export const explainBand = <R extends Rostered>(finding: BandFinding<R>): Sayable[] => [
  outcome(finding),
  ...cheaperText(finding),
  ...peopleText(finding),
  stepUp(finding),
  ...(finding.target.band === 'hot' ? luck(finding) : []),
];

const outcome = <R extends Rostered>({ target, testCalls, chosen, reached }: BandFinding<R>): Sayable => {
  const band = target.band === 'hot' ? 'hot' : 'warm';
  return reached
    ? planningFinding('band-target-chosen', {
        testCalls,
        confidence: target.confidence,
        band,
        rate: chosen.step.rate,
        chance: chosen.chance,
        hours: chosen.hours,
      })
    : planningFinding('band-out-of-reach', {
        testCalls,
        chance: chosen.chance,
        band,
        confidence: target.confidence,
      });
};

const cheaperText = <R extends Rostered>({ chosen, cheaper }: BandFinding<R>): Sayable[] => {
  if (cheaper === undefined) return [];
  const saved = chosen.hours - cheaper.hours;
  return [
    planningFinding('next-lower-target', {
      rate: cheaper.step.rate,
      hours: cheaper.hours,
      saved,
      chance: cheaper.chance,
    }),
  ];
};

const peopleText = <R extends Rostered>({ people }: BandFinding<R>): Sayable[] => {
  if (people === undefined) return [];
  return [
    planningFinding('chance-with-operators-on-books', {
      hours: people.hours,
      chance: people.chance,
      openHours: people.rostered.openHours,
    }),
  ];
};

/** The price of one step up in band, in hours of the bare requirement. */
const stepUp = <R extends Rostered>({ target, warm, hot }: BandFinding<R>): Sayable =>
  planningFinding('price-of-a-band', {
    confidence: target.confidence,
    warmHours: warm.hours,
    hotHours: hot.hours,
    price: hot.hours - warm.hours,
  });

const luck = <R extends Rostered>({ target, testCalls, edges, hot, edge }: BandFinding<R>): Sayable[] => {
  const needed = connectedNeededForHot(testCalls, edges);
  const rate = rateNeededForHot({ testCalls, chance: target.confidence, bands: edges });
  const atEdge = bandChances(edges.hotFrom, testCalls, edges).hot;
  return [
    planningFinding('hot-partly-luck-at-edge', {
      testCalls,
      needed,
      hotFrom: edges.hotFrom,
      chanceAtEdge: atEdge,
      confidence: target.confidence,
      rate,
      cost: Math.max(0, hot.hours - edge.hours),
    }),
  ];
};
