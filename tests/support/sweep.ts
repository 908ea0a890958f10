/** True in `npm run test:long`, which runs what `npm test` leaves out. */
export const isLongRun = process.env.HUAWU_TESTS === 'long';

/** Cases of a sweep: in `npm test` those that the whole capability rests on, in a long run all the others. */
export const sweep = <Case>(all: readonly Case[], inEveryRun: (each: Case) => boolean): readonly Case[] =>
  all.filter((each) => inEveryRun(each) !== isLongRun);
