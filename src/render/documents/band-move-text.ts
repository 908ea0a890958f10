import { spoken } from '../../words/phrases.ts';
import { bandMoveWords } from '../../words/terminal/band-move.ts';
import type { RankDocument } from '../../contract/documents/rank-document.ts';
import type { Language } from '../../kernel/text.ts';
import { bandNames } from '../../words/terminal/band-names.ts';

type Moved = Pick<RankDocument['hotlines'][number], 'band' | 'previousBand' | 'moveBeyondChance'>;

/** Which band a hotline comes from, and whether the change of its rate on the year is more than chance. */
export const bandMoveText = ({ band, previousBand, moveBeyondChance }: Moved, language: Language): string => {
  if (previousBand === null) return '–';
  const words = spoken(bandMoveWords, language);
  const from = words.from({ band: bandNames[previousBand][language] });
  const moved = previousBand === band ? words.sameBand : from;
  const beyond = words.beyondChance;
  return moveBeyondChance === true ? `${moved}${beyond}` : moved;
};
