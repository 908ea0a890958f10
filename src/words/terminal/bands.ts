import { phrase, phrases } from '../phrases.ts';

/** What a band takes by the number of test calls, and what a sample says. */
export const bandsWords = phrases({
  title: { 'zh-CN': '达到「热线」档需要什么', en: 'What the hot band takes' },
  operatorHoursOfBefore: {
    'zh-CN': '；工时为 {week} 排班前的需求',
    en: '; operator-hours of {week}, before shifts',
  },
  rule: phrase<{ monitor: string; attempts: number; seconds: number; hotFrom: number }>({
    'zh-CN': ({ monitor, attempts, seconds, hotFrom }, { percent }) =>
      `${monitor}：${attempts === 1 ? '只拨一次' : `每次最多拨 ${attempts} 次`}、每次最多等 ${seconds} 秒；接通率 ${percent(hotFrom, 0)} 起为「热线」档`,
    en: ({ monitor, attempts, seconds, hotFrom }, { percent }) =>
      `${monitor}: ${attempts === 1 ? 'one attempt' : `up to ${attempts} attempts`} of at most ${seconds} s${attempts === 1 ? '' : ' each'}; hot from ${percent(hotFrom, 0)}`,
  }),
  sample: phrase<{
    connected: number;
    testCalls: number;
    seen: string;
    band: string;
    range: string;
    hotlines: number;
    drawn: string;
  }>({
    'zh-CN': ({ connected, testCalls, seen, band, range, hotlines, drawn }) =>
      `${testCalls} 次拨测接通 ${connected} 次：${seen}，${band}；95% 区间 ${range}。与${hotlines === 0 ? ' 2019 年公布的 344 条热线' : `本工作区的 ${hotlines} 条热线`}合并估计，真实接通率为 ${drawn}。`,
    en: ({ connected, testCalls, seen, band, range, hotlines, drawn }, { counted }) =>
      `${connected} of ${counted(testCalls, 'test call')}: ${seen}, ${band}; 95% interval ${range}. Beside ${hotlines === 0 ? 'the 344 hotlines of the published 2019 monitoring' : `the ${counted(hotlines, 'hotline')} of this workspace`} the true rate is put at ${drawn}.`,
  }),
  testCalls: { 'zh-CN': '拨测次数', en: 'test calls' },
  mustConnect: { 'zh-CN': '须接通', en: 'must connect' },
  mayFail: { 'zh-CN': '可失败', en: 'may fail' },
  chanceOfHot: { 'zh-CN': '评为「热线」档的可能性', en: 'chance of hot' },
  trueRateNeeded: { 'zh-CN': '所需真实接通率', en: 'true rate required' },
  perAttempt: { 'zh-CN': '单次拨打', en: 'per attempt' },
  operatorHours: { 'zh-CN': '工时', en: 'operator-hours' },
  chanceOfTheBand: { 'zh-CN': '各档的可能', en: 'chance of the band' },
  nextMonitoringIfThe: {
    'zh-CN': '下次监测（若所见即真实）',
    en: 'next monitoring, if the observed rate is the true one',
  },
  nextMonitoringBesideThe: {
    'zh-CN': '下次监测（合并估计）',
    en: 'next monitoring, beside the other hotlines',
  },
  trueRateBesideThe: { 'zh-CN': '真实接通率（合并估计）', en: 'true rate, beside the other hotlines' },
});
