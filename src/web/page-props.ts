import type { WorkspaceDocument } from '../contract/http/workspace-document.ts';

/** What every page is given. */
export interface PageProps {
  readonly workspace: WorkspaceDocument;
  readonly params: URLSearchParams;
  /** Reads the workspace's summary again after something was added. */
  readonly reload: () => void;
}
