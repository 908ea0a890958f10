import type { PresetName } from '../../ingest/columns/presets.ts';
import type { Text } from '../../kernel/text.ts';

/** What people call the presets that the product brings along. */
export const presetTitles: Readonly<Record<PresetName, Text>> = {
  'genesys-cloud-queues': { 'zh-CN': 'Genesys Cloud 队列分时段报表', en: 'Genesys Cloud queues by interval' },
  'genesys-engage-queues': { 'zh-CN': 'Genesys Engage 队列报表', en: 'Genesys Engage queues' },
  'amazon-connect-queues': {
    'zh-CN': 'Amazon Connect 队列历史指标',
    en: 'Amazon Connect historical queue metrics',
  },
  'amazon-connect-contacts': { 'zh-CN': 'Amazon Connect 联系记录', en: 'Amazon Connect contact records' },
  'avaya-cms-splits': { 'zh-CN': 'Avaya CMS 技能组分时段报表', en: 'Avaya CMS split/skill by interval' },
  'avaya-cms-averages': {
    'zh-CN': 'Avaya CMS 技能组分时段报表（均值）',
    en: 'Avaya CMS split/skill by interval, averages',
  },
  'cisco-uccx-queues': {
    'zh-CN': 'Cisco UCCX 队列分时段报表',
    en: 'Cisco UCCX contact service queues by interval',
  },
  'cxone-call-detail': { 'zh-CN': 'NICE CXone 通话明细', en: 'NICE CXone call detail' },
  'asterisk-master-csv': {
    'zh-CN': 'Asterisk 话单 Master.csv',
    en: 'Asterisk Master.csv',
  },
  'asterisk-queue-log': { 'zh-CN': 'Asterisk 队列日志 queue_log', en: 'Asterisk queue_log' },
  'freeswitch-cdr': { 'zh-CN': 'FreeSWITCH 话单', en: 'FreeSWITCH call detail records' },
  'huawei-aicc-skills': { 'zh-CN': '华为 AICC 技能队列指标', en: 'Huawei AICC skill queue figures' },
  'huawei-aicc-calls': { 'zh-CN': '华为 AICC 话单记录文件', en: 'Huawei AICC call record files' },
  'huawei-aicc-calls-zh': {
    'zh-CN': '华为 AICC 话单（中文列名）',
    en: 'Huawei AICC call records with Chinese headings',
  },
  'zh-half-hours': {
    'zh-CN': '中文分时段话务报表（日期、时段、呼入量、接通量、放弃量）',
    en: 'report by interval with Chinese headings (date, interval, offered, answered, abandoned)',
  },
  'zh-days': {
    'zh-CN': '中文按日话务报表（日期、呼入量、接通量、放弃量）',
    en: 'report by day with Chinese headings (date, offered, answered, abandoned)',
  },
};
