import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../run.mjs';

/**
 * The list of packages that the product is made of and built with, tests apart, in CycloneDX: as npm has it from the
 * lockfile, without its time and number, so that the same lockfile makes the same list.
 */
export const makeSbom = (root) => {
  const listed = run(root, 'npm', [
    'sbom',
    '--sbom-format',
    'cyclonedx',
    '--sbom-type',
    'application',
    '--omit',
    'dev',
  ]);
  const { serialNumber, metadata, ...bom } = JSON.parse(listed);
  const { timestamp, component, ...about } = metadata;
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (serialNumber === undefined || timestamp === undefined || component.version !== version)
    throw new Error('npm sbom answers otherwise than it did');
  check(bom, component);
  const sbom = { ...bom, metadata: { ...about, component: { ...component, name } } };
  return { sbom: `${JSON.stringify(sbom, null, 2)}\n`, components: bom.components.length };
};

/** Every component can be found again, says its licence, and names none that is not listed. */
const check = ({ components, dependencies }, product) => {
  const listed = new Set([product['bom-ref'], ...components.map((each) => each['bom-ref'])]);
  for (const { name, version, purl, licenses = [] } of components) {
    if (!purl?.startsWith('pkg:npm/') || !version) throw new Error(`${name} ${version}: no address`);
    if (licenses.length === 0) throw new Error(`${name} ${version}: no licence`);
  }
  for (const { ref, dependsOn = [] } of dependencies)
    for (const each of [ref, ...dependsOn]) if (!listed.has(each)) throw new Error(`${each} is not listed`);
};
