/** Where a task thread finds the records, and how many threads it may use. */
export interface TaskPlace {
  /** Holds huawu.db where the store is SQLite. */
  readonly folder: string;
  /** `sqlite`, or the address of a PostgreSQL database. */
  readonly store: string;
  /** 0: as many as the machine has cores. */
  readonly threads: number;
}

/** The product's own tasks, as a task thread loads them: who hands orders on need not load what carries them out. */
export const workspaceTasksUrl = new URL('./workspace-tasks.ts', import.meta.url).href;
