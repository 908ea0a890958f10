import { UsageError } from '../kernel/errors.ts';
import { findingsOf } from '../kernel/finding.ts';
import { seededRandom } from '../kernel/random.ts';
import type {
  ChannelRecord,
  ChannelVolume,
  EventRecord,
  LeaveRecord,
  MonitoredHotline,
  MonitoringResult,
  OperatorRecord,
  PresenceRecord,
  PromptPlayed,
  RosterRequestRecord,
  TestCall,
  TrafficRecord,
} from '../kernel/records.ts';
import { minuteOf } from '../kernel/time-window.ts';
import { addDays, dayMillis, startOfDay, weekdayOf } from '../kernel/time.ts';
import { addAt, valueAt } from '../kernel/value-at.ts';
import type {
  DemoSettings,
  LineHistory,
  PlacedTestCall,
  PlayedPrompt,
  PromptedRequests,
  DemoFindings,
} from './demo-settings.ts';
import { type DayKind, drawFreshCalls, firstDateOf, type FreshCalls, slotShares } from './fresh-calls.ts';
import { madeUpHotlines, madeUpResults, scaleCounts } from './made-up-hotlines.ts';
import { simulateLine } from './simulate-line.ts';

const firstKeptDay = (settings: DemoSettings): number =>
  Math.max(0, settings.days - 7 * settings.channelWeeks);

/** Prompts played in the last weeks, on the workdays that the settings name; of two on one queue the first counts. */
export const pastPromptsPlayed = (settings: DemoSettings, fresh: FreshCalls): PlayedPrompt[] =>
  settings.pastPrompts.map((past) => {
    const on = new Uint8Array(fresh.days.length * fresh.slotsPerDay);
    for (let d = firstKeptDay(settings); d < fresh.days.length; d += 1) {
      const day = fresh.days[d];
      if (day === undefined || !day.worked || !past.weekdays.includes(day.weekday + 1)) continue;
      const base = d * fresh.slotsPerDay;
      on.fill(
        1,
        base + minuteOf(past.from) / settings.intervalMinutes,
        base + minuteOf(past.to) / settings.intervalMinutes,
      );
    }
    return {
      settings: past,
      queue: settings.queues.findIndex((q) => q.queue === past.queue),
      channel: settings.channels.findIndex((c) => c.channel === past.channel),
      on,
    };
  });

/** The spans in which prompts played, as a switchboard would export them. */
const promptRecords = (
  prompts: readonly PlayedPrompt[],
  settings: DemoSettings,
  firstMillis: number,
): PromptPlayed[] => {
  const step = settings.intervalMinutes * 60_000;
  const records: PromptPlayed[] = [];
  for (const prompt of prompts) {
    let from = -1;
    for (let k = 0; k <= prompt.on.length; k += 1) {
      const on = prompt.on[k] === 1;
      if (on && from < 0) from = k;
      if (!on && from >= 0) {
        records.push({
          prompt: prompt.settings.prompt,
          queue: prompt.settings.queue,
          startMillis: firstMillis + from * step,
          endMillis: firstMillis + k * step,
        });
        from = -1;
      }
    }
  }
  return records.sort((a, b) => a.startMillis - b.startMillis);
};

/** Requests per channel and interval of the last weeks: those of every day, and those that prompts sent. */
const channelVolumeRecords = (
  settings: DemoSettings,
  fresh: FreshCalls,
  prompted: readonly PromptedRequests[],
  firstMillis: number,
): ChannelVolume[] => {
  const records: ChannelVolume[] = [];
  const busiest = settings.queues[0];
  if (busiest === undefined) return records;
  const shapes = [busiest.restDayShape, busiest.workdayShape].map((s) => slotShares(s, fresh.slotsPerDay));
  for (const [c, channel] of settings.channels.entries()) {
    const random = seededRandom(settings.seed, 300 + c);
    for (let d = firstKeptDay(settings); d < fresh.days.length; d += 1) {
      const worked = fresh.days[d]?.worked === true;
      const level = channel.requestsPerDay * (worked ? 1 : 0.6) * Math.exp(0.05 * random.normal());
      for (let slot = 0; slot < fresh.slotsPerDay; slot += 1) {
        const k = d * fresh.slotsPerDay + slot;
        const contacts = random.poisson(level * (shapes[worked ? 1 : 0]?.[slot] ?? 0));
        let failed = prompted[c]?.failed[k] ?? 0;
        for (let i = 0; i < contacts; i += 1) if (random.uniform() < channel.failureShare) failed += 1;
        records.push({
          channel: channel.channel,
          startMillis: firstMillis + k * settings.intervalMinutes * 60_000,
          requests: contacts + (prompted[c]?.requests[k] ?? 0),
          failed,
        });
      }
    }
  }
  return records;
};

/** What was planted in the made-up data, for tests and for showing what a method should find. */
interface DemoTruth {
  readonly settings: DemoSettings;
  readonly fresh: FreshCalls;
}

/** A made-up hotline: records as ingest would hand them on, and what was planted. */
export interface DemoData {
  readonly madeUp: true;
  readonly zone: string;
  readonly firstDate: string;
  readonly lastDate: string;
  /** Key of the line itself in test calls, results and hotlines. */
  readonly hotline: string;
  readonly traffic: readonly TrafficRecord[];
  readonly presence: readonly PresenceRecord[];
  readonly operators: readonly OperatorRecord[];
  readonly leave: readonly LeaveRecord[];
  readonly requests: readonly RosterRequestRecord[];
  readonly channels: readonly ChannelRecord[];
  readonly channelVolumes: readonly ChannelVolume[];
  readonly promptsPlayed: readonly PromptPlayed[];
  readonly events: readonly EventRecord[];
  readonly testCalls: readonly TestCall[];
  readonly results: readonly MonitoringResult[];
  readonly hotlines: readonly MonitoredHotline[];
  readonly truth: DemoTruth;
}

const demoFinding = findingsOf<DemoFindings>();

const firstInstant = (settings: DemoSettings): number => {
  const firstDate = firstDateOf(settings);
  const first = startOfDay(firstDate, settings.zone);
  const nextDays = Array.from({ length: settings.days }, (_, d) =>
    startOfDay(addDays(firstDate, d + 1), settings.zone),
  );
  if (nextDays.some((start, d) => start !== first + (d + 1) * dayMillis))
    throw new UsageError(demoFinding('made-up-zone-changes-clocks', { zone: settings.zone }));
  return first;
};

const downIntervals = (settings: DemoSettings, fresh: FreshCalls): Uint8Array => {
  const down = new Uint8Array(fresh.days.length * fresh.slotsPerDay);
  for (const outage of settings.outages) {
    const day = fresh.days.findIndex((d) => d.date === outage.date);
    if (day < 0) continue;
    const base = day * fresh.slotsPerDay;
    down.fill(
      1,
      base + Math.floor(minuteOf(outage.from) / settings.intervalMinutes),
      base + Math.ceil(minuteOf(outage.to) / settings.intervalMinutes),
    );
  }
  return down;
};

const trafficRecords = (
  settings: DemoSettings,
  history: LineHistory,
  operators: readonly Int32Array[],
  firstMillis: number,
): TrafficRecord[] => {
  const records: TrafficRecord[] = [];
  const perQueue = splitOperators(settings, operators);
  for (const [q, { queue }] of settings.queues.entries()) {
    const counts = history.queues[q];
    if (counts === undefined) continue;
    for (let k = 0; k < counts.offered.length; k += 1)
      records.push({
        queue,
        startMillis: firstMillis + k * settings.intervalMinutes * 60_000,
        intervalMinutes: settings.intervalMinutes,
        offered: valueAt(counts.offered, k),
        answered: valueAt(counts.answered, k),
        abandoned: valueAt(counts.abandoned, k),
        shortAbandoned: valueAt(counts.shortAbandoned, k),
        blocked: valueAt(counts.blocked, k),
        answeredInThreshold: valueAt(counts.answeredInThreshold, k),
        waitSecondsTotal: Math.round(valueAt(counts.waitSeconds, k)),
        handleSecondsTotal: Math.round(valueAt(counts.handleSeconds, k)),
        operators: perQueue[q]?.[k] ?? 0,
        redials: valueAt(counts.redials, k),
      });
  }
  return records;
};

const presenceRecords = (
  settings: DemoSettings,
  operators: readonly Int32Array[],
  firstMillis: number,
): PresenceRecord[] =>
  settings.tiers.flatMap(({ tier }, t) =>
    Array.from(operators[t] ?? [], (present, k) => ({
      tier,
      startMillis: firstMillis + k * settings.intervalMinutes * 60_000,
      intervalMinutes: settings.intervalMinutes,
      operators: present,
    })),
  );

const eventRecords = (settings: DemoSettings): EventRecord[] =>
  settings.events.flatMap((event) =>
    Object.entries(event.effects).map(([queue, effect]) => ({
      date: event.date,
      ...(event.end === undefined ? {} : { end: event.end }),
      kind: event.kind,
      label: event.label,
      expectedEffect: effect,
      decayDays: event.decayDays,
      queue,
    })),
  );

/**
 * Makes up a hotline's history from settings: openly invented, the same for the same settings. Fresh calls
 * come from the calendar, a yearly wave, growth, events and shared day levels; the line then plays them call
 * by call against a fixed roster, so that answered + abandoned + blocked = offered in every interval. Throws
 * UsageError for a zone whose clocks change within the history.
 */
export const generateDemo = (settings: DemoSettings): DemoData => {
  const firstMillis = firstInstant(settings);
  const fresh = drawFreshCalls(settings);
  const operators = operatorsOnDuty(settings, fresh.days);
  const prompts = pastPromptsPlayed(settings, fresh);
  const testCalls = placeTestCalls(settings, fresh);
  const history = simulateLine({
    settings,
    count: fresh.days.length * fresh.slotsPerDay,
    fresh: fresh.counts,
    operators,
    down: downIntervals(settings, fresh),
    prompts,
    testCalls,
  });
  const hotlines = madeUpHotlines(settings);
  const people = withContracts(settings, madeUpOperators(settings));
  return {
    madeUp: true,
    zone: settings.zone,
    firstDate: firstDateOf(settings),
    lastDate: settings.lastDate,
    hotline: settings.hotline,
    traffic: trafficRecords(settings, history, operators, firstMillis),
    presence: presenceRecords(settings, operators, firstMillis),
    operators: people,
    leave: madeUpLeave(settings, people),
    requests: madeUpRequests(settings, people),
    channels: settings.channels.map(({ channel, capacityPerInterval, operatorSeconds, failureShare }) => ({
      channel,
      capacityPerInterval,
      operatorSeconds,
      failureShare,
    })),
    channelVolumes: channelVolumeRecords(settings, fresh, history.prompted, firstMillis),
    promptsPlayed: promptRecords(prompts, settings, firstMillis),
    events: eventRecords(settings),
    testCalls: testCallRecords(settings, testCalls, history, firstMillis),
    results: madeUpResults(settings, hotlines),
    hotlines,
    truth: { settings, fresh },
  };
};

/** People of one team, and weeks after the data in which leave and requests lie. */
const perTeam = 10;
const daysAhead = 42;
/** Months of service from which an operator works beside new ones. */
const seniorMonths = 24;

/**
 * What a roster needs to know of the demo's operators: contracts, teams, balances of the months before. Comprehensive
 * hours by the quarter are the rule, standard hours the exception; a few are exempt from nights or have fixed days off.
 */
const withContracts = (settings: DemoSettings, operators: readonly OperatorRecord[]): OperatorRecord[] => {
  const random = seededRandom(settings.seed, 401);
  const upTo = (most: number): number => Math.floor(random.uniform() * (most + 1));
  return operators.map((operator, at) => {
    const isStandard = random.uniform() < 0.1;
    const isExempt = random.uniform() < 0.08;
    const hasFixedDays = random.uniform() < 0.04;
    const months = operator.monthsOfService ?? 12;
    return {
      ...operator,
      team: String.fromCharCode(65 + Math.floor(at / perTeam)),
      contract: isStandard ? 'standard' : 'comprehensive',
      ...(isStandard ? {} : { hoursAccount: 'quarter' }),
      nightExempt: isExempt,
      joined: addDays(settings.lastDate, -Math.round(months * 30.4)),
      senior: months >= seniorMonths,
      ...(hasFixedDays ? { fixedDaysOff: ['7'] } : {}),
      hoursOverStandard: isStandard ? 0 : upTo(16) - 8,
      nightsWorked: isExempt ? 0 : upTo(3),
      weekendsWorked: upTo(3),
      holidaysWorked: upTo(1),
      name: madeUpName(at),
    };
  });
};

/** Leave of the weeks after the data: two operators in five are away once, for some days. */
const madeUpLeave = (settings: DemoSettings, operators: readonly OperatorRecord[]): LeaveRecord[] => {
  const random = seededRandom(settings.seed, 402);
  return operators.flatMap(({ operator }): LeaveRecord[] => {
    if (random.uniform() > 0.4) return [];
    const kind = random.uniform() < 0.75 ? 'annual' : 'training';
    const from = addDays(settings.lastDate, 1 + Math.floor(random.uniform() * daysAhead));
    const days = kind === 'training' ? 2 : 2 + Math.floor(random.uniform() * 5);
    const state = random.uniform() < 0.9 ? 'approved' : 'asked';
    return [{ operator, from, to: addDays(from, days - 1), kind, state }];
  });
};

/** Days off, and nights to be spared, that operators ask for in the same weeks. */
const madeUpRequests = (
  settings: DemoSettings,
  operators: readonly OperatorRecord[],
): RosterRequestRecord[] => {
  const random = seededRandom(settings.seed, 403);
  return operators.flatMap(({ operator }): RosterRequestRecord[] => {
    if (random.uniform() > 0.5) return [];
    const date = addDays(settings.lastDate, 1 + Math.floor(random.uniform() * daysAhead));
    const wants = weekdayOf(date) > 4 || random.uniform() < 0.7 ? 'off' : 'not night';
    return [{ operator, date, wants, weight: 1 }];
  });
};

/** Common names, in Chinese and in Latin letters. */
const surnames =
  '王 Wang,李 Li,张 Zhang,刘 Liu,陈 Chen,杨 Yang,黄 Huang,赵 Zhao,吴 Wu,周 Zhou,徐 Xu,孙 Sun,马 Ma,朱 Zhu,胡 Hu,郭 Guo,何 He,林 Lin,高 Gao,罗 Luo';
const givenNames =
  '芳 Fang,伟 Wei,娜 Na,敏 Min,静 Jing,丽 Li,强 Qiang,磊 Lei,军 Jun,洋 Yang,艳 Yan,勇 Yong,杰 Jie,娟 Juan,涛 Tao,明 Ming,超 Chao,霞 Xia,平 Ping,刚 Gang';

const parted = (names: string): (readonly [string, string])[] =>
  names.split(',').map((name) => name.split(' ') as [string, string]);

/** What the demo's operators are called, the first one at 0: 400 differ. */
const madeUpName = (at: number): string => {
  const [surname, given] = [parted(surnames), parted(givenNames)];
  const [first, second] = [at % 20, (7 * at + Math.floor(at / 20)) % 20];
  const [family = '', family2 = ''] = surname[first] ?? [];
  const [own = '', own2 = ''] = given[second] ?? [];
  return `${family}${own} ${family2} ${own2}`;
};

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/**
 * Numbered operators with their own figures around their tier's: handle time falls and quality rises with
 * months of service, as far as one person differs from the next.
 */
const madeUpOperators = (settings: DemoSettings): OperatorRecord[] => {
  const random = seededRandom(settings.seed, 400);
  const handle = new Map(settings.queues.map((q) => [q.queue, q]));
  const records: OperatorRecord[] = [];
  for (const tier of settings.tiers) {
    const skills = Object.keys(tier.queues).sort((a, b) => (tier.queues[a] ?? 0) - (tier.queues[b] ?? 0));
    // Of the queues that the line has: a tier may be made for others too.
    const known = skills.filter((skill) => handle.has(skill));
    const first = known.filter((skill) => tier.queues[skill] === 1);
    const main = [first, known].find((some) => some.length > 0) ?? [...handle.keys()];
    const calls = main.reduce((sum, s) => sum + (handle.get(s)?.callsPerDay ?? 0), 0);
    const meanHandle =
      main.reduce(
        (sum, s) => sum + (handle.get(s)?.callsPerDay ?? 0) * (handle.get(s)?.handleSeconds ?? 0),
        0,
      ) / calls;
    for (let i = 0; i < tier.operators; i += 1) {
      const months = Math.max(1, Math.round((tier.monthsOfService * random.gamma(1.6)) / 1.6));
      const seasoned = clamp(Math.log(months / tier.monthsOfService), -2, 1.5);
      const ability = random.normal();
      records.push({
        operator: `op-${String(records.length + 1).padStart(3, '0')}`,
        tier: tier.tier,
        skills,
        contractHours: 40,
        handleTimeSeconds: Math.round(
          meanHandle *
            tier.handleFactor *
            Math.exp(-0.05 * seasoned - 0.06 * ability + 0.06 * random.normal()),
        ),
        qualityScore: round(
          clamp(tier.qualityScore + 2 * seasoned + 3 * ability + 2 * random.normal(), 40, 100),
          1,
        ),
        firstContactResolution: round(
          clamp(
            tier.firstContactResolution + 0.02 * seasoned + 0.04 * ability + 0.03 * random.normal(),
            0.05,
            0.98,
          ),
          3,
        ),
        monthsOfService: months,
      });
    }
  }
  return records;
};

/**
 * When the monitor calls: the settings' number in each calendar month of the history (fewer in a month that
 * is not whole), on workdays, three in four between 9 and 18, the rest at any hour.
 */
const placeTestCalls = (settings: DemoSettings, fresh: FreshCalls): PlacedTestCall[] => {
  const random = seededRandom(settings.seed, 500);
  const months = Map.groupBy([...fresh.days.entries()], ([, day]) => day.date.slice(0, 7));
  const times: number[] = [];
  for (const days of months.values()) {
    const workdays = days.filter(([, day]) => day.worked).map(([d]) => d);
    if (workdays.length === 0) continue;
    const calls = Math.round(settings.testCalls.perMonth * Math.min(1, days.length / 28));
    for (let i = 0; i < calls; i += 1) {
      const day = valueAt(workdays, Math.floor(random.uniform() * workdays.length));
      const hour = i % 4 === 3 ? 24 * random.uniform() : 9 + 9 * random.uniform();
      times.push(Math.round((day * 24 + hour) * 3600));
    }
  }
  return times.sort((a, b) => a - b).map((atSeconds) => ({ atSeconds }));
};

const points = (value: number): number => Math.round(Math.min(100, Math.max(0, value)));

/** Test calls as the monitor writes them down: whether and when an operator answered, and points for the talk. */
const testCallRecords = (
  settings: DemoSettings,
  placed: readonly PlacedTestCall[],
  history: LineHistory,
  firstMillis: number,
): TestCall[] => {
  const random = seededRandom(settings.seed, 501);
  return placed.map(({ atSeconds }, i) => {
    const wait = valueAt(history.testWaits, i);
    const tier = settings.tiers[history.testTiers[i] ?? -1];
    const common = { hotline: settings.hotline, placedAtMillis: firstMillis + atSeconds * 1000 };
    if (tier === undefined || Number.isNaN(wait)) return { ...common, connected: false, indicators: {} };
    const talk = (mean: number): number => points(mean + settings.testCalls.spread * random.normal());
    const solved = random.uniform();
    const fcr = tier.firstContactResolution;
    return {
      ...common,
      connected: true,
      secondsToOperator: Math.round(settings.greetingSeconds + wait),
      indicators: {
        'reception-etiquette': talk(tier.qualityScore - 8),
        'communication-standard': talk(tier.qualityScore + 6),
        'problem-solving': solved < fcr ? 100 : solved < fcr + (1 - fcr) * 0.6 ? 50 : 0,
      },
    };
  });
};

/** Operators present per tier and interval: the fixed roster of the day's kind, less those absent that day. */
export const operatorsOnDuty = (settings: DemoSettings, days: readonly DayKind[]): Int32Array[] => {
  const slotsPerDay = 1440 / settings.intervalMinutes;
  return settings.tiers.map((tier, t) => {
    const random = seededRandom(settings.seed, 200 + t);
    const present = new Int32Array(days.length * slotsPerDay);
    for (const [d, day] of days.entries()) {
      for (const span of tier.roster) {
        const rostered = day.worked ? span.workday : span.restDay;
        let there = 0;
        for (let i = 0; i < rostered; i += 1) if (random.uniform() >= settings.absence) there += 1;
        const from = minuteOf(span.from) / settings.intervalMinutes;
        let to = minuteOf(span.to) / settings.intervalMinutes;
        if (to <= from) to += slotsPerDay;
        for (let slot = Math.ceil(from); slot < to; slot += 1) {
          const index = d * slotsPerDay + slot;
          if (index < present.length) addAt(present, index, there);
        }
      }
    }
    // The first morning has no evening before it: its night is the next one's.
    if (days.length > 1)
      for (let slot = 0; slot < slotsPerDay && present[slot] === 0; slot += 1)
        present[slot] = valueAt(present, slotsPerDay + slot);
    return present;
  });
};

/**
 * Operators on duty per queue, as a switchboard that books each operator under one queue would count them:
 * a tier's operators are shared among the queues that try it first (all its queues where none does) in
 * proportion to their usual calls. Summed over queues it is everyone on duty.
 */
const splitOperators = (settings: DemoSettings, operators: readonly Int32Array[]): Int32Array[] => {
  const count = operators[0]?.length ?? 0;
  const perQueue = settings.queues.map(() => new Int32Array(count));
  for (const [t, tier] of settings.tiers.entries()) {
    const anyFirst = Object.values(tier.queues).includes(1);
    const weights = settings.queues.map(({ queue, callsPerDay, handleSeconds }) => {
      const preference = tier.queues[queue];
      return preference === 1 || (!anyFirst && preference !== undefined) ? callsPerDay * handleSeconds : 0;
    });
    const splits = new Map<number, number[]>();
    for (let k = 0; k < count; k += 1) {
      const present = operators[t]?.[k] ?? 0;
      let split = splits.get(present);
      if (split === undefined) {
        split = scaleCounts(weights, present);
        splits.set(present, split);
      }
      for (const [q, part] of split.entries()) {
        const values = perQueue[q];
        if (values !== undefined) addAt(values, k, part);
      }
    }
  }
  return perQueue;
};
