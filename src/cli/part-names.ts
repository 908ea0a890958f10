/** Parts of the week by which rates are told apart. */
export const partNames = {
  day: { 'zh-CN': '白天 8–20 点', en: 'day, 8–20' },
  night: { 'zh-CN': '夜间', en: 'night' },
  'working-day': { 'zh-CN': '工作日', en: 'working days' },
  'day-off': { 'zh-CN': '休息日', en: 'days off' },
} as const;
