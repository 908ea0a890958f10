import { argon2Sync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { AccessError } from '../../src/access/access-findings.ts';
import {
  asLongAsPassword,
  hashPassword,
  isOutdated,
  isPassword,
  refuseFlaws,
  TooManyTriesError,
} from '../../src/access/passwords.ts';

/** What is said against a password; undefined where it will do. */
const passwordFlaw = (password: string, about: readonly string[]): Promise<string | undefined> =>
  refuseFlaws(password, about).then(
    () => undefined,
    (error: unknown) => (error instanceof AccessError ? error.finding.code : 'thrown'),
  );

describe('kept passwords', () => {
  test('a password is known again, another is not, whatever way its letters were typed', async () => {
    const kept = await hashPassword('cafe\u0301 über den Wolken');
    expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(await isPassword('caf\u00e9 \u00fcber den Wolken', kept)).toBe(true);
    expect(await isPassword('cafe über den Wolken', kept)).toBe(false);
    expect(await hashPassword('cafe\u0301 über den Wolken')).not.toBe(kept);
  });
  test('what another cost made is still known, and is to be made anew', async () => {
    const nonce = Buffer.from('sixteen bytes ok');
    const message = '一二三四五六七八九十甲乙';
    const tag = argon2Sync('argon2id', {
      message,
      nonce,
      parallelism: 1,
      tagLength: 32,
      memory: 1024,
      passes: 1,
    });
    const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
    const old = `$argon2id$v=19$m=1024,t=1,p=1$${unpadded(nonce)}$${unpadded(tag)}`;
    expect(await isPassword(message, old)).toBe(true);
    expect(isOutdated(old)).toBe(true);
    expect(isOutdated(await hashPassword(message))).toBe(false);
  });
  test.each([null, '', 'plain', '$argon2i$v=19$m=1024,t=1,p=1$AAAA$AAAA'])(
    'nothing is right where %s is kept',
    async (kept) => {
      expect(await isPassword('', kept)).toBe(false);
      expect(await isPassword(kept ?? '', kept)).toBe(false);
    },
  );
  test('where no password is kept an answer takes as long as where one is', async () => {
    const kept = await hashPassword('horse staple battery');
    const millis = async (hash: string | null): Promise<number> => {
      const from = performance.now();
      await isPassword('horse staple wrong', hash);
      return performance.now() - from;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let turn = 0; turn < 15; turn += 1) {
      known.push(await millis(kept));
      unknown.push(await millis(null));
    }
    // Other work only ever lengthens an answer, so the quickest of each kind are compared. Without the work for
    // nobody's password it would be a hundredth of the other.
    expect(Math.abs(Math.log(Math.min(...unknown) / Math.min(...known)))).toBeLessThan(Math.log(3));
  });
});

describe('many tries at once', () => {
  /** Cheap, and looked at as any other. */
  const kept = `$argon2id$v=19$m=1024,t=1,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;
  const outcome = async (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'looked at',
      (error: unknown) => (error instanceof TooManyTriesError ? 'no place' : 'broken'),
    );
  test('an address has its share of the places, and others come in beside it', async () => {
    const tries = Array.from({ length: 60 }, () => outcome(isPassword('wrong', kept, 'a network')));
    const others = [isPassword('wrong', kept, 'an office'), isPassword('wrong', kept)].map(outcome);
    expect((await Promise.all(tries)).filter((each) => each === 'no place')).toHaveLength(18);
    expect(await Promise.all(others)).toEqual(['looked at', 'looked at']);
  });
  test('names that are nobody’s wait in the same line, and are refused where it is full', async () => {
    const ended: string[] = [];
    const noted = (name: string, work: Promise<unknown>): Promise<void> =>
      outcome(work).then((how) => void ended.push(`${name} ${how}`));
    const tries = Array.from({ length: 41 }, (_, at) => noted(String(at), isPassword('wrong', kept, 'x')));
    const nobodys = noted('nobody', asLongAsPassword('x'));
    const real = noted('somebody', isPassword('wrong', kept, 'x'));
    const full = noted('full', asLongAsPassword('x'));
    await Promise.all([...tries, nobodys, real, full]);
    expect(ended).toContain('full no place');
    expect(ended).toContain('somebody no place');
    // Not before those who were there before it.
    expect(ended.indexOf('nobody looked at')).toBeGreaterThan(ended.indexOf('35 looked at'));
  });
});

describe('wanted passwords', () => {
  test.each([
    ['elevenchars', 'password-too-short'],
    ['x'.repeat(129), 'password-too-long'],
    ['password1234', 'password-too-easy'],
    ['qwertyuiop[]', 'password-too-easy'],
    ['123456789012', 'password-too-easy'],
    ['aaaaaaaaaaaaaaaa', 'password-too-easy'],
    ['wangxiaoming', 'password-too-easy'],
    ['iloveyou2013', 'password-too-easy'],
  ])('%s will not do', async (password, flaw) => {
    expect(await passwordFlaw(password, ['wangxiaoming'])).toBe(flaw);
  });
  test.each([
    'chenlei chenlei',
    'ChenLeiChenLei',
    'lei.chen.lei.chen',
    'ielnehc-ielnehc',
    'Chen Lei 19870412',
    '2024chenlei2024lei!',
    'chenchenchenxyz',
    'chenlei12345chenlei',
  ])('%s is made of one’s own name and will not do', async (password) => {
    expect(await passwordFlaw(password, ['chen', 'Chen Lei'])).toBe('password-too-easy');
  });
  test.each([
    'huawu12345huawu',
    'huawu2026huawu',
    '12345chengdu12345',
    'chengdu12345chengdu',
    'hotline12345hotline',
    'Guangzhou12345',
    'beijing12345rexian',
    'zhengwufuwu12345',
    '话务热线话务热线12345',
    'tulip-9-tulip-9-tulip-9',
  ])('%s is the hotline’s number, its words or the same again around too little', async (password) => {
    expect(await passwordFlaw(password, ['wang'])).toBe('password-too-easy');
  });
  test.each(['lantern-orbit-12345-velvet', 'walnut rexian harbour 17 violet', 'mango-kite-mango-quarry-81'])(
    'with enough beside it (%s) it will do',
    async (password) => {
      expect(await passwordFlaw(password, ['wang'])).toBeUndefined();
    },
  );
  test('thirty-two signs are looked at, which takes a moment of the server’s own thread', async () => {
    expect(await passwordFlaw('a'.repeat(40) + 'zq8%Lm2!vT0sWk4&', [])).toBe('password-too-easy');
    expect(await passwordFlaw('zq8%Lm2!vT0sWk4&' + 'a'.repeat(40), [])).toBeUndefined();
  });
  test('a name in a password that has more to it is no harm', async () => {
    expect(await passwordFlaw('lilac-orbit-velvet-42', ['li', 'Li'])).toBeUndefined();
    expect(await passwordFlaw('chen-walnut-harbour-17', ['chen', 'Chen Lei'])).toBeUndefined();
  });
  test.each(['lantern-orbit-velvet-42', '春风又绿江南岸明月何时照我还', 'zq8%Lm2!vT0s'])(
    '%s will',
    async (password) => {
      expect(await passwordFlaw(password, ['wangxiaoming'])).toBeUndefined();
    },
  );
});
