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

/** By what name somebody at this browser last changed something, where nobody signs in. */
export const ownName = (): string => window.localStorage.getItem(nameKey) ?? '';
export const keepOwnName = (name: string): void => window.localStorage.setItem(nameKey, name.trim());

/** What the page received; whatever it does not know counts as the door. */
const pageAccessOf = (told: string): PageAccess =>
  (['local', 'sign-in', 'set-up', 'no-role', ...roles] as const).find((each) => each === told) ?? 'sign-in';
