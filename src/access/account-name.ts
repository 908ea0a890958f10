import { accessFinding, AccessError } from './access-findings.ts';

const named = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._@-]{0,63}$/u;
/** Signs that show nothing: two names may differ by them alone. */
const unseen = /\p{Default_Ignorable_Code_Point}/u;

const badName = (): AccessError => new AccessError(accessFinding('bad-account-name'));

/**
 * What is typed to sign in, as it is kept: letters of any script, digits and . _ - @, in small letters, up to 64. Widths
 * and forms of a sign are one (NFKC), as keyboards for Chinese write them either way: a password is asked for besides.
 */
export const accountName = (typed: string): string => {
  const name = typed.normalize('NFKC').trim().toLowerCase();
  if (!named.test(name) || unseen.test(name)) throw badName();
  return name;
};

/** Alphabets whose letters look like one another's. */
const alphabets = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
  /\p{Script=Coptic}/u,
  /\p{Script=Lisu}/u,
];

/** Letters of the Latin script that look like plain ones and are others, such as the i without its dot. */
const isPlainLatin = (letter: string): boolean =>
  !/\p{Script=Latin}/u.test(letter) ||
  /^[a-z\u00e6\u00f0\u00f8\u00fe\u00df\u0111\u0142\u0153]/.test(letter.normalize('NFD'));

/** A name that is given out: none that is told from another by letters of two alphabets, or digits of two kinds. */
export const newAccountName = (typed: string): string => {
  const name = accountName(typed);
  const mixed = alphabets.filter((alphabet) => alphabet.test(name)).length > 1;
  if (mixed || /(?![0-9])\p{N}/u.test(name) || ![...name].every(isPlainLatin)) throw badName();
  return name;
};

/**
 * A name as somebody else's records have it, who takes two spellings for two people: capital letters A to Z are small
 * ones, and nothing else is changed. Throws where it is not written as it is kept here, or could be taken for another.
 */
export const claimedName = (given: string): string => {
  const name = given.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  if (newAccountName(name) !== name) throw badName();
  return name;
};
