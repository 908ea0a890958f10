import type { Request, Response } from 'express';

/** Says as what version an answer may be changed (RFC 9110, `ETag`). */
export const tellVersion = (response: Response, version: number | string): void => {
  response.set('ETag', `"${version}"`);
};

/** The version that a change was decided on (`If-Match`); undefined where it does not say, or takes any. */
export const wantedVersion = (request: Request): string | undefined => {
  const given = request.get('if-match')?.trim();
  return given === undefined || given === '*' ? undefined : given.replace(/^W\//, '').replaceAll('"', '');
};

/** The same where versions are counted; what is no number matches none. */
export const wantedCount = (request: Request): number | undefined => {
  const given = wantedVersion(request);
  if (given === undefined) return undefined;
  return /^\d+$/.test(given) ? Number(given) : -1;
};

/** The versions of several things that a change was decided on. */
export const wantedVersions = (request: Request): readonly string[] =>
  (wantedVersion(request) ?? '')
    .split(',')
    .map((version) => version.trim())
    .filter((version) => version !== '');
