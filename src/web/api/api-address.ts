import { addressOf, apiRoot, type Fillings, lineRoot } from '../../contract/http/api-root.ts';
import type { EndpointName } from '../../contract/http/endpoints.ts';

const storageKey = 'huawu-line';
const parameter = 'line';

/** The hotline that this page's address names; null: the server's own. */
export const pageLine = (): string | null => new URLSearchParams(window.location.search).get(parameter);

/** Address of an endpoint for the page's hotline. */
export const apiAddress = (name: EndpointName, params?: Fillings, query?: Fillings): string => {
  const line = pageLine();
  return addressOf(name, params, query, line === null ? apiRoot : lineRoot(encodeURIComponent(line)));
};

/** Where a page stands for a hotline: a link to another line loads the page anew, for what it shows is all of one line. */
export const lineHref = (line: string, hash: string): string => {
  const search = new URLSearchParams(window.location.search);
  search.set(parameter, line);
  return `/?${search.toString()}${hash}`;
};

/** Notes the line that is looked at, so that the page opens there the next time. */
export const rememberLine = (line: string): void => window.localStorage.setItem(storageKey, line);

/** Forgets it, and shows the server's own line: the other is not there any more, or not for the reader. */
export const leaveLine = (): void => {
  window.localStorage.removeItem(storageKey);
  window.location.replace(`/${window.location.hash}`);
};

/** Moves an address that names no line to the one looked at last; true where the page is about to load anew. */
export const goToLastLine = (): boolean => {
  const last = window.localStorage.getItem(storageKey);
  if (last === null || pageLine() !== null) return false;
  window.location.replace(lineHref(last, window.location.hash));
  return true;
};
