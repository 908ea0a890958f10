import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Folders under node_modules of all that the packed product asks for, and what that asks for, as the lockfile has them;
 * what is optional (Node itself is) and what is a matter of the user's own project is left out.
 */
export const packagesNeeded = (root) => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const { dependencies } = JSON.parse(readFileSync(join(root, 'build/package/package.json'), 'utf8'));
  const found = new Set();
  /** As Node looks for a package: in the folder of who asks, then in each above it. */
  const placeOf = (name, from) => {
    for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
      const place = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
      if (packages[place] !== undefined) return place;
      if (folder === '') return undefined;
    }
  };
  const take = (name, from) => {
    const place = placeOf(name, from);
    if (place === undefined)
      throw new Error(`${from || 'huawu'} asks for ${name}, which the lockfile has not`);
    if (found.has(place)) return;
    found.add(place);
    const { dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = packages[place];
    for (const each of Object.keys(dependencies)) take(each, place);
    for (const each of Object.keys(peerDependencies))
      if (peerDependenciesMeta[each]?.optional !== true) take(each, place);
  };
  for (const name of Object.keys(dependencies)) take(name, '');
  return Array.from(found).toSorted((one, other) => (one < other ? -1 : 1));
};
