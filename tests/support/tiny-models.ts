import { modelSchemas } from '../../src/contract/models/model-schemas.ts';
import type { TrafficRecord } from '../../src/kernel/records.ts';
import type { Models } from '../../src/planning/ports.ts';

const both = (name: string) => ({ 'zh-CN': name, en: name });
const open = { from: '09:00', to: '13:00' };
const breaks = [{ minutes: 30, earliestHours: 1, latestHours: 2, paid: false }];
const calm = {
  reach: 0.9,
  onlineFailureShare: 0.1,
  announcementSeconds: 5,
  onlineHandleSeconds: 60,
  patienceFactor: 1.2,
  assumed: true,
};

/** Models of a line of two queues, the second an expert desk, open for four hours on two days of the week, with every number that there can be. */
export const tinyModels = (): Models => ({
  hotline: modelSchemas.hotline.parse({
    name: both('tiny'),
    zone: 'Asia/Shanghai',
    country: null,
    intervalMinutes: 60,
    openingHours: [open, null, null, open, null, null, null],
    trunks: 60,
    answerTimeThresholdSeconds: 15,
    shortAbandonSeconds: 5,
    greetingSeconds: 8,
    queues: [
      {
        queue: 'general',
        name: both('general'),
        priority: 1,
        assumedHandleTimeSeconds: 240,
        assumedPatienceSeconds: 120,
        smartVoiceShare: 0.05,
        transfers: [{ toQueue: 'desk', share: 0.1, holding: false, beforeSeconds: 60 }],
      },
      {
        queue: 'desk',
        name: both('desk'),
        priority: 2,
        assumedHandleTimeSeconds: 300,
        assumedPatienceSeconds: 180,
      },
    ],
    assumedRepeats: {
      afterAbandon: 0.3,
      afterAbandonDelaySeconds: 300,
      afterBlock: 0.5,
      afterBlockDelaySeconds: 60,
      reconnect: 0.05,
      reconnectDelaySeconds: 7200,
    },
  }),
  targets: modelSchemas.targets.parse({
    connectionRate: 0.9,
    serviceLevel: 0.7,
    rollingConnectionRate: 0.9,
    occupancyMax: 0.85,
    confidence: 0.8,
    minimumOperators: 1,
    minimumPresence: [{ from: '11:00', to: '12:00', operators: 2 }],
    queues: { general: { connectionRate: 0.92, serviceLevel: 0.75 } },
  }),
  tiers: modelSchemas.tiers.parse({
    tiers: [
      {
        tier: 'general',
        name: both('general'),
        queues: [{ queue: 'general', preference: 1, overflowDelaySeconds: 0 }],
        connectionTarget: 0.9,
        leastOwnShare: 0.6,
        costPerHour: 40,
        shrinkage: [{ kind: 'training', name: both('training'), share: 0.1 }],
        requires: {
          qualityScore: 60,
          firstContactResolution: 0.5,
          monthsOfService: 1,
          handleTimeSeconds: 600,
        },
      },
      {
        tier: 'experts',
        name: both('experts'),
        queues: [
          { queue: 'desk', preference: 1 },
          { queue: 'general', preference: 2, overflowDelaySeconds: 20 },
        ],
        connectionTarget: null,
        costPerHour: 60,
        shrinkage: 0.2,
      },
    ],
    deferrable: [{ work: 'letters', name: both('letters'), hoursPerDay: 2, withinDays: 2 }],
    grading: {},
  }),
  shifts: modelSchemas.shifts.parse({
    templates: [
      {
        template: 'day',
        name: both('day'),
        hours: 4,
        earliestStart: '09:00',
        latestStart: '10:00',
        startEveryMinutes: 60,
        breaks,
        costFactor: 1,
      },
      {
        template: 'half',
        name: both('half'),
        hours: 2,
        earliestStart: '09:00',
        latestStart: '12:00',
        startEveryMinutes: 60,
        breaks: [],
      },
    ],
    prices: { underPerHour: 150, severeUnderPerHour: 400, mildUnderShare: 0.1, overPerHour: 5 },
    minimumPerStart: 1,
  }),
  prompts: modelSchemas.prompts.parse({
    prompts: [
      {
        prompt: 'online',
        kind: 'online-channel',
        name: both('online'),
        announcement: both('use the web'),
        channel: 'web',
        offeredTo: { waitAboveSeconds: 20 },
        response: { ...calm, onlineShare: 0.1, offPeakShare: 0, offPeakReturnShare: 0 },
      },
      {
        prompt: 'later',
        kind: 'off-peak',
        name: both('later'),
        announcement: both('call at {hour}'),
        response: { ...calm, onlineShare: 0, offPeakShare: 0.1, offPeakReturnShare: 0.8 },
      },
    ],
    channels: [
      { channel: 'web', name: both('web'), capacityPerInterval: 20, operatorSeconds: 60, failureShare: 0.1 },
    ],
    rules: {
      minimumOnMinutes: 60,
      maximumOnMinutesPerDay: 240,
      quietHours: { from: '22:00', to: '07:00' },
      largestDivertedShare: 0.2,
    },
  }),
  levers: modelSchemas.levers.parse({}),
  scorecard: modelSchemas.scorecard.parse({
    scorecard: 'two',
    name: both('two'),
    weightsAssumed: true,
    source: both('made up'),
    indicators: [
      {
        indicator: 'connection-rate',
        name: both('rate'),
        weight: 0.5,
        from: 'connection-rate',
        scoring: { rule: 'share' },
      },
      {
        indicator: 'seconds',
        name: both('seconds'),
        weight: 0.3,
        from: 'seconds-to-operator',
        scoring: { rule: 'seconds', fullSeconds: 15, zeroSeconds: 60 },
      },
      {
        indicator: 'solved',
        name: both('solved'),
        weight: 0.2,
        from: 'first-contact-resolution',
        scoring: { rule: 'resolution', partialCredit: 0.5, partlyShareOfUnsolved: 0.5 },
      },
    ],
  }),
  monitor: modelSchemas.monitor.parse({
    monitor: 'eleven',
    name: both('eleven'),
    testCalls: 11,
    attempts: 1,
    longestWaitSeconds: 60,
    windows: [{ weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', share: 1 }],
    bands: { hotFrom: 0.95, warmFrom: 0.3 },
    meanSecondsStandard: 15,
  }),
  calendar: [],
});

/** Monday 7 September 2026, 00:00 in Shanghai. */
const firstMillis = Date.parse('2026-09-06T16:00:00Z');
/** The week after five weeks of data. */
export const tinyWeek = '2026-W42';

/** Five weeks of the first queue's traffic, some 25 calls an hour while it is open. */
export const tinyTraffic = (): TrafficRecord[] =>
  Array.from({ length: 35 * 24 }, (_, i) => ({ day: Math.floor(i / 24), hour: i % 24 }))
    .filter(({ day, hour }) => (day % 7) % 3 === 0 && day % 7 < 6 && hour >= 9 && hour < 13)
    .map(({ day, hour }) => {
      const offered = 20 + ((day * 7 + hour * 5) % 11);
      return {
        queue: 'general',
        startMillis: firstMillis + (day * 24 + hour) * 3_600_000,
        intervalMinutes: 60,
        offered,
        answered: offered - 1,
        abandoned: 1,
        waitSecondsTotal: offered * 12,
        handleSecondsTotal: (offered - 1) * (220 + ((day + hour) % 9) * 5),
      };
    });
