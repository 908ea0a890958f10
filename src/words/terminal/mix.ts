import { phrases } from '../phrases.ts';

/** The least mix of a bare model. */
export const mixWords = phrases({
  title: {
    'zh-CN': '各座席组最少人数（由仿真逐一减到最少）',
    en: 'Least operators by pool, taken down one by one in simulation',
  },
  pools: { 'zh-CN': ['座席组', '人数', '工时'], en: ['pool', 'operators', 'operator-hours'] },
  bounds: { 'zh-CN': ['方案', '工时'], en: ['design', 'operator-hours'] },
  found: { 'zh-CN': '仿真结果', en: 'settled by simulation' },
  formula: { 'zh-CN': '公式结果', en: 'by formula' },
  pooled: { 'zh-CN': '全部合并（公式）', en: 'everybody answers everything (formula)' },
  dedicated: { 'zh-CN': '各类自备（公式）', en: 'each class alone (formula)' },
  classes: {
    'zh-CN': ['类别', '指标', '目标', '仿真', '±', '达标'],
    en: ['class', 'measure', 'target', 'simulated', '±', 'holds'],
  },
  fewer: {
    'zh-CN': '最忙时段各少一人后，最差的是',
    en: 'With one operator fewer in the busiest interval, the worst is',
  },
  fewerHeads: {
    'zh-CN': ['少一人的座席组', '时段', '类别', '指标', '目标', '仿真', '±', '达标'],
    en: ['one fewer of pool', 'interval', 'class', 'measure', 'target', 'simulated', '±', 'holds'],
  },
  connectionRate: { 'zh-CN': '接通率', en: 'connection rate' },
  serviceLevel: { 'zh-CN': '时限内接通率', en: 'answered in time' },
  holds: { 'zh-CN': '是', en: 'yes' },
  fails: { 'zh-CN': '否', en: 'no' },
  undecided: { 'zh-CN': '不定', en: 'open' },
});
