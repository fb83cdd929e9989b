import { seededRandom, type Random } from '../../src/detect/expand-example.ts';
import { blocks } from './ordinary-mail-blocks.ts';
import { sentences } from './ordinary-mail-sentences.ts';
import { fillSlots } from './ordinary-mail-words.ts';

/**
 * Plain mail bodies of ordinary business without any personal data, at least `bytes` of UTF-8 in all; the same for the same seed.
 * What a detector finds in them is false: numbers have the shapes of personal data under other labels, companies and places hold surnames.
 */
export function ordinaryMail(bytes: number, seed: number): readonly string[] {
  const random = seededRandom(seed);
  const mails: string[] = [];
  for (let length = 0; length < bytes;) {
    const mail = writeMail(random);
    mails.push(mail);
    length += Buffer.byteLength(mail);
  }
  return mails;
}

function writeMail(random: Random): string {
  const parts = Array.from({ length: 2 + random(4) }, () => (random(3) === 0 ? writeBlock(random) : writeParagraph(random)));
  return `${parts.join('\n\n')}\n`;
}

function writeParagraph(random: Random): string {
  const separator = random(4) === 0 ? '' : '\n';
  return Array.from({ length: 1 + random(5) }, () => fillSlots(pick(sentences, random), random)).join(separator);
}

function writeBlock(random: Random): string {
  return pick(blocks, random)
    .split('\n')
    .flatMap((line) => {
      const [, times, text] = /^\*(\d) (.*)$/.exec(line) ?? [];
      if (times === undefined || text === undefined) return [fillSlots(line, random)];
      return Array.from({ length: Number(times) }, () => fillSlots(text, random));
    })
    .join('\n');
}

function pick(from: readonly string[], random: Random): string {
  return from[random(from.length)] ?? '';
}
