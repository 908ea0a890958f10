import type { SwitchboardDay } from '../../src/demo/switchboard-day.ts';
import { callerOf, cancelReasons, sessionOf, uuidOf } from '../../src/demo/switchboard-events.ts';

type Leg = SwitchboardDay['legs'][number];
type Value = string | number;

/** A channel as its record of a call has it once it is over, with the variables that mod_callcenter leaves on it. */
interface ChannelRecord {
  readonly at: number;
  readonly leg: Leg;
  readonly variables: Readonly<Record<string, Value>>;
}

/**
 * Records of the callers' channels, in the order of their ends. A channel has one set of variables: of a call that was
 * handed on it shows the last queue alone, and of one without an end there is none.
 */
export const channelRecordsOf = (day: SwitchboardDay): ChannelRecord[] => {
  const last = new Map(day.legs.map((leg) => [leg.callid, leg]));
  return day.legs
    .flatMap((leg, i): ChannelRecord[] => {
      if (last.get(leg.callid) !== leg || leg.end === 'lost') return [];
      const { queue, enteredAt, leftAt, endedAt, operator, end } = leg;
      const isAnswered = operator !== undefined;
      const at = isAnswered ? endedAt : leftAt;
      return [
        {
          at,
          leg,
          variables: {
            uuid: sessionOf(leg),
            caller_id_number: callerOf(i),
            destination_number: '12345',
            start_epoch: Number(leg.callid.split('.')[0]),
            end_epoch: at,
            hangup_cause: 'NORMAL_CLEARING',
            cc_side: 'member',
            cc_member_uuid: uuidOf(enteredAt, i + 1),
            cc_member_session_uuid: sessionOf(leg),
            cc_queue: queue,
            cc_queue_joined_epoch: enteredAt,
            cc_queue_answered_epoch: isAnswered ? leftAt : '',
            cc_queue_canceled_epoch: isAnswered ? '' : leftAt,
            cc_queue_terminated_epoch: isAnswered ? endedAt : '',
            cc_cause: isAnswered ? 'answered' : 'cancel',
            cc_cancel_reason: isAnswered ? '' : (cancelReasons[end] ?? 'NONE'),
            cc_agent: operator ?? '',
            cc_agent_type: isAnswered ? 'callback' : '',
            cc_agent_bridged: isAnswered ? 'true' : 'false',
          },
        },
      ];
    })
    .sort((a, b) => a.at - b.at);
};

/** Records as mod_cdr_csv writes them by a template of these variables, which are its first line. */
export const recordsAsCsv = (records: readonly ChannelRecord[]): string => {
  const names = Object.keys(records[0]?.variables ?? {});
  const line = (cells: readonly Value[]): string => `${cells.map((cell) => `"${cell}"`).join()}\n`;
  const rows = records.map(({ variables }) => line(names.map((name) => variables[name] ?? '')));
  return line(names) + rows.join('');
};

/** A record as mod_json_cdr writes it into a file of its own, values URL-encoded. */
export const recordAsJson = ({ variables }: ChannelRecord): string =>
  JSON.stringify({
    'core-uuid': uuidOf(1, 1),
    switchname: 'hall',
    channel_data: { state: 'CS_REPORTING', direction: 'inbound' },
    variables: Object.fromEntries(
      Object.entries(variables).flatMap(([name, value]) =>
        value === '' ? [] : [[name, encodeURIComponent(value)]],
      ),
    ),
  });
