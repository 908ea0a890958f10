import { valueAt } from '../kernel/value-at.ts';
import { UsageError } from '../kernel/errors.ts';
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
import { demoFinding } from './demo-findings.ts';
import { addDays, startOfDay } from '../kernel/time.ts';
import { minuteOf } from '../kernel/time-window.ts';
import type { DemoSettings } from './demo-settings.ts';
import { drawFreshCalls, firstDateOf, type FreshCalls } from './fresh-calls.ts';
import { madeUpHotlines, madeUpResults } from './made-up-hotlines.ts';
import { madeUpLeave, madeUpRequests, withContracts } from './made-up-people.ts';
import { madeUpOperators } from './made-up-operators.ts';
import { placeTestCalls, testCallRecords } from './made-up-test-calls.ts';
import { operatorsOnDuty } from './operators-on-duty.ts';
import { channelVolumeRecords, pastPromptsPlayed, promptRecords } from './past-prompts.ts';
import type { LineHistory } from './line-counts.ts';
import { simulateLine } from './simulate-line.ts';
import { splitOperators } from './split-operators.ts';

/** What was planted in the made-up data, for tests and for showing what a method should find. */
export interface DemoTruth {
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

const firstInstant = (settings: DemoSettings): number => {
  const firstDate = firstDateOf(settings);
  const first = startOfDay(firstDate, settings.zone);
  const nextDays = Array.from({ length: settings.days }, (_, d) =>
    startOfDay(addDays(firstDate, d + 1), settings.zone),
  );
  if (nextDays.some((start, d) => start !== first + (d + 1) * 86_400_000))
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
