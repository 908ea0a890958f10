import type { RankDocument } from '../contract/documents/rank-document.ts';
import type { Language } from '../kernel/text.ts';
import { bandNames } from './band-names.ts';

type Moved = Pick<RankDocument['hotlines'][number], 'band' | 'previousBand' | 'moveBeyondChance'>;

/** Which band a hotline comes from, and whether the change of its rate on the year is more than chance. */
export const bandMoveText = ({ band, previousBand, moveBeyondChance }: Moved, language: Language): string => {
  if (previousBand === null) return '–';
  const english = language === 'en';
  const from = english ? `from ${bandNames[previousBand].en}` : `原${bandNames[previousBand]['zh-CN']}`;
  const moved = previousBand === band ? (english ? 'same band' : '同档') : from;
  const beyond = english ? ', beyond chance' : '，超出偶然';
  return moveBeyondChance === true ? `${moved}${beyond}` : moved;
};
