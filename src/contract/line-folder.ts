/** What a hotline of a database may be called: its line's folder bears the name, and on Windows some are devices. */
export const hotlineKeyPattern = /^(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$)[a-z0-9][a-z0-9-]{0,39}$/;

/** The folder of a workspace that holds its further lines, each in a folder of its own. */
export const linesFolderName = 'lines';

/** A line of a workspace: it has models of its own, and shares the workspace's settings and database. */
export interface LineFolder {
  /** The workspace's folder. */
  readonly home: string;
  /** Which hotline of its database the line is: the name of its folder. */
  readonly line: string;
}

/**
 * What a folder is a line of: WORKSPACE/lines/NAME, where WORKSPACE is one (it has models). Undefined for every other
 * folder. `folder` is a full path; `isThere` says whether a path leads somewhere.
 */
export const lineFolderOf = (folder: string, isThere: (path: string) => boolean): LineFolder | undefined => {
  const [, home = '', line = ''] = /^(.+)[\\/]lines[\\/]([^\\/]+)[\\/]*$/.exec(folder) ?? [];
  return hotlineKeyPattern.test(line) && isThere(`${home}/models/hotline.json`) ? { home, line } : undefined;
};
