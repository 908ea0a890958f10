import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

export const shortestPassword = 12;
export const longestPassword = 128;

/** What is wrong with a password that somebody wants, by code. */
export type PasswordFlaw = 'password-too-short' | 'password-too-long' | 'password-too-easy';

let loaded: Promise<ZxcvbnFactory> | undefined;

/** The list of common passwords weighs megabytes and is wanted seldom: it comes when it is. */
const estimator = (): Promise<ZxcvbnFactory> => {
  loaded ??= (async () => {
    const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
      import('@zxcvbn-ts/core'),
      import('@zxcvbn-ts/language-common'),
    ]);
    return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  })();
  return loaded;
};

/** Of 0 to 4: beyond a hundred million guesses, which no sign-in page lets anybody make. */
const strongEnough = 3;

const turned = (text: string): string => [...text].toReversed().join('');

/** How many characters beside names and digits keep a password from being one's own name. */
const fewestOthers = 4;

/** True where hardly anything is left without the names' parts, repeated, joined, turned round or with digits. */
const isOwnName = (password: string, about: readonly string[]): boolean => {
  const parts = about
    .flatMap((name) =>
      name
        .normalize('NFKC')
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u),
    )
    .filter((part) => [...part].length > 1)
    .flatMap((part) => [part, turned(part)])
    .toSorted((a, b) => b.length - a.length);
  const letters = password.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  const others = parts.reduce((left, part) => left.replaceAll(part, ' '), letters);
  return others !== letters && others.replaceAll(/[\s\p{N}]/gu, '').length < fewestOthers;
};

/** What a guesser at a hotline's door tries around everything else. */
const wordsOfTheHouse = /12345|huawu|hotline|rexian|zhengwu|fuwu|kefu|zuoxi|话务|热线|政务|服务|客服|座席/gu;

/** A password without the words of the house, and with what comes again in it once: what a guesser has to find. */
const withoutPadding = (password: string): string => {
  const own = password.toLowerCase().replaceAll(wordsOfTheHouse, '');
  return own.replaceAll(/(.{3,})(?=.*\1)/gsu, '');
};

/**
 * Why a password will not do; undefined where it will. No letters or digits are asked for: length, and that it is none of
 * the common ones, no keys in a row, no date, and not made of one's own name, the hotline's number or the same again.
 */
export const passwordFlaw = async (
  password: string,
  about: readonly string[],
): Promise<PasswordFlaw | undefined> => {
  const typed = [...password.normalize('NFKC')];
  if (typed.length < shortestPassword) return 'password-too-short';
  if (typed.length > longestPassword) return 'password-too-long';
  if (isOwnName(typed.join(''), about)) return 'password-too-easy';
  const guesser = await estimator();
  const isWeak = (text: string): boolean => guesser.check(text.slice(0, 64), [...about]).score < strongEnough;
  const whole = typed.join('');
  return isWeak(whole) || isWeak(withoutPadding(whole)) ? 'password-too-easy' : undefined;
};
