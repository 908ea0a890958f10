import { apiRoot } from './api-root.ts';
import { endpoints, type EndpointName } from './endpoints.ts';

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
