import { phrases } from '../phrases.ts';

/** Parts of the week by which rates are set apart. */
export const partNames = phrases({
  day: { 'zh-CN': '白天 8–20 点', en: 'day, 8–20' },
  night: { 'zh-CN': '夜间', en: 'night' },
  'working-day': { 'zh-CN': '工作日', en: 'working days' },
  'day-off': { 'zh-CN': '休息日', en: 'days off' },
});
