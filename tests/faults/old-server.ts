import { createServer, type Server } from 'node:net';

/** As much of the server's side of the protocol as tells a client that it is a PostgreSQL of 2021. */
export const startOldServer = (): Promise<Server> => {
  const message = (type: string, ...parts: readonly Buffer[]): Buffer => {
    const body = Buffer.concat(parts);
    const head = Buffer.alloc(5, type);
    head.writeInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const int16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
  const int32 = (value: number): Buffer => Buffer.concat([int16(value >>> 16), int16(value & 65_535)]);
  const ready = message('Z', Buffer.from('I'));
  const field = (name: string, type: number): Buffer =>
    Buffer.concat([
      Buffer.from(`${name}\0`),
      int32(0),
      int16(0),
      int32(type),
      int16(4),
      int32(-1 >>> 0),
      int16(0),
    ]);
  const value = (said: string): Buffer => Buffer.concat([int32(said.length), Buffer.from(said)]);
  const answer = Buffer.concat([
    message('T', int16(2), field('version', 23), field('said', 25)),
    message('D', int16(2), value('90624'), value('9.6.24')),
    message('C', Buffer.from('SELECT 1\0')),
    ready,
  ]);
  const old = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(Buffer.concat([message('R', int32(0)), ready]));
      socket.on('data', (asked) => {
        if (asked[0] === 0x51) socket.write(answer);
      });
    });
  });
  return new Promise((resolve) => old.listen(0, '127.0.0.1', () => resolve(old)));
};
