import { phrases } from '../phrases.ts';

/** Temperature bands (热线 also means hotline, so in Chinese the band stands in quotes). */
export const bandNames = phrases({
  hot: { 'zh-CN': '「热线」档', en: 'hot' },
  warm: { 'zh-CN': '「暖线」档', en: 'warm' },
  cold: { 'zh-CN': '「冷线」档', en: 'cold' },
  dead: { 'zh-CN': '「死线」档', en: 'dead' },
});
