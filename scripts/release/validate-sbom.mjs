import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../run.mjs';

/** What holds a list against CycloneDX's own schema: installed for the time that it takes, since nothing else asks for it. */
const validators = ['@cyclonedx/cyclonedx-library@10', 'ajv@8', 'ajv-formats@3', 'ajv-formats-draft2019@1'];

const program = `
import { readFileSync } from 'node:fs';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
const validate = async (text) => new Validation.JsonStrictValidator(Spec.Version.v1dot5).validate(text);
const sbom = readFileSync('sbom.json', 'utf8');
if ((await validate(sbom.replace('"purl":', '"address":'))) === null) throw new Error('nothing is found in a wrong list');
const faults = await validate(sbom);
if (faults !== null) throw new Error(JSON.stringify(faults).slice(0, 2000));
`;

/** Throws where a list is not CycloneDX 1.5 by its schema, in strict reading. */
export const validateSbom = (node, sbom) => {
  const folder = mkdtempSync(join(tmpdir(), 'huawu-sbom-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
    writeFileSync(join(folder, 'sbom.json'), sbom);
    writeFileSync(join(folder, 'validate.js'), program);
    run(folder, 'npm', ['install', '--ignore-scripts', '--no-audit', '--loglevel=error', ...validators]);
    run(folder, node, ['validate.js']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
