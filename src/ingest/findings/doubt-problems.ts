import type { DurationUnit } from '../../contract/duration-units.ts';
import type { DoubtedFigure } from '../../kernel/kernel-findings.ts';
import type { TrafficDoubt } from '../../kernel/traffic-doubts.ts';

/** How to go on where a figure is doubted. */
export type DoubtAdvice =
  /** The user has confirmed it: it is taken in, and answers that rest on it say so. */
  | { readonly kind: 'confirmed' }
  /** The column would be usual in another unit. */
  | {
      readonly kind: 'other-unit';
      readonly heading: string;
      readonly field: string;
      readonly unit: DurationUnit;
    }
  /** The column's unit, or whether it is a total, may be misread. */
  | { readonly kind: 'check-unit'; readonly heading: string; readonly unit: DurationUnit }
  | { readonly kind: 'correct' };

/** Doubts about a queue's traffic, as problems of its files. */
export type DoubtProblems = {
  [Code in TrafficDoubt['code'] as `unusual-${Code}`]: DoubtedFigure & { readonly advice: DoubtAdvice };
};
