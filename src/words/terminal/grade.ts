import { phrase, phrases } from '../phrases.ts';

/** Operators and the tiers that their figures speak for. */
export const gradeWords = phrases({
  tier: { 'zh-CN': '等级', en: 'tier' },
  fromGrade: { 'zh-CN': '起评档', en: 'from grade' },
  connectionTarget: { 'zh-CN': '接通率目标', en: 'connection target' },
  now: { 'zh-CN': '现有', en: 'now' },
  quality: { 'zh-CN': '质检分', en: 'quality' },
  resolved: { 'zh-CN': '首次解决率', en: 'resolved' },
  seconds: { 'zh-CN': '处理秒数', en: 'seconds' },
  proposed: { 'zh-CN': '建议', en: 'proposed' },
  operator: { 'zh-CN': '座席', en: 'operator' },
  score: { 'zh-CN': '总评', en: 'score' },
  grade: { 'zh-CN': '档', en: 'grade' },
  now2: { 'zh-CN': '现等级', en: 'now' },
  why: { 'zh-CN': '理由', en: 'why' },
  betweenReasons: { 'zh-CN': '', en: ' ' },
  heading: phrase<{ operators: number; moving: number; isMadeUp: boolean }>({
    'zh-CN': ({ operators, moving, isMadeUp }) =>
      `共 ${operators} 名座席，建议调整 ${moving} 名${isMadeUp ? '（虚构数据）' : ''}`,
    en: ({ operators, moving, isMadeUp }, { counted }) =>
      `${counted(operators, 'operator')} graded, ${moving} would move${isMadeUp ? ' (made up)' : ''}`,
  }),
});
