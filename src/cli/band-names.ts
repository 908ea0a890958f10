import { text, type Text } from '../kernel/text.ts';

/** Temperature bands as screens write them (热线 also means hotline, so the band stands in quotes). */
export const bandNames: Readonly<Record<'hot' | 'warm' | 'cold' | 'dead', Text>> = {
  hot: text('「热线」档', 'hot'),
  warm: text('「暖线」档', 'warm'),
  cold: text('「冷线」档', 'cold'),
  dead: text('「死线」档', 'dead'),
};
