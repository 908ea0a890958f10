import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { modelSchemas } from '../../src/contract/models/model-schemas.ts';
import { demoSettingsSchema } from '../../src/demo/demo-settings.ts';
import { generateDemo } from '../../src/demo/generate-demo.ts';
import type { TrafficRecord } from '../../src/kernel/records.ts';
import { addDays, startOfDay, weekdayOf } from '../../src/kernel/time.ts';

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
const settings = demoSettingsSchema.parse(read('data/demo.json'));
const cpu = process.cpuUsage();
const demo = generateDemo(settings);
const spent = process.cpuUsage(cpu);

const sum = (records: readonly TrafficRecord[], field: keyof TrafficRecord): number =>
  records.reduce((total, record) => total + Number(record[field]), 0);
const ofDay = (date: string, queue?: string): TrafficRecord[] => {
  const from = startOfDay(date, settings.zone);
  return demo.traffic.filter(
    (r) =>
      r.startMillis >= from &&
      r.startMillis < from + 86_400_000 &&
      (queue === undefined || r.queue === queue),
  );
};

describe('the demo hotline', () => {
  it('says that it is made up', () => {
    expect(demo.madeUp).toBe(true);
    expect(demo.hotlines.every((line) => /示例/.test(line.name))).toBe(true);
  });

  it('covers two years of whole weeks in half-hours for five queues without a gap', () => {
    expect([demo.firstDate, demo.lastDate]).toEqual(['2024-11-25', '2026-11-22']);
    expect([weekdayOf(demo.firstDate), weekdayOf(demo.lastDate)]).toEqual([0, 6]);
    expect(demo.traffic).toHaveLength(728 * 48 * 5);
    const keys = new Set(demo.traffic.map((r) => `${r.queue} ${r.startMillis}`));
    expect(keys.size).toBe(demo.traffic.length);
  });

  it('answered + abandoned + blocked is offered in every interval, all in whole numbers', () => {
    for (const r of demo.traffic) {
      const parts = [r.answered, r.abandoned, r.blocked, r.redials, r.answeredInThreshold, r.shortAbandoned];
      if (parts.some((n) => n === undefined || n < 0 || !Number.isInteger(n))) expect.fail(JSON.stringify(r));
      if ((r.answered ?? 0) + (r.abandoned ?? 0) + (r.blocked ?? 0) !== r.offered)
        expect.fail(JSON.stringify(r));
      if ((r.answeredInThreshold ?? 0) > (r.answered ?? 0)) expect.fail(JSON.stringify(r));
      if ((r.shortAbandoned ?? 0) > (r.abandoned ?? 0)) expect.fail(JSON.stringify(r));
      if ((r.redials ?? 0) > r.offered) expect.fail(JSON.stringify(r));
    }
  });

  it('is a line of about 3,500 calls a day that loses calls at its peaks', () => {
    const offered = sum(demo.traffic, 'offered');
    expect(offered / settings.days).toBeGreaterThan(3300);
    expect(offered / settings.days).toBeLessThan(3700);
    const lastWeeks = demo.traffic.filter(
      (r) => r.startMillis >= startOfDay(addDays(demo.lastDate, -34), demo.zone),
    );
    const connection = sum(lastWeeks, 'answered') / sum(lastWeeks, 'offered');
    const level = sum(lastWeeks, 'answeredInThreshold') / sum(lastWeeks, 'offered');
    expect(connection).toBeGreaterThan(0.88);
    expect(connection).toBeLessThan(0.92);
    expect(level).toBeGreaterThan(0.65);
    expect(level).toBeLessThan(0.75);
    const monday = ofDay('2026-11-09');
    const at = (hour: number): TrafficRecord[] =>
      monday.filter(
        (r) => Math.floor((r.startMillis - startOfDay('2026-11-09', demo.zone)) / 3_600_000) === hour,
      );
    expect(sum(at(10), 'answered') / sum(at(10), 'offered')).toBeLessThan(0.9);
    expect(sum(at(10), 'redials')).toBeGreaterThan(10);
    for (const peak of [9, 10, 14, 15])
      expect(sum(at(peak), 'offered')).toBeGreaterThan(sum(at(12), 'offered'));
  });

  it('follows the Chinese calendar: holidays, make-up workdays, weekends by queue', () => {
    const general = (date: string): number => sum(ofDay(date, 'general'), 'offered');
    expect(general('2026-02-17')).toBeLessThan(0.65 * general('2026-03-03'));
    expect(general('2026-02-14')).toBeGreaterThan(1.1 * general('2026-03-07'));
    expect(sum(ofDay('2026-11-07', 'enterprise'), 'offered')).toBeLessThan(
      0.25 * sum(ofDay('2026-11-06', 'enterprise'), 'offered'),
    );
    expect(sum(ofDay('2026-11-07', 'move-car'), 'offered')).toBeGreaterThan(
      sum(ofDay('2026-11-04', 'move-car'), 'offered'),
    );
  });

  it('carries its events: heating, rainstorm, enrolment, and an outage of zeros', () => {
    const general = (date: string): number => sum(ofDay(date, 'general'), 'offered');
    expect(general('2026-11-16')).toBeGreaterThan(1.2 * general('2026-11-09'));
    expect(general('2026-07-21')).toBeGreaterThan(1.35 * general('2026-07-14'));
    expect(general('2026-08-18')).toBeGreaterThan(1.05 * general('2026-07-14'));
    const down = ofDay('2026-04-15').filter((r) => {
      const hour = (r.startMillis - startOfDay('2026-04-15', demo.zone)) / 3_600_000;
      return hour >= 10 && hour < 12;
    });
    expect(down).toHaveLength(20);
    expect(sum(down, 'offered')).toBe(0);
  });

  it('has counts wider than Poisson around means with a shared day effect of 3 to 5 percent', () => {
    const { means, counts, sharedDayEffects } = demo.truth.fresh;
    let excess = 0;
    let n = 0;
    for (let k = 0; k < (means[0]?.length ?? 0); k += 1) {
      const mean = means[0]?.[k] ?? 0;
      if (mean < 40) continue;
      excess += ((counts[0]?.[k] ?? 0) - mean) ** 2 / mean;
      n += 1;
    }
    expect(excess / n).toBeGreaterThan(1.1);
    const spread = Math.sqrt(sharedDayEffects.reduce((s, e) => s + e * e, 0) / sharedDayEffects.length);
    expect(spread).toBeGreaterThan(0.03);
    expect(spread).toBeLessThan(0.05);
  });

  it('keeps 80 numbered operators, presence, channels, prompts played and monthly test calls', () => {
    expect(demo.operators).toHaveLength(80);
    expect(new Set(demo.operators.map((o) => o.operator)).size).toBe(80);
    expect(demo.presence).toHaveLength(728 * 48 * 4);
    expect(demo.presence.reduce((s, p) => s + p.operators, 0)).toBe(sum(demo.traffic, 'operators'));
    expect(demo.channels).toHaveLength(2);
    expect(demo.promptsPlayed.length).toBeGreaterThan(50);
    expect(demo.channelVolumes.every((v) => (v.failed ?? 0) <= v.requests)).toBe(true);
    const connected = demo.testCalls.filter((c) => c.connected);
    expect(demo.testCalls.length).toBeGreaterThan(240);
    expect(connected.length).toBeLessThan(demo.testCalls.length);
    expect(connected.every((c) => (c.secondsToOperator ?? 0) >= settings.greetingSeconds)).toBe(true);
  });

  it('gives every operator figures of its own, also where the line has only some of the queues', () => {
    const queues = settings.queues.slice(0, 2);
    for (const { operator, handleTimeSeconds } of generateDemo({ ...settings, days: 112, queues }).operators)
      expect([operator, (handleTimeSeconds ?? 0) > 30]).toEqual([operator, true]);
  });

  it('is the same for the same settings, another for another seed', () => {
    const small = { ...settings, days: 7, lines: 20 };
    expect(generateDemo(small)).toEqual(generateDemo(small));
    expect(generateDemo({ ...small, seed: 2 }).traffic).not.toEqual(generateDemo(small).traffic);
  });

  it('takes some seconds of one processor at most', () => {
    expect((spent.user + spent.system) / 1e6).toBeLessThan(30);
  });

  it('refuses a zone whose clocks change within the history', () => {
    expect(() => generateDemo({ ...settings, zone: 'Europe/Berlin' })).toThrow('made-up-zone-changes-clocks');
  });
});

describe('the made-up league table', () => {
  const bandsOf = (period: string): Record<string, number> => {
    const bands = { hot: 0, warm: 0, cold: 0, dead: 0 };
    for (const r of demo.results.filter((result) => result.period === period)) {
      const rate = (r.connected ?? 0) / (r.testCalls ?? 1);
      bands[rate >= 0.95 ? 'hot' : rate >= 0.3 ? 'warm' : rate > 0 ? 'cold' : 'dead'] += 1;
    }
    return bands;
  };

  it('matches the published counts per band: 86, 198, 27, 33, and 54 hot and 53 dead the year before', () => {
    expect(bandsOf('2026')).toEqual({ hot: 86, warm: 198, cold: 27, dead: 33 });
    expect(bandsOf('2025')).toMatchObject({ hot: 54, dead: 53 });
    expect(demo.hotlines).toHaveLength(344);
    expect(demo.results.every((r) => r.testCalls === 11)).toBe(true);
  });

  it('has 253 hotlines at or under 15 seconds on average, and no seconds for dead lines', () => {
    const now = demo.results.filter((r) => r.period === '2026');
    expect(now.filter((r) => (r.meanSeconds ?? Infinity) <= 15)).toHaveLength(253);
    expect(now.every((r) => (r.connected === 0) === (r.meanSeconds === undefined))).toBe(true);
  });

  it('scales its bands to another number of lines', () => {
    const small = generateDemo({ ...settings, days: 1, lines: 40 });
    expect(small.hotlines).toHaveLength(40);
    expect(small.results).toHaveLength(80);
    expect(small.results.filter((r) => r.period === '2026' && r.connected === 11)).toHaveLength(10);
  });
});

describe('the demo and the models that ship', () => {
  const hotline = modelSchemas.hotline.parse(read('models/hotline.json'));
  const tiers = modelSchemas.tiers.parse(read('models/tiers.json'));
  const prompts = modelSchemas.prompts.parse(read('models/prompts.json'));

  it('agree on zone, lines, thresholds, queues and routes', () => {
    expect(hotline.madeUp).toBe(true);
    expect([hotline.zone, hotline.intervalMinutes, hotline.trunks]).toEqual([
      settings.zone,
      settings.intervalMinutes,
      settings.trunks,
    ]);
    expect([
      hotline.answerTimeThresholdSeconds,
      hotline.shortAbandonSeconds,
      hotline.greetingSeconds,
    ]).toEqual([settings.answerTimeThresholdSeconds, settings.shortAbandonSeconds, settings.greetingSeconds]);
    expect(hotline.queues.map((q) => [q.queue, q.priority])).toEqual(
      settings.queues.map((q) => [q.queue, q.priority]),
    );
    const routes = tiers.tiers.map((t) => [
      t.tier,
      Object.fromEntries(t.queues.map((q) => [q.queue, q.preference])),
    ]);
    expect(routes).toEqual(settings.tiers.map((t) => [t.tier, t.queues]));
  });

  it('agree on channels, and the prompts that played are in the catalogue', () => {
    expect(
      prompts.channels.map((c) => [c.channel, c.capacityPerInterval, c.operatorSeconds, c.failureShare]),
    ).toEqual(
      settings.channels.map((c) => [c.channel, c.capacityPerInterval, c.operatorSeconds, c.failureShare]),
    );
    const known = prompts.prompts.map((p) => p.prompt);
    expect(settings.pastPrompts.every((p) => known.includes(p.prompt))).toBe(true);
  });
});
