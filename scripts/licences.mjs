import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const rule = `\n${'-'.repeat(80)}\n`;

/** Name, version, licence and its text of a package in a folder. */
export const licenceOf = (folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  return `${name} ${version} (${license})\n\n${file === undefined ? '' : readFileSync(join(folder, file), 'utf8')}`;
};

/** The licences of all that goes along in an offline folder: packages, what is packed inside the product, and Node. */
export const licenceText = (root, packages) => {
  const packed = readFileSync(join(root, 'build/package/lib/packages/LICENCES.txt'), 'utf8');
  // Not every package that carries Node carries its licence; it is the same for all of them.
  const node = readdirSync(join(root, 'node_modules')).find((name) => /^node-(?:linux|bin)-/.test(name));
  return [...packages, `node_modules/${node}`]
    .map((each) => licenceOf(join(root, each)))
    .concat(packed)
    .join(rule);
};
