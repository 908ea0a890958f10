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

/** ISO 4217 code of a hotline's money: what it says itself, else its country's; undefined where neither is known. */
export const currencyOf = ({
  currency,
  country,
}: {
  readonly currency?: string | undefined;
  readonly country: string | null;
}): string | undefined => currency ?? ofCountry[(country ?? '').slice(0, 2)];
