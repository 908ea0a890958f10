import type { rankWords as keys } from '../zh-CN/rank.ts';

/** English words of the ranking. */
export const rankWords: Readonly<Record<keyof typeof keys, string>> = {
  'rank.title': 'Many hotlines: bands and ranks',
  'rank.note': 'In brackets: 95 % range of the rank. * marks a move beyond sampling noise.',
  'rank.none': 'No monitoring results of many hotlines yet',
  'rank.bands': 'Hotlines per band',
  'rank.hotlines': 'Hotlines',
  'rank.share': 'Share',
  'rank.previous': 'Before',
  'rank.change': 'Change',
  'rank.search': 'Find by name',
  'rank.region': 'Region',
  'rank.allRegions': 'All regions',
  'rank.found': '{n} hotlines',
  'rank.more': 'Show more',
  'rank.hotline': 'Hotline',
  'rank.rank': 'Rank',
  'rank.tests': 'Connected/tests',
  'rank.move': 'On the year',
  'rank.seconds': 'Mean seconds',
};
