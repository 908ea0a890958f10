import {
  channelFields,
  channelVolumeFields,
  dutyFields,
  eventFields,
  hotlineFields,
  leaveFields,
  operatorFields,
  presenceFields,
  promptPlayedFields,
  resultFields,
  rosterRequestFields,
  testCallFields,
  trafficFields,
  type ChannelRecord,
  type ChannelVolume,
  type DutyRecord,
  type EventRecord,
  type LeaveRecord,
  type MonitoredHotline,
  type MonitoringResult,
  type OperatorRecord,
  type PresenceRecord,
  type PromptPlayed,
  type RosterRequestRecord,
  type TestCall,
  type TrafficRecord,
} from '../kernel/records.ts';
import { recordTable } from './record-table.ts';

/** Where each kind of record lies. */

export const trafficTable = recordTable<TrafficRecord>('traffic', trafficFields, {
  inKeyOrder: true,
  partedBy: 'startMillis',
});
export const eventsTable = recordTable<EventRecord>('events', eventFields);
export const operatorsTable = recordTable<OperatorRecord>('operators', operatorFields);
export const presenceTable = recordTable<PresenceRecord>('presence', presenceFields, { inKeyOrder: true });
export const channelsTable = recordTable<ChannelRecord>('channels', channelFields);
export const channelVolumesTable = recordTable<ChannelVolume>('channelVolumes', channelVolumeFields, {
  inKeyOrder: true,
});
export const promptsPlayedTable = recordTable<PromptPlayed>('promptsPlayed', promptPlayedFields);
export const testCallsTable = recordTable<TestCall & { readonly ordinal: number }>(
  'testCalls',
  testCallFields,
);
export const resultsTable = recordTable<MonitoringResult>('monitoringResults', resultFields);
export const hotlinesTable = recordTable<MonitoredHotline>('hotlines', hotlineFields);
export const leaveTable = recordTable<LeaveRecord>('leave', leaveFields);
export const rosterRequestsTable = recordTable<RosterRequestRecord>('rosterRequests', rosterRequestFields);
export const dutiesTable = recordTable<DutyRecord>('duties', dutyFields);
