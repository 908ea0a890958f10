import type { z } from 'zod';
import type { mapFileSchema } from './map-file.ts';

/** Where one of these stands beside calls that came in, it is what was asked of operators. */
const askedForOperator = [
  '人工请求量',
  '转人工量',
  '人工呼入量',
  '转人工请求量',
  '人工来电量',
  'offered',
] as const;

/** Reports of calls per queue and interval, by the switchboard that hands them out. */
export const trafficPresets = {
  'genesys-cloud-queues': {
    source: 'https://help.mypurecloud.com/articles/metric-definitions',
    known: ['Interval Start', 'Queue Name', 'Offer', 'Answer', 'Abandon'],
    map: {
      kind: 'traffic',
      columns: {
        queue: 'Queue Name',
        start: 'Interval Start',
        offered: 'Offer',
        answered: 'Answer',
        abandoned: 'Abandon',
        wait_seconds_mean: 'Avg Wait',
        handle_seconds_mean: 'Avg Handle',
      },
      units: { wait_seconds_mean: 'milliseconds', handle_seconds_mean: 'milliseconds' },
    },
  },
  'genesys-engage-queues': {
    source: 'https://all.docs.genesys.com/PEC-REP/Current/RPRT/HRCXIPredictiveQStat',
    known: ['Queue', 'Offered', 'Accepted'],
    map: {
      kind: 'traffic',
      columns: {
        queue: 'Queue',
        offered: 'Offered',
        answered: 'Accepted',
        abandoned: 'Abandoned Waiting',
        handle_seconds_mean: 'Avg Handle Time (Fmt)',
      },
      others: 'guess',
    },
  },
  'amazon-connect-queues': {
    source: 'https://docs.aws.amazon.com/connect/latest/APIReference/API_HistoricalMetric.html',
    known: ['Queue', 'StartInterval', 'Contacts queued', 'Contacts handled', 'Contacts abandoned'],
    map: {
      kind: 'traffic',
      columns: {
        queue: 'Queue',
        start: 'StartInterval',
        offered: 'Contacts queued',
        answered: 'Contacts handled',
        abandoned: 'Contacts abandoned',
        handle_seconds_mean: 'Average handle time',
        wait_seconds_mean_answered: 'Average queue answer time',
      },
    },
  },
  'avaya-cms-splits': {
    source:
      'https://www.manualshelf.com/manual/avaya/basic-call-management-system-bcms/user-s-manual-english',
    known: ['Time', 'ACD Calls', 'Aban Calls', 'ACD Time', 'ACW Time'],
    map: {
      kind: 'traffic',
      columns: {
        queue: 'Split/Skill',
        answered: 'ACD Calls',
        abandoned: 'Aban Calls',
        handle_seconds_total: ['ACD Time', 'ACW Time'],
        wait_seconds_mean_answered: 'Avg Speed Ans',
        wait_seconds_mean_abandoned: 'Avg Aban Time',
        operators: 'Avg Pos Staff',
      },
      others: 'guess',
    },
  },
  'avaya-cms-averages': {
    source:
      'https://www.manualshelf.com/manual/avaya/basic-call-management-system-bcms/user-s-manual-english',
    known: ['Time', 'ACD Calls', 'Aban Calls', 'Avg ACD Time', 'Avg ACW Time'],
    map: {
      kind: 'traffic',
      columns: {
        queue: 'Split/Skill',
        answered: 'ACD Calls',
        abandoned: 'Aban Calls',
        handle_seconds_mean: ['Avg ACD Time', 'Avg ACW Time'],
        wait_seconds_mean_answered: 'Avg Speed Ans',
        wait_seconds_mean_abandoned: 'Avg Aban Time',
        operators: 'Avg Pos Staff',
      },
      others: 'guess',
    },
  },
  'cisco-uccx-queues': {
    source: 'Cisco Unified CCX Historical Reports User Guide, Release 7.0(1), chapter 3',
    known: ['CSQ Name', 'Interval Start Time', 'Calls Presented', 'Calls Handled', 'Calls Abandoned'],
    map: {
      kind: 'traffic',
      columns: {
        queue: 'CSQ Name',
        start: 'Interval Start Time',
        offered: 'Calls Presented',
        answered: 'Calls Handled',
        abandoned: 'Calls Abandoned',
        handle_seconds_mean: 'Avg Handle Time',
      },
    },
  },
  'huawei-aicc-skills': {
    source: 'https://support.huaweicloud.com/api-ccfs-cec/cec_07_0692.html',
    known: ['人工呼入请求服务数', '人工呼入请求接通数'],
    map: {
      kind: 'traffic',
      columns: {
        queue: '技能队列',
        offered: '人工呼入请求服务数',
        answered: '人工呼入请求接通数',
        abandoned: '人工呼入请求呼损数',
        answered_in_threshold: '15秒内人工接通数',
      },
      others: 'guess',
    },
  },
  'zh-half-hours': {
    source: 'https://std.samr.gov.cn (GB/T 33358-2016)',
    known: ['日期', '时段', '呼入量', '接通量', '放弃量'],
    unless: askedForOperator,
    map: {
      kind: 'traffic',
      columns: { start: ['日期', '时段'], offered: '呼入量', answered: '接通量', abandoned: '放弃量' },
      others: 'guess',
    },
  },
  'zh-days': {
    source: 'https://std.samr.gov.cn (GB/T 33358-2016)',
    known: ['日期', '呼入量', '接通量', '放弃量'],
    unless: askedForOperator,
    map: {
      kind: 'traffic',
      columns: { offered: '呼入量', answered: '接通量', abandoned: '放弃量' },
      others: 'guess',
    },
  },
} as const satisfies PresetTable;

/** How one system's export is read: a map file, the headings by which it is recognised, and where those are published. */
export interface PresetEntry {
  /** Where the headings and what they mean are published. */
  readonly source: string;
  /** Headings that all stand in the row that heads the columns. */
  readonly known: readonly string[];
  /** Headings with which it is another report. */
  readonly unless?: readonly string[];
  /** How the cells of its columns look, each a regular expression: tells a file that has no headings. */
  readonly looks?: Readonly<Record<string, string>>;
  readonly map: Readonly<z.input<typeof mapFileSchema>>;
}

type PresetTable = Readonly<Record<string, PresetEntry>>;

const stamp = String.raw`^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$`;
const stampOrNone = String.raw`^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|)$`;
const digits = String.raw`^\d+$`;

/** Ends of a call in a queue log, with where the wait and the talk then stand. */
const queueLogEnds = {
  COMPLETECALLER: ['data1', 'data2'],
  COMPLETEAGENT: ['data1', 'data2'],
  BLINDTRANSFER: ['data3', 'data4'],
  ATTENDEDTRANSFER: ['data3', 'data4'],
  TRANSFER: ['data3', 'data4'],
  ABANDON: ['data3', 'data5'],
  EXITEMPTY: ['data3', 'data5'],
  EXITWITHTIMEOUT: ['data3', 'data5'],
  EXITWITHKEY: ['data4', 'data5'],
} as const;
const queueLogLosses: ReadonlySet<string> = new Set([
  'ABANDON',
  'EXITEMPTY',
  'EXITWITHTIMEOUT',
  'EXITWITHKEY',
]);
/** Events that end no call. */
const queueLogOthers = [
  'ENTERQUEUE CONNECT RINGNOANSWER RINGCANCELED DID INFO SYSCOMPAT CONFIGRELOAD QUEUESTART',
  'ADDMEMBER REMOVEMEMBER PAUSE UNPAUSE PAUSEALL UNPAUSEALL PAUSEREASON PENALTY MEMBERPENALTY',
  'AGENTDUMP AGENTLOGIN AGENTLOGOFF AGENTCALLBACKLOGIN AGENTCALLBACKLOGOFF',
].flatMap((events) => events.split(' '));
const queueLogWords: ReadonlyMap<string, string | null> = new Map([
  ...Object.keys(queueLogEnds).map((event): [string, string | null] => [
    event,
    queueLogLosses.has(event) ? 'abandoned' : 'answered',
  ]),
  ...queueLogOthers.map((event): [string, string | null] => [event, null]),
]);
const queueLogCells = (at: 0 | 1): Record<string, string> =>
  Object.fromEntries(Object.entries(queueLogEnds).map(([event, cells]) => [event, cells[at]]));

/**
 * Contacts of Amazon Connect that are calls offered, by what each of these fields says (empty: not said; nothing listed:
 * whatever stands there): what came by itself or was transferred, and waited in a queue of the instance. Chats and tasks,
 * calls that went out and call-backs are none.
 */
export const offeredContacts = {
  Channel: ['VOICE', ''],
  InitiationMethod: ['INBOUND', 'TRANSFER', 'QUEUE_TRANSFER', 'WEBRTC_API', ''],
  'Queue.Name': [],
  'Queue.EnqueueTimestamp': [],
} satisfies Readonly<Record<string, string[]>>;

/** Records of single calls, by the switchboard that writes them. */
export const callPresets = {
  'asterisk-master-csv': {
    source: 'https://docs.asterisk.org/Configuration/Reporting/Call-Detail-Records-CDR/CDR-Variables/',
    known: ['start', 'answer', 'end', 'billsec', 'disposition'],
    looks: {
      start: stamp,
      answer: stampOrNone,
      end: stamp,
      billsec: digits,
      disposition: '^(ANSWERED|NO ANSWER|BUSY|FAILED|CONGESTION)$',
    },
    map: {
      kind: 'calls',
      headings:
        'accountcode src dst dcontext clid channel dstchannel lastapp lastdata start answer end duration billsec disposition amaflags uniqueid userfield'.split(
          ' ',
        ),
      made: { wait: { from: 'start', to: ['answer', 'end'] } },
      columns: {
        call_id: 'uniqueid',
        arrived_at: 'start',
        wait_seconds: 'wait',
        outcome: 'disposition',
        handle_seconds: 'billsec',
        caller: 'src',
      },
      values: {
        outcome: {
          ANSWERED: 'answered',
          'NO ANSWER': 'abandoned',
          BUSY: 'blocked',
          FAILED: 'blocked',
          CONGESTION: 'blocked',
        },
      },
    },
  },
  'asterisk-queue-log': {
    source: 'https://docs.asterisk.org/Operation/Logging/Queue-Logs/',
    known: ['time', 'callid', 'queuename', 'agent', 'event', 'data1'],
    looks: {
      time: String.raw`^\d{10}(\.\d+)?$`,
      event: `^(${[...queueLogWords.keys()].join('|')})$`,
    },
    map: {
      kind: 'calls',
      headings: 'time callid queuename agent event data1 data2 data3 data4 data5'.split(' '),
      made: {
        wait: { by: 'event', of: queueLogCells(0) },
        talk: { by: 'event', of: queueLogCells(1) },
        arrived: { end: 'time', less: ['wait', 'talk'] },
      },
      columns: {
        queue: 'queuename',
        arrived_at: 'arrived',
        wait_seconds: 'wait',
        outcome: 'event',
        handle_seconds: 'talk',
        operator: 'agent',
      },
      values: { outcome: Object.fromEntries(queueLogWords) },
    },
  },
  'freeswitch-cdr': {
    source: 'https://developer.signalwire.com/freeswitch/FreeSWITCH-Explained/Modules/mod_cdr_csv_6587322',
    known: ['start_stamp', 'answer_stamp', 'end_stamp', 'billsec', 'hangup_cause'],
    looks: {
      start_stamp: stamp,
      answer_stamp: stampOrNone,
      end_stamp: stamp,
      duration: digits,
      billsec: digits,
      hangup_cause: '^[A-Z_]+$',
    },
    map: {
      kind: 'calls',
      headings:
        'caller_id_name caller_id_number destination_number context start_stamp answer_stamp end_stamp duration billsec hangup_cause uuid bleg_uuid accountcode read_codec write_codec'.split(
          ' ',
        ),
      made: {
        wait: { from: 'start_stamp', to: ['answer_stamp', 'end_stamp'] },
        outcome: { filled: 'answer_stamp', yes: 'answered', no: 'abandoned' },
      },
      columns: {
        call_id: 'uuid',
        arrived_at: 'start_stamp',
        wait_seconds: 'wait',
        outcome: 'outcome',
        handle_seconds: 'billsec',
        caller: 'caller_id_number',
      },
    },
  },
  'cxone-call-detail': {
    source: 'https://help.nicecxone.com/content/reporting/datadownloadreports/datadownloadmetrics.htm',
    known: ['Contact_ID', 'Skill_Name', 'Start_Date', 'Start_Time', 'InQueue', 'Agent_Time', 'Abandon'],
    map: {
      kind: 'calls',
      columns: {
        call_id: 'Contact_ID',
        queue: 'Skill_Name',
        arrived_at: ['Start_Date', 'Start_Time'],
        wait_seconds: 'InQueue',
        outcome: 'Abandon',
        handle_seconds: ['Agent_Time', 'ACW_Seconds'],
        caller: 'ANI_Dialnum',
        operator: 'Agent_Name',
      },
      values: { outcome: { Y: 'abandoned', N: 'answered' } },
      dateOrder: 'mdy',
    },
  },
  'amazon-connect-contacts': {
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/ctr-data-model.html',
    known: [
      'ContactId',
      'Queue.Name',
      'Queue.EnqueueTimestamp',
      'Queue.Duration',
      'Agent.ConnectedToAgentTimestamp',
    ],
    map: {
      kind: 'calls',
      made: {
        outcome: {
          filled: 'Agent.ConnectedToAgentTimestamp',
          yes: 'answered',
          no: 'abandoned',
          only: offeredContacts,
          other: 'other',
        },
      },
      values: { outcome: { other: null } },
      columns: {
        call_id: 'ContactId',
        queue: 'Queue.Name',
        arrived_at: 'Queue.EnqueueTimestamp',
        wait_seconds: 'Queue.Duration',
        outcome: 'outcome',
        handle_seconds: [
          'Agent.AgentInteractionDuration',
          'Agent.CustomerHoldDuration',
          'Agent.AfterContactWorkDuration',
        ],
        caller: 'CustomerEndpoint.Address',
        operator: 'Agent.Username',
      },
    },
  },
  'huawei-aicc-calls': {
    source: 'https://support.huaweicloud.com/intl/zh-cn/api-cec/cec_07_0831.html',
    known: ['call_id', 'wait_begin', 'wait_end', 'ack_begin', 'call_begin', 'call_end'],
    looks: {
      wait_begin: stamp,
      wait_end: stampOrNone,
      ack_begin: stampOrNone,
      call_begin: stampOrNone,
      call_end: stampOrNone,
    },
    map: {
      kind: 'calls',
      headings:
        'developer account_id cc_id agent_id call_id caller_no callee_no wait_begin wait_end ack_begin ack_end call_begin call_end device_type device_no call_type release_cause call_id_num vdn_id pre_device_type pre_device_no'.split(
          ' ',
        ),
      made: {
        wait: { from: 'wait_begin', to: ['wait_end'] },
        talk: { from: 'call_begin', to: ['call_end'] },
        outcome: { filled: 'call_begin', yes: 'answered', no: 'abandoned' },
      },
      columns: {
        queue: 'current_skill_id',
        arrived_at: 'wait_begin',
        wait_seconds: 'wait',
        outcome: 'outcome',
        handle_seconds: 'talk',
        caller: 'caller_no',
        operator: 'agent_id',
      },
    },
  },
  'huawei-aicc-calls-zh': {
    source: 'https://support.huaweicloud.com/intl/zh-cn/api-cec/cec_07_0831.html',
    known: ['呼叫标识', '等待开始时间', '等待结束时间', '呼叫开始时间', '呼叫截止时间'],
    map: {
      kind: 'calls',
      made: {
        等待秒数: { from: '等待开始时间', to: ['等待结束时间'] },
        通话秒数: { from: '呼叫开始时间', to: ['呼叫截止时间'] },
        outcome: { filled: '呼叫开始时间', yes: 'answered', no: 'abandoned' },
      },
      columns: {
        queue: '技能队列',
        arrived_at: '等待开始时间',
        wait_seconds: '等待秒数',
        outcome: 'outcome',
        handle_seconds: '通话秒数',
        caller: '主叫号码',
        operator: '座席ID',
      },
    },
  },
} satisfies PresetTable;

export type PresetName = keyof typeof trafficPresets | keyof typeof callPresets;
