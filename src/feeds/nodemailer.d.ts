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
