import { english } from '../support/said.ts';
import { describe, expect, it } from 'vitest';
import {
  explainLearnt,
  gatherEvidence,
  learnCatalogue,
  type SeenTraffic,
} from '../../src/diversion/learn-catalogue.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { catalogueOf, entry, offPeak } from '../support/small-world.ts';

/** A prompt to call later, heard by nine of ten. */
const withoutChannel = () => {
  const { channel: _, ...own } = offPeak();
  return { ...own, response: { ...own.response, reach: 0.9 } };
};

const slotsPerDay = 24;
const days = 35;
const catalogue = catalogueOf([
  entry({ response: { onlineShare: 0.1, onlineFailureShare: 0.2, reach: 0.9 } }),
  withoutChannel(),
]);
const [online, later] = catalogue.prompts;

/** Five weeks with a known share moved: `online` plays Mon–Tue 9–12, or `later` Mon–Wed 14–17. */
const month = (seed: number, share: number, prompt: 'online' | 'later'): SeenTraffic => {
  const random = seededRandom(seed, 7);
  const on = new Uint8Array(days * slotsPerDay);
  const calls = new Float64Array(on.length);
  const requests = new Float64Array(on.length);
  for (let day = 0; day < days; day += 1) {
    const level = Math.exp(0.1 * random.normal()) * (day % 7 === 0 ? 1.2 : 1);
    for (let slot = 0; slot < slotsPerDay; slot += 1) {
      const i = day * slotsPerDay + slot;
      const shape = slot < 7 || slot > 20 ? 0.1 : 1;
      const plays =
        prompt === 'online' ? day % 7 < 2 && slot >= 9 && slot < 12 : day % 7 < 3 && slot >= 14 && slot < 17;
      const heard = random.poisson(120 * level * shape);
      let moved = 0;
      let failed = 0;
      if (plays) {
        on[i] = 1;
        for (let k = 0; k < heard; k += 1)
          if (random.uniform() < 0.9 * share) {
            moved += 1;
            if (random.uniform() < 0.2) failed += 1;
          }
      }
      calls[i] = heard - moved + (prompt === 'online' ? failed : 0);
      requests[i] = random.poisson(8 * level * shape) + (prompt === 'online' ? moved : 0);
    }
  }
  return {
    slotsPerDay,
    dayKind: Array.from({ length: days }, (_, d) => (d % 7 < 5 ? 'workday' : 'weekend')),
    calls: new Map([['general', calls]]),
    attempts: new Map([['general', calls]]),
    requests: prompt === 'online' ? new Map([['app', requests]]) : new Map(),
    played: [{ prompt, queue: 'general', on }],
  };
};

const coverage = (share: number, prompt: 'online' | 'later', months: number): number => {
  let covered = 0;
  for (let seed = 0; seed < months; seed += 1) {
    const { learnt } = learnCatalogue(catalogue, month(seed, share, prompt));
    const found = learnt[0];
    if (found !== undefined && found.low <= share && share <= found.high) covered += 1;
  }
  return covered / months;
};

describe('take-up learnt from records alone', () => {
  it.each([
    ['online', 0.06],
    ['later', 0.15],
  ] as const)(
    'the 80 %% interval of a prompt %s holds its known share as often as it says',
    (prompt, share) => {
      const covered = coverage(share, prompt, 200);
      expect(covered).toBeGreaterThanOrEqual(0.75);
      expect(covered).toBeLessThanOrEqual(0.85);
    },
  );

  it('ends the assumption, says from what, and changes nothing else', () => {
    const learnt = learnCatalogue(catalogue, month(1, 0.06, 'online'));
    const after = learnt.catalogue.prompts[0];
    expect(after?.response).toEqual({
      ...online?.response,
      onlineShare: learnt.learnt[0]?.mean,
      assumed: false,
    });
    expect(learnt.catalogue.prompts[1]).toBe(later);
    expect(english(explainLearnt(learnt.learnt)[0])).toMatch(/learnt from channel volumes in 30 intervals/);
  });

  it('keeps the setting, and says so, while data weighs little', () => {
    const seen = month(1, 0.15, 'later');
    const on = seen.played[0]?.on.map((value, i) => (i < 15 ? value : 0)) ?? new Uint8Array(0);
    const thin: SeenTraffic = { ...seen, played: [{ prompt: 'later', queue: 'general', on }] };
    const few = learnCatalogue(catalogue, thin);
    expect(few.learnt[0]?.assumed).toBe(true);
    expect(few.catalogue.prompts[1]?.response).toEqual(later?.response);
    expect(english(explainLearnt(few.learnt)[0])).toContain('is kept');
  });

  it('takes nothing from intervals that nothing can be compared with', () => {
    const seen = month(1, 0.1, 'later');
    const always = new Uint8Array(days * slotsPerDay).fill(1);
    const played = [{ prompt: 'later', queue: 'general', on: always }];
    expect(gatherEvidence(later ?? offPeak(), catalogue.prompts, { ...seen, played })).toBeUndefined();
    expect(gatherEvidence(later ?? offPeak(), catalogue.prompts, { ...seen, played: [] })).toBeUndefined();
  });

  it('callers are those who stayed and those who moved, without the ones that failed online and called', () => {
    const on = new Uint8Array(days * slotsPerDay);
    on[10] = 1;
    const steady = (usual: number, then: number): Float64Array =>
      new Float64Array(on.length).fill(usual).map((count, i) => (i === 10 ? then : count));
    const seen: SeenTraffic = {
      slotsPerDay,
      dayKind: Array.from({ length: days }, () => 'workday'),
      calls: new Map([['general', steady(100, 84)]]),
      attempts: new Map([['general', steady(100, 84)]]),
      requests: new Map([['app', steady(10, 30)]]),
      played: [{ prompt: 'online', queue: 'general', on }],
    };
    const prompt = online ?? entry();
    const found = gatherEvidence(prompt, catalogue.prompts, seen);
    // Twenty moved, a fifth of them called after all and is among the 84: 84 + 16 heard it, nine of ten of them.
    expect(found?.evidence).toEqual([expect.objectContaining({ heard: expect.closeTo(90, 9), moved: 20 })]);
    expect(gatherEvidence({ ...prompt, offeredTo: 'all' }, catalogue.prompts, seen)).toEqual(found);
    const byWait = { ...prompt, offeredTo: { waitAboveSeconds: 20 } };
    expect(gatherEvidence(byWait, catalogue.prompts, seen)).toBeUndefined();
  });

  it('leaves out intervals in which another prompt fills the same channel', () => {
    const seen = month(1, 0.1, 'online');
    const both = catalogueOf([entry(), entry({ prompt: 'other' })]);
    const played = [
      ...seen.played,
      { prompt: 'other', queue: 'general', on: seen.played[0]?.on.slice() ?? new Uint8Array(0) },
    ];
    expect(gatherEvidence(entry(), both.prompts, { ...seen, played })).toBeUndefined();
  });
});

it('a prompt offered to all is learnt of like one without an audience, one offered by wait is not', () => {
  const seen = month(1, 0.1, 'online');
  const of = (offeredTo?: 'all' | { waitAboveSeconds: number }) =>
    online === undefined
      ? undefined
      : gatherEvidence(
          { ...online, ...(offeredTo === undefined ? {} : { offeredTo }) },
          catalogue.prompts,
          seen,
        );
  expect(of()?.evidence.length).toBeGreaterThan(0);
  expect(of('all')).toEqual(of());
  expect(of({ waitAboveSeconds: 0 })).toEqual(of());
  expect(of({ waitAboveSeconds: 1 })).toBeUndefined();
});

/*
 * Days without noise: every count is its day's level times its slot's shape, less what a prompt moved. Then what is usual
 * is known to the last digit, and the evidence is a formula of the days compared.
 */
describe('evidence of days without noise', () => {
  const shape = (slot: number) => (slot < 6 ? 0 : 10 + slot);
  const levelOf = (day: number) => 1 + (day % 5) / 10;
  const plays = (i: number) =>
    [10, 11, 31, 33].includes(Math.floor(i / slotsPerDay)) && i % slotsPerDay >= 9 && i % slotsPerDay < 12;
  const gap = 12 * slotsPerDay + 9;
  const kindOf = (day: number) => (day % 7 < 5 ? 'workday' : 'weekend');
  const moved = 0.18;
  const planted = (kept: number): SeenTraffic => {
    const length = days * slotsPerDay;
    const usual = (i: number) => levelOf(Math.floor(i / slotsPerDay)) * shape(i % slotsPerDay);
    const series = (during: number) =>
      Float64Array.from({ length }, (_, i) => (i === gap ? Number.NaN : usual(i) * (plays(i) ? during : 1)));
    return {
      slotsPerDay,
      dayKind: Array.from({ length: days }, (_, day) => kindOf(day)),
      calls: new Map([['general', series(kept)]]),
      attempts: new Map([['general', series(kept)]]),
      requests: new Map(),
      played: [
        {
          prompt: 'any',
          queue: 'general',
          on: Uint8Array.from({ length }, (_, i) => (plays(i) ? 1 : 0)),
        },
      ],
    };
  };
  const played = Array.from({ length: days * slotsPerDay }, (_, i) => i).filter(plays);
  /** Counts of a day that tell its level: those before the prompt, or all in which none played on either day. */
  const levelBefore = (day: number) =>
    levelOf(day) * [0, 1, 2, 3, 4, 5, 6, 7, 8].reduce((sum, slot) => sum + shape(slot), 0);
  const expected = (movedShare: number) =>
    played.map((i) => {
      const [day, slot] = [Math.floor(i / slotsPerDay), i % slotsPerDay];
      const compared = Array.from({ length: days }, (_, other) => other).filter(
        (other) =>
          other !== day &&
          Math.abs(other - day) <= 28 &&
          kindOf(other) === kindOf(day) &&
          !plays(other * slotsPerDay + slot) &&
          other * slotsPerDay + slot !== gap,
      ).length;
      const usual = levelOf(day) * shape(slot);
      const sameSlot = [10, 11, 31, 33]
        .map((other) => Math.max(0, 1 - Math.abs(day - other) / 57))
        .reduce((a, b) => a + b, 0);
      const variance =
        usual * (1 - moved) +
        usual / compared +
        ((sameSlot - 1) * usual) / compared +
        (usual ** 2 * (3 + (2 * sameSlot) / compared)) / levelBefore(day);
      return {
        heard: expect.closeTo(0.9 * usual, 9),
        moved: expect.closeTo((moved * usual) / movedShare, 9),
        movedVariance: expect.closeTo(variance / movedShare ** 2, 9),
      };
    });

  it('calls that stayed away, those who failed online and called after all allowed for', () => {
    const prompt = entry({
      prompt: 'any',
      response: { onlineShare: 0.1, onlineFailureShare: 0.25, reach: 0.9 },
    });
    expect(gatherEvidence(prompt, [prompt], planted(1 - moved))).toEqual({
      from: 'calls',
      evidence: expected(0.75),
    });
  });

  it('nobody fails online whom a prompt sends off-peak', () => {
    const prompt = { ...offPeak(), prompt: 'any' };
    const response = { ...prompt.response, onlineFailureShare: 0.25, reach: 0.9 };
    const found = gatherEvidence({ ...prompt, response }, [], planted(1 - moved));
    expect(found?.evidence).toEqual(expected(1));
  });

  it('only the days asked for are learnt from', () => {
    const prompt = { ...offPeak(), prompt: 'any' };
    const own = { ...prompt, response: { ...prompt.response, reach: 0.9 } };
    const count = (...span: [number, number]) =>
      gatherEvidence(own, [], planted(1 - moved), ...span)?.evidence.length ?? 0;
    expect([count(0, 11), count(11, 31), count(11, 32), count(34, days)]).toEqual([3, 3, 6, 0]);
  });
});
