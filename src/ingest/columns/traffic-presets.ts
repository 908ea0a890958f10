import type { PresetTable } from './preset.ts';

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
