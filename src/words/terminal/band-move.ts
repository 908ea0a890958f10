import { phrases } from '../phrases.ts';

/** How a hotline moved between bands. */
export const bandMoveWords = phrases({
  from: { 'zh-CN': '原{band}', en: 'from {band}' },
  sameBand: { 'zh-CN': '同档', en: 'same band' },
  beyondChance: { 'zh-CN': '，超出偶然', en: ', beyond chance' },
});
