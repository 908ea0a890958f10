import { phrases } from '../phrases.ts';

/** Before a problem, by its weight. */
export const problemLinesWords = phrases({
  error: { 'zh-CN': '', en: '' },
  warning: { 'zh-CN': '注意：', en: 'Warning: ' },
  notice: { 'zh-CN': '提示：', en: 'Note: ' },
});
