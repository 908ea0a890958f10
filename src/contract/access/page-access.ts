import { roles, type Role } from './roles.ts';

/** What a page is opened as: on one's own machine, at the door, as the first who comes, or with a role. */
export type PageAccess = 'local' | 'sign-in' | 'set-up' | 'no-role' | Role;

/** What the page was told; whatever it does not know counts as the door. */
export const pageAccessOf = (told: string): PageAccess =>
  (['local', 'sign-in', 'set-up', 'no-role', ...roles] as const).find((each) => each === told) ?? 'sign-in';
