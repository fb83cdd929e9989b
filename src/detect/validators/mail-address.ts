const atWord = String.raw`(?:at|a|アット(?:マーク)?|@)`;
const dotWord = String.raw`(?:dot|ドット|\.)`;
const open = '[([{<〔【]';
const close = String.raw`[)\]}>〕】]`;
/** How people hide an @ from harvesters. */
const at = new RegExp(String.raw`\s*${open}\s*${atWord}\s*${close}\s*|\s*アットマーク\s*|[★☆■◆●]|\s+at\s+`, 'giu');
const dot = new RegExp(String.raw`\s*${open}\s*${dotWord}\s*${close}\s*|\s*ドット\s*|\s+dot\s+`, 'giu');

/** The address with `(at)`, `アットマーク`, `★`, `[dot]` and their like resolved and white space removed. */
export function plainMailAddress(text: string): string {
  // Nothing is hidden in most.
  if (/^[\w.+-]+@[\w.-]+$/.test(text)) return text;
  return text.replaceAll(at, '@').replaceAll(dot, '.').replaceAll(/\s+/gu, '');
}

const fileName = /\.(?:png|jpe?g|gif|bmp|svg|webp|css|html?|pdf|json|txt|csv|log)$/i;

/**
 * Not the file name and host of an inline picture (cid:image001.png@01DA…), a picture for two sizes of screen (icon@2x.png), the account that
 * every clone of a repository names (git@…) or a row of x; nor a domain without letters at its end.
 */
export function isMailAddress(text: string): boolean {
  const plain = plainMailAddress(text);
  const last = plain.lastIndexOf('@');
  const [local, domain] = [plain.slice(0, last), plain.slice(last + 1)];
  return (
    last > 0 && !fileName.test(local) && !fileName.test(domain) && !/^(?:git|x{2,}|\*+)$/i.test(local) && /\.[a-z]{2,24}$/i.test(domain)
  );
}
