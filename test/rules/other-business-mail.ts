import { seededRandom } from '../../src/detect/expand-example.ts';
import { otherBusiness } from './other-business.ts';

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Mails of some lines of `otherBusiness` each, with new digits and letters every time; at least `bytes` of UTF-8, the same for the same seed. */
export function otherBusinessMail(bytes: number, seed: number): readonly string[] {
  const random = seededRandom(seed);
  const mails: string[] = [];
  for (let length = 0; length < bytes;) {
    const lines = Array.from({ length: 3 + random(10) }, () => otherBusiness[random(otherBusiness.length)] ?? '');
    const mail = lines
      .join('\n')
      .replaceAll('{n}', () => String(random(10)))
      .replaceAll('{k}', () => letters.charAt(random(letters.length)));
    mails.push(mail);
    length += Buffer.byteLength(mail);
  }
  return mails;
}
