import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Licences that ask for no more than that their text goes along. */
const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'Unlicense',
  'Zlib',
]);

/** Packages under another licence, or that say none, with the reason why they may be here. */
const exceptions = {
  argparse: 'PSF-2.0: as permissive as MIT; not on the list of those that are common here',
  'date-holidays':
    'ISC AND CC-BY-3.0: its data name Wikipedia as their source, and the licence text goes along',
  '@fontsource-variable/noto-sans-sc': 'OFL-1.1: a font, passed on unchanged under its name with its licence',
  lightningcss: 'MPL-2.0: a tool of the build, unchanged; no code of it is in what is built',
  'lightningcss-*': 'MPL-2.0: the same for each platform',
};

const nameOf = (place) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
const exceptionOf = (name) =>
  Object.entries(exceptions).find(
    ([each]) => each === name || (each.endsWith('*') && name.startsWith(each.slice(0, -1))),
  );

/** `(MIT OR GPL-3.0)` leaves the choice, `MIT AND ISC` does not. */
const isPermissive = (licence) => {
  const plain = licence.replaceAll(/[()]/g, '');
  if (plain.includes(' OR ')) return plain.split(' OR ').some(isPermissive);
  return plain.split(' AND ').every((each) => permissive.has(each.trim()));
};

/** The licences of all packages that the product is made of or built with, tests apart. Throws where one may not be here. */
export const checkLicences = (root) => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const rows = Object.entries(packages)
    .filter(([place, { dev, link }]) => place.startsWith('node_modules/') && dev !== true && link !== true)
    .map(([place, { version, license = 'none said' }]) => ({
      name: nameOf(place),
      version,
      licence: license,
    }));
  const others = rows.filter(({ licence }) => !isPermissive(licence));
  const wrong = others.filter(({ name }) => exceptionOf(name) === undefined);
  if (wrong.length > 0)
    throw new Error(wrong.map(({ name, version, licence }) => `${name} ${version} (${licence})`).join(', '));
  const lines = rows.map(({ name, version, licence }) => {
    const reason = exceptionOf(name)?.[1] ?? '';
    return `| ${name} | ${version} | ${licence} | ${isPermissive(licence) ? '' : reason} |`;
  });
  const head = '| package | version | licence | exception |\n|---|---|---|---|';
  return {
    table: `${[head, ...new Set(lines)].join('\n')}\n`,
    packages: rows.length,
    exceptions: others.length,
  };
};
