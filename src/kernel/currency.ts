/** What wages are paid in, by ISO country; others say so themselves. */
const ofCountry: Readonly<Record<string, string>> = {
  AU: 'AUD',
  CA: 'CAD',
  CH: 'CHF',
  CN: 'CNY',
  DE: 'EUR',
  ES: 'EUR',
  FR: 'EUR',
  GB: 'GBP',
  HK: 'HKD',
  IE: 'EUR',
  IL: 'ILS',
  IN: 'INR',
  IT: 'EUR',
  JP: 'JPY',
  KR: 'KRW',
  MO: 'MOP',
  NL: 'EUR',
  SG: 'SGD',
  TW: 'TWD',
  US: 'USD',
};

/** Prices of an hour that a new workspace comes with, by tier: the made-up line's, in yuan. */
const shippedPrices: ReadonlyMap<string, number> = new Map([
  ['general', 42],
  ['insurance', 48],
  ['enterprise', 50],
  ['senior', 62],
]);

interface PricedLine {
  readonly hotline: {
    readonly currency?: string | undefined;
    readonly country: string | null;
    readonly madeUp: boolean;
  };
  readonly tiers: {
    readonly tiers: readonly { readonly tier: string; readonly costPerHour: number }[];
    readonly ownPrices?: boolean | undefined;
  };
}

/** Whether a real line still has a tier at the price that its workspace came with, and nobody has said that it is its own. */
export const hasAssumedPrices = ({ hotline, tiers: { tiers, ownPrices } }: PricedLine): boolean =>
  !hotline.madeUp &&
  ownPrices !== true &&
  tiers.some(({ tier, costPerHour }) => shippedPrices.get(tier) === costPerHour);

/**
 * ISO 4217 code of a hotline's money: what it says itself, else its country's; undefined where neither is known, and where
 * prices are still the yuan that its workspace came with: as pounds or euros they would be believed.
 */
export const currencyOf = (line: PricedLine): string | undefined => {
  const { currency, country } = line.hotline;
  const own = currency ?? ofCountry[(country ?? '').slice(0, 2)];
  return own !== 'CNY' && hasAssumedPrices(line) ? undefined : own;
};
