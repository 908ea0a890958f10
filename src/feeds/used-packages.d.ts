/** Of nodemailer what alarms use. */
declare module 'nodemailer' {
  interface Mail {
    readonly from: string;
    readonly to: string[];
    readonly subject: string;
    readonly text: string;
    readonly messageId: string;
  }
  interface Transport {
    sendMail(mail: Mail): Promise<unknown>;
    close(): void;
  }
  export function createTransport(options: Readonly<Record<string, unknown>>): Transport;
}

/** Of mysql2 what feeds use. */
declare module 'mysql2' {
  import type { Readable } from 'node:stream';

  interface Field {
    readonly type: string;
    string(): string | null;
  }
  interface Query {
    readonly sql: string;
    readonly timeout?: number;
    readonly rowsAsArray?: true;
    readonly typeCast?: (field: Field) => unknown;
  }
  interface Connection {
    on(event: 'error', hear: (error: Error) => void): void;
    query(
      query: Query,
      done?: (error: Error | null, rows: unknown) => void,
    ): { stream(options: { readonly highWaterMark: number }): Readable };
    end(done: () => void): void;
    destroy(): void;
  }
  export function createConnection(options: Readonly<Record<string, unknown>>): Connection;
}
