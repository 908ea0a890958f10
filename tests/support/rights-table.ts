import { rights, type Right } from '../../src/contract/access/rights.ts';
import { roles, type Role } from '../../src/contract/access/roles.ts';
import { endpoints, type EndpointName } from '../../src/contract/http/endpoints.ts';
import type { Language } from '../../src/kernel/text.ts';
import { planSteps } from '../../src/contract/plan-states.ts';
import { messages } from '../../src/words/messages.ts';

const heads = { 'zh-CN': ['令牌', '任何人'], en: ['token', 'anyone'] } as const;

/** Whether a role may take some of a plan's steps and not others, where the endpoint is the one that takes them. */
const inPart = (name: EndpointName, role: Role): boolean =>
  name === 'stepPlan' &&
  Object.values(planSteps).some(({ roles: stepping }) => !stepping.some((each) => each === role));

/** The table of rights as a page shows it: a row an endpoint, ● in full, ○ of one's own or in part. */
export const rightsTable = (language: Language): string => {
  const [token, anyone] = heads[language];
  const rows = (Object.keys(endpoints) as EndpointName[]).map((name) => {
    const { method, path } = endpoints[name];
    const right: Right = rights[name];
    const marks = roles.map((role) => {
      if (right.roles.includes(role) && inPart(name, role)) return '○';
      if (right.anyone === true || right.roles.includes(role)) return '●';
      return right.own?.includes(role) === true ? '○' : '';
    });
    return [
      `\`${method.toUpperCase()} ${path}\``,
      ...marks,
      right.anyone === true ? anyone : (right.token ?? ''),
    ];
  });
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const head = ['', ...roles.map((role) => messages('terminal-role')[role][language]), token];
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n');
};
