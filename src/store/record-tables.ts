import type {
  ChannelRecord,
  ChannelVolume,
  EventRecord,
  MonitoredHotline,
  MonitoringResult,
  OperatorRecord,
  PresenceRecord,
  PromptPlayed,
  TestCall,
  TrafficRecord,
} from '../kernel/records.ts';
import type { RecordTable } from './record-table.ts';

/** Where each kind of record lies. */

export const trafficTable: RecordTable<TrafficRecord> = {
  table: 'traffic',
  key: ['queue', 'startMillis'],
  values: [
    'intervalMinutes',
    'offered',
    'answered',
    'abandoned',
    'shortAbandoned',
    'blocked',
    'answeredInThreshold',
    'waitSecondsTotal',
    'handleSecondsTotal',
    'operators',
    'redials',
  ],
  partedBy: 'startMillis',
};

export const eventsTable: RecordTable<EventRecord> = {
  table: 'events',
  key: ['date', 'kind', 'label', 'queue'],
  values: ['end', 'expectedEffect', 'decayDays'],
};

export const operatorsTable: RecordTable<OperatorRecord> = {
  table: 'operators',
  key: ['operator'],
  values: [
    'tier',
    'skills',
    'contractHours',
    'handleTimeSeconds',
    'qualityScore',
    'firstContactResolution',
    'monthsOfService',
  ],
  json: ['skills'],
};

export const presenceTable: RecordTable<PresenceRecord> = {
  table: 'presence',
  key: ['tier', 'startMillis'],
  values: ['intervalMinutes', 'operators'],
};

export const channelsTable: RecordTable<ChannelRecord> = {
  table: 'channels',
  key: ['channel'],
  values: ['capacityPerInterval', 'operatorSeconds', 'failureShare'],
};

export const channelVolumesTable: RecordTable<ChannelVolume> = {
  table: 'channelVolumes',
  key: ['channel', 'startMillis'],
  values: ['requests', 'failed'],
};

export const promptsPlayedTable: RecordTable<PromptPlayed> = {
  table: 'promptsPlayed',
  key: ['prompt', 'queue', 'startMillis'],
  values: ['endMillis'],
};

/** `ordinal` tells apart test calls that a file dates alike (to the minute or the day): first 0, then 1. */
export const testCallsTable: RecordTable<TestCall & { readonly ordinal: number }> = {
  table: 'testCalls',
  key: ['hotline', 'placedAtMillis', 'ordinal'],
  values: ['connected', 'secondsToOperator', 'indicators'],
  json: ['indicators'],
  booleans: ['connected'],
};

export const resultsTable: RecordTable<MonitoringResult> = {
  table: 'monitoringResults',
  key: ['hotline', 'period'],
  values: ['testCalls', 'connected', 'connectionRate', 'meanSeconds', 'indicators', 'total'],
  json: ['indicators'],
};

export const hotlinesTable: RecordTable<MonitoredHotline> = {
  table: 'hotlines',
  key: ['hotline', 'validFrom'],
  values: [
    'name',
    'province',
    'region',
    'cityTier',
    'roundTheClock',
    'onlineChannels',
    'smartVoice',
    'enterpriseLine',
  ],
  booleans: ['roundTheClock', 'smartVoice', 'enterpriseLine'],
};
