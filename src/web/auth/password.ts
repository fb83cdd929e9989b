import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';

// OWASP Password Storage: argon2id with 19 MiB, two passes, one lane.
const cost = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const tagLength = 32;
/** Each hash takes 19 MiB and a thread of the pool, so a flood of log-ins waits here instead of starving the gateway. */
const maxAtOnce = 2;
let running = 0;
const waiting: (() => void)[] = [];

/** PHC string (`$argon2id$v=19$m=…,t=…,p=…$salt$tag`) of a password in NFKC, so that full-width typing is the same password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await derive(password, salt, cost);
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
}

/** Whether `password` made the PHC string. False for a string of another shape. */
export async function verifyPassword(password: string, phc: string): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([\w+/]+)\$([\w+/]+)$/.exec(phc);
  if (parts === null) return false;
  const [memory, passes, parallelism] = parts.slice(1, 4).map(Number);
  const expected = Buffer.from(parts[5] ?? '', 'base64');
  if (memory === undefined || passes === undefined || parallelism === undefined || expected.length !== tagLength) return false;
  const tag = await derive(password, Buffer.from(parts[4] ?? '', 'base64'), { memory, passes, parallelism });
  return timingSafeEqual(tag, expected);
}

async function derive(
  password: string,
  salt: Buffer,
  parameters: typeof cost | { memory: number; passes: number; parallelism: number },
): Promise<Buffer> {
  if (running >= maxAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await new Promise((resolve, reject) => {
      argon2('argon2id', { message: password.normalize('NFKC'), nonce: salt, tagLength, ...parameters }, (error, tag) => {
        if (error === null) resolve(Buffer.from(tag));
        else reject(error);
      });
    });
  } finally {
    // The place goes to the next in line; it is free only when nobody waits.
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
