import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret that nobody guesses: 256 bits. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** A name that nothing else has; no secret. */
export const newId = (): string => randomBytes(9).toString('base64url');

const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** A code that a person types off a screen: 79 bits in four groups, no letter that looks like another. */
export const newCode = (): string => {
  const drawn: string[] = [];
  while (drawn.length < 16)
    for (const byte of randomBytes(32))
      if (byte < 8 * letters.length) drawn.push(letters[byte % letters.length] ?? '');
  return drawn
    .slice(0, 16)
    .join('')
    .replaceAll(/(.{4})(?=.)/g, '$1-');
};

/** A code as it was meant, however it was typed. */
export const typedCode = (code: string): string =>
  code
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '');

/** What is kept of a secret: who reads the records cannot come in by it. Secrets here are drawn, so one round is enough. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** What anyone who holds a secret can work out, and nobody else. */
export const derivedFromSecret = (secret: string, what: string): string =>
  createHmac('sha256', secret).update(what).digest('base64url');

/** Compares in a time that does not depend on where two strings differ. */
export const sameSecret = (secret: string, wanted: string): boolean =>
  timingSafeEqual(createHash('sha256').update(secret).digest(), createHash('sha256').update(wanted).digest());
