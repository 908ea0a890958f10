import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PromptSpan } from '../../src/contract/documents/schema-parts.ts';
import { fillAnnouncement, placePrompt, scaleTakeUp, spansOf } from '../../src/diversion/prompt-spans.ts';
import { sheetOfSpans } from '../../src/render/switchboard-sheet.ts';
import { project } from '../../src/queueing/project.ts';
import { catalogueOf, entry, offPeak, peak, smallRequest } from '../support/small-world.ts';

describe('placePrompt', () => {
  it('plays in its stretches only, cut to the horizon', () => {
    const placed = placePrompt(
      offPeak(),
      'a',
      [
        { from: -2, to: 2, offPeakTarget: 4 },
        { from: 4, to: 9, offPeakTarget: -1 },
      ],
      6,
    );
    expect([...placed.on]).toEqual([1, 1, 0, 0, 1, 1]);
    expect([...placed.offPeakTarget]).toEqual([4, 4, -1, -1, -1, -1]);
    expect(placed.channel).toBe('app');
  });
  it('fills in the local hour', () => {
    const horizon = {
      zone: 'Asia/Shanghai',
      startMillis: Date.parse('2026-11-23T00:00:00+08:00'),
      intervalMinutes: 30,
      count: 48,
    };
    expect(fillAnnouncement(offPeak().announcement, horizon, 37)).toEqual({
      'zh-CN': '18:30以后更易接通。',
      en: 'Call after 18:30.',
    });
    expect(fillAnnouncement(offPeak().announcement, horizon, -1).en).toBe('Call after {hour}.');
    expect(fillAnnouncement(offPeak().announcement, horizon, 0).en).not.toContain('{hour}');
  });
});

describe('scaleTakeUp', () => {
  const placed = placePrompt(entry({ response: { onlineShare: 0.1, offPeakShare: 0.3 } }), 'a', [], 3);
  const { response } = placed;
  const scaled = (factor: number) => scaleTakeUp([placed], factor)[0]?.response;
  it('halves and doubles both shares and leaves the rest', () => {
    expect(scaled(0.5)).toEqual({ ...response, onlineShare: 0.05, offPeakShare: 0.15 });
    expect(scaled(2)).toEqual({ ...response, onlineShare: 0.2, offPeakShare: 0.6 });
    expect(scaleTakeUp([placePrompt(entry(), 'a', [], 3)], 1)[0]).toEqual(placePrompt(entry(), 'a', [], 3));
  });
  it('never moves more than everybody, in the same proportion', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 20, noNaN: true }), (factor) => {
        const { onlineShare, offPeakShare } = scaled(factor) ?? response;
        expect(onlineShare + offPeakShare).toBeLessThanOrEqual(1 + 1e-12);
        expect(offPeakShare).toBeCloseTo(3 * onlineShare, 12);
      }),
    );
  });
});

describe('the switchboard sheet', () => {
  const catalogue = catalogueOf([
    entry({ announcement: { 'zh-CN': '请说"您好", 谢谢', en: 'Say "hello", please' } }),
    offPeak(),
  ]);
  const request = smallRequest({ start: '21:00', calls: { a: peak }, operators: 8, catalogue });
  const [online, later] = catalogue.prompts;
  const placements = [
    placePrompt(
      later ?? offPeak(),
      'a',
      [
        { from: 3, to: 5, offPeakTarget: 9 },
        { from: 5, to: 7, offPeakTarget: 12 },
      ],
      peak.length,
    ),
    placePrompt(online ?? entry(), 'a', [{ from: 0, to: 2, offPeakTarget: -1 }], peak.length),
  ];
  const outcome = project({
    demand: request.demand,
    capacity: request.capacity,
    policy: { ...request.policy, prompts: placements },
  });
  const spans = spansOf(placements, outcome, catalogue);

  it('cuts spans at midnight and where the hour changes, and counts those diverted', () => {
    expect(spans.map((s) => [s.prompt, s.day, s.from, s.to])).toEqual([
      ['online', 0, 0, 2],
      ['later', 0, 3, 5],
      ['later', 0, 5, 6],
      ['later', 1, 6, 7],
    ]);
    const all = spans.reduce((sum, s) => sum + s.callersDiverted, 0);
    const counted = outcome.queues[0];
    const total = [...(counted?.divertedOnline ?? []), ...(counted?.deferred ?? [])].reduce(
      (a, b) => a + b,
      0,
    );
    expect(all).toBeCloseTo(total, 9);
  });

  it('says when to play what to whom: names for people, keys for the machine, words in both languages', () => {
    const [first] = spans;
    const span: PromptSpan = {
      prompt: 'online',
      name: { 'zh-CN': '线上', en: 'Online' },
      kind: 'online-channel',
      queue: 'a',
      date: '2026-11-24',
      from: '21:00',
      to: '24:00',
      announcement: first?.announcement ?? { 'zh-CN': '', en: '' },
      announcementSeconds: 3,
      callersDiverted: 4,
    };
    const names = new Map([['a', 'General']]);
    const csv = sheetOfSpans([span, { ...span, date: '2026-11-23' }], names, 'en');
    expect(csv.startsWith('\uFEFFdate,weekday,from,to,')).toBe(true);
    const [, monday, tuesday, end] = csv.split('\r\n');
    expect(monday).toBe(
      '2026-11-23,Mon,21:00,24:00,General,a,Online,online,everyone,3,"请说""您好"", 谢谢","Say ""hello"", please"',
    );
    expect(tuesday).toMatch(/^2026-11-24,Tue,/);
    expect(end).toBe('');
    const chinese = sheetOfSpans([{ ...span, waitAboveSeconds: 45 }], names, 'zh-CN');
    expect(chinese).toContain(
      '2026-11-24,周二,21:00,24:00,General,a,线上,online,预计等候超过 45 秒的来电人,3,',
    );
    expect(sheetOfSpans([{ ...span, queue: '=1+1' }], names, 'zh-CN')).toContain(",'=1+1,'=1+1,");
  });
});
