import { messageOf, remedyOf } from '../support/said.ts';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { modelSchemas } from '../../src/contract/models/model-schemas.ts';
import { type PromptsModel } from '../../src/contract/models/prompts-model.ts';
import { checkPlacements } from '../../src/diversion/apply-scenario.ts';
import { checkRules, checkWording } from '../../src/diversion/check-prompts-model.ts';
import { placePrompt } from '../../src/diversion/prompt-spans.ts';
import { isInQuietHours } from '../../src/diversion/playing-rules.ts';
import type { PromptPlacement } from '../../src/kernel/hotline.ts';
import { catalogueOf, entry, offPeak } from '../support/small-world.ts';

const shipped = modelSchemas.prompts.parse(
  JSON.parse(readFileSync(new URL('../../models/prompts.json', import.meta.url), 'utf8')),
);
const rulesOf = (problems: readonly { rule: string }[]): string[] => problems.map((p) => p.rule);

describe('checkRules', () => {
  it('finds nothing wrong with the catalogue that ships', () => {
    expect(checkRules(shipped)).toEqual([]);
  });
  it('share-outside-0-1', () => {
    const bad: PromptsModel = {
      ...shipped,
      prompts: [entry({ response: { reach: 1.2 } })],
      channels: shipped.channels,
    };
    const problem = checkRules({ ...bad, channels: catalogueOf([entry()]).channels })[0];
    expect(problem).toMatchObject({
      rule: 'share-outside-0-1',
      path: 'prompts.0.response.reach',
      value: '1.2',
    });
    expect(remedyOf(problem)).toMatchObject({
      en: expect.stringContaining('0.08'),
      'zh-CN': expect.stringContaining('0.08'),
    });
  });
  it('shares-above-one', () => {
    const bad = catalogueOf([entry({ response: { onlineShare: 0.7, offPeakShare: 0.4 } })]);
    expect(rulesOf(checkRules(bad))).toEqual(['shares-above-one']);
  });
  it('channel-without-capacity', () => {
    expect(rulesOf(checkRules(catalogueOf([entry()], {}, 0)))).toEqual(['channel-without-capacity']);
    expect(rulesOf(checkRules(catalogueOf([entry({ channel: 'unknown' })])))).toEqual([
      'channel-without-capacity',
    ]);
  });
  it('clashing-rules says which clash', () => {
    const said = (rules: Partial<PromptsModel['rules']>): string =>
      checkRules(catalogueOf([entry()], rules))
        .map((p) => messageOf(p).en)
        .join();
    expect(said({ minimumOnMinutes: 90, maximumOnMinutesPerDay: 60 })).toMatch(
      /minimum on-time.*conflicts with the maximum/,
    );
    expect(said({ minimumOnMinutes: 120, quietHours: { from: '09:00', to: '08:00' } })).toMatch(
      /quiet hours.*leave 60 minutes/,
    );
    expect(said({ largestDivertedShare: 0 })).toMatch(/share is 0/);
    expect(said({})).toBe('');
  });
});

describe('isInQuietHours', () => {
  it('passes midnight, touches at no edge, and is never where both times are equal', () => {
    const night = { from: '20:00', to: '08:00' };
    expect([450, 480, 1170, 1200].map((m) => isInQuietHours(m, 30, night))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(isInQuietHours(1185, 30, night)).toBe(true);
    expect(isInQuietHours(600, 30, { from: '12:00', to: '12:00' })).toBe(false);
  });
});

describe('checkPlacements', () => {
  const problems = (
    placements: PromptPlacement[],
    rules: Partial<PromptsModel['rules']> = {},
    open = new Uint8Array(48).fill(1),
  ) =>
    checkPlacements({
      placements,
      rules: catalogueOf([entry()], rules).rules,
      horizon: {
        zone: 'Asia/Shanghai',
        startMillis: Date.parse('2026-11-23T00:00:00+08:00'),
        intervalMinutes: 30,
        count: 48,
      },
      open,
      neverDivert: ['b'],
    });
  const check = (...asked: Parameters<typeof problems>): string[] => rulesOf(problems(...asked));
  const on = (from: number, to: number, queue = 'a', own = entry(), target = -1): PromptPlacement =>
    placePrompt(own, queue, [{ from, to, offPeakTarget: target }], 48);

  it('accepts what keeps the rules', () => expect(check([on(20, 22)])).toEqual([]));
  it('outside-opening-hours', () =>
    expect(check([on(20, 22)], {}, new Uint8Array(48))).toEqual(['outside-opening-hours']));
  it('never-in-quiet-hours', () => expect(check([on(12, 16)])).toEqual(['never-in-quiet-hours']));
  it('minimum-on-time', () => expect(check([on(20, 21)])).toEqual(['minimum-on-time']));
  it('maximum-on-time-per-day', () =>
    expect(check([on(16, 30)], { maximumOnMinutesPerDay: 240 })).toEqual(['maximum-on-time-per-day']));
  it('maximum-on-time-per-day counts what the queue hears, whichever prompts play, and names the one too many', () => {
    const two = [on(16, 21), on(24, 29, 'a', entry({ prompt: 'other' }))];
    const told = problems(two, { maximumOnMinutesPerDay: 240 });
    expect(told.map(({ rule, path, value }) => [rule, path, value])).toEqual([
      ['maximum-on-time-per-day', 'other.a', '2026-11-23T13:30'],
    ]);
    expect(check(two, { maximumOnMinutesPerDay: 300 })).toEqual([]);
    // Another queue has a day of its own.
    expect(check([on(16, 21), on(24, 29, 'c')], { maximumOnMinutesPerDay: 240 })).toEqual([]);
  });
  it('never-divert-queue', () => expect(check([on(20, 22, 'b')])).toEqual(['never-divert-queue']));
  it('one-prompt-at-a-time', () =>
    expect(check([on(20, 22), on(21, 23, 'a', entry({ prompt: 'other' }))])).toEqual([
      'one-prompt-at-a-time',
    ]));
  it('one-prompt-at-a-time holds from the first interval to the last', () => {
    for (const from of [0, 20, 46])
      expect(
        check([on(from, from + 2), on(from, from + 2, 'a', entry({ prompt: 'other' }))], {
          quietHours: { from: '00:00', to: '00:00' },
        }),
      ).toEqual(['one-prompt-at-a-time']);
  });
  it('off-peak-hour-missing', () => {
    expect(check([on(20, 22, 'a', offPeak())])).toEqual(['off-peak-hour-missing']);
    expect(check([on(20, 22, 'a', offPeak(), 30)])).toEqual([]);
  });
});

describe('checkWording', () => {
  const words = (
    chinese: string,
    english: string,
    kind: 'online-channel' | 'off-peak' = 'online-channel',
  ): string[] =>
    rulesOf(checkWording(catalogueOf([entry({ kind, announcement: { 'zh-CN': chinese, en: english } })])));

  it('finds nothing wrong with the catalogue that ships', () => expect(checkWording(shipped)).toEqual([]));
  it('no-key-press', () => {
    expect(words('回拨请按1。', 'Wait.')).toEqual(['no-key-press']);
    expect(words('请等候。', 'Press 1 for a callback.')).toEqual(['no-key-press']);
    expect(words('按时等候。', 'Keyword pressure.')).toEqual([]);
  });
  it('nothing-advertised', () => {
    expect(words('下载有优惠。', 'Wait.')).toEqual(['nothing-advertised']);
    expect(words('请等候。', 'Win a prize in the app.')).toEqual(['nothing-advertised']);
  });
  it('hour-missing', () =>
    expect(words('稍后再拨。', 'Call after {hour}.', 'off-peak')).toEqual(['hour-missing']));
  it('seconds-too-few is a warning', () => {
    const long = catalogueOf([entry({ announcement: { 'zh-CN': '请您'.repeat(30), en: 'Wait.' } })]);
    expect(checkWording(long)).toMatchObject([{ rule: 'seconds-too-few', severity: 'warning' }]);
    const nine = (announcementSeconds: number) =>
      checkWording(
        catalogueOf([
          entry({
            announcement: { 'zh-CN': '一二三四五六七八九', en: 'Wait.' },
            response: { announcementSeconds },
          }),
        ]),
      );
    expect(nine(1.49)).toMatchObject([{ values: { seconds: 2 } }]);
    expect(nine(1.5)).toEqual([]);
  });
});
