import { mayUse, type PageAccess } from '../../contract/access/rights.ts';
import { roles } from '../../contract/access/roles.ts';
import type { EndpointName } from '../../contract/http/endpoints.ts';
import type { WorkspaceDocument } from '../../contract/http/workspace-document.ts';

/** What this page was opened as. */
export const pageAccess = (): PageAccess =>
  pageAccessOf(document.querySelector<HTMLMetaElement>('meta[name="huawu-access"]')?.content ?? '');

/** Whether the reader may use an endpoint: a button that would be refused is not shown. */
export const may = (endpoint: EndpointName): boolean => {
  const access = pageAccess();
  if (access === 'local') return true;
  if (access === 'sign-in' || access === 'set-up' || access === 'no-role') return false;
  return mayUse({ by: 'session', role: access }, endpoint) !== false;
};

/** What every page is given. */
export interface PageProps {
  readonly workspace: WorkspaceDocument;
  readonly params: URLSearchParams;
  /** Reads the workspace's summary again after something was added. */
  readonly reload: () => void;
}

const nameKey = 'huawu-roster-by';

const nameHeard = new Set<() => void>();

/**
 * The name as it is typed under which this window's changes are logged, where nobody signs in. A new window begins with
 * the one typed last at this browser; after that each keeps its own.
 */
export const typedName = (): string => {
  const own = window.sessionStorage.getItem(nameKey);
  if (own !== null) return own;
  const last = window.localStorage.getItem(nameKey) ?? '';
  window.sessionStorage.setItem(nameKey, last);
  return last;
};
export const ownName = (): string => typedName().trim();
export const keepOwnName = (name: string): void => {
  window.sessionStorage.setItem(nameKey, name);
  window.localStorage.setItem(nameKey, name);
  for (const heard of nameHeard) heard();
};
export const onOwnName = (heard: () => void): (() => void) => {
  nameHeard.add(heard);
  return () => nameHeard.delete(heard);
};

/** What the page received; whatever it does not know counts as the door. */
const pageAccessOf = (told: string): PageAccess =>
  (['local', 'sign-in', 'set-up', 'no-role', ...roles] as const).find((each) => each === told) ?? 'sign-in';
