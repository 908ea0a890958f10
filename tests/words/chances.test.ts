import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Finding } from '../../src/kernel/finding.ts';
import { languages } from '../../src/kernel/text.ts';
import { figuresOf } from '../../src/words/figures.ts';
import { hoursAndMinutes } from '../../src/words/phrases.ts';
import { speak } from '../../src/words/speak.ts';

it('a chance is 0 or 100 % only where it is', () => {
  const [chinese, english] = [figuresOf('zh-CN').chance, figuresOf('en').chance];
  expect([0, 0.003, 0.01, 0.42, 0.99, 0.996, 1, null].map(english)).toEqual([
    '0%',
    'under 1%',
    '1%',
    '42%',
    '99%',
    'over 99%',
    '100%',
    '–',
  ]);
  expect([0, 0.003, 0.996, 1].map(chinese)).toEqual(['0%', '不到 1%', '99% 以上', '100%']);
  const property = fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (chance) => {
    for (const language of languages) {
      const text = figuresOf(language).chance(chance);
      expect([text === '0%', text === '100%']).toEqual([chance === 0, chance === 1]);
    }
  });
  fc.assert(property, { seed: 20261130 });
});

it('a length of time is read without working out its hours', () => {
  const [chinese, english] = (['zh-CN', 'en'] as const).map(
    (language) => (minutes: number) => hoursAndMinutes(minutes, language),
  );
  expect([0, 0.4, 45, 59.6, 60, 200, 1439.7].map((minutes) => english?.(minutes))).toEqual([
    '0 min',
    '0 min',
    '45 min',
    '1 h',
    '1 h',
    '3 h 20 min',
    '24 h',
  ]);
  expect([45, 200].map((minutes) => chinese?.(minutes))).toEqual(['45 分钟', '3 小时 20 分钟']);
});

it('so do the sentences of a day', () => {
  const values = {
    steps: 2,
    cost: 1,
    fewerLost: 0.4,
    asked: 0,
    rate: 'connectionRate',
    seconds: 15,
    before: 0.97,
    after: 0.965,
    target: 0.95,
  };
  const more = { reached: true, holds: true, isSure: true, chance: 0.9996, rostered: true, latest: null };
  const said = { code: 'day-together', values: { ...values, ...more, isNow: false } } as never;
  expect(speak('en', 'page').say(said)).toContain('(target 95%, chance of meeting it over 99%)');
  expect(speak('zh-CN', 'page').say(said)).toContain('（目标 95%，达标概率：99% 以上）');
  // Nobody is waited for: the form for none is chosen, not that for many.
  expect(speak('en', 'page').say(said)).not.toMatch(/await|beyond/);
  expect(speak('zh-CN', 'page').say(said)).not.toMatch(/答复|此外/);
  const best = {
    code: 'day-together',
    values: { ...values, ...more, holds: false, isNow: true },
  } as Finding<string, object>;
  expect(speak('en', 'page').say(best)).toMatch(/^Best: 2 actions/);
  expect(speak('zh-CN', 'page').say(best)).not.toMatch(/0 项|答复/);
  // Of calls that nobody would notice nothing is said.
  const lostIn = (language: 'en' | 'zh-CN', fewerLost: number): string =>
    speak(language, 'page').say({ ...best, values: { ...best.values, fewerLost } });
  for (const none of [-3, 0, 0.4]) {
    expect(lostIn('en', none)).toContain("2 actions together would take the day's");
    expect(lostIn('zh-CN', none)).toContain('共 2 项，全天');
  }
  expect(lostIn('en', 0.6)).toContain('would save about 1 call and take');
  expect(lostIn('en', 12.2)).toContain('would save about 12 calls and take');
  expect(lostIn('zh-CN', 12.2)).toContain('共 2 项，合计可减少未接通约 12 通，全天');
  // If the day is so only once somebody has agreed, it is not said to be so without.
  const awaited = { ...values, ...more, steps: 0, asked: 1, isNow: false };
  for (const held of [{}, { isSure: false }, { isSure: false, doubt: { of: 'rolling', chance: 0.6 } }]) {
    const waits = { code: 'day-together', values: { ...awaited, doubt: null, ...held } } as never;
    expect(speak('en', 'page').say(waits)).toBe(
      "1 answer is outstanding: if it is yes, the day's connection rate is 97.0%. Nothing more is needed then.",
    );
    expect(speak('zh-CN', 'page').say(waits)).toBe(
      '另有 1 项提议待答复：若全部同意，全天接通率为 97.0%。届时无需再采取其他措施。',
    );
  }
});
