import { priceAssumptions, type AssumptionPrice, type AssumptionVariant } from './price-assumptions.ts';
import { priceSensitivities } from './price-sensitivities.ts';
import { priceBounds, type BoundVariant } from './price-bounds.ts';

export type VariantPrices = readonly {
  readonly variant: AssumptionVariant | BoundVariant;
  readonly operatorHours: number;
  /** Of all tiers by interval, where demand is certain. */
  readonly operators?: readonly number[];
}[];

/** Hours of each variant of a requirement of so many operator-hours. */
export const hoursOfVariants = (
  prices: readonly AssumptionPrice[],
  required: number,
  intervalMinutes: number,
): VariantPrices =>
  prices.map((price) =>
    price.variant === 'certain-demand'
      ? { ...price, operatorHours: (price.operators.reduce((sum, n) => sum + n, 0) * intervalMinutes) / 60 }
      : { variant: price.variant, operatorHours: required + price.moreHours },
  );

/** What leaving one thing out costs, as a task that a thread can run: of a request without its functions. */
export const priceAssumptionsTask = {
  module: new URL('./price-assumptions.ts', import.meta.url).href,
  name: priceAssumptions.name,
};

/** The two ends of every design of tiers, the same way. */
export const priceBoundsTask = {
  module: new URL('./price-bounds.ts', import.meta.url).href,
  name: priceBounds.name,
};

/** What a tenth more of each ground does, the same way. */
export const priceSensitivitiesTask = {
  module: new URL('./price-sensitivities.ts', import.meta.url).href,
  name: priceSensitivities.name,
};
