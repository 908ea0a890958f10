import { parseSync } from 'vite';

/** How a module refers to another: a type-only import leaves nothing behind when types are stripped. */
export interface ModuleImport {
  readonly specifier: string;
  readonly kind: 'value' | 'type' | 'dynamic';
}

/** What the rules look at in one source file. */
export interface ModuleFacts {
  readonly imports: readonly ModuleImport[];
  readonly hasDefaultExport: boolean;
  /** Every statement hands on another module's exports. */
  readonly onlyReexports: boolean;
  /** Uses of clock, chance, environment or network, as they stand in the source: `Math.random`. */
  readonly impureUses: readonly string[];
  /** Names at the top of the module whose value can change between calls. */
  readonly keptState: readonly string[];
}

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** Parses one TypeScript file. Throws where it does not parse: a file that cannot be read is not in order. */
export const readModule = (path: string, source: string): ModuleFacts => {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message ?? ''}`);
  const body = program.body as unknown as readonly Node[];
  const imports: ModuleImport[] = [];
  const impureUses: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const part of value) visit(part);
    if (!isNode(value)) return;
    const found = importOf(value);
    if (found !== undefined) imports.push(found);
    const impure = impureUse(value);
    if (impure !== undefined) impureUses.push(impure);
    for (const part of Object.values(value)) visit(part);
  };
  visit(body);
  return {
    imports,
    impureUses,
    keptState: body.flatMap(keptStateOf),
    hasDefaultExport: body.some(
      (statement) => statement.type === 'ExportDefaultDeclaration' || exportsDefault(statement),
    ),
    onlyReexports: body.length > 0 && body.every(isReexport),
  };
};

const importOf = (node: Node): ModuleImport | undefined => {
  const specifier = literal(node['source']);
  if (specifier === undefined) return undefined;
  switch (node.type) {
    case 'ImportExpression':
      return { specifier, kind: 'dynamic' };
    case 'TSImportType':
      return { specifier, kind: 'type' };
    case 'ImportDeclaration':
      return {
        specifier,
        kind: node['importKind'] === 'type' || allTypes(node, 'importKind') ? 'type' : 'value',
      };
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return {
        specifier,
        kind: node['exportKind'] === 'type' || allTypes(node, 'exportKind') ? 'type' : 'value',
      };
    default:
      return undefined;
  }
};

/** `import { type A, type B } from` takes only types; a bare `import 'x'` runs the module. */
const allTypes = (node: Node, kind: string): boolean => {
  const specifiers = node['specifiers'];
  return (
    Array.isArray(specifiers) &&
    specifiers.length > 0 &&
    specifiers.every((specifier) => isNode(specifier) && specifier[kind] === 'type')
  );
};

const literal = (value: unknown): string | undefined => {
  if (!isNode(value)) return undefined;
  if (value.type === 'TSLiteralType') return literal(value['literal']);
  return value.type === 'Literal' && typeof value['value'] === 'string' ? value['value'] : undefined;
};

const isReexport = (statement: Node): boolean =>
  statement.type === 'ExportAllDeclaration' ||
  (statement.type === 'ExportNamedDeclaration' && isNode(statement['source']));

const exportsDefault = (statement: Node): boolean => {
  const specifiers = statement.type === 'ExportNamedDeclaration' ? statement['specifiers'] : undefined;
  return (
    Array.isArray(specifiers) &&
    specifiers.some((specifier) => isNode(specifier) && nameOf(specifier['exported']) === 'default')
  );
};

const nameOf = (value: unknown): string | undefined =>
  isNode(value) && value.type === 'Identifier' ? String(value['name']) : undefined;

const impureMembers = new Set(['Math.random', 'Date.now', 'performance.now', 'Temporal.Now']);
const impureObjects = new Set(['process', 'globalThis', 'localStorage', 'sessionStorage', 'navigator']);
const impureCalls = new Set(['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'Date']);

const impureUse = (node: Node): string | undefined => {
  if (node.type === 'MemberExpression') {
    const object = nameOf(node['object']);
    if (object === undefined) return undefined;
    const member = `${object}.${nameOf(node['property']) ?? literal(node['property']) ?? ''}`;
    return impureMembers.has(member) || impureObjects.has(object) ? member : undefined;
  }
  const called = nameOf(node['callee']);
  const given = node['arguments'];
  if (node.type === 'CallExpression' && called !== undefined && impureCalls.has(called)) return `${called}()`;
  if (node.type === 'NewExpression' && called === 'Date' && Array.isArray(given) && given.length === 0)
    return 'new Date()';
  return undefined;
};

/**
 * Names of a top statement that can hold something else at the next call: a `let`, or what can be filled (an empty list
 * or object, a map, a set, a typed array, or an object of such) unless its type says that it is only read.
 */
const keptStateOf = (statement: Node): readonly string[] => {
  const declared = statement.type === 'ExportNamedDeclaration' ? statement['declaration'] : statement;
  if (!isNode(declared) || declared.type !== 'VariableDeclaration') return [];
  const declarations = declared['declarations'] as readonly Node[];
  return declarations
    .filter(({ id, init }) => declared['kind'] !== 'const' || (canBeFilled(init) && !isReadonly(id)))
    .map(({ id }) => nameOf(id) ?? 'several names');
};

const containers = /^(?:Map|Set|WeakMap|WeakSet|Array|(?:Big)?(?:Uint|Int|Float)\d+(?:Clamped)?Array)$/;

const canBeFilled = (value: unknown): boolean => {
  if (isContainer(value)) return true;
  const members = isNode(value) ? (value['elements'] ?? value['properties']) : undefined;
  if (!Array.isArray(members)) return false;
  return members.length === 0 || members.some((member) => isNode(member) && isContainer(member['value']));
};

const isContainer = (value: unknown): boolean =>
  isNode(value) && value.type === 'NewExpression' && containers.test(nameOf(value['callee']) ?? '');

const isReadonly = (id: unknown): boolean => {
  const annotation = isNode(id) ? id['typeAnnotation'] : undefined;
  const type = isNode(annotation) ? annotation['typeAnnotation'] : undefined;
  if (!isNode(type)) return false;
  if (type.type === 'TSTypeOperator') return type['operator'] === 'readonly';
  return type.type === 'TSTypeReference' && nameOf(type['typeName'])?.startsWith('Readonly') === true;
};
