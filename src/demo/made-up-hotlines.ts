import { sumOf } from '../kernel/statistics.ts';
import { addAt, valueAt } from '../kernel/value-at.ts';
import { seededRandom, type Random } from '../kernel/random.ts';
import type { MonitoredHotline, MonitoringResult } from '../kernel/records.ts';
import type { DemoSettings } from './demo-settings.ts';

type Band = 'hot' | 'warm' | 'cold' | 'dead';
const bandOrder = ['hot', 'warm', 'cold', 'dead'] as const satisfies readonly Band[];

/** Whole numbers in the proportions of `counts` that sum to `total` (largest remainders). */
export const scaleCounts = (counts: readonly number[], total: number): number[] => {
  const sum = sumOf(counts);
  const exact = counts.map((c) => (sum === 0 ? 0 : (c * total) / sum));
  const whole = exact.map(Math.floor);
  const order = exact.map((e, i) => ({ i, rest: e - Math.floor(e) })).sort((a, b) => b.rest - a.rest);
  for (let left = total - sumOf(whole), n = 0; left > 0; left -= 1, n += 1) {
    const i = order[n % order.length]?.i ?? 0;
    addAt(whole, i, 1);
  }
  return whole;
};

const pad = (n: number): string => String(n).padStart(3, '0');

/** Numbered hotlines in neutral regions and city tiers; the demo's own line is the first. */
export const madeUpHotlines = (settings: DemoSettings): MonitoredHotline[] => {
  const random = seededRandom(settings.seed, 600);
  const { regions, cityTiers } = settings.monitored;
  return Array.from({ length: settings.lines }, (_, i) => {
    const region = Math.floor((i * regions.length) / settings.lines);
    const province = Math.floor((i * 31) / settings.lines) + 1;
    return {
      hotline: i === 0 ? settings.hotline : `line-${pad(i + 1)}`,
      name:
        i === 0
          ? '示例市热线(本线) · Sample city (this line)'
          : `示例热线 ${pad(i + 1)} · Sample ${pad(i + 1)}`,
      province: `示例省 ${String(province).padStart(2, '0')} · Province ${String(province).padStart(2, '0')}`,
      region: regions[region] ?? '',
      cityTier: cityTiers[Math.min(cityTiers.length - 1, Math.floor(random.exponential() * 0.8))] ?? '',
      roundTheClock: random.uniform() < 0.79,
      onlineChannels: Math.min(4, random.poisson(0.8)),
      smartVoice: random.uniform() < 0.04,
      enterpriseLine: random.uniform() < 0.045,
    };
  });
};

/** Test calls answered: all in the hot band, none in the dead one, between them what the bands' limits allow. */
const connectedIn = (band: Band, n: number, random: Random): number => {
  if (band === 'hot') return n;
  if (band === 'dead') return 0;
  const low = band === 'warm' ? Math.ceil(0.3 * n) : 1;
  const high = band === 'warm' ? Math.ceil(0.95 * n) - 1 : Math.ceil(0.3 * n) - 1;
  const centre = band === 'warm' ? 0.72 : 0.5;
  let k = low;
  for (let i = low; i < high; i += 1) if (random.uniform() < centre) k += 1;
  return k;
};

/** Mean seconds to an operator of the lines that answered: `meeting` of them at or under the standard. */
const drawMeanSeconds = (
  skill: readonly number[],
  alive: readonly boolean[],
  meeting: number,
  settings: DemoSettings['monitored'],
  random: Random,
): (number | undefined)[] => {
  const order = [...skill.keys()]
    .filter((i) => alive[i] === true)
    .map((i) => ({ i, slow: -valueAt(skill, i) + 1.2 * random.normal() }))
    .sort((a, b) => a.slow - b.slow);
  const seconds: (number | undefined)[] = skill.map(() => undefined);
  for (const [rank, { i }] of order.entries()) {
    const under = settings.standardSeconds * Math.min(1, 0.63 + 0.16 * random.normal());
    const over = settings.standardSeconds * (1.05 + 0.3 * random.gamma(1.2));
    seconds[i] = Number((rank < meeting ? Math.max(3, under) : over).toFixed(2));
  }
  return seconds;
};

const resultsOfPeriod = (
  settings: DemoSettings,
  hotlines: readonly MonitoredHotline[],
  skill: readonly number[],
  period: string,
  previous: boolean,
): MonitoringResult[] => {
  const { monitored } = settings;
  const random = seededRandom(settings.seed, previous ? 601 : 602);
  const counts = previous ? monitored.previousBands : monitored.bands;
  const perBand = scaleCounts(
    bandOrder.map((b) => counts[b]),
    settings.lines,
  );
  const all = bandOrder.reduce((sum, b) => sum + counts[b], 0);
  const wanted = previous ? monitored.previousMeetingStandard : monitored.meetingStandard;
  const meeting = Math.min(settings.lines - valueAt(perBand, 3), Math.round((wanted * settings.lines) / all));
  const ranked = skill.map((s, i) => ({ i, s: s + 0.5 * random.normal() })).sort((a, b) => b.s - a.s);
  const bands: Band[] = [];
  let rank = 0;
  for (const [b, band] of bandOrder.entries())
    for (let n = 0; n < valueAt(perBand, b); n += 1, rank += 1) bands[ranked[rank]?.i ?? 0] = band;
  const seconds = drawMeanSeconds(
    skill,
    bands.map((b) => b !== 'dead'),
    meeting,
    monitored,
    random,
  );
  return hotlines.map((line, i) => {
    const connected = connectedIn(bands[i] ?? 'dead', monitored.testCalls, random);
    const meanSeconds = seconds[i];
    return {
      hotline: line.hotline,
      period,
      testCalls: monitored.testCalls,
      connected,
      ...(meanSeconds === undefined ? {} : { meanSeconds }),
      ...scores(monitored, connected, meanSeconds, valueAt(skill, i), random),
    };
  });
};

/** Indicator points and the total under the settings' weights; a line that never answered scores 0 throughout. */
const scores = (
  monitored: DemoSettings['monitored'],
  connected: number,
  meanSeconds: number | undefined,
  skill: number,
  random: Random,
): Pick<MonitoringResult, 'indicators' | 'total'> => {
  const means: Readonly<Record<string, number>> = {
    'reception-etiquette': 77,
    'communication-standard': 92,
    'problem-solving': 53,
  };
  const { weights } = monitored;
  const indicators: Record<string, number> = {};
  let total = weights.connection * 100 * (connected / monitored.testCalls);
  if (meanSeconds !== undefined)
    total += weights.seconds * Math.min(100, Math.max(0, (100 * (60 - meanSeconds)) / 45));
  for (const [indicator, weight] of Object.entries(weights.indicators)) {
    const drawn = (means[indicator] ?? 75) + 4 * skill + 5 * random.normal();
    const value = connected === 0 ? 0 : Number(Math.min(100, Math.max(0, drawn)).toFixed(2));
    indicators[indicator] = value;
    total += weight * value;
  }
  return { indicators, total: Number(total.toFixed(2)) };
};

/** Results of two periods, one after the other: the bands' counts are the settings', exactly. */
export const madeUpResults = (
  settings: DemoSettings,
  hotlines: readonly MonitoredHotline[],
): MonitoringResult[] => {
  const random = seededRandom(settings.seed, 603);
  const skill = hotlines.map((_, i) => (i === 0 ? 0.5 : random.normal()));
  const { previousPeriod, currentPeriod } = settings.monitored;
  return [
    ...resultsOfPeriod(settings, hotlines, skill, previousPeriod, true),
    ...resultsOfPeriod(settings, hotlines, skill, currentPeriod, false),
  ];
};
