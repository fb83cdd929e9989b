import type { Context } from 'hono';
import { isoTime } from '../../core/index.ts';
import type { AddressRefusal, Refusal, User } from '../../gateway/index.ts';
import { addressStatus, statusOf } from '../refusal-status.ts';
import { addressRefusalTexts, refusalTexts } from '../ui/word-lists.ts';

export type ApiEnv = { Variables: { user: User } };

export function refused(c: Context<ApiEnv>, refusal: Refusal): Response {
  const { code, by, at } = refusal;
  return c.json(
    { error: { code, message: { ja: refusalTexts.ja[code], en: refusalTexts.en[code] }, by, at: at === null ? null : isoTime(at) } },
    statusOf(refusal),
  );
}

export const unreadable = (c: Context<ApiEnv>): Response =>
  fail(c, 422, 'invalid_request', '要求の形が正しくありません。', 'The request has the wrong shape.');

export const fail = (c: Context<ApiEnv>, status: 401 | 422, code: string, ja: string, en: string): Response =>
  c.json({ error: { code, message: { ja, en } } }, status);

export function refusedAddress(c: Context<ApiEnv>, refusal: AddressRefusal): Response {
  const { code, by, at } = refusal;
  const message = { ja: addressRefusalTexts.ja[code], en: addressRefusalTexts.en[code] };
  return c.json({ error: { code, message, by, at: at === null ? null : isoTime(at) } }, addressStatus(refusal));
}
