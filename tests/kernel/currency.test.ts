import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tiersSchema } from '../../src/contract/models/tiers-model.ts';
import { currencyOf, hasAssumedPrices } from '../../src/kernel/currency.ts';
import { planDecisions } from '../../src/render/plan-decisions.ts';
import { weekAnswer, weekAnswers, weekVerdict } from '../../src/render/week-answer.ts';
import { weekFigures } from '../../src/render/week-tables.ts';
import { speak } from '../../src/words/speak.ts';
import { smallPlan } from '../support/small-plan.ts';

const { tiers } = tiersSchema.parse(JSON.parse(readFileSync('models/tiers.json', 'utf8')));
const set = tiers.map((tier) => ({ ...tier, costPerHour: 17.5 }));
const line = (country: string, madeUp = false) => ({ country, madeUp });

test('prices that a workspace came with are yuan, and assumed until each tier has its own', () => {
  for (const tier of tiers) {
    const kept = set.map((each) => (each.tier === tier.tier ? tier : each));
    expect(hasAssumedPrices({ hotline: line('GB'), tiers: { tiers: kept } })).toBe(true);
    expect(currencyOf({ hotline: line('GB'), tiers: { tiers: kept } })).toBeUndefined();
  }
  expect(currencyOf({ hotline: line('GB'), tiers: { tiers: set } })).toBe('GBP');
  expect(currencyOf({ hotline: line('CN'), tiers: { tiers } })).toBe('CNY');
  expect(hasAssumedPrices({ hotline: line('GB'), tiers: { tiers: set } })).toBe(false);
  expect(hasAssumedPrices({ hotline: line('CN', true), tiers: { tiers } })).toBe(false);
});

test('a price that is the one a workspace came with can be confirmed as the line’s own', () => {
  const confirmed = tiersSchema.parse({ tiers, ownPrices: true });
  expect(hasAssumedPrices({ hotline: line('GB'), tiers: confirmed })).toBe(false);
  expect(currencyOf({ hotline: line('GB'), tiers: confirmed })).toBe('GBP');
});

test('a plan at such prices says so', () => {
  const plan = smallPlan();
  const codes = (pricesAssumed: boolean): string[] =>
    planDecisions({ ...plan, total: { ...plan.total, pricesAssumed } }).map(({ code }) => code);
  expect(codes(true)).toContain('decide-assumed-prices');
  expect(codes(false)).not.toContain('decide-assumed-prices');
  // Wherever money stands: in each sentence and in the table of figures.
  const yuan = (pricesAssumed: boolean) => ({
    ...plan,
    monitoring: { ...plan.monitoring, indicators: [] },
    total: { ...plan.total, currency: 'CNY', pricesAssumed },
  });
  for (const [language, words] of [
    ['en', 'at made-up rates supplied with Huawu'],
    ['zh-CN', '按系统自带的示例单价'],
  ] as const) {
    const said = (pricesAssumed: boolean): readonly string[] => [
      speak(language, 'page').say(weekAnswer(yuan(pricesAssumed))),
      speak(language, 'page').say(weekVerdict(yuan(pricesAssumed))[1]),
      weekAnswers(yuan(pricesAssumed))
        .map((each) => speak(language, 'page').say(each))
        .join(' '),
      JSON.stringify(weekFigures(yuan(pricesAssumed), language)),
    ];
    for (const text of said(true)) expect(text).toContain(words);
    for (const text of said(false)) expect(text).not.toContain(words);
  }
});
