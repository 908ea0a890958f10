import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { untranslated, type Text } from '../kernel/text.ts';
import { lineName } from '../store/line-name.ts';
import { workspaceLines, type WorkspaceLine } from '../store/workspace-lines.ts';
import type { LineName, Lines, Services } from './services.ts';

export interface LinesGround {
  readonly folder: string;
  /** The workspace's own line. */
  readonly home: string;
  /** What answers for the workspace's own line, and for another. */
  readonly own: () => Services;
  readonly open: (line: WorkspaceLine) => Promise<Services>;
}

/** How long the list of folders is good for, milliseconds: a line that is made meanwhile is seen soon. */
const listMillis = 5_000;

/** The hotlines of a workspace as a server answers for them: what was opened stays so. */
export const openLines = ({ folder, home, own, open }: LinesGround): Lines => {
  const opened = new Map<string, Promise<Services>>();
  const nameOf = createNames();
  let listed: { readonly at: number; readonly lines: Promise<readonly NamedLine[]> } | undefined;
  const list = (): Promise<readonly NamedLine[]> => {
    if (listed === undefined || performance.now() - listed.at > listMillis)
      listed = { at: performance.now(), lines: namedLines(folder, home, nameOf) };
    return listed.lines;
  };
  return {
    home,
    all: list,
    open: async (line) => {
      if (line === home) return own();
      const known = opened.get(line);
      if (known !== undefined) return known;
      const found = (await list()).find((each) => each.line === line);
      if (found === undefined) return undefined;
      const opening = open(found);
      opened.set(line, opening);
      // What failed is not open: the next one to ask tries again.
      opening.catch(() => opened.delete(line));
      return opening;
    },
  };
};

type NamedLine = LineName & WorkspaceLine;

const namedLines = async (
  folder: string,
  home: string,
  nameOf: (line: WorkspaceLine) => Promise<Text>,
): Promise<readonly NamedLine[]> =>
  Promise.all(
    (await workspaceLines(folder, home)).map(async (each) => ({ ...each, name: await nameOf(each) })),
  );

/** What lines are called, read again only where a file has changed. */
const createNames = (): ((line: WorkspaceLine) => Promise<Text>) => {
  const known = new Map<string, { readonly changed: number; readonly name: Text }>();
  return async ({ line, folder }) => {
    const file = join(folder, 'models', 'hotline.json');
    try {
      const { mtimeMs: changed } = await stat(file);
      const before = known.get(line);
      if (before?.changed === changed) return before.name;
      const name = await lineName({ line, folder });
      known.set(line, { changed, name });
      return name;
    } catch {
      return untranslated(line);
    }
  };
};
