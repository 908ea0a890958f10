import { accessFinding, AccessError } from './access-findings.ts';

/** What is typed to sign in, as it is kept: letters of any script, digits and . _ - @, in small letters, up to 64. */
export const accountName = (typed: string): string => {
  const name = typed.normalize('NFKC').trim().toLowerCase();
  if (!/^[\p{L}\p{N}][\p{L}\p{M}\p{N}._@-]{0,63}$/u.test(name))
    throw new AccessError(accessFinding('bad-account-name'));
  return name;
};
