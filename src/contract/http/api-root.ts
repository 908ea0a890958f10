import { type EndpointName, endpoints } from './endpoints.ts';

/** All paths below are under this one. */
export const apiRoot = '/api/v1';
/** Under which the API of one of several lines stands, by what the line is called. */
export const lineRoot = (line: string): string => `${apiRoot}/lines/${line}`;
/** The header in which the page's writes carry the token; a program may send it as `Authorization: Bearer` instead. */
export const tokenHeader = 'x-huawu-token';
/** The header in which a page's writes say who makes them, URI-encoded, where nobody signs in. */
export const nameHeader = 'x-huawu-name';

export type Fillings = Readonly<Record<string, string | number | undefined>>;

/** Address of an endpoint with its gaps filled, under the API's root or that of a line. */
export const addressOf = (
  name: EndpointName,
  params: Fillings = {},
  query: Fillings = {},
  root: string = apiRoot,
): string => {
  const path = endpoints[name].path.replaceAll(/:(\w+)/g, (_, key: string) =>
    encodeURIComponent(String(params[key] ?? '')),
  );
  const given = Object.entries(query).flatMap(([key, value]): [string, string][] =>
    value === undefined ? [] : [[key, String(value)]],
  );
  const search = new URLSearchParams(given).toString();
  return `${root}${path}${search === '' ? '' : `?${search}`}`;
};
