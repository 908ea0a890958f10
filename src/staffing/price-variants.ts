import { priceAssumptions, type AssumptionVariant } from './price-assumptions.ts';
import { priceBounds, type BoundVariant } from './price-bounds.ts';
import type { StaffingRequest } from './require-operators.ts';

export type VariantPrices = readonly {
  readonly variant: AssumptionVariant | BoundVariant;
  readonly operatorHours: number;
}[];

/** Operator-hours of a request when one thing is left out, and of the two ends of every design of tiers. */
export const priceVariants = (request: StaffingRequest): VariantPrices => [
  ...priceAssumptions(request),
  ...priceBounds(request),
];

/** The same as a task that a thread can run: a request without its functions. */
export const priceVariantsTask = {
  module: new URL(import.meta.url).href,
  name: priceVariants.name,
};
