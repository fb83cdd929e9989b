/**
 * Whether a browser says that our own page sent this request. Fails closed: a browser that names neither Origin nor Sec-Fetch-Site
 * on a POST is none we know. Host is compared because a site may be reached by more names than its public one.
 */
export function isSameOrigin(headers: Headers, publicUrl: string): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none') return false;
  const origin = headers.get('origin');
  if (origin === null) return site !== null;
  if (!URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return origin === new URL(publicUrl).origin || host === headers.get('host');
}

/** A path on this site to go to after the log-in; anything else (`//evil.example`, `/\evil`, a whole URL) becomes `/`. */
export function localPath(path: string | undefined): string {
  if (path === undefined || !/^\/[\w\-./?=&%]*$/.test(path) || path.startsWith('//')) return '/';
  return path;
}
