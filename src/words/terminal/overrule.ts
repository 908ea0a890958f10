import { phrases } from '../phrases.ts';

/** Changes that planners made by hand. */
export const overruleWords = phrases({
  heads: {
    'zh-CN': ['编号', '日期', '时段', '队列', '修改', '理由', '修改人'],
    en: ['id', 'date', 'hours', 'queue', 'change', 'reason', 'author'],
  },
});
