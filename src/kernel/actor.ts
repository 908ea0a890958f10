/** Who does something: told with every change that is kept. */
export interface Actor {
  /** `person` signed in, `program` with a token of its own, `local` the user of this machine without sign-in. */
  readonly kind: 'person' | 'program' | 'local';
  /** Tells accounts apart for good; never shown to people. */
  readonly id: string;
  /** What the account is called. Empty for `local`, who has no account. */
  readonly name: string;
}

/** The user of this machine, where nobody signs in. */
export const localActor: Actor = { kind: 'local', id: 'local', name: '' };

/** Names of a machine's own accounts: nobody goes by them. */
const nobodys: readonly string[] = ['root', 'administrator', 'admin', 'system', 'node', 'user'];

export const isNobodys = (name: string): boolean => nobodys.includes(name.toLowerCase());
