/** True in `npm run test:long`, which runs every sweep whole. */
export const isLongRun = process.env.HUAWU_TESTS === 'long';

/** All cases of a sweep in a long run; in `npm test` those that the whole capability rests on. */
export const sweep = <Case>(all: readonly Case[], inEveryRun: (each: Case) => boolean): readonly Case[] =>
  isLongRun ? all : all.filter(inEveryRun);
